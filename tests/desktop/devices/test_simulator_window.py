"""A person can see the paper and break the printer with a button."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.config.i18n import tr
from desktop.devices.printer_settings import PAPER_80_MM
from desktop.devices.simulator.server import Conditions, PrinterSimulator
from desktop.devices.simulator.window import SimulatorWindow
from tests.desktop.devices.printing import RECEIPT, network_printer, rendered

# The offscreen platform says this of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def window(qtbot: QtBot, simulator: PrinterSimulator) -> SimulatorWindow:
    window = SimulatorWindow(simulator)
    qtbot.addWidget(window)
    window.show()
    return window


def press(window: SimulatorWindow, text: str) -> QPushButton:
    (button,) = [button for button in window.findChildren(QPushButton) if button.text() == tr(text)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Out of paper", Conditions(paper="out")),
        ("Paper near its end", Conditions(paper="near_end")),
        ("Paper ends in 5 lines", Conditions(lines_left=5)),
        ("Cover open", Conditions(cover_open=True)),
        ("Cutter jammed", Conditions(broken=True)),
        ("Offline", Conditions(offline=True)),
        ("Silent", Conditions(silent=True)),
        ("Silent in 5 lines", Conditions(silent_after=5)),
        ("Slow", Conditions(seconds_per_line=0.3)),
    ],
)
def test_each_button_breaks_one_thing_and_mends_it(
    qtbot: QtBot, window: SimulatorWindow, simulator: PrinterSimulator, text: str, conditions: Conditions
) -> None:
    press(window, text)
    assert simulator.conditions == conditions
    press(window, text)
    assert simulator.conditions == Conditions()


def test_a_button_comes_down_by_itself_when_the_paper_has_run_out(
    qtbot: QtBot, window: SimulatorWindow, simulator: PrinterSimulator
) -> None:
    simulator.set(Conditions(lines_left=1))
    with network_printer(simulator, "none").connect() as link, pytest.raises(Exception, match="no_proof"):
        link.send(b"one\ntwo\n")
    (button,) = [button for button in window.findChildren(QPushButton) if button.text() == tr("Out of paper")]
    qtbot.waitUntil(button.isChecked)
    press(window, "Load paper and close")
    qtbot.waitUntil(lambda: not button.isChecked())
    qtbot.waitUntil(lambda: len(simulator.paper) == 2)


def test_the_saved_picture_and_text_show_the_receipt(
    qtbot: QtBot, window: SimulatorWindow, simulator: PrinterSimulator, tmp_path: Path
) -> None:
    with network_printer(simulator).connect() as link:
        link.send(rendered(RECEIPT).payload)
    window.save_picture(tmp_path / "receipt.png")
    window.save_text(tmp_path / "receipt.txt")
    with Image.open(tmp_path / "receipt.png") as image:
        assert image.width == PAPER_80_MM.dots + 64
        (code,) = zxingcpp.read_barcodes(image)
    assert code.text == "148-0213-K7M4"
    assert "ИТОГО             342,00\n" in (tmp_path / "receipt.txt").read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_written_is_an_error(window: SimulatorWindow, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot be written"):
        window.save_picture(tmp_path / "missing" / "receipt.png")


def test_tearing_off_leaves_an_empty_roll(qtbot: QtBot, window: SimulatorWindow, simulator: PrinterSimulator) -> None:
    with network_printer(simulator).connect() as link:
        link.send(rendered(RECEIPT).payload)
    press(window, "Tear off the paper")
    assert simulator.paper == ()


def test_the_printer_goes_on_without_its_window(window: SimulatorWindow, simulator: PrinterSimulator) -> None:
    window.close()
    with network_printer(simulator).connect() as link:
        link.send(b"x\n")
    assert len(simulator.paper) == 1
