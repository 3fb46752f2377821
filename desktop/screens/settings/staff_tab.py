"""Who works here: names, roles, PINs."""

from desktop.config.i18n import tr
from desktop.screens.settings.tab import Tab
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.base import Label, Row, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.pin_boxes import PIN_LENGTH_MAX
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.table import Cell, Table, TableColumn
from shared.core.text import N_
from shared.staff.queries import Colleague
from shared.staff.rules import ROLE_NAMES, Role

_ROLE_DIGITS, _STATE_DIGITS = 24, 22


class StaffTab(Tab):
    """A table; Enter changes somebody, Ins adds somebody."""

    title = N_("Staff")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._table = Table("")
        self._add, self._edit_button = Button("", "Ins", icon="plus"), Button("", "Enter", icon="pencil")
        foot = Row(self._add, self._edit_button, gap="m")
        foot.add_stretch()
        self.add(Card(self._table, insets="none"), foot)
        self._table.row_activated.connect(lambda row: self._edit(self._table.rows[row]))
        self._add.clicked.connect(self.new_line)
        self._edit_button.clicked.connect(self._edit_current)

    @property
    def save_words(self) -> str:
        return ""

    @property
    def may_add(self) -> bool:
        return self.model.state.may_edit_staff

    def render_state(self, state: SettingsState) -> None:
        """Draw everybody."""
        self._table.setAccessibleName(tr("Staff"))
        self._table.show_columns(
            (
                TableColumn(tr("Name"), lambda person: person.name),
                TableColumn(tr("Role"), lambda person: tr(ROLE_NAMES[person.role]), _ROLE_DIGITS),
                TableColumn("", _state_cell, _STATE_DIGITS),
            )
        )
        self._table.show_rows(state.people, max(0, min(self._table.current, len(state.people) - 1)))
        self._table.fit_height()
        self._add.set_text(tr("Add a person"))
        self._edit_button.set_text(tr("Name, role, new PIN"))
        for button in (self._add, self._edit_button):
            button.set_available(state.may_edit_staff, tr("An administrator or the owner changes staff"))
        self.lock(not state.may_edit_staff)

    def new_line(self) -> None:
        """Add somebody."""
        if self.model.state.may_edit_staff:
            PersonDialog(self.model, None).open_over(self.window())

    def _edit(self, person: Colleague) -> None:
        if self.model.state.may_edit_staff:
            PersonDialog(self.model, person).open_over(self.window())

    def _edit_current(self) -> None:
        if self._table.current >= 0:
            self._edit(self._table.rows[self._table.current])


def _state_cell(person: Colleague) -> Cell | str:
    return Cell(tr("does not work here"), "cap", badge="neutral") if person.archived else ""


class PersonDialog(Dialog):
    """Somebody new, or somebody known: an empty PIN stays as it is."""

    def __init__(self, model: SettingsViewModel, person: Colleague | None) -> None:
        super().__init__(person.name if person else tr("A new person"), back=tr("Back"), primary=tr("Save"))
        self._model, self._person, self._roles = model, person, model.state.roles
        self._name, self._pin, self._again = LineEdit(), LineEdit(), LineEdit()
        for line in (self._pin, self._again):
            line.setEchoMode(LineEdit.EchoMode.Password)
            line.setMaxLength(PIN_LENGTH_MAX)
        self._name_field = FormField(tr("Name"), self._name)
        self._pin_field = FormField(tr("PIN") if person is None else tr("New PIN, empty: as before"), self._pin)
        self._again_field = FormField(tr("The PIN again"), self._again)
        self._role = ChoiceList(tr("Role"))
        self._role.show_choices([Choice(tr(ROLE_NAMES[role])) for role in self._roles], 0)
        self._archive = Button("", role="destructive")
        pins = Row(gap="m")
        pins.add(self._pin_field, self._again_field, stretch=1)
        self.body.add(self._name_field, Label(tr("Role"), "small", "muted"), self._role, pins)
        self.body.add(Note(tr("A cashier has 4 digits or more, everybody else 6 or more")))
        self.foot_middle.add(self._archive)
        reveal(self._archive, person is not None)
        if person is not None:
            self._name.setText(person.name)
            self._role.mark(self._roles.index(person.role) if person.role in self._roles else -1)
            self._archive.set_text(tr("Take back") if person.archived else tr("Works here no more"))
        self._archive.clicked.connect(self._let_go)
        self.accepted.connect(self._save)
        self.closed.connect(self.deleteLater)
        model.changed.connect(self._show_problem)

    def _save(self) -> None:
        if self._pin.text() != self._again.text():
            self._again_field.show_error(tr("The two PINs differ. Type the second one again"))
            self._again.setFocus()
            return
        self._again_field.show_error("")
        role = self._roles[self._role.current] if self._role.current >= 0 else self._person.role if self._person else Role.CASHIER
        if self._person is None:
            self._model.add_person(self._name.text(), role, self._pin.text(), self.close_dialog)
        else:
            self._model.change_person(self._person, self._name.text(), role, self._pin.text(), self.close_dialog)

    def _let_go(self) -> None:
        if self._person is not None:
            self._model.archive_person(self._person, archived=not self._person.archived, done=self.close_dialog)

    def _show_problem(self) -> None:
        self._name_field.show_error(self._model.state.problem)
        self.refit()
