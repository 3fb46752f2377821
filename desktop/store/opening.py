"""From a folder to a store that may be trusted: lock, identity, checks."""

import logging
import os
from contextlib import ExitStack, closing
from dataclasses import dataclass

from sqlalchemy import Connection, update

from desktop.store import disk, engine, identity, recovery, schema, search_index, tables
from desktop.store.disk import FREE_BYTES_MIN
from desktop.store.errors import CannotOpen
from desktop.store.folder import Folder, FolderLock, LeaseFile, unusable
from desktop.store.health import WELL, Health
from desktop.store.journal import Journal
from desktop.store.questions import Questions
from shared.core.clock import Clock
from shared.core.ids import IdMaker
from shared.core.text import N_
from shared.ledger import log
from shared.ledger.log import Written
from shared.ledger.transaction import Desk, Reading

LINKS_CHECKED_AT_START = 2_000
SAFE_MODE = Health(
    "safe_mode", N_("Selling goes on after damage. History and reports come back by themselves. Close no shift until then")
)
NOBODY = Desk("", 0, "", 0)
_log = logging.getLogger(__name__)


@dataclass
class Opened:
    """An open data folder and the connection that writes."""

    folder: Folder
    lock: FolderLock
    lease: LeaseFile
    journal: Journal
    is_test: bool
    free_bytes_min: int
    is_partial: bool = False
    desk: Desk = NOBODY
    health: Health = WELL
    _writer: Connection | None = None

    @property
    def writer(self) -> Connection:
        """Raises RuntimeError while there is no database that could be trusted."""
        if self._writer is None:
            raise RuntimeError("there is no database to write to")
        return self._writer

    @writer.setter
    def writer(self, connection: Connection) -> None:
        self._writer = connection

    newest: tuple[int, bytes] = (0, b"")

    def note_newest(self, written: Written) -> None:
        """Remember outside the database how far the log goes. Raises OSError."""
        self.note(written.link.n, written.link.hash)

    def note(self, n: int, link_hash: bytes, *, sync: bool = False) -> None:
        """Remember outside the database how far log and journal go. Raises OSError."""
        self.newest = n, link_hash
        self.lease.write(self.desk, self.is_test, n, link_hash, self.journal.mark, sync=sync)

    def close_writer(self) -> None:
        """Never use this connection again."""
        if self._writer is not None:
            engine.close(self._writer)
        self._writer = None

    def close(self) -> None:
        """Let everything go."""
        self.close_writer()
        for part in (self.journal, self.lease, self.lock):
            part.close()


def open_folder(
    folder: Folder, clock: Clock, questions: Questions, *, is_test: bool = False, free_bytes_min: int = FREE_BYTES_MIN
) -> Opened:
    """Open, mend or create. Raises CannotOpen."""
    with ExitStack() as parts:
        try:
            lock = parts.enter_context(closing(FolderLock(folder)))
            disk.require_room_to_open(folder)
            journal = parts.enter_context(closing(Journal(folder.journal, clock)))
            lease_file = parts.enter_context(closing(LeaseFile(folder)))
            opened = _open(Opened(folder, lock, lease_file, journal, is_test, free_bytes_min), clock, questions)
        except engine.DatabaseError as fault:
            raise CannotOpen(
                "database_unusable",
                N_("The database in {folder} cannot be opened now: {cause}. Nothing was changed"),
                folder=str(folder.root),
                cause=str(fault),
            ) from fault
        except OSError as fault:
            raise unusable(folder.root, fault) from fault
        parts.pop_all()
        return opened


def reopen(opened: Opened, clock: Clock, questions: Questions) -> None:
    """The database broke while running: make it again and go on. Raises CannotOpen, DBAPIError, OSError."""
    opened.close_writer()
    opened.health = _make_again(opened, clock)
    _trust(opened, clock, questions)


def resume(opened: Opened, clock: Clock, questions: Questions, lost: int) -> None:
    """Go on with a database that was put in place. Raises CannotOpen, DBAPIError, OSError."""
    opened.health = _after_damage(lost)
    _trust(opened, clock, questions)


def _open(opened: Opened, clock: Clock, questions: Questions) -> Opened:
    try:
        writer = _existing(opened.folder)
        if writer is None and recovery.has_traces(opened.folder, opened.journal, opened.lease.read()):
            opened.health = _make_again(opened, clock)
        elif writer is None:
            _create(opened.folder, clock, opened.is_test)
        _trust(opened, clock, questions, writer)
    except engine.DatabaseError as fault:
        opened.close_writer()
        if engine.fault_of(fault) is not engine.Fault.DAMAGED:
            raise
        _log.warning("the database is damaged and is made again: %s", fault)
        opened.health = _make_again(opened, clock)
        _trust(opened, clock, questions)
    return opened


def _existing(folder: Folder) -> Connection | None:
    """The database in the shape of this build; None when there is none, or power was lost while the folder was made."""
    if not folder.database.exists():
        return None
    writer = engine.open_writer(folder.database)
    try:
        if not schema.is_there(writer):
            engine.close(writer)
            return None
        if not schema.is_older(writer, folder.root):
            return writer
    except BaseException:
        engine.close(writer)
        raise
    engine.close(writer)
    schema.move_copy(folder)
    return engine.open_writer(folder.database)


