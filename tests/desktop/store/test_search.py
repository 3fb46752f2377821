"""Finding goods as a cashier types."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.questions import BUSINESS
from desktop.store.search import search_goods
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import change_product, create_product, put_category
from shared.catalog.rules import ProductFields
from shared.ledger.transaction import Actor
from shared.staff.rules import LOCAL_OWNER, Right
from tests.support.desk import DeskForTests

GOODS = (
    ("Добрый Кола 0,5 л", "4607050695420", "214", "Напитки/Газировка", 11_000),
    ("Шоколад Milka 85 г", "7622210286956", "", "Снеки", 14_000),
    ("Кольца луковые 150 г", "4607012351111", "", "Снеки", None),
    ("Red Bull 0,25 л", "9002490100070", "7", "Напитки", 18_000),
    ("Чай ёлочный", "4690388018351", "", "Напитки", 5_000),
    ("Lay’s сыр 70 г", "4690388018344", "", "Снеки", 14_000),
)


@pytest.fixture
def bar(tmp_path: Path) -> Iterator[DeskForTests]:
    """A desk with six goods."""
    desk = DeskForTests(tmp_path / "desk", BUSINESS, Actor(LOCAL_OWNER, frozenset(Right)))
    fields = BranchFields(name="Клуб", time_zone="Europe/Moscow", currency="RUB")
    desk.does(set_up_branch, fields=fields, tax_rates=(TaxRateGiven("20 %", 2_000, True, True),))
    for name, barcode, code, category, price in GOODS:
        given = ProductFields(name=name, code=code or None, category=category, price_minor=price)
        desk.does(create_product, fields=given, barcodes=(barcode,))
    yield desk
    desk.close()


def found(desk: DeskForTests, text: str, **more: object) -> list[str]:
    """Names in the order shown, the first word of each."""
    return [offer.name.split()[0] for offer in desk.store.read(search_goods, text=text, **more)]


def test_beginnings_of_words_stand_before_parts_and_priced_goods_before_others(bar: DeskForTests) -> None:
    assert found(bar, "кол") == ["Добрый", "Кольца", "Шоколад"]


@pytest.mark.parametrize("text", ["к", "ко", "КОЛА", "кола доб", "обр", "rjkf", "rjkf lj,", "кола 0,5", "0,5 ола"])
def test_the_cola_is_found_by_any_way_of_typing_it(bar: DeskForTests, text: str) -> None:
    assert "Добрый" in found(bar, text)


@pytest.mark.parametrize(
    ("text", "first"), [("4607050695420", "Добрый"), ("214", "Добрый"), ("7", "Red"), ("46070506", "Добрый")]
)
def test_a_code_finds_its_goods_first(bar: DeskForTests, text: str, first: str) -> None:
    assert found(bar, text)[0] == first


@pytest.mark.parametrize(("text", "first"), [("елоч", "Чай"), ("ёлоч", "Чай"), ("lays", "Lay’s"), ("red 0.25", "Red")])
def test_marks_over_letters_and_apostrophes_do_not_matter(bar: DeskForTests, text: str, first: str) -> None:
    assert found(bar, text) == [first]


@pytest.mark.parametrize("text", ["", "   ", '"', '" OR "', "кола* NOT", "зонт", "_p", "%", "x" * 1000, "\x00", "-кола-зонт"])
def test_what_nobody_sells_finds_nothing_whatever_signs_are_typed(bar: DeskForTests, text: str) -> None:
    assert found(bar, text) == []


def test_an_edit_and_an_archive_are_seen_at_the_next_key(bar: DeskForTests) -> None:
    cola = bar.store.read(search_goods, text="кола")[0].product_id
    bar.does(change_product, product_id=cola, fields=ProductFields(name="Байкал"))
    assert (found(bar, "кола"), found(bar, "айк")) == (["Шоколад"], ["Байкал"])
    bar.does(change_product, product_id=cola, fields=ProductFields(archived=True))
    assert found(bar, "байкал") == found(bar, "4607050695420") == []
    bar.does(change_product, product_id=cola, fields=ProductFields(archived=False))
    assert found(bar, "байкал") == ["Байкал"]


def test_a_category_holds_what_lies_below_it(bar: DeskForTests) -> None:
    drinks = bar.does(put_category, path="Пустая").body.categories[0].category_id  # type: ignore[attr-defined]
    assert found(bar, "", category_id=drinks) == []
    by_name = {offer.name: offer.category_id for offer in bar.store.read(search_goods, text="0")}
    assert found(bar, "", category_id=by_name["Red Bull 0,25 л"]) == ["Red", "Добрый", "Чай"]
    assert found(bar, "кол", category_id=by_name["Red Bull 0,25 л"]) == ["Добрый"]


def test_a_lost_index_is_made_anew_at_the_next_start(bar: DeskForTests) -> None:
    bar.store.keep(lambda connection: connection.exec_driver_sql("DROP TABLE goods_parts") and None, concept="catalog")
    bar.restart()
    assert found(bar, "ола") == ["Добрый", "Шоколад"]


def test_no_more_are_answered_than_were_asked_for(bar: DeskForTests) -> None:
    assert len(found(bar, "0", most=2)) == 2
    assert found(bar, "0", most=-1) == []
