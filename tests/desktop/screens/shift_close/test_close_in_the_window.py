"""From the sale to the sign-in in the real window, every key counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.appearance import Appearance
from desktop.app.gui import Delivery
from desktop.app.main_window import FrameParts, MainWindow
from desktop.app.screens import Screens
from desktop.app.status import Status
from desktop.widgets.dialog import Dialog
from shared.shifts.queries import current_shift
from tests.support.club import ClubForTests
from tests.support.typing import type_into

CLOSE_MENU = ("F12", "3")
COUNT_OF_3_000 = ("↓", "↓", "3")
OVERHEAD_MAX = 6
"""F12, 3 and one F9 a page; what is counted comes on top."""


@pytest.fixture
def club(tmp_path: Path, qtbot: QtBot) -> Iterator[ClubForTests]:
    made = ClubForTests(tmp_path / "club")
    yield made
    made.close()


def test_a_shift_is_closed_from_the_sale_in_six_keys_and_the_count(club: ClubForTests, qtbot: QtBot, qapp: QApplication) -> None:
    club.opens_shift()
    parts = club.parts
    parts.settings.change(language="en", theme="light")
    appearance = Appearance(qapp, parts.settings)
    status = Status(parts.store, parts.session, club.clock, lambda: "")
    screens = Screens(parts, Delivery(), lambda: None)
    window = MainWindow(FrameParts(parts.session, parts.settings, status, appearance), screens)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go("sale")

    def types(keys: tuple[str, ...]) -> int:
        count = 0
        for key in keys:
            count += type_into(window, [key])
            for _ in range(3):
                club.settles(qtbot)
        return count

    count = types(CLOSE_MENU)
    assert window.navigator.name == "shift_close"
    assert not [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    types(COUNT_OF_3_000)
    count += types(("F9", "F9", "F9"))
    assert club.parts.store.read(current_shift) is None
    count += types(("F9",))
    assert window.navigator.name == "sign_in"
    assert count == OVERHEAD_MAX
    appearance.stop()
    window.close()
