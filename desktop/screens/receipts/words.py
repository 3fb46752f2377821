"""How a past receipt and what became of its papers are said, in the language in force."""

from collections.abc import Mapping

from desktop.config.i18n import clock, day, money, refusal_text, tr
from desktop.devices.print_queue import JobState
from desktop.devices.printer_status import CAUSES
from desktop.store.print_jobs import PrintJobShown
from desktop.widgets.table import Cell, TableColumn
from shared.core.calendar import local_time
from shared.core.errors import Param, Refusal
from shared.core.text import N_
from shared.sales.queries import SaleShown
from shared.sales.receipt import TENDER_NAMES

JOB_WORDS: dict[str, tuple[str, str, str]] = {
    JobState.QUEUED: (N_("Waits for the printer"), "hourglass", "warn"),
    JobState.SENDING: (N_("Is being printed"), "printer", "text"),
    JobState.CONFIRMED: (N_("Printed"), "check", "ok"),
    JobState.UNCONFIRMED: (N_("Nobody knows whether it came out whole"), "circle-help", "warn"),
    JobState.FAILED: (N_("Did not come out"), "circle-x", "danger"),
    JobState.CANCELLED: (N_("Not printed: given up"), "x", "muted"),
}


def columns(time_zone: str) -> tuple[TableColumn, ...]:
    """What the list shows of a receipt."""

    def when(sale: SaleShown) -> Cell:
        moment = local_time(sale.sold_at, time_zone)
        return Cell(f"{day(moment.date())} {clock(moment)}")

    def total(sale: SaleShown) -> Cell:
        return Cell(money(sale.total_minor, sale.currency), "body_strong")

    return (
        TableColumn(tr("Number"), lambda sale: Cell(sale.number, "body_strong"), width=9),
        TableColumn(tr("When"), when, width=16),
        TableColumn(tr("What"), _what),
        TableColumn(tr("Paid with"), _paid_with, width=14),
        TableColumn(tr("Total"), total, width=9, right=True),
    )


def job_text(job: PrintJobShown) -> tuple[str, str, str]:
    """What became of a paper: words, icon and colour."""
    words, icon, color = JOB_WORDS[job.state]
    text = tr(words)
    if job.cause:
        text = f"{text}. {tr(CAUSES.get(job.cause, job.cause))}"
    return (tr("Copy {copy}: {state}", copy=job.copy, state=text) if job.copy else text), icon, color


def sentence(text: str, params: Mapping[str, Param]) -> str:
    """A marked sentence with its numbers written for people."""
    return refusal_text(Refusal("said", text, **params))


def _what(sale: SaleShown) -> Cell:
    more = sale.items - 1
    return Cell(tr("{name} + {more}", name=sale.first_item, more=more) if more else sale.first_item)


def _paid_with(sale: SaleShown) -> Cell:
    return Cell(" + ".join(dict.fromkeys(tr(TENDER_NAMES[kind]) for kind in sale.tenders)))
