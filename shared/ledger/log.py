"""The log: an operation and everything that follows from it, in one transaction."""

import msgspec
from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from shared.core.columns import row_class
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger import canonical, writes
from shared.ledger.effects import Effect, version_at
from shared.ledger.envelope import CHAIN_START, Envelope, Link, Payload, Seen, decode_payload, encode_payload, read_back
from shared.ledger.operation import Operation, UnknownKind, read_body, reduce
from shared.ledger.prepared import Prepared
from shared.ledger.tables import operations, stream_heads

OWN_GENERATION = 0
"""The generation in which a desk that is not enrolled orders for itself."""
ORG = "org"
ROWS_AT_ONCE = 500

_BY_ID = Prepared(select(operations.c.payload, operations.c.request_hash).where(operations.c.op == bindparam("id")))
_LAST_LINK = Prepared(
    select(operations.c.n, operations.c.hash)
    .where(and_(operations.c.device == bindparam("of_device"), operations.c.epoch == bindparam("of_epoch")))
    .order_by(operations.c.n.desc())
    .limit(1)
)
_HEADS = Prepared(
    select(stream_heads.c.stream, stream_heads.c.position).where(
        or_(stream_heads.c.stream == ORG, stream_heads.c.stream == bindparam("own"))
    )
)
_ADVANCE = Prepared(
    update(stream_heads)
    .where(stream_heads.c.stream == bindparam("of_stream"))
    .values(position=stream_heads.c.position + 1)
    .returning(stream_heads.c.position)
)
_APPEND = Prepared(insert(operations))


class Chain(msgspec.Struct, frozen=True):
    """Whose log this is: a device and its current epoch."""

    device: Id
    epoch: int


class Written(msgspec.Struct, frozen=True):
    """An operation as it stands in the log, for whoever keeps a second copy."""

    link: Link
    payload: bytes
    request_hash: bytes | None


class Recorded(msgspec.Struct, frozen=True):
    """An operation in the log. `fresh` is False when the same operation had been recorded before."""

    envelope: Envelope
    body: Operation
    fresh: bool = True
    tables: frozenset[str] = frozenset()
    written: Written | None = None
    """How it was written, when it was written now."""


def record(
    connection: Connection, chain: Chain, envelope: Envelope, body: Operation, request_hash: bytes | None = None
) -> Recorded:
    """Append an operation with its effects. The caller owns the transaction and has checked `find` before."""
    data = encode_payload(envelope, body)
    # What follows is taken from the bytes: they hold composed text, and every other replica will read nothing else.
    body = read_body(read_back(data))
    link = next_link(connection, chain, data)
    tables = _append(connection, link, envelope, data, reduce(body, envelope), request_hash)
    return Recorded(envelope, body, tables=frozenset(tables), written=Written(link, data, request_hash))


def replay(connection: Connection, written: Written) -> set[str]:
    """Append an operation that this replica has lost, exactly as it was; one that is there stays. Names the tables touched.

    Raises NotCanonical.
    """
    payload = decode_payload(written.payload)
    if connection.execute(select(operations.c.op).where(operations.c.op == payload.op)).one_or_none() is not None:
        return set()
    try:
        effects = reduce(read_body(payload), payload)
    except UnknownKind:
        effects = ()  # kept in the log; a build that knows the kind will apply it
    return _append(connection, written.link, payload, written.payload, effects, written.request_hash)


def _append(
    connection: Connection,
    link: Link,
    envelope: Envelope,
    data: bytes,
    effects: tuple[Effect, ...],
    request_hash: bytes | None,
) -> set[str]:
    org = [_is_org(effect) for effect in effects]
    org_position = _next_position(connection, ORG) if any(org) else None
    branch_position = _next_position(connection, envelope.branch) if not all(org) else None
    row = _log_row(link, envelope, data) | {
        "org_position": org_position,
        "branch_position": branch_position,
        "request_hash": request_hash,
        "verdict": None,
    }
    _APPEND.rows(connection, **row)
    return apply_own(connection, effects, org_position, branch_position)


