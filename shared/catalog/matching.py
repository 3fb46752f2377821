"""Goods of a file beside the goods that are known: what is new, what changes and how, what stays."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, select

from shared.branches.queries import TaxRateKnown
from shared.catalog.goods_file import GoodsRow
from shared.catalog.queries import duplicate_barcodes
from shared.catalog.rules import GoodsGiven, ProductFields
from shared.catalog.search_text import fold
from shared.catalog.tables import Category, Product
from shared.core.ids import Id
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query

UNSET: Final[dict[str, str | int | None]] = {
    "brand": "", "unit": "pc", "code": "", "age_mark": 0, "tile": 0, "tracked": True, "subject": "goods", "archived": False,
}  # fmt: skip
"""What a field means that nobody has set."""
ROWS_MAX = 500

_KNOWN = (
    select(*(column for column in Product.__table__.columns if column.name != "versions"), Category.path.label("category"))
    .join(Category, Category.category_id == Product.category_id, isouter=True)
    .where(Product.name.is_not(None))
    .order_by(Product.product_id)
)
_BY_ID = Prepared(_KNOWN.where(Product.product_id.in_(bindparam("wanted", expanding=True))))
_BY_CODE = Prepared(_KNOWN.where(Product.code.in_(bindparam("wanted", expanding=True)), Product.archived.is_not(True)))
_BY_NAME = Prepared(_KNOWN.where(Product.search.in_(bindparam("wanted", expanding=True)), Product.archived.is_not(True)))


class Match(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a row would do. `product_id` is None for new goods; `changes` and `barcodes` are what is not so already."""

    changes: ProductFields
    barcodes: tuple[str, ...] = ()
    product_id: Id | None = None
    name_before: str = ""
    brand_before: str = ""
    price_before_minor: int | None = None

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return self.product_id is not None and not self.barcodes and self.changes == ProductFields()


@query()
def matches(read: Reading, *, goods: tuple[GoodsGiven, ...]) -> tuple[Match, ...]:
    """What each row of an import would do, in their order; at most 500."""
    goods = goods[:ROWS_MAX]
    holders = duplicate_barcodes(read, {barcode for row in goods for barcode in row.barcodes})
    ids = [next((holders[barcode][0] for barcode in row.barcodes if barcode in holders), None) for row in goods]
    by_id = {known.product_id: known for known in _known(read, _BY_ID, {found for found in ids if found})}
    loose = [row for row, found in zip(goods, ids, strict=True) if found is None]
    by_code = {
        known.code: known for known in reversed(_known(read, _BY_CODE, {row.fields.code for row in loose if row.fields.code}))
    }
    nameless = {_search(row) for row in loose if not row.barcodes and not row.fields.code}
    by_name = {known.search: known for known in reversed(_known(read, _BY_NAME, nameless))}
    return tuple(
        _match(
            row,
            by_id.get(found)
            or by_code.get(row.fields.code or None)
            or (None if row.barcodes or row.fields.code else by_name.get(_search(row))),
            tuple(barcode for barcode in row.barcodes if barcode not in holders),
        )
        for row, found in zip(goods, ids, strict=True)
    )


def goods_given(row: GoodsRow, rates: Sequence[TaxRateKnown]) -> GoodsGiven:
    """A row of a file as an import takes it; a tax that no rate of the club fits is left to the default one."""
    return GoodsGiven(
        fields=ProductFields(
            name=row.name,
            category=row.category or None,
            brand=row.brand or None,
            unit=row.unit or None,
            price_minor=row.price_minor,
            tax_rate_id=tax_rate_of(row.tax, rates),
            code=row.code or None,
        ),
        barcodes=row.barcodes,
    )


def tax_rate_of(written: str, rates: Sequence[TaxRateKnown]) -> Id | None:
    """The club's rate that a file means by `20%`, `без НДС` or the rate's own name."""
    if not written:
        return None
    wanted = fold(written)
    for rate in rates:
        if fold(rate.name) == wanted:
            return rate.tax_rate_id
    digits = "".join(sign for sign in wanted if sign.isdecimal() or sign == ".")
    percent = digits or ("0" if wanted.startswith(("без", "no", "free", "exempt")) else "")
    return next((rate.tax_rate_id for rate in rates if percent and f"{rate.rate_bp / 100:g}" == percent), None)


def _known(read: Reading, statement: Prepared, wanted: Collection[Any]) -> list[Any]:
    return read.rows(statement, wanted=list(wanted)) if wanted else []


def _search(row: GoodsGiven) -> str:
    return fold(f"{row.fields.name or ''} {row.fields.brand or ''}")


def _match(row: GoodsGiven, known: Any, barcodes: tuple[str, ...]) -> Match:
    if known is None:
        return Match(row.fields, barcodes)
    given = ((name, getattr(row.fields, name)) for name in ProductFields.__struct_fields__)
    changes = {name: value for name, value in given if value is not None and value != _now(known, name)}
    return Match(
        ProductFields(**changes),
        barcodes,
        known.product_id,
        known.name,
        known.brand or "",
        known.price_minor,
    )


def _now(known: Any, name: str) -> str | int | None:
    value: str | int | None = getattr(known, name)
    return UNSET.get(name) if value is None else value
