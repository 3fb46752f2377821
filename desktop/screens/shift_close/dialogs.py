"""A second person accepts a large difference; a remark to the count."""

from PySide6.QtWidgets import QWidget

from desktop.config.i18n import money, tr
from desktop.screens.shift_close.view_model import ShiftCloseViewModel
from desktop.widgets.base import Label, reveal
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.pin_boxes import PinBoxes
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.staff.rules import APPROVER_DIGITS_MIN, ROLE_NAMES


class AcceptDifference(Dialog):
    """Somebody with the right accepts the difference with their own PIN."""

    def __init__(self, model: ShiftCloseViewModel) -> None:
        super().__init__(tr("Accept the difference"), back=tr("Back"), primary=tr("Accept"))
        self._model = model
        self._people = model.approvers()
        self._list = ChoiceList(tr("Who accepts it"))
        choices = [Choice(each.name, tr(ROLE_NAMES[each.role]), str(n), person=True) for n, each in enumerate(self._people, 1)]
        self._list.show_choices(choices, 0 if choices else -1)
        self._boxes = PinBoxes(APPROVER_DIGITS_MIN)
        self._error = Note("", "circle-x", "danger")
        reveal(self._error, False)
        saved, code = model.state.saved, model.state.money.code
        if saved is not None:
            sums = {"sum": money(saved.difference_minor, code, plus=True), "limit": money(model.state.limit_minor, code)}
            self.body.add(Label(tr("The drawer differs by {sum}. More than {limit} a shift lead accepts", **sums), wrap=True))
        self.body.add(self._list, Label(tr("PIN"), "small", "muted"), self._boxes, self._error)
        self._list.chosen.connect(self._picked)
        self._boxes.entered.connect(lambda _pin: self._try())
        self.accepted.connect(self._try)
        self.closed.connect(self.deleteLater)
        self._size_boxes()

    def open_over(self, window: QWidget, first: QWidget | None = None) -> None:
        """Cover the window; one lead alone is chosen already."""
        super().open_over(window, first or (self._boxes if len(self._people) == 1 else self._list))

    def _picked(self, _index: int) -> None:
        self._size_boxes()
        self._boxes.setFocus()

    def _size_boxes(self) -> None:
        if self._list.current >= 0:
            self._boxes.set_length(self._model.pin_digits(self._people[self._list.current]) or APPROVER_DIGITS_MIN)

    def _try(self) -> None:
        if self._list.current >= 0 and self._boxes.pin:
            self._model.approve(self._people[self._list.current], self._boxes.pin, self.close_dialog, self._failed)

    def _failed(self, sentence: str) -> None:
        self._boxes.clear()
        self._boxes.set_wrong(True)
        self._error.show_note(sentence, "circle-x", "danger")
        reveal(self._error, True)
        self.refit()


class Remark(Dialog):
    """A remark to the count, kept with the close of the shift."""

    def __init__(self, model: ShiftCloseViewModel) -> None:
        super().__init__(tr("Remark to the count"), back=tr("Back"), primary=tr("Keep the remark"))
        self._model = model
        self._text = LineEdit()
        self._text.setText(model.state.note)
        self.body.add(FormField(tr("Remark"), self._text))
        self.accepted.connect(self._keep)
        self.closed.connect(self.deleteLater)

    def _keep(self) -> None:
        self._model.remark(self._text.text().strip())
        self.close_dialog()
