"""A person's keys for tests of windows: every letter of every alphabet, and the keys between them."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

KEYS = {"⏎": Qt.Key.Key_Return, "⇥": Qt.Key.Key_Tab, "↑": Qt.Key.Key_Up, "↓": Qt.Key.Key_Down, "␛": Qt.Key.Key_Escape}


def type_into(window: QWidget, keys: Iterable[str]) -> int:
    """Type into whatever of the window has the focus: letters and digits, `F9`, ⏎ ⇥ ↑ ↓ ␛; answers how many keys it took."""
    count = 0
    for key in keys:
        focus: QWidget | None = window.focusWidget()
        target = QApplication.focusWidget() or (window if focus is None else focus)
        code = KEYS.get(key) or (getattr(Qt.Key, f"Key_{key}") if len(key) > 1 else None)
        if code is not None:
            QTest.keyClick(target, code)
        elif key.isascii():
            QTest.keyClicks(target, key)
        else:
            # QTest knows no letter beyond Latin.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, key))
        count += 1
    return count
