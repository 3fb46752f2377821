"""The way back from a damaged or lost database: newest backup, journal, what can still be read. Nothing is deleted."""

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from desktop.store import backup, engine, identity, schema
from desktop.store.folder import Folder, Lease
from desktop.store.journal import Journal, log_records, sync_folder
from shared.core.clock import Clock
from shared.core.ids import Id
from shared.ledger.envelope import Link, decode_payload
from shared.ledger.log import Chain, Written
from shared.ledger.operation import operations as known_operations
from shared.ledger.tables import operations
from shared.ledger.transaction import Desk
from shared.shifts.operations import ShiftOpened

_log = logging.getLogger(__name__)
_BESIDE = ("", "-wal", "-shm")
FIRST_DESK = 1
AT_ONCE_MAX = 2_500
"""More operations than this take longer than people should wait; then selling begins before history is back."""
FIELD_CONCEPTS = ("branches", "staff", "catalog")


class _Head(msgspec.Struct, frozen=True):
    op: Id
    kind: str
    shift: Id | None = None


_HEAD = msgspec.json.Decoder(_Head)


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

    `base`: the backup to begin with, else the newest one. The old database has been set aside before. Where bringing
    back everything would keep people waiting, only what selling needs comes back and the database is marked as partial.
    Raises NothingToRecover, DBAPIError, OSError.
    """
    fresh = folder.database.with_name(folder.database.name + ".new")
    lost = _build(fresh, folder, journal, lease, clock, base=base, reason=reason, at_once_max=AT_ONCE_MAX)
    fresh.replace(folder.database)
    sync_folder(folder.root)
    return lost


def make_whole(folder: Folder, journal: Journal, lease: Lease | None, clock: Clock) -> tuple[Path, int]:
    """Build a database with all of the history beside the partial one that sells; answers it and how much is lost for good.

    Raises DBAPIError, OSError.
    """
    whole = folder.database.with_name(folder.database.name + ".whole")
    return whole, _build(whole, folder, journal, lease, clock)


def take_over(partial: Connection, whole: Path, folder: Folder, now: int) -> None:
    """Give the whole database what was sold meanwhile. Nobody else may write. Raises DBAPIError."""
    target = engine.open_writer(whole)
    try:
        with partial.begin(), target.begin():
            desk, _ = identity.read(partial)
            identity.copy_desk_rows(partial, target)
            for epoch in identity.epochs(partial, desk.device):
                identity.bring_back(target, desk.device, log_records(partial, Chain(desk.device, epoch), 1), now)
            identity.set_partial(target, False)
        engine.checkpoint(target, truncate=True)
        engine.checkpoint(partial, truncate=True)
    finally:
        engine.close(target)


def put_in_place(whole: Path, folder: Folder) -> None:
    """Exchange the databases; nobody may have the old one open. Raises OSError."""
    for suffix in _BESIDE[1:]:  # they would be read into the new file
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    whole.replace(folder.database)
    sync_folder(folder.root)


def _build(
    target: Path,
    folder: Folder,
    journal: Journal,
    lease: Lease | None,
    clock: Clock,
    *,
    base: Path | None = None,
    reason: str | None = None,
    at_once_max: int | None = None,
) -> int:
    """Backup, journal, then what can be salvaged; answers how many operations are known to be lost."""
    for suffix in _BESIDE:
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    held = backup.backups(folder)
    if base is None and held:
        base = held[0].path
    bad = _set_aside(folder)
    if base is not None:
        shutil.copyfile(base, target)
        schema.move(target)
    writer = engine.open_writer(target)
    now = clock.wall_ms()
    try:
        with writer.begin():
            if base is None:
                schema.create(writer)
                desk, is_test = _who(lease, journal, bad)
                identity.create(writer, desk, is_test, now)
            desk, _ = identity.read(writer)
            kept = list(journal.records())
            if at_once_max is not None and identity.count_missing(writer, desk.device, kept) > at_once_max:
                identity.bring_back(writer, desk.device, needed_to_sell(kept), now)
                identity.set_partial(writer, True)
                lost = 0
            else:
                identity.bring_back(writer, desk.device, kept, now)
                lost = _lost(writer, desk, lease)
                if lost != 0 and bad:
                    identity.bring_back(writer, desk.device, salvage(bad[0]), now)
                    lost = _lost(writer, desk, lease)
            desk = identity.take_up(writer, desk)
            if reason is not None:
                identity.begin_epoch(writer, desk, reason, now, lease.epoch if lease else 0)
        engine.checkpoint(writer, truncate=True)
    finally:
        engine.close(writer)
    _log.info("%s was made from %s and the journal", target.name, base.name if base else "nothing")
    return max(lost, 0)


def needed_to_sell(kept: list[Written]) -> Iterator[Written]:
    """Goods, people, settings and the shift that is open: what a sale asks for."""
    heads = [_HEAD.decode(written.payload) for written in kept]
    shift = None
    for _, head in sorted(zip(kept, heads, strict=True), key=lambda pair: (pair[0].link.epoch, pair[0].link.n)):
        shift = head.op if head.kind == ShiftOpened.kind else head.shift or shift
    for written, head in zip(kept, heads, strict=True):
        stated = known_operations().get(head.kind)
        if stated is None:
            continue
        of_fields = stated.__module__.split(".")[1] in FIELD_CONCEPTS
        if of_fields or shift in (head.op, head.shift):
            yield written


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
