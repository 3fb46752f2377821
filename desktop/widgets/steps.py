"""Where one is in a task of several steps: a row across the top or a list at the side."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape


class StepIndicator(QWidget):
    """Numbered steps: done ones ticked, the present one filled, later ones outlined."""

    def __init__(self, steps: Sequence[str] = (), current: int = 0, *, vertical: bool = False) -> None:
        super().__init__()
        self._steps, self._current, self._vertical = tuple(steps), current, vertical
        self.setSizePolicy(QSizePolicy.Policy.Preferred if vertical else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_steps(steps, current)

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Show these steps with the one at index `current` in hand."""
        self._steps, self._current = tuple(steps), current
        if steps:
            self.setAccessibleName(tr("Step {n} of {count}: {name}", n=current + 1, count=len(steps), name=steps[current]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All steps with their links."""
        px = look().px
        widths = [px("step") + look().space("s") + look().metrics("body_strong").horizontalAdvance(name) for name in self._steps]
        if self._vertical:
            return QSize(max(widths, default=0) + 2 * look().space("m"), px("touch") * len(self._steps))
        links = max(0, len(self._steps) - 1) * (px("step_link") + 2 * look().space("m"))
        return QSize(sum(widths) + links, px("step") + look().space("xs"))

    def minimumSizeHint(self) -> QSize:
        """Steps are never cut."""
        return self.sizeHint()

    def _draw_step(self, p: QPainter, index: int, x: float, middle: float) -> float:
        side = look().px("step")
        circle = QRectF(x, middle - side / 2, side, side)
        reached = index <= self._current
        paint.box(p, circle, Shape(fill="accent" if reached else "", edge="accent" if reached else "border", radius="pill"))
        if index < self._current:
            paint.tick(p, circle.adjusted(4, 4, -4, -4), look().color("on_accent"))
        else:
            paint.text(p, circle, str(index + 1), "small_strong", "on_accent" if reached else "muted", paint.CENTER)
        role = "body_strong" if index == self._current else "body"
        ink = "text" if index == self._current or (self._vertical and reached) else "muted"
        left = circle.right() + look().space("m" if self._vertical else "s")
        wide = look().metrics(role).horizontalAdvance(self._steps[index])
        paint.text(p, QRectF(left, middle - side, wide + 2, side * 2), self._steps[index], role, ink)
        return left + look().metrics("body_strong").horizontalAdvance(self._steps[index])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, words and links."""
        p = paint.painter(self)
        gap, link = look().space("m"), look().px("step_link")
        if self._vertical:
            high = look().px("touch")
            for index in range(len(self._steps)):
                if index == self._current:
                    row = QRectF(0, index * high, self.width(), high)
                    paint.box(p, row, Shape(fill="accent_soft", edge="accent" if look().is_contrast else ""))
                self._draw_step(p, index, gap, index * high + high / 2)
            return
        x, middle = 0.0, self.height() / 2
        for index in range(len(self._steps)):
            x = self._draw_step(p, index, x, middle) + gap
            if index + 1 < len(self._steps):
                p.fillRect(QRectF(x, round(middle), link, look().edge("line")), look().color("border"))
                x += link + gap
