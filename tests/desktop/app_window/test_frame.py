"""The frame of the window: what stands around every screen, and the keys that work everywhere."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions.registry import Actions
from desktop.app.appearance import Appearance
from desktop.app.frame_texts import status_items, strip_of
from desktop.app.main_window import FrameParts, MainWindow
from desktop.app.menus import Menu
from desktop.app.navigator import Made, Maker
from desktop.app.status import LONG_SHIFT_MS, Status
from desktop.config import i18n
from desktop.design.theme import look
from desktop.widgets.key_overlay import KeyOverlay
from desktop.widgets.toast import Toast
from tests.support.club import ClubForTests
from tests.support.typing import type_into

NAMES = ("sign_in", "first_run", "sale", "shift_open", "shift_close", "report", "goods", "receipts", "review", "settings")


class Plain(QWidget):
    """A screen of one field."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName("field")
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)


class Takes(QObject):
    """A view-model that takes scans."""

    def __init__(self) -> None:
        super().__init__()
        self.scans: list[str] = []

    def scan(self, code: str) -> None:
        self.scans.append(code)


class WindowForTests:
    """The real frame around plain screens."""

    def __init__(self, club: ClubForTests, qtbot: QtBot, app: QApplication) -> None:
        parts = club.parts
        self.club, self.trouble = club, ""
        self.status = Status(parts.store, parts.session, club.clock, lambda: self.trouble)
        frame = FrameParts(parts.session, parts.settings, self.status, Appearance(app, parts.settings))
        self.window = MainWindow(frame, self._screens)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.go("sign_in")

    def _screens(self, _actions: Actions, _go: Callable[[str], None]) -> Mapping[str, Maker]:
        return {name: lambda name=name: Made(Plain(), Takes() if name == "sale" else QObject()) for name in NAMES}  # type: ignore[misc]

    @property
    def name(self) -> str:
        return self.window.navigator.name

    def types(self, *keys: str) -> None:
        type_into(self.window, keys)

    def menu(self) -> Menu:
        return next(child for child in self.window.findChildren(Menu) if child.isVisible())


@pytest.fixture
def club(tmp_path: Path, qapp: QApplication) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


@pytest.fixture
def desk(club: ClubForTests, qtbot: QtBot, qapp: QApplication) -> WindowForTests:
    club.parts.settings.change(theme="light", language="en")
    return WindowForTests(club, qtbot, qapp)


def test_nobody_signed_in_sees_only_signing_in(desk: WindowForTests) -> None:
    for name in NAMES[2:]:
        desk.window.go(name)
        assert desk.name == "sign_in"
    desk.types("F12")
    assert not desk.window.findChildren(Menu)


def test_the_status_bar_names_place_person_and_shift_but_never_a_sum(desk: WindowForTests) -> None:
    desk.club.opens_shift(float_minor=123_400)
    desk.window.go("sale")
    said = " ".join(f"{item.strong} {item.quiet}" for item in status_items(desk.status.state))
    assert "Клуб на Лесной" in said
    assert "Анна Соколова" in said
    assert "Shift 1 since 09:54" in said
    assert "1" not in said.replace("Shift 1", "").replace("desk 1", "").replace("09:54", "")


