"""Settings are changed by those whose right it is, and every change is there after a new start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.config.settings import PrinterChoice
from desktop.devices.scanner import WedgeSettings
from desktop.screens.settings.staff_tab import PersonDialog
from desktop.screens.settings.view import RecoveryCode, SettingsView
from desktop.screens.settings.view_model import BACKUPS, CLUB, DEVICES, LOOK, STAFF, TAXES, SettingsViewModel
from desktop.widgets.dialog import Dialog
from shared.branches.queries import branch_settings, tax_rates
from shared.branches.rules import TaxRateGiven
from shared.staff.queries import colleagues
from shared.staff.rules import Role
from tests.support.club import ClubForTests
from tests.support.typing import type_into


class SettingsForTests:
    """The screen as somebody who signed in sees it."""

    def __init__(self, club: ClubForTests, qtbot: QtBot, name: str) -> None:
        self.club, self.qtbot = club, qtbot
        self.told: list[str] = []
        club.signs_in(name)
        parts = club.parts
        self.model = SettingsViewModel(parts.store, parts.session, parts.settings, parts.printing, club.deliver)
        self.model.told.connect(self.told.append)
        self.window = QWidget()
        self.view = SettingsView(self.model, Actions(self.window))
        QVBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        self.window.show()
        self.view.setFocus()

    def types(self, *keys: str) -> None:
        type_into(self.window, keys)

    def settles(self) -> None:
        self.club.settles(self.qtbot)
        self.club.settles(self.qtbot)

    def dialog(self) -> Dialog:
        return next(child for child in self.window.findChildren(Dialog) if child.isVisible())


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


@pytest.fixture
def owner(club: ClubForTests, qtbot: QtBot) -> SettingsForTests:
    return SettingsForTests(club, qtbot, "Юлия Белова")


def test_a_digit_opens_a_group(owner: SettingsForTests) -> None:
    for key, tab in zip("234561", (TAXES, STAFF, DEVICES, LOOK, BACKUPS, CLUB), strict=True):
        owner.types(key)
        assert owner.model.state.tab == tab


def test_the_name_of_the_club_is_typed_and_saved_by_f9(owner: SettingsForTests) -> None:
    owner.types("⇥", *" Клуб на Заводской ", "F9")
    owner.settles()
    assert owner.club.parts.store.read(branch_settings).name == "Клуб на Заводской"
    assert owner.told


def test_saving_nothing_says_so_and_writes_nothing(owner: SettingsForTests) -> None:
    owner.types("F9")
    owner.settles()
    assert owner.model.state.problem
    assert not owner.told


def test_a_refused_change_says_why_and_keeps_what_was_typed(owner: SettingsForTests) -> None:
    owner.model.save_club({"name": " " * 3})
    owner.settles()
    assert owner.model.state.problem
    assert owner.club.parts.store.read(branch_settings).name == "Клуб на Лесной"


def test_a_cashier_sees_settings_and_changes_only_the_look(club: ClubForTests, qtbot: QtBot) -> None:
    screen = SettingsForTests(club, qtbot, "Анна Соколова")
    screen.types("F9")
    screen.settles()
    assert not screen.told
    screen.types("3", "Insert")
    assert not [child for child in screen.window.findChildren(Dialog) if child.isVisible()]
    screen.model.save_club({"name": "Мой клуб"})
    screen.settles()
    assert screen.model.state.problem
    assert club.parts.store.read(branch_settings).name == "Клуб на Лесной"


def test_a_new_default_rate_takes_the_place_of_the_old_one(owner: SettingsForTests) -> None:
    owner.model.put_rate(TaxRateGiven("НДС 22 %", 2_200, is_default=True))
    owner.settles()
    assert [(rate.name, rate.is_default) for rate in owner.club.parts.store.read(tax_rates)] == [
        ("НДС 22 %", True),
        ("Без НДС", False),
    ]


def test_the_default_rate_stays_in_use(owner: SettingsForTests) -> None:
    owner.model.archive_rate(owner.model.state.rates[0])
    owner.settles()
    assert owner.model.state.problem
    assert len(owner.club.parts.store.read(tax_rates)) == 1


def test_somebody_is_hired_by_keys_and_signs_in(owner: SettingsForTests) -> None:
    owner.types("3", "Insert")
    assert isinstance(owner.dialog(), PersonDialog)
    owner.types(*"Олег Ким⇥⇥2683⇥2683⏎")
    owner.settles()
    assert "Олег Ким" in {each.name for each in owner.club.parts.store.read(colleagues)}
    owner.club.parts.session.sign_in_now(owner.club.id_of("Олег Ким"), "2683")


def test_a_weak_pin_is_refused_in_words(owner: SettingsForTests) -> None:
    gone: list[bool] = []
    owner.model.add_person("Олег Ким", Role.CASHIER, "1111", lambda: gone.append(True))
    owner.settles()
    assert owner.model.state.problem
    assert not gone


def test_a_new_owner_comes_with_a_recovery_code(owner: SettingsForTests) -> None:
    owner.model.add_person("Вторая Владелица", Role.OWNER, "481502", lambda: None)
    owner.settles()
    assert isinstance(owner.dialog(), RecoveryCode)


def test_a_forgotten_pin_of_a_cashier_is_set_anew(owner: SettingsForTests) -> None:
    person = next(each for each in owner.model.state.people if each.name == "Анна Соколова")
    owner.model.change_person(person, person.name, person.role, "9071", lambda: None)
    owner.settles()
    owner.club.parts.session.sign_in_now(person.staff_id, "9071")


def test_whoever_works_here_no_more_cannot_be_chosen_and_can_come_back(owner: SettingsForTests) -> None:
    person = next(each for each in owner.model.state.people if each.name == "Марат Каримов")
    owner.model.archive_person(person, archived=True, done=lambda: None)
    owner.settles()
    assert "Марат Каримов" not in {each.name for each in owner.club.parts.store.read(colleagues)}
    archived = next(each for each in owner.model.state.people if each.name == "Марат Каримов")
    owner.model.archive_person(archived, archived=False, done=lambda: None)
    owner.settles()
    assert "Марат Каримов" in {each.name for each in owner.club.parts.store.read(colleagues)}


def test_a_printer_is_kept_and_prints_a_test_page_into_a_folder(owner: SettingsForTests, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    owner.model.use_printer(PrinterChoice(kind="file", folder=str(papers)))
    owner.model.test_print()
    owner.qtbot.waitUntil(lambda: any(papers.iterdir()), timeout=30_000)
    assert owner.club.parts.settings.now.printer.folder == str(papers)


def test_without_a_printer_the_test_page_is_refused_in_words(owner: SettingsForTests) -> None:
    owner.model.test_print()
    assert owner.model.state.problem


def test_how_the_scanner_types_is_kept(owner: SettingsForTests) -> None:
    owner.model.use_scanner(WedgeSettings(gap_ms=80, prefix="~"))
    owner.model.stop()
    owner.club.restart()
    assert WedgeSettings(**owner.club.parts.settings.now.scanner) == WedgeSettings(gap_ms=80, prefix="~")


def test_a_backup_by_hand_is_verified_and_shown(owner: SettingsForTests) -> None:
    owner.model.back_up()
    owner.qtbot.waitUntil(lambda: not owner.model.state.is_backing_up, timeout=30_000)
    assert [each.reason for each in owner.model.state.backups] == ["manual"]
    assert owner.told
