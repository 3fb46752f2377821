"""The left side of the sale: the goods field, categories, quick tiles, what was found and what is known of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from desktop.actions.catalog import BY_ID
from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.screens.sale import words
from desktop.screens.sale.goods_line import GoodsLine
from desktop.screens.sale.state import SaleState
from desktop.screens.sale.view_model import SaleViewModel
from desktop.widgets.base import Column, Dressed, Label, Row, Spacer, reveal
from desktop.widgets.card import Card, SectionHead, ValueRow
from desktop.widgets.cart_list import FoundList
from desktop.widgets.chip import Chip
from desktop.widgets.goods_tile import GoodsTile
from desktop.widgets.key_cap import KeyHint
from desktop.widgets.labels import Icon
from shared.core.ids import Id

_NUMPAD = ((7, 8, 9), (4, 5, 6), (1, 2, 3))
"""Where each digit lies: as on the numpad, 7 8 9 on top."""
_ABOUT_ROWS = 3


class Tiles(Dressed, QWidget):
    """Nine quick tiles, laid out like the numpad."""

    def __init__(self, model: SaleViewModel) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._tiles: dict[int, GoodsTile] = {}
        for row, digits in enumerate(_NUMPAD):
            for column, digit in enumerate(digits):
                made = self._tiles[digit] = GoodsTile(str(digit))
                # The digits reach every tile, so the focus stays in the field.
                made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                made.clicked.connect(lambda _checked=False, digit=digit: model.add_tile(digit))
                self._grid.addWidget(made, row, column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.dress()

    def restyle(self) -> None:
        gap = look().space("s")
        self._grid.setSpacing(gap)
        self.setMaximumWidth(3 * look().px("tile_width") + 2 * gap)

    def show_state(self, state: SaleState) -> None:
        """Show the page in front."""
        icons = words.icons_by_category(state)
        for digit, tile in self._tiles.items():
            offer = state.shelf.tile(digit)
            icon = icons.get(offer.category.partition("/")[0], "") if offer else ""
            tile.show_tile(words.tile(offer, icon, state.currency) if offer else None)

    def flash(self, digit: int) -> None:
        """Show that a digit was pressed."""
        self._tiles[digit].flash()


class Categories(Row):
    """Chips of the top categories; those that do not fit are reached with the keys."""

    def __init__(self, model: SaleViewModel) -> None:
        super().__init__(gap="s")
        self._model = model
        self._chips: list[Chip] = []
        self._ids: list[Id | None] = []
        self._now = 0
        self._place = Row(gap="s")
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._place.add_stretch()
        left, right = BY_ID["sale.previous_category"].keys[0], BY_ID["sale.next_category"].keys[0]
        self._hint = KeyHint(left, right.rpartition("+")[2], before=True)
        self.add(self._place, stretch=1)
        self.add(self._hint)

    def show_state(self, state: SaleState) -> None:
        """Show every category that fits around the chosen one."""
        self._hint.set_text(tr("section"))
        named: list[tuple[Id | None, str]] = [(None, tr("All"))]
        named += [(shown.category_id, shown.path) for shown in state.shelf.categories]
        while len(self._chips) < len(named):
            chip = Chip(filter_size=True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _checked=False, index=len(self._chips): self._pick(index))
            self._chips.append(chip)
            self._place.box.insertWidget(self._place.box.count() - 1, chip)
        self._ids = [category_id for category_id, _name in named]
        self._now = now = self._ids.index(state.shelf.category_id) if state.shelf.category_id in self._ids else 0
        for index, chip in enumerate(self._chips):
            if index < len(named):
                chip.show_state(named[index][1])
                chip.setChecked(index == now)
        self._fit(len(named), now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other chips fit into another width."""
        super().resizeEvent(event)
        self._fit(len(self._ids), self._now)

    def _pick(self, index: int) -> None:
        self._model.pick_category(self._ids[index])

    def _fit(self, count: int, now: int) -> None:
        """Leave out chips from the left until the chosen one is on the screen, and all that stick out at the right."""
        gap = look().space("s")
        room = self.width() - self._hint.sizeHint().width() - gap
        widths = [chip.sizeHint().width() + gap for chip in self._chips[:count]]
        first = 0
        while first < now and sum(widths[first : now + 1]) > room:
            first += 1
        used = 0
        for index, chip in enumerate(self._chips):
            if first <= index < count:
                used += widths[index]
            chip.setVisible(first <= index < count and (used - gap <= room or index == now))


