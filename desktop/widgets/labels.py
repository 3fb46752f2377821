"""Sums as labels and the little line with an icon that explains."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import money
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Label, Row


class MoneyLabel(Label):
    """An amount, right-aligned; written anew in the language in force at every `show_amount`."""

    def __init__(self, amount_minor: int = 0, role: str = "body", color: str = "text") -> None:
        super().__init__("", role, color, align=Qt.AlignmentFlag.AlignRight)
        self.show_amount(amount_minor)

    def show_amount(self, amount_minor: int, *, kopecks: bool = False, currency: str = "RUB") -> None:
        """Show an amount; `kopecks` when some line of the block has them."""
        self.setText(money(amount_minor, currency, kopecks=kopecks))


class BigNumber(Label):
    """The number the eye meets first, in one of the big type roles."""

    def __init__(self, text: str = "", role: str = "total", color: str = "text") -> None:
        super().__init__(text, role, color)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class Icon(QWidget):
    """An icon that follows the theme; decoration beside a word, so without a name of its own."""

    def __init__(self, name: str, color: str = "text", size: str = "icon") -> None:
        super().__init__()
        self._name, self._color, self._size = name, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, color: str = "text") -> None:
        """Change the icon and its colour."""
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        paint.icon(paint.painter(self), QRectF(self.rect()), self._name, self._color)


class Note(Row):
    """An icon and a sentence: a hint, a warning or an error below a field."""

    def __init__(self, text: str = "", icon: str = "info", color: str = "muted", role: str = "small") -> None:
        super().__init__(gap="s")
        self._icon = Icon(icon, "text" if color == "muted" else color)
        self._words = Label(text, role, color, wrap=True)
        self.add(self._icon)
        self.add(self._words, stretch=1)
        self.box.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_note(self, text: str, icon: str = "info", color: str = "muted") -> None:
        """Change everything."""
        self._icon.show_icon(icon, "text" if color == "muted" else color)
        self._words.setText(text)
        self._words.set_color(color)
