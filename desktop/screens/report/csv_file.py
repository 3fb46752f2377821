"""A report as a file for spreadsheets: semicolons, a byte order mark, decimals as the language writes them."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from desktop.config.i18n import NBSP, clock, decimal, tr
from desktop.config.speech import DocumentSpeech
from shared.core.calendar import local_time
from shared.core.money import currency
from shared.sales.receipt import TENDER_NAMES
from shared.sales.rules import TenderKind
from shared.shifts.rules import ShiftReport

ENCODING: Final = "utf-8-sig"
"""Spreadsheets take a file without a byte order mark for one in the code page of the system."""
GROUPS: Final = (NBSP, ",")


def csv_name(report: ShiftReport) -> str:
    """A file name that sorts by shift: `z-1-0148.csv`, `x-148-1922.csv`."""
    head = report.head
    if head.kind == "z":
        return f"z-{head.number}.csv"
    time = clock(local_time(head.until_at, head.time_zone)).replace(":", "")
    return f"x-{head.shift_number}-{time}.csv"


def csv_text(report: ShiftReport, *, with_drawer: bool) -> str:
    """The report as text: block, name, count, sum; `with_drawer` is False before a blind count."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([tr("Block"), tr("Name"), tr("Quantity"), tr("Sum")])
    writer.writerows(_rows(report, with_drawer=with_drawer))
    return text.getvalue()


def tender_name(kind: str) -> str:
    """What people call a kind of payment."""
    return tr(TENDER_NAMES[TenderKind(kind)]) if kind in set(TenderKind) else kind


def _rows(report: ShiftReport, *, with_drawer: bool) -> Iterator[tuple[str, str, str, str]]:
    speech, head, code = DocumentSpeech(), report.head, report.head.currency
    yield tr("Shift"), str(head.shift_number), "", ""
    yield tr("Cashier"), head.cashier_name, "", ""
    yield tr("Opened"), speech.moment(head.opened_at, head.time_zone), "", ""
    yield tr("Closed") if head.kind == "z" else tr("Taken"), speech.moment(head.until_at, head.time_zone), "", ""
    yield tr("Revenue"), "", str(report.sale_count), _sum(report.revenue_minor, code)
    for tender in report.tenders:
        yield tr("Received"), tender_name(tender.kind), str(tender.count), _sum(tender.amount_minor, code)
    for category in report.categories:
        name = category.name or tr("Without category")
        yield tr("By category"), name, _plain(decimal(category.quantity_milli, 3, trim=True)), _sum(category.amount_minor, code)
    for hour in report.hours:
        time = clock(local_time(hour.start_at, head.time_zone))
        yield tr("By hour"), time, str(hour.count), _sum(hour.amount_minor, code)
    corrections = report.corrections
    yield tr("Discounts"), "", str(corrections.discount_count), _sum(-corrections.discount_minor, code)
    if with_drawer:
        yield tr("Drawer"), tr("Should be in the drawer"), "", _sum(report.drawer.expected_minor, code)
        for one in report.counted:
            yield tr("Counted"), tender_name(one.kind), "", _sum(one.counted_minor, code)


def _sum(amount_minor: int, code: str) -> str:
    return _plain(decimal(amount_minor, currency(code).exponent))


def _plain(written: str) -> str:
    """Without groups and with a minus that spreadsheets know."""
    mark = "," if "," in decimal(5, 1) else "."
    whole, _, rest = (
        written.replace("\u2212", "-").rpartition(mark) if mark in written else (written.replace("\u2212", "-"), "", "")
    )
    for group in GROUPS:
        whole = whole.replace(group, "")
    return whole + (mark + rest if rest else "")
