"""Every screen of the window and what it is built of; each is made when it is first asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.actions.registry import Actions
from desktop.app.bootstrap import DeskParts
from desktop.app.navigator import Made, Maker
from desktop.config.i18n import tr
from desktop.devices.printer_status import CAUSES
from desktop.screens.first_run.view import FirstRunView
from desktop.screens.first_run.view_model import FirstRunViewModel
from desktop.screens.receipts.view import ReceiptsView
from desktop.screens.receipts.view_model import ReceiptsViewModel
from desktop.screens.sale.view import SaleView
from desktop.screens.sale.view_model import SaleViewModel
from desktop.screens.shift_close.view import ShiftCloseView
from desktop.screens.shift_close.view_model import ShiftCloseViewModel
from desktop.screens.shift_open.view import ShiftOpenView
from desktop.screens.shift_open.view_model import ShiftOpenViewModel
from desktop.screens.sign_in.view import SignInView
from desktop.screens.sign_in.view_model import SignInViewModel

Go = Callable[[str], None]


@dataclass(frozen=True)
class Screens:
    """Makes the screens of a desk. `pins_shown`: PINs of the demo club by name; `show_example` opens the demo club."""

    parts: DeskParts
    show_example: Callable[[], None]
    pins_shown: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, actions: Actions, go: Go) -> Mapping[str, Maker]:
        """How to make each screen of one window."""
        parts = self.parts

        def sign_in() -> Made:
            model = SignInViewModel(parts.store, parts.session, go, parts.clock, self.printer_words, self.pins_shown)
            return Made(SignInView(model, actions, parts.settings), model)

        def first_run() -> Made:
            model = FirstRunViewModel(
                parts.store, parts.session, parts.settings, go, parts.clock, parts.printing.use, self.show_example
            )
            return Made(FirstRunView(model, actions), model)

        def shift_open() -> Made:
            opening = ShiftOpenViewModel(parts.store, parts.session, go)
            return Made(ShiftOpenView(opening, actions), opening)

        def shift_close() -> Made:
            closing = ShiftCloseViewModel(parts.store, parts.session, go, parts.printing)
            return Made(ShiftCloseView(closing, actions), closing)

        def sale() -> Made:
            selling = SaleViewModel(parts.store, parts.session, go)
            return Made(SaleView(selling, actions), selling)

        def receipts() -> Made:
            past = ReceiptsViewModel(parts.store, parts.session, parts.printing)
            return Made(ReceiptsView(past, actions), past)

        return {
            "sign_in": sign_in,
            "first_run": first_run,
            "shift_open": shift_open,
            "shift_close": shift_close,
            "sale": sale,
            "receipts": receipts,
        }

    def printer_words(self) -> str:
        """What is wrong with the printer, in words; empty when nothing is."""
        state = self.parts.printing.state
        if not state.has_printer:
            return tr("No printer is set up")
        return tr(CAUSES.get(state.cause, state.cause)) if state.cause else ""

    def printer_trouble(self) -> str:
        """The same for the strip of the window: a desk without a printer is no trouble."""
        return self.printer_words() if self.parts.printing.state.has_printer else ""
