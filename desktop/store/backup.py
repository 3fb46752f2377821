"""Backups: whole copies of the database that were opened and checked before they count."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from desktop.store import engine, identity
from desktop.store.folder import Folder
from desktop.store.journal import sync_folder
from desktop.store.questions import Questions
from shared.core.clock import Clock
from shared.ledger import log
from shared.ledger.transaction import Reading

HOURLY_KEPT = 24
DAILY_KEPT = 14
JOURNAL_DAYS_KEPT = 35
"""A server restored from an old backup is refilled from what desks still hold."""

_TIME = "%Y%m%d-%H%M%S"
_SUFFIX = ".sqlite3"
_log = logging.getLogger(__name__)


class NotVerified(Exception):
    """A copy was made, but it does not hold; it was deleted."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy; `reason` is hourly, shift-close or whatever it was made for."""

    path: Path
    made: datetime
    reason: str


def make(source: Connection, folder: Folder, clock: Clock, questions: Questions, reason: str) -> Backup:
    """Copy, check, then give the copy its name. Raises NotVerified, DBAPIError, OSError, pysqlite3.Error."""
    made = datetime.fromtimestamp(clock.wall_ms() // 1000, UTC)
    path = folder.backups / f"{made.strftime(_TIME)}-{reason}{_SUFFIX}"
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    engine.copy(source, part)
    try:
        if problems := check(part, questions):
            raise NotVerified("; ".join(problems))
        engine.sync_file(part)
        part.replace(path)
    except (NotVerified, *engine.DatabaseError):
        part.unlink(missing_ok=True)
        raise
    sync_folder(folder.backups)
    prune(folder)
    return Backup(path, made, reason)


def check(path: Path, questions: Questions) -> list[str]:
    """What is wrong with a copy: its structure, its chains, its books; empty when nothing. Raises DBAPIError."""
    connection = engine.open_reader(path)
    try:
        problems = engine.quick_check(connection)
        connection.rollback()
        with connection.begin():
            desk, _ = identity.read(connection)
            for epoch in identity.epochs(connection, desk.device):
                if broken := log.broken_links(connection, log.Chain(desk.device, epoch)):
                    problems.append(f"links of epoch {epoch} do not hold at {broken[:10]}")
            balance = questions.trial_balance(Reading(connection, desk, 0))
            problems += [f"the books are out by {amount} {currency}" for currency, amount in balance.items() if amount]
    finally:
        engine.close(connection)
    return problems


def backups(folder: Folder) -> list[Backup]:
    """Every verified backup, newest first."""
    found = [_named(path) for path in folder.backups.glob(f"*{_SUFFIX}")]
    return sorted((backup for backup in found if backup), key=lambda backup: backup.made, reverse=True)


def prune(folder: Folder) -> list[Backup]:
    """Delete what is older than the newest of each of the last 24 hours and 14 days; answers what went."""
    kept: dict[Path, Backup] = {}
    newest_first = backups(folder)
    for form, count in (("%Y%m%d%H", HOURLY_KEPT), ("%Y%m%d", DAILY_KEPT)):
        spans: dict[str, Backup] = {}
        for backup in newest_first:
            spans.setdefault(backup.made.strftime(form), backup)
        kept |= {backup.path: backup for backup in list(spans.values())[:count]}
    dropped = [backup for backup in newest_first if backup.path not in kept]
    for backup in dropped:
        backup.path.unlink()
    return dropped


def journal_may_go_before(folder: Folder, clock: Clock) -> str | None:
    """The day (YYYYMMDD) before which the journal is held by a verified backup and old enough; None when none is."""
    held = backups(folder)
    if not held:
        return None
    old_enough = datetime.fromtimestamp(clock.wall_ms() // 1000, UTC) - timedelta(days=JOURNAL_DAYS_KEPT)
    return min(held[0].made, old_enough).strftime("%Y%m%d")


def _named(path: Path) -> Backup | None:
    moment, _, reason = path.stem.partition("-")
    clock_time, _, reason = reason.partition("-")
    try:
        made = datetime.strptime(f"{moment}-{clock_time}", _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None  # somebody else's file
    return Backup(path, made, reason)
