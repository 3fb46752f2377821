"""The way back from a damaged or lost database: newest backup, journal, what can still be read. Nothing is deleted."""

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, select

from desktop.store import backup, engine, identity, schema
from desktop.store.folder import Folder, Lease
from desktop.store.journal import Journal, sync_folder
from shared.core.clock import Clock
from shared.ledger.envelope import Link, decode_payload
from shared.ledger.log import Chain, Written
from shared.ledger.tables import operations
from shared.ledger.transaction import Desk

_log = logging.getLogger(__name__)
_BESIDE = ("", "-wal", "-shm")
FIRST_DESK = 1


class NothingToRecover(Exception):
    """Neither backup nor journal nor lease tells who this desk was."""


def has_traces(folder: Folder, journal: Journal, lease: Lease | None) -> bool:
    """Whether a missing database once was there."""
    return lease is not None or bool(backup.backups(folder)) or bool(journal.newest_records()) or bool(_set_aside(folder))


def set_aside(folder: Folder, clock: Clock) -> Path | None:
    """Rename a database with all that belongs to it, so that nobody writes to it again."""
    if not folder.database.exists():
        return None
    moment = datetime.fromtimestamp(clock.wall_ms() // 1000, UTC).strftime("%Y%m%d-%H%M%S")
    bad = folder.database.with_name(f"{folder.database.name}.bad-{moment}")
    while bad.exists():
        bad = bad.with_name(bad.name + "x")
    for suffix in reversed(_BESIDE):  # the database itself last: until then a new start finds it whole
        part = folder.database.with_name(folder.database.name + suffix)
        if part.exists():
            part.replace(bad.with_name(bad.name + suffix))
    sync_folder(folder.root)
    return bad


def make_again(
    folder: Folder, journal: Journal, lease: Lease | None, clock: Clock, *, base: Path | None = None, reason: str
) -> int:
    """Build the database anew and put it in its place; answers how many operations could not be brought back.

    `base`: the backup to begin with, else the newest one. The old database has been set aside before.
    Raises NothingToRecover, DBAPIError, OSError.
    """
    fresh = folder.database.with_name(folder.database.name + ".new")
    for suffix in _BESIDE:
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    held = backup.backups(folder)
    if base is None and held:
        base = held[0].path
    bad = _set_aside(folder)
    if base is not None:
        shutil.copyfile(base, fresh)
        schema.move(fresh)
    writer = engine.open_writer(fresh)
    now = clock.wall_ms()
    try:
        with writer.begin():
            if base is None:
                schema.create(writer)
                desk, is_test = _who(lease, journal, bad)
                identity.create(writer, desk, is_test, now)
            desk, _ = identity.read(writer)
            count = identity.bring_back(writer, desk.device, journal.records(), now)
            lost = _lost(writer, desk, lease)
            if lost != 0 and bad:
                count += identity.bring_back(writer, desk.device, salvage(bad[0]), now)
                lost = _lost(writer, desk, lease)
            desk = identity.take_up(writer, desk)
            identity.begin_epoch(writer, desk, reason, now, lease.epoch if lease else 0)
        engine.checkpoint(writer, truncate=True)
    finally:
        engine.close(writer)
    fresh.replace(folder.database)
    sync_folder(folder.root)
    _log.info("the database was made again: %s operations on %s", count, base.name if base else "nothing")
    return max(lost, 0)


def salvage(bad: Path) -> Iterator[Written]:
    """Every operation that can still be read from a damaged database; a copy is read, the file itself stays."""
    copy = bad.with_name(bad.name + ".reading")
    for suffix in _BESIDE:
        part = bad.with_name(bad.name + suffix)
        if part.exists():
            shutil.copyfile(part, copy.with_name(copy.name + suffix))
    try:
        connection = engine.open_reader(copy)
        try:
            yield from _readable(connection)
        finally:
            engine.close(connection)
    except engine.DatabaseError as fault:
        _log.warning("%s cannot be read further: %s", bad.name, fault)
    finally:
        for suffix in _BESIDE:
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _readable(connection: Connection) -> Iterator[Written]:
    """Forward until damage, then backward from the end: what lies between is lost."""
    seen: set[bytes] = set()
    for order in (operations.c.op.asc(), operations.c.op.desc()):
        try:
            for row in connection.execute(select(operations).order_by(order)):
                if row.hash in seen:
                    break
                seen.add(row.hash)
                link = Link(device=row.device, epoch=row.epoch, n=row.n, prev=row.prev, body_hash=row.body_hash)
                if link.hash == row.hash:
                    yield Written(link, row.payload, row.request_hash)
            else:
                return
        except engine.DatabaseError as fault:
            _log.warning("a part of the old database cannot be read: %s", fault)


def _lost(connection: Connection, desk: Desk, lease: Lease | None) -> int:
    """How many operations are known to have existed and are not here; -1 when nobody can tell."""
    known = identity.epochs(connection, desk.device)
    holes = sum(identity.missing_numbers(connection, Chain(desk.device, epoch)) for epoch in known)
    if lease is None:
        return holes or -1
    last, _ = identity.newest(connection, Chain(desk.device, lease.epoch))
    return holes + max(lease.n - last, 0)


def _who(lease: Lease | None, journal: Journal, bad: list[Path]) -> tuple[Desk, bool]:
    """Who this desk was, from the lease or from any operation of its own. Raises NothingToRecover."""
    if lease is not None:
        return Desk(lease.device, 1, lease.branch, lease.number), lease.is_test
    for written in chain(journal.records(), *(salvage(path) for path in bad)):
        return Desk(written.link.device, 1, decode_payload(written.payload).branch, FIRST_DESK), False
    raise NothingToRecover


def _set_aside(folder: Folder) -> list[Path]:
    """Databases set aside, newest first."""
    found = folder.root.glob(f"{folder.database.name}.bad-*")
    return sorted((path for path in found if not path.name.endswith(("-wal", "-shm", ".reading"))), reverse=True)
