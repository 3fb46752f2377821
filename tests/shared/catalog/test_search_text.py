"""A cashier finds the goods whatever the case, the letter ё and the keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.catalog.search_text import fold, layout_twin


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Добрый КОЛА 0,5 л", "добрый кола 0.5 л"),
        ("Ёлочный мёд", "елочный мед"),
        ("Lay’s  сыр, 70г.", "lays сыр 70г"),
        ("Lay's", "lays"),
        ("«Живой» йогурт", "живой йогурт"),
        ("Crème brûlée № 5", "creme brulee no 5"),
        ("и\u0306од", "йод"),
        ("Milka_oreo 3.2%", "milka oreo 3.2%"),
        ("С++ (1л)", "с++ 1л"),
        ("Straße", "strasse"),
        ("  ...  ", ""),
        ("", ""),
    ],
)
def test_text_is_folded_the_way_people_look_for_it(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rjkf", "кола"),
        ("rjkf 0.5", "кола 0.5"),
        ("Ct;ju", "Сежог"),
        ("сщдф", "cola"),
        ("[kt,", "хлеб"),
        ("кола cola", ""),
        ("4607", ""),
        ("", ""),
    ],
)
def test_a_query_in_the_wrong_layout_has_its_twin(typed: str, meant: str) -> None:
    assert layout_twin(typed) == meant


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё ", max_size=20))
def test_the_twin_of_the_twin_is_the_query(query: str) -> None:
    twin = layout_twin(query)
    if any(sign.isalpha() for sign in twin):
        assert layout_twin(twin) == query
