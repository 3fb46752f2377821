"""Boxes for a PIN: dots, never digits."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import ntr, tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape

PIN_LENGTH_MAX = 12


class PinBoxes(QWidget):
    """Takes digits while it has focus; grows beyond its `length` boxes for a longer PIN.

    Signals: changed — the typed text; entered — Enter was pressed, carries the PIN.
    """

    changed = Signal(str)
    entered = Signal(str)

    def __init__(self, length: int = 4) -> None:
        super().__init__()
        self._length, self._pin, self._is_wrong = length, "", False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("PIN"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def pin(self) -> str:
        """What is typed so far."""
        return self._pin

    def set_length(self, length: int) -> None:
        """Show so many boxes: the length of the PIN of whoever is about to sign in."""
        if length != self._length:
            self._length = length
            self.updateGeometry()
            self.update()

    def clear(self) -> None:
        """Empty the boxes."""
        self._set("")

    def put(self, pin: str) -> None:
        """Hold other digits, as when the first one typed meant something else; nobody is told."""
        was_blocked = self.blockSignals(True)
        self._set(pin)
        self.blockSignals(was_blocked)

    def type_digit(self, digit: str) -> None:
        """Add one digit, from the keyboard or the pad on the screen."""
        if len(self._pin) < PIN_LENGTH_MAX:
            self._set(self._pin + digit)

    def erase(self) -> None:
        """Take the last digit back."""
        self._set(self._pin[:-1])

    def enter(self) -> None:
        """Hand the PIN over."""
        self.entered.emit(self._pin)

    def set_wrong(self, wrong: bool) -> None:
        """Show the edge of an error."""
        self._is_wrong = wrong
        self.update()

    def _set(self, pin: str) -> None:
        self._pin, self._is_wrong = pin, False
        self.setAccessibleDescription(ntr("{n} digit typed", "{n} digits typed", len(pin)))
        self.updateGeometry()
        self.update()
        self.changed.emit(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Enter; leave the rest to the screen."""
        typed = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif len(typed) == 1 and typed.isascii() and typed.isdigit():
            self.type_digit(typed)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        self.update()

    def sizeHint(self) -> QSize:
        """All boxes with their gaps."""
        px, count = look().px, max(self._length, len(self._pin))
        return QSize(count * px("pin_box_width") + (count - 1) * look().space("s"), px("pin_box"))

    def minimumSizeHint(self) -> QSize:
        """Boxes may narrow, never flatten."""
        return QSize(0, look().px("pin_box"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw boxes, dots and the caret."""
        p, px = paint.painter(self), look().px
        count, gap = max(self._length, len(self._pin)), look().space("s")
        wide = (self.width() - (count - 1) * gap) / count
        for index in range(count):
            rect = QRectF(index * (wide + gap), 0, wide, self.height())
            here = self.hasFocus() and index == min(len(self._pin), count - 1)
            edge = "danger" if self._is_wrong else "focus" if here else "border"
            width = "strong" if self._is_wrong or here else "normal"
            paint.box(p, rect, Shape(edge=edge, width=width))
            if index < len(self._pin):
                p.setPen(Qt.PenStyle.NoPen)
                p.setBrush(look().color("text"))
                p.drawEllipse(rect.center(), px("pin_dot") / 2, px("pin_dot") / 2)
            elif here:
                p.setPen(QPen(look().color("text"), px("cursor")))
                half = rect.height() / 5
                p.drawLine(rect.center() - QPointF(0, half), rect.center() + QPointF(0, half))
