"""The drawer and the shift: what must be in it, what was counted, and the report that X and Z share."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from shared.core.clock import HOUR_MS
from shared.core.errors import Refusal
from shared.core.money import bounded, divide
from shared.core.text import N_

PIECES_MAX = 100_000
"""Most pieces of one denomination in a drawer; a sum typed into the field of a count must not pass."""
DENOMINATIONS_MAX = 40
SHIFT_MAX_MS = 24 * HOUR_MS
"""A fiscal shift may last no longer (54-FZ); our own shift keeps to it with or without a device."""
SHIFT_WARN_MS = 22 * HOUR_MS
DIFFERENCE_LIMIT_MINOR = 50_000
"""Above this a shift lead confirms the difference, unless the club sets another limit."""


class Count(msgspec.Struct, frozen=True):
    """Money in a drawer counted by denomination: (denomination in minor units, pieces). Refuses what no hand can count."""

    denominations: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        values = [denomination for denomination, _ in self.denominations]
        if len(values) > DENOMINATIONS_MAX or len(set(values)) != len(values) or any(value <= 0 for value in values):
            raise Refusal("count_is_unreadable", N_("A denomination is listed twice or is not above zero. Count again"))
        for _, pieces in self.denominations:
            if not 0 <= pieces <= PIECES_MAX:
                text = N_("{pieces} pieces of one denomination cannot be right. Correct the number")
                raise Refusal("count_is_out_of_range", text, pieces=pieces)

    @property
    def total_minor(self) -> int:
        """Σ denomination × pieces."""
        return bounded(sum(denomination * pieces for denomination, pieces in self.denominations))


class Drawer(msgspec.Struct, frozen=True, kw_only=True):
    """Cash of one drawer in one shift, minor units; every field is counted as a positive sum."""

    float_minor: int = 0
    tendered_minor: int = 0
    """Cash taken from guests, before change."""
    change_minor: int = 0
    refunds_minor: int = 0
    """Cash paid back in this shift, whichever shift sold."""
    paid_in_minor: int = 0
    paid_out_minor: int = 0
    collected_minor: int = 0

    @property
    def sales_minor(self) -> int:
        """Cash that stayed from sales."""
        return self.tendered_minor - self.change_minor

    @property
    def expected_minor(self) -> int:
        """What must be in the drawer: float + tendered − change − refunds + paid in − paid out − collected."""
        return (
            self.float_minor + self.sales_minor - self.refunds_minor
            + self.paid_in_minor - self.paid_out_minor - self.collected_minor
        )  # fmt: skip


def difference(counted_minor: int, expected_minor: int) -> int:
    """Above zero is over, below zero is short."""
    return bounded(counted_minor - expected_minor)


def needs_lead(difference_minor: int, limit_minor: int = DIFFERENCE_LIMIT_MINOR) -> bool:
    """Whether a shift lead must confirm the difference; exactly the limit is still the cashier's."""
    return abs(difference_minor) > limit_minor


def left_for_next(counted_minor: int, taken_out_minor: int) -> int:
    """What stays in the drawer as the next float. Refuses to take out more than was counted, or less than nothing."""
    if not 0 <= taken_out_minor <= counted_minor:
        text = N_("Only {counted_minor} were counted. Take out that much at most")
        raise Refusal("taken_out_is_too_much", text, counted_minor=counted_minor)
    return counted_minor - taken_out_minor


def checked_float(float_minor: int) -> int:
    """The same float. Refuses one below zero."""
    if float_minor < 0:
        raise Refusal("float_is_negative", N_("The float cannot be below zero. Count the drawer"))
    return bounded(float_minor)


def shift_age(opened_at: int, now_at: int) -> Literal["fresh", "ending", "overdue"]:
    """Whether the shift may go on, ends soon, or must be closed before the next sale."""
    age = now_at - opened_at
    if age >= SHIFT_MAX_MS:
        return "overdue"
    return "ending" if age >= SHIFT_WARN_MS else "fresh"


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """Whose report it is. `number` is the Z number with its desk and epoch series; empty on an X."""

    kind: Literal["x", "z"]
    number: str = ""
    branch_name: str
    desk_name: str
    shift_number: int
    cashier_name: str
    opened_at: int
    until_at: int
    """When it was asked for; on a Z, when the shift was closed."""
    business_day: str
    """ISO date of the day the shift counts for."""
    time_zone: str
    currency: str


