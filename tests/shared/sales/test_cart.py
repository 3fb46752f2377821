"""The open cart: merging, quantities, discounts, and a history that never loses a step."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Refusal
from shared.sales import cart as carts
from shared.sales.cart import EMPTY_CART, Cart, CartItem, History
from shared.sales.rules import Discount


def item(name: str = "Cola", price_minor: int = 11_000, unit: str = "pcs", age_mark: int = 0) -> CartItem:
    return CartItem(
        product_id=f"id-{name}",
        name=name,
        unit=unit,
        price_minor=price_minor,
        tax_rate_id="vat20",
        tax_bp=2000,
        age_mark=age_mark,
    )


COLA, BUN, BEER = item(), item("Bun", 5_000), item("Beer", 20_000, age_mark=18)


def test_the_same_product_at_the_same_price_joins_its_line() -> None:
    cart = EMPTY_CART.add(COLA).add(BUN).add(COLA, 2000)
    assert [(line.name, line.quantity_milli) for line in cart.lines] == [("Cola", 3000), ("Bun", 1000)]
    assert cart.line(cart.selected).name == "Cola"


def test_the_same_product_at_another_price_is_another_line() -> None:
    assert len(EMPTY_CART.add(COLA).add(item(price_minor=9_000)).lines) == 2


def test_unique_pieces_never_join_and_are_scanned_once() -> None:
    cart = EMPTY_CART.add(COLA, marking="A").add(COLA, marking="B").add(COLA)
    assert len(cart.lines) == 3
    with pytest.raises(Refusal, match="very piece"):
        cart.add(COLA, marking="A")
    with pytest.raises(Refusal, match="one by one"):
        cart.set_quantity(1, 2000)


def test_taking_away_the_last_piece_takes_the_line_away() -> None:
    cart = EMPTY_CART.add(COLA, 2000).change_quantity(1, -1000)
    assert cart.line(1).quantity_milli == 1000
    assert cart.change_quantity(1, -1000).is_empty


def test_removing_a_line_selects_its_neighbour_and_keeps_the_numbers() -> None:
    cart = EMPTY_CART.add(COLA).add(BUN).add(BEER)
    assert cart.select(2).remove(2).selected == 3
    assert cart.remove(3).selected == 2
    assert [line.line_no for line in cart.remove(1).add(COLA).lines] == [2, 3, 4]


def test_a_cart_cleared_does_not_use_its_numbers_again() -> None:
    assert EMPTY_CART.add(COLA).clear().add(BUN).selected == 2


def test_the_selection_moves_and_stops_at_the_ends() -> None:
    cart = EMPTY_CART.add(COLA).add(BUN)
    assert cart.move_selection(5).selected == 2
    assert cart.move_selection(-5).selected == 1
    assert EMPTY_CART.move_selection(1) == EMPTY_CART


def test_the_cart_tells_the_highest_age_asked() -> None:
    assert EMPTY_CART.age_mark == 0
    assert EMPTY_CART.add(COLA).add(BEER).age_mark == 18


def test_discounts_of_line_and_document_work_together_and_are_capped() -> None:
    cart = EMPTY_CART.add(COLA).add(BUN).discount_line(1, Discount(percent_bp=1000)).discount_document(Discount(amount_minor=900))
    assert cart.totals().total_minor == 9_900 + 5_000 - 900
    with pytest.raises(Refusal):
        cart.discount_line(2, Discount(amount_minor=5_001))
    with pytest.raises(Refusal):
        cart.discount_document(Discount(amount_minor=14_901))


def test_a_document_discount_above_what_is_left_takes_only_what_is_left() -> None:
    cart = EMPTY_CART.add(COLA).add(BUN).discount_document(Discount(amount_minor=12_000)).remove(1)
    assert cart.totals().total_minor == 0


@pytest.mark.parametrize("quantity", [0, -1000, 500, 10_000_000])
def test_a_wrong_quantity_never_reaches_the_cart(quantity: int) -> None:
    for cart in (EMPTY_CART, EMPTY_CART.add(COLA)):
        with pytest.raises(Refusal):
            cart.add(COLA, quantity)


def test_what_is_weighed_is_sold_in_fractions() -> None:
    assert EMPTY_CART.add(item("Nuts", 100_000, unit="kg"), 150).totals().total_minor == 15_000


def test_a_full_cart_refuses_another_line() -> None:
    cart = EMPTY_CART
    for number in range(carts.LINES_MAX):
        cart = cart.add(item(f"Item {number}"))
    with pytest.raises(Refusal, match="At most 80 lines"):
        cart.add(BUN)
    assert cart.add(item("Item 3")).line(4).quantity_milli == 2000


def test_a_line_that_is_gone_is_refused() -> None:
    with pytest.raises(Refusal, match="not in the cart"):
        EMPTY_CART.add(COLA).remove(7)


def test_a_held_cart_survives_bytes() -> None:
    cart = EMPTY_CART.add(COLA).add(BEER, marking="X").discount_document(Discount(percent_bp=500))
    assert msgspec.json.decode(msgspec.json.encode(cart), type=Cart) == cart


def test_history_says_what_it_would_undo_and_redo() -> None:
    history = History().do(EMPTY_CART.add(COLA, 2000))
    label = history.undo_label
    assert label is not None
    assert (label.text, label.params) == ("{name} × {quantity_milli} in the cart", {"name": "Cola", "quantity_milli": 2000})
    assert history.undo().redo_label == label
    assert history.undo().undo_label is None
    assert history.redo() is history
    assert History().undo() == History()


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (EMPTY_CART.add(COLA).add(BUN).remove(1), "{name} removed"),
        (EMPTY_CART.add(COLA).add(BUN).clear(), "Cart cleared"),
        (EMPTY_CART.add(COLA, 3000).add(BUN), "{name}: {before_milli} → {after_milli}"),
        (EMPTY_CART.add(COLA).add(BUN).discount_line(1, Discount(percent_bp=100)), "{name}: discount changed"),
        (EMPTY_CART.add(COLA).add(BUN).discount_document(Discount(percent_bp=100)), "Discount changed"),
    ],
)
def test_every_step_has_its_sentence(after: Cart, text: str) -> None:
    assert carts.step_label(EMPTY_CART.add(COLA).add(BUN), after).text == text


def test_moving_the_selection_is_no_step_and_keeps_the_way_forward() -> None:
    history = History().do(EMPTY_CART.add(COLA).add(BUN)).do(EMPTY_CART.add(COLA).add(BUN).add(BEER)).undo()
    moved = history.do(history.present.select(1))
    assert moved.present.selected == 1
    assert (moved.past, moved.future) == (history.past, history.future)


def test_history_is_bounded() -> None:
    history = History()
    for _ in range(carts.HISTORY_MAX + 20):
        history = history.do(history.present.add(COLA))
    assert len(history.past) == carts.HISTORY_MAX


verbs = st.one_of(
    st.tuples(st.just("add"), st.sampled_from((COLA, BUN, BEER)), st.sampled_from((1000, 2000))),
    st.tuples(st.just("less")),
    st.tuples(st.just("remove")),
    st.tuples(st.just("discount"), st.integers(0, 10_000)),
    st.tuples(st.just("clear")),
)


def act(cart: Cart, verb: tuple[object, ...]) -> Cart:
    match verb:
        case ("add", CartItem() as product, int() as quantity):
            return cart.add(product, quantity)
        case ("less",) if cart.lines:
            return cart.change_quantity(cart.selected, -1000)
        case ("remove",) if cart.lines:
            return cart.remove(cart.selected)
        case ("discount", int() as percent):
            return cart.discount_document(Discount(percent_bp=percent))
        case ("clear",):
            return cart.clear()
    return cart


@given(st.lists(verbs, max_size=30))
def test_undoing_everything_and_redoing_everything_ends_where_it_began(steps: list[tuple[object, ...]]) -> None:
    history = History()
    for step in steps:
        history = history.do(act(history.present, step))
    final, count = history, len(history.past)
    for _ in range(count):
        history = history.undo()
    assert history.present.is_empty
    for _ in range(count):
        history = history.redo()
    assert history == final


@given(st.lists(verbs, max_size=30))
def test_the_selected_line_is_always_in_the_cart(steps: list[tuple[object, ...]]) -> None:
    cart = EMPTY_CART
    for step in steps:
        cart = act(cart, step)
        assert cart.selected == 0 if cart.is_empty else cart.line(cart.selected)
        assert sum(line.total_minor for line in cart.totals().lines) == cart.totals().total_minor
