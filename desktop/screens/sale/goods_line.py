"""The goods field: it shows what the model holds and hands every key over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence

from desktop.config.i18n import quantity
from desktop.widgets.search_field import SearchField
from shared.sales.goods_field import BACKSPACE, ENTER, ESCAPE, GoodsField

_KEYS = {
    Qt.Key.Key_Return: ENTER,
    Qt.Key.Key_Enter: ENTER,
    Qt.Key.Key_Backspace: BACKSPACE,
    Qt.Key.Key_Escape: ESCAPE,
}
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class GoodsLine(SearchField):
    """A field without text of its own, so that a digit can be a tile at once.

    Signals: typed — one character or a key of the goods field; pasted — a text put in whole.
    """

    typed = Signal(str)
    pasted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)

    def show_field(self, field: GoodsField) -> None:
        """Show what is typed so far, the multiplier before it."""
        times = f"{quantity(field.multiplier_milli)} × " if field.multiplier_milli else ""
        if self.text() != times + field.text:
            self.setText(times + field.text)

    def take(self, event: QKeyEvent) -> bool:
        """Hand a key over when it is one for the field; False when it is not."""
        key = _KEYS.get(Qt.Key(event.key()))
        if key is None and not event.modifiers() & _COMMAND and event.text().isprintable():
            key = event.text()
        if not key or (key == ESCAPE and not self.text()):
            return False
        self.typed.emit(key)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key goes to the model; what it does not want goes on to the screen."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif not self.take(event):
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters that an input method composed."""
        for letter in event.commitString():
            self.typed.emit(letter)
        event.accept()
