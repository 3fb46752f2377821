"""The X and the Z report as they stand on paper."""

from shared.core.calendar import local_time
from shared.core.clock import HOUR_MS
from shared.core.paper import Blank, Cut, Line, Pair, Paper, Rule, Text
from shared.core.text import N_, Speech
from shared.reports.commands import REASONS
from shared.sales.receipt import TENDER_NAMES
from shared.sales.rules import TenderKind
from shared.shifts.rules import CountedSum, ReportHead, ShiftReport

_DRAWER_SUMS = (
    (N_("Sales in cash"), "sales_minor", 1),
    (N_("Refunds in cash"), "refunds_minor", -1),
    (N_("Paid in"), "paid_in_minor", 1),
    (N_("Paid out"), "paid_out_minor", -1),
    (N_("Collected"), "collected_minor", -1),
)


def report_paper(report: ShiftReport, speech: Speech, *, with_drawer: bool = True, copy: bool = False) -> Paper:
    """The paper of a report; the same report gives the same paper.

    `with_drawer` is False while somebody still has to count the drawer blind. `copy` marks a report printed again.
    """
    writer = _Writer(report, speech)
    sections = [
        writer.head(),
        writer.revenue(),
        writer.tenders(),
        writer.categories(),
        writer.taxes(),
        writer.hours(),
        writer.corrections(),
        writer.drawer() if with_drawer else [],
        writer.counted(),
    ]
    lines: list[Line] = [Text(speech.tr(N_("COPY")), align="center", bold=True, double=True)] if copy else []
    for section in sections:
        if section:
            lines += [*section, Rule()]
    lines += [Text(speech.tr(N_("NOT FISCAL")), align="center"), Cut()]
    return Paper(tuple(lines))


class _Writer:
    """Sections of one report in one language; a section with nothing in it is empty."""

    def __init__(self, report: ShiftReport, speech: Speech) -> None:
        self._report = report
        self._speech = speech
        self._currency = report.head.currency

    def head(self) -> list[Line]:
        head, speech = self._report.head, self._speech
        lines: list[Line] = [
            Text(head.branch_name.upper(), align="center", bold=True, double=True),
            Blank(),
            Text(self._title(head), align="center", bold=True, double=True),
            Blank(),
            Pair(speech.tr(N_("Desk")), head.desk_name),
            Pair(speech.tr(N_("Shift")), str(head.shift_number)),
            Pair(speech.tr(N_("Cashier")), head.cashier_name),
            Pair(speech.tr(N_("Opened")), speech.moment(head.opened_at, head.time_zone)),
            Pair(speech.tr(N_("Closed") if head.kind == "z" else N_("Taken")), speech.moment(head.until_at, head.time_zone)),
            Pair(speech.tr(N_("Business day")), head.business_day),
        ]
        return lines

    def revenue(self) -> list[Line]:
        report = self._report
        lines = [
            self._pair(N_("REVENUE"), report.revenue_minor, bold=True),
            Pair(self._speech.tr(N_("Receipts")), str(report.sale_count)),
            Pair(self._speech.tr(N_("Items")), self._speech.quantity(report.item_milli)),
            self._pair(N_("Average receipt"), report.average_minor),
        ]
        if report.rounding_minor:
            lines.append(self._pair(N_("Cash rounding"), report.rounding_minor))
        return [*lines]

    def tenders(self) -> list[Line]:
        if not self._report.tenders:
            return []
        rows = [(self._tender(one.kind), str(one.count), one.amount_minor) for one in self._report.tenders]
        return [*self._table(N_("Received"), rows), self._pair(N_("Received in all"), self._report.received_minor, bold=True)]

    def categories(self) -> list[Line]:
        rows = [
            (one.name or self._speech.tr(N_("Without category")), self._speech.quantity(one.quantity_milli), one.amount_minor)
            for one in self._report.categories
        ]
        return self._table(N_("By category"), rows)

    def taxes(self) -> list[Line]:
        rows = [
            (self._speech.tr(N_("Tax {rate} %"), rate=self._speech.quantity(one.tax_bp * 10)), "", one.tax_minor)
            for one in self._report.taxes
            if one.tax_bp
        ]
        return self._table(N_("Taxes within"), rows)

    def hours(self) -> list[Line]:
        zone = self._report.head.time_zone
        rows = []
        for one in self._report.hours:
            start, end = local_time(one.start_at, zone), local_time(one.start_at + HOUR_MS, zone)
            rows.append((f"{start:%H:%M}-{end:%H:%M}", str(one.count), one.amount_minor))
        return self._table(N_("By hour"), rows)

    def corrections(self) -> list[Line]:
        made = self._report.corrections
        rows = [
            (self._speech.tr(N_("Discounts")), str(made.discount_count), -made.discount_minor),
            (self._speech.tr(N_("Refunds")), str(made.refund_count), -made.refund_minor),
            (self._speech.tr(N_("Voided before payment")), str(made.void_count), -made.void_minor),
        ]
        return self._table(N_("Corrections"), [row for row in rows if row[1] != "0"])

    def drawer(self) -> list[Line]:
        drawer = self._report.drawer
        sums = [(text, sign * getattr(drawer, name)) for text, name, sign in _DRAWER_SUMS]
        return [
            self._heading(N_("Drawer")),
            self._pair(N_("Float at the start"), drawer.float_minor),
            *(self._pair(text, amount) for text, amount in sums if amount),
            self._pair(N_("Should be there"), drawer.expected_minor, bold=True),
        ]

    def counted(self) -> list[Line]:
        lines: list[Line] = []
        for one in self._report.counted:
            lines += [
                self._heading_text(self._tender(one.kind)),
                self._pair(N_("By the books"), one.expected_minor),
                self._pair(N_("Counted"), one.counted_minor),
                self._pair(self._difference_name(one), one.difference_minor, bold=True),
            ]
            if one.reason:
                lines.append(Pair(self._speech.tr(N_("Reason")), self._speech.tr(REASONS.get(one.reason, one.reason))))
            if one.difference_minor and one.lead_name:
                lines.append(Pair(self._speech.tr(N_("Accepted by")), one.lead_name))
        return lines

    def _title(self, head: ReportHead) -> str:
        if head.kind == "z":
            return self._speech.tr(N_("Z REPORT {number}"), number=head.number)
        return self._speech.tr(N_("X REPORT"))

    def _difference_name(self, one: CountedSum) -> str:
        if one.difference_minor == 0:
            return N_("Difference")
        return N_("Over") if one.difference_minor > 0 else N_("Short")

    def _tender(self, kind: str) -> str:
        known = TENDER_NAMES.get(TenderKind(kind)) if kind in set(TenderKind) else None
        return self._speech.tr(known) if known else kind

    def _heading(self, text: str) -> Line:
        return self._heading_text(self._speech.tr(text))

    def _heading_text(self, text: str) -> Line:
        return Text(text, bold=True)

    def _pair(self, text: str, amount_minor: int, *, bold: bool = False) -> Line:
        return Pair(self._speech.tr(text), self._speech.amount(amount_minor, self._currency), bold=bold)

    def _table(self, heading: str, rows: list[tuple[str, str, int]]) -> list[Line]:
        if not rows:
            return []
        lines = [self._heading(heading)]
        for name, count, amount in rows:
            left = f"{name}, {count}" if count else name
            lines.append(Pair(left, self._speech.amount(amount, self._currency)))
        return lines
