"""Connections that only read: one for the caller's thread, one for the thread that loads."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection

from desktop.store import engine
from desktop.store.folder import Folder


class Reader:
    """A connection used by one thread at a time, opened when first needed."""

    def __init__(self, folder: Folder) -> None:
        self.lock = threading.RLock()
        self._path = folder.database
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """Raises DBAPIError."""
        if self._connection is None:
            self._connection = engine.open_reader(self._path)
        return self._connection

    def close(self) -> None:
        """Let the file go; the next question opens it again."""
        with self.lock:
            if self._connection is not None:
                engine.close(self._connection)
            self._connection = None


class Readers:
    """The two readers of a store."""

    def __init__(self, folder: Folder) -> None:
        self.own = Reader(folder)
        self.loading = Reader(folder)

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
