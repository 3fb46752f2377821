"""Signing in, as people do it: keys in a real window part, PINs checked against a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.screens.sign_in.dialogs import CodeShown, ForgottenPin, LiftLock
from desktop.screens.sign_in.view import SignInView
from desktop.screens.sign_in.view_model import SignInViewModel
from desktop.widgets.dialog import Dialog
from shared.core.clock import MINUTE_MS
from shared.shifts.queries import current_shift
from shared.staff.rules import FAILURES_MAX, LOCKOUT_MS
from tests.support.club import PINS, RECOVERY_CODE, ClubForTests
from tests.support.typing import type_into


class SignInForTests:
    """The screen with a club behind it."""

    def __init__(self, club: ClubForTests, qtbot: QtBot) -> None:
        self.club, self.qtbot = club, qtbot
        self.gone: list[str] = []
        parts = club.parts
        self.model = SignInViewModel(parts.store, parts.session, self.gone.append, club.clock, parts.printing)
        self.window = QWidget()
        self.view = SignInView(self.model, Actions(self.window), parts.settings)
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.view.setFocus()

    @property
    def person(self) -> str:
        return self.model.state.person.name if self.model.state.person else ""

    def types(self, keys: str) -> None:
        """Digits and letters, ⏎ for Enter."""
        type_into(self.window, keys)

    def types_and_waits(self, keys: str) -> None:
        self.types(keys)
        self.club.settles(self.qtbot)

    def dialog(self) -> Dialog:
        return next(child for child in self.window.findChildren(Dialog) if child.isVisible())


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


@pytest.fixture
def screen(club: ClubForTests, qtbot: QtBot) -> SignInForTests:
    return SignInForTests(club, qtbot)


def test_the_pin_and_enter_lead_to_the_opening_of_the_shift(screen: SignInForTests) -> None:
    screen.types_and_waits("4826⏎")
    assert screen.gone == ["shift_open"]
    assert screen.club.parts.session.person is not None


def test_with_an_open_shift_the_sale_comes_at_once(screen: SignInForTests) -> None:
    screen.club.opens_shift()
    screen.club.parts.session.sign_out()
    screen.types_and_waits("4826⏎")
    assert screen.gone == ["sale"]


def test_a_digit_before_the_pin_picks_somebody_else(screen: SignInForTests) -> None:
    assert screen.person == "Анна Соколова"
    screen.types_and_waits("25937⏎")
    assert screen.person == "Марат Каримов"
    assert screen.gone == ["shift_open"]


def test_a_digit_picks_somebody_with_a_longer_pin_too(screen: SignInForTests) -> None:
    screen.types_and_waits("4738295⏎")
    assert screen.club.parts.session.person is not None
    assert screen.club.parts.session.person.name == "Юлия Белова"


def test_a_digit_picks_somebody_with_a_shorter_pin_too(screen: SignInForTests) -> None:
    screen.model.pick(3)
    screen.types_and_waits("14826⏎")
    assert screen.club.parts.session.person is not None
    assert screen.club.parts.session.person.name == "Анна Соколова"


def test_whoever_worked_last_is_asked_first(screen: SignInForTests) -> None:
    screen.club.signs_in("Марат Каримов")
    screen.club.parts.session.sign_out()
    again = SignInForTests(screen.club, screen.qtbot)
    assert again.person == "Марат Каримов"


def test_arrows_pick_and_empty_the_boxes(screen: SignInForTests) -> None:
    screen.types("48")
    screen.types("↓")
    assert screen.person == "Марат Каримов"
    screen.types_and_waits("5937⏎")
    assert screen.gone


def test_a_wrong_pin_says_how_many_attempts_are_left(screen: SignInForTests) -> None:
    screen.types_and_waits("4827⏎")
    assert screen.gone == []
    assert str(FAILURES_MAX - 1) in screen.model.state.error


def test_enter_on_empty_boxes_is_no_attempt(screen: SignInForTests) -> None:
    screen.types_and_waits("⏎⏎⏎⏎⏎⏎")
    screen.types_and_waits("4826⏎")
    assert screen.gone == ["shift_open"]


def test_a_second_enter_while_the_first_is_checked_is_not_a_second_attempt(screen: SignInForTests) -> None:
    screen.types("4827⏎")
    screen.model.enter("4827")
    screen.club.settles(screen.qtbot)
    assert str(FAILURES_MAX - 1) in screen.model.state.error


def test_five_wrong_pins_close_signing_in_and_five_minutes_open_it(screen: SignInForTests) -> None:
    for _ in range(FAILURES_MAX + 1):
        screen.types_and_waits("4827⏎")
    assert screen.model.seconds_locked() == LOCKOUT_MS // 1000
    screen.club.clock.advance(LOCKOUT_MS - MINUTE_MS)
    screen.types_and_waits("4826⏎")
    assert screen.gone == []
    assert screen.model.seconds_locked() == MINUTE_MS // 1000
    screen.club.clock.advance(MINUTE_MS)
    screen.types_and_waits("4826⏎")
    assert screen.gone == ["shift_open"]


def test_a_shift_lead_opens_a_closed_lock(screen: SignInForTests) -> None:
    for _ in range(FAILURES_MAX + 1):
        screen.types_and_waits("4827⏎")
    type_into(screen.window, ["F9"])
    dialog = screen.dialog()
    assert isinstance(dialog, LiftLock)
    screen.types("1")
    screen.types_and_waits("604182⏎")
    screen.club.settles(screen.qtbot)
    assert screen.club.parts.session.person is None
    screen.view.setFocus()
    screen.types_and_waits("4826⏎")
    assert screen.gone == ["shift_open"]


def test_an_owner_with_the_recovery_code_sets_a_new_pin_and_gets_a_new_code(screen: SignInForTests) -> None:
    screen.model.pick(3)
    type_into(screen.window, ["F8"])
    dialog = screen.dialog()
    assert isinstance(dialog, ForgottenPin)
    screen.types_and_waits(f"{RECOVERY_CODE.lower()}⇥591736⇥591736⏎")
    assert isinstance(screen.dialog(), CodeShown)
    screen.types("⏎")
    screen.view.setFocus()
    screen.types_and_waits("591736⏎")
    assert screen.gone == ["shift_open"]


def test_a_cashier_who_forgot_the_pin_hears_whom_to_ask(screen: SignInForTests) -> None:
    type_into(screen.window, ["F8"])
    assert isinstance(screen.dialog(), ForgottenPin)
    assert not screen.model.may_recover()


def test_a_name_is_found_by_a_part_of_it(screen: SignInForTests) -> None:
    type_into(screen.window, ["F3"])
    screen.types("лаза")
    assert screen.person == "Пётр Лазарев"
    screen.types("⏎")
    screen.types_and_waits("604182⏎")
    assert screen.gone == ["shift_open"]


def test_the_demo_shows_its_pins(club: ClubForTests, qtbot: QtBot) -> None:
    parts = club.parts
    model = SignInViewModel(parts.store, parts.session, lambda _name: None, club.clock, parts.printing, PINS)
    assert model.state.pins_shown["Анна Соколова"] == "4826"
    assert parts.store.read(current_shift) is None
