"""Taking payment: what is due, what was received, and the change as large as the screen allows."""

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.catalog import BY_ID
from desktop.actions.registry import Actions
from desktop.config.i18n import money, ntr, plain_money, quantity, tr
from desktop.design.theme import look
from desktop.screens.sale import words
from desktop.screens.sale.pay_model import PayState, PayViewModel
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, ValueRow
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import MoneyInput
from desktop.widgets.key_cap import KeyCap, KeyHint
from desktop.widgets.labels import BigNumber, Icon, Note
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.core.money import MILLI, currency
from shared.sales.receipt import TENDER_NAMES
from shared.sales.rules import QUICK_AMOUNTS_MAX, TenderKind, change_pieces

_CARD_KEY = "*"
_TENDERS = (TenderKind.CASH, TenderKind.CARD)
_ICONS = {TenderKind.CASH: "banknote", TenderKind.CARD: "credit-card"}
_KEYS = {TenderKind.CASH: "Enter", TenderKind.CARD: f"Num {_CARD_KEY}"}


class ReceivedField(MoneyInput):
    """Where the received amount is typed; keys that choose the way of paying go on to the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits are the amount."""
        if event.text() == _CARD_KEY or event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Change(Card):
    """The change, its pieces, or what is missing."""

    def __init__(self) -> None:
        super().__init__(tone="ok", insets=("xl", "l"))
        self._icon = Icon("hand-coins", "ok", "icon_big")
        self._title, self._note = Label("", "dialog_title"), Label("", "small", wrap=True)
        self._amount = BigNumber("", "change", "ok")
        line = Row(self._icon, gap="m")
        line.add(Column(self._title, self._note, gap="none"), stretch=1)
        line.add(self._amount)
        self.add(line)

    def shorten(self, short: bool) -> None:
        """Leave the pieces out."""
        reveal(self._note, not short)

    def show_state(self, state: PayState) -> None:
        """Show what goes back to the guest."""
        payment, code = state.payment, state.currency
        change = payment.change_minor
        if payment.active is TenderKind.CARD and not payment.takes_cash:
            said = tr("By card"), tr("Put it through the terminal, then Enter"), payment.card_part_minor, "accent", "credit-card"
        elif change < 0:
            said = tr("Missing"), tr("Add cash or pay the rest by card"), -change, "warn", "triangle-alert"
        else:
            said = tr("Change"), _pieces(change, code), change, "ok", "hand-coins"
        title, note, amount, tone, icon = said
        self.set_tone(tone)  # type: ignore[arg-type]
        ink = "text" if tone == "accent" else tone
        self._icon.show_icon(icon, ink)
        self._title.setText(title)
        self._note.setText(note)
        self._amount.setText(money(amount, code))
        self._amount.set_color(ink)
        self.setAccessibleName(f"{title} {money(amount, code)}")


