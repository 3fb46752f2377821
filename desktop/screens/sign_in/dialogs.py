"""The ways in when the PIN alone does not help."""

from desktop.config.i18n import tr
from desktop.screens.sign_in.view_model import SignInViewModel
from desktop.widgets.base import Label, reveal
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.pin_boxes import PIN_LENGTH_MAX, PinBoxes
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.staff.rules import APPROVER_DIGITS_MIN, ROLE_NAMES


class ForgottenPin(Dialog):
    """An owner types the recovery code and a new PIN; everybody else hears whom to ask."""

    def __init__(self, model: SignInViewModel) -> None:
        person = model.state.person
        name = person.name if person else ""
        can = model.may_recover()
        title = tr("Forgotten PIN · {name}", name=name)
        super().__init__(title, back=tr("Back"), primary=tr("Set the new PIN") if can else "")
        self._model = model
        self._code, self._pin, self._again = LineEdit(), LineEdit(), LineEdit()
        self._code_field = FormField(tr("Recovery code"), self._code)
        self._pin_field = FormField(tr("New PIN, at least {least} digits", least=APPROVER_DIGITS_MIN), self._pin)
        self._again_field = FormField(tr("The new PIN again"), self._again)
        for line in (self._pin, self._again):
            line.setEchoMode(LineEdit.EchoMode.Password)
            line.setMaxLength(PIN_LENGTH_MAX)
        if can:
            self.body.add(self._code_field, self._pin_field, self._again_field)
            self.body.add(Note(tr("The code was shown once, when the club was set up")))
            self.accepted.connect(self._try)
            model.new_code.connect(self._done)
        else:
            self.body.add(
                Label(tr("An administrator or the owner sets a new PIN in the settings, under Staff."), "body", wrap=True),
                Note(tr("Menu F10, Settings, Staff, New PIN")),
            )
        self.closed.connect(self.deleteLater)

    def _try(self) -> None:
        self._code_field.show_error("")
        if self._pin.text() != self._again.text():
            self._again_field.show_error(tr("The two PINs differ. Type the second one again"))
            return
        self._again_field.show_error("")
        self.primary_button.setEnabled(False)
        self._model.recover(self._code.text(), self._pin.text(), self._failed)

    def _failed(self, sentence: str) -> None:
        self.primary_button.setEnabled(True)
        self._code_field.show_error(sentence)
        self._code.setFocus()
        self.refit()

    def _done(self, _code: str) -> None:
        self.close_dialog()


class CodeShown(Dialog):
    """A recovery code, once."""

    def __init__(self, code: str) -> None:
        super().__init__(tr("The new recovery code"), primary=tr("I wrote it down"))
        self.body.add(
            Label(code, "total"),
            Note(tr("Keep it apart from this PC. It is not shown again. The old code is void")),
        )
        self.accepted.connect(self.close_dialog)
        self.closed.connect(self.deleteLater)

    def dismiss(self) -> None:
        """Only the button closes it: a code that nobody saw is a locked club."""


class LiftLock(Dialog):
    """A lead opens a closed lock with their own PIN."""

    def __init__(self, model: SignInViewModel) -> None:
        super().__init__(tr("Let them try again"), back=tr("Back"), primary=tr("Open the lock"))
        self._model = model
        self._people = model.leads()
        self._list = ChoiceList(tr("Who opens the lock"))
        choices = [Choice(each.name, tr(ROLE_NAMES[each.role]), str(n), person=True) for n, each in enumerate(self._people, 1)]
        self._list.show_choices(choices, 0 if choices else -1)
        self._boxes = PinBoxes(APPROVER_DIGITS_MIN)
        self._error = Note("", "circle-x", "danger")
        reveal(self._error, False)
        self.body.add(self._list, Label(tr("PIN"), "small", "muted"), self._boxes, self._error)
        self._list.chosen.connect(lambda _index: self._boxes.setFocus())
        self._boxes.entered.connect(lambda _pin: self._try())
        self.accepted.connect(self._try)
        self.closed.connect(self.deleteLater)

    def _try(self) -> None:
        if self._list.current >= 0 and self._boxes.pin:
            self._model.lift(self._people[self._list.current], self._boxes.pin, self.close_dialog, self._failed)

    def _failed(self, sentence: str) -> None:
        self._boxes.clear()
        self._error.show_note(sentence, "circle-x", "danger")
        reveal(self._error, True)
        self.refit()
