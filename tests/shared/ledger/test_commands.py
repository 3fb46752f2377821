"""What holds for every command there is, taken from the registry."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from shared.books.queries import trial_balance
from shared.core.columns import Row
from shared.core.errors import Refusal
from shared.ledger import log, rebuild
from shared.ledger.tables import operations
from shared.ledger.transaction import command_of, commands, run
from shared.shifts.commands import open_shift
from shared.staff.commands import record_sign_in
from shared.staff.rules import Right
from tests.support import engines
from tests.support.ledger import LedgerDesk
from tests.support.strategies import of_type
from tests.wire.day import whole_day

NAMES = sorted(name for name, one in commands().items() if one.function.__module__.startswith("shared."))
EXAMPLES = 25


@pytest.fixture(scope="module")
def club() -> Iterator[LedgerDesk]:
    """A club after a whole day, with the next shift open."""
    with engines.undone(engines.sqlite()) as connection:
        desk = whole_day(LedgerDesk(connection))
        desk.does(open_shift)
        yield desk


def count(desk: LedgerDesk) -> int:
    return desk.connection.scalar(select(func.count()).select_from(operations)) or 0


@pytest.mark.parametrize("name", NAMES)
def test_without_its_right_a_command_is_refused_before_it_looks(club: LedgerDesk, name: str) -> None:
    asked, before = commands()[name], count(club)
    everything_else = frozenset(Right) - {asked.right}
    with pytest.raises(Refusal) as refused:
        run(club.transaction(rights=everything_else), club.clock, asked, {})
    assert (refused.value.code, refused.value.params["right"]) == ("no_right", asked.right)
    assert count(club) == before


def known_ids(desk: LedgerDesk) -> list[str]:
    """Ids that mean something here: goods, people, shifts, sales."""
    found: list[str] = []
    for table, column in (("products", "product_id"), ("staff", "staff_id"), ("shifts", "shift_id"), ("sales", "sale_id")):
        found += desk.connection.execute(select(Row.metadata.tables[table].c[column])).scalars()
    return found


def _huge(described: msgspec.inspect.Type) -> "st.SearchStrategy[int]":
    """Numbers beyond what a database can keep, where a number is asked for."""
    numbers = [described, *getattr(described, "types", ())]
    return (
        st.sampled_from((2**63, -(2**63) - 1))
        if any(isinstance(one, msgspec.inspect.IntType) for one in numbers)
        else st.nothing()
    )


def arguments_of(name: str, ids: list[str]) -> "st.SearchStrategy[dict[str, Any]]":
    """Anything the command's own declaration lets through."""
    described = msgspec.inspect.type_info(commands()[name].arguments)
    assert isinstance(described, msgspec.inspect.StructType)
    known = {one.name: st.sampled_from(ids) for one in described.fields if one.name.endswith("_id") or one.name == "count"}
    free = {one.name: of_type(one.type) | _huge(one.type) for one in described.fields}
    both = {key: known[key] if key in known and name != "count_drawer" else free[key] for key in free}
    return st.fixed_dictionaries(both)


@pytest.mark.parametrize("name", NAMES)
def test_any_arguments_are_recorded_whole_or_refused_in_words(club: LedgerDesk, name: str) -> None:
    ids = known_ids(club)

    @settings(max_examples=EXAMPLES)
    @given(arguments_of(name, ids))
    def holds(arguments: dict[str, Any]) -> None:
        before = count(club)
        with club.connection.begin_nested() as undo:
            try:
                recorded = club.does(commands()[name].function, **arguments)
            except Refusal as refusal:
                refused = str(refusal)
                undo.rollback()
                assert refused
            else:
                assert recorded.fresh
                assert count(club) == before + 1
                assert set(trial_balance(club.reading).values()) <= {0}
                undo.rollback()
        assert count(club) == before

    holds()


UNKEEPABLE = {
    "a lone surrogate": "goods\udcff.xlsx",
    "a zero byte": "goods\x00.xlsx",
}


@pytest.mark.parametrize("text", UNKEEPABLE.values(), ids=UNKEEPABLE)
def test_text_that_no_database_can_keep_is_refused(club: LedgerDesk, text: str) -> None:
    asked: dict[str, Any] = {"file": text, "rows": 1, "taken": 0, "rejected_count": 0}
    assert club.refuses(commands()["finish_import"].function, **asked) == "text_unreadable"


def test_a_backslash_before_zeros_is_only_text(club: LedgerDesk) -> None:
    asked: dict[str, Any] = {"file": "a\\u0000.xlsx", "rows": 1, "taken": 0, "rejected_count": 0}
    assert club.does(commands()["finish_import"].function, **asked).fresh


def test_a_day_leaves_true_sums_whole_chains_and_balanced_books(club: LedgerDesk) -> None:
    assert rebuild.wrong_sums(club.connection) == []
    assert log.broken_links(club.connection, club.desk.chain) == []
    assert set(trial_balance(club.reading).values()) == {0}
    with engines.undone(engines.sqlite()) as again:
        rebuild.rebuild(club.connection, again)
        assert rebuild.differing(club.connection, again) == []


def test_a_day_on_another_engine_ends_in_equal_tables(club: LedgerDesk) -> None:
    for name in engines.ENGINES:
        with engines.undone(engines.new_engine(name)) as connection:
            other = whole_day(LedgerDesk(connection))
            other.does(open_shift)
            assert rebuild.differing(club.connection, connection) == []
            assert log.broken_links(connection, other.desk.chain) == []


def test_the_answer_to_a_repeated_operation_is_the_first_one(club: LedgerDesk) -> None:
    op = club.ids.new_id()
    first = club.does(record_sign_in, op=op, ok=True)
    again = club.does(record_sign_in, op=op, ok=True)
    assert (first.fresh, again.fresh) == (True, False)
    assert msgspec.to_builtins(again.body) == msgspec.to_builtins(first.body)
    assert club.refuses(record_sign_in, op=op, ok=False) == "operation_id_reused"
    assert club.refuses(open_shift, op=op) == "operation_id_reused"


def test_every_registered_command_is_found_by_its_function() -> None:
    assert [command_of(commands()[name].function).name for name in NAMES] == NAMES
