"""Every screen of the window and what it is built of; each is made when it is first asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from desktop.actions.registry import Actions
from desktop.app.bootstrap import DeskParts
from desktop.app.navigator import Made, Maker
from desktop.config.i18n import tr
from desktop.devices.printer_status import CAUSES
from desktop.screens.sign_in.view import SignInView
from desktop.screens.sign_in.view_model import SignInViewModel
from desktop.store.news import Deliver

Go = Callable[[str], None]
WORK: Final = (
    "first_run",
    "shift_open",
    "shift_close",
    "report",
    "review",
    "sale",
    "goods",
    "goods_import",
    "receipts",
    "settings",
)
"""Screens whose code is loaded after the first paint."""


@dataclass(frozen=True)
class Screens:
    """Makes the screens of a desk.

    `deliver` runs a call on the window's thread, `show_example` opens the demo club, `pins_shown` are its PINs by name.
    """

    parts: DeskParts
    deliver: Deliver
    show_example: Callable[[], None]
    pins_shown: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, actions: Actions, go: Go) -> Mapping[str, Maker]:
        """How to make each screen of one window."""
        work = {name: partial(self._later, name, actions, go) for name in WORK}
        return {"sign_in": partial(self._sign_in, actions, go)} | work

    def _sign_in(self, actions: Actions, go: Go) -> Made:
        parts = self.parts
        model = SignInViewModel(parts.store, parts.session, go, parts.clock, parts.printing, self.pins_shown)
        return Made(SignInView(model, actions, parts.settings), model)

    def _later(self, name: str, actions: Actions, go: Go) -> Made:
        # Most of the window's code; nobody waits for it before signing in.
        from desktop.app.work_screens import WorkScreens

        return WorkScreens(self.parts, self.deliver, self.show_example).make(name, actions, go)

    def printer_trouble(self) -> str:
        """What is wrong with the printer, in words for the strip; a desk without a printer is no trouble."""
        state = self.parts.printing.state
        return tr(CAUSES.get(state.cause, state.cause)) if state.has_printer and state.cause else ""
