"""Closing a shift by keys: blind, explained, handed over, printed; then somebody else signs in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import money
from desktop.screens.shift_close.dialogs import AcceptDifference
from desktop.screens.shift_close.view import ShiftCloseView
from desktop.screens.shift_close.view_model import ShiftCloseViewModel, Step
from desktop.store.print_jobs import unfinished_prints
from desktop.widgets.base import Label
from shared.catalog.commands import create_product
from shared.catalog.rules import ProductFields
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.queries import closed_shifts, current_shift
from tests.support.club import PINS, ClubForTests
from tests.support.typing import type_into

COUNT_OF_3_450 = "⏎1⏎1⏎⏎2⏎⏎1⏎"
"""2,000 and 1,000 and twice 200 and 50; with 3,000 of change and one sale of 450 the drawer agrees."""
EXPECTED = 345_000


class ClosingForTests:
    """The screen with a club behind it: 3,000 of change and one sale of 450 in cash."""

    def __init__(self, club: ClubForTests, qtbot: QtBot, person: str = "Анна Соколова") -> None:
        self.club, self.qtbot = club, qtbot
        self.gone: list[str] = []
        self.keys = 0
        made = club.does(create_product, fields=ProductFields(name="Cola", price_minor=45_000))
        self.product = made.body.products[0].product_id  # type: ignore[attr-defined]
        club.opens_shift()
        self.sells()
        club.signs_in(person)
        parts = club.parts
        self.model = ShiftCloseViewModel(parts.store, parts.session, self.gone.append, parts.printing)
        self.window = QWidget()
        self.view = ShiftCloseView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.view.setFocus()

    def sells(self) -> None:
        tender = TenderAsked(TenderKind.CASH, 45_000)
        self.club.does(complete_sale, lines=(LineAsked(product_id=self.product),), tenders=(tender,))

    def types(self, *keys: str) -> None:
        for key in keys:
            self.keys += type_into(self.window, [key] if key.startswith("F") else key)
            for _ in range(2):  # the answer to a count asks for the report
                self.club.settles(self.qtbot)

    def step(self) -> Step:
        return self.model.state.step

    def said(self) -> str:
        """Every text the screen or its accessible tree holds, shown or not."""
        texts = [label.text() for label in self.view.findChildren(Label)]
        for widget in (self.view, *self.view.findChildren(QWidget)):
            face = QAccessible.queryAccessibleInterface(widget)
            texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if face is not None:
                texts += [
                    face.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
                ]
        return "\n".join(texts)


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


def test_an_agreeing_drawer_closes_with_the_count_and_four_more_keys(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450)
    counted = screen.keys
    screen.types("F9")
    assert screen.step() is Step.RESULT
    screen.types("F9", "F9")
    assert screen.step() is Step.CLOSED
    assert club.parts.store.read(current_shift) is None
    screen.types("F9")
    assert screen.gone == ["sign_in"]
    assert club.parts.session.person is None
    assert screen.keys - counted == 4


def test_enter_alone_leads_through_an_agreeing_close(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "⏎⏎⏎⏎", "⏎", "⏎")
    assert screen.step() is Step.RESULT
    screen.types("⏎", "⏎", "⏎")
    assert screen.step() is Step.CLOSED


def test_what_should_be_there_is_nowhere_before_the_count_is_saved(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types("1⏎")
    assert money(EXPECTED) not in screen.said()
    assert money(45_000) not in screen.said()
    screen.types("F9")
    assert money(EXPECTED) in screen.said()


def test_a_small_difference_needs_one_of_three_reasons(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types("⏎1⏎1⏎⏎1⏎1⏎1⏎", "F9")
    assert screen.model.state.saved is not None
    assert screen.model.state.saved.difference_minor == -10_000
    screen.types("F9")
    assert screen.step() is Step.RESULT
    assert "Choose why it differs" in screen.model.state.error
    screen.types("1", "⇥gave 500 for 400", "F9", "F9")
    closed = club.parts.store.read(closed_shifts)[0]
    assert (closed.difference_minor, closed.reason, closed.note) == (-10_000, "wrong_change", "gave 500 for 400")


def test_a_large_difference_is_accepted_by_a_lead_with_their_own_pin(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types("⏎1⏎", "F9", "3", "F9")
    assert [child for child in screen.window.findChildren(AcceptDifference) if child.isVisible()]
    number = [person.name for person in screen.model.approvers()].index("Пётр Лазарев") + 1
    screen.types(str(number), PINS["Пётр Лазарев"] + "⏎")
    assert not screen.window.findChildren(AcceptDifference)
    assert screen.step() is Step.HAND_OVER
    screen.types("F9")
    report = screen.model.state.closed
    assert report is not None
    assert report.counted[0].difference_minor == -145_000
    assert report.counted[0].lead_name == "Пётр Лазарев"


def test_counting_again_is_another_record_and_blind_no_less(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types("1⏎", "F9", "F8")
    assert screen.step() is Step.COUNT
    assert not screen.model.state.pieces
    screen.types(COUNT_OF_3_450, "F9")
    saved = screen.model.state.saved
    assert saved is not None
    assert (saved.number, saved.difference_minor) == (2, 0)


def test_a_sale_after_the_count_asks_for_another_count(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "F9", "F9")
    screen.sells()
    screen.types("F9")
    assert screen.step() is Step.COUNT
    assert "Count once more" in screen.model.state.error
    assert club.parts.store.read(current_shift) is not None


def test_the_handover_says_what_goes_and_what_stays(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "F9", "F9")
    assert (screen.model.state.taken_out_minor, screen.model.state.left_minor) == (45_000, 300_000)
    screen.types("2")
    assert screen.model.state.left_minor == 0
    screen.types("⇥9999", "F9")
    assert "Take out that much at most" in screen.model.state.error
    screen.types("␛")
    assert screen.step() is Step.RESULT
    screen.types("F9", "3", "F9")
    assert club.parts.store.read(closed_shifts)[0].left_minor == EXPECTED


def test_the_z_report_is_queued_with_its_close_and_again_as_a_copy(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "F9", "F9", "F9", "F8")
    kinds = [job.kind for job in club.parts.store.read(unfinished_prints)]
    assert kinds.count("z") == 2


def test_the_close_leaves_a_backup(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "F9", "F9", "F9")
    folder = club.parts.store.folder.backups
    qtbot.waitUntil(lambda: any("shift-close" in path.name and path.suffix == ".sqlite3" for path in folder.iterdir()))


def test_only_the_owner_of_the_drawer_or_a_lead_counts_it(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot, "Марат Каримов")
    screen.types(COUNT_OF_3_450, "F9")
    assert screen.step() is Step.COUNT
    assert screen.model.state.saved is None
    assert "The drawer belongs to Анна Соколова" in screen.said()


def test_the_terminals_total_is_compared(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    screen.types(COUNT_OF_3_450, "⏎⏎⏎⏎", "500", "F9")
    assert screen.model.state.saved is not None
    assert screen.model.state.saved.card_minor == 50_000
    assert money(50_000, plus=True) in screen.said()


def test_every_page_speaks_russian_at_once(club: ClubForTests, qtbot: QtBot) -> None:
    screen = ClosingForTests(club, qtbot)
    i18n.set_language("ru")
    assert "Закрытие смены 1" in screen.said()
    screen.types(COUNT_OF_3_450, "F9")
    assert "Сходится" in screen.said()
    screen.types("F9", "F9")
    assert "Смена 1 закрыта" in screen.said()
