"""The log: what is written is what is applied, twice is once, and a chain shows every change."""

import pytest
from hypothesis import given, settings
from sqlalchemy import Connection, Engine, select, update

from shared.core.errors import Refusal
from shared.ledger import canonical, log, rebuild
from shared.ledger.envelope import CHAIN_START, Envelope, decode_payload
from shared.ledger.tables import operations
from shared.staff.operations import PersonAdded
from shared.staff.rules import LOCAL_OWNER, Role
from shared.staff.tables import Person
from tests.support import engines
from tests.support.ledger import DEVICE, PIN, LedgerDesk, record_all
from tests.support.strategies import Made, histories

CHAIN = log.Chain(DEVICE, 1)
DECOMPOSED, COMPOSED = "И\u0306ори\u0306к Ё\u0308", "Йорйк Ё\u0308"


def test_text_is_kept_as_it_stands_in_the_bytes(connection: Connection) -> None:
    desk = LedgerDesk(connection).opens_club()
    staff = desk.hires(Role.CASHIER, name=DECOMPOSED)
    assert connection.scalar(select(Person.name).where(Person.staff_id == staff)) == COMPOSED


@settings(max_examples=60)
@given(histories())
def test_tables_made_again_from_the_log_equal_the_live_ones(memory: Engine, history: list[Made]) -> None:
    with engines.undone(memory) as live, engines.undone(_SECOND) as again:
        recorded = record_all(live, history)
        assert rebuild.rebuild(live, again) == len(history)
        assert rebuild.differing(live, again) == []
        assert rebuild.wrong_sums(live) == []
        assert live.execute(select(operations).order_by(operations.c.op)).all() == (
            again.execute(select(operations).order_by(operations.c.op)).all()
        )
        assert [one.written.link.n for one in recorded if one.written] == list(range(1, len(history) + 1))


@settings(max_examples=60)
@given(histories())
def test_a_second_copy_brings_back_every_operation_once(memory: Engine, history: list[Made]) -> None:
    with engines.undone(memory) as lost, engines.undone(_SECOND) as found:
        written = [one.written for one in record_all(lost, history) if one.written]
        for copy in [*written, *written]:
            log.replay(found, copy)
        assert rebuild.differing(lost, found) == []
        assert rebuild.wrong_sums(found) == []
        assert log.broken_links(found, CHAIN) == []


def test_the_first_link_starts_the_chain_and_each_names_the_one_before(connection: Connection) -> None:
    desk = LedgerDesk(connection).opens_club()
    desk.hires(Role.CASHIER)
    desk.hires(Role.OWNER)
    rows = connection.execute(select(operations).order_by(operations.c.n)).all()
    assert [row.n for row in rows] == [1, 2, 3]
    assert [row.prev for row in rows] == [CHAIN_START, rows[0].hash, rows[1].hash]
    assert [row.body_hash for row in rows] == [canonical.digest(row.payload) for row in rows]
    assert log.broken_links(connection, CHAIN) == []


@pytest.mark.parametrize(
    ("column", "value", "broken"),
    [
        ("payload", b"{}", [2]),
        ("body_hash", bytes(32), [2]),
        ("hash", bytes(32), [2, 3]),
        ("prev", bytes(32), [2]),
        ("n", 7, [3, 7]),
        ("epoch", 2, [3]),
    ],
)
def test_a_changed_link_is_found(connection: Connection, column: str, value: object, broken: list[int]) -> None:
    desk = LedgerDesk(connection).opens_club()
    for role in (Role.CASHIER, Role.OWNER):
        desk.hires(role)
    connection.execute(update(operations).where(operations.c.n == 2).values({column: value}))
    assert log.broken_links(connection, CHAIN) == broken


def test_a_chain_without_its_first_link_is_broken(connection: Connection) -> None:
    desk = LedgerDesk(connection).opens_club()
    desk.hires(Role.CASHIER)
    desk.hires(Role.OWNER)
    connection.execute(operations.delete().where(operations.c.n == 1))
    assert log.broken_links(connection, CHAIN) == [2]
    assert log.broken_links(connection, CHAIN, last=1) == []


def test_the_same_operation_twice_is_one(connection: Connection) -> None:
    desk = LedgerDesk(connection).opens_club()
    op = desk.ids.new_id()
    body = PersonAdded(staff_id=DEVICE, name="Anna", role=Role.CASHIER, pin=PIN)
    tx = desk.transaction(op)
    first = log.record(connection, CHAIN, _envelope(desk, op, body), body, b"one request")
    again = log.find(connection, op, b"one request")
    assert again is not None
    assert (first.fresh, again.fresh, again.body) == (True, False, first.body)
    assert log.find(connection, tx.ids.new_id(), b"one request") is None
    with pytest.raises(Refusal, match="another operation"):
        log.find(connection, op, b"another request")


def _envelope(desk: LedgerDesk, op: str, body: PersonAdded) -> Envelope:
    return Envelope(
        op=op,
        kind=body.kind,
        version=body.version,
        branch=desk.desk.branch,
        actor=LOCAL_OWNER,
        seen=log.seen(desk.connection, desk.desk.branch),
        wall=desk.clock.wall_ms(),
        mono=0,
        boot=desk.clock.boot,
    )


def test_an_operation_knows_what_its_maker_had_seen(connection: Connection) -> None:
    desk = LedgerDesk(connection).opens_club()
    desk.hires(Role.CASHIER)
    desk.hires(Role.OWNER)
    seen = [decode_payload(row[0]).seen for row in connection.execute(select(operations.c.payload).order_by(operations.c.n))]
    assert [(one.org, one.branch) for one in seen] == [(0, 0), (1, 0), (2, 0)]


_SECOND = engines.sqlite()
