"""What is done for the data's own sake while nobody waits: backups every hour, a look at everything after the start."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from desktop.store import backup, engine
from desktop.store.backup import Backup, NotVerified
from desktop.store.folder import Folder
from desktop.store.journal import Journal
from desktop.store.questions import Questions
from shared.core.clock import Clock

HOUR_SECONDS = 3_600.0
CLOSE_SECONDS_MAX = 20.0
LOOK_AFTER_SECONDS = 60.0
"""The first minutes after a start belong to people."""

T = TypeVar("T")
_log = logging.getLogger(__name__)
_FAULTS = (NotVerified, OSError, *engine.DatabaseError)


class Keeper:
    """A thread of its own. `trouble(text)` is called when something was found that a person should know."""

    def __init__(
        self, folder: Folder, journal: Journal, clock: Clock, questions: Questions, trouble: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._clock = clock
        self._questions = questions
        self._trouble = trouble
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="store-keeper", daemon=True)
        self._thread.start()

    def backup(self, reason: str) -> Future[Backup]:
        """Make a verified backup as soon as possible; the future raises what went wrong."""
        return self.do(lambda: self._make_now(reason))

    def do(self, work: Callable[[], T]) -> Future[T]:
        """Do something that takes long as soon as possible; the future raises what went wrong."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except Exception as fault:  # it is raised where somebody waits for it
                _log.exception("the keeper could not finish")
                future.set_exception(fault)

        self._asked.put(run)
        return future

    def close(self) -> None:
        """Finish what was asked, unless it takes very long, and end the thread."""
        self._asked.put(None)
        self._thread.join(CLOSE_SECONDS_MAX)

    def _work(self) -> None:
        wait, looked = LOOK_AFTER_SECONDS, False
        while True:
            try:
                asked = self._asked.get(timeout=wait)
            except queue.Empty:
                if looked:
                    self._make("hourly")
                else:
                    self._look()
                wait, looked = HOUR_SECONDS, True
                continue
            if asked is None:
                return
            asked()

    def _make(self, reason: str) -> None:
        try:
            self._make_now(reason)
        except _FAULTS as fault:
            _log.exception("no backup was made")
            self._trouble(str(fault))

    def _make_now(self, reason: str) -> Backup:
        source = engine.open_reader(self._folder.database)
        try:
            made = backup.make(source, self._folder, self._clock, self._questions, reason)
        finally:
            engine.close(source)
        day = backup.journal_may_go_before(self._folder, self._clock)
        if day is not None:
            self._journal.drop_older(day)
        return made

    def _look(self) -> None:
        try:
            problems = backup.check(self._folder.database, self._questions)
        except engine.DatabaseError as fault:
            problems = [str(fault)]
        if problems:
            _log.error("the database has problems: %s", problems)
            self._trouble(problems[0])
