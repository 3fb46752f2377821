"""Groups at the left, the open one at the right, the way on at the lower right."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.design.theme import look, theme
from desktop.screens.settings.backup_tab import BackupTab
from desktop.screens.settings.club_tab import ClubTab
from desktop.screens.settings.device_tab import DeviceTab
from desktop.screens.settings.look_tab import LookTab
from desktop.screens.settings.staff_tab import StaffTab
from desktop.screens.settings.tab import Tab
from desktop.screens.settings.tax_tab import TaxTab
from desktop.screens.settings.view_model import SettingsViewModel
from desktop.widgets.base import Column, Dressed, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import Note
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.toast import Toast

_TABS: Final = (ClubTab, TaxTab, StaffTab, DeviceTab, LookTab, BackupTab)


class SettingsView(Dressed, QWidget):
    """Six groups of settings."""

    def __init__(self, model: SettingsViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._title, self._stack = Label("", "title"), QStackedWidget()
        self._groups = ChoiceList(gap="xs", height="row_choice_touch")
        self._tabs: list[Tab] = [make(model) for make in _TABS]
        for tab in self._tabs:
            holder = Column(tab, insets=("none", "none", "m", "none"))
            holder.add_stretch()
            area = QScrollArea()
            area.setWidget(holder)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.viewport().setAutoFillBackground(False)
            holder.setAutoFillBackground(False)
            self._stack.addWidget(area)
        self._problem, self._toast = Note("", "circle-x", "danger"), Toast()
        self._save = Button("", key_of("settings.save"), role="primary")
        self._back = Button("", "Esc")
        self._build()
        model.changed.connect(self.render)
        model.told.connect(self._toast.show_message)
        model.code_made.connect(self._show_code)
        self._groups.chosen.connect(model.open_tab)
        self._save.clicked.connect(self._save_tab)
        actions.bind("settings.save", self._save_tab, self)
        actions.bind("settings.add", lambda: self._tab.new_line(), self)
        actions.bind("settings.test", lambda: self._tab.test(), self)
        self.destroyed.connect(i18n.on_language_changed(self.render))
        theme().changed.connect(self.render)
        self.setFocusProxy(self._groups)
        self.dress()
        self.render()

    @property
    def _tab(self) -> Tab:
        return self._tabs[self._model.state.tab]

    def _build(self) -> None:
        self._side = Column(self._title, self._groups, gap="l", insets="xl", fill="surface")
        self._side.add_stretch()
        foot = Row(self._back, gap="m")
        foot.add(self._problem, stretch=100)
        foot.add_stretch()
        foot.add(self._save)
        body = Column(gap="l", insets=("xl", "xl", "xl", "m"))
        body.add(self._stack, stretch=1)
        body.add(self._toast, Rule(), foot)
        whole = Row(gap="none")
        whole.add(self._side, Rule(vertical=True))
        whole.add(body, stretch=1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole)
        self._back.clicked.connect(lambda: self._actions.trigger("app.back"))

    def restyle(self) -> None:
        self._side.setFixedWidth(look().px("first_run_side"))

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; the look and the language of the moment."""
        state = self._model.state
        self._title.setText(tr("Settings"))
        self._groups.setAccessibleName(tr("Settings"))
        self._groups.show_choices([Choice(tr(tab.title), key=str(n)) for n, tab in enumerate(self._tabs, 1)], state.tab)
        self._stack.setCurrentIndex(state.tab)
        self._tab.render_state(state)
        self._save.set_text(self._tab.save_words or tr("Save"))
        self._save.set_available(bool(self._tab.save_words) and state.may_change, self._why_not())
        self._actions.set_enabled("settings.save", self._save.isEnabled(), self._why_not(), self)
        self._actions.set_enabled("settings.test", self._tab.may_test, tr("No printer is set up"), self)
        self._actions.set_enabled("settings.add", self._tab.may_add, tr("Nothing to add here"), self)
        self._back.set_text(tr("Back"))
        self._problem.show_note(state.problem, "circle-x", "danger")
        reveal(self._problem, bool(state.problem))

    def _why_not(self) -> str:
        saved = tr("Here everything is saved as it is changed")
        return tr("To change this, an administrator or the owner signs in") if self._tab.save_words else saved

    def _save_tab(self) -> None:
        if self._save.isEnabled():
            self._tab.save()

    def _show_code(self, code: str) -> None:
        RecoveryCode(code).open_over(self.window())


class RecoveryCode(Dialog):
    """The code of a new owner, once."""

    def __init__(self, code: str) -> None:
        super().__init__(tr("Recovery code of the new owner"), primary=tr("I wrote it down"))
        self.body.add(Label(code, "figure"), Note(tr("Keep it apart from this PC. It is not shown again")))
        self.accepted.connect(self.close_dialog)
        self.closed.connect(self.deleteLater)

    def dismiss(self) -> None:
        """Only the button closes it: a code that nobody saw is a locked club."""
