"""What just happened, and the key that takes it back."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.keys import key_of
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import reveal
from desktop.widgets.key_cap import key_words
from desktop.widgets.paint import Shape

undo_show_ms = 60_000
toast_show_ms = 8_000
_TALLEST = 1_000
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


def announce(widget: QWidget, sentence: str) -> None:
    """Let assistive technology say a sentence when it has nothing more urgent."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class Toast(QWidget):
    """A dark bar at the foot of a panel; without words it takes no room.

    Signals: undo_pressed — the bar was clicked while it offered a way back.
    """

    undo_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text, self._verb, self._key, self._icon = "", "", "", ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text

    def show_undo(self, text: str, verb: str) -> None:
        """Say what happened and offer the way back for 60 s."""
        self._say(text, verb, key_of("edit.undo"), "undo-2", undo_show_ms)

    def show_message(self, text: str, icon: str = "info", verb: str = "", key: str = "") -> None:
        """Say a sentence for a few seconds."""
        self._say(text, verb, key, icon, toast_show_ms)

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._text = ""
        self.hide()

    def _say(self, text: str, verb: str, key: str, icon: str, wait_ms: int) -> None:
        self._text, self._verb, self._key, self._icon = text, verb, key, icon
        spoken = ". ".join(part for part in (text, f"{key_words(key)} {verb}".strip()) if part)
        self.setAccessibleName(spoken)
        reveal(self, True)
        self.updateGeometry()
        self.update()
        self._timer.start(wait_ms)
        announce(self, spoken)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take back by a click."""
        if self._key and event.button() == Qt.MouseButton.LeftButton:
            self.undo_pressed.emit()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(look().px("tile_width"), look().px("toast"))

    def heightForWidth(self, width: int) -> int:
        """As many lines as the sentence needs: its end says what to do."""
        room = QRect(0, 0, max(1, int(self._room(width))), _TALLEST)
        words = look().metrics("body_strong").boundingRect(room, _WRAPPED, self._text)
        return max(look().px("toast"), words.height() + 2 * look().space("s"))

    def _room(self, width: float) -> float:
        """How wide the sentence may be beside the icon, the verb and the key."""
        gap, beside = look().space("m"), look().px("icon") + look().space("s")
        if self._key:
            beside += paint.cap_size(key_words(self._key)).width() + look().space("s")
        if self._verb:
            beside += look().metrics("small").horizontalAdvance(self._verb) + gap
        return width - 2 * gap - beside

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        p, rect, gap = paint.painter(self), QRectF(self.rect()), look().space("m")
        paint.box(p, rect, Shape(fill="text", edge=""))
        side = look().px("icon")
        paint.icon(p, QRectF(gap, (rect.height() - side) / 2, side, side), self._icon, "bg")
        right = rect.right() - gap
        if self._key:
            cap = paint.cap_size(key_words(self._key))
            right -= cap.width()
            place = QRectF(right, (rect.height() - cap.height()) / 2, cap.width(), cap.height())
            paint.cap(p, place, key_words(self._key), ink="bg", ghost=True)
            right -= look().space("s")
        if self._verb:
            wide = look().metrics("small").horizontalAdvance(self._verb)
            paint.text(p, QRectF(right - wide - 1, 0, wide + 1, rect.height()), self._verb, "small", "bg")
            right -= wide + gap
        left = gap + side + look().space("s")
        p.setFont(look().font("body_strong"))
        p.setPen(look().color("bg"))
        p.drawText(QRectF(left, 0, self._room(rect.width()), rect.height()), _WRAPPED, self._text)