def apply_own(
    connection: Connection, effects: tuple[Effect, ...], org_position: int | None, branch_position: int | None
) -> set[str]:
    """Apply the desk's own effects at the versions its own order gives them."""
    if org_position is None or branch_position is None:
        return writes.apply(connection, effects, version_at(OWN_GENERATION, org_position or branch_position or 0))
    org = [effect for effect in effects if _is_org(effect)]
    branch = [effect for effect in effects if not _is_org(effect)]
    return writes.apply(connection, org, version_at(OWN_GENERATION, org_position)) | writes.apply(
        connection, branch, version_at(OWN_GENERATION, branch_position)
    )


def find(connection: Connection, op: Id, request_hash: bytes | None) -> Recorded | None:
    """The operation already recorded under this id: pressing twice counts once.

    Raises Refusal when the id was used for a different request.
    """
    row = _BY_ID.first(connection, id=op)
    if row is None:
        return None
    data, asked = row
    if request_hash is not None and asked is not None and asked != request_hash:
        raise Refusal("operation_id_reused", N_("This number was used for another operation. Open the window again"))
    payload = decode_payload(data)
    return Recorded(payload, read_body(payload), fresh=False)


def next_link(connection: Connection, chain: Chain, payload: bytes) -> Link:
    """The link that follows the last one of this chain."""
    n, prev = _LAST_LINK.first(connection, of_device=chain.device, of_epoch=chain.epoch) or (0, CHAIN_START)
    return Link(device=chain.device, epoch=chain.epoch, n=n + 1, prev=prev, body_hash=canonical.digest(payload))


def seen(connection: Connection, branch: Id) -> Seen:
    """Positions of both streams that this replica has applied."""
    positions = dict(_HEADS.rows(connection, own=branch))
    return Seen(org=positions.get(ORG, 0), branch=positions.get(branch, 0))


def broken_links(connection: Connection, chain: Chain, last: int | None = None) -> list[int]:
    """Numbers `n` at which the chain does not hold; `last` limits the look to the newest links."""
    chosen = select(operations.c.n, operations.c.prev, operations.c.hash, operations.c.body_hash, operations.c.payload).where(
        operations.c.device == chain.device, operations.c.epoch == chain.epoch
    )
    chosen = chosen.order_by(operations.c.n.desc()).limit(None if last is None else last + 1)
    broken: set[int] = set()
    expected: tuple[int, bytes] | None = None
    for looked_at, row in enumerate(connection.execution_options(yield_per=ROWS_AT_ONCE).execute(chosen)):
        if expected is not None and expected != (row.n, row.hash):
            broken.add(expected[0] + 1)
        if looked_at == last:
            return sorted(broken)
        link = Link(device=chain.device, epoch=chain.epoch, n=row.n, prev=row.prev, body_hash=row.body_hash)
        if canonical.digest(row.payload) != row.body_hash or link.hash != row.hash:
            broken.add(row.n)
        expected = row.n - 1, row.prev
    if expected is not None and expected != (0, CHAIN_START):
        broken.add(expected[0] + 1)
    return sorted(broken)


def read(data: bytes) -> tuple[Payload, Operation]:
    """Envelope and body of stored payload bytes."""
    payload = decode_payload(data)
    return payload, read_body(payload)


def _log_row(link: Link, envelope: Envelope, data: bytes) -> dict[str, object]:
    return {
        "op": envelope.op,
        "device": link.device,
        "epoch": link.epoch,
        "n": link.n,
        "prev": link.prev,
        "hash": link.hash,
        "body_hash": link.body_hash,
        "payload": data,
        "kind": envelope.kind,
    }


def _next_position(connection: Connection, stream: str) -> int:
    """One more position, from the locked head row: sequences lose rows to readers under concurrency."""
    advanced = _ADVANCE.first(connection, of_stream=stream)
    if advanced is None:
        connection.execute(insert(stream_heads).values(stream=stream, generation=OWN_GENERATION, position=1))
        return 1
    return int(advanced[0])


def _is_org(effect: Effect) -> bool:
    return row_class(effect.table).__stream__ == "org"
