"""Where people type: a line, a sum, several lines; each with its label above and its error below."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.config.i18n import NBSP, parse_money, typed_money
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Column, Dressed, Label, reveal
from desktop.widgets.labels import Note
from shared.core import money as amounts

_AMOUNT_DIGITS_MAX = 13


class LineEdit(Dressed, QLineEdit):
    """One line of text. `height`, `width` and `role` are token names; Undo stays with the screen when `undo_is_screens`."""

    def __init__(
        self, name: str = "", *, height: str = "field", role: str = "body", width: str = "", undo_is_screens: bool = False
    ) -> None:
        super().__init__()
        self._height, self._role, self._width, self._undo_is_screens = height, role, width, undo_is_screens
        self.setAccessibleName(name)
        self.dress()

    def restyle(self) -> None:
        self.setFont(look().font(self._role))
        self.setFixedHeight(look().px(self._height))
        if self._width:
            self.setFixedWidth(look().px(self._width))

    def set_wrong(self, wrong: bool) -> None:
        """Give the field the edge of an error, or take it away."""
        state = "error" if wrong else ""
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the screen where the cart, and not the text, is what people undo."""
        if self._undo_is_screens and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo) or _is_cyrillic_undo(event):
                event.ignore()
                return False
        return super().event(event)


def _is_cyrillic_undo(event: QKeyEvent) -> bool:
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in {ord("Я"), ord("Н")}


class MoneyInput(LineEdit):
    """An amount in minor units, right-aligned, its sign of currency inside; thousands group themselves.

    Signals: amount_changed — carries minor units, or None while the text is no amount.
    """

    amount_changed = Signal(object)

    def __init__(self, name: str = "", *, currency: str = "RUB", height: str = "field_money", role: str = "money_entry") -> None:
        self._currency = currency
        super().__init__(name, height=height, role=role)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._regroup)
        self.textChanged.connect(self._tell)

    @property
    def amount_minor(self) -> int | None:
        """What is typed, in minor units; None when it is empty or no amount."""
        return parse_money(self.text(), self._currency) if self.text() else None

    def show_amount(self, amount_minor: int | None) -> None:
        """Put an amount into the field; None empties it."""
        self.setText("" if amount_minor is None else typed_money(amount_minor, self._currency))

    def restyle(self) -> None:
        super().restyle()
        symbol = look().metrics(self._role).horizontalAdvance(NBSP + self._symbol())
        self.setTextMargins(0, 0, symbol, 0)

    def _symbol(self) -> str:
        return amounts.currency(self._currency).symbol

    def _regroup(self, typed: str) -> None:
        bare = "".join(ch for ch in typed if ch.isdigit() or ch in ",.")[:_AMOUNT_DIGITS_MAX]
        at = next((i for i, ch in enumerate(bare) if ch in ",."), len(bare))
        whole, rest = bare[:at], bare[at : at + 3]
        grouped = (f"{int(whole):,}".replace(",", NBSP) if whole else "") + rest
        if grouped != typed:
            # The caret keeps its distance from the end, where sums are typed.
            from_end = len(typed) - self.cursorPosition()
            self.setText(grouped)
            self.setCursorPosition(max(0, len(grouped) - from_end))

    def _tell(self) -> None:
        self.amount_changed.emit(self.amount_minor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the sign of the currency."""
        super().paintEvent(event)
        inset = look().px("field_inset") + look().edge("ring")
        rect = QRectF(self.rect()).adjusted(0, 0, -inset, 0)
        paint.text(paint.painter(self), rect, self._symbol(), self._role, "muted", paint.RIGHT)


class TextArea(Dressed, QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    def __init__(self, name: str = "", *, lines: int = 2) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.dress()

    def restyle(self) -> None:
        self.setFont(look().font("body"))
        self.setFixedHeight(look().metrics("body").lineSpacing() * self._lines + 2 * look().space("m"))


class FormField(Column):
    """A label, its input and, when something is wrong, the sentence that says what and what to do."""

    hangs = True

    def __init__(self, label: str, field: QWidget) -> None:
        super().__init__(gap="xs")
        self.field = field
        self._label = Label(label, "small", "muted")
        self._label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._error = Note("", "circle-x", "danger")
        self._error.hide()
        self.add(self._label, field, self._error)

    def set_label(self, label: str) -> None:
        """Change the label and the name of the input."""
        self._label.setText(label)
        self.field.setAccessibleName(label)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence clears it."""
        self._error.show_note(sentence, "circle-x", "danger")
        reveal(self._error, bool(sentence))
        self.field.setAccessibleDescription(sentence)
        if isinstance(self.field, LineEdit):
            self.field.set_wrong(bool(sentence))
