"""The list of goods and the card in hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.screens.goods.draft import FIELD_OF, Draft, draft_of, given
from desktop.screens.goods.paged import PagedGoods
from desktop.store.errors import NotSaved
from desktop.store.goods_list import GoodsListed, goods_listed, goods_rows, tile_holders
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import TaxRateKnown, branch_settings, tax_rates
from shared.catalog.barcodes import goods_barcode, parse
from shared.catalog.commands import change_product, create_product
from shared.catalog.operations import ProductsPut
from shared.catalog.queries import CategoryShown, barcodes_of, categories, find_by_scan, in_store_rules
from shared.catalog.rules import ProductFields
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.ledger.transaction import Reading
from shared.staff.rules import Right
from shared.stock.commands import CountedGoods, record_stock


@dataclass(frozen=True, slots=True)
class GoodsState:
    """Everything the screen shows. `draft` is the card in hand, `saved` what it was; `errors`: field → finished sentence,
    with those of no field under an empty name."""

    currency: str
    may_edit: bool
    text: str = ""
    category_id: Id | None = None
    is_archive: bool = False
    rows: Sequence[GoodsListed] = ()
    current: int = -1
    draft: Draft | None = None
    saved: Draft | None = None
    stock_milli: int | None = None
    categories: tuple[CategoryShown, ...] = ()
    rates: tuple[TaxRateKnown, ...] = ()
    tiles: Mapping[int, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    is_saving: bool = False
    note: str = ""

    @property
    def is_dirty(self) -> bool:
        """Whether the card differs from what is saved."""
        return self.draft is not None and self.draft != self.saved


class GoodsViewModel(QObject):
    """Goods.

    Signals: changed — the state is new.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None]) -> None:
        super().__init__()
        self._store, self._session, self._go = store, session, go
        self._op = store.new_op()
        self._asked = 0
        self._wanted: Id | None = None
        self.scan_is_for_card = False
        """Whether a scanned code belongs to the card in hand: its barcode field has the focus."""
        self._state = GoodsState(store.read(branch_settings).currency, session.may(Right.EDIT_GOODS))
        self._stops = [store.watch(concept, self._reload) for concept in ("catalog", "stock")]
        self._reload()

    @property
    def state(self) -> GoodsState:
        """What to show."""
        return self._state

    # The list

    def search(self, text: str) -> None:
        """List what matches a text."""
        self._show(text=text)
        self._reload()

    def show_category(self, category_id: Id | None) -> None:
        """List one section, or all."""
        self._show(category_id=category_id)
        self._reload()

    def show_archive(self, archived: bool) -> None:
        """List goods put away, or those in use."""
        self._show(is_archive=archived)
        self._reload()

    def select(self, place: int) -> None:
        """Open the card of a row; a card that was edited stays until it is saved or dropped."""
        state = self._state
        if not 0 <= place < len(state.rows) or (place == state.current and state.draft is not None):
            return
        if state.is_dirty:
            self._show(errors={"": tr("The card is not saved yet. F9 saves it, Esc drops the changes")})
            return
        self._open(place)

    def walk(self, step: int) -> None:
        """The next row or the one before."""
        if self._state.rows:
            self.select(min(max(self._state.current + step, 0), len(self._state.rows) - 1))

    # The card

    def new(self, barcode: str = "", name: str = "") -> None:
        """An empty card."""
        if self._state.is_dirty:
            self._show(errors={"": tr("The card is not saved yet. F9 saves it, Esc drops the changes")})
            return
        self._op = self._store.new_op()
        rate = next((rate.tax_rate_id for rate in self._state.rates if rate.is_default), "")
        empty = Draft(tax_rate_id=rate)
        draft = replace(empty, barcodes=(barcode,) if barcode else (), name=name)
        self._show(draft=draft, saved=empty, current=-1, errors={}, stock_milli=None, note="")

    def edit(self, **changes: object) -> None:
        """Change the card; the error of a field goes away with it."""
        if self._state.draft is not None:
            errors = {name: said for name, said in self._state.errors.items() if name and name not in changes}
            self._show(draft=replace(self._state.draft, **changes), errors=errors, note="")  # type: ignore[arg-type]

    def add_barcode(self, text: str) -> bool:
        """Give the card a barcode; False when it is none."""
        draft = self._state.draft
        if draft is None or not text.strip():
            return False
        try:
            code = goods_barcode(text)
        except Refusal as refusal:
            self._show(errors={**self._state.errors, "barcodes": self._said(refusal)})
            return False
        if code not in draft.barcodes:
            self.edit(barcodes=(*draft.barcodes, code))
        return True

    def remove_barcode(self, code: str) -> None:
        """Take a barcode off the card."""
        if self._state.draft is not None:
            self.edit(barcodes=tuple(known for known in self._state.draft.barcodes if known != code))

    def put_on_tile(self, tile: int) -> None:
        """Give the item a tile of the sale screen; 0 takes it away. A tile is for one item."""
        state = self._state
        holder = state.tiles.get(tile)
        if holder and (state.saved is None or state.saved.tile != tile):
            said = tr("Tile {tile} holds {name}. Take it away there first", tile=tile, name=holder)
            self._show(errors={**state.errors, "tile": said})
            return
        self.edit(tile=tile)

    def archive(self) -> None:
        """Put the item away, or bring it back; kept at once."""
        saved = self._state.saved
        if saved is not None and saved.product_id and not self._state.is_saving:
            self._save(replace(saved, archived=not saved.archived), saved)

    def drop(self) -> bool:
        """Forget what was changed; False when nothing was."""
        state = self._state
        if state.draft is None or not (state.is_dirty or not state.draft.product_id):
            return False
        if state.saved is not None and state.saved.product_id:
            self._show(draft=state.saved, errors={})
        else:
            self._show(draft=None, saved=None, errors={})
            self._open(0 if state.rows else -1)
        return True

    def save(self) -> None:
        """Keep the card."""
        draft, saved = self._state.draft, self._state.saved
        if draft is None or saved is None or self._state.is_saving:
            return
        if not self._state.is_dirty:
            self._show(note=tr("Nothing was changed"))
            return
        self._save(draft, saved)

    def scan(self, code: str) -> None:
        """A code was scanned: for the card in hand where it is awaited, else to find goods; an unknown one begins a card."""
        draft = self._state.draft
        if draft is not None and (self.scan_is_for_card or (not draft.product_id and draft.name)):
            self.add_barcode(code)
            return
        try:
            found = self._store.read(_holders, text=code)
        except Refusal as refusal:
            self._show(errors={"": self._said(refusal)})
            return
        if found:
            self._wanted = found[0]
            self._show(text="", category_id=None, is_archive=False)
            self._reload()
        else:
            self.new(barcode=parse(code).code)

    def import_file(self) -> None:
        """Bring goods in from a file."""
        self._go("goods_import")

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _save(self, draft: Draft, saved: Draft) -> None:
        self._show(is_saving=True, errors={}, note="")
        changes = given(draft, saved)
        then = self._stock_after(draft)
        if not draft.product_id:
            args: dict[str, object] = {"fields": changes, "barcodes": draft.barcodes}
            self._store.write(create_product, op=self._op, actor=self._session.actor, args=args, then=then, failed=self._failed)
            return
        added = tuple(code for code in draft.barcodes if code not in saved.barcodes)
        removed = tuple(code for code in saved.barcodes if code not in draft.barcodes)
        if not (added or removed or changes != ProductFields()):
            self._record_stock(draft.product_id, draft)
            return
        args = {"product_id": draft.product_id, "fields": changes, "add_barcodes": added, "remove_barcodes": removed}
        self._store.write(change_product, op=self._op, actor=self._session.actor, args=args, then=then, failed=self._failed)

    def _stock_after(self, draft: Draft) -> Callable[[Any], None]:
        def saved(recorded: Any) -> None:
            product = draft.product_id
            if not product and isinstance(recorded.body, ProductsPut):
                product = recorded.body.products[0].product_id
            self._record_stock(product, draft)

        return saved

    def _record_stock(self, product: Id, draft: Draft) -> None:
        """The card is kept; now what was counted."""
        if draft.count_milli is None:
            self._saved(product)
            return
        args = {"goods": (CountedGoods(product, draft.count_milli, draft.cost_minor),)}
        self._show(draft=replace(draft, product_id=product))
        self._store.write(
            record_stock, op=self._store.new_op(), actor=self._session.actor, args=args,
            then=lambda _: self._saved(product), failed=self._failed,
        )  # fmt: skip

    def _saved(self, product: Id) -> None:
        self._op = self._store.new_op()
        self._wanted = product
        self._show(is_saving=False, draft=None, saved=None, note=tr("Saved"))
        self._reload()

    def _failed(self, no: Refusal | NotSaved) -> None:
        self._op = self._store.new_op()
        name = FIELD_OF.get(no.code, "") if isinstance(no, Refusal) else ""
        self._show(is_saving=False, errors={name: self._said(no)})

    def _reload(self) -> None:
        """Ask for the list again; the answer of an older question is dropped."""
        self._asked += 1
        asked, state = self._asked, self._state
        self._show(
            categories=self._store.read(categories),
            rates=self._store.read(tax_rates),
            tiles=self._store.read(tile_holders),
        )
        args = {"text": state.text, "category_id": state.category_id, "archived": state.is_archive}
        self._store.load(goods_listed, args, lambda ids: self._listed(asked, ids), self._not_listed)

    def _listed(self, asked: int, ids: tuple[Id, ...]) -> None:
        if asked != self._asked:
            return
        rows = PagedGoods(ids, lambda products: self._store.read(goods_rows, products=products))
        held = self._wanted or (self._state.draft.product_id if self._state.draft is not None else "")
        current = ids.index(held) if held in ids else -1
        self._show(rows=rows, current=current)
        if self._wanted is not None:
            note, self._wanted = self._state.note, None
            if current >= 0:
                self._open(current)
            self._show(note=note)
        elif self._state.draft is None:
            self._open(0 if rows else -1)
        elif not self._state.is_dirty and current >= 0:
            self._open(current)

    def _not_listed(self, no: Refusal | NotSaved) -> None:
        self._show(errors={"": self._said(no)})

    def _open(self, place: int) -> None:
        if not 0 <= place < len(self._state.rows):
            self._show(current=-1, draft=None, saved=None)
            return
        row = self._state.rows[place]
        codes = self._store.read(barcodes_of, product_id=row.product.product_id)
        draft = draft_of(row.product, codes)
        self._op = self._store.new_op()
        self._show(current=place, draft=draft, saved=draft, stock_milli=row.stock_milli, errors={}, note="")

    def _said(self, no: Refusal | NotSaved) -> str:
        return refusal_text(no, self._state.currency) if isinstance(no, Refusal) else tr(no.text, **no.params)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()


def _holders(read: Reading, *, text: str) -> tuple[Id, ...]:
    """Goods with a scanned code. Raises Refusal for one that was misread."""
    return tuple(shown.product_id for shown in find_by_scan(read, parse(text, in_store_rules(read))))
