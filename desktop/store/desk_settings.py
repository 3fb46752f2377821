"""What one desk remembers for itself: its printer, its look. Never sent anywhere."""

from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, delete, insert, select

from desktop.store import tables
from desktop.store.store import Store
from shared.ledger.transaction import Reading

T = TypeVar("T")
CONCEPT = "desk_settings"
"""What to `watch` for changes."""


class DeskSettings:
    """Settings by name, each a msgspec value; whoever owns a setting declares its type."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str, kind: type[T], default: T) -> T:
        """A setting; the default when it was never set or was written by a build with other ideas of it."""
        text = self._store.read(_read, name=name)
        if text is None:
            return default
        try:
            return msgspec.json.decode(text, type=kind)
        except msgspec.DecodeError:
            return default

    def put(self, name: str, value: Any) -> None:
        """Keep a setting and wait until it is durable. Raises NotSaved."""
        self._store.keep(_write, concept=CONCEPT, name=name, value=msgspec.json.encode(value).decode())


def _read(read: Reading, *, name: str) -> str | None:
    found: str | None = read.scalar(select(tables.desk_settings.c.value).where(tables.desk_settings.c.name == name))
    return found


def _write(connection: Connection, *, name: str, value: str) -> None:
    connection.execute(delete(tables.desk_settings).where(tables.desk_settings.c.name == name))
    connection.execute(insert(tables.desk_settings).values(name=name, value=value))