class Finding(Column):
    """What a search or a category shows, or how to find when there is nothing; below it what is known of the goods at hand."""

    def __init__(self, model: SaleViewModel) -> None:
        super().__init__(gap="s")
        self._keys = KeyHint("Up", "Down", before=True)
        self._head = SectionHead("", self._keys)
        self.list = FoundList(tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: model.add_found(index.row()))
        self._card = Card(self.list, insets="none", gap="none")
        self._hints = [KeyHint("2", "*", "4"), KeyHint("0", "12", "*"), KeyHint("."), KeyHint(*BY_ID["sale.search"].keys)]
        self._how = Card(*self._hints, insets="m")
        self._nothing = Label("", "body", "muted", wrap=True)
        self._about_head, self._name = SectionHead(), Label("", "body_strong", wrap=True)
        self._facts = [ValueRow(rule=False, quiet=True) for _ in range(_ABOUT_ROWS)]
        self._about = Card(self._name, *self._facts, insets="m", gap="none")
        self._missing, self._add = Label("", "small", "muted"), KeyHint(*BY_ID["sale.new_goods"].keys)
        self._missing_row = Row(Icon("info"), self._missing, self._add, gap="s")
        self._missing_row.add_stretch()
        self.add(self._head)
        # The list takes what its rows need before the empty room below gets anything.
        self.add(self._card, stretch=100)
        self.add(self._how, self._nothing, Spacer("xs"), self._about_head, self._about, Spacer("xs"), self._missing_row)
        self.add_stretch()

    def show_list(self, state: SaleState) -> None:
        """Show the list with its current row."""
        shelf = state.shelf
        is_listed = bool(shelf.searched or shelf.category_id)
        rows = [words.found_row(offer, shelf.searched, state.currency) for offer in shelf.found]
        if shelf.searched:
            self._head.set_title(tr("Found: {count}", count=len(rows)))
        else:
            named: dict[Id | None, str] = {shown.category_id: shown.path for shown in shelf.categories}
            self._head.set_title(named.get(shelf.category_id, tr("Goods")) if is_listed else tr("How to find goods"))
        self._keys.set_text(tr("choose"))
        reveal(self._keys, bool(rows))
        reveal(self._card, bool(rows))
        reveal(self._how, not is_listed)
        reveal(self._nothing, is_listed and not rows)
        self._nothing.setText(tr("Nothing here. Try fewer letters, another word or the barcode"))
        says = (
            tr("two pieces of tile 4"),
            tr("a longer quantity"),
            tr("and digits: quick code or barcode"),
            tr("words, in any keyboard layout"),
        )
        for hint, text in zip(self._hints, says, strict=True):
            hint.set_text(text)
        self.list.show_rows(rows, shelf.current)
        self._card.setMaximumHeight(max(1, len(rows)) * look().px("row_two_lines"))
        self._missing.setText(tr("Not in the list?"))
        self._add.set_text(tr("add the goods"))
        reveal(self._missing_row, state.may_add_goods)

    def show_about(self, state: SaleState) -> None:
        """Show the goods at hand, or nothing."""
        for widget in (self._about_head, self._about):
            reveal(widget, state.about is not None)
        if state.about is None:
            return
        self._about_head.set_title(tr("About the goods"))
        self._name.setText(state.about.offer.name)
        known = words.about_rows(state.about)
        for number, row in enumerate(self._facts):
            reveal(row, number < len(known))
            if number < len(known):
                name, value, color = known[number]
                row.set_name(name)
                row.show_value(value, color=color)


class _Zone(QScrollArea):
    """Scrolls down when the text is large, and never asks the window to be wider."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (content, self.viewport()):
            ground.setAutoFillBackground(False)


class GoodsPanel(Column):
    """Everything left of the receipt."""

    def __init__(self, model: SaleViewModel) -> None:
        super().__init__(gap="m", insets=("l", "m"))
        self._state: SaleState | None = None
        self.line = GoodsLine(tr("Goods"))
        self.line.typed.connect(model.press)
        self.line.pasted.connect(model.paste)
        self._field_hint = KeyHint("2", "*", "4")
        self._chips, self.tiles = Categories(model), Tiles(model)
        self._pages = KeyHint(*BY_ID["sale.next_tiles"].keys, before=True)
        self._tiles_head = SectionHead("", self._pages)
        self._finding = Finding(model)
        field_row = Row(gap="m")
        field_row.add(self.line, stretch=1)
        field_row.add(self._field_hint)
        left = Column(self._tiles_head, self.tiles, gap="s")
        left.add_stretch()
        self._tiles_half = left
        halves = Row(gap="l")
        halves.add(left, stretch=52)
        halves.add(self._finding, stretch=48)
        self.add(field_row, self._chips)
        self.add(_Zone(halves), stretch=1)

    def show_state(self, state: SaleState, *, anew: bool = False) -> None:
        """Show what changed; everything when the language or the look is new."""
        before = None if anew else self._state
        self._state = state
        self.line.show_field(state.typed)
        if before is None:
            self.line.setAccessibleName(tr("Goods"))
            self.line.show_hint(tr("scanner ready"), "scan-barcode")
            self._field_hint.set_text(tr("two pieces of tile 4"))
            self._tiles_head.set_title(tr("Quick tiles"))
        was, now = None if before is None else before.shelf, state.shelf
        # At every letter only the list is drawn again.
        if was is None or (was.tiles, was.page, was.categories) != (now.tiles, now.page, now.categories):
            self._pages.set_text(tr("page {page} of {pages}", page=now.page + 1, pages=now.pages))
            reveal(self._pages, now.pages > 1)
            self.tiles.show_state(state)
        if was is None or (was.categories, was.category_id) != (now.categories, now.category_id):
            self._chips.show_state(state)
        if before is None or was != now or before.may_add_goods != state.may_add_goods:
            self._finding.show_list(state)
        if before is None or before.about != state.about:
            self._finding.show_about(state)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the halves for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """With large text one half has to do: what was found while something is looked for, else the tiles."""
        state = self._state
        if state is None:
            return
        tiles, gap = 3 * look().px("tile_width") * 2 // 3, look().space("l")
        fits = self.width() >= tiles + look().px("found_wide") + 3 * gap
        looks = bool(state.shelf.searched or state.shelf.category_id)
        reveal(self._tiles_half, fits or not looks)
        reveal(self._finding, fits or looks)
        reveal(self._field_hint, fits)
