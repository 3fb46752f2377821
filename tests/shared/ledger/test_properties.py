"""What holds for every operation of every kind, whatever its values."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core.columns import Fact, Sum, all_rows, row_class
from shared.ledger import canonical
from shared.ledger.effects import Insert, decode_effects, encode_effects
from shared.ledger.envelope import decode_payload, encode_payload
from shared.ledger.log import read
from shared.ledger.operation import operations, reduce
from tests.support.strategies import Made, bodies, envelopes, is_org, operations_made, product_kinds

KINDS = sorted(product_kinds())
EXAMPLES = 60
SUMS = tuple(row for row in all_rows() if issubclass(row, Sum))


def made(kind: str) -> "st.SearchStrategy[Made]":
    return st.tuples(envelopes(kind), bodies(kind))


def ways_to_help(kind: str) -> str:
    return (
        f"values of {kind} made from its types alone do not satisfy its reducer; "
        f"register a strategy for it in tests/support/strategies.py with @made_by_hand({operations()[kind].__name__})"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_made_and_reduced(kind: str) -> None:
    @settings(max_examples=EXAMPLES)
    @given(made(kind))
    def holds(operation: Made) -> None:
        envelope, body = operation
        try:
            composed, stated = read(encode_payload(envelope, body))
            effects = reduce(stated, composed)
        except (AssertionError, TypeError) as fault:
            raise AssertionError(ways_to_help(kind)) from fault
        assert decode_effects(encode_effects(effects)) == effects
        assert encode_effects(decode_effects(encode_effects(effects))) == encode_effects(effects)

    holds()


@settings(max_examples=300)
@given(operations_made())
def test_the_bytes_of_an_operation_are_stable_and_canonical(operation: Made) -> None:
    envelope, body = operation
    data = encode_payload(envelope, body)
    canonical.check(data)
    known, again = read(data)
    assert encode_payload(known, again) == data
    assert encode_payload(decode_payload(data), again) == data


@settings(max_examples=300)
@given(operations_made())
def test_a_reducer_says_the_same_of_an_operation_and_of_its_bytes(operation: Made) -> None:
    envelope, body = operation
    composed, again = read(encode_payload(envelope, body))
    first = encode_effects(reduce(again, composed))
    assert encode_effects(reduce(again, composed)) == first
    assert encode_effects(reduce(body, envelope)) == first


@settings(max_examples=300)
@given(operations_made())
def test_postings_of_an_operation_sum_to_zero_in_each_stream_and_currency(operation: Made) -> None:
    envelope, body = operation
    sums: Counter[tuple[bool, str]] = Counter()
    for effect in reduce(body, envelope):
        if isinstance(effect, Insert) and effect.table == "postings":
            amount, currency = effect.row["amount_minor"], str(effect.row["currency"])
            assert isinstance(amount, int)
            assert amount != 0
            sums[is_org(effect), currency] += amount
    assert all(total == 0 for total in sums.values())


@settings(max_examples=300)
@given(operations_made())
def test_a_fact_declares_every_sum_it_counts_for_and_no_other(operation: Made) -> None:
    """Computed from the declarations of the sum tables, one by one, and not by the product's own helper."""
    envelope, body = operation
    for effect in reduce(body, envelope):
        if not isinstance(effect, Insert):
            continue
        fact = row_class(effect.table)
        assert issubclass(fact, Fact)
        expected = []
        for total in SUMS:
            key = {name: effect.row.get(name) for name in total.__key__}
            if total.__of__ is fact and None not in key.values():
                amounts = {name: by if isinstance(by, int) else effect.row[by] for name, by in total.__adds__.items()}
                expected.append((total.__tablename__, key, amounts))
        declared = [(add.table, add.key, add.amounts) for add in effect.adds]
        assert sorted(declared, key=str) == sorted(expected, key=str)
