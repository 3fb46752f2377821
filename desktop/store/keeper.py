"""What is done for the data's own sake while nobody waits: backups every hour, a look at everything after the start."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from desktop.store import backup, engine, identity
from desktop.store.backup import Backup, NotVerified
from desktop.store.folder import Folder
from desktop.store.journal import Journal
from desktop.store.lanes import Job
from desktop.store.questions import Questions
from shared.core.clock import Clock

HOUR_SECONDS = 3_600.0
CLOSE_SECONDS_MAX = 20.0
LOOK_AFTER_SECONDS = 60.0
"""The first minutes after a start belong to people."""

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
        self._asked: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="store-keeper", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Do something that takes long as soon as possible."""
        self._asked.put(job)

    def make(self, reason: str) -> Backup:
        """Make a verified backup, on this thread. Raises NotVerified, DBAPIError, OSError, pysqlite3.Error."""
        source = engine.open_reader(self._folder.database)
        try:
            made = backup.make(source, self._folder, self._clock, self._questions, reason)
        finally:
            engine.close(source)
        day = backup.journal_may_go_before(self._folder, self._clock)
        if day is not None:
            self._journal.drop_older(day)
        return made

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
                    self.make_of_news("hourly")
                else:
                    self._look()
                wait, looked = HOUR_SECONDS, True
                continue
            if asked is None:
                return
            asked()

    def make_of_news(self, reason: str) -> None:
        """Make a backup if anything happened since the newest one; a failure becomes visible trouble."""
        try:
            if self._has_news():
                self.make(reason)
        except _FAULTS as fault:
            _log.exception("no backup was made")
            self._trouble(str(fault))

    def _has_news(self) -> bool:
        """Whether anything happened since the newest backup."""
        held = backup.backups(self._folder)
        return not held or _newest(self._folder.database) != _newest(held[0].path)

    def _look(self) -> None:
        try:
            problems = backup.check(self._folder.database, self._questions)
        except engine.DatabaseError as fault:
            problems = [str(fault)]
        if problems:
            _log.error("the database has problems: %s", problems)
            self._trouble(problems[0])


def _newest(database: Path) -> tuple[int, bytes]:
    reader = engine.open_reader(database)
    try:
        with reader.begin():
            return identity.newest(reader, identity.read(reader)[0].chain)
    finally:
        engine.close(reader)
