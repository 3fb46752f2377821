"""Goods as the till offers them, and receipts of the past."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, bindparam, func, select

from shared.catalog.barcodes import parse
from shared.catalog.queries import (
    ProductShown,
    find_by_code,
    find_by_scan,
    in_store_rules,
    products_by_id,
    products_on_tiles,
)
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query
from shared.sales.cart import CartItem
from shared.sales.operations import SoldLine
from shared.sales.rules import Tender, TenderKind
from shared.sales.tables import Reprint, Sale, SaleLine, SaleTender
from shared.shifts.queries import shift_shown
from shared.stock.queries import levels_of

RECEIPTS_MOST = 500
NUMBER_DIGITS_MAX = 12


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A product as the sale screen offers it; `item` is None while it has no price. `stock_milli` is None when not tracked."""

    product_id: Id
    name: str
    category: str
    category_id: Id | None
    unit: str
    price_minor: int | None
    stock_milli: int | None
    age_mark: int
    code: str
    tile: int
    barcode: str = ""

    item: CartItem | None


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """What a scan means at the till: no offer, one, or several to choose from, and the quantity on the label."""

    code: str
    offers: tuple[Offer, ...]
    quantity_milli: int = 0
    marking: str = ""


class SaleShown(msgspec.Struct, frozen=True, kw_only=True):
    """A sale in the list of receipts."""

    sale_id: Id
    number: str
    sold_at: int
    cashier_name: str
    total_minor: int
    currency: str
    tenders: tuple[TenderKind, ...]
    first_item: str
    items: int


class SaleDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a receipt shows of a sale."""

    sale_id: Id
    series: str
    number: int
    shift_number: int
    desk_number: int
    cashier_name: str
    sold_at: int
    currency: str
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tender, ...]
    gross_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    rounding_minor: int
    copy: int = 0


def offers_by_id(read: Reading, products: Iterable[Id]) -> tuple[Offer, ...]:
    """Offers in the order of the given ids; archived and unknown ones are left out."""
    wanted = list(dict.fromkeys(products))
    shown = products_by_id(read, wanted)
    return _offers(read, [shown[product] for product in wanted if product in shown and not shown[product].archived])


@query()
def scan(read: Reading, *, text: str) -> Scanned:
    """What a scanned or typed barcode stands for. Raises Refusal for a code that was misread."""
    code = parse(text, in_store_rules(read))
    offers = _offers(read, find_by_scan(read, code), code.text, code.price_minor)
    return Scanned(code=code.code, offers=offers, quantity_milli=code.quantity_milli, marking=code.marking)


@query()
def by_quick_code(read: Reading, *, code: str) -> tuple[Offer, ...]:
    """Goods with a quick code."""
    return _offers(read, find_by_code(read, code))


@query()
def tiles(read: Reading) -> tuple[Offer, ...]:
    """What lies on the tiles of the sale screen."""
    return _offers(read, products_on_tiles(read))


@query()
def offer(read: Reading, *, product_id: Id) -> Offer | None:
    """One product as the till offers it."""
    found = offers_by_id(read, [product_id])
    return found[0] if found else None


@query()
def sold_in_shift(read: Reading, *, product_id: Id, shift_id: Id) -> int:
    """How much of a product was sold in a shift, thousandths. Walks over the shift's lines."""
    found = read.scalar(_SOLD, branch=read.desk.branch, shift=shift_id, product=product_id)
    return int(found or 0)


_SOLD = select(func.sum(SaleLine.quantity_milli)).where(
    SaleLine.branch_id == bindparam("branch"),
    SaleLine.shift_id == bindparam("shift"),
    SaleLine.product_id == bindparam("product"),
)


@query()
def receipts(read: Reading, *, shift_id: Id | None = None, before: Id | None = None, most: int = 50) -> tuple[SaleShown, ...]:
    """Receipts, newest first; `before` continues after the last one of a page."""
    conditions = []
    if shift_id is not None:
        conditions.append(Sale.shift_id == shift_id)
    if before is not None:
        conditions.append(Sale.sale_id < before)
    return _receipts(read, conditions, most)