class PayDialog(Dialog):
    """One payment over the sale."""

    def __init__(self, model: PayViewModel, actions: Actions) -> None:
        super().__init__("", back=tr("Back"), primary=tr("Take"), width="pay_width", height="pay_height", body_insets="none")
        self._model = model
        code = model.state.currency
        self.field = ReceivedField(tr("Received"), currency=code)
        self.field.setPlaceholderText("")
        self._total = ValueRow(rule=False, quiet=True)
        self._how = Label("", "small", "muted")
        self._tenders = ChoiceList(tr("How the guest pays"), height="row_choice_two_lines")
        self._remove, self._walk = KeyHint("Del"), KeyHint("Up", "Down")
        self._due_word, self._due = Label("", "small", "muted"), BigNumber("", "due")
        self._received = Label("", "small", "muted")
        self._quick = [Button(big=True, stretch=True) for _ in range(QUICK_AMOUNTS_MAX)]
        self._rounding, self._problem = Note("", "info"), Note("", "circle-x", "danger")
        self._change = _Change()
        self._rest = Button("", BY_ID["pay.card_for_rest"].keys[0])
        self._facts = Label("", "small", "muted")
        self._build()
        self._connect(actions)
        self.render()

    def _build(self) -> None:
        keys = Row(self._remove)
        keys.add_stretch()
        keys.add(self._walk)
        left = Column(self._total, self._how, self._tenders, gap="m", insets="xl", width="pay_side")
        left.add_stretch()
        left.add(keys)
        self._quick_row = quick = Row(*self._quick, gap="s")
        self._due_block = amounts = Column(self._due_word, self._due, gap="none")
        field = Column(self._received, self.field, gap="xs")
        right = Column(amounts, field, quick, self._rounding, self._problem, gap="m", insets="xl")
        right.add_stretch()
        right.add(self._change)
        halves = Row(gap="none")
        halves.add(left, Rule(vertical=True))
        halves.add(right, stretch=1)
        self.body.add(halves, stretch=1)
        self.head_right.add(self._facts, KeyCap(BY_ID["help.keys"].keys[0]))
        self.foot_middle.add(self._rest)
        visited = (self.field, *self._quick, self._tenders)
        for one, after in pairwise(visited):
            self.setTabOrder(one, after)

    def _connect(self, actions: Actions) -> None:
        model = self._model
        self.field.amount_changed.connect(model.type_amount)
        self._tenders.chosen.connect(lambda index: model.select(_TENDERS[index]))
        for number, button in enumerate(self._quick):
            button.clicked.connect(lambda _checked=False, number=number: self._take_quick(number))
        self._rest.clicked.connect(model.rest_by_card)
        self.accepted.connect(model.accept)
        actions.bind("pay.card_for_rest", model.rest_by_card, self)
        model.changed.connect(self.render)

    def open_over(self, window: QWidget, first: QWidget | None = None) -> None:
        """Cover the window, ready for what the guest hands over."""
        super().open_over(window, first or self.field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text in a low window leave out what also stands elsewhere, rather than press fields flat."""
        super().resizeEvent(event)
        wanted = look().px("pay_height")
        reveal(self._quick_row, self.height() >= wanted)
        self._change.shorten(self.height() < wanted)
        reveal(self._due_block, self.height() >= wanted * 3 // 4)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state of the payment."""
        state = self._model.state
        payment, code = state.payment, state.currency
        kopecks = words.has_kopecks([payment.total_minor, payment.cash_due_minor, payment.card_part_minor], code)
        self.set_title(tr("Payment · receipt {number}", number=state.number))
        self._facts.setText(ntr("{n} line", "{n} lines", state.lines))
        self._total.set_name(tr("Receipt total"))
        self._total.show_value(money(payment.total_minor, code, kopecks=kopecks))
        self._how.setText(tr("How the guest pays"))
        self._show_tenders(state, kopecks)
        self._remove.set_text(tr("take away"))
        self._walk.set_text(tr("change"))
        is_card = payment.active is TenderKind.CARD
        self._due_word.setText(tr("By card") if is_card else tr("Left in cash") if payment.has_card else tr("To pay in cash"))
        due = payment.card_part_minor if is_card else payment.cash_due_minor
        self._due.setText(money(due, code, kopecks=kopecks))
        self._received.setText(tr("Amount on the card") if is_card else tr("Received"))
        self.field.setAccessibleName(self._received.text())
        self.field.setPlaceholderText(plain_money(due, code))
        if self.field.amount_minor != payment.received_minor:
            with QSignalBlocker(self.field):
                self.field.show_amount(payment.received_minor)
        self._show_quick(state)
        self._rounding.show_note(tr("Cash rounding {amount}", amount=money(payment.rounding_minor, code, plus=True)))
        reveal(self._rounding, bool(payment.rounding_minor))
        problem = words.problem_text(state.problem, code)
        self._problem.show_note(problem, "circle-x", "danger")
        reveal(self._problem, bool(problem))
        self.field.set_wrong(bool(problem))
        self._change.show_state(state)
        self._show_way_on(state)

    def dismiss(self) -> None:
        """Back to the receipt, unless the payment is being saved: the model decides."""
        self._model.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that choose the way of paying; digits reach the field from anywhere in the dialog."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.text() == _CARD_KEY:
            self._model.use_card()
        elif step is not None:
            at = _TENDERS.index(self._model.state.payment.active) + step
            self._model.select(_TENDERS[max(0, min(at, len(_TENDERS) - 1))])
        elif event.key() == Qt.Key.Key_Delete:
            self._model.remove()
        elif event.text().isdecimal() and not self.field.hasFocus():
            self.field.setFocus()
            self.field.insert(event.text())
        else:
            super().keyPressEvent(event)
        event.accept()

    def _show_tenders(self, state: PayState, kopecks: bool) -> None:
        payment, code = state.payment, state.currency
        cash = payment.cash_due_minor if payment.takes_cash else 0
        parts = {TenderKind.CASH: cash, TenderKind.CARD: payment.card_part_minor}
        choices = [
            Choice(
                tr(TENDER_NAMES[kind]),
                key=_KEYS[kind],
                icon=_ICONS[kind],
                amount=money(parts[kind], code, kopecks=kopecks) if parts[kind] else "",
            )
            for kind in _TENDERS
        ]
        self._tenders.show_choices(choices, _TENDERS.index(payment.active))

    def _show_quick(self, state: PayState) -> None:
        amounts = state.quick_minor
        for number, button in enumerate(self._quick):
            is_shown = number < len(amounts) and state.payment.takes_cash and state.payment.active is TenderKind.CASH
            reveal(button, is_shown)
            if is_shown:
                button.set_text(plain_money(amounts[number], state.currency))
                button.setCheckable(True)
                button.setChecked(state.payment.cash_minor == amounts[number])

    def _show_way_on(self, state: PayState) -> None:
        self._rest.set_text(tr("Rest by card"))
        self._rest.set_available(not state.is_saving)
        self.back_button.set_text(tr("Back"))
        if state.is_saving:
            self.primary_button.set_text(tr("Saving…"))
        elif not state.payment.is_complete:
            self.primary_button.set_text(tr("On to the cash"))
        else:
            self.primary_button.set_text(tr("Take {amount}", amount=money(state.payment.taken_minor, state.currency)))
        self.primary_button.set_available(not state.is_saving)

    def _take_quick(self, number: int) -> None:
        self._model.type_amount(self._model.state.quick_minor[number])
        self.field.setFocus()


def _pieces(change_minor: int, code: str) -> str:
    """The change as a hand takes it: `notes 4 × 100, coins 21`."""
    if change_minor <= 0:
        return tr("nothing to give back")
    pieces = change_pieces(change_minor, currency(code))
    notes = ", ".join(f"{quantity(count * MILLI)} × {plain_money(note, code)}" for note, count in pieces.notes)
    coins = plain_money(pieces.coins_minor, code)
    if not notes:
        return tr("coins {coins}", coins=coins)
    return (
        tr("notes {notes}, coins {coins}", notes=notes, coins=coins) if pieces.coins_minor else tr("notes {notes}", notes=notes)
    )
