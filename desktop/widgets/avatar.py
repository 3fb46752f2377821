"""A round with initials."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape


def initials(name: str) -> str:
    """First letters of the first two words: `Илья Кравцов` is `ИК`."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def paint_avatar(p: QPainter, rect: QRectF, letters: str, *, on_soft: bool = False) -> None:
    """Paint the round into `rect`; on a selected row its ground is the surface."""
    paint.box(p, rect, Shape(fill="surface" if on_soft else "accent_soft", edge="line", radius="pill"))
    paint.text(p, rect, letters, "body_bold" if rect.width() > look().px("avatar") else "small_bold", "text", paint.CENTER)


class Avatar(QWidget):
    """Initials of a person."""

    def __init__(self, name: str = "", *, big: bool = False) -> None:
        super().__init__()
        self._name, self._size = name, "avatar_big" if big else "avatar"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Round."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the round."""
        paint_avatar(paint.painter(self), QRectF(self.rect()), initials(self._name))
