"""The club: names and rules that every receipt and report depends on."""

from typing import Any

from desktop.config.choices import CASH_ROUNDINGS, TIME_ZONES
from desktop.config.i18n import tr
from desktop.screens.settings.tab import Tab, side_by_side
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.combo import Combo
from desktop.widgets.fields import LineEdit, MoneyInput
from shared.branches.rules import BranchSettings
from shared.core.text import N_

_TEXTS = ("name", "legal_name", "tax_number", "address", "receipt_footer")
_SUMS = ("float_minor", "difference_limit_minor")
_HOURS = 24


class ClubTab(Tab):
    """Name, place, receipt, drawer."""

    title = N_("Club")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._lines = {name: LineEdit() for name in _TEXTS}
        self._sums = {name: MoneyInput(height="field", role="body") for name in _SUMS}
        self._zone, self._hour, self._rounding = Combo(), Combo(), Combo()
        fields = {name: self.field(name, line) for name, line in (*self._lines.items(), *self._sums.items())}
        zone, hour = self.field("time_zone", self._zone), self.field("cutoff_hour", self._hour)
        self.add(
            side_by_side(fields["name"], zone),
            side_by_side(fields["legal_name"], fields["tax_number"]),
            side_by_side(fields["address"], fields["receipt_footer"]),
            side_by_side(fields["float_minor"], fields["difference_limit_minor"]),
            side_by_side(self.field("cash_step_minor", self._rounding), hour),
        )
        self._shown: BranchSettings | None = None

    def render_state(self, state: SettingsState) -> None:
        """Draw the state; what is typed and not saved stays until the club itself changes."""
        self.label_fields(
            name=tr("Name of the club"),
            legal_name=tr("Legal name"),
            tax_number=tr("Tax number"),
            address=tr("Address"),
            receipt_footer=tr("Last line of the receipt"),
            float_minor=tr("Change left for the next shift"),
            difference_limit_minor=tr("Difference a cashier may close alone"),
            time_zone=tr("Time zone"),
            cutoff_hour=tr("The day ends at, hour"),
            cash_step_minor=tr("Rounding of cash"),
        )
        club = state.club
        zone, hour, rounding = self._zone.key, self._hour.key, self._rounding.key
        if club != self._shown:
            self._shown = club
            for name, line in self._lines.items():
                line.setText(getattr(club, name))
            for name, money in self._sums.items():
                money.show_amount(getattr(club, name))
            zone, hour, rounding = club.time_zone, str(club.cutoff_hour), str(club.cash_step_minor)
        self._zone.show_options([(key, tr(words)) for key, words in TIME_ZONES], zone)
        self._hour.show_options([(str(each), f"{each}:00") for each in range(_HOURS)], hour)
        self._rounding.show_options([(key, tr(words)) for key, words in CASH_ROUNDINGS], rounding)
        self.lock(not state.may_change)

    def save(self) -> None:
        """Change what differs."""
        fields: dict[str, Any] = {name: line.text() for name, line in self._lines.items()}
        fields |= {name: money.amount_minor or 0 for name, money in self._sums.items()}
        fields |= {"time_zone": self._zone.key, "cutoff_hour": int(self._hour.key), "cash_step_minor": int(self._rounding.key)}
        self.model.save_club(fields)
