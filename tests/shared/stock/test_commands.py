"""What lies there, what it cost, and what is left after selling more than was known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.books import accounts
from shared.books.queries import balance
from shared.sales.commands import LineAsked
from shared.shifts.commands import open_shift
from shared.stock.commands import CountedGoods, record_stock
from shared.stock.queries import below_zero, levels_of, product_moves
from shared.stock.rules import Level, cost_of
from tests.support.ledger import LedgerDesk


def level(desk: LedgerDesk, product: str) -> tuple[int, int]:
    now = levels_of(desk.reading, [product])[product]
    return now.quantity_milli, now.value_minor


def counts(desk: LedgerDesk, product: str, milli: int, cost: int | None = None) -> None:
    desk.does(record_stock, goods=(CountedGoods(product, milli, cost),))


def test_an_opening_stock_is_worth_what_was_said(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    counts(desk, cola, 10_000, 500)
    assert level(desk, cola) == (10_000, 5_000)
    assert balance(desk.reading, accounts.STOCK, "RUB") == 5_000
    assert balance(desk.reading, accounts.OPENING_STOCK, "RUB") == -5_000


def test_counting_less_takes_the_average_cost_along(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    counts(desk, cola, 3_000, 333)
    counts(desk, cola, 2_000)
    assert level(desk, cola) == (2_000, 666)
    counts(desk, cola, 0)
    assert level(desk, cola) == (0, 0)
    assert balance(desk.reading, accounts.STOCK, "RUB") == 0


@pytest.mark.parametrize(
    ("before", "unit_cost", "after", "value"),
    [(10_000, 500, 20_000, 10_000), (500, 200, 1_500, 300), (3_000, 333, 4_000, 1_332), (0, None, 5_000, 0)],
)
def test_counting_more_without_a_cost_keeps_the_average(
    desk: LedgerDesk, before: int, unit_cost: int | None, after: int, value: int
) -> None:
    nuts = desk.stocks("Nuts", 10_000, unit="kg")
    counts(desk, nuts, before, unit_cost)
    counts(desk, nuts, after)
    assert level(desk, nuts) == (after, value)


def test_goods_received_after_selling_below_zero_have_their_own_cost(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    desk.does(open_shift)
    desk.sells(LineAsked(product_id=cola, quantity_milli=2_000), cash=20_000)
    assert [(one.product_id, one.quantity_milli) for one in below_zero(desk.reading)] == [(cola, -2_000)]
    counts(desk, cola, 20_000, 330)
    assert level(desk, cola) == (20_000, 6_600)
    assert below_zero(desk.reading) == ()


def test_every_move_is_there_to_be_seen(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    desk.does(open_shift)
    counts(desk, cola, 10_000, 500)
    desk.sells(LineAsked(product_id=cola, quantity_milli=3_000), cash=30_000)
    moves = desk.asks(product_moves, product_id=cola)
    assert [(move.reason, move.quantity_milli, move.value_minor) for move in moves] == [
        ("sale", -3_000, -1_500),
        ("recorded", 10_000, 5_000),
    ]


def test_a_list_that_cannot_be_meant_is_refused(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    assert desk.refuses(record_stock, goods=()) == "bad_stock_list"
    assert desk.refuses(record_stock, goods=(CountedGoods(cola, 1), CountedGoods(cola, 2))) == "bad_stock_list"
    assert desk.refuses(record_stock, goods=(CountedGoods(cola, -1),)) == "bad_quantity"
    assert desk.refuses(record_stock, goods=(CountedGoods(cola, 1, -1),)) == "bad_cost"


@given(st.integers(1, 10**6), st.integers(0, 10**9), st.lists(st.integers(1, 10**5), max_size=30))
def test_taking_everything_bit_by_bit_takes_the_whole_value(quantity: int, value: int, takes: list[int]) -> None:
    now, taken = Level(quantity, value), 0
    for take in [*takes, quantity]:
        part = min(take, now.quantity_milli)
        cost = cost_of(now, part)
        assert 0 <= cost <= now.value_minor
        taken += cost
        now = Level(now.quantity_milli - part, now.value_minor - cost)
    assert (now, taken) == (Level(0, 0), value)


def test_nobody_counts_goods_that_are_not_there(desk: LedgerDesk) -> None:
    stranger = CountedGoods("00000000-0000-7000-8000-00000000dead", 1_000)
    assert desk.refuses(record_stock, goods=(stranger,)) == "unknown_product"
    cola = desk.stocks("Cola", 10_000)
    assert desk.refuses(record_stock, goods=(CountedGoods(cola, 1_000),), note="x" * 501) == "text_too_long"
