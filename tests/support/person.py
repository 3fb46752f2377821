"""Somebody at the real window: presses keys, scans, counts what it took. Time moves only with what the person does."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.appearance import Appearance
from desktop.app.bootstrap import open_desk
from desktop.app.gui import Delivery, Desk
from desktop.app.screens import Screens
from shared.core.clock import ManualClock
from tests.support.club import SATURDAY_MORNING

NAMED: Final = {"⏎": Qt.Key.Key_Return, "⇥": Qt.Key.Key_Tab, "␛": Qt.Key.Key_Escape, "→": Qt.Key.Key_Right, "↓": Qt.Key.Key_Down}
BETWEEN_KEYS_MS: Final = 200
"""Slower than any scanner, faster than most people."""
WAIT_MS: Final = 30_000


class Person:
    """A desk as a new process would open it, and the hands at it."""

    def __init__(self, root: Path, qtbot: QtBot, app: QApplication, *, demo: bool = False) -> None:
        self.qtbot = qtbot
        self.clock = ManualClock(SATURDAY_MORNING)
        self.keys = 0
        delivery = Delivery()
        self.parts = open_desk(root, demo=demo, deliver=delivery, clock=self.clock, is_test=True, keyring_allowed=False)
        self.parts.settings.change(language="en", theme="light")
        self._appearance = Appearance(app, self.parts.settings)
        self._desk = Desk(app, self.parts, self._appearance, Screens(self.parts, delivery, lambda: None), root)
        self.window = self._desk.window
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self._desk.start_devices()
        self.rests()

    @property
    def screen(self) -> str:
        """The screen in front."""
        return self.window.navigator.name

    def presses(self, *keys: str) -> None:
        """Press keys one by one: signs, names such as F9 or PageDown, ⏎ ⇥ ␛ → ↓."""
        for key in keys:
            self.clock.advance(BETWEEN_KEYS_MS)
            self._strike(key)
            self.keys += 1
            self.clock.advance(BETWEEN_KEYS_MS)
            self.rests()

    def types(self, words: str) -> None:
        """Type words sign by sign."""
        self.presses(*words)

    def scans(self, code: str) -> None:
        """Let the scanner type a code; no key is counted."""
        for key in (*code, "⏎"):
            self._strike(key)
        self.rests()

    def rests(self) -> None:
        """Wait until the desk has done and told everything asked so far."""
        self.until(lambda: not self._desk.is_listening)
        for _ in range(3):
            self.parts.store.settle()
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that another thread does."""
        self.qtbot.waitUntil(true, timeout=WAIT_MS)

    def comes_to(self, screen: str) -> None:
        """Wait until a screen is in front."""
        self.until(lambda: self.screen == screen)
        self.rests()

    def counts(self, keys: Iterable[str]) -> int:
        """How many keys something takes, pressed one by one."""
        before = self.keys
        self.presses(*keys)
        return self.keys - before

    def leaves(self) -> None:
        """Close the window and the desk."""
        self.window.close()
        self._desk.close()
        self._appearance.stop()
        self.parts.close()
        # A window that only waits for its end would still be told of every change of the look.
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _strike(self, key: str) -> None:
        handle = self.window.windowHandle()
        code = NAMED.get(key) or (getattr(Qt.Key, f"Key_{key}") if len(key) > 1 else None)
        if code is not None:
            QTest.keyClick(handle, code)
        elif key.isascii():
            QTest.keyClick(handle, key)  # type: ignore[call-overload]
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(handle, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, key))
