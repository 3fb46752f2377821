"""The screens one works with; loaded after the first paint."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.actions.registry import Actions
from desktop.app.bootstrap import DeskParts
from desktop.app.navigator import Made
from desktop.screens.first_run.view import FirstRunView
from desktop.screens.first_run.view_model import FirstRunViewModel
from desktop.screens.goods.view import GoodsView
from desktop.screens.goods.view_model import GoodsViewModel
from desktop.screens.goods_import.view import GoodsImportView
from desktop.screens.goods_import.view_model import GoodsImportViewModel
from desktop.screens.receipts.view import ReceiptsView
from desktop.screens.receipts.view_model import ReceiptsViewModel
from desktop.screens.report.view import ReportView
from desktop.screens.report.view_model import ReportViewModel
from desktop.screens.review.view import ReviewView
from desktop.screens.review.view_model import ReviewViewModel
from desktop.screens.sale.view import SaleView
from desktop.screens.sale.view_model import SaleViewModel
from desktop.screens.settings.view import SettingsView
from desktop.screens.settings.view_model import SettingsViewModel
from desktop.screens.shift_close.view import ShiftCloseView
from desktop.screens.shift_close.view_model import ShiftCloseViewModel
from desktop.screens.shift_open.view import ShiftOpenView
from desktop.screens.shift_open.view_model import ShiftOpenViewModel
from desktop.store.news import Deliver

Go = Callable[[str], None]


@dataclass(frozen=True)
class WorkScreens:
    """Makes them; the fields are those of `Screens`."""

    parts: DeskParts
    deliver: Deliver
    show_example: Callable[[], None]

    def make(self, name: str, actions: Actions, go: Go) -> Made:
        """Make one screen. Raises KeyError for a name that is none."""
        makers = {
            "first_run": self._first_run,
            "shift_open": self._shift_open,
            "shift_close": self._shift_close,
            "report": self._report,
            "review": self._review,
            "sale": self._sale,
            "goods": self._goods,
            "goods_import": self._goods_import,
            "receipts": self._receipts,
            "settings": self._settings,
        }
        return makers[name](actions, go)

    def _first_run(self, actions: Actions, go: Go) -> Made:
        parts = self.parts
        use_printer = parts.printing.use
        model = FirstRunViewModel(parts.store, parts.session, parts.settings, go, parts.clock, use_printer, self.show_example)
        return Made(FirstRunView(model, actions), model)

    def _shift_open(self, actions: Actions, go: Go) -> Made:
        model = ShiftOpenViewModel(self.parts.store, self.parts.session, go)
        return Made(ShiftOpenView(model, actions), model)

    def _shift_close(self, actions: Actions, go: Go) -> Made:
        model = ShiftCloseViewModel(self.parts.store, self.parts.session, go, self.parts.printing)
        return Made(ShiftCloseView(model, actions), model)

    def _report(self, actions: Actions, go: Go) -> Made:
        model = ReportViewModel(self.parts.store, self.parts.session, go, self.parts.printing)
        return Made(ReportView(model, actions), model)

    def _review(self, actions: Actions, go: Go) -> Made:
        parts = self.parts
        model = ReviewViewModel(parts.store, parts.session, go, parts.printing, parts.clock)
        return Made(ReviewView(model, actions), model)

    def _sale(self, actions: Actions, go: Go) -> Made:
        model = SaleViewModel(self.parts.store, self.parts.session, go)
        return Made(SaleView(model, actions), model)

    def _goods(self, actions: Actions, go: Go) -> Made:
        model = GoodsViewModel(self.parts.store, self.parts.session, go)
        return Made(GoodsView(model, actions), model)

    def _goods_import(self, actions: Actions, go: Go) -> Made:
        model = GoodsImportViewModel(self.parts.store, self.parts.session, go)
        return Made(GoodsImportView(model, actions), model)

    def _receipts(self, actions: Actions, _go: Go) -> Made:
        model = ReceiptsViewModel(self.parts.store, self.parts.session, self.parts.printing)
        return Made(ReceiptsView(model, actions), model)

    def _settings(self, actions: Actions, _go: Go) -> Made:
        parts = self.parts
        model = SettingsViewModel(parts.store, parts.session, parts.settings, parts.printing, self.deliver)
        return Made(SettingsView(model, actions), model)
