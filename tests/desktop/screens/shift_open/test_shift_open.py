"""Opening a shift by keys: the change as it was left, or counted; a gap is shown and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.screens.shift_open.view import ShiftOpenView
from desktop.screens.shift_open.view_model import ShiftOpenViewModel
from desktop.widgets.base import Label
from shared.books import accounts
from shared.books.queries import balance
from shared.reports.commands import close_shift
from shared.shifts.commands import count_drawer
from shared.shifts.queries import current_shift
from shared.shifts.rules import Count
from tests.support.club import ClubForTests
from tests.support.typing import type_into


class OpeningForTests:
    """The screen with a club behind it."""

    def __init__(self, club: ClubForTests, qtbot: QtBot) -> None:
        self.club, self.qtbot = club, qtbot
        self.gone: list[str] = []
        parts = club.parts
        self.model = ShiftOpenViewModel(parts.store, parts.session, self.gone.append)
        self.window = QWidget()
        self.view = ShiftOpenView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.view.setFocus()

    def types(self, *keys: str) -> None:
        for key in keys:
            type_into(self.window, [key] if key.startswith("F") else key)
        for _ in range(2):
            self.club.settles(self.qtbot)

    def words(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(Label) if label.isVisible()]


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


@pytest.fixture
def after_a_shift(club: ClubForTests) -> ClubForTests:
    """A club whose last shift left 3,000 in the drawer."""
    club.opens_shift()
    counted = club.does(count_drawer, count=Count(((100_000, 3),)))
    club.does(close_shift, count=counted.envelope.op)
    return club


def test_the_first_shift_counts_the_change_and_begins_with_it(club: ClubForTests, qtbot: QtBot) -> None:
    club.signs_in()
    screen = OpeningForTests(club, qtbot)
    assert screen.model.state.is_counting
    screen.types("⏎⏎3⏎1⏎", "F9")
    assert screen.gone == ["sale"]
    shift = club.parts.store.read(current_shift)
    assert shift is not None
    assert (shift.number, shift.float_minor, shift.cashier_name) == (1, 350_000, "Анна Соколова")


def test_nothing_counted_opens_nothing_and_says_so(club: ClubForTests, qtbot: QtBot) -> None:
    club.signs_in()
    screen = OpeningForTests(club, qtbot)
    screen.types("F9")
    assert club.parts.store.read(current_shift) is None
    assert any("Nothing is counted yet" in words for words in screen.words())


def test_the_change_of_the_last_shift_is_taken_over_with_one_enter(after_a_shift: ClubForTests, qtbot: QtBot) -> None:
    after_a_shift.signs_in("Марат Каримов")
    screen = OpeningForTests(after_a_shift, qtbot)
    screen.types("⏎")
    shift = after_a_shift.parts.store.read(current_shift)
    assert shift is not None
    assert (shift.number, shift.float_minor) == (2, 300_000)
    assert screen.gone == ["sale"]


def test_a_gap_is_shown_before_it_is_kept_against_cash_difference(after_a_shift: ClubForTests, qtbot: QtBot) -> None:
    after_a_shift.signs_in("Марат Каримов")
    screen = OpeningForTests(after_a_shift, qtbot)
    screen.types("F8", "⏎1⏎9⏎")
    # 2,000 and nine times 1,000 is far over; correct it to 2,900.
    assert screen.model.state.gap_minor == 800_000
    screen.types("↑", "0⏎⏎⏎9⏎")
    assert screen.model.state.gap_minor == -10_000
    assert "Short" in screen.words()
    screen.types("F9")
    store = after_a_shift.parts.store
    shift = store.read(current_shift)
    assert shift is not None
    assert shift.float_minor == 290_000
    assert store.read(balance, account=accounts.drawer(1), currency="RUB") == 290_000


def test_pressing_twice_opens_one_shift(after_a_shift: ClubForTests, qtbot: QtBot) -> None:
    after_a_shift.signs_in()
    screen = OpeningForTests(after_a_shift, qtbot)
    screen.model.open()
    screen.model.open()
    after_a_shift.settles(qtbot)
    shift = after_a_shift.parts.store.read(current_shift)
    assert shift is not None
    assert shift.number == 2


def test_the_screen_speaks_russian_at_once(after_a_shift: ClubForTests, qtbot: QtBot) -> None:
    after_a_shift.signs_in()
    screen = OpeningForTests(after_a_shift, qtbot)
    i18n.set_language("ru")
    assert "Открытие смены 2" in screen.words()
