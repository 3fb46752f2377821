"""The only door to the desk's data: write, read, load, watch, follow."""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent import futures
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from desktop.store import engine, opening, recovery
from desktop.store.backup import Backup
from desktop.store.disk import FREE_BYTES_MIN
from desktop.store.errors import CannotOpen, NotSaved
from desktop.store.folder import Folder
from desktop.store.health import Health
from desktop.store.keeper import Keeper
from desktop.store.lanes import Job, Lanes
from desktop.store.news import Deliver, News
from desktop.store.questions import BUSINESS, Questions
from desktop.store.readers import Reader, Readers
from desktop.store.recorder import Ask, Follower, Recorder
from shared.concepts import CONCEPTS
from shared.core.clock import Clock
from shared.core.columns import concept_of
from shared.core.errors import Refusal
from shared.core.ids import Id, IdMaker
from shared.core.text import N_
from shared.ledger import transaction
from shared.ledger.log import Recorded
from shared.ledger.operation import Operation
from shared.ledger.transaction import Actor, Desk, Reading

T = TypeVar("T")
Then = Callable[[Any], None]
Failed = Callable[[Refusal | NotSaved], None]
"""Told why nothing was saved: the rules said no, or the world failed."""

PAUSE_SECONDS = 0.002
"""How long the writer looks away from people at most while it has nothing else to do."""

_log = logging.getLogger(__name__)


def at_once(call: Callable[[], None]) -> None:
    """Deliver on the thread where things happen; for programs without a window."""
    call()


