"""A few ways of looking at the same thing, of which one is on."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape


class Segmented(QWidget):
    """Segments side by side, each an icon or a word.

    Signals: chosen — carries the segment's index.
    """

    chosen = Signal(int)

    def __init__(self, segments: Sequence[tuple[str, str]], name: str = "") -> None:
        super().__init__()
        self._segments, self._current, self._name = tuple(segments), 0, name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.mark(0)

    def show_segments(self, segments: Sequence[tuple[str, str]], current: int = 0) -> None:
        """Show (icon, word) pairs; with an icon the word becomes the tooltip."""
        self._segments = tuple(segments)
        self.updateGeometry()
        self.mark(current)

    def mark(self, index: int) -> None:
        """Show a segment as on without telling anybody."""
        self._current = index
        self.setAccessibleName(f"{self._name} {self._segments[index][1]}".strip() if self._segments else self._name)
        self.setToolTip(" · ".join(words for icon, words in self._segments if icon))
        self.update()

    def _widths(self) -> list[int]:
        words = look().metrics("small_strong")
        inset = 2 * look().px("chip_inset")
        return [look().px("segment_icon") if icon else words.horizontalAdvance(text) + inset for icon, text in self._segments]

    def sizeHint(self) -> QSize:
        """All segments."""
        return QSize(sum(self._widths()), look().px("segment"))

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._segments) and index != self._current:
            self.mark(index)
            self.chosen.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick by a click."""
        x = event.position().x()
        for index, wide in enumerate(self._widths()):
            x -= wide
            if x < 0:
                self._choose(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self._choose(self._current + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw segments inside one edge."""
        p, rect = paint.painter(self), QRectF(self.rect())
        paint.box(p, rect, Shape())
        clip = QPainterPath()
        edge, radius = look().edge(), look().radius("control")
        clip.addRoundedRect(rect.adjusted(edge, edge, -edge, -edge), radius - edge, radius - edge)
        x = 0.0
        for index, ((icon, words), wide) in enumerate(zip(self._segments, self._widths(), strict=True)):
            place = QRectF(x, 0, wide, rect.height())
            on = index == self._current
            if on:
                p.save()
                p.setClipPath(clip)
                p.fillRect(place, look().color("accent"))
                p.restore()
            elif index:
                p.setPen(QPen(look().color("border"), edge))
                p.drawLine(QPointF(x, 0), QPointF(x, rect.height()))
            ink = "on_accent" if on else "text"
            if icon:
                side = look().px("icon")
                paint.icon(p, QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side), icon, ink)
            else:
                paint.text(p, place, words, "small_strong", ink, paint.CENTER)
            x += wide
        if self.hasFocus():
            paint.focus_ring(p, rect)
