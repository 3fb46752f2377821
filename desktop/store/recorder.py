"""What happens on the writer's thread: one transaction for one operation, a second copy, rest between."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, update

from desktop.store import disk, engine, opening, tables
from desktop.store.errors import NotSaved
from desktop.store.health import WELL, Health
from desktop.store.opening import SAFE_MODE, Opened
from desktop.store.questions import Questions
from shared.core.clock import Clock
from shared.core.errors import Refusal
from shared.core.ids import Id, IdMaker
from shared.core.text import N_
from shared.ledger import transaction
from shared.ledger.log import Recorded
from shared.ledger.memory import Memory
from shared.ledger.operation import Operation
from shared.ledger.transaction import Actor, Command, Reading, Transaction

T = TypeVar("T")
Follower = Callable[[Reading, Recorded], None]

WAL_BYTES_REST = 1024 * 1024
"""From this size on the write-ahead log is moved into the database when nobody waits."""
WAL_BYTES_HARD = 32 * 1024 * 1024
"""At this size it is moved even while work goes on."""

SAFE_MODE_COMMANDS = frozenset({"complete_sale", "reprint_receipt", "record_sign_in", "lift_lockout", "settle_scan"})
"""What asks for nothing but goods, people and the open shift."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ask:
    """A command that somebody asked for."""

    command: Command
    op: Id
    actor: Actor
    args: Mapping[str, Any]


