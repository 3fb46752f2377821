"""Entries may come in any order and any number of times, on any engine: the tables end up equal."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from shared.core.columns import Row
from shared.core.errors import FactConflict
from shared.ledger import entries, log, rebuild, writes
from shared.ledger.effects import Insert, Put, decode_effects, encode_effects
from shared.ledger.entries import Entry
from shared.ledger.tables import entries as entries_table
from shared.ledger.tables import stream_heads
from tests.convergence.conftest import Replicas
from tests.support import engines
from tests.support.ledger import record_all
from tests.support.strategies import GOODS, Made, entries_of, histories, product_kinds

EXAMPLES = 50
FIELD_KINDS = ("products_put", "branch_changed", "person_changed", "tax_rate_put")


def deliver(connection: Connection, sent: Sequence[Entry]) -> None:
    for entry in sent:
        entries.receive(connection, entry)


def heads(connection: Connection) -> dict[str, tuple[int, int]]:
    return {row.stream: (row.generation, row.position) for row in connection.execute(select(stream_heads))}


@st.composite
def deliveries(draw: st.DrawFn, kinds: Sequence[str] | None = None) -> tuple[list[Entry], list[Entry]]:
    """The entries of a history in their order, and the same shuffled with repetitions."""
    history = draw(histories(8, kinds))
    sent = entries_of(history, restarts_at=draw(st.none() | st.integers(0, len(history))))
    repeated = draw(st.lists(st.sampled_from(sent), max_size=6)) if sent else []
    return sent, draw(st.permutations([*sent, *repeated]))


@settings(max_examples=EXAMPLES)
@given(delivery=deliveries())
def test_any_order_and_any_repetition_ends_in_equal_tables(replicas: Replicas, delivery: tuple[list[Entry], list[Entry]]) -> None:
    sent, shuffled = delivery
    with engines.undone(replicas[0]) as in_order, engines.undone(replicas[1]) as in_any_order:
        deliver(in_order, sent)
        deliver(in_any_order, shuffled)
        assert rebuild.differing(in_order, in_any_order) == []
        assert rebuild.wrong_sums(in_any_order) == []
        assert heads(in_order) == heads(in_any_order)
        assert in_any_order.scalar(select(func.count()).select_from(entries_table)) == len(sent)


@settings(max_examples=EXAMPLES)
@given(delivery=deliveries(FIELD_KINDS))
def test_the_newest_version_of_every_field_wins_whatever_came_last(
    replicas: Replicas, delivery: tuple[list[Entry], list[Entry]]
) -> None:
    """The oracle is a plain dict: entries sorted by generation and position, each field overwritten."""
    sent, shuffled = delivery
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for entry in sorted(sent, key=lambda one: (one.generation, one.position)):
        given_here: set[tuple[str, str, str]] = set()
        for effect in decode_effects(entry.effects):
            assert isinstance(effect, Put)
            if not effect.fields:
                continue  # nothing was put, so there is no row yet
            key = effect.table, msgspec.json.encode(sorted(effect.key.items())).decode()
            row = rows.setdefault(key, dict(effect.key))
            for name, value in effect.fields.items():
                if (*key, name) not in given_here:  # within one entry the first word stands
                    row[name] = value
                    given_here.add((*key, name))
    with engines.undone(replicas[1]) as connection:
        deliver(connection, shuffled)
        for (table, _), expected in rows.items():
            assert expected.items() <= found(connection, table, expected).items()


def found(connection: Connection, table: str, row: dict[str, object]) -> dict[str, object]:
    declared = Row.metadata.tables[table]
    key = [column == row[column.name] for column in declared.primary_key]
    return dict(connection.execute(select(declared).where(*key)).mappings().one())


@settings(max_examples=EXAMPLES // 2)
@given(history=histories(8))
def test_a_desk_that_follows_equals_the_desk_that_acted(replicas: Replicas, history: list[Made]) -> None:
    with engines.undone(replicas[0]) as acted, engines.undone(replicas[1]) as followed:
        record_all(acted, history)
        deliver(followed, entries_of(history, generation=log.OWN_GENERATION))
        assert rebuild.differing(acted, followed) == []
        assert heads(acted) == heads(followed)


@settings(max_examples=EXAMPLES // 2)
@given(history=histories(8), data=st.data())
def test_own_operations_that_come_back_change_no_fact_and_no_sum(
    replicas: Replicas, history: list[Made], data: st.DataObject
) -> None:
    echo = data.draw(st.permutations(entries_of(history)))
    with engines.undone(replicas[0]) as source, engines.undone(replicas[1]) as desk, engines.undone(replicas[2]) as again:
        deliver(source, entries_of(history))
        record_all(desk, history)
        deliver(desk, echo)
        assert rebuild.differing(source, desk) == []
        assert rebuild.wrong_sums(desk) == []
        rebuild.rebuild(desk, again)
        assert rebuild.differing(desk, again) == []


@settings(max_examples=EXAMPLES // 2)
@given(history=histories(6))
def test_the_same_key_with_other_content_is_an_alarm(replicas: Replicas, history: list[Made]) -> None:
    with engines.undone(replicas[1]) as connection:
        sent = entries_of(history)
        deliver(connection, sent)
        before = rebuild.digests(connection)
        facts = [effect for entry in sent for effect in decode_effects(entry.effects) if isinstance(effect, Insert)]
        for fact in facts:
            writes.apply(connection, [fact], 0)
            with pytest.raises(FactConflict):
                writes.apply(connection, [other_content(fact)], 0)
        assert rebuild.digests(connection) == before


def other_content(fact: Insert) -> Insert:
    key = {column.name for column in Row.metadata.tables[fact.table].primary_key}
    name = next(name for name, value in fact.row.items() if name not in key and type(value) is int)
    value = fact.row[name]
    assert type(value) is int
    return Insert(fact.table, {**fact.row, name: value + 1}, fact.adds)


def test_a_place_in_a_stream_is_taken_once(replicas: Replicas) -> None:
    first, second = (
        Entry(stream="org", generation=1, position=1, op=GOODS[number], payload=b"{}", effects=encode_effects(()))
        for number in (0, 1)
    )
    with engines.undone(replicas[1]) as connection:
        entries.receive(connection, first)
        entries.receive(connection, first)
        with pytest.raises(FactConflict):
            entries.receive(connection, msgspec.structs.replace(first, payload=b"[]"))
        entries.receive(connection, msgspec.structs.replace(second, position=2))
        assert heads(connection) == {"org": (1, 2)}


def test_every_kind_of_the_product_is_delivered_in_these_proofs() -> None:
    """A kind nobody draws would be proved by nothing."""
    drawn: set[str] = set()

    @settings(max_examples=2)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        for kind in product_kinds():
            drawn.update(envelope.kind for envelope, _ in data.draw(histories(1, [kind])))

    draw()
    assert drawn == set(product_kinds())


def test_text_sorts_by_code_point_whatever_the_language_of_the_database(replicas: Replicas) -> None:
    names = ["a", "B", "ё", "я", "Я", "б", "0", " z", "-"]
    with engines.undone(replicas[1]) as connection:
        for number, name in enumerate(names):
            writes.apply(connection, [Put("categories", {"category_id": GOODS[0][:-2] + f"{number:02d}"}, {"path": name})], 1)
        path = Row.metadata.tables["categories"].c.path
        assert [row[0] for row in connection.execute(select(path).order_by(path))] == sorted(names)
