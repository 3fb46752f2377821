"""What every group of settings shares: labelled fields, a save button, a word for whoever may not change it."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desktop.config.i18n import tr
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.base import Column, Row, reveal
from desktop.widgets.fields import FormField
from desktop.widgets.labels import Note


class Tab(Column):
    """One group. `title` names it; `render` draws it; `save` is what F9 does."""

    title: ClassVar[str] = ""

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(gap="l")
        self.model = model
        self.fields: dict[str, FormField] = {}
        self._locked = Note("", "lock")
        reveal(self._locked, False)
        self.add(self._locked)

    @property
    def save_words(self) -> str:
        """What the save button says; empty where there is nothing to save."""
        return tr("Save")

    @property
    def may_test(self) -> bool:
        """Whether there is a device to try."""
        return False

    @property
    def may_add(self) -> bool:
        """Whether there are lines to add."""
        return False

    def render_state(self, state: SettingsState) -> None:
        """Draw the state in the language in force."""

    def save(self) -> None:
        """Keep what was typed."""

    def new_line(self) -> None:
        """Add a line, where there are lines."""

    def test(self) -> None:
        """Try the device, where there is one."""

    def field(self, name: str, widget: QWidget) -> FormField:
        """A labelled field; its label is put by `label_fields`."""
        made = self.fields[name] = FormField("", widget)
        return made

    def label_fields(self, **labels: str) -> None:
        """Put labels in the language in force."""
        for name, words in labels.items():
            self.fields[name].set_label(words)

    def lock(self, locked: bool) -> None:
        """Say that this is for an administrator, and let nobody else type."""
        self._locked.show_note(tr("To change this, an administrator or the owner signs in"), "lock")
        reveal(self._locked, locked)
        for form in self.fields.values():
            form.field.setEnabled(not locked)


def side_by_side(*widgets: QWidget) -> Row:
    """Fields of one line, equally wide."""
    row = Row(gap="m")
    row.add(*widgets, stretch=1)
    return row
