"""What registers itself is complete: every operation can be applied, every command and query asks for a right that exists."""

import shared.concepts
from shared.ledger.operation import has_reducer, operations
from shared.ledger.transaction import commands, queries
from shared.staff.rules import Right


def test_every_operation_has_a_reducer() -> None:
    assert shared.concepts.CONCEPTS
    assert operations()
    assert [kind for kind in operations() if not has_reducer(kind)] == []


def test_every_command_asks_for_a_right_that_exists() -> None:
    assert commands()
    assert [command.name for command in commands().values() if command.right not in set(Right)] == []


def test_every_query_is_open_to_all_or_asks_for_a_right_that_exists() -> None:
    assert queries()
    assert [query.name for query in queries().values() if query.right is not None and query.right not in set(Right)] == []


def test_every_command_and_query_says_in_one_sentence_what_it_is_for() -> None:
    said = {entry.name: entry.function.__doc__ for entry in commands().values()}
    said |= {entry.name: entry.function.__doc__ for entry in queries().values()}
    assert [name for name, words in said.items() if not (words or "").strip()] == []


def test_every_concept_with_operations_is_registered() -> None:
    """A concept that is left out of shared/concepts.py would be unknown to every desk."""
    registered = {kind.__module__.split(".")[1] for kind in operations().values()}
    assert registered <= set(shared.concepts.CONCEPTS)
