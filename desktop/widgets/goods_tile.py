"""A tile one digit away: what it is, its price, how many are left."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.key_cap import key_words
from desktop.widgets.paint import Shape


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows; `low` marks the stock with colour and glyph."""

    name: str
    price: str
    stock: str = ""
    icon: str = "package"
    low: bool = False


class GoodsTile(PaintedButton):
    """A button of goods; without goods it is an empty dashed place that keeps its digit."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._tile: Tile | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_tile(None)

    def show_tile(self, tile: Tile | None) -> None:
        """Show goods, or the empty place."""
        self._tile = tile
        self.setEnabled(tile is not None)
        self.setAccessibleName(f"{self._key}: {tile.name}, {tile.price}, {tile.stock}" if tile else self._key)
        self.update()

    def sizeHint(self) -> QSize:
        """The size in the picture of the sale."""
        return QSize(look().px("tile_width"), look().px("tile_height"))

    def minimumSizeHint(self) -> QSize:
        """Two lines of name must fit."""
        return QSize(look().px("tile_width") * 2 // 3, look().px("tile_height") * 4 // 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, cap, name, price and stock."""
        p, px = paint.painter(self), look().px
        rect = QRectF(self.rect())
        shape = Shape(edge="accent", width="strong") if self.is_hovered else Shape()
        if self._tile is None:
            shape = Shape(fill="", edge="border", dashed=True)
        paint.box(p, rect, shape, look().mix("surface", "text", 6) if self.is_pressed else None)
        if self.hasFocus():
            paint.focus_ring(p, rect)
        inset = px("tile_inset")
        down = 1 if self.is_pressed else 0
        inner = rect.adjusted(inset, inset - 2 + down, -inset, -inset + 2 + down)
        words = key_words(self._key)
        cap = paint.cap_size(words, big=True)
        place = QRectF(inner.right() - cap.width(), inner.top(), cap.width(), cap.height())
        paint.cap(p, place, words, ink="text" if self._tile else "muted", ghost=self._tile is None, big=True)
        if self._tile is None:
            return
        side = px("icon_tile")
        paint.icon(p, QRectF(inner.left(), inner.top() + (cap.height() - side) / 2, side, side), self._tile.icon, "muted")
        self._draw_foot(p, inner, self._tile)
        line = look().metrics("body_strong").height()
        lines = paint.two_lines(self._tile.name, look().metrics("body_strong"), int(inner.width()))
        foot = look().metrics("price").height()
        room = QRectF(inner.left(), inner.top() + cap.height(), inner.width(), inner.height() - cap.height() - foot)
        y = room.top() + (room.height() - line * len(lines)) / 2
        for number, words in enumerate(lines):
            paint.text(p, QRectF(inner.left(), y + number * line, inner.width() + 2, line), words, "body_strong", "text")

    def _draw_foot(self, p: QPainter, inner: QRectF, tile: Tile) -> None:
        line = look().metrics("price").height()
        foot = QRectF(inner.left(), inner.bottom() - line, inner.width(), line)
        paint.text(p, foot, tile.price, "price", "text")
        role = "small_strong" if tile.low else "small"
        used = look().metrics("price").horizontalAdvance(tile.price) + look().space("s")
        mark = look().px("icon_small") + look().space("xs") if tile.low else 0
        if used + mark + look().metrics(role).horizontalAdvance(tile.stock) > inner.width():
            # The price comes first: with large text on a narrow tile the stock is only read out.
            return
        paint.text(p, foot, tile.stock, role, "warn" if tile.low else "muted", paint.RIGHT)
        if tile.low:
            side = look().px("icon_small")
            x = foot.right() - look().metrics(role).horizontalAdvance(tile.stock) - side - look().space("xs")
            paint.icon(p, QRectF(x, foot.top() + (line - side) / 2, side, side), "triangle-alert", "warn")
