"""The X and the Z report: one function over one ledger."""

from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select

from shared.books import accounts
from shared.books.queries import shift_turnovers
from shared.branches.queries import branch_settings, desk_name
from shared.core.clock import HOUR_MS
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import Reading, query
from shared.sales.tables import Sale, SaleLine, SaleTender
from shared.shifts.queries import open_shift_of, shift_shown
from shared.shifts.rules import (
    CategorySum,
    Corrections,
    CountedSum,
    Drawer,
    HourSum,
    ReportHead,
    ShiftReport,
    TaxRateSum,
    TenderSum,
)
from shared.staff.rules import Right

CATEGORIES_MAX = 60
"""A report stays printable and within one operation; what sold least is added up in a last line without a name."""


def shift_report(
    read: Reading, shift: Id, kind: Literal["x", "z"] = "x", number: str = "", counted: tuple[CountedSum, ...] = ()
) -> ShiftReport:
    """The report of a shift as its facts stand now. Raises Refusal for a shift nobody knows."""
    shown = shift_shown(read, shift)
    club = branch_settings(read)
    of_sales = and_(Sale.branch_id == read.desk.branch, Sale.shift_id == shift)
    sums = read.rows(
        select(
            func.count(),
            func.coalesce(func.sum(Sale.rounding_minor), 0),
            func.coalesce(func.sum(Sale.discount_minor), 0),
        ).where(of_sales)
    )[0]
    discounted = read.scalar(select(func.count()).select_from(Sale).where(of_sales, Sale.discount_minor != 0))
    return ShiftReport(
        head=ReportHead(
            kind=kind,
            number=number,
            branch_name=club.name,
            desk_name=desk_name(read) or str(read.desk.number),
            shift_number=shown.number,
            cashier_name=shown.cashier_name,
            opened_at=shown.opened_at,
            until_at=read.now,
            business_day=shown.business_day,
            time_zone=club.time_zone,
            currency=shown.currency,
        ),
        sale_count=int(sums[0]),
        item_milli=_items(read, shift),
        tenders=_tenders(read, shift),
        categories=_categories(read, shift),
        taxes=_taxes(read, shift),
        hours=_hours(read, shift),
        drawer=_drawer(read, shift, shown.float_minor),
        corrections=Corrections(discount_count=int(discounted), discount_minor=int(sums[2])),
        rounding_minor=int(sums[1]),
        counted=counted,
    )


@query(Right.SELL)
def x_report(read: Reading) -> ShiftReport:
    """The report of the open shift so far; taking it changes nothing."""
    shift = open_shift_of(read)
    if shift is None:
        raise Refusal("shift_is_closed", N_("No shift is open. Open it with F12"))
    return shift_report(read, shift)


def expected_card(read: Reading, shift: Id) -> int:
    """What the terminal's own total should be for a shift, minor units."""
    return shift_turnovers(read, shift).get(accounts.CARD, (0, 0))[0]


def _lines_of(read: Reading, shift: Id) -> ColumnElement[bool]:
    return and_(SaleLine.branch_id == read.desk.branch, SaleLine.shift_id == shift)


def _tenders_of(read: Reading, shift: Id) -> ColumnElement[bool]:
    return and_(SaleTender.branch_id == read.desk.branch, SaleTender.shift_id == shift)


def _items(read: Reading, shift: Id) -> int:
    return int(read.scalar(select(func.coalesce(func.sum(SaleLine.quantity_milli), 0)).where(_lines_of(read, shift))))


def _tenders(read: Reading, shift: Id) -> tuple[TenderSum, ...]:
    rows = read.rows(
        select(SaleTender.kind, func.count(), func.sum(SaleTender.amount_minor))
        .where(_tenders_of(read, shift))
        .group_by(SaleTender.kind)
        .order_by(SaleTender.kind.desc())
    )
    return tuple(TenderSum(row[0], int(row[1]), int(row[2])) for row in rows)


def _categories(read: Reading, shift: Id) -> tuple[CategorySum, ...]:
    rows = read.rows(
        select(
            SaleLine.category_id,
            func.max(SaleLine.category),
            func.sum(SaleLine.quantity_milli),
            func.sum(SaleLine.total_minor),
        )
        .where(_lines_of(read, shift))
        .group_by(SaleLine.category_id)
    )
    sums = sorted((_category(row) for row in rows), key=lambda one: (-one.amount_minor, one.name, one.category_id or ""))
    head, rest = sums[:CATEGORIES_MAX], sums[CATEGORIES_MAX:]
    if rest:
        quantity = sum(one.quantity_milli for one in rest)
        head.append(CategorySum(None, "", quantity, sum(one.amount_minor for one in rest)))
    return tuple(head)


def _category(row: Any) -> CategorySum:
    return CategorySum(row[0], row[1], int(row[2]), int(row[3]))


def _taxes(read: Reading, shift: Id) -> tuple[TaxRateSum, ...]:
    rows = read.rows(
        select(
            SaleLine.tax_rate_id,
            SaleLine.tax_bp,
            func.sum(SaleLine.total_minor),
            func.sum(SaleLine.tax_minor),
        )
        .where(_lines_of(read, shift))
        .group_by(SaleLine.tax_rate_id, SaleLine.tax_bp)
        .order_by(SaleLine.tax_bp, SaleLine.tax_rate_id)
    )
    return tuple(TaxRateSum(row[0] or "", "", int(row[1]), int(row[2]), int(row[3])) for row in rows)


def _hours(read: Reading, shift: Id) -> tuple[HourSum, ...]:
    """By hour from the shift's first hour on; hours start where the UTC hour does, as they do in all whole-hour zones."""
    start = SaleTender.sold_at - SaleTender.sold_at % HOUR_MS
    rows = read.rows(
        select(start.label("start"), func.count(SaleTender.sale_id.distinct()), func.sum(SaleTender.amount_minor))
        .where(_tenders_of(read, shift))
        .group_by(start)
        .order_by(start)
    )
    return tuple(HourSum(int(row[0]), int(row[1]), int(row[2])) for row in rows)


def _drawer(read: Reading, shift: Id, float_minor: int) -> Drawer:
    row = read.rows(
        select(
            func.coalesce(func.sum(SaleTender.tendered_minor), 0),
            func.coalesce(func.sum(SaleTender.change_minor), 0),
        ).where(_tenders_of(read, shift), SaleTender.kind == "cash")
    )[0]
    return Drawer(float_minor=float_minor, tendered_minor=int(row[0]), change_minor=int(row[1]))
