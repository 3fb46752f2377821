"""The field that finds: typed words, codes and scans."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.fields import LineEdit

# Keys that mean the list or the cart, not the text, while nothing is typed.
_LIST_KEYS_WHEN_EMPTY = frozenset(
    {Qt.Key.Key_Delete, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right}
)
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Insert})


class SearchField(LineEdit):
    """A line with a magnifier and, at the right, an icon with words such as "scanner ready".

    Arrows, paging, Insert and, while it is empty, Del + − go on to the screen (`keyPressEvent` of a parent or a shortcut).
    """

    def __init__(self, name: str, *, height: str = "field_search", role: str = "search", width: str = "") -> None:
        self._hint, self._hint_icon = "", ""
        super().__init__(name, height=height, role=role, width=width, undo_is_screens=True)

    def restyle(self) -> None:
        super().restyle()
        side = look().px("icon_tile") + look().space("s")
        hint = look().metrics("small").horizontalAdvance(self._hint) + side + look().space("s") if self._hint else 0
        self.setTextMargins(side, 0, hint, 0)

    def show_hint(self, words: str, icon: str = "") -> None:
        """Show quiet words at the right end."""
        self._hint, self._hint_icon = words, icon
        self.setAccessibleDescription(words)
        self.restyle()
        self.update()

    def _is_for_the_list(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        return event.key() in _LIST_KEYS or (not self.text() and event.key() in _LIST_KEYS_WHEN_EMPTY)

    def event(self, event: QEvent) -> bool:
        """Hand the keys of the list over before the line takes them."""
        if isinstance(event, QKeyEvent) and self._is_for_the_list(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.ignore()
                return False
            if event.type() == QEvent.Type.KeyPress:
                event.ignore()
                return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, the magnifier and the words."""
        super().paintEvent(event)
        p = paint.painter(self)
        rect, inset = QRectF(self.rect()), look().px("field_inset")
        side = look().px("icon_tile" if self._role == "search" else "icon")
        middle = (rect.height() - side) / 2
        paint.icon(p, QRectF(inset + look().edge("ring"), middle, side, side), "search", "text")
        if not self._hint:
            return
        wide = look().metrics("small").horizontalAdvance(self._hint)
        right = rect.right() - inset
        paint.text(p, QRectF(right - wide - 1, 0, wide + 1, rect.height()), self._hint, "small", "muted")
        if self._hint_icon:
            side = look().px("icon")
            x = right - wide - side - look().space("xs") - 1
            paint.icon(p, QRectF(x, (rect.height() - side) / 2, side, side), self._hint_icon, "muted")
