"""The rows of an open receipt and the rows a search found."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class CartRow:
    """One line: name, a quiet remark (`180 ₽ за шт.`), quantity, amount and the amount before a discount."""

    name: str
    note: str = ""
    quantity: str = ""
    amount: str = ""
    old_amount: str = ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One thing found: `marked` are the (start, length) pieces of the name that match what was typed."""

    name: str
    note: str = ""
    stock: str = ""
    price: str = ""
    stock_is_out: bool = False
    marked: tuple[tuple[int, int], ...] = ()


class CartList(RowList):
    """The open receipt."""

    def row_name(self, row: CartRow) -> str:
        """Name, quantity and amount."""
        return ", ".join(part for part in (row.name, row.quantity, row.amount) if part)

    def row_height(self, row: CartRow) -> int:
        """Two lines."""
        return look().px("row_cart")

    def paint_row(self, p: QPainter, rect: QRectF, row: CartRow, *, selected: bool) -> None:
        """Paint name and remark left, quantity and amounts right."""
        inset = look().space("l")
        inner = rect.adjusted(inset, look().space("s"), -inset, -look().space("s"))
        high = look().metrics("body").height()
        top = QRectF(inner.left(), inner.top(), inner.width(), high)
        low = QRectF(inner.left(), inner.top() + high, inner.width(), inner.height() - high)
        amount_width = max(
            look().metrics("body_strong").horizontalAdvance(row.amount), look().metrics("small").horizontalAdvance(row.old_amount)
        )
        quantity_width = look().metrics("body").horizontalAdvance(row.quantity)
        quantity_right = inner.right() - max(amount_width, look().px("row_cart")) - look().space("xxl")
        words = max(0.0, quantity_right - quantity_width - look().space("s") - inner.left())
        paint.text(p, QRectF(top.left(), top.top(), words, high), row.name, "body", "text", elide=True)
        paint.text(
            p, QRectF(inner.left(), top.top(), quantity_right - inner.left(), high), row.quantity, "body", "text", paint.RIGHT
        )
        paint.text(p, top, row.amount, "body_strong", "text", paint.RIGHT)
        paint.text(p, QRectF(low.left(), low.top(), words, low.height()), row.note, "small", "muted", elide=True)
        if row.old_amount:
            paint.text(p, low, row.old_amount, "small", "muted", paint.RIGHT)
            wide = look().metrics("small").horizontalAdvance(row.old_amount)
            y = low.center().y() + 1
            p.setPen(QPen(look().color("muted"), look().edge("line")))
            p.drawLine(int(low.right() - wide), int(y), int(low.right()), int(y))


class FoundList(RowList):
    """What a search found; the current row wears the Enter key."""

    def row_name(self, row: FoundRow) -> str:
        """Name, stock and price."""
        return ", ".join(part for part in (row.name, row.stock, row.price) if part)

    def row_height(self, row: FoundRow) -> int:
        """Two lines."""
        return look().px("row_two_lines")

    def paint_row(self, p: QPainter, rect: QRectF, row: FoundRow, *, selected: bool) -> None:
        """Paint name and code left, stock, price and the key right."""
        inset = look().px("cell_inset")
        inner = rect.adjusted(inset, look().space("xs"), -inset, -look().space("xs"))
        cap = paint.cap_size("⏎")
        if selected:
            place = QRectF(inner.right() - cap.width(), inner.center().y() - cap.height() / 2, cap.width(), cap.height())
            paint.cap(p, place, "⏎")
        right = inner.right() - cap.width() - look().space("l")
        note, stock_words = row.note, row.stock
        if inner.width() < look().px("found_wide"):
            # A narrow list keeps the name whole and lets the stock join the quiet line.
            note, stock_words = " · ".join(part for part in (row.stock, row.note) if part), ""
        price = QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())
        paint.text(p, price, row.price, "body_strong", "text", paint.RIGHT)
        stock_right = right - look().px("row_cart") - look().space("l")
        role = "small_strong" if row.stock_is_out else "small"
        stock = QRectF(inner.left(), inner.top(), stock_right - inner.left(), inner.height())
        # Danger text needs the plain ground: on the soft accent of a selected row it falls under 7:1.
        ink = "text" if row.stock_is_out and selected else "danger" if row.stock_is_out else "muted"
        paint.text(p, stock, stock_words, role, ink, paint.RIGHT)
        words = stock_right - look().metrics(role).horizontalAdvance(stock_words) - look().space("m") - inner.left()
        if not stock_words:
            words = right - look().metrics("body_strong").horizontalAdvance(row.price) - look().space("m") - inner.left()
        high, low = look().metrics("body").height(), look().metrics("small").height()
        y = inner.center().y() - (high + low) / 2 if note else inner.center().y() - high / 2
        self._paint_name(p, QRectF(inner.left(), y, words, high), row)
        paint.text(p, QRectF(inner.left(), y + high, words, low), note, "small", "muted", elide=True)

    def _paint_name(self, p: QPainter, rect: QRectF, row: FoundRow) -> None:
        x, at = rect.left(), 0
        p.save()
        p.setClipRect(rect.adjusted(0, 0, 0, 3))
        for start, length in (*row.marked, (len(row.name), 0)):
            for words, role in ((row.name[at:start], "body"), (row.name[start : start + length], "body_bold")):
                wide = look().metrics(role).horizontalAdvance(words)
                paint.text(p, QRectF(x, rect.top(), wide + 2, rect.height()), words, role, "text")
                if role == "body_bold" and words:
                    p.setPen(QPen(look().color("text"), look().edge("strong")))
                    p.drawLine(int(x), int(rect.bottom()), int(x + wide), int(rect.bottom()))
                x += wide
            at = start + length
        p.restore()