@query()
def find_receipts(read: Reading, *, number: str, most: int = 50) -> tuple[SaleShown, ...]:
    """Receipts with a number as it is printed, `1-0213`, or its last part, `213`; newest first. Other texts find nothing."""
    series, _, digits = number.strip().rpartition("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > NUMBER_DIGITS_MAX:
        return ()
    conditions = [Sale.number == int(digits)]
    if series:
        conditions.append(Sale.series == series)
    return _receipts(read, conditions, most)


def _receipts(read: Reading, conditions: Iterable[ColumnElement[bool]], most: int) -> tuple[SaleShown, ...]:
    statement = (
        select(Sale.sale_id, Sale.series, Sale.number, Sale.sold_at, Sale.cashier_name, Sale.total_minor, Sale.currency)
        .where(Sale.branch_id == read.desk.branch, *conditions)
        .order_by(Sale.sale_id.desc())
        .limit(min(most, RECEIPTS_MOST))
    )
    rows = read.rows(statement)
    ids = [row[0] for row in rows]
    names: dict[Id, list[str]] = {}
    for sale, name in read.rows(
        select(SaleLine.sale_id, SaleLine.name)
        .where(SaleLine.branch_id == read.desk.branch, SaleLine.sale_id.in_(ids))
        .order_by(SaleLine.sale_id, SaleLine.line)
    ):
        names.setdefault(sale, []).append(name)
    kinds: dict[Id, list[TenderKind]] = {}
    for sale, kind in read.rows(
        select(SaleTender.sale_id, SaleTender.kind)
        .where(SaleTender.branch_id == read.desk.branch, SaleTender.sale_id.in_(ids))
        .order_by(SaleTender.sale_id, SaleTender.line)
    ):
        kinds.setdefault(sale, []).append(TenderKind(kind))
    return tuple(
        SaleShown(
            sale_id=row[0],
            number=f"{row[1]}-{row[2]:04d}",
            sold_at=row[3],
            cashier_name=row[4],
            total_minor=row[5],
            currency=row[6],
            tenders=tuple(kinds.get(row[0], ())),
            first_item=names[row[0]][0],
            items=len(names[row[0]]),
        )
        for row in rows
    )


@query()
def sale_document(read: Reading, *, sale_id: Id) -> SaleDocument:
    """A sale as its receipt shows it. Raises Refusal for an id nobody knows."""
    from_sale = read.first(select(*Sale.__table__.columns).where(Sale.branch_id == read.desk.branch, Sale.sale_id == sale_id))
    if from_sale is None:
        raise Refusal("no_receipt", N_("There is no receipt to print again"))
    columns = [column for column in SaleLine.__table__.columns if column.name in SoldLine.__struct_fields__]
    lines = read.rows(
        select(*columns).where(SaleLine.branch_id == read.desk.branch, SaleLine.sale_id == sale_id).order_by(SaleLine.line)
    )
    tenders = read.rows(
        select(SaleTender.kind, SaleTender.amount_minor, SaleTender.tendered_minor)
        .where(SaleTender.branch_id == read.desk.branch, SaleTender.sale_id == sale_id)
        .order_by(SaleTender.line)
    )
    return SaleDocument(
        sale_id=sale_id,
        series=from_sale.series,
        number=from_sale.number,
        shift_number=shift_shown(read, from_sale.shift_id).number,
        desk_number=from_sale.desk_number,
        cashier_name=from_sale.cashier_name,
        sold_at=from_sale.sold_at,
        currency=from_sale.currency,
        lines=tuple(SoldLine(**row._asdict()) for row in lines),
        tenders=tuple(Tender(TenderKind(row[0]), row[1], row[2]) for row in tenders),
        gross_minor=from_sale.gross_minor,
        discount_minor=from_sale.discount_minor,
        tax_minor=from_sale.tax_minor,
        total_minor=from_sale.total_minor,
        rounding_minor=from_sale.rounding_minor,
    )


def last_receipt_number(read: Reading) -> int:
    """Newest receipt number of this desk's series; 0 before the first."""
    return int(read.scalar(_LAST_NUMBER, branch=read.desk.branch, series=read.desk.series) or 0)


_LAST_NUMBER = Prepared(
    select(func.max(Sale.number)).where(Sale.branch_id == bindparam("branch"), Sale.series == bindparam("series"))
)


def last_sale_of_desk(read: Reading) -> Id | None:
    """The newest sale of this desk."""
    found: Id | None = read.scalar(
        select(Sale.sale_id)
        .where(Sale.branch_id == read.desk.branch, Sale.series == read.desk.series)
        .order_by(Sale.number.desc())
        .limit(1)
    )
    return found


def sale_exists(read: Reading, sale: Id) -> bool:
    """Whether a sale is known here."""
    return read.scalar(select(Sale.number).where(Sale.branch_id == read.desk.branch, Sale.sale_id == sale)) is not None


def copies_of(read: Reading, sale: Id) -> int:
    """How many duplicates of a receipt were asked for."""
    return int(
        read.scalar(
            select(func.count()).select_from(Reprint).where(Reprint.branch_id == read.desk.branch, Reprint.sale_id == sale)
        )
    )


def _offers(read: Reading, products: Iterable[ProductShown], barcode: str = "", label_price_minor: int = 0) -> tuple[Offer, ...]:
    listed = list(products)
    levels = levels_of(read, [shown.product_id for shown in listed if shown.tracked])
    return tuple(
        Offer(
            product_id=shown.product_id,
            name=shown.name,
            category=shown.category,
            category_id=shown.category_id,
            unit=shown.unit,
            price_minor=label_price_minor or shown.price_minor,
            stock_milli=levels[shown.product_id].quantity_milli if shown.tracked else None,
            age_mark=shown.age_mark,
            code=shown.code,
            tile=shown.tile,
            barcode=barcode,
            item=_item(shown, barcode, label_price_minor),
        )
        for shown in listed
    )


def _item(shown: ProductShown, barcode: str, label_price_minor: int) -> CartItem | None:
    price = label_price_minor or shown.price_minor
    if price is None:
        return None
    return CartItem(
        product_id=shown.product_id,
        name=shown.name,
        unit=shown.unit,
        price_minor=price,
        tax_rate_id=shown.tax_rate_id,
        tax_bp=shown.tax_bp,
        tax_included=shown.tax_included,
        category_id=shown.category_id,
        barcode=barcode,
        age_mark=shown.age_mark,
    )
