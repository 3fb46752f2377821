"""Binds the catalogue to what is on the screen: one window shortcut per key, led to whoever is visible and topmost."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions.catalog import BAR_DEFAULTS, BY_ID, GROUPS, HINTS, Action
from desktop.actions.keys import function_key, sequences
from desktop.config.i18n import tr

COVER_PROPERTY = "covers_window"
"""Widgets with this dynamic property keep the keys of what lies below from acting."""
BAR_SLOTS = len(BAR_DEFAULTS)


@dataclass(slots=True)
class _Binding:
    action: Action
    act: Callable[[], object]
    owner: QWidget
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BarSlot:
    """What a key of the bar does now."""

    label: str
    icon: str
    available: bool
    primary: bool
    reason: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the overlay of keys."""

    keys: tuple[str, ...]
    says: str


class Actions(QObject):
    """What can be done in one window.

    Signals: changed — bindings, their permission or their visibility are new; triggered — carries the action's id;
    refused — a key was pressed whose action is not allowed now, carries the reason.
    """

    changed = Signal()
    triggered = Signal(str)
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bindings: list[_Binding] = []
        self._shortcuts: dict[str, QShortcut] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.changed)

    def bind(self, action_id: str, act: Callable[[], object], owner: QWidget) -> None:
        """Let `act` run for the action's keys while `owner` is visible; the last bound wins. KeyError: not in the catalogue."""
        action = BY_ID[action_id]
        self._bindings.append(_Binding(action, act, owner))
        owner.installEventFilter(self)
        for sequence in sequences(action.keys):
            name = sequence.toString()
            if name not in self._shortcuts:
                self._shortcuts[name] = self._shortcut(name)
        self._tell_soon()

    def unbind(self, owner: QWidget) -> None:
        """Forget everything bound for `owner`."""
        self._bindings = [binding for binding in self._bindings if binding.owner is not owner]
        self._tell_soon()

    def set_enabled(self, action_id: str, enabled: bool, reason: str = "", owner: QWidget | None = None) -> None:
        """Allow or forbid an action, everywhere or for one owner; the reason is shown when its key is pressed."""
        for binding in self._bindings:
            if binding.action.id == action_id and owner in {None, binding.owner}:
                if (binding.enabled, binding.reason) != (enabled, reason):
                    binding.enabled, binding.reason = enabled, reason
                    self._tell_soon()

    def trigger(self, action_id: str) -> bool:
        """Do an action as its key does; False when nobody visible offers it."""
        return self._run([binding for binding in self._live() if binding.action.id == action_id])

    def press_slot(self, number: int) -> bool:
        """Press a key of the bar, 1 to 12."""
        return self._run([binding for binding in self._live() if function_key(binding.action.keys) == number])

    def bar(self) -> list[BarSlot]:
        """The twelve slots as the visible screen binds them, in the language in force."""
        slots = [BarSlot(tr(label), icon, available=False, primary=False, reason="") for label, icon in BAR_DEFAULTS]
        for binding in self._visible():
            number = function_key(binding.action.keys)
            if 1 <= number <= BAR_SLOTS:
                action = binding.action
                slots[number - 1] = BarSlot(
                    tr(action.label), action.icon, binding.enabled, number == 9 and binding.enabled, binding.reason
                )
        return slots

    def overlay(self) -> list[tuple[str, list[KeyLine]]]:
        """Titles and lines of the overlay of keys for the visible screen."""
        live = self._live()
        scopes = {binding.action.scope for binding in live} | {"program"}
        keys = {key for binding in live for key in binding.action.keys}
        columns: list[tuple[str, list[KeyLine]]] = []
        for group, title in GROUPS.items():
            lines: dict[str, KeyLine] = {}
            for binding in live:
                action = binding.action
                if action.group == group and action.says and action.keys:
                    lines[action.id] = KeyLine((action.keys[0],), tr(action.says))
            for hint in HINTS:
                leads = not hint.keys[0].startswith("F") or hint.keys[0] in keys
                if hint.group == group and hint.scope in scopes and leads:
                    lines[" ".join(hint.keys)] = KeyLine(hint.keys, tr(hint.says))
            if lines:
                columns.append((tr(title), list(lines.values())))
        return columns

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that an owner appears or goes."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            self._tell_soon()
        return False

    def _shortcut(self, name: str) -> QShortcut:
        shortcut = QShortcut(name, self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(partial(self._pressed, name))
        # With two layouts a Cyrillic chord and its Latin fallback can both match one press.
        shortcut.activatedAmbiguously.connect(partial(self._pressed, name))
        return shortcut

    def _pressed(self, name: str) -> None:
        self._run([b for b in self._live() if any(s.toString() == name for s in sequences(b.action.keys))])

    def _run(self, candidates: list[_Binding]) -> bool:
        if not candidates:
            return False
        binding = candidates[-1]
        if not binding.enabled:
            self.refused.emit(binding.reason)
            return True
        self.triggered.emit(binding.action.id)
        binding.act()
        return True

    def _visible(self) -> list[_Binding]:
        # Qt may have deleted an owner under its Python shell; asking it anything would raise.
        self._bindings = [binding for binding in self._bindings if isValid(binding.owner)]
        return [binding for binding in self._bindings if binding.owner.isVisible()]

    def _live(self) -> list[_Binding]:
        covers = [child for child in self._window.children() if isinstance(child, QWidget) and child.property(COVER_PROPERTY)]
        visible = [cover for cover in covers if cover.isVisible()]
        live = self._visible()
        if visible:
            # Children are in stacking order: the last visible cover is on top.
            top = visible[-1]
            live = [each for each in live if each.action.over_dialogs or each.owner is top or top.isAncestorOf(each.owner)]
        return live

    def _tell_soon(self) -> None:
        self._soon.start(0)
