"""Making and editing goods, by hand, at the till and from files."""

from collections.abc import Iterable

import msgspec

from shared.catalog import rules
from shared.catalog.barcodes import goods_barcode, parse
from shared.catalog.operations import CategoryPut, ImportFinished, ProductPut, ProductsPut, Rejected
from shared.catalog.queries import categories, duplicate_barcodes, find_by_scan, in_store_rules, product, products_by_id
from shared.catalog.rules import ProductFields
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command
from shared.staff.rules import Right

IMPORT_PART_MAX = 100
REJECTED_KEPT_MAX = 200
RAW_LENGTH_MAX = 200


class GoodsGiven(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of an import: new goods, or new values for goods with the same barcode (or the same quick code)."""

    fields: ProductFields
    barcodes: tuple[str, ...] = ()


@command(Right.EDIT_GOODS)
def create_product(tx: Transaction, *, fields: ProductFields, barcodes: tuple[str, ...] = ()) -> ProductsPut:
    """Make a product. A barcode in use elsewhere is allowed only for the same goods, so it is refused here."""
    rules.check_fields(fields)
    name = rules.check_product_name(fields.name or "")
    codes = _new_barcodes(tx, barcodes)
    category_id, made = _category(tx, fields.category, {})
    put = _put(fields, tx.ids.new_id(), name=name, category_id=category_id, barcodes=codes)
    return ProductsPut(products=(put,), categories=made)


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
    if fields == ProductFields() and not add_barcodes and not remove_barcodes:
        raise Refusal("nothing_changed", N_("Nothing was changed"))
    name = rules.check_product_name(fields.name) if fields.name is not None else None
    if name is None and fields.brand is not None:
        name = now.name
    brand = fields.brand if fields.brand is not None or name is None else now.brand
    category_id, made = _category(tx, fields.category, {})
    codes = _new_barcodes(tx, add_barcodes)
    put = _put(
        fields, product_id, name=name, brand=brand, category_id=category_id, barcodes=codes, barcodes_removed=remove_barcodes
    )
    return ProductsPut(products=(put,), categories=made)


@command(Right.SETTLE_SCAN)
def settle_scan(tx: Transaction, *, barcode: str, price_minor: int, name: str = "", product_id: Id | None = None) -> ProductsPut:
    """At the till, once: give an unpriced product its price, or make a product of an unknown barcode."""
    scan = parse(barcode, in_store_rules(tx))
    rules.check_fields(ProductFields(price_minor=price_minor))
    if price_minor < 0:
        raise Refusal("price_is_negative", N_("A price cannot be below zero. Correct it"))
    found = find_by_scan(tx, scan)
    if product_id is not None:
        found = tuple(shown for shown in found if shown.product_id == product_id)
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
    category = CategoryPut(
        category_id=category_id or tx.ids.new_id(),
        path=rules.check_product_name(path),
        icon=icon,
        place=place,
        archived=archived,
    )
    return ProductsPut(products=(), categories=(category,))


@command(Right.EDIT_GOODS)
def import_goods(tx: Transaction, *, goods: tuple[GoodsGiven, ...]) -> ProductsPut:
    """One part of an import, at most 100 rows; rows are checked before, so a bad one here is refused with the part."""
    if not 0 < len(goods) <= IMPORT_PART_MAX:
        raise Refusal("bad_import_part", N_("An import goes in parts of up to {most} rows"), most=IMPORT_PART_MAX)
    holders = duplicate_barcodes(tx, {barcode for row in goods for barcode in row.barcodes})
    known = products_by_id(tx, {ids[0] for ids in holders.values()})
    made: dict[str, CategoryPut] = {}
    puts = []
    for row in goods:
        rules.check_fields(row.fields)
        category_id, _ = _category(tx, row.fields.category, made)
        ids = [holder for barcode in row.barcodes for holder in holders.get(barcode, ())]
        name = rules.check_product_name(row.fields.name or (known[ids[0]].name if ids else ""))
        fresh = tuple(barcode for barcode in row.barcodes if barcode not in holders)
        product_id = ids[0] if ids else tx.ids.new_id()
        puts.append(_put(row.fields, product_id, name=name, category_id=category_id, barcodes=fresh))
    return ProductsPut(products=tuple(puts), categories=tuple(made.values()), source="import")


@command(Right.EDIT_GOODS)
def finish_import(
    tx: Transaction, *, file: str, rows: int, taken: int, rejected_count: int, rejected: tuple[Rejected, ...] = ()
) -> ImportFinished:
    """Close an import; the first 200 rows that could not be taken stay to be reviewed."""
    kept = tuple(Rejected(row.row_no, row.code, row.raw[:RAW_LENGTH_MAX]) for row in rejected[:REJECTED_KEPT_MAX])
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


def _category(tx: Transaction, path: str | None, made: dict[str, CategoryPut]) -> tuple[Id | None, tuple[CategoryPut, ...]]:
    """The category with this path, made when there is none yet."""
    if not path:
        return None, ()
    trimmed = "/".join(part.strip() for part in path.split("/") if part.strip())
    if trimmed in made:
        return made[trimmed].category_id, ()
    known = {shown.path: shown.category_id for shown in categories(tx)}
    if trimmed in known:
        return known[trimmed], ()
    made[trimmed] = CategoryPut(category_id=tx.ids.new_id(), path=trimmed, archived=False)
    return made[trimmed].category_id, (made[trimmed],)


def _put(fields: ProductFields, product_id: Id, *, name: str | None, **more: object) -> ProductPut:
    given = msgspec.structs.asdict(fields)
    given.pop("category")
    return msgspec.convert(given | {"product_id": product_id, "name": name} | more, ProductPut)
