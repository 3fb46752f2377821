"""Looking after goods, as a person at the keyboard does it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.config import i18n
from desktop.screens.goods.paged import PAGES_KEPT, ROWS_PER_PAGE, PagedGoods
from desktop.screens.goods.view import GoodsView
from desktop.screens.goods.view_model import GoodsState, GoodsViewModel
from shared.catalog.queries import barcodes_of, product
from tests.support.shop import COLA, UNKNOWN, Bench, ShopForTests
from tests.support.typing import type_into


class GoodsForTests:
    """The screen in a window over a shop."""

    def __init__(self, shop: ShopForTests, qtbot: QtBot, name: str) -> None:
        shop.signs_in(name)
        self.shop, self.qtbot = shop, qtbot
        self.gone: list[str] = []
        self.model = GoodsViewModel(shop.parts.store, shop.parts.session, self.gone.append)
        self.window = Bench()
        self.view = GoodsView(self.model, self.window.actions_here)
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.settles()
        self.view.search.setFocus()

    @property
    def state(self) -> GoodsState:
        return self.model.state

    @property
    def names(self) -> list[str]:
        return [row.product.name for row in self.state.rows]

    @property
    def wrong(self) -> dict[str, str]:
        return dict(self.state.errors)

    def types(self, *keys: str) -> None:
        """Keys to whatever has the focus."""
        type_into(self.window, keys)

    def settles(self) -> None:
        """Wait until lists and saving are done."""
        for _ in range(3):
            self.shop.settles(self.qtbot)
        self.qtbot.waitUntil(lambda: not self.state.is_saving)

    def opens(self, text: str) -> None:
        """Find an item and take its card in hand."""
        self.model.search(text)
        self.settles()
        self.model.select(0)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopForTests]:
    """A shop without a shift."""
    made = ShopForTests(tmp_path / "desk", opens="")
    yield made
    made.close()


@pytest.fixture
def goods(shop: ShopForTests, qtbot: QtBot) -> GoodsForTests:
    """The owner looks after goods."""
    return GoodsForTests(shop, qtbot, "Юлия Белова")


def test_all_goods_stand_by_name_and_typing_narrows_them(goods: GoodsForTests) -> None:
    assert len(goods.names) == 7
    assert goods.names == sorted(goods.names, key=str.casefold)
    goods.types("к", "о", "л", "а")
    goods.settles()
    assert set(goods.names[:2]) == {"Добрый Кола 0,5 л", "Добрый Кола без сахара 0,5 л"}


def test_a_new_item_takes_a_name_a_price_and_one_key(goods: GoodsForTests) -> None:
    goods.types("Insert", *"Чай", "⇥", *"85", "F9")
    goods.settles()
    assert goods.state.errors == {}
    shown = goods.state.rows[goods.state.current].product
    assert (shown.name, shown.price_minor, shown.unit) == ("Чай", 8_500, "pc")


def test_what_the_rules_refuse_is_said_at_its_field(goods: GoodsForTests) -> None:
    goods.opens("кола")
    goods.model.edit(name="   ", code="12x")
    goods.types("F9")
    goods.settles()
    assert list(goods.wrong) == ["name"]
    goods.model.edit(name="Кола")
    goods.types("F9")
    goods.settles()
    assert list(goods.wrong) == ["code"]
    goods.model.edit(code="", price_minor=-1)
    goods.types("F9")
    goods.settles()
    assert list(goods.wrong) == ["price_minor"]
    assert goods.view.card.price.property("state") == "error"


def test_a_barcode_of_other_goods_is_refused_with_their_name(goods: GoodsForTests) -> None:
    goods.model.new(name="Чужая")
    assert goods.model.add_barcode(COLA)
    goods.model.save()
    goods.settles()
    assert "Добрый Кола" in goods.wrong["barcodes"]
    assert not goods.model.add_barcode("460705069542")
    assert "barcodes" in goods.wrong


def test_barcodes_come_by_scanning_and_go_by_a_click(goods: GoodsForTests) -> None:
    goods.opens(COLA)
    goods.view.card.barcode.setFocus()
    goods.model.scan(UNKNOWN)
    goods.model.remove_barcode(COLA)
    goods.types("F9")
    goods.settles()
    assert goods.shop.parts.store.read(barcodes_of, product_id=goods.shop.cola) == (UNKNOWN,)


def test_a_scan_finds_goods_and_an_unknown_one_begins_a_card(goods: GoodsForTests) -> None:
    goods.model.scan(COLA)
    goods.settles()
    assert goods.state.draft is not None
    assert goods.state.draft.product_id == goods.shop.cola
    goods.model.scan(UNKNOWN)
    assert goods.state.draft.barcodes == (UNKNOWN,)
    assert goods.state.draft.product_id == ""


def test_a_tile_is_for_one_item(goods: GoodsForTests) -> None:
    goods.opens(COLA)
    goods.model.put_on_tile(1)
    assert "Lay’s" in goods.wrong["tile"]
    goods.model.put_on_tile(9)
    goods.model.save()
    goods.settles()
    shown = goods.shop.parts.store.read(product, product_id=goods.shop.cola)
    assert shown is not None
    assert shown.tile == 9


def test_the_picture_of_tiles_lies_like_the_numpad(goods: GoodsForTests) -> None:
    goods.opens(COLA)
    picker = goods.view.card.tile
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Up)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    assert goods.state.draft is not None
    assert goods.state.draft.tile == 7
    for _ in range(3):
        QTest.keyClick(picker, Qt.Key.Key_Right)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    assert goods.state.draft.tile == 16


def test_what_was_counted_becomes_the_stock(goods: GoodsForTests) -> None:
    goods.opens("кольца")
    goods.view.card.count.setFocus()
    goods.types(*"12")
    goods.view.card.cost.setFocus()
    goods.types(*"60", "F9")
    goods.settles()
    assert goods.state.errors == {}
    assert goods.state.stock_milli == 12_000


def test_an_item_put_away_is_found_in_the_archive_and_comes_back(goods: GoodsForTests) -> None:
    goods.opens("кольца")
    goods.model.archive()
    goods.settles()
    goods.model.search("")
    goods.settles()
    assert "Кольца луковые 150 г" not in goods.names
    goods.model.show_archive(True)
    goods.settles()
    assert goods.names == ["Кольца луковые 150 г"]
    goods.model.select(0)
    goods.model.archive()
    goods.settles()
    assert goods.names == []


def test_an_edited_card_is_not_lost_by_walking_on(goods: GoodsForTests) -> None:
    goods.opens("кола")
    goods.view.card.name.setFocus()
    goods.types("х")
    goods.model.select(1)
    assert goods.state.current == 0
    assert goods.wrong[""]
    goods.types("␛")
    assert not goods.state.is_dirty
    goods.model.select(1)
    assert goods.state.current == 1


def test_keys_lead_to_the_search_and_to_the_import(goods: GoodsForTests) -> None:
    goods.view.card.name.setFocus()
    goods.types("F2")
    assert goods.view.search.hasFocus()
    goods.types("F8")
    assert goods.gone == ["goods_import"]


def test_a_cashier_looks_but_does_not_edit(shop: ShopForTests, qtbot: QtBot) -> None:
    shop.opens_shift("Анна Соколова")
    goods = GoodsForTests(shop, qtbot, "Анна Соколова")
    assert not goods.state.may_edit
    assert not goods.view.card.save.isEnabled()


def test_the_language_switches_on_the_spot(goods: GoodsForTests) -> None:
    i18n.set_language("ru")
    assert goods.view.card.save.text() == "Сохранить"
    assert goods.view.search.placeholderText() == "Название, штрихкод или код"


def test_of_a_long_list_only_what_is_looked_at_is_read() -> None:
    read: list[str] = []

    def page(products: tuple[str, ...]) -> tuple[Any, ...]:
        read.append(products[0])
        return products

    rows: Sequence[Any] = PagedGoods(tuple(map(str, range(100_000))), page)
    assert (len(rows), rows[70_000], rows[70_001]) == (100_000, "70000", "70001")
    assert read == ["70000"]
    for number in range(PAGES_KEPT + 1):
        rows[number * ROWS_PER_PAGE]
    assert rows[70_000] == "70000"
    assert read.count("70000") == 2


def test_a_list_that_comes_after_the_screen_was_left_is_shown_nobody(goods: GoodsForTests) -> None:
    goods.model.search("cola")
    goods.model.stop()
    goods.model.deleteLater()
    QCoreApplication.sendPostedEvents(goods.model, QEvent.Type.DeferredDelete)
    goods.shop.settles(goods.qtbot)
    assert goods.state.text == "cola"