class Store:
    """One desk's data. Threads: the caller's (reads), one that writes, one that loads.

    `then`, `failed` and watchers are called through `deliver`.
    """

    def __init__(self, opened: opening.Opened, clock: Clock, deliver: Deliver, questions: Questions) -> None:
        self._opened = opened
        self._clock = clock
        self._deliver = deliver
        self._questions = questions
        self._ids = IdMaker(clock, os.urandom)
        self._news = News(deliver)
        self._readers = Readers(opened.folder)
        self._generation = 0
        self._recorder = Recorder(opened, clock, questions, lambda: self._recover(self._generation), self._news.tell)
        self._writing = Lanes("store-writer", _job(self._recorder.rest))
        self._loading = Lanes("store-reader")
        self._keeper = Keeper(opened.folder, opened.journal, clock, questions, self._recorder.trouble)
        self._bring_history_back()

    @classmethod
    def open(
        cls,
        root: Path,
        clock: Clock,
        *,
        deliver: Deliver = at_once,
        journal: Path | None = None,
        questions: Questions = BUSINESS,
        is_test: bool = False,
        free_bytes_min: int = FREE_BYTES_MIN,
    ) -> Self:
        """Open a data folder, made and filled on first use. Raises CannotOpen.

        `journal`: another folder, best on another disk, for the second copy of every operation.
        `is_test`: a folder made now is one whose clock may be set and which never meets a server. `free_bytes_min`: with less
        room on the disk nothing new is saved.
        """
        opened = opening.open_folder(Folder.at(root, journal), clock, questions, is_test=is_test, free_bytes_min=free_bytes_min)
        return cls(opened, clock, deliver, questions)

    @property
    def desk(self) -> Desk:
        """Who this desk is now; the epoch changes when a chain begins anew."""
        return self._opened.desk

    @property
    def folder(self) -> Folder:
        return self._opened.folder

    @property
    def health(self) -> Health:
        """Whether all is well with the data; `watch("health", …)` tells of changes."""
        return self._recorder.health

    @property
    def is_test(self) -> bool:
        """Whether the folder was made for tests."""
        return self._opened.is_test

    def new_op(self) -> Id:
        """An id for an operation; made when its dialog opens, so that pressing twice counts once."""
        return self._ids.new_id()

    def write(
        self,
        command: Callable[..., Operation],
        *,
        op: Id,
        actor: Actor,
        args: Mapping[str, Any],
        then: Then | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Ask a command; `then(recorded)` comes after the durable commit, `failed(error)` when nothing was kept."""
        ask = Ask(transaction.command_of(command), op, actor, args)
        self._writing.put(_job(lambda: self._answer_to(ask, then, failed)))

    def do(self, command: Callable[..., Operation], *, op: Id, actor: Actor, args: Mapping[str, Any]) -> Recorded:
        """Ask a command and wait. Raises Refusal, NotSaved."""
        ask = Ask(transaction.command_of(command), op, actor, args)
        recorded: Recorded = self._wait_for_writer(lambda: self._record(ask))
        return recorded

    def write_background(
        self,
        command: Callable[..., Operation],
        *,
        actor: Actor,
        steps: Iterable[tuple[Id, Mapping[str, Any]]],
        progress: Then | None = None,
        then: Callable[[], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Ask a command many times between what people do; each step (op, args) is a transaction of ≤ 5 ms.

        Steps are taken one by one on the writer's thread, so making one must be cheap. A refused step is told to
        `failed` and the next one goes on; `progress(recorded)` follows each commit, `then()` the last.
        """
        asked = transaction.command_of(command)

        def jobs() -> Iterator[Job]:
            for op, args in steps:
                ask = Ask(asked, op, actor, args)
                yield _job(partial(self._answer_to, ask, progress, failed))
                if self._recorder.wal_is_long():
                    yield from self._while_log_is_moved()
            if then is not None:
                yield _job(lambda: self._deliver(then))

        self._writing.put_steps(jobs())

    def keep(self, change: Callable[..., T], *, concept: str, **args: Any) -> T:
        """Change desk-only rows durably and wait: `change(connection, **args)`; watchers of `concept` are told."""

        def kept() -> T:
            answer = self._recorder.keep(lambda connection: change(connection, **args))
            self._news.tell([concept])
            return answer

        return self._wait_for_writer(kept)

    def read(self, query: Callable[..., T], /, **args: Any) -> T:
        """Ask a query at once, on the caller's thread; only for indexed look-ups. Raises Refusal."""
        return self._ask(self._readers.own, query, args)

    def load(
        self, query: Callable[..., T], args: Mapping[str, Any], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Ask a query on the reading thread: lists and reports."""
        self._loading.put(_job(lambda: self._answer(self._try_load(query, args), then, failed)))

    def rights_of(self, staff: Id) -> frozenset[str]:
        """The rights a person has now."""
        return self.read(self._questions.rights_of, staff=staff)

    def watch(self, concept: str, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` after commits that touched a concept, once for many; answers how to stop."""
        return self._news.watch(concept, hear)

    def follow(self, kind: type[Operation], follower: Follower) -> None:
        """Write desk-only rows in the transaction of every new operation of a type: `follower(reading, recorded)`."""
        self._recorder.follow(kind, follower)

    def backup_now(self, reason: str) -> Future[Backup]:
        """Make a verified backup without keeping anybody waiting; the future raises what went wrong."""
        future: Future[Backup] = Future()
        self._keeper.put(_into(future, lambda: self._keeper.make(reason)))
        return future

    def keep_safe(self, reason: str) -> None:
        """Make a backup of what is new as soon as nobody waits; a failure shows in `health`."""
        self._keeper.put(lambda: self._keeper.make_of_news(reason))

    def settle(self) -> None:
        """Wait until everything asked so far is done; for tests and shutting down."""
        for lanes in (self._writing, self._loading):
            done = threading.Event()
            lanes.put(done.set)
            done.wait()

    def close(self) -> None:
        """Finish what was asked and let the folder go."""
        self._keeper.close()
        self._writing.close()
        self._loading.close()
        self._readers.close()
        self._recorder.close()

    def _record(self, ask: Ask) -> Recorded:
        recorded = self._recorder.record(ask)
        if recorded.fresh:
            self._readers.touched.note(recorded.tables)
            self._news.tell({concept_of(table) for table in recorded.tables})
        return recorded

    def _try(self, ask: Ask) -> "Recorded | Refusal | NotSaved":
        try:
            return self._record(ask)
        except (Refusal, NotSaved) as no:
            return no

    def _try_load(self, query: Callable[..., T], args: Mapping[str, Any]) -> "T | Refusal | NotSaved":
        try:
            return self._ask(self._readers.loading, query, args)
        except Refusal as no:
            return no
        except Exception as bug:  # a bug in one report must not end the thread of all of them
            _log.exception("loading %s failed", getattr(query, "__name__", query))
            cause = type(bug).__name__
            return NotSaved("not_loaded", N_("This could not be read. Nothing was changed. Try again: F5"), cause=cause)

    def _answer_to(self, ask: Ask, then: Then | None, failed: Failed | None) -> None:
        self._answer(self._try(ask), then, failed)

    def _answer(self, outcome: Any, then: Then | None, failed: Failed | None) -> None:
        tell: Then | None = failed if isinstance(outcome, (Refusal, NotSaved)) else then
        if tell is not None:
            self._deliver(lambda: tell(outcome))

    def _ask(self, reader: Reader, query: Callable[..., T], args: Mapping[str, Any]) -> T:
        generation = self._generation
        try:
            with reader.lock:
                memory = reader.memory
                with reader.connection.begin():
                    return query(Reading(reader.connection, self.desk, self._clock.wall_ms(), memory=memory), **args)
        except engine.DatabaseError as fault:
            if engine.fault_of(fault) is not engine.Fault.DAMAGED:
                raise
            _log.exception("the database cannot be read")
            self._writing.put(_job(lambda: self._recover(generation)))
            raise NotSaved(
                "not_loaded", N_("The data is being repaired. Nothing is lost. Try again in a few seconds: F5")
            ) from fault

    def _while_log_is_moved(self) -> Iterator[Job]:
        """Long work leaves the writer no rest: another thread moves the log, the writer what people wrote meanwhile."""
        moved: Future[None] = Future()
        self._keeper.put(_into(moved, lambda: engine.move_log(self.folder.database)))
        while not moved.done():
            yield lambda: _pause(moved)
        yield _job(self._recorder.checkpoint)

    def _recover(self, generation: int) -> None:
        """On the writer's thread: the database broke, make it again and go on with the new one, once however many saw it."""
        if generation != self._generation:
            return
        self._opened.health = Health("recovering", N_("The data is being repaired. Nothing is lost. Wait a few seconds"))
        self._news.tell(["health"])
        with self._readers.away():
            try:
                opening.reopen(self._opened, self._clock, self._questions)
            except (CannotOpen, *engine.DatabaseError, OSError) as fault:
                _log.exception("the database could not be made again")
                self._opened.health = Health(
                    "read_only",
                    N_("Nothing can be saved: the disk with {folder} does not work. Everything before is safe. Call support"),
                    {"folder": str(self._opened.folder.root), "cause": str(fault)},
                )
        self._generation += 1
        self._recorder.forget()
        self._bring_history_back()
        self._news.tell(["health", *CONCEPTS])

    def _bring_history_back(self) -> None:
        """In safe mode: make a whole database beside the one that sells, then exchange them."""
        if not self._opened.is_partial:
            return

        def work() -> None:
            opened = self._opened
            whole, lost = recovery.make_whole(opened.folder, opened.journal, opened.lease.read(), self._clock)
            self._wait_for_writer(lambda: self._exchange(whole, lost))

        self._keeper.put(_job(work))

    def _exchange(self, whole: Path, lost: int) -> None:
        opened = self._opened
        recovery.take_over(opened.writer, whole, opened.folder, self._clock.wall_ms())
        with self._readers.away():
            opened.close_writer()
            recovery.put_in_place(whole, opened.folder)
            opening.resume(opened, self._clock, self._questions, lost)
        self._recorder.forget()
        self._news.tell(["health", *CONCEPTS])

    def _wait_for_writer(self, work: Callable[[], T]) -> T:
        if self._writing.is_current:
            raise RuntimeError("the writer cannot wait for itself")
        future: Future[T] = Future()
        self._writing.put(_into(future, work))
        return future.result()


def _pause(until: "Future[None]") -> None:
    futures.wait([until], PAUSE_SECONDS)


def _job(work: Callable[[], None]) -> Job:
    """The work as a job, for as often as it comes up: a bug in it, or in whoever is told of it, ends no thread."""
    return lambda: _into(Future(), work)()


def _into(future: Future[T], work: Callable[[], T]) -> Job:
    """The work as a job; whoever holds the future gets the answer or what went wrong."""

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised again where it was asked for
            if not isinstance(error, (Refusal, NotSaved)):
                _log.exception("not done")
            future.set_exception(error)

    return run
