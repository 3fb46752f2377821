"""Copies of the data: the newest verified one, and one more now."""

from datetime import UTC, datetime

from desktop.config.i18n import clock, day_numbers, ntr, tr
from desktop.screens.settings.tab import Tab
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.base import Row
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, Figure
from desktop.widgets.labels import Note
from desktop.widgets.table import Table, TableColumn
from shared.core.calendar import zone
from shared.core.text import N_

_SHOWN_MAX = 8
_WHEN_DIGITS = 22
REASONS = {"hourly": N_("every hour"), "shift-close": N_("at the close of a shift"), "manual": N_("by hand")}


class BackupTab(Tab):
    """What there is, and a button."""

    title = N_("Backups")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._newest, self._table = Figure(), Table("", density="row_dense")
        self._now, self._note = Button("", icon="shield-check"), Note()
        foot = Row(self._now)
        foot.add_stretch()
        self.add(self._newest, foot, Card(self._table, insets="none"), self._note)
        self._now.clicked.connect(model.back_up)

    @property
    def save_words(self) -> str:
        return ""

    def render_state(self, state: SettingsState) -> None:
        """Draw the newest copies."""
        here = zone(state.club.time_zone)
        count = ntr("{n} verified copy is kept", "{n} verified copies are kept", len(state.backups))
        if state.backups:
            made = state.backups[0].made.replace(tzinfo=UTC).astimezone(here)
            said = f"{day_numbers(made.date())} {clock(made)}"
            self._newest.show_figure(tr("Newest verified backup"), said, count, "ok", "shield-check")
        else:
            self._newest.show_figure(tr("Newest verified backup"), tr("none yet"), tr("One is made every hour"), "warn")
        self._table.setAccessibleName(tr("Backups"))
        self._table.show_columns(
            (
                TableColumn(tr("Made"), lambda copy: _when(copy.made.replace(tzinfo=UTC).astimezone(here)), _WHEN_DIGITS),
                TableColumn(tr("Why"), lambda copy: tr(REASONS.get(copy.reason, copy.reason))),
            )
        )
        self._table.show_rows(state.backups[:_SHOWN_MAX])
        self._table.fit_height()
        self._now.set_text(tr("Making a backup…") if state.is_backing_up else tr("Back up now"))
        self._now.set_available(not state.is_backing_up, tr("One is being made"))
        self._note.show_note(tr("Copies lie in the data folder under backups. Put them on another disk too now and then"))


def _when(made: datetime) -> str:
    return f"{day_numbers(made.date())} {clock(made)}"