class Recorder:
    """Owns the writing connection, the journal and the lease; used by one thread.

    `broken` is called when the database or its disk can no longer be trusted, `tell` when the health has changed.
    """

    def __init__(
        self, opened: Opened, clock: Clock, questions: Questions, broken: Callable[[], None], tell: Callable[[list[str]], None]
    ) -> None:
        self._opened = opened
        self._clock = clock
        self._questions = questions
        self._ids = IdMaker(clock, os.urandom)
        self._broken = broken
        self._tell = tell
        self._memory = Memory()
        self._wal_bytes_told = 0
        self._followers: dict[type[Operation], list[Follower]] = {}
        self._room = disk.Room(opened.folder, opened.free_bytes_min)
        if not opened.is_test:
            self._room.keep_reserve()

    @property
    def health(self) -> Health:
        return self._opened.health

    def forget(self) -> None:
        """The database was exchanged: nothing remembered is certain."""
        self._memory.forget_all()

    def trouble(self, text: str) -> None:
        """Something was found that a person should know; selling goes on."""
        found = N_("A check of the data found a fault: {cause}. Selling goes on. Show this to support")
        self._be(Health(self.health.state, found, {"cause": text}))

    def follow(self, kind: type[Operation], follower: Follower) -> None:
        """Call `follower` in the transaction of every new operation of a type."""
        self._followers.setdefault(kind, []).append(follower)

    def record(self, ask: Ask) -> Recorded:
        """Decide, record and keep; durable when it returns. Raises Refusal, NotSaved."""
        self._require_trust()
        self._room.require()
        if self._opened.is_partial and ask.command.name not in SAFE_MODE_COMMANDS:
            text = N_("This waits until the history is back after damage. Selling goes on meanwhile. Try again in a few minutes")
            raise NotSaved("safe_mode", text)
        try:
            with self._opened.writer.begin():
                recorded = self._run(ask)
        except Refusal:
            self._memory.forget_all()  # it may remember what was rolled back
            raise
        except Exception as error:  # whatever a rule or the disk did, this operation was rolled back and the desk goes on
            raise self._not_saved(error, ask.command.name, ask.op) from error
        if recorded.fresh:
            self._keep_second_copy(recorded)
        return recorded

    def keep(self, change: Callable[[Connection], T]) -> T:
        """Change desk-only rows durably. Raises NotSaved."""
        self._require_trust()
        try:
            with self._opened.writer.begin():
                return change(self._opened.writer)
        except Exception as error:  # the same promise as for operations
            raise self._not_saved(error, getattr(change, "__name__", "change"), "-") from error

    def rest(self) -> None:
        """Nobody waits: make the journal durable, move the write-ahead log into the database."""
        try:
            self._sync_journal()
        except OSError as fault:
            self._journal_failed(fault)
        if self.wal_bytes > WAL_BYTES_REST:
            self.checkpoint()

    @property
    def wal_bytes(self) -> int:
        """Size of the write-ahead log."""
        wal = self._opened.folder.database.with_name(self._opened.folder.database.name + "-wal")
        return wal.stat().st_size if wal.exists() else 0

    def wal_is_long(self) -> bool:
        """Whether the write-ahead log must not wait for a rest; once for each 32 MiB it grows."""
        size = self.wal_bytes
        if size <= WAL_BYTES_HARD:
            self._wal_bytes_told = 0
        is_long = size > self._wal_bytes_told + WAL_BYTES_HARD
        if is_long:
            self._wal_bytes_told = size
        return is_long

    def checkpoint(self) -> None:
        """Move the write-ahead log and pay for its new beginning here, so that no sale does."""
        try:
            engine.checkpoint(self._opened.writer)
            with self._opened.writer.begin():
                self._opened.writer.execute(update(tables.this_desk).values(checkpoints=tables.this_desk.c.checkpoints + 1))
        except engine.DatabaseError as fault:
            self._not_saved(fault, "checkpoint", "-")

    def close(self) -> None:
        """Leave everything durable and the folder free."""
        try:
            self._sync_journal()
        except OSError as fault:
            self._journal_failed(fault)
        self._opened.close()

    def _require_trust(self) -> None:
        health = self._opened.health
        if health.state == "read_only":
            raise NotSaved("read_only", health.text, **health.params)

    def _run(self, ask: Ask) -> Recorded:
        connection, desk, now = self._opened.writer, self._opened.desk, self._clock.wall_ms()
        reading = Reading(connection, desk, now, memory=self._memory)
        rights = self._questions.rights_of(reading, ask.actor.staff)
        if ask.actor.approver is not None:
            rights |= self._questions.rights_of(reading, ask.actor.approver)
        tx = Transaction(
            connection=connection,
            desk=desk,
            now=now,
            op=ask.op,
            actor=replace_rights(ask.actor, rights),
            shift=self._questions.open_shift_of(reading),
            ids=self._ids,
            memory=self._memory,
        )
        recorded = transaction.run(tx, self._clock, ask.command, ask.args)
        if recorded.fresh:
            self._memory.forget(recorded.tables)
            for follower in self._followers.get(type(recorded.body), ()):
                follower(reading, recorded)
        return recorded

    def _keep_second_copy(self, recorded: Recorded) -> None:
        if recorded.written is None:
            return
        try:
            self._opened.journal.append(recorded.written)
            if self._opened.is_partial:
                self._opened.journal.sync()  # the database was lost once today: here the journal is the promise
            self._opened.note_newest(recorded.written)
        except OSError as fault:
            self._journal_failed(fault)
            if self._opened.is_partial:
                raise self._not_saved(fault, recorded.body.kind, recorded.envelope.op) from fault

    def _sync_journal(self) -> None:
        journal, marked = self._opened.journal, self._opened.journal.mark
        if journal.is_behind:
            with self._opened.writer.begin():
                journal.repair(self._opened.writer, self._opened.desk.chain)
            self._be(SAFE_MODE if self._opened.is_partial else WELL)
        journal.sync()
        if journal.mark != marked:
            self._opened.note(*self._opened.newest)

    def _be(self, health: Health) -> None:
        self._opened.health = health
        self._tell(["health"])

    def _journal_failed(self, fault: OSError) -> None:
        _log.error("the second journal cannot be written: %s", fault)
        self._opened.journal.close()
        self._be(opening.second_copy_missing(self._opened.folder, fault))

    def _not_saved(self, error: Exception, name: str, op: Id) -> NotSaved:
        self._memory.forget_all()
        if isinstance(error, NotSaved):
            return error
        _log.error("%s was not saved, operation %s", name, op, exc_info=error)
        fault = engine.fault_of(error)
        if fault is engine.Fault.FULL:
            self._room.give_reserve()
            return disk.full(self._opened.folder)
        if fault is engine.Fault.DAMAGED:
            self._broken()
        return NotSaved("not_saved", N_("This was not saved. Everything before it is safe. Try again: Enter"))


def replace_rights(actor: Actor, rights: frozenset[str]) -> Actor:
    """The same person with the rights in force now."""
    return Actor(actor.staff, frozenset(rights), actor.approver)
