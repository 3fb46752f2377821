"""What is said about each kind of matter: its name, its story, what is in order and what is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.config.i18n import clock, day, money, ntr, number, quantity, tr
from desktop.devices.printer_status import CAUSES
from desktop.screens.review.view_model import Details, Item, ReviewState
from desktop.widgets.chip import Tone
from shared.core.calendar import local_time
from shared.core.clock import HOUR_MS, MINUTE_MS
from shared.core.text import N_
from shared.reports.commands import REASONS

DAY_MS: Final = 24 * HOUR_MS
ROWS_SHOWN: Final = 4
RAW_LENGTH: Final = 48
GROUP_NAMES: Final[Mapping[str, str]] = {
    "money": N_("Money"),
    "printing": N_("Printing"),
    "stock": N_("Warehouse"),
    "goods": N_("Goods"),
}
ICONS: Final[Mapping[str, tuple[str, str]]] = {
    "shift_difference": ("archive", "danger"),
    "stock_below_zero": ("package", "warn"),
    "rejected_rows": ("file-text", "warn"),
    "print_unconfirmed": ("printer", "warn"),
    "print_failed": ("printer", "danger"),
}
_PAPERS: Final[Mapping[str, str]] = {
    "receipt": N_("Receipt"),
    "z": N_("Z report"),
    "x": N_("X report"),
    "test": N_("Test page"),
}
_MOVES: Final[Mapping[str, str]] = {"sale": N_("Sold"), "recorded": N_("Counted")}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a story."""

    when: str
    title: str
    note: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An item in words; `badge` is the sum or the quantity in question, `listed` the title in the list where it is shorter."""

    title: str
    short: str
    badge: str
    tone: Tone
    events: tuple[Event, ...]
    fine: tuple[str, ...]
    doubtful: tuple[str, ...]
    listed: str = ""


def age(at: int | None, now: int) -> str:
    """How long something waits: `18 min`, `9 h`, `2 d`; nothing for what has no hour."""
    if at is None:
        return ""
    passed = max(0, now - at)
    if passed < HOUR_MS:
        return tr("{n} min", n=number(passed // MINUTE_MS))
    if passed < DAY_MS:
        return tr("{n} h", n=number(passed // HOUR_MS))
    return tr("{n} d", n=number(passed // DAY_MS))


def tell(item: Item, state: ReviewState) -> Told:
    """An item in the language in force; the story grows when its details are read."""
    return _TELLERS[item.kind](item, state)


def moment(at: int, state: ReviewState) -> str:
    """Day and hour."""
    local = local_time(at, state.time_zone)
    return f"{day(local.date())}, {clock(local)}"


def _hour(at: int, state: ReviewState) -> str:
    return clock(local_time(at, state.time_zone))


def _difference(item: Item, state: ReviewState) -> Told:
    matter, details = item.matter, state.details
    assert matter is not None
    amount = matter.amount_minor or 0
    number_of = {"number": matter.subject}
    name = (
        tr("Drawer of shift {number} is short", **number_of)
        if amount < 0
        else tr("Drawer of shift {number} is over", **number_of)
    )
    reason = tr(REASONS[matter.detail]) if matter.detail in REASONS else ""
    written = money(amount, state.currency, plus=True)
    bare = money(abs(amount), state.currency)
    return Told(
        name,
        ", ".join(part for part in (reason.lower(), written) if part),
        tr("short {sum}", sum=bare) if amount < 0 else tr("over {sum}", sum=bare),
        "danger" if amount < 0 else "warn",
        _difference_events(details, state),
        (tr("The count and the report are saved"), tr("The books carry the difference apart")),
        (tr("Where {sum} went", sum=bare) if amount < 0 else tr("Where {sum} came from", sum=bare),),
    )


def _difference_events(details: Details, state: ReviewState) -> tuple[Event, ...]:
    report, closed = details.report, details.closed
    if report is None:
        return ()
    head = report.head
    cash = next((one for one in report.counted if one.kind == "cash"), None)
    opened = Event(
        _hour(head.opened_at, state),
        tr("The shift was opened"),
        head.cashier_name,
        money(report.drawer.float_minor, state.currency),
    )
    events = [opened]
    if cash is not None:
        counted, expected = money(cash.counted_minor, state.currency), money(cash.expected_minor, state.currency)
        sums = tr("counted {counted}, by the books {expected}", counted=counted, expected=expected)
        amount = money(cash.difference_minor, state.currency, plus=True)
        events.append(Event(_hour(head.until_at, state), tr("The drawer was counted and closed"), sums, amount))
        if cash.reason:
            note = closed.note if closed else ""
            events.append(Event("", tr(REASONS.get(cash.reason, cash.reason)), note or tr("without a remark")))
        if cash.lead_name and cash.lead_name != head.cashier_name:
            events.append(Event("", tr("Accepted by {name}", name=cash.lead_name)))
    return tuple(events)


def _below_zero(item: Item, state: ReviewState) -> Told:
    matter = item.matter
    assert matter is not None
    level = quantity(matter.quantity_milli or 0)
    moves = sorted(state.details.moves, key=lambda move: move.op)
    return Told(
        tr("Stock below zero: {name}", name=matter.subject),
        f"{matter.subject}, {level}",
        level,
        "warn",
        tuple(
            Event(
                _hour(move.at, state),
                tr(_MOVES.get(move.reason, move.reason)),
                day(local_time(move.at, state.time_zone).date()),
                quantity(move.quantity_milli),
            )
            for move in moves
        ),
        (tr("Every sale is saved"), tr("The money agrees"), tr("Selling goes on")),
        (tr("More was sold than was known to be there"),),
        tr("Stock below zero"),
    )


def _rejected(item: Item, state: ReviewState) -> Told:
    matter = item.matter
    assert matter is not None
    count = ntr("{n} row", "{n} rows", matter.count or 0)
    return Told(
        tr("Rows of a goods file were left out"),
        f"{matter.subject}, {count}",
        count,
        "warn",
        tuple(
            Event(tr("row {n}", n=number(row.row_no)), row.raw[:RAW_LENGTH], row.code.replace("_", " "))
            for row in state.details.rows[:ROWS_SHOWN]
        ),
        (tr("All other rows are in the catalogue"), tr("The rows are kept as they were read")),
        (tr("These goods are not in the catalogue"),),
    )


def _print(item: Item, state: ReviewState) -> Told:
    job = item.job
    assert job is not None
    paper = tr(_PAPERS.get(job.kind, job.kind))
    cause = tr(CAUSES.get(job.cause, job.cause)) if job.cause else tr("no cause given")
    is_unsure = job.state == "unconfirmed"
    return Told(
        tr("{paper}: did it come out", paper=paper) if is_unsure else tr("{paper}: not printed", paper=paper),
        cause,
        tr("look at the printer") if is_unsure else tr("not printed"),
        "warn" if is_unsure else "danger",
        (
            Event(_hour(job.made_at, state), tr("The paper was queued"), paper),
            Event("", tr("The outcome is not known") if is_unsure else tr("It could not be printed"), cause),
        ),
        (tr("The sale or the report itself is saved"), tr("Other papers go on printing")),
        (tr("Whether the paper is in the guest's hands") if is_unsure else tr("This paper will not come out by itself"),),
    )


_TELLERS: Final[Mapping[str, Callable[[Item, ReviewState], Told]]] = {
    "shift_difference": _difference,
    "stock_below_zero": _below_zero,
    "rejected_rows": _rejected,
    "print_unconfirmed": _print,
    "print_failed": _print,
}
