"""The scanner in a real window: the field keeps what a person types and never sees a scan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.devices.scanner import Scan
from desktop.devices.scanner_filter import ScannerFilter

# The offscreen platform says this of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


class Desk:
    """A dialog with a field and a default button, a scanner and a clock that stands still until moved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 1_000
        self.paid = 0
        self.scans: list[Scan] = []
        self.filter = ScannerFilter(lambda: self.now, code_offset=8)
        self.filter.scanned.connect(self.scans.append)
        self.dialog = QDialog()
        qtbot.addWidget(self.dialog)
        self.field, pay = QLineEdit(), QPushButton("Pay")
        pay.setDefault(True)
        pay.clicked.connect(self._pay)
        layout = QVBoxLayout(self.dialog)
        layout.addWidget(self.field)
        layout.addWidget(pay)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)
        self.field.setFocus()

    @property
    def window(self) -> QWindow:
        window = self.dialog.windowHandle()
        assert window is not None
        return window

    def key(self, key: Qt.Key, text: str, *, gap: int = 5, code: int = 0, repeat: bool = False) -> None:
        self.now += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(
                self.window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, code, 0, 0, text, repeat)
            )

    def types(self, text: str, gap: int) -> None:
        for letter in text:
            self.key(Qt.Key(ord(letter.upper())), letter, gap=gap)

    def settles(self, qtbot: QtBot) -> None:
        self.now += 1_000
        QTest.qWait(80)

    def _pay(self) -> None:
        self.paid += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(desk.filter)
    yield desk
    application.removeEventFilter(desk.filter)


def test_a_scan_reaches_no_field_and_presses_no_button(desk: Desk, qtbot: QtBot) -> None:
    desk.types("4600051000057", gap=5)
    desk.key(Qt.Key.Key_Return, "\r")
    desk.key(Qt.Key.Key_Return, "\r", gap=40)
    qtbot.waitUntil(lambda: len(desk.scans) == 1)
    assert desk.scans == [Scan("4600051000057")]
    assert desk.field.text() == ""
    assert desk.paid == 0


def test_a_persons_keys_reach_the_field_and_enter_presses_the_button(desk: Desk, qtbot: QtBot) -> None:
    desk.types("12345", gap=80)
    desk.key(Qt.Key.Key_Return, "\r", gap=80)
    qtbot.waitUntil(lambda: desk.paid == 1)
    assert desk.field.text() == "12345"
    assert desk.scans == []


def test_a_single_key_is_given_back_by_the_timer(desk: Desk, qtbot: QtBot) -> None:
    desk.types("7", gap=200)
    assert desk.field.text() == ""
    desk.now += 40
    qtbot.waitUntil(lambda: desk.field.text() == "7")


def test_a_russian_layout_does_not_change_a_scan(desk: Desk, qtbot: QtBot) -> None:
    for text, code in (("С", 46 + 8), ("Д", 38 + 8), ("г", 22 + 8), ("и", 48 + 8), ("1", 2 + 8)):
        desk.key(Qt.Key.Key_unknown, text, code=code)
    desk.key(Qt.Key.Key_Return, "\r", code=36)
    qtbot.waitUntil(lambda: len(desk.scans) == 1)
    assert desk.scans == [Scan("club1")]


def test_a_held_down_key_repeats_into_the_field(desk: Desk, qtbot: QtBot) -> None:
    desk.types("7", gap=200)
    for _ in range(8):
        desk.key(Qt.Key.Key_7, "7", gap=30, repeat=True)
    qtbot.waitUntil(lambda: desk.field.text() == "7" * 9)
    assert desk.scans == []


def test_keys_for_one_widget_are_not_seen_twice(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(desk.field, "quick as a test")
    assert desk.field.text() == "quick as a test"


def test_a_command_key_comes_after_the_keys_before_it(desk: Desk, qtbot: QtBot) -> None:
    desk.types("12", gap=10)
    desk.key(Qt.Key.Key_Backspace, "\b", gap=10)
    assert desk.field.text() == "1"


def test_a_window_closed_while_a_key_is_held_harms_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.types("1", gap=10)
    desk.dialog.close()
    desk.settles(qtbot)
    assert desk.scans == []
