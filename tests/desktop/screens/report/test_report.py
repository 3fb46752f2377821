"""Reports by keys: X of the shift at hand, Z of earlier ones, on paper and as a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import money
from desktop.screens.report.view import ReportView
from desktop.screens.report.view_model import ReportViewModel
from desktop.store.print_jobs import unfinished_prints
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.base import Label
from shared.catalog.commands import create_product
from shared.catalog.rules import ProductFields
from shared.core.clock import HOUR_MS
from shared.reports.commands import close_shift
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer
from shared.shifts.rules import Count
from tests.support.club import ClubForTests
from tests.support.typing import type_into


class ReportForTests:
    """The screen over a shift with 3,000 of change and two sales, 450 in cash and 450 by card, an hour apart."""

    def __init__(self, club: ClubForTests, qtbot: QtBot, person: str, *, closed: bool = False) -> None:
        self.club, self.qtbot = club, qtbot
        self.gone: list[str] = []
        made = club.does(create_product, fields=ProductFields(name="Cola", price_minor=45_000))
        self.product = made.body.products[0].product_id  # type: ignore[attr-defined]
        club.opens_shift()
        self.sells(TenderKind.CASH)
        club.clock.advance(HOUR_MS)
        self.sells(TenderKind.CARD)
        if closed:
            counted = club.does(count_drawer, count=Count(((5_000, 69),)))
            club.does(close_shift, count=counted.envelope.op)
        club.signs_in(person)
        parts = club.parts
        self.model = ReportViewModel(parts.store, parts.session, self.gone.append, parts.printing)
        self.window = QWidget()
        self.view = ReportView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.view.setFocus()
        qtbot.waitUntil(lambda: self.model.state.report is not None)

    def sells(self, kind: TenderKind) -> None:
        self.club.does(complete_sale, lines=(LineAsked(product_id=self.product),), tenders=(TenderAsked(kind, 45_000),))

    def types(self, *keys: str) -> None:
        for key in keys:
            type_into(self.window, [key] if key.startswith("F") else key)
            self.club.settles(self.qtbot)

    def words(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(Label) if label.isVisible()]

    def papers(self) -> list[str]:
        return [job.kind for job in self.club.parts.store.read(unfinished_prints)]


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


def test_x_shows_the_money_and_enter_prints_it(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев")
    assert money(90_000) in screen.words()
    qtbot.waitUntil(lambda: money(345_000) in screen.words())
    screen.types("⏎")
    assert screen.papers().count("x") == 1
    screen.types("F9")
    assert screen.papers().count("x") == 2


def test_the_drawer_is_hidden_from_whoever_still_counts_it_blind(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Анна Соколова")
    qtbot.waitUntil(lambda: money(90_000) in screen.words())
    held = [label.text() for label in screen.view.findChildren(Label)]
    held += [widget.accessibleName() for widget in screen.view.findChildren(QWidget)]
    assert not [text for text in held if money(345_000) in text or "Should be there" in text]
    path = screen.model.save_csv()
    assert path is not None
    assert "3450" not in path.read_text("utf-8-sig")


def test_a_sale_shows_up_by_itself(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев")
    screen.sells(TenderKind.CARD)
    qtbot.waitUntil(lambda: money(135_000) in screen.words())


def test_hours_are_read_out_and_stand_in_a_table(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев")
    chart = screen.view.findChildren(BarChart)[0]
    assert chart.accessibleDescription() == "09: 450; 10: 450"


def test_a_closed_shift_shows_its_z_and_prints_a_copy(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев", closed=True)
    assert "Z report 1-0001" in screen.words()
    before = screen.papers().count("z")
    screen.types("F9")
    assert screen.papers().count("z") == before + 1


def test_an_earlier_shift_is_chosen_from_the_list_and_esc_leads_back(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев", closed=True)
    club.opens_shift("Пётр Лазарев", float_minor=345_000)
    screen.model.show_x()
    qtbot.waitUntil(lambda: "X report" in screen.words() and screen.model.state.report is not None)
    screen.types("F2", "⏎")
    qtbot.waitUntil(lambda: "Z report 1-0001" in screen.words())
    screen.types("␛")
    qtbot.waitUntil(lambda: "X report" in screen.words())


def test_the_file_holds_plain_numbers(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReportForTests(club, qtbot, "Пётр Лазарев")
    i18n.set_language("ru")
    screen.types("F8")
    path = next((club.parts.store.folder.root / "exports").iterdir())
    text = path.read_text("utf-8-sig")
    assert "Ящик;Должно быть в ящике;;3450,00" in text
    assert str(path) in screen.model.state.said
