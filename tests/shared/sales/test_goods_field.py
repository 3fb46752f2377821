"""The goods field, key by key."""

import pytest

from shared.core.errors import Refusal
from shared.sales.goods_field import (
    BACKSPACE,
    ENTER,
    ESCAPE,
    AddCode,
    AddFound,
    AddTile,
    ChangeQuantity,
    GoodsField,
    Intent,
    Search,
    SetQuantity,
    TakeTileBack,
    parse_quantity,
)


def typed(*keys: str) -> tuple[GoodsField, list[Intent]]:
    field = GoodsField()
    done: list[Intent] = []
    for key in keys:
        field, intents = field.press(key)
        done += intents
    return field, done


def test_a_digit_adds_its_tile_at_once_and_twice_is_two() -> None:
    assert typed("4", "4")[1] == [AddTile(4, 1000), AddTile(4, 1000)]


def test_2_star_4_takes_tile_2_back_and_adds_two_of_tile_4() -> None:
    assert typed("2", "*", "4")[1] == [AddTile(2, 1000), TakeTileBack(2), AddTile(4, 2000)]


def test_the_multiplier_serves_one_product_only() -> None:
    assert typed("3", "*", "4", "5")[1][-2:] == [AddTile(4, 3000), AddTile(5, 1000)]


def test_3_star_and_a_scan_adds_three() -> None:
    field, intents = typed("3", "*")[0].scanned("4600051000057")
    assert intents == (AddCode("4600051000057", 3000),)
    assert field == GoodsField()


def test_a_code_is_typed_after_a_point() -> None:
    assert typed(*".214", ENTER)[1] == [AddCode("214", 1000)]
    assert typed(*",214", ENTER)[1] == [AddCode("214", 1000)]
    assert typed(".", ENTER)[1] == []


def test_a_code_after_a_tile_does_not_touch_the_tile() -> None:
    assert typed("4", *",214", ENTER)[1] == [AddTile(4, 1000), AddCode("214", 1000)]


def test_half_and_a_dozen_are_typed_with_a_zero_before() -> None:
    assert typed(*"0,5*", "4")[1] == [AddTile(4, 500)]
    assert typed(*"012*", "4")[1] == [AddTile(4, 12_000)]


def test_enter_after_a_number_gives_it_to_the_selected_line() -> None:
    assert typed(*"*12", ENTER)[1] == [SetQuantity(12_000)]
    assert typed(*"0,75", ENTER)[1] == [SetQuantity(750)]


def test_words_are_searched_at_every_key_and_enter_takes_what_is_selected() -> None:
    assert typed(*"ко", ENTER)[1] == [Search("к"), Search("ко"), AddFound(1000), Search("")]
    assert typed("2", "*", *"ко", ENTER)[1][-2:] == [AddFound(2000), Search("")]


def test_words_may_hold_digits_and_begin_with_zero() -> None:
    assert typed(*"7", *"к7")[1][-1] == Search("к7")
    assert typed(*"0.5 л")[1][-1] == Search("0.5 л")


def test_backspace_and_escape_take_the_text_away() -> None:
    assert typed(*"ко", BACKSPACE, BACKSPACE)[1][-2:] == [Search("к"), Search("")]
    assert typed(*"ко", ESCAPE) == (GoodsField(), [Search("к"), Search("ко"), Search("")])
    assert typed("3", "*", ESCAPE)[0] == GoodsField()
    assert typed("3", "*", BACKSPACE)[0] == GoodsField()


def test_plus_and_minus_change_the_selected_line() -> None:
    assert typed("+", "-")[1] == [ChangeQuantity(1000), ChangeQuantity(-1000)]


def test_a_space_alone_and_enter_alone_do_nothing() -> None:
    assert typed(" ", ENTER) == (GoodsField(), [])


def test_a_star_long_after_the_digit_takes_nothing_back() -> None:
    assert TakeTileBack(2) not in typed("2", "+", "*")[1]


def test_a_quantity_that_is_none_is_refused_and_the_field_stays() -> None:
    field = typed(*"0,5,5")[0]
    with pytest.raises(Refusal):
        field.press("*")
    assert field.text == "0,5,5"


@pytest.mark.parametrize(
    ("text", "milli"), [("3", 3000), ("0,5", 500), ("1.25", 1250), (".5", 500), ("0012", 12_000), ("7,", 7000)]
)
def test_a_typed_quantity_is_read(text: str, milli: int) -> None:
    assert parse_quantity(text) == milli


@pytest.mark.parametrize("text", ["", ".", "-1", "1e3", "0", "0,0004", "4600051000057", "²", "٣", "1 000", "9" * 200])
def test_a_wrong_quantity_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_quantity(text)
