"""Stream entries: other desks' operations with their effects, kept verbatim and applied by one generic applier.

A desk of any age follows: what it does not know stays in the stored entry and is applied after its upgrade.
"""

import msgspec
from sqlalchemy import Connection, insert, select, update

from shared.core.columns import Fact, Row, row_class, sums_of
from shared.core.errors import FactConflict
from shared.core.ids import Id
from shared.ledger import sums, writes
from shared.ledger.effects import Add, Effect, Insert, Put, Value, decode_effects, version_at
from shared.ledger.tables import entries, stream_heads


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One operation in one stream (`org` or a branch id); `position` is gapless from 1 within a generation's stream."""

    stream: str
    generation: int
    position: int
    op: Id
    payload: bytes
    effects: bytes


def receive(connection: Connection, entry: Entry) -> set[str]:
    """Store an entry and apply what this build knows of it; again is harmless. Names the tables touched.

    Raises FactConflict when the place is taken by another entry or a fact has other content.
    """
    key = [
        entries.c.stream == entry.stream,
        entries.c.generation == entry.generation,
        entries.c.position == entry.position,
    ]
    stored = connection.execute(select(entries.c.payload, entries.c.effects).where(*key)).one_or_none()
    if stored is not None:
        if (stored.payload, stored.effects) != (entry.payload, entry.effects):
            raise FactConflict("entries", (entry.stream, entry.generation, entry.position))
        return set()
    known, whole = _known(decode_effects(entry.effects))
    tables = writes.apply(connection, known, version_at(entry.generation, entry.position))
    connection.execute(insert(entries), msgspec.structs.asdict(entry) | {"waiting": not whole})
    _advance(connection, entry)
    return tables


def apply_waiting(connection: Connection) -> set[str]:
    """After an upgrade: apply what earlier builds did not know. Names the tables touched."""
    touched: set[str] = set()
    rows = connection.execute(select(entries).where(entries.c.waiting).order_by(entries.c.generation, entries.c.position)).all()
    for row in rows:
        known, whole = _known(decode_effects(row.effects))
        touched |= writes.apply(connection, known, version_at(row.generation, row.position), fill=True)
        if whole:
            connection.execute(
                update(entries)
                .where(
                    entries.c.stream == row.stream,
                    entries.c.generation == row.generation,
                    entries.c.position == row.position,
                )
                .values(waiting=False)
            )
    for table in touched:
        fact = row_class(table)
        for total in sums_of(fact) if issubclass(fact, Fact) else ():
            sums.recount(connection, total)
    return touched


def _advance(connection: Connection, entry: Entry) -> None:
    """The head names the newest entry applied; entries may arrive in any order."""
    head = connection.execute(
        select(stream_heads.c.generation, stream_heads.c.position).where(stream_heads.c.stream == entry.stream)
    ).one_or_none()
    values = {"stream": entry.stream, "generation": entry.generation, "position": entry.position}
    if head is None:
        connection.execute(insert(stream_heads), values)
    elif tuple(head) < (entry.generation, entry.position):
        connection.execute(update(stream_heads).where(stream_heads.c.stream == entry.stream).values(values))


def _known(effects: tuple[Effect, ...]) -> tuple[list[Effect], bool]:
    """The part of the effects that this build has tables and columns for, and whether that is all of them."""
    known: list[Effect] = []
    whole = True
    for effect in effects:
        columns = _columns(effect.table)
        if isinstance(effect, Insert):
            row = {name: value for name, value in effect.row.items() if name in columns}
            whole &= len(row) == len(effect.row) and all(add.amounts.keys() <= _columns(add.table) for add in effect.adds)
            part: Effect = Insert(effect.table, row, _adds(effect.table, row))
        else:
            fields = {name: value for name, value in effect.fields.items() if name in columns}
            whole &= len(fields) == len(effect.fields)
            part = Put(effect.table, effect.key, fields)
        if columns:
            known.append(part)
    return known, whole


def _adds(table: str, row: dict[str, Value]) -> tuple[Add, ...]:
    """What the fact adds to the sums of this build; a sum it does not know is counted when an upgrade brings it."""
    try:
        fact = row_class(table)
    except KeyError:
        return ()
    assert issubclass(fact, Fact)
    return tuple(Add(*parts) for parts in fact.sums(dict.fromkeys(fact.__table__.columns.keys()) | row))


def _columns(table: str) -> set[str]:
    try:
        return set(Row.metadata.tables[row_class(table).__tablename__].columns.keys())
    except KeyError:
        return set()
