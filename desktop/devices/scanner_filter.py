"""Connects the wedge to Qt: one event filter on the application that sees every key before any widget does."""

from __future__ import annotations

import sys
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from desktop.devices.scanner import GROUP_SEPARATOR, Decision, Key, Scan, Wedge, WedgeSettings

_X11_OFFSET = 8
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_SUFFIXES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_INTERRUPTIONS = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.FocusOut)


class _Press:
    """A key that is held back: its window and its events, to be sent again as they came."""

    def __init__(self, window: QWindow, event: QKeyEvent) -> None:
        # Not the Python object: Qt's binding may let that one go while the window itself lives on.
        self._address = shiboken6.getCppPointer(window)[0]
        self.key = event.key()
        self.events = [_copied(event)]

    def window(self) -> QWindow | None:
        """The window the key was pressed in; None once it is gone."""
        alive = QGuiApplication.allWindows()
        return next((each for each in alive if shiboken6.getCppPointer(each)[0] == self._address), None)


class ScannerFilter(QObject):
    """Install with `QGuiApplication.installEventFilter`. Signal `scanned(Scan)`: a code was read, its keys reached nobody.

    `clock` gives monotonic milliseconds, `code_offset` comes from `native_code_offset`.
    Characters must not be shortcuts: Qt would serve those before this filter.
    """

    scanned = Signal(object)

    def __init__(
        self,
        clock: Callable[[], int],
        settings: WedgeSettings | None = None,
        code_offset: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._wedge: Wedge[_Press] = Wedge(settings)
        self._held: list[_Press] = []
        self._replaying = False
        self._offset = code_offset
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def is_holding(self) -> bool:
        """Whether keys are held back until it is known whose they are."""
        return self._wedge.holding

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Every key passes here twice, for its window and for its widget; the first time decides."""
        if self._replaying or not isinstance(receiver, QWindow):
            return False
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(receiver, event)
            if event.type() == QEvent.Type.KeyRelease:
                return self._released(event)
        elif self._held and event.type() in _INTERRUPTIONS:
            self._replay(self._wedge.flush())
        return False

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if event.isAutoRepeat():
            self._replay(self._wedge.flush())
            return False
        press = _Press(window, event)
        decision = self._wedge.press(self._key(press, event), self._clock())
        if decision.swallow and event.key() not in _SUFFIXES:
            self._held.append(press)
        self._follow(decision)
        return decision.swallow

    def _released(self, event: QKeyEvent) -> bool:
        for press in self._held:
            if press.key == event.key():
                press.events.append(_copied(event))
                return True
        return False

    def _key(self, press: _Press, event: QKeyEvent) -> Key[_Press]:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        text = event.text()
        if event.modifiers() & _COMMAND:
            # A scanner sends the group separator as Ctrl and the bracket; anything else with Ctrl is a person's command.
            separates = self._wedge.holding and event.key() == Qt.Key.Key_BracketRight
            text = GROUP_SEPARATOR if separates else ""
        code = 0 if self._offset is None else max(0, event.nativeScanCode() - self._offset)
        return Key(text, code, shift, event.key() in _SUFFIXES and not event.modifiers() & _COMMAND, press)

    def _tick(self) -> None:
        self._follow(self._wedge.tick(self._clock()))

    def _follow(self, decision: Decision[_Press]) -> None:
        self._replay(decision.replay)
        if decision.scan is not None:
            self._forget_scanned()
            self._report(decision.scan)
        deadline = self._wedge.deadline
        if deadline is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, deadline - self._clock()))

    def _replay(self, keys: tuple[Key[_Press], ...]) -> None:
        if not keys:
            return
        pressed_again = [key.tag for key in keys]
        self._held = [press for press in self._held if press not in pressed_again]
        self._replaying = True
        try:
            for press in pressed_again:
                for event in press.events:
                    # A dialog may close its window while a key is held, or by the very key.
                    if (window := press.window()) is not None:
                        QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = False

    def _forget_scanned(self) -> None:
        # A key that came after the code, too late to be of it, is still held.
        self._held = self._held[-1:] if self._wedge.holding else []

    def _report(self, scan: Scan) -> None:
        # The screens answer a scan after the key that ended it is done with.
        QTimer.singleShot(0, self, lambda: self.scanned.emit(scan))


def native_code_offset() -> int | None:
    """What to take off a native scan code to get one of set 1; None where native codes say nothing known."""
    if QGuiApplication.platformName() in ("xcb", "wayland"):
        return _X11_OFFSET
    return 0 if sys.platform == "win32" else None


def _copied(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
