"""Tax rates: which there are and which one new goods get."""

from desktop.config.i18n import parse_money, percent, tr
from desktop.screens.settings.tab import Tab
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.base import Row, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.table import Cell, Table, TableColumn
from shared.branches.queries import TaxRateKnown
from shared.branches.rules import TaxRateGiven
from shared.core.text import N_

_RATE_DIGITS, _DEFAULT_DIGITS = 16, 24


class TaxTab(Tab):
    """A table; Enter changes a rate, Ins adds one."""

    title = N_("Taxes")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._table = Table("")
        self._add, self._archive = Button("", "Ins", icon="plus"), Button("", role="destructive", icon="archive")
        foot = Row(self._add, self._archive, gap="m")
        foot.add_stretch()
        self.add(Card(self._table, insets="none"), foot)
        self._table.row_activated.connect(lambda row: self._edit(self._table.rows[row]))
        self._add.clicked.connect(self.new_line)
        self._archive.clicked.connect(self._take_out)

    @property
    def save_words(self) -> str:
        return ""

    @property
    def may_add(self) -> bool:
        return self.model.state.may_change

    def render_state(self, state: SettingsState) -> None:
        """Draw the rates."""
        self._table.setAccessibleName(tr("Taxes"))
        self._table.show_columns(
            (
                TableColumn(tr("Name"), lambda rate: rate.name),
                TableColumn(tr("Rate"), lambda rate: percent(rate.rate_bp), _RATE_DIGITS, right=True),
                TableColumn("", _default_cell, _DEFAULT_DIGITS),
            )
        )
        self._table.show_rows(state.rates, max(0, min(self._table.current, len(state.rates) - 1)))
        self._table.fit_height()
        self._add.set_text(tr("Add a rate"))
        self._archive.set_text(tr("Out of use"))
        why = tr("An administrator or the owner changes taxes")
        for button in (self._add, self._archive):
            button.set_available(state.may_change, why)
        self.lock(not state.may_change)

    def new_line(self) -> None:
        """Add a rate."""
        if self.model.state.may_change:
            RateDialog(self.model, None).open_over(self.window())

    def _edit(self, rate: TaxRateKnown) -> None:
        if self.model.state.may_change:
            RateDialog(self.model, rate).open_over(self.window())

    def _take_out(self) -> None:
        if self._table.current >= 0:
            self.model.archive_rate(self._table.rows[self._table.current])


def _default_cell(rate: TaxRateKnown) -> Cell | str:
    return Cell(tr("for new goods"), "cap", icon="check", badge="accent") if rate.is_default else ""


class RateDialog(Dialog):
    """Name, per cent, and whether new goods get it."""

    def __init__(self, model: SettingsViewModel, known: TaxRateKnown | None) -> None:
        super().__init__(tr("Tax rate"), back=tr("Back"), primary=tr("Save"))
        self._model, self._known = model, known
        self._name, self._rate, self._default = LineEdit(), LineEdit(), ChoiceList(tr("For new goods"))
        self._name_field, self._rate_field = FormField(tr("Name"), self._name), FormField(tr("Rate, per cent"), self._rate)
        self._default.show_choices((Choice(tr("For new goods")), Choice(tr("Only where it is chosen"))), 1)
        if known is not None:
            self._name.setText(known.name)
            self._rate.setText(percent(known.rate_bp).rstrip("% \u00a0"))
            self._default.mark(0 if known.is_default else 1)
        self.body.add(self._name_field, self._rate_field, self._default)
        reveal(self._default, known is None or not known.is_default)
        self.accepted.connect(self._save)
        self.closed.connect(self.deleteLater)
        model.changed.connect(self._show_problem)

    def _save(self) -> None:
        # A rate has two decimals, as money has.
        rate_bp = parse_money(self._rate.text())
        if rate_bp is None:
            self._rate_field.show_error(tr("Type a number, for example 20"))
            return
        included = self._known.included if self._known else True
        rate = TaxRateGiven(self._name.text(), rate_bp, included, self._default.current == 0)
        self._model.put_rate(rate, self._known.tax_rate_id if self._known else None, self.close_dialog)

    def _show_problem(self) -> None:
        self._name_field.show_error(self._model.state.problem)
        self.refit()
