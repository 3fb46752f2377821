"""Connections that only read: one for the caller's thread, one for the thread that loads."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection

from desktop.store import engine
from desktop.store.folder import Folder
from shared.ledger.memory import Memory


class Touched:
    """Which tables changed when, counted in commits; written by the writer's thread, read by all."""

    def __init__(self) -> None:
        self.now = 0
        self._when: dict[str, int] = {}

    def note(self, tables: Iterable[str]) -> None:
        """A commit that touched these tables is durable."""
        moment = self.now + 1
        for table in tables:
            self._when[table] = moment
        self.now = moment

    def since(self, moment: int) -> list[str]:
        """Tables touched after a moment."""
        return [table for table, when in list(self._when.items()) if when > moment]


class Reader:
    """A connection used by one thread at a time, opened when first needed."""

    def __init__(self, folder: Folder, touched: Touched) -> None:
        self.lock = threading.RLock()
        self._path = folder.database
        self._touched = touched
        self._remembers_until = 0
        self._memory = Memory()
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """Raises DBAPIError."""
        if self._connection is None:
            self._connection = engine.open_reader(self._path)
        return self._connection

    @property
    def memory(self) -> Memory:
        """What is remembered and still holds. Asked before a transaction begins, so that it is never newer than what is read."""
        now = self._touched.now
        if now != self._remembers_until:
            self._memory.forget(self._touched.since(self._remembers_until))
            self._remembers_until = now
        return self._memory

    def close(self) -> None:
        """Let the file go; the next question opens it again."""
        with self.lock:
            self._memory.forget_all()
            if self._connection is not None:
                engine.close(self._connection)
            self._connection = None


class Readers:
    """The two readers of a store."""

    def __init__(self, folder: Folder) -> None:
        self.touched = Touched()
        self.own = Reader(folder, self.touched)
        self.loading = Reader(folder, self.touched)

    @contextmanager
    def away(self) -> Iterator[None]:
        """No question is asked and no file held while the database is exchanged."""
        with ExitStack() as stack:
            for reader in (self.own, self.loading):
                stack.enter_context(reader.lock)
                reader.close()
            yield

    def close(self) -> None:
        self.own.close()
        self.loading.close()
