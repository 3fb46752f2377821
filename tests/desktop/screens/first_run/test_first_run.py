"""Setting a real club up, by keys, from an empty folder to a desk where people sign in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.config.settings import PrinterChoice
from desktop.screens.first_run.answers import CLUB, DRAWER, LOOK, PEOPLE, TAXES
from desktop.screens.first_run.view import FirstRunView
from desktop.screens.first_run.view_model import CODE_TAIL, FirstRunViewModel, Secret
from shared.branches.queries import branch_settings, is_set_up, tax_rates
from shared.core.paper import Pair, Text
from shared.staff.queries import colleagues
from shared.staff.rules import Role
from tests.support.club import ClubForTests
from tests.support.typing import type_into


class FirstRunForTests:
    """The screen over an empty folder."""

    def __init__(self, club: ClubForTests, qtbot: QtBot) -> None:
        self.club, self.qtbot = club, qtbot
        self.gone: list[str] = []
        self.printers: list[PrinterChoice] = []
        self.examples: list[bool] = []
        parts = club.parts
        self.model = FirstRunViewModel(
            parts.store, parts.session, parts.settings, self.gone.append, club.clock, self.printers.append,
            lambda: self.examples.append(True),
        )  # fmt: skip
        self.window = QWidget()
        self.view = FirstRunView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.view.setFocus()

    def types(self, *keys: str) -> None:
        type_into(self.window, keys)

    def answers_everything(self) -> None:
        """Up to the last key of the last step."""
        self.types("⏎")
        self.types(*"Клуб на Лесной⏎")
        self.types("5", "⏎")
        self.types("⏎")
        code = self.model.state.code
        self.types(*f"Юлия Белова⇥738295⇥738295⇥{code[-CODE_TAIL:].lower()}⇥Анна Соколова⇥4826")


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club", set_up=False)
    yield made
    made.close()


@pytest.fixture
def screen(club: ClubForTests, qtbot: QtBot) -> FirstRunForTests:
    return FirstRunForTests(club, qtbot)


def test_five_steps_of_keys_make_a_club_with_an_owner_and_a_cashier(screen: FirstRunForTests) -> None:
    screen.answers_everything()
    screen.types("⏎")
    screen.qtbot.waitUntil(lambda: bool(screen.gone), timeout=30_000)
    read = screen.club.parts.store.read
    assert screen.gone == ["sign_in"]
    assert read(branch_settings).name == "Клуб на Лесной"
    assert [(rate.name, rate.rate_bp) for rate in read(tax_rates)] == [("VAT 20 %", 2_000)]
    assert {(each.name, each.role) for each in read(colleagues)} == {
        ("Юлия Белова", Role.OWNER),
        ("Анна Соколова", Role.CASHIER),
    }
    assert not screen.club.parts.session.is_setting_up
    assert screen.club.parts.settings.now.first_run == {}


def test_pressing_enter_twice_at_the_end_makes_one_club(screen: FirstRunForTests) -> None:
    screen.answers_everything()
    screen.types("⏎", "⏎")
    screen.qtbot.waitUntil(lambda: bool(screen.gone), timeout=30_000)
    screen.club.settles(screen.qtbot)
    assert screen.gone == ["sign_in"]
    assert len(screen.club.parts.store.read(colleagues)) == 2


def test_a_club_without_a_name_is_not_passed(screen: FirstRunForTests) -> None:
    screen.types("⏎", "⏎")
    assert screen.model.state.step == CLUB
    assert "name" in screen.model.state.problems
    screen.types("PageDown")
    assert screen.model.state.step == CLUB


def test_steps_with_good_defaults_are_skipped_by_a_key(screen: FirstRunForTests) -> None:
    screen.types("PageDown")
    assert screen.model.state.step == CLUB
    screen.model.change(name="Club")
    screen.types("⏎", "PageDown", "PageDown")
    assert screen.model.state.step == PEOPLE


def test_esc_goes_one_step_back_and_keeps_the_answers(screen: FirstRunForTests) -> None:
    screen.types("⏎", *"Club", "⏎", "␛")
    assert screen.model.state.step == CLUB
    assert screen.model.state.answers.name == "Club"


def test_a_set_up_that_was_left_is_taken_up_where_it_was(screen: FirstRunForTests) -> None:
    screen.types("⏎", *"Club", "⏎", "4")
    assert screen.model.state.step == TAXES
    screen.model.stop()
    screen.club.restart()
    again = FirstRunForTests(screen.club, screen.qtbot)
    assert again.model.state.step == TAXES
    assert again.model.state.answers.name == "Club"
    assert again.model.state.answers.tax == "vat10"


def test_no_pin_and_no_code_is_ever_kept_in_the_settings(screen: FirstRunForTests) -> None:
    screen.answers_everything()
    screen.model.stop()
    kept = (screen.club.root / "settings.json").read_text("utf-8")
    assert "738295" not in kept
    assert screen.model.state.code not in kept


def test_the_recovery_code_must_have_been_written_down(screen: FirstRunForTests) -> None:
    screen.model.change(step=PEOPLE, owner="Юлия Белова")
    screen.model.next(Secret("738295", "738295", "", "9999" if not screen.model.state.code.endswith("9999") else "8888"))
    assert set(screen.model.state.problems) == {"code"}


@pytest.mark.parametrize(
    ("secret", "problem"),
    [
        (Secret("7382", "7382", "", ""), "owner_pin"),
        (Secret("123456", "123456", "", ""), "owner_pin"),
        (Secret("738295", "738296", "", ""), "owner_again"),
        (Secret("738295", "738295", "1111", ""), "cashier_pin"),
    ],
)
def test_a_weak_or_unequal_pin_is_named_at_its_field(screen: FirstRunForTests, secret: Secret, problem: str) -> None:
    screen.model.change(step=PEOPLE, owner="Юлия Белова", cashier="Анна")
    screen.model.next(secret)
    assert problem in screen.model.state.problems
    assert not screen.club.parts.store.read(is_set_up)


def test_the_owner_is_told_the_length_that_the_label_asks_for(screen: FirstRunForTests) -> None:
    screen.model.change(owner="Юлия", step=4)
    screen.model.next(Secret("12", "12"))
    assert "6" in screen.model.state.problems["owner_pin"]


def test_a_network_printer_needs_an_address_and_is_used_at_the_end(screen: FirstRunForTests) -> None:
    screen.model.change(step=DRAWER, name="Club", printer="network")
    screen.model.next()
    assert set(screen.model.state.problems) == {"printer"}
    screen.model.change(host="192.168.0.50")
    screen.model.next()
    screen.model.change(owner="Owner")
    screen.model.next(Secret("738295", "738295", "", screen.model.state.code[-CODE_TAIL:]))
    screen.qtbot.waitUntil(lambda: bool(screen.gone), timeout=30_000)
    assert screen.printers == [PrinterChoice(kind="network", host="192.168.0.50")]
    assert screen.club.parts.settings.now.printer == screen.printers[0]


def test_the_sample_receipt_follows_the_answers(screen: FirstRunForTests) -> None:
    screen.model.change(name="My club", address="1 Forest Street", tax="vat20")
    said = [line.text for line in screen.model.sample().lines if isinstance(line, Text)]
    taxed = [line.left for line in screen.model.sample().lines if isinstance(line, Pair)]
    assert "MY CLUB" in said
    assert "1 Forest Street" in said
    assert any("20" in words for words in taxed)


def test_language_and_theme_change_at_once(screen: FirstRunForTests) -> None:
    assert screen.model.state.step == LOOK
    screen.types("3")
    assert screen.club.parts.settings.now.theme == "dark"


def test_the_example_club_is_opened_by_its_key(screen: FirstRunForTests) -> None:
    screen.types("F4")
    assert screen.examples == [True]
