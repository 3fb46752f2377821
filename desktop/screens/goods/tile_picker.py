"""The 27 tiles of the sale screen as three numpads: which one an item lies on."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape

PAGES: Final = 3
SIDE: Final = 3
PER_PAGE: Final = SIDE * SIDE


class TilePicker(QWidget):
    """Tiles lie like the numpad: 7 8 9 on top. Arrows walk, Space or a click takes the tile or gives it back.

    Signals: picked — carries the tile, 0 for none.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._tile, self._at = 0, 1
        self._taken: Mapping[int, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tiles(self, tile: int, taken: Mapping[int, str]) -> None:
        """Show the item's own tile and the names on the others."""
        self._tile, self._taken = tile, taken
        self._at = tile or self._at
        self.setAccessibleName(tr("Tile {tile}", tile=tile) if tile else tr("No tile"))
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Three pages side by side."""
        return QSize(look().px("sign_in_pad"), SIDE * look().px("cap_big") + (SIDE - 1) * look().space("xs"))

    def _place(self, tile: int) -> QRectF:
        page, slot = divmod(tile - 1, PER_PAGE)
        row, column = SIDE - 1 - slot // SIDE, slot % SIDE
        gap, between = look().space("xs"), look().space("m")
        wide = (self.width() - (PAGES - 1) * between - PAGES * (SIDE - 1) * gap) / (PAGES * SIDE)
        high = look().px("cap_big")
        left = page * (SIDE * wide + (SIDE - 1) * gap + between) + column * (wide + gap)
        return QRectF(left, row * (high + gap), wide, high)

    def _tile_at(self, x: float, y: float) -> int:
        return next((tile for tile in range(1, PAGES * PER_PAGE + 1) if self._place(tile).contains(x, y)), 0)

    def _pick(self, tile: int) -> None:
        if tile:
            self._at = tile
            self.picked.emit(0 if tile == self._tile else tile)
            self.update()

    def _describe(self) -> None:
        holder = self._taken.get(self._at, "")
        words = tr("Tile {tile}", tile=self._at)
        self.setAccessibleDescription(f"{words}: {holder}" if holder else words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the tile under the pointer."""
        self._pick(self._tile_at(event.position().x(), event.position().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows, take by Space."""
        page, slot = divmod(self._at - 1, PER_PAGE)
        row, column = slot // SIDE, page * SIDE + slot % SIDE
        step = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0)}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_Space:
            self._pick(self._at)
        elif step is not None:
            row = min(max(row + step[0], 0), SIDE - 1)
            column = min(max(column + step[1], 0), PAGES * SIDE - 1)
            self._at = column // SIDE * PER_PAGE + row * SIDE + column % SIDE + 1
            self._describe()
            self.update()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say whose tile is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            holder = self._taken.get(self._tile_at(event.pos().x(), event.pos().y()), "")
            QToolTip.showText(event.globalPos(), holder, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps: filled the item's own, sunken those of others."""
        p = paint.painter(self)
        for tile in range(1, PAGES * PER_PAGE + 1):
            rect = self._place(tile)
            own = tile == self._tile
            fill = "accent" if own else "sunken" if tile in self._taken else "surface"
            ink = "on_accent" if own else "muted" if tile in self._taken else "text"
            taken = tile in self._taken and not own  # dashed too: in high contrast every fill is black
            paint.box(p, rect, Shape(fill=fill, edge="accent" if own else "border", radius="cap", dashed=taken))
            paint.text(p, rect, str(tile), "cap", ink, paint.CENTER)
            if self.hasFocus() and tile == self._at:
                paint.focus_ring(p, rect, fill, "cap")
