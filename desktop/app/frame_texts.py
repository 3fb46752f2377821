"""Words of the frame: items of the status bar and the one strip that matters most."""

from dataclasses import dataclass
from typing import Final

from desktop.app.status import StatusState
from desktop.config.i18n import clock, number, tr
from desktop.widgets.chip import Tone
from desktop.widgets.status_bar import StatusItem
from shared.core.calendar import local_time

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StripWords:
    """Cause in strong words, then what still works and what to do."""

    cause: str
    rest: str
    icon: str = "triangle-alert"
    tone: Tone = "warn"


def status_items(state: StatusState) -> list[StatusItem]:
    """From left to right: where, who, which shift, what waits. Never a sum: drawers are counted blind."""
    items = [StatusItem("map-pin", state.branch, tr("desk {number}", number=state.desk_number))]
    if state.person:
        items.append(StatusItem("user", state.person))
    if state.shift is None:
        items.append(StatusItem("clock", tr("The shift is closed")))
    else:
        since = clock(local_time(state.shift.opened_at, state.time_zone))
        items.append(StatusItem("clock", tr("Shift {number}", number=state.shift.number), tr("since {time}", time=since)))
    if state.drawer_is_open is not None:
        items.append(StatusItem("archive", "", tr("Drawer open") if state.drawer_is_open else tr("Drawer closed")))
    if state.matters:
        items.append(StatusItem("inbox", number(state.matters), tr("To review"), strong_last=True))
    return items


def strip_of(state: StatusState) -> StripWords | None:
    """The gravest trouble, or nothing."""
    health = state.health
    if health.state != "ok" or health.text:
        causes = {
            "safe_mode": tr("Safe mode"),
            "recovering": tr("The data is being repaired"),
            "read_only": tr("Nothing can be saved"),
        }
        tone: Tone = "danger" if health.state == "read_only" else "warn"
        return StripWords(causes.get(health.state, tr("Look at this")), tr(health.text, **health.params), tone=tone)
    if state.disk_is_low:
        rest = tr("{free} MiB are left. Everything is saved. Free some space", free=number(state.disk_free_bytes // MIB))
        return StripWords(tr("Little room on the disk"), rest)
    if state.printer_text:
        return StripWords(state.printer_text, tr("You can go on selling. Receipts wait here and print by themselves"), "printer")
    if state.shift_is_long and state.shift is not None:
        return StripWords(
            tr("The shift is open for more than 24 hours"), tr("Selling goes on. Count the drawer and close it: F12, 3"), "clock"
        )
    return None
