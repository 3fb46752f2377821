"""Making and editing goods, by hand, at the till and from files."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from shared.catalog import rules
from shared.catalog.barcodes import goods_barcode, parse
from shared.catalog.matching import Match, matches
from shared.catalog.operations import CategoryPut, ImportFinished, ProductPut, ProductsPut, Rejected
from shared.catalog.queries import (
    barcodes_of,
    categories_at,
    duplicate_barcodes,
    find_by_scan,
    in_store_rules,
    product,
    products_by_id,
)
from shared.catalog.rules import GoodsGiven, ProductFields
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import bounded
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command
from shared.staff.rules import Right

IMPORT_PART_MAX = 100
REJECTED_KEPT_MAX = 200
RAW_LENGTH_MAX = 200


@command(Right.EDIT_GOODS)
def create_product(tx: Transaction, *, fields: ProductFields, barcodes: tuple[str, ...] = ()) -> ProductsPut:
    """Make a product. A barcode in use elsewhere is allowed only for the same goods, so it is refused here."""
    rules.check_fields(fields)
    name = rules.check_product_name(fields.name or "")
    codes = _new_barcodes(tx, barcodes)
    shelves = _Shelves(tx, fields.category)
    put = _put(fields, tx.ids.new_id(), name=name, category_id=shelves.named(fields.category), barcodes=codes)
    return ProductsPut(products=(put,), categories=shelves.made)


@command(Right.EDIT_GOODS)
def change_product(
    tx: Transaction,
    *,
    product_id: Id,
    fields: ProductFields,
    add_barcodes: tuple[str, ...] = (),
    remove_barcodes: tuple[str, ...] = (),
) -> ProductsPut:
    """Edit a product. Refused when nothing is named."""
    now = product(tx, product_id=product_id)
    if now is None:
        raise Refusal("unknown_product", N_("There is no such item any more. Search for it again"))
    rules.check_fields(fields)
    carried = barcodes_of(tx, product_id=product_id)
    if fields == ProductFields() and not add_barcodes and not set(remove_barcodes).intersection(carried):
        raise Refusal("nothing_changed", N_("Nothing was changed"))
    name = rules.check_product_name(fields.name) if fields.name is not None else None
    if name is None and fields.brand is not None:
        name = now.name
    brand = fields.brand if fields.brand is not None or name is None else now.brand
    shelves = _Shelves(tx, fields.category)
    put = _put(
        fields,
        product_id,
        name=name,
        brand=brand,
        category_id=shelves.named(fields.category),
        barcodes=_new_barcodes(tx, add_barcodes),
        barcodes_removed=tuple(code for code in dict.fromkeys(remove_barcodes) if code in carried),
    )
    return ProductsPut(products=(put,), categories=shelves.made)


@command(Right.SETTLE_SCAN)
def settle_scan(tx: Transaction, *, barcode: str, price_minor: int, name: str = "", product_id: Id | None = None) -> ProductsPut:
    """At the till, once: give an unpriced product its price, or make a product of an unknown barcode."""
    scan = parse(barcode, in_store_rules(tx))
    rules.check_fields(ProductFields(price_minor=price_minor))
    found = find_by_scan(tx, scan)
    if product_id is not None:
        found = tuple(shown for shown in found if shown.product_id == product_id)
        if not found:
            raise Refusal("unknown_product", N_("There is no such item any more. Search for it again"))
    if not found:
        made = ProductPut(
            product_id=tx.ids.new_id(),
            name=rules.check_product_name(name),
            price_minor=price_minor,
            unit="pc",
            archived=False,
            barcodes=(scan.code,),
        )
        return ProductsPut(products=(made,), source="till")
    if found[0].price_minor is not None:
        raise Refusal("scan_is_known", N_("This code is known already. Scan it again"))
    return ProductsPut(products=(ProductPut(product_id=found[0].product_id, price_minor=price_minor),), source="till")


@command(Right.EDIT_GOODS)
def put_category(
    tx: Transaction, *, path: str, category_id: Id | None = None, icon: str = "", place: int = 0, archived: bool = False
) -> ProductsPut:
    """Make or edit a category."""
    if not 0 <= place <= rules.PLACE_MAX:
        raise Refusal("bad_place", N_("A place is a number from 0 to {most}"), most=rules.PLACE_MAX)
    category = CategoryPut(
        category_id=category_id or tx.ids.new_id(),
        path=rules.check_product_name(path),
        icon=rules.check_icon(icon),
        place=place,
        archived=archived,
    )
    return ProductsPut(products=(), categories=(category,))


@command(Right.EDIT_GOODS)
def import_goods(tx: Transaction, *, goods: tuple[GoodsGiven, ...]) -> ProductsPut:
    """One part of an import, at most 100 rows; rows are checked before, so a bad one here is refused with the part.

    Rows that change nothing are left out; refused when that is all of them.
    """
    if not 0 < len(goods) <= IMPORT_PART_MAX:
        raise Refusal("bad_import_part", N_("An import goes in parts of up to {most} rows"), most=IMPORT_PART_MAX)
    goods = tuple(msgspec.structs.replace(row, barcodes=tuple(map(goods_barcode, row.barcodes))) for row in goods)
    shelves = _Shelves(tx, *(row.fields.category for row in goods))
    puts = []
    for row, match in zip(goods, matches(tx, goods=goods), strict=True):
        rules.check_fields(row.fields)
        if match.product_id is None:
            name = rules.check_product_name(row.fields.name or "")
            shelf = shelves.named(row.fields.category)
            puts.append(_put(row.fields, tx.ids.new_id(), name=name, category_id=shelf, archived=False, barcodes=match.barcodes))
        elif not match.is_same:
            puts.append(_change(match, shelves))
    if not puts:
        raise Refusal("nothing_changed", N_("Nothing was changed"))
    return ProductsPut(products=tuple(puts), categories=shelves.made, source="import")


@command(Right.EDIT_GOODS)
def finish_import(
    tx: Transaction, *, file: str, rows: int, taken: int, rejected_count: int, rejected: tuple[Rejected, ...] = ()
) -> ImportFinished:
    """Close an import; the first 200 rows that could not be taken stay to be reviewed."""
    bounded(max(rows, taken, rejected_count, *(row.row_no for row in rejected)))
    kept = tuple(
        Rejected(row.row_no, row.code[:RAW_LENGTH_MAX], row.raw[:RAW_LENGTH_MAX]) for row in rejected[:REJECTED_KEPT_MAX]
    )
    return ImportFinished(file=file[-RAW_LENGTH_MAX:], rows=rows, taken=taken, rejected_count=rejected_count, rejected=kept)


def _new_barcodes(tx: Transaction, barcodes: Iterable[str]) -> tuple[str, ...]:
    """Canonical barcodes, none of them in use. Raises Refusal."""
    codes = tuple(dict.fromkeys(goods_barcode(barcode) for barcode in barcodes))
    if len(codes) > rules.BARCODES_MAX:
        raise Refusal("too_many_barcodes", N_("A product has at most {most} barcodes"), most=rules.BARCODES_MAX)
    if taken := duplicate_barcodes(tx, codes):
        barcode, holders = next(iter(taken.items()))
        holder = products_by_id(tx, holders[:1])[holders[0]]
        raise Refusal("barcode_in_use", N_("{barcode} belongs to {name}"), barcode=barcode, name=holder.name)
    return codes


class _Shelves:
    """Categories by their path, for the paths given; made when there is none yet."""

    def __init__(self, tx: Transaction, *paths: str | None) -> None:
        self._tx = tx
        self._known = categories_at(tx, {_trimmed(path) for path in paths if path})
        self._made: list[CategoryPut] = []

    @property
    def made(self) -> tuple[CategoryPut, ...]:
        return tuple(self._made)

    def named(self, path: str | None) -> Id | None:
        """The category with this path; None for no path."""
        trimmed = _trimmed(path or "")
        if trimmed and trimmed not in self._known:
            self._known[trimmed] = self._tx.ids.new_id()
            self._made.append(CategoryPut(category_id=self._known[trimmed], path=trimmed, archived=False))
        return self._known.get(trimmed)


@lru_cache(maxsize=256)
def _trimmed(path: str) -> str:
    return "/".join(part.strip() for part in path.split("/") if part.strip())


def _change(match: Match, shelves: _Shelves) -> ProductPut:
    """What a row changes of goods that are known; name and brand come together, because search reads both."""
    changes = match.changes
    renamed = changes.name is not None or changes.brand is not None
    return _put(
        changes,
        match.product_id or "",
        name=rules.check_product_name(changes.name or match.name_before) if renamed else None,
        brand=(match.brand_before if changes.brand is None else changes.brand) if renamed else None,
        category_id=shelves.named(changes.category),
        barcodes=match.barcodes,
    )


def _put(fields: ProductFields, product_id: Id, **more: Any) -> ProductPut:
    given = msgspec.structs.asdict(fields)
    given.pop("category")
    return ProductPut(**(given | {"product_id": product_id} | more))
