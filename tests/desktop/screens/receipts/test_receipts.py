"""Looking through receipts: newest first, by number or by the code at the foot, copied with a mark, settled when unsure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.devices.print_queue import JobState
from desktop.screens.receipts.view import ReceiptsView
from desktop.screens.receipts.view_model import PAGE, ReceiptsState, ReceiptsViewModel
from desktop.store import print_jobs
from desktop.store.print_jobs import print_jobs_of
from shared.core.ids import Id
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.receipt import check_word
from shared.sales.rules import TenderKind
from tests.support.shop import Bench, ShopForTests
from tests.support.typing import type_into


class ReceiptsForTests:
    """The screen in a window."""

    def __init__(self, shop: ShopForTests, qtbot: QtBot) -> None:
        self.shop, self.qtbot = shop, qtbot
        parts = shop.parts
        self.model = ReceiptsViewModel(parts.store, parts.session, parts.printing)
        self.window = Bench()
        self.view = ReceiptsView(self.model, self.window.actions_here)
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.settles()

    @property
    def state(self) -> ReceiptsState:
        return self.model.state

    @property
    def numbers(self) -> list[str]:
        return [row.number for row in self.state.rows]

    def types(self, *keys: str) -> None:
        type_into(self.window, keys)
        self.settles()

    def asks(self) -> bool:
        return self.state.asks_about is not None

    def settles(self) -> None:
        """What is written is told, what is told is read, what is read is shown."""
        for _ in range(3):
            self.shop.settles(self.qtbot)


def sells(shop: ShopForTests, times: int = 1) -> Id:
    """The newest of so many sales of one cola."""
    args = {"lines": (LineAsked(product_id=shop.cola),), "tenders": (TenderAsked(TenderKind.CASH, 11_000),)}
    for _ in range(times):
        newest = shop.does(complete_sale, **args).envelope.op
    return newest


def lost_track_of(shop: ShopForTests, sale: Id) -> Id:
    """The printer fell silent while it printed the receipt of a sale; answers the job."""
    (job,) = shop.parts.store.read(print_jobs_of, op=sale)
    shop.parts.store.keep(
        print_jobs.mark, concept=print_jobs.CONCEPT, job=job.job, state=JobState.UNCONFIRMED.value, cause="no_answer",
        may_leave=lambda _state: True, drop=False,
    )  # fmt: skip
    return job.job


@pytest.fixture
def shop(tmp_path: Path, qtbot: QtBot) -> Iterator[ShopForTests]:
    made = ShopForTests(tmp_path / "shop")
    yield made
    made.close()


def test_receipts_stand_newest_first_and_the_newest_is_at_hand(shop: ShopForTests, qtbot: QtBot) -> None:
    sells(shop, 3)
    screen = ReceiptsForTests(shop, qtbot)
    assert screen.numbers == ["1-0003", "1-0002", "1-0001"]
    assert screen.state.sale is not None
    assert screen.state.sale.number == "1-0003"
    screen.types("↓")
    assert screen.state.sale is not None
    assert screen.state.sale.number == "1-0002"


def test_the_paper_of_the_receipt_at_hand_is_shown(shop: ShopForTests, qtbot: QtBot) -> None:
    sells(shop)
    screen = ReceiptsForTests(shop, qtbot)
    said = screen.view.paper.accessibleDescription()
    assert "1-0001" in said
    assert "Добрый Кола 0,5 л" in said
    assert "TOTAL" in said


def test_a_number_is_found_as_it_is_typed_and_escape_shows_all_again(shop: ShopForTests, qtbot: QtBot) -> None:
    sells(shop, 12)
    screen = ReceiptsForTests(shop, qtbot)
    screen.types("1", "1")
    assert screen.numbers == ["1-0011"]
    screen.types("␛")
    assert len(screen.numbers) == 12
    screen.types("9", "9")
    assert screen.numbers == []


def test_the_code_at_the_foot_opens_its_receipt_and_a_forged_one_does_not(shop: ShopForTests, qtbot: QtBot) -> None:
    sale = sells(shop)
    sells(shop)
    screen = ReceiptsForTests(shop, qtbot)
    screen.model.scan(f"1-0001-{check_word(sale)}")
    screen.settles()
    assert screen.numbers == ["1-0001"]
    forged = "0000" if check_word(sale) != "0000" else "1111"
    screen.model.scan(f"1-0002-{forged}")
    assert screen.state.said is not None
    assert screen.state.said.params == {"number": "1-0002"}


def test_more_receipts_than_a_page_are_fetched_on_the_way_down(shop: ShopForTests, qtbot: QtBot) -> None:
    sells(shop, PAGE + 5)
    screen = ReceiptsForTests(shop, qtbot)
    assert len(screen.numbers) == PAGE
    screen.model.select(PAGE - 1)
    screen.settles()
    assert len(screen.numbers) == PAGE + 5
    assert screen.numbers[-1] == "1-0001"


def test_f9_prints_a_marked_copy_of_the_receipt_at_hand(shop: ShopForTests, qtbot: QtBot) -> None:
    sale = sells(shop)
    sells(shop)
    screen = ReceiptsForTests(shop, qtbot)
    screen.types("↓", "F9")
    jobs = shop.parts.store.read(print_jobs_of, op=sale)
    assert [job.copy for job in jobs] == [0, 1]
    assert screen.state.jobs == jobs


def test_a_new_sale_appears_and_the_receipt_at_hand_stays(shop: ShopForTests, qtbot: QtBot) -> None:
    sells(shop)
    screen = ReceiptsForTests(shop, qtbot)
    sells(shop)
    screen.settles()
    assert screen.numbers == ["1-0002", "1-0001"]
    assert screen.state.sale is not None
    assert screen.state.sale.number == "1-0001"


@pytest.mark.parametrize(("digit", "states"), [("1", ["confirmed"]), ("2", ["failed", "queued"])])
def test_whoever_looked_at_the_paper_says_whether_it_came_out(
    shop: ShopForTests, qtbot: QtBot, digit: str, states: list[str]
) -> None:
    sale = sells(shop)
    lost_track_of(shop, sale)
    screen = ReceiptsForTests(shop, qtbot)
    assert screen.state.unsure is not None
    screen.types("⏎")
    assert screen.asks()
    screen.types(digit)
    assert not screen.asks()
    assert [job.state for job in shop.parts.store.read(print_jobs_of, op=sale)] == states


def test_an_empty_club_says_that_nothing_was_sold(shop: ShopForTests, qtbot: QtBot) -> None:
    screen = ReceiptsForTests(shop, qtbot)
    assert screen.state.sale is None
    screen.types("F9", "⏎")
    assert screen.state.said is None
