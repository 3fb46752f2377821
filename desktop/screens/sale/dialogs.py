"""The small questions of the sale: which goods, how old, what does it cost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.config.i18n import NBSP, money, tr
from desktop.screens.sale import words
from desktop.screens.sale.settle_model import SettleViewModel
from desktop.screens.sale.state import AgeAsked, Choosing
from desktop.screens.sale.view_model import SaleViewModel
from desktop.widgets.base import Label, reveal
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FormField, LineEdit, MoneyInput
from desktop.widgets.labels import Note
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.catalog.rules import NAME_LENGTH_MAX

_DIGITS = 9


class _ChoiceDialog(Dialog):
    """Rows with digits; Enter takes the marked one."""

    def __init__(self, title: str, question: str, choices: list[Choice], primary: str) -> None:
        super().__init__(title, back=tr("Back"), primary=primary)
        self.choices = ChoiceList(title)
        self.choices.show_choices(choices, 0)
        self.body.add(Label(question, "lead", wrap=True), self.choices)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses at once, arrows walk, Enter takes the marked row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.choices.walk(step)
            event.accept()
        elif self.choices.take_key(event.text()):
            event.accept()
        else:
            super().keyPressEvent(event)


class ChooseDialog(_ChoiceDialog):
    """Several goods carry one barcode."""

    def __init__(self, question: Choosing, model: SaleViewModel) -> None:
        currency = model.state.currency
        rows = [
            Choice(
                offer.name,
                note=offer.category,
                key=str(number) if number <= _DIGITS else "",
                amount=tr("no price") if offer.price_minor is None else money(offer.price_minor, currency),
            )
            for number, offer in enumerate(question.offers, start=1)
        ]
        super().__init__(tr("Which goods are these"), tr("Several goods carry this code"), rows, tr("Take the marked one"))
        self.choices.chosen.connect(model.choose)
        self.accepted.connect(lambda: model.choose(self.choices.current))
        self.dismissed.connect(model.back)


class AgeDialog(_ChoiceDialog):
    """Goods for adults: was the document looked at."""

    def __init__(self, question: AgeAsked, model: SaleViewModel) -> None:
        aged = ", ".join(line.name for line in model.state.cart.lines if line.age_mark)
        rows = [
            Choice(tr("Document checked, {age} or older", age=question.age), key="1"),
            Choice(tr("Take it off the receipt"), note=aged, key="2"),
        ]
        title = tr("{age}+: have you checked the document", age=question.age)
        super().__init__(title, aged, rows, tr("Go on"))
        self._model = model
        self.choices.chosen.connect(self._take)
        self.accepted.connect(lambda: self._take(self.choices.current))
        self.dismissed.connect(model.back)

    def _take(self, index: int) -> None:
        if index == 0:
            self._model.confirm_age()
        else:
            self._model.drop_aged()


class SettleDialog(Dialog):
    """A code nobody knows, or goods without a price."""

    def __init__(self, model: SettleViewModel) -> None:
        state = model.state
        title = tr("There are no such goods") if state.offer is None else tr("The goods have no price")
        super().__init__(title, back=tr("Back"), primary=tr("Add and sell") if state.may_settle else tr("Back to the receipt"))
        self._model = model
        reveal(self.back_button, state.may_settle)
        self.name = LineEdit(tr("Name"))
        self.name.setMaxLength(NAME_LENGTH_MAX)
        self.price = MoneyInput(tr("Price"), currency=state.currency)
        self._name_field, self._price_field = FormField(tr("Name on the receipt"), self.name), FormField(tr("Price"), self.price)
        if state.offer is not None:
            self.body.add(Label(state.offer.name, "dialog_title", wrap=True))
        self.body.add(Label(tr("Code {code}", code=state.code.replace(" ", NBSP)), "body", "muted", wrap=True))
        if state.may_settle:
            if state.offer is None:
                self.body.add(self._name_field)
            self.body.add(self._price_field)
        else:
            who = ", ".join(state.who) or tr("a shift lead")
            self.body.add(Note(tr("Can be added by: {who}. The receipt waits", who=who), "user-check", "text", "body"))
        self._problem = Note("", "circle-x", "danger")
        self._problem.hide()
        self.body.add(self._problem)
        self.accepted.connect(self._accept)
        model.changed.connect(self.render)

    def render(self) -> None:  # type: ignore[override]
        """Draw what is wrong, at its field."""
        state = self._model.state
        said = words.problem_text(state.problem, state.currency)
        at_name = state.problem is not None and state.problem.code.startswith("name_")
        at_price = state.problem is not None and state.problem.code.startswith("price_")
        self._name_field.show_error(said if at_name else "")
        self._price_field.show_error(said if at_price else "")
        self._problem.show_note("" if at_name or at_price else said, "circle-x", "danger")
        reveal(self._problem, bool(said) and not (at_name or at_price))
        self.primary_button.set_available(not state.is_saving)
        self.refit()

    def dismiss(self) -> None:
        """Back to the receipt, unless it is being saved: the model decides."""
        self._model.leave()

    def _accept(self) -> None:
        if not self._model.state.may_settle:
            self._model.leave()
        elif self.name.hasFocus() and self.price.amount_minor is None:
            self.price.setFocus()
        else:
            self._model.settle(self.name.text(), self.price.amount_minor)
