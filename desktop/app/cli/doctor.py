"""A look at the machine the desk runs on: what is in order, what is not, what to do about it."""

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.cli.arguments import CANNOT_OPEN, DONE, PROBLEM, version
from desktop.app.cli.say import say
from desktop.config.i18n import decimal, ntr, tr
from desktop.devices.printer import NotSent
from desktop.devices.printer_status import CAUSES
from desktop.devices.printing import printer_of
from desktop.store import backup, disk, engine
from desktop.store.errors import CannotOpen
from desktop.store.health import WELL
from shared.core.errors import Refusal

FONTS = Path(__file__).resolve().parents[3] / "resources" / "vendor" / "fonts"
CLOCK_YEARS = range(2025, 2100)
_DISK_LOW_BYTES = 2 * disk.FREE_BYTES_MIN


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing looked at."""

    well: bool
    text: str


def examine(folder: Path) -> int:
    """Look at everything and say it; answers whether all is well."""
    opened = True
    answers = list(_machine())
    try:
        desk = open_desk(folder)
    except (CannotOpen, Refusal) as no:
        opened = False
        answers.append(Answer(False, tr(no.text, **no.params)))
    else:
        try:
            answers += [answer for look in _DESK for answer in look(desk)]
        finally:
            desk.close()
    for answer in answers:
        say(f"{'+' if answer.well else '!'} {answer.text}")
    count = sum(not answer.well for answer in answers)
    say(ntr("{n} problem found", "{n} problems found", count) if count else tr("Everything is in order"))
    if not opened:
        return CANNOT_OPEN
    return PROBLEM if count else DONE


def _machine() -> Iterator[Answer]:
    yield Answer(True, f"ClubKassa {version()}, Python {platform.python_version()}, {platform.platform()}")
    try:
        engine.check_version()
        yield Answer(True, f"SQLite {engine.version()}")
    except RuntimeError as fault:
        yield Answer(False, str(fault))
    fonts = FONTS.is_dir() and any(FONTS.iterdir())
    yield Answer(
        fonts, tr("The program's fonts are there") if fonts else tr("The program's fonts are missing. Run the set-up again")
    )
    year = datetime.now(UTC).year
    text = tr("The clock says {moment}", moment=f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}")
    yield Answer(year in CLOCK_YEARS, text if year in CLOCK_YEARS else text + ". " + tr("Set it right"))
    yield Answer(sys.maxsize > 2**32, f"{platform.machine()}, 64 bit" if sys.maxsize > 2**32 else platform.machine())


def _folder(desk: DeskParts) -> Iterator[Answer]:
    root = desk.store.folder.root
    free = disk.free_bytes(root)
    room = tr("Free space beside the data: {amount} GB", amount=decimal(free // 10**8, 1))
    yield Answer(free > _DISK_LOW_BYTES, room)
    health = desk.store.health
    yield Answer(
        health == WELL, tr(health.text, **health.params) if health.text else tr("The data in {folder} is sound", folder=root)
    )
    held = backup.backups(desk.store.folder)
    if held:
        yield Answer(True, tr("Newest verified backup: {file}", file=held[0].path.name))
    else:
        yield Answer(True, tr("No backup was made yet. One is made every hour and at the close of a shift"))


def _keyring(desk: DeskParts) -> Iterator[Answer]:
    warning = desk.secrets.warning
    yield Answer(True, tr(warning) if warning else tr("Keys lie in the system's keyring"))


def _printer(desk: DeskParts) -> Iterator[Answer]:
    printer = printer_of(desk.printing.choice, desk.clock)
    if printer is None:
        yield Answer(True, tr("No printer is set up. Papers wait until one is"))
        return
    try:
        with printer.connect() as link:
            status = link.status()
    except NotSent as fault:
        yield Answer(False, tr(CAUSES[fault.cause]))
        return
    if status.state == "ready":
        yield Answer(True, tr("The printer is ready"))
    else:
        yield Answer(False, tr(CAUSES.get(status.cause, status.cause)))


_DESK: tuple[Callable[[DeskParts], Iterator[Answer]], ...] = (_folder, _keyring, _printer)
