"""One of many, where a list of rows would be too long: time zones, currencies, code pages."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Dressed

_LETTERS_SHOWN = 5


class Combo(Dressed, QComboBox):
    """A drop-down list of (key, words).

    Signals: picked — carries the key a person chose.
    """

    picked = Signal(str)

    def __init__(self, name: str = "", options: Sequence[tuple[str, str]] = (), current: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        # A long word among the choices must not push the screen wider than the window.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS_SHOWN)
        self.show_options(options, current)
        self.activated.connect(lambda _index: self.picked.emit(self.key))
        self.dress()

    @property
    def key(self) -> str:
        """The chosen key, empty when there is nothing to choose."""
        return str(self.currentData() or "")

    def show_options(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        """Show these words; a current key that is not among them is shown as itself, for it is in force."""
        shown = list(options)
        if current and current not in dict(shown):
            shown.append((current, current))
        self.blockSignals(True)
        self.clear()
        for key, words in shown:
            self.addItem(words, key)
        self.setCurrentIndex(max(0, self.findData(current)))
        self.blockSignals(False)

    def choose(self, key: str) -> None:
        """Show a key as chosen without telling anybody."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def restyle(self) -> None:
        self.setFont(look().font("body"))
        self.setFixedHeight(look().px("field"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the arrow that says there is more."""
        super().paintEvent(event)
        side, inset = look().px("icon"), look().px("field_inset")
        place = QRectF(self.width() - inset - side, (self.height() - side) / 2, side, side)
        paint.icon(paint.painter(self), place, "chevron-down", "text")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A page that scrolls must not change a setting on its way."""
        event.ignore()
