"""Money is never wrong: the vectors of the trade, and splits that always add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core import money
from shared.core.errors import Refusal
from shared.core.money import RoundingWay

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


def test_a_discount_of_1000_over_3333_3333_3334_takes_333_333_334() -> None:
    assert money.split(1000, (3333, 3333, 3334)) == (333, 333, 334)


@pytest.mark.parametrize(("price_minor", "percent_bp", "left_minor"), [(230, 500, 219), (5895, 1000, 5306), (2545, 1000, 2291)])
def test_a_percentage_leaves_what_the_trade_expects(price_minor: int, percent_bp: int, left_minor: int) -> None:
    assert money.less_percent(price_minor, percent_bp) == left_minor


def test_ties_of_a_split_go_to_the_first_in_order() -> None:
    assert money.split(2, (1, 1, 1)) == (1, 1, 0)


def test_a_split_by_nothing_is_equal() -> None:
    assert money.split(5, (0, 0)) == (3, 2)


@given(st.integers(-(10**12), 10**12), weights)
def test_a_split_always_adds_up(total: int, parts: list[int]) -> None:
    assert sum(money.split(total, parts)) == total


@given(weights, st.data())
def test_no_share_within_the_whole_exceeds_its_weight(parts: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(parts)))
    assert all(0 <= share <= weight for share, weight in zip(money.split(total, parts), parts, strict=True))


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_a_division_is_the_nearest_and_mirrors_its_sign(numerator: int, denominator: int) -> None:
    quotient = money.divide(numerator, denominator)
    assert 2 * abs(quotient * denominator - numerator) <= denominator
    assert money.divide(-numerator, denominator) == -quotient


def test_halves_go_away_from_zero() -> None:
    assert [money.divide(value, 2) for value in (1, 3, -1, -3)] == [1, 2, -1, -2]


def test_a_quantity_times_a_price_is_rounded_once() -> None:
    assert money.times(333, 9999) == 3330
    assert money.times(1500, 33) == 50


def test_tax_inside_and_on_top_of_the_same_amount() -> None:
    assert money.tax_inside(12_000, 2000) == 2000
    assert money.tax_on_top(10_000, 2000) == 2000
    assert money.tax_inside(10_000, 0) == 0


@pytest.mark.parametrize(
    ("amount", "way", "added"),
    [
        (12_345, RoundingWay.DOWN, -45),
        (12_345, RoundingWay.UP, 55),
        (12_345, RoundingWay.NEAREST, -45),
        (12_350, RoundingWay.NEAREST, 50),
        (12_300, RoundingWay.UP, 0),
        (-12_345, RoundingWay.UP, -55),
    ],
)
def test_cash_rounding_reaches_the_step_in_its_direction(amount: int, way: RoundingWay, added: int) -> None:
    assert money.cash_rounding(amount, 100, way) == added


@given(st.integers(-(10**12), 10**12), st.integers(1, 10_000), st.sampled_from(RoundingWay))
def test_a_rounded_amount_is_a_multiple_less_than_a_step_away(amount: int, step: int, way: RoundingWay) -> None:
    added = money.cash_rounding(amount, step, way)
    assert (amount + added) % step == 0
    assert abs(added) < step


def test_an_amount_beyond_the_bound_is_refused() -> None:
    assert money.bounded(-money.AMOUNT_MAX_MINOR) == -(2**53)
    with pytest.raises(Refusal, match="too large"):
        money.times(10**9, 10**14)


def test_421_roubles_are_two_notes_of_200_and_coins() -> None:
    assert money.pieces(42_100, money.RUB.notes) == (((20_000, 2),), 2_100)


def test_every_currency_lists_its_money_from_high_to_low() -> None:
    for currency in money.CURRENCIES.values():
        for kind in (currency.notes, currency.coins, currency.small_coins):
            assert list(kind) == sorted(set(kind), reverse=True)
        assert currency.minor_per_unit == 100


def test_an_unknown_currency_is_refused_by_name() -> None:
    assert money.currency("RUB") is money.RUB
    with pytest.raises(Refusal, match="XYZ"):
        money.currency("XYZ")
