"""The tables can always be made again from what was written down: entries in stream order, then own operations."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, select

from shared.core.columns import Field, Sum, all_rows
from shared.ledger import canonical, entries, log, sums
from shared.ledger.envelope import decode_payload
from shared.ledger.operation import UnknownKind, read_body, reduce
from shared.ledger.tables import entries as entries_table
from shared.ledger.tables import operations, stream_heads


def rebuild(source: Connection, target: Connection) -> int:
    """Replay the log of `source` into the empty tables of `target`; answers the number of operations replayed."""
    count = 0
    for row in source.execute(
        select(entries_table).order_by(entries_table.c.stream, entries_table.c.generation, entries_table.c.position)
    ):
        entries.receive(
            target,
            entries.Entry(
                stream=row.stream,
                generation=row.generation,
                position=row.position,
                op=row.op,
                payload=row.payload,
                effects=row.effects,
            ),
        )
        count += 1
    for row in source.execute(select(operations).order_by(operations.c.device, operations.c.epoch, operations.c.n)):
        target.execute(operations.insert(), row._asdict())
        payload = decode_payload(row.payload)
        try:
            log.apply_own(target, reduce(read_body(payload), payload), row.org_position, row.branch_position)
        except UnknownKind:
            continue  # kept in the log; a build that knows the kind will apply it
        count += 1
    target.execute(stream_heads.delete())
    for head in source.execute(select(stream_heads)):
        target.execute(stream_heads.insert(), head._asdict())
    return count


def digests(connection: Connection, *, with_sums: bool = True) -> dict[str, str]:
    """SHA-256 of every replicated table's content, rows in order of key; equal content gives equal digests on any engine."""
    return {
        row.__tablename__: _digest(connection, row.__tablename__) for row in all_rows() if with_sums or not issubclass(row, Sum)
    }


def differing(left: Connection, right: Connection) -> list[str]:
    """Names of the tables whose content differs."""
    ours, theirs = digests(left), digests(right)
    return sorted(name for name in ours if ours[name] != theirs[name])


def _digest(connection: Connection, table: str) -> str:
    state = hashlib.sha256()
    for line in _lines(connection, table):
        state.update(line)
    return state.hexdigest()


def _lines(connection: Connection, name: str) -> Iterator[bytes]:
    table = Field.metadata.tables[name]
    for row in connection.execute(select(table).order_by(*table.primary_key)):
        yield canonical.encode(list(row)) + b"\n"


def wrong_sums(connection: Connection) -> list[str]:
    """Sum tables that do not equal Σ of their facts, computed anew from the facts themselves."""
    wrong = (row for row in all_rows() if issubclass(row, Sum) and sums.stored(connection, row) != sums.count(connection, row))
    return [row.__tablename__ for row in wrong]
