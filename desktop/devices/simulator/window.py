"""A window onto the simulated printer: its paper, and a button for everything that can go wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.config.i18n import ntr, on_language_changed, tr
from desktop.devices.simulator.drawing import paper_font_family, picture
from desktop.devices.simulator.roll import as_text
from desktop.devices.simulator.server import Conditions, PrinterSimulator
from shared.core.text import N_

SHOWN_ITEMS_MAX = 600
"""The window shows the end of a long roll; what is saved is all of it."""

SLOW_SECONDS_PER_LINE = 0.3
LINES_BEFORE_SILENCE = 5
LINES_BEFORE_PAPER_END = 5

_REDRAW_MS = 40
_WINDOW_SIZE = (940, 760)

# What a button says, the condition it changes, and its value while the button is down.
_FAULTS: tuple[tuple[str, str, object], ...] = (
    (N_("Out of paper"), "paper", "out"),
    (N_("Paper near its end"), "paper", "near_end"),
    (N_("Paper ends in 5 lines"), "lines_left", LINES_BEFORE_PAPER_END),
    (N_("Cover open"), "cover_open", True),
    (N_("Cutter jammed"), "broken", True),
    (N_("Offline"), "offline", True),
    (N_("Silent"), "silent", True),
    (N_("Silent in 5 lines"), "silent_after", LINES_BEFORE_SILENCE),
    (N_("Slow"), "seconds_per_line", SLOW_SECONDS_PER_LINE),
)
_COUNTDOWNS = ("lines_left", "silent_after")


class SimulatorWindow(QWidget):
    """Shows a running simulator. Signal `stirred()`: something changed in the simulator's own thread."""

    stirred = Signal()

    def __init__(self, simulator: PrinterSimulator) -> None:
        super().__init__()
        self._simulator = simulator
        self._family = paper_font_family()
        self._texts: list[tuple[QPushButton, str]] = []
        self._faults: list[tuple[QPushButton, str, object]] = []
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._state = QLabel()
        self._state.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._paper)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.addWidget(self._scroll, 1)
        row.addLayout(self._buttons())
        self.resize(*_WINDOW_SIZE)
        # Many lines come out between two looks of a person; one drawing shows them all.
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self._show_all)
        self.stirred.connect(self._schedule, Qt.ConnectionType.QueuedConnection)
        simulator.changed = self.stirred.emit
        self._forget_language = on_language_changed(self._translate)
        self._translate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The printer goes on without its window."""
        self._simulator.changed = lambda: None
        self._forget_language()
        super().closeEvent(event)

    def save_text(self, path: Path) -> None:
        """Write the whole paper as UTF-8 text."""
        path.write_text(as_text(self._simulator.paper, self._simulator.columns), encoding="utf-8")

    def save_picture(self, path: Path) -> None:
        """Write the whole paper as a PNG picture; OSError when it cannot be written."""
        image = picture(self._simulator.paper, self._simulator.columns, self._family)
        if not image.save(str(path.with_suffix(".png"))):
            raise OSError(f"{path} cannot be written")

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self._state)
        for text, name, value in _FAULTS:
            button = self._button(column, text, partial(self._toggle, name, value))
            button.setCheckable(True)
            self._faults.append((button, name, value))
        column.addStretch(1)
        self._button(column, N_("Load paper and close"), lambda: self._simulator.set(Conditions()))
        self._button(column, N_("Switch off and on"), self._simulator.power_cycle)
        self._button(column, N_("Tear off the paper"), self._simulator.tear_off)
        self._button(column, N_("Save as text"), self._ask_and_save_text)
        self._button(column, N_("Save as picture"), self._ask_and_save_picture)
        return column

    def _button(self, column: QVBoxLayout, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.clicked.connect(lambda: pressed())
        self._texts.append((button, text))
        column.addWidget(button)
        return button

    def _toggle(self, name: str, value: object) -> None:
        now = self._simulator.conditions
        untroubled: object = getattr(Conditions(), name)
        self._simulator.set(replace(now, **{name: untroubled if _has(now, name, value) else value}))  # type: ignore[arg-type]

    def _schedule(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _translate(self) -> None:
        for button, text in self._texts:
            button.setText(tr(text))
        self.setWindowTitle(tr("Printer {address}", address=f"{self._simulator.host}:{self._simulator.port}"))
        self._scroll.setAccessibleName(tr("Paper"))
        self._show_all()

    def _show_all(self) -> None:
        shown = self._simulator.paper[-SHOWN_ITEMS_MAX:]
        self._paper.setPixmap(QPixmap.fromImage(picture(shown, self._simulator.columns, self._family)))
        self._paper.setAccessibleDescription(as_text(shown, self._simulator.columns))
        opened = len(self._simulator.pulses)
        self._state.setText(ntr("The drawer was opened {n} time", "The drawer was opened {n} times", opened))
        for button, name, value in self._faults:
            button.setChecked(_has(self._simulator.conditions, name, value))
        bar = self._scroll.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum()))

    def _ask_and_save_text(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as text"), "receipt.txt")
        if path:
            self.save_text(Path(path))

    def _ask_and_save_picture(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as picture"), "receipt.png")
        if path:
            self.save_picture(Path(path))


def _has(now: Conditions, name: str, value: object) -> bool:
    current: object = getattr(now, name)
    return current is not None if name in _COUNTDOWNS else current == value
