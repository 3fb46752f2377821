"""Finding goods."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from shared.branches.queries import TaxRateKnown, branch_settings, tax_rates
from shared.catalog.barcodes import DEFAULT_IN_STORE_RULES, InStoreRule, Scan
from shared.catalog.tables import Barcode, Category, Product, RejectedRow
from shared.core.ids import Id
from shared.ledger.memory import remembered
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query
from shared.staff.rules import Right


class ProductShown(msgspec.Struct, frozen=True, kw_only=True):
    """A product as lists and the till show it. `price_minor` is None until somebody sets one."""

    product_id: Id
    name: str
    brand: str
    category_id: Id | None
    category: str
    unit: str
    price_minor: int | None
    tax_rate_id: Id
    tax_bp: int
    tax_included: bool
    age_mark: int
    code: str
    tile: int
    tracked: bool
    subject: str
    archived: bool


class CategoryShown(msgspec.Struct, frozen=True):
    """A category with its full name."""

    category_id: Id
    path: str
    icon: str
    place: int


class RejectedShown(msgspec.Struct, frozen=True):
    """A row of a goods file that could not be taken."""

    op: Id
    line: int
    file: str
    row_no: int
    code: str
    raw: str
    at: int


def products_by_id(read: Reading, products: Collection[Id]) -> dict[Id, ProductShown]:
    """Products by id, archived ones too; an id nobody knows is left out."""
    return {shown.product_id: shown for shown in _shown(read, _BY_ID, products=list(products))}


def find_by_scan(read: Reading, scan: Scan) -> tuple[ProductShown, ...]:
    """Goods a scanned code stands for; more than one when desks gave the same barcode to different goods."""
    for known in scan.keys:
        if found := _shown(read, _BY_BARCODE, barcode=known):
            return found
    return ()


def find_by_code(read: Reading, code: str) -> tuple[ProductShown, ...]:
    """Goods with a quick code."""
    return _shown(read, _BY_CODE, code=code)


@remembered("branches")
def in_store_rules(read: Reading) -> tuple[InStoreRule, ...]:
    """How this club's scales print weight and price into barcodes."""
    text = branch_settings(read).in_store_rules
    return msgspec.json.decode(text, type=tuple[InStoreRule, ...]) if text else DEFAULT_IN_STORE_RULES


@query()
def product(read: Reading, *, product_id: Id) -> ProductShown | None:
    """One product, or nothing."""
    return products_by_id(read, [product_id]).get(product_id)


def products_on_tiles(read: Reading) -> tuple[ProductShown, ...]:
    """Products that have a place on the sale screen, by place."""
    found = _shown(read, _ON_TILES)
    return tuple(sorted(found, key=lambda shown: (shown.tile, shown.name)))


@query()
def barcodes_of(read: Reading, *, product_id: Id) -> tuple[str, ...]:
    """Barcodes of a product."""
    rows = read.rows(
        select(Barcode.barcode).where(Barcode.product_id == product_id, Barcode.archived.is_(False)).order_by(Barcode.barcode)
    )
    return tuple(row[0] for row in rows)


@query()
@remembered("categories")
def categories(read: Reading) -> tuple[CategoryShown, ...]:
    """Categories in use, in the order of the sale screen."""
    rows = read.rows(
        select(Category.category_id, Category.path, Category.icon, Category.place)
        .where(Category.archived.is_not(True), Category.path.is_not(None))
        .order_by(Category.place.nulls_last(), Category.path)
    )
    return tuple(CategoryShown(row[0], row[1], row[2] or "", row[3] or 0) for row in rows)


def categories_at(read: Reading, paths: Collection[str]) -> dict[str, Id]:
    """Path → category in use, for those of the given paths that there are."""
    return dict(read.rows(_AT_PATHS, paths=list(paths))) if paths else {}


@query(Right.EDIT_GOODS)
def rejected_rows(read: Reading) -> tuple[RejectedShown, ...]:
    """Rows of goods files that could not be taken, newest import first."""
    columns = (
        RejectedRow.op,
        RejectedRow.line,
        RejectedRow.file,
        RejectedRow.row_no,
        RejectedRow.code,
        RejectedRow.raw,
        RejectedRow.at,
    )
    rows = read.rows(select(*columns).order_by(RejectedRow.op.desc(), RejectedRow.line))
    return tuple(RejectedShown(*row) for row in rows)


@remembered("rejected_rows")
def rejecting_imports(read: Reading) -> tuple[Id, ...]:
    """Imports that could not take every row."""
    return tuple(row[0] for row in read.rows(select(RejectedRow.op).distinct()))


def duplicate_barcodes(read: Reading, among: Iterable[str]) -> dict[str, tuple[Id, ...]]:
    """Barcode → products that carry it, for those of the given codes that are in use."""
    wanted = list(among)
    rows = read.rows(_CARRIERS, among=wanted) if wanted else []
    found: dict[str, tuple[Id, ...]] = {}
    for barcode, holder in rows:
        found[barcode] = (*found.get(barcode, ()), holder)
    return found


_CARRIERS = Prepared(
    select(Barcode.barcode, Barcode.product_id)
    .where(Barcode.barcode.in_(bindparam("among", expanding=True)), Barcode.archived.is_(False))
    .order_by(Barcode.barcode, Barcode.product_id)
)
_AT_PATHS = Prepared(
    select(Category.path, Category.category_id)
    .where(Category.path.in_(bindparam("paths", expanding=True)), Category.archived.is_not(True))
    .order_by(Category.place.nulls_last(), Category.category_id)
)
_COLUMNS = [column for column in Product.__table__.columns if column.name not in ("versions", "search")]
_PRODUCTS = (
    select(*_COLUMNS, Category.path)
    .join(Category, Category.category_id == Product.category_id, isouter=True)
    .where(Product.name.is_not(None))
    .order_by(Product.name)
)
_IN_USE = _PRODUCTS.where(Product.archived.is_not(True))
_BY_ID = Prepared(_PRODUCTS.where(Product.product_id.in_(bindparam("products", expanding=True))))
_BY_CODE = Prepared(_IN_USE.where(Product.code == bindparam("code")))
_ON_TILES = Prepared(_IN_USE.where(Product.tile > 0))
_HOLDERS = select(Barcode.product_id).where(Barcode.barcode == bindparam("barcode"), Barcode.archived.is_(False))
_BY_BARCODE = Prepared(_IN_USE.where(Product.product_id.in_(_HOLDERS)))


def _shown(read: Reading, statement: Prepared, **values: Any) -> tuple[ProductShown, ...]:
    rates = {rate.tax_rate_id: rate for rate in tax_rates(read)}
    default = next((rate for rate in rates.values() if rate.is_default), None)
    return tuple(_product(row, rates.get(row.tax_rate_id) or default) for row in read.rows(statement, **values))


def _product(row: Any, rate: TaxRateKnown | None) -> ProductShown:
    return ProductShown(
        product_id=row.product_id,
        name=row.name,
        brand=row.brand or "",
        category_id=row.category_id,
        category=row.path or "",
        unit=row.unit or "pc",
        price_minor=row.price_minor,
        tax_rate_id=rate.tax_rate_id if rate else "",
        tax_bp=rate.rate_bp if rate and rate.rate_bp else 0,
        tax_included=rate.included if rate else True,
        age_mark=row.age_mark or 0,
        code=row.code or "",
        tile=row.tile or 0,
        tracked=row.tracked is not False,
        subject=row.subject or "goods",
        archived=bool(row.archived),
    )