class TenderSum(msgspec.Struct, frozen=True):
    """Money received by one kind of payment, change already taken off."""

    kind: str
    count: int
    amount_minor: int


class CategorySum(msgspec.Struct, frozen=True):
    """What was sold of one category, discounts taken off, tax included."""

    category_id: str | None
    name: str
    quantity_milli: int
    amount_minor: int


class TaxRateSum(msgspec.Struct, frozen=True):
    """Tax at one rate; `base_minor` is what those lines cost with the tax."""

    tax_rate_id: str
    name: str
    tax_bp: int
    base_minor: int
    tax_minor: int


class HourSum(msgspec.Struct, frozen=True):
    """Money received in one hour; `start_at` is its first instant."""

    start_at: int
    count: int
    amount_minor: int


class CountedSum(msgspec.Struct, frozen=True):
    """One kind of payment at the close: what the books say, what was counted or read from the terminal, and why they differ."""

    kind: str
    expected_minor: int
    counted_minor: int
    reason: str = ""
    lead_name: str = ""

    @property
    def difference_minor(self) -> int:
        """Above zero is over, below zero is short."""
        return self.counted_minor - self.expected_minor


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """What made receipts smaller, all as positive sums."""

    discount_count: int = 0
    discount_minor: int = 0
    refund_count: int = 0
    refund_minor: int = 0
    void_count: int = 0
    """Lines and carts given up before payment."""
    void_minor: int = 0


class ReportFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What was sold and received in a shift; says nothing of what must be in the drawer."""

    head: ReportHead
    sale_count: int
    item_milli: int
    tenders: tuple[TenderSum, ...]
    categories: tuple[CategorySum, ...]
    taxes: tuple[TaxRateSum, ...]
    hours: tuple[HourSum, ...]
    corrections: Corrections = Corrections()
    rounding_minor: int = 0
    """Σ of cash rounding lines; below zero the club gave."""

    @property
    def received_minor(self) -> int:
        """Money received by all kinds of payment."""
        return sum(tender.amount_minor for tender in self.tenders)

    @property
    def revenue_minor(self) -> int:
        """What was sold, discounts and refunds taken off, before cash rounding."""
        return sum(category.amount_minor for category in self.categories)

    @property
    def average_minor(self) -> int:
        """Revenue by sale; 0 while nothing was sold."""
        return divide(self.revenue_minor, self.sale_count) if self.sale_count else 0


class ShiftReport(ReportFigures, frozen=True, kw_only=True):
    """One value for X and Z, made from the books; only the head and the count at the close differ."""

    drawer: Drawer
    counted: tuple[CountedSum, ...] = ()
    """Empty on an X and until the count is saved."""

    @property
    def figures(self) -> ReportFigures:
        """The same report for somebody who still has to count blind."""
        return ReportFigures(**{name: getattr(self, name) for name in ReportFigures.__struct_fields__})


@dataclass(frozen=True, slots=True)
class ReportGap:
    """Two blocks of a report that must be equal and are not."""

    name: str
    left_minor: int
    right_minor: int


def report_gaps(report: ShiftReport) -> tuple[ReportGap, ...]:
    """Where a report disagrees with itself; anything but an empty answer is an alarm."""
    cash = sum(tender.amount_minor for tender in report.tenders if tender.kind == "cash")
    pairs = (
        ("received = revenue + rounding", report.received_minor, report.revenue_minor + report.rounding_minor),
        ("received = by hour", report.received_minor, sum(hour.amount_minor for hour in report.hours)),
        ("revenue = by tax rate", report.revenue_minor, sum(rate.base_minor for rate in report.taxes)),
        ("cash = drawer", cash, report.drawer.sales_minor - report.drawer.refunds_minor),
    )
    return tuple(ReportGap(name, left, right) for name, left, right in pairs if left != right)
