"""Which screen is in front: screens are made when first asked for, and Esc goes back along the way that was taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

HOME: Final = "sale"
SIGN_IN: Final = "sign_in"
FIRST_RUN: Final = "first_run"
WHOLE_WINDOW: Final = frozenset({SIGN_IN, FIRST_RUN})
KEPT_FOR_PERSON: Final = frozenset({HOME})
"""Screens that stay when their person steps aside: the cart of whoever pressed F11 waits for them."""


class Screen(Protocol):
    """What the navigator needs of a screen's view: it draws its model's state anew."""

    def render(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """A screen in being."""

    view: QWidget
    model: QObject


Maker = Callable[[], Made]


class Navigator(QObject):
    """The screens of one window.

    `person` answers who is signed in, an empty string when nobody is; each person has screens of their own.
    Signals: changed — another screen is in front; carries its name.
    """

    changed = Signal(str)

    def __init__(self, stack: QStackedWidget, makers: Mapping[str, Maker], person: Callable[[], str]) -> None:
        super().__init__(stack)
        self._stack, self._makers, self._person = stack, makers, person
        self._made: dict[tuple[str, str], Made] = {}
        self._way: list[tuple[str, str]] = []

    @property
    def name(self) -> str:
        """The screen in front; empty before the first."""
        return self._way[-1][0] if self._way else ""

    @property
    def model(self) -> Any:
        """The view-model of the screen in front."""
        return self._made[self._way[-1]].model if self._way else None

    @property
    def view(self) -> QWidget | None:
        """The view in front."""
        return self._made[self._way[-1]].view if self._way else None

    def knows(self, name: str) -> bool:
        """Whether there is such a screen."""
        return name in self._makers

    def go(self, name: str) -> None:
        """Bring a screen to the front. Signing in and the sale begin a new way, any other is one level deeper."""
        if name not in WHOLE_WINDOW and not self._person():
            name = SIGN_IN
        key = (name, "" if name in WHOLE_WINDOW else self._person())
        # Esc never leads back to a sign-in that is over: it still holds the PIN that was typed.
        if name in WHOLE_WINDOW or name == HOME or self.name in WHOLE_WINDOW:
            self._leave(self._way)
            self._way = []
        elif key in self._way:
            at = self._way.index(key)
            self._leave(self._way[at + 1 :])
            self._way = self._way[:at]
        self._way.append(key)
        self._show(key)

    def back(self) -> bool:
        """One level back; False where there is none."""
        if not self._way or self.name in WHOLE_WINDOW or self.name == HOME:
            return False
        self._leave(self._way[-1:])
        self._way = self._way[:-1]
        if not self._way:
            self.go(HOME)
        else:
            self._show(self._way[-1])
        return True

    def close(self) -> None:
        """Throw every screen away."""
        for key in tuple(self._made):
            self._drop(key)
        self._way = []

    def _show(self, key: tuple[str, str]) -> None:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._makers[key[0]]()
            self._stack.addWidget(made.view)
        # Asked before the stack turns: it hands the focus to whatever stands first on the new screen.
        wanted: QWidget | None = made.view.focusWidget()
        self._stack.setCurrentWidget(made.view)
        (made.view if wanted is None or made.view.focusProxy() is not None else wanted).setFocus()
        self.changed.emit(key[0])

    def _leave(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            if key[0] not in KEPT_FOR_PERSON:
                self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        made = self._made.pop(key, None)
        if made is None:
            return
        self._stack.removeWidget(made.view)
        stop = getattr(made.model, "stop", None)
        if stop is not None:
            stop()
        # The view goes first: it listens to its model. Answers that come later find the model gone and show nothing.
        made.view.deleteLater()
        made.model.deleteLater()
