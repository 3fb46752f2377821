"""To review by keys: each kind of matter has its story and is settled by a digit and F9."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.app.status import Status
from desktop.config import i18n
from desktop.screens.review.view import ReviewView
from desktop.screens.review.view_model import ReviewViewModel
from desktop.store import print_jobs
from desktop.store.print_jobs import unfinished_prints
from desktop.widgets.base import Label
from shared.catalog.commands import create_product
from shared.catalog.rules import ProductFields
from shared.reports.commands import close_shift
from shared.review.queries import settlements
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer
from shared.shifts.rules import Count
from shared.stock.queries import product_moves
from tests.support.club import ClubForTests
from tests.support.typing import type_into


class ReviewForTests:
    """The screen over a short drawer, a product sold into the minus and a receipt that nobody saw."""

    def __init__(self, club: ClubForTests, qtbot: QtBot, person: str = "Пётр Лазарев") -> None:
        self.club, self.qtbot = club, qtbot
        made = club.does(create_product, fields=ProductFields(name="Cola", price_minor=45_000))
        self.product = made.body.products[0].product_id  # type: ignore[attr-defined]
        club.opens_shift()
        tender = TenderAsked(TenderKind.CASH, 45_000)
        club.does(complete_sale, lines=(LineAsked(product_id=self.product),), tenders=(tender,))
        self._nobody_saw_the_receipt()
        counted = club.does(count_drawer, count=Count(((10_000, 34),)))
        club.does(close_shift, count=counted.envelope.op, reason="wrong_change", note="gave too much")
        club.signs_in(person)
        parts = club.parts
        self.status = Status(parts.store, parts.session, club.clock, lambda: "")
        self.model = ReviewViewModel(parts.store, parts.session, lambda _name: None, parts.printing, club.clock)
        self.window = QWidget()
        self.view = ReviewView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.view.setFocus()
        qtbot.waitUntil(lambda: self.model.state.is_loaded)

    def _nobody_saw_the_receipt(self) -> None:
        store = self.club.parts.store
        self.job = store.read(unfinished_prints)[0].job
        for state in ("sending", "unconfirmed"):
            mark = {"job": self.job, "state": state, "cause": "", "may_leave": lambda _old: True, "drop": False}
            store.keep(print_jobs.mark, concept=print_jobs.CONCEPT, **mark)

    def types(self, *keys: str) -> None:
        for key in keys:
            type_into(self.window, [key] if key.startswith("F") else key)
            for _ in range(2):
                self.club.settles(self.qtbot)

    def kinds(self) -> list[str]:
        return [item.kind for item in self.model.state.items]

    def kind(self) -> str:
        item = self.model.state.item
        return item.kind if item is not None else ""

    def words(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(Label) if label.isVisible()]


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


def test_money_stands_first_and_the_status_bar_counts_papers_too(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    assert screen.kinds() == ["shift_difference", "print_unconfirmed", "stock_below_zero"]
    assert screen.kind() == "shift_difference"
    qtbot.waitUntil(lambda: screen.status.state.matters == 3)
    screen.status.stop()


def test_a_difference_tells_its_story_and_is_settled_by_a_digit(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    qtbot.waitUntil(lambda: "gave too much" in screen.words())
    screen.types("1", "F9")
    assert screen.kinds() == ["print_unconfirmed", "stock_below_zero"]
    settled = club.parts.store.read(settlements)[0]
    assert (settled.resolution, settled.person) == ("accepted", "Пётр Лазарев")


def test_a_way_that_needs_words_asks_for_them(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    screen.types("2", "F9")
    assert "Write in the remark" in screen.model.state.error
    screen.types("found under the tray", "F9")
    assert club.parts.store.read(settlements)[0].note == "found under the tray"


def test_stock_below_zero_is_set_to_what_was_counted(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    screen.types("↓↓")
    assert screen.kind() == "stock_below_zero"
    screen.types("1", "24", "F9")
    assert screen.kinds() == ["shift_difference", "print_unconfirmed"]
    moves = club.parts.store.read(product_moves, product_id=screen.product)
    assert sum(move.quantity_milli for move in moves) == 24_000


def test_a_paper_that_came_out_is_settled_by_anybody(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot, "Анна Соколова")
    screen.types("1", "F9")
    assert "shift lead" in screen.model.state.error
    screen.types("↓", "1", "F9")
    assert screen.kinds() == ["shift_difference", "stock_below_zero"]


def test_a_paper_that_did_not_come_out_is_printed_as_a_duplicate(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    screen.types("↓", "2", "F9")
    assert screen.kinds() == ["shift_difference", "stock_below_zero"]
    copies = [job.copy for job in club.parts.store.read(unfinished_prints) if job.kind == "receipt" and job.state == "queued"]
    assert copies == [1]


def test_settled_matters_say_who_and_how(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    screen.types("1", "F9")
    screen.model.show_settled(True)
    club.settles(qtbot)
    assert screen.kinds() == ["shift_difference"]
    assert any("Accept the difference" in words and "Пётр Лазарев" in words for words in screen.words())


def test_the_screen_speaks_russian_at_once(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ReviewForTests(club, qtbot)
    i18n.set_language("ru")
    assert "Недостача в ящике смены 1" in screen.words()
    screen.status.stop()