def _trust(opened: Opened, clock: Clock, questions: Questions, writer: Connection | None = None) -> None:
    """Find out who this desk is, what it lost and whether it holds together."""
    opened.writer = writer or engine.open_writer(opened.folder.database)
    with opened.writer.begin():
        search_index.complete(opened.writer)
        begin_log(opened.writer)
    opened.desk, opened.is_test = _settle_identity(opened, clock)
    with opened.writer.begin():
        opened.is_partial = identity.is_partial(opened.writer)
    _repair_copies(opened)
    if opened.is_partial:
        opened.health = SAFE_MODE
    else:
        _check(opened, questions)


def begin_log(writer: Connection) -> None:
    """Pay for a new write-ahead log (its head, its name in the folder) with a commit of our own, so that no sale does."""
    writer.execute(update(tables.this_desk).values(checkpoints=tables.this_desk.c.checkpoints + 1))


def _make_again(opened: Opened, clock: Clock) -> Health:
    folder = opened.folder
    bad = recovery.set_aside(folder, clock)
    try:
        lost = recovery.make_again(folder, opened.journal, opened.lease.read(), clock, reason=identity.RECOVERED)
    except recovery.NothingToRecover as nothing:
        raise CannotOpen(
            "database_lost",
            N_("The database in {folder} is damaged and no backup lies beside it. Bring a backup back with the command restore"),
            folder=str(folder.root),
            kept=str(bad or ""),
        ) from nothing
    return _after_damage(lost)


def _after_damage(lost: int) -> Health:
    if not lost:
        return WELL
    return Health(
        "ok",
        N_("{count} operations could not be brought back after damage. The old file is kept. Show this to support today"),
        {"count": lost},
    )


def _create(folder: Folder, clock: Clock, is_test: bool) -> None:
    ids = IdMaker(clock, os.urandom)
    desk = Desk(ids.new_id(), 1, ids.new_id(), recovery.FIRST_DESK)
    writer = engine.open_writer(folder.database)
    try:
        with writer.begin():
            schema.create(writer)
            identity.create(writer, desk, is_test, clock.wall_ms())
    finally:
        engine.close(writer)


def _settle_identity(opened: Opened, clock: Clock) -> tuple[Desk, bool]:
    """Bring back what the log has lost, and begin a new epoch where the old one must not be continued."""
    writer, journal, lease, place = opened.writer, opened.journal, opened.lease.read(), opened.lease.place
    now = clock.wall_ms()
    with writer.begin():
        desk, is_test = identity.read(writer)
        count = (
            0
            if identity.is_partial(writer)
            else identity.bring_back(writer, desk.device, identity.missing_from(writer, desk, journal, lease), now)
        )
        if count:
            _log.warning("%s operations came back from the journal", count)
            desk = identity.take_up(writer, desk)
        reason = identity.reason_for_new_epoch(writer, desk, lease, place)
        if reason:
            desk = identity.begin_epoch(writer, desk, reason, now, lease.epoch if lease else 0)
    return desk, is_test


def _repair_copies(opened: Opened) -> None:
    """Make journal and lease as new as the log. A disk that refuses costs the second copy, not the sale."""
    try:
        with opened.writer.begin():
            lease = opened.lease.read()
            if lease is not None and (lease.device, lease.epoch) == (opened.desk.device, opened.desk.epoch):
                tail, after = opened.journal.tail(lease.mark), lease.mark.n
            else:
                tail, after = None, 0
            opened.journal.repair(opened.writer, opened.desk.chain, tail, after)
            n, link_hash = identity.newest(opened.writer, opened.desk.chain)
        opened.note(n, link_hash, sync=True)
    except OSError as fault:
        _log.warning("the second copy cannot be written: %s", fault)
        opened.health = second_copy_missing(opened.folder, fault)


def second_copy_missing(folder: Folder, fault: OSError) -> Health:
    """Sales are safe once, not twice."""
    return Health(
        "ok",
        N_("Sales are saved, but their second copy in {folder} is not: {cause}. Check that disk"),
        {"folder": str(folder.journal), "cause": fault.strerror or str(fault)},
    )


def _check(opened: Opened, questions: Questions) -> None:
    """Newest links and the trial balance: quick, and enough to sell on; the rest is looked at in the background."""
    with opened.writer.begin():
        broken = log.broken_links(opened.writer, opened.desk.chain, LINKS_CHECKED_AT_START)
        balance = questions.trial_balance(Reading(opened.writer, opened.desk, 0))
    if broken:
        _log.error("links do not hold at %s", broken[:20])
        opened.health = Health(
            "ok",
            N_("The log of this desk is damaged at number {number}. Selling goes on. Show this to support today"),
            {"number": broken[0]},
        )
    elif off := {currency: amount for currency, amount in balance.items() if amount}:
        _log.error("the books are out of balance: %s", off)
        opened.health = Health(
            "ok",
            N_("The books are out of balance by {amount_minor} {currency}. Selling goes on. Show this to support today"),
            {"currency": next(iter(off)), "amount_minor": next(iter(off.values()))},
        )
