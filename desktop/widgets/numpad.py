"""A pad of digits for fingers, laid out like the numeric keypad."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Dressed
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.paint import Shape
from shared.core.text import N_

ERASE: Final = "erase"
ENTER: Final = "enter"
_ROWS: Final = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), (ERASE, "0", ENTER))
_ICONS: Final = {ERASE: "delete", ENTER: "corner-down-left"}
_NAMES: Final = {ERASE: N_("Erase"), ENTER: N_("Enter")}


class PadKey(PaintedButton):
    """A digit or a small picture on a big key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(_NAMES[key]) if key in _NAMES else key)

    def sizeHint(self) -> QSize:
        """Big enough for a thumb."""
        return QSize(look().px("numpad_key_width"), look().px("numpad_key"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        p = paint.painter(self)
        rect = QRectF(self.rect())
        shape = Shape(edge="accent", width="strong") if self.is_hovered else Shape()
        paint.box(p, rect, shape, look().mix("surface", "text", 6) if self.is_pressed else None)
        if self.key in _ICONS:
            side = look().px("icon_tile")
            place = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
            paint.icon(p, place, _ICONS[self.key], "text")
        else:
            paint.text(p, rect, self.key, "primary", "text", paint.CENTER)


class NumPad(Dressed, QWidget):
    """Twelve keys.

    Signals: digit — carries "0" to "9"; erased; entered.
    """

    digit = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for y, keys in enumerate(_ROWS):
            for x, key in enumerate(keys):
                button = PadKey(key)
                button.clicked.connect(lambda _checked=False, key=key: self._pressed(key))
                self._grid.addWidget(button, y, x)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def restyle(self) -> None:
        self._grid.setSpacing(look().space("s"))

    def _pressed(self, key: str) -> None:
        if key == ERASE:
            self.erased.emit()
        elif key == ENTER:
            self.entered.emit()
        else:
            self.digit.emit(key)
