"""Blocks of a report: figures, tables, hours."""

from collections.abc import Sequence
from typing import Final

from desktop.config.i18n import decimal, money, number, quantity, tr
from desktop.screens.report.csv_file import tender_name
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.base import Column, Label, reveal
from desktop.widgets.card import Card, SectionHead, ValueRow
from desktop.widgets.segmented import Segmented
from shared.core.calendar import local_hour
from shared.core.clock import HOUR_MS
from shared.core.money import currency, divide
from shared.core.text import N_
from shared.shifts.rules import HourSum, ShiftReport

CATEGORIES_SHOWN_MAX: Final = 7
THOUSAND: Final = 1_000
HOURS_SHOWN_MAX: Final = 24
_DRAWER: Final = (
    (N_("Sales in cash"), "sales_minor", 1),
    (N_("Paid in"), "paid_in_minor", 1),
    (N_("Refunds in cash"), "refunds_minor", -1),
    (N_("Paid out"), "paid_out_minor", -1),
    (N_("Collected"), "collected_minor", -1),
)
Line = tuple[str, str, str]
"""Name, count, sum."""


class Block(Card):
    """A titled table of names, counts and sums, the last one the total."""

    def __init__(self) -> None:
        super().__init__(gap="none", insets=("l", "m"))
        self._title = Label("", "body_strong")
        self._rows = Column(gap="none")
        self.add(Column(self._title, insets=("none", "none", "none", "xs")), self._rows)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, title: str, lines: Sequence[Line], *, has_total: bool = True) -> None:
        """Show a table."""
        self._title.setText(title)
        self.setAccessibleName(title)
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._rows.clear()
        widest = max((amount for _, _, amount in lines), key=len, default="")
        for place, (name, count, amount) in enumerate(lines, 1):
            row = ValueRow(name, amount, count=count, total=has_total and place == len(lines))
            row.align_to(widest)
            self._rows.add(row)


class Hours(Card):
    """What came in by hour, as bars or as a table."""

    def __init__(self) -> None:
        super().__init__(gap="s", insets=("l", "m"))
        self._unit = Label("", "small", "muted")
        self._ways = Segmented([("chart-line", ""), ("table-2", "")])
        self._head = SectionHead("", self._unit, self._ways)
        self._chart, self._table = BarChart(), Block()
        self._table = Block()
        self.add(self._head, self._chart, self._table)
        self._way = 0
        self._ways.chosen.connect(self._choose)

    def render_hours(self, report: ShiftReport) -> None:
        """Draw the hours from the first to the last with money in it; the present one of an X is light."""
        head, hours = report.head, _filled(report.hours)
        code = head.currency
        in_thousands = max((hour.amount_minor for hour in hours), default=0) >= 10 * THOUSAND * currency(code).minor_per_unit
        title = tr("Received by hour")
        self._head.set_title(title)
        symbol = currency(code).symbol
        self._unit.setText(tr("thousand {symbol}", symbol=symbol) if in_thousands else symbol)
        self._ways.show_segments([("chart-line", tr("Bars")), ("table-2", tr("Table"))], self._way)
        now = head.until_at - head.until_at % HOUR_MS
        self._chart.show_bars(
            title,
            [
                Bar(
                    f"{local_hour(hour.start_at, head.time_zone):02}",
                    hour.amount_minor,
                    _short(hour.amount_minor, code, in_thousands=in_thousands),
                    head.kind == "x" and hour.start_at == now,
                )
                for hour in hours
            ],
        )
        lines = [
            (_span(hour.start_at, head.time_zone), number(hour.count), money(hour.amount_minor, code)) for hour in report.hours
        ]
        self._table.show_lines(title, [*lines, (tr("In all"), "", money(report.received_minor, code))])
        self._choose(self._way)

    def _choose(self, way: int) -> None:
        self._way = way
        reveal(self._chart, way == 0)
        reveal(self._table, way == 1)


def tender_lines(report: ShiftReport) -> list[Line]:
    """Money received by kind of payment."""
    code = report.head.currency
    lines = [(tender_name(one.kind), number(one.count), money(one.amount_minor, code)) for one in report.tenders]
    return [*lines, (tr("In all"), number(report.sale_count), money(report.received_minor, code))]


def drawer_lines(report: ShiftReport) -> list[Line]:
    """What should be in the drawer; on a Z also what was."""
    code, drawer = report.head.currency, report.drawer
    lines: list[Line] = [(tr("Change at the start"), "", money(drawer.float_minor, code))]
    for name, field, sign in _DRAWER:
        amount = sign * int(getattr(drawer, field))
        if amount or field == "sales_minor":
            lines.append((tr(name), "", money(amount, code)))
    counted = next((one for one in report.counted if one.kind == "cash"), None)
    if counted is not None:
        lines.append((tr("Counted"), "", money(counted.counted_minor, code)))
        lines.append((tr("Difference"), "", money(counted.difference_minor, code, plus=True)))
    lines.append((tr("Should be there"), "", money(drawer.expected_minor, code)))
    return lines


def category_lines(report: ShiftReport) -> list[Line]:
    """What was sold, the largest first, what does not fit added up."""
    code = report.head.currency
    shown, rest = report.categories[:CATEGORIES_SHOWN_MAX], report.categories[CATEGORIES_SHOWN_MAX:]
    lines = [(one.name or tr("Without category"), quantity(one.quantity_milli), money(one.amount_minor, code)) for one in shown]
    if rest:
        pieces = sum(one.quantity_milli for one in rest)
        lines.append((tr("Everything else"), quantity(pieces), money(sum(one.amount_minor for one in rest), code)))
    return [*lines, (tr("In all"), quantity(report.item_milli), money(report.revenue_minor, code))]


def correction_lines(report: ShiftReport) -> list[Line]:
    """What made receipts smaller."""
    made, code = report.corrections, report.head.currency
    lines: list[Line] = [(tr("Discounts"), number(made.discount_count), money(-made.discount_minor, code))]
    if made.refund_count:
        lines.append((tr("Refunds"), number(made.refund_count), money(-made.refund_minor, code)))
    if made.void_count:
        lines.append((tr("Voided before payment"), number(made.void_count), money(-made.void_minor, code)))
    if report.rounding_minor:
        lines.append((tr("Cash rounding"), "", money(report.rounding_minor, code, plus=True)))
    return lines


def _filled(hours: Sequence[HourSum]) -> list[HourSum]:
    """The same hours with the empty ones between, at most a day of them."""
    if not hours:
        return []
    by_start = {hour.start_at: hour for hour in hours}
    first = max(hours[0].start_at, hours[-1].start_at - (HOURS_SHOWN_MAX - 1) * HOUR_MS)
    starts = range(first, hours[-1].start_at + HOUR_MS, HOUR_MS)
    return [by_start.get(start, HourSum(start, 0, 0)) for start in starts]


def _short(amount_minor: int, code: str, *, in_thousands: bool) -> str:
    unit = currency(code).minor_per_unit
    return decimal(divide(amount_minor * 10, THOUSAND * unit), 1) if in_thousands else number(divide(amount_minor, unit))


def _span(start_at: int, time_zone: str) -> str:
    hour = local_hour(start_at, time_zone)
    return f"{hour:02}:00–{(hour + 1) % 24:02}:00"
