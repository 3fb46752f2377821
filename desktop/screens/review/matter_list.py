"""The list of matters under the names of their groups."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QKeyEvent, QPainter

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One row; without a key it is the name of a group."""

    title: str
    key: str = ""
    note: str = ""
    age: str = ""
    icon: str = ""
    color: str = "text"


class MatterList(RowList):
    """Walked by arrows; digits go on to the screen, where they choose a way to settle."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setUniformItemSizes(False)

    def row_is_head(self, row: MatterRow) -> bool:
        """Groups are passed over."""
        return not row.key

    def row_name(self, row: MatterRow) -> str:
        """Everything the row says."""
        return ", ".join(part for part in (row.title, row.note, row.age) if part)

    def row_height(self, row: MatterRow) -> int:
        """Two lines, or the name of a group."""
        return look().px("row_matter" if row.key else "row_section")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits are for the screen, Qt would search the list with them."""
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paint_row(self, p: QPainter, rect: QRectF, row: MatterRow, *, selected: bool) -> None:
        """Icon, title and age above, the note below."""
        inset = look().space("l")
        if not row.key:
            p.fillRect(rect.adjusted(0, 0, 0, -look().edge("line")), look().color("bg"))
            paint.text(p, rect.adjusted(inset, 0, -inset, 0), row.title, "small_strong", "muted")
            return
        side = look().px("icon_state")
        high, low = look().metrics("body_strong").height(), look().metrics("small").height()
        top = rect.top() + (rect.height() - high - low) / 2
        ink = "text" if selected else row.color
        paint.icon(p, QRectF(rect.left() + inset, top + (high - side) / 2, side, side), row.icon, ink)
        left, right = rect.left() + inset + side + look().space("m"), rect.right() - inset
        wide = look().metrics("small").horizontalAdvance(row.age)
        paint.text(p, QRectF(right - wide, top, wide + 1, high), row.age, "small", "muted", paint.RIGHT)
        room = right - wide - look().space("s") - left
        paint.text(p, QRectF(left, top, room, high), row.title, "body_strong", "text", elide=True)
        paint.text(p, QRectF(left, top + high, right - left, low), row.note, "small", "muted", elide=True)
