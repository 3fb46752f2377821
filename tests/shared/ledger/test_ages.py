"""A desk that was not upgraded follows a newer one, and knows everything once it is upgraded itself."""

import msgspec
import pytest
from sqlalchemy import Connection, select

from shared.core.columns import Row
from shared.ledger import entries, rebuild
from shared.ledger.effects import Add, Insert, Put, Value, decode_effects, encode_effects
from shared.ledger.entries import Entry
from shared.ledger.tables import entries as entries_table
from tests.support.ledger import BRANCH
from tests.support.strategies import GOODS, PEOPLE, SHIFTS

MOVE: dict[str, Value] = {
    "branch_id": BRANCH,
    "op": GOODS[1],
    "line": 0,
    "product_id": GOODS[0],
    "quantity_milli": 5000,
    "value_minor": 700,
    "reason": "recorded",
    "shift_id": SHIFTS[0],
    "at": 1,
}
LEVEL = Add(
    "stock_levels", {"branch_id": BRANCH, "product_id": GOODS[0]}, {"quantity_milli": 5000, "value_minor": 700, "moves": 1}
)
PERSON = Put("staff", {"staff_id": PEOPLE[0]}, {"name": "Anna", "role": "cashier", "archived": False})
HOROSCOPE = Insert("horoscopes", {"op": GOODS[1], "words": "A good day"})


def entry(*effects: Insert | Put, position: int = 1) -> Entry:
    return Entry(
        stream=BRANCH,
        generation=1,
        position=position,
        op=GOODS[position],
        payload=b"{}",
        effects=encode_effects(effects),
    )


def hide(monkeypatch: pytest.MonkeyPatch, *hidden: str) -> None:
    """Make this build as old as one without these tables and columns (`table` or `table.column`)."""
    known = entries._columns

    def columns(table: str) -> set[str]:
        return set() if table in hidden else {name for name in known(table) if f"{table}.{name}" not in hidden}

    monkeypatch.setattr(entries, "_columns", columns)


def waiting(connection: Connection) -> list[int]:
    chosen = select(entries_table.c.position).where(entries_table.c.waiting).order_by(entries_table.c.position)
    return [row[0] for row in connection.execute(chosen)]


def content(connection: Connection, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(Row.metadata.tables[table])).mappings()]


def test_an_unknown_table_waits_and_the_rest_of_its_entry_is_applied(connection: Connection) -> None:
    received = entry(PERSON, HOROSCOPE)
    assert entries.receive(connection, received) == {"staff"}
    assert waiting(connection) == [1]
    assert content(connection, "staff")[0]["name"] == "Anna"
    assert decode_effects(connection.scalar(select(entries_table.c.effects)) or b"") == (PERSON, HOROSCOPE)
    assert entries.receive(connection, received) == set()


def test_after_the_upgrade_what_waited_is_applied_once(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "staff", "stock_moves")
    entries.receive(connection, entry(PERSON, Insert("stock_moves", dict(MOVE), (LEVEL,))))
    assert (content(connection, "staff"), content(connection, "stock_levels"), waiting(connection)) == ([], [], [1])
    monkeypatch.undo()
    assert entries.apply_waiting(connection) >= {"staff", "stock_moves"}
    assert waiting(connection) == []
    assert content(connection, "stock_moves") == [MOVE]
    assert rebuild.wrong_sums(connection) == []
    before = rebuild.digests(connection)
    entries.apply_waiting(connection)
    assert rebuild.digests(connection) == before


@pytest.mark.parametrize("hidden", ["stock_moves.shift_id", "staff.role", "stock_levels", "stock_levels.moves"])
def test_an_upgraded_desk_equals_one_that_was_never_old(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    sent = [entry(PERSON, Insert("stock_moves", dict(MOVE), (LEVEL,)))]
    newer = msgspec.structs.replace(PERSON, fields={"name": "Anna B."})
    sent.append(entry(newer, Insert("stock_moves", {**MOVE, "op": GOODS[2]}, (LEVEL,)), position=2))
    with connection.begin_nested() as never_old:
        for one in sent:
            entries.receive(connection, one)
        expected = rebuild.digests(connection)
        never_old.rollback()
    hide(monkeypatch, hidden)
    entries.receive(connection, sent[0])
    monkeypatch.undo()
    entries.receive(connection, sent[1])
    entries.apply_waiting(connection)
    assert waiting(connection) == []
    assert rebuild.wrong_sums(connection) == []
    assert rebuild.digests(connection) == expected


def test_a_sum_that_grew_a_column_still_counts_on_an_old_desk(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the old desk does know of the sum stays true while it waits for its upgrade."""
    hide(monkeypatch, "stock_levels.moves")
    entries.receive(connection, entry(Insert("stock_moves", dict(MOVE), (LEVEL,))))
    level = content(connection, "stock_levels")[0]
    assert (level["quantity_milli"], level["value_minor"]) == (5000, 700)
    assert waiting(connection) == [1]
