"""The X and the Z report: one function over one ledger."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import bindparam, case, func, select

from shared.books import accounts
from shared.books.queries import shift_turnovers
from shared.branches.queries import branch_settings, desk_name
from shared.core.clock import HOUR_MS
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query
from shared.sales.rules import TenderKind
from shared.sales.tables import Sale, SaleLine, SaleTender
from shared.shifts.queries import open_shift_of, shift_shown
from shared.shifts.rules import (
    CategorySum,
    Corrections,
    CountedSum,
    Drawer,
    HourSum,
    ReportFigures,
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
    """The report of a shift as its facts stand now. Raises Refusal for a shift nobody knows.

    Each table is walked once: sales by hour, lines by category and tax, tenders by kind.
    """
    shown = shift_shown(read, shift)
    club = branch_settings(read)
    of_shift = {"branch": read.desk.branch, "shift": shift}
    hours = read.rows(_HOURS, **of_shift)
    lines = read.rows(_LINES, **of_shift)
    tenders = read.rows(_TENDERS, **of_shift)
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
        sale_count=sum(int(hour.sales) for hour in hours),
        item_milli=sum(int(line.quantity) for line in lines),
        tenders=tuple(TenderSum(tender.kind, int(tender.payments), int(tender.amount)) for tender in tenders),
        categories=_categories(lines),
        taxes=_taxes(lines),
        hours=tuple(HourSum(int(hour.start), int(hour.sales), int(hour.amount)) for hour in hours),
        drawer=_drawer(tenders, shown.float_minor),
        corrections=Corrections(
            discount_count=sum(int(hour.discounted) for hour in hours), discount_minor=sum(int(hour.discount) for hour in hours)
        ),
        rounding_minor=sum(int(hour.rounding) for hour in hours),
        counted=counted,
    )


@query(Right.SEE_EXPECTED_CASH)
def x_report(read: Reading) -> ShiftReport:
    """The report of the open shift so far; taking it changes nothing."""
    shift = open_shift_of(read)
    if shift is None:
        raise Refusal("shift_is_closed", N_("No shift is open. Open it with F12"))
    return shift_report(read, shift)


@query(Right.SELL)
def x_report_blind(read: Reading) -> ReportFigures:
    """The same for whoever still has to count the drawer: everything but what must be in it."""
    return x_report(read).figures


def expected_card(read: Reading, shift: Id) -> int:
    """What the terminal's own total should be for a shift, minor units."""
    return shift_turnovers(read, shift).get(accounts.CARD, (0, 0))[0]


# Hours start where the UTC hour does, as they do in all whole-hour zones.
_START = Sale.sold_at - Sale.sold_at % HOUR_MS
_HOURS = Prepared(
    select(
        _START.label("start"),
        func.count().label("sales"),
        func.sum(Sale.total_minor + Sale.rounding_minor).label("amount"),
        func.sum(Sale.rounding_minor).label("rounding"),
        func.sum(Sale.discount_minor).label("discount"),
        func.sum(case((Sale.discount_minor != 0, 1), else_=0)).label("discounted"),
    )
    .where(Sale.branch_id == bindparam("branch"), Sale.shift_id == bindparam("shift"))
    .group_by(_START)
    .order_by(_START)
)
_LINES = Prepared(
    select(
        SaleLine.category_id,
        func.max(SaleLine.category).label("category"),
        SaleLine.tax_rate_id,
        SaleLine.tax_bp,
        func.sum(SaleLine.quantity_milli).label("quantity"),
        func.sum(SaleLine.total_minor).label("total"),
        func.sum(SaleLine.tax_minor).label("tax"),
    )
    .where(SaleLine.branch_id == bindparam("branch"), SaleLine.shift_id == bindparam("shift"))
    .group_by(SaleLine.category_id, SaleLine.tax_rate_id, SaleLine.tax_bp)
)
_TENDERS = Prepared(
    select(
        SaleTender.kind,
        func.count().label("payments"),
        func.sum(SaleTender.amount_minor).label("amount"),
        func.sum(SaleTender.tendered_minor).label("tendered"),
        func.sum(SaleTender.change_minor).label("change"),
    )
    .where(SaleTender.branch_id == bindparam("branch"), SaleTender.shift_id == bindparam("shift"))
    .group_by(SaleTender.kind)
    .order_by(SaleTender.kind.desc())
)


def _categories(lines: Sequence[Any]) -> tuple[CategorySum, ...]:
    found: dict[Id | None, CategorySum] = {}
    for line in lines:
        one = found.get(line.category_id, CategorySum(line.category_id, "", 0, 0))
        found[line.category_id] = CategorySum(
            line.category_id,
            max(one.name, line.category),
            one.quantity_milli + int(line.quantity),
            one.amount_minor + int(line.total),
        )
    sums = sorted(found.values(), key=lambda one: (-one.amount_minor, one.name, one.category_id or ""))
    head, rest = sums[:CATEGORIES_MAX], sums[CATEGORIES_MAX:]
    if rest:
        quantity = sum(one.quantity_milli for one in rest)
        head.append(CategorySum(None, "", quantity, sum(one.amount_minor for one in rest)))
    return tuple(head)


def _taxes(lines: Sequence[Any]) -> tuple[TaxRateSum, ...]:
    found: dict[tuple[int, Id], tuple[int, int]] = {}
    for line in lines:
        key = int(line.tax_bp), line.tax_rate_id or ""
        base, tax = found.get(key, (0, 0))
        found[key] = base + int(line.total), tax + int(line.tax)
    return tuple(TaxRateSum(rate, "", rate_bp, base, tax) for (rate_bp, rate), (base, tax) in sorted(found.items()))


def _drawer(tenders: Sequence[Any], float_minor: int) -> Drawer:
    cash = [tender for tender in tenders if tender.kind == TenderKind.CASH]
    return Drawer(
        float_minor=float_minor,
        tendered_minor=sum(int(tender.tendered) for tender in cash),
        change_minor=sum(int(tender.change) for tender in cash),
    )
