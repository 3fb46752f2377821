"""The only two ways to change a replicated table, as plain values."""

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from shared.ledger import canonical

Value = str | int | bool | None
GENERATION_BITS = 40


class Add(msgspec.Struct, frozen=True):
    """Add `amounts` to the sum row with this key."""

    table: str
    key: dict[str, Value]
    amounts: dict[str, int]


class Insert(msgspec.Struct, frozen=True, tag=True):
    """A fact row, once. `adds` happen only if the row was really inserted, so a repetition is harmless."""

    table: str
    row: dict[str, Value]
    adds: tuple[Add, ...] = ()


class Put(msgspec.Struct, frozen=True, tag=True):
    """Fields of a row at the version of the entry that carries them; an older version changes nothing."""

    table: str
    key: dict[str, Value]
    fields: dict[str, Value]


Effect = Insert | Put
Effects = Iterator[Effect]


class FactRow(Protocol):
    """What `insert` needs to know of a fact's table."""

    __tablename__: str

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Value]: ...

    @classmethod
    def sums(cls, row: dict[str, Value]) -> tuple[tuple[str, dict[str, Value], dict[str, int]], ...]: ...


class FieldRow(Protocol):
    """What `put` needs to know of a field table."""

    __tablename__: str

    @classmethod
    def split(cls, values: dict[str, Any]) -> tuple[dict[str, Value], dict[str, Value]]: ...


def insert(fact: type[FactRow], **values: Value) -> Insert:
    """A fact with the sums its table declares. Raises TypeError for a missing or unknown column."""
    row = fact.complete(values)
    return Insert(fact.__tablename__, row, tuple(Add(*parts) for parts in fact.sums(row)))


def put(field: type[FieldRow], **values: Value) -> Put:
    """Key and fields of one row. Raises TypeError for an unknown column or an incomplete key."""
    key, fields = field.split(values)
    return Put(field.__tablename__, key, fields)


def version_at(generation: int, position: int) -> int:
    """The version a `Put` carries: a later generation of the stream beats every earlier position."""
    return generation << GENERATION_BITS | position


def encode_effects(effects: tuple[Effect, ...]) -> bytes:
    """Canonical bytes of effects, as they travel in a stream entry."""
    return canonical.encode(effects)


def decode_effects(data: bytes) -> tuple[Effect, ...]:
    """Effects from their bytes. Raises msgspec.ValidationError."""
    return _EFFECTS.decode(data)


_EFFECTS = msgspec.json.Decoder(tuple[Effect, ...])