def test_esc_goes_back_along_the_way_that_was_taken(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.window.go("goods")
    desk.window.go("settings")
    desk.types("␛")
    assert desk.name == "goods"
    desk.types("␛")
    assert desk.name == "sale"
    desk.types("␛")
    assert desk.name == "sale"


def test_a_screen_that_was_left_is_made_anew_but_the_sale_waits_for_its_person(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    carts = desk.window.navigator.model
    desk.types("F11")
    assert desk.name == "sign_in"
    assert desk.club.parts.session.person is None
    desk.club.signs_in("Марат Каримов")
    desk.window.go("sale")
    assert desk.window.navigator.model is not carts
    desk.types("F11")
    desk.club.signs_in("Анна Соколова")
    desk.window.go("sale")
    assert desk.window.navigator.model is carts


def test_the_menu_does_what_its_digit_says(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.types("F10", "1")
    assert desk.name == "goods"
    desk.types("F10", "3")
    assert desk.name == "review"


def test_arrows_in_a_menu_only_walk_and_enter_acts(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.types("F10", "↓")
    assert desk.name == "sale"
    desk.types("⏎")
    assert desk.name == "receipts"


def test_f12_offers_report_and_closing_to_whoever_owns_the_drawer(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.types("F12", "1")
    assert desk.name == "report"
    desk.types("F12", "3")
    assert desk.name == "shift_close"


def test_a_colleague_cannot_close_the_drawer_of_another(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.club.signs_in("Марат Каримов")
    desk.window.go("sale")
    desk.types("F12", "3")
    assert desk.name == "sale"
    assert desk.menu().isVisible()


def test_the_language_changes_while_the_window_is_open(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.club.parts.settings.change(language="ru")
    assert i18n.language() == "ru"
    assert "Смена 1" in " ".join(item.strong for item in status_items(desk.status.state))


def test_theme_and_text_size_change_while_the_window_is_open(desk: WindowForTests) -> None:
    desk.club.parts.settings.change(theme="contrast", text_size=150)
    assert look().is_contrast
    assert look().tokens.scale == 150


def test_larger_and_smaller_stay_within_what_fits(desk: WindowForTests) -> None:
    sizes: list[int] = []
    for action in ("app.larger", "app.smaller"):
        for _ in range(9):
            desk.window.actions_here.trigger(action)
        sizes.append(desk.club.parts.settings.now.text_size)
    assert sizes == [200, 100]


@pytest.mark.parametrize("screen", ["shift_open", "shift_close", "settings"])
def test_a_scan_never_throws_away_a_count_or_a_form(desk: WindowForTests, screen: str) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.window.go(screen)
    desk.window.scan("4600000000015")
    assert desk.name == screen
    assert "Finish here first" in desk.window.findChildren(Toast)[0].text


def test_a_scan_reaches_the_screen_in_front_or_the_sale(desk: WindowForTests) -> None:
    desk.window.scan("4600000000008")
    desk.club.opens_shift()
    desk.window.go("report")
    desk.window.scan("4600000000015")
    assert desk.name == "sale"
    assert desk.window.navigator.model.scans == ["4600000000015"]


def test_f1_shows_the_keys_and_esc_closes_them(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.types("F1")
    assert [child for child in desk.window.findChildren(KeyOverlay) if child.isVisible()]
    desk.types("␛")
    assert desk.name == "sale"
    assert not [child for child in desk.window.findChildren(KeyOverlay) if child.isVisible()]


def test_esc_never_leads_back_to_a_sign_in_that_is_over(desk: WindowForTests) -> None:
    desk.club.signs_in()
    desk.window.go("shift_open")
    desk.types("␛")
    assert desk.name == "sale"


def test_nobody_signed_in_is_offered_no_key_of_those_who_are(desk: WindowForTests) -> None:
    offered = {line.keys for _title, lines in desk.window.actions_here.overlay() for line in lines}
    assert ("F1",) in offered
    assert not offered & {("F11",), ("F12",), ("F12", "1"), ("Ctrl+G",), ("Ctrl+R",), ("Ctrl+D",), ("Shift+F4",)}
    desk.club.opens_shift()
    desk.window.go("sale")
    offered = {line.keys for _title, lines in desk.window.actions_here.overlay() for line in lines}
    assert {("F11",), ("F12",), ("F12", "1"), ("Ctrl+G",)} <= offered


def test_f1_tells_the_keys_of_a_dialog_too_and_pressed_again_goes_away(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.types("F10", "F1")
    shown = [child for child in desk.window.findChildren(KeyOverlay) if child.isVisible()]
    assert [each.accessibleName() for each in shown] == ["Keys · Menu"]
    desk.types("F1")
    assert not [child for child in desk.window.findChildren(KeyOverlay) if child.isVisible()]
    assert desk.menu().isVisible()


def test_a_sentence_of_the_window_lies_beside_the_sum_and_goes_with_the_next_thing_done(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.window.go("sale")
    desk.window.tell("The cart is empty. Add something first")
    toast = desk.window.findChildren(Toast)[0]
    assert toast.isVisible()
    assert toast.geometry().right() < desk.window.width() - look().px("side_panel")
    desk.window.scan("4600000000015")
    assert not toast.isVisible()


def test_a_shift_of_more_than_a_day_puts_up_a_strip(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.club.clock.advance(LONG_SHIFT_MS)
    desk.status.refresh()
    strip = strip_of(desk.status.state)
    assert strip is not None
    assert "24" in strip.cause


def test_a_printer_in_trouble_says_so_and_that_selling_goes_on(desk: WindowForTests) -> None:
    desk.club.opens_shift()
    desk.trouble = "The printer is out of paper"
    desk.status.refresh()
    strip = strip_of(desk.status.state)
    assert strip is not None
    assert strip.cause == "The printer is out of paper"
    assert "selling" in strip.rest


def test_the_window_remembers_its_size(desk: WindowForTests) -> None:
    desk.window.resize(700, 600)
    desk.window.close()
    assert desk.club.parts.settings.now.window == (700, 600, 0)
