"""Sentences, numbers and dates read as people of each language write them."""

import sys
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from desktop.config import i18n
from shared.core.errors import Refusal


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("ru", 77_900, "779\u00a0₽"),
        ("ru", 1_234_567_800, "12\u00a0345\u00a0678\u00a0₽"),
        ("ru", -64_000, "\u2212640\u00a0₽"),
        ("ru", 1_050, "10,50\u00a0₽"),
        ("ru", 5, "0,05\u00a0₽"),
        ("en", 77_900, "₽779"),
        ("en", -100_050, "\u2212₽1,000.50"),
        ("en", 0, "₽0"),
    ],
)
def test_money_is_written_as_the_language_does(language: str, amount: int, written: str) -> None:
    i18n.set_language(language)
    assert i18n.money(amount) == written


def test_kopecks_stand_on_every_line_when_asked() -> None:
    assert i18n.money(100, kopecks=True) == "₽1.00"


@given(st.integers(min_value=-(2**53), max_value=2**53), st.sampled_from(i18n.LANGUAGES))
def test_what_a_field_shows_reads_back(amount: int, language: str) -> None:
    i18n.set_language(language)
    assert i18n.parse_money(i18n.typed_money(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "amount"), [("1000", 100_000), ("1 000,5", 100_050), ("10.05", 1_005), (",5", 50), ("7 ₽", 700)]
)
def test_typed_money_is_understood_with_comma_and_point(typed: str, amount: int) -> None:
    assert i18n.parse_money(typed) == amount


@pytest.mark.parametrize("typed", ["", "abc", "1,234", "1.2.3", "--5", "1e3", "٣", "."])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert i18n.parse_money(typed) is None


def test_quantities_drop_their_zeros() -> None:
    i18n.set_language("ru")
    assert [i18n.quantity(1000), i18n.quantity(500, "l"), i18n.quantity(1250, "kg"), i18n.quantity(-2000, "pcs")] == [
        "1", "0,5\u00a0л", "1,25\u00a0кг", "\u22122\u00a0шт.",
    ]  # fmt: skip


def test_a_sentence_without_a_translation_stays_english() -> None:
    i18n.set_language("ru")
    assert i18n.tr("Nobody has ever said {this}", this="that") == "Nobody has ever said that"


def test_an_empty_sentence_is_empty_and_not_the_head_of_the_catalogue() -> None:
    i18n.set_language("ru")
    assert i18n.tr("") == ""


def test_a_language_nobody_knows_becomes_english() -> None:
    i18n.set_language("xx")
    assert i18n.language() == "en"


def test_plural_forms_follow_the_number() -> None:
    assert [i18n.ntr("{n} item", "{n} items", n) for n in (1, 2, 5000)] == ["1 item", "2 items", "5,000 items"]


def test_braces_in_a_guests_name_are_not_filled() -> None:
    assert i18n.tr("Hello {name}", name="{x}") == "Hello {x}"


def test_listeners_hear_a_change_until_they_leave() -> None:
    heard: list[str] = []
    forget = i18n.on_language_changed(lambda: heard.append(i18n.language()))
    i18n.set_language("ru")
    forget()
    i18n.set_language("en")
    assert heard == ["ru"]


def test_a_refusal_writes_its_amounts_for_people() -> None:
    refusal = Refusal(
        "short", "{missing_minor} missing, {left_milli} left, {count} lines", missing_minor=15_000, left_milli=500, count=1200
    )
    assert i18n.refusal_text(refusal) == "₽150 missing, 0.5 left, 1,200 lines"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_names_of_days_and_months_agree_with_cldr(language: str) -> None:
    i18n.set_language(language)
    known = Locale.parse(language)
    for month in range(1, 13):
        assert i18n.day(date(2026, month, 3)) == f"3 {known.months['format']['wide'][month]}"
    for offset in range(7):
        when = date(2026, 11, 16 + offset)
        assert i18n.day(when, weekday="long").startswith(known.days["format"]["wide"][when.weekday()])
        assert i18n.day(when, weekday="short").startswith(known.days["format"]["abbreviated"][when.weekday()])


def test_a_moment_is_hours_and_minutes() -> None:
    moment = datetime(2026, 11, 21, 9, 5)  # noqa: DTZ001 - a local wall time, as the screen shows it
    assert (i18n.clock(moment), i18n.day_numbers(moment)) == ("09:05", "21/11/2026")


def test_the_language_costs_the_start_no_heavy_library() -> None:
    # Babel takes 0.1 s to import: its data is checked here and never loaded by the program.
    source = sys.modules["desktop.config.i18n"].__dict__
    assert "babel" not in source
