"""How far a long piece of work has come."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape


class Progress(QWidget):
    """A bar from 0 to 1000 thousandths; square and framed in high contrast."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._name, self._thousandths = name, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_progress(0)

    def show_progress(self, thousandths: int) -> None:
        """Show a share of the whole."""
        self._thousandths = min(max(thousandths, 0), 1000)
        self.setAccessibleName(f"{self._name} {self._thousandths // 10} %".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(look().px("tile_width"), look().px("progress") * (3 if look().is_contrast else 2) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and bar."""
        p, rect = paint.painter(self), QRectF(self.rect())
        contrast = look().is_contrast
        radius = "cap" if contrast else "pill"
        paint.box(p, rect, Shape(fill="sunken", edge="border", radius=radius))
        filled = QRectF(rect.left(), rect.top(), rect.width() * self._thousandths / 1000, rect.height())
        if filled.width() >= rect.height():
            paint.box(p, filled, Shape(fill="accent", edge="", radius=radius))
