"""Bringing goods in from a file on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.config import i18n
from desktop.screens.goods_import.columns_dialog import ColumnsDialog
from desktop.screens.goods_import.view import GoodsImportView
from desktop.screens.goods_import.view_model import GoodsImportState, GoodsImportViewModel, Stage
from desktop.store.goods_import import Verdict
from desktop.store.search import search_goods
from shared.catalog.goods_file import Column, Mapping
from shared.catalog.queries import rejected_rows
from tests.support.shop import COLA, Bench, ShopForTests
from tests.support.typing import type_into

LIST = f"""Штрихкод;Наименование;Раздел;Цена;Закупка;Остаток
{COLA};Добрый Кола 0,5 л;Напитки;120;64;31
9002490100070;Red Bull 0,25 л;Напитки;18;96;24
4600494000126;Adrenaline Rush;Напитки;175;;12
460705069542;Монстр Манго;Напитки;190;;24
5000159461122;;Снеки;95;;
"""


class ImportForTests:
    """The screen in a window over a shop, and a price list beside it."""

    def __init__(self, shop: ShopForTests, qtbot: QtBot, file: Path) -> None:
        shop.signs_in("Юлия Белова")
        self.shop, self.qtbot, self.file = shop, qtbot, file
        self.gone: list[str] = []
        self.model = GoodsImportViewModel(shop.parts.store, shop.parts.session, self.gone.append)
        self.window = Bench()
        self.view = GoodsImportView(self.model, self.window.actions_here)
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)

    @property
    def state(self) -> GoodsImportState:
        return self.model.state

    def types(self, *keys: str) -> None:
        """Keys to whatever has the focus."""
        type_into(self.window, keys)

    def reads(self, text: str = LIST) -> None:
        """Choose the file and wait until every row is judged."""
        self.file.write_text(text, encoding="utf-8")
        self.model.choose(str(self.file))
        self.qtbot.waitUntil(lambda: self.state.stage is not Stage.READING, timeout=20_000)

    def writes(self) -> None:
        """F9, and wait."""
        self.types("F9")
        self.qtbot.waitUntil(lambda: self.state.stage is Stage.DONE, timeout=20_000)


@pytest.fixture
def screen(tmp_path: Path, qtbot: QtBot) -> Iterator[ImportForTests]:
    """The owner at the screen, no file chosen yet."""
    shop = ShopForTests(tmp_path / "desk", opens="")
    yield ImportForTests(shop, qtbot, tmp_path / "прайс.csv")
    shop.close()


def test_a_path_typed_in_is_read_and_wrong_rows_stand_on_top(screen: ImportForTests) -> None:
    screen.file.write_text(LIST, encoding="utf-8")
    screen.view.path.setText(str(screen.file))
    screen.view.path.setFocus()
    screen.types("⏎")
    screen.qtbot.waitUntil(lambda: screen.state.stage is Stage.READY)
    assert [line.judged.verdict for line in screen.state.rows] == [
        Verdict.ERROR, Verdict.ERROR, Verdict.CHECK, Verdict.NEW, Verdict.CHANGED,
    ]  # fmt: skip
    assert (screen.state.to_write, screen.state.total) == (3, 5)
    assert screen.view.table.hasFocus()


def test_nothing_is_written_before_f9_and_then_only_what_is_taken(screen: ImportForTests) -> None:
    screen.reads()
    store = screen.shop.parts.store
    assert store.read(search_goods, text="bull") == ()
    screen.view.table.setFocus()
    screen.model.select(2)
    screen.types("Space")
    assert screen.state.to_write == 2
    screen.writes()
    assert store.read(search_goods, text="bull") == ()
    assert [offer.price_minor for offer in store.read(search_goods, text=COLA)] == [12_000]
    assert [(row.row_no, row.code) for row in store.read(rejected_rows)] == [(5, "barcode_is_short"), (6, "name_is_empty")]
    screen.types("F9")
    assert screen.gone == ["goods"]


def test_a_wrong_row_is_mended_in_its_field(screen: ImportForTests) -> None:
    screen.reads()
    screen.view.table.setFocus()
    screen.types("⏎")
    screen.model.mend(barcode="4607050695421", name="Монстр Манго", price="190")
    assert screen.state.fix_error
    screen.model.mend(barcode="4607050695437", name="Монстр Манго", price="190")
    assert screen.state.counts[Verdict.ERROR] == 1


def test_a_barcode_that_another_row_has_is_told(screen: ImportForTests) -> None:
    screen.reads()
    screen.model.mend(barcode=COLA, name="Монстр Манго", price="190")
    assert "2" in screen.state.fix_error
    assert screen.state.counts[Verdict.ERROR] == 2


@pytest.mark.parametrize(("key", "errors", "to_write"), [("2", 1, 4), ("3", 1, 3)])
def test_a_digit_takes_the_row_without_a_barcode_or_skips_it(
    screen: ImportForTests, key: str, errors: int, to_write: int
) -> None:
    screen.reads()
    screen.view.table.setFocus()
    screen.types(key)
    assert (screen.state.counts[Verdict.ERROR], screen.state.to_write) == (errors, to_write)


def test_the_next_error_is_one_chord_away_and_comes_around(screen: ImportForTests) -> None:
    screen.reads()
    screen.model.select(4)
    for expected in (0, 1, 0):
        screen.window.actions_here.trigger("goods.next_error")
        assert screen.state.current == expected


def test_filters_show_one_kind_of_rows(screen: ImportForTests) -> None:
    screen.reads()
    screen.model.filter(Verdict.NEW)
    assert [line.name for line in screen.state.rows] == ["Adrenaline Rush"]
    screen.model.filter(None)
    assert len(screen.state.rows) == 5


def test_a_scan_fills_the_barcode_of_the_row_in_hand(screen: ImportForTests) -> None:
    screen.reads()
    screen.model.scan("4690388018344")
    assert screen.state.counts[Verdict.ERROR] == 1


def test_without_a_column_for_the_name_the_columns_are_asked_for(screen: ImportForTests, qtbot: QtBot) -> None:
    screen.reads("1;2;3\n4;5;6\n")
    assert screen.state.error
    assert screen.window.findChildren(ColumnsDialog)
    screen.model.name_columns(Mapping(((Column.NAME, 1),)))
    qtbot.waitUntil(lambda: screen.state.stage is Stage.READY)
    assert [line.name for line in screen.state.rows] == ["2", "5"]


@pytest.mark.parametrize("content", ["", "%PDF-1.7"])
def test_a_file_that_is_no_list_is_told_at_the_field(screen: ImportForTests, content: str) -> None:
    screen.reads(content)
    assert screen.state.stage is Stage.CHOOSE
    assert screen.state.error


def test_a_missing_file_is_told_at_the_field(screen: ImportForTests, qtbot: QtBot) -> None:
    screen.model.choose("/no/such/file.csv")
    qtbot.waitUntil(lambda: screen.state.stage is Stage.CHOOSE)
    assert "file.csv" in screen.state.error


def test_the_same_file_again_has_nothing_to_write(screen: ImportForTests) -> None:
    good = "\n".join(LIST.splitlines()[:2])
    screen.reads(good)
    screen.writes()
    screen.reads(good)
    assert (screen.state.to_write, screen.state.counts[Verdict.SAME]) == (0, 1)


def test_the_language_switches_on_the_spot(screen: ImportForTests) -> None:
    screen.reads()
    i18n.set_language("ru")
    assert [column.title for column in screen.view.table._model.columns][1:3] == ["Что будет", "Название"]
