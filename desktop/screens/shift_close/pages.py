"""The four pages of a closing; each draws the state and knows nothing else."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.keys import key_of
from desktop.config.i18n import clock, money, tr
from desktop.screens.shift_close.view_model import SavedCount, ShiftCloseState
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, CardTone, Figure, SectionHead, ValueRow
from desktop.widgets.count_table import CountTable
from desktop.widgets.fields import FormField, MoneyInput, TextArea
from desktop.widgets.labels import BigNumber, Icon, Note
from desktop.widgets.page import Columns
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.core.calendar import local_time
from shared.core.text import N_
from shared.reports.commands import REASONS
from shared.shifts.rules import Drawer

REASON_CODES: Final = tuple(REASONS)
_DRAWER: Final = (
    (N_("Change at the start"), "float_minor", 1),
    (N_("Sales in cash"), "sales_minor", 1),
    (N_("Paid in"), "paid_in_minor", 1),
    (N_("Refunds in cash"), "refunds_minor", -1),
    (N_("Paid out"), "paid_out_minor", -1),
    (N_("Collected"), "collected_minor", -1),
)


class _Terminal(Card):
    """The terminal's own total, typed from its paper."""

    def __init__(self, currency: str) -> None:
        super().__init__(gap="m", insets=("l", "m"))
        self.amount = MoneyInput(currency=currency, height="field_dense", role="body_strong")
        self._hint = Label("", "small", "muted")
        self._head = SectionHead("", self._hint)
        self._name = Label("", "body", "muted")
        line = Row(gap="l")
        line.add(self._name, stretch=1)
        line.add(self.amount, stretch=2)
        self.add(self._head, line)

    def render_card(self) -> None:
        self._head.set_title(tr("Terminal"))
        self._hint.setText(tr("compare with the terminal's paper"))
        self._name.setText(tr("Cards, total"))
        self.amount.setAccessibleName(tr("Cards, total"))


class CountPage(Columns):
    """Counting without knowing what should be there.

    Signals: counted — carries a denomination and its pieces; card_typed — carries minor units or None; saved, left.
    """

    counted = Signal(int, object)
    card_typed = Signal(object)

    def __init__(self, state: ShiftCloseState) -> None:
        super().__init__(gap="xl", stack_at=125)
        unit = state.money
        self.notes, self.coins = CountTable(unit.notes, unit.code), CountTable(unit.coins, unit.code)
        self._terminal = _Terminal(unit.code)
        self.save = Button("", key_of("shift.save_count"), role="primary", stretch=True)
        self.leave = Button("", "Esc", stretch=True)
        self._name, self._sum = Label("", "small", "muted"), BigNumber("", "counted")
        self._float, self._safe = ValueRow(rule=False, quiet=True), ValueRow(rule=False, quiet=True)
        self._hint, self._remark, self._error = Note(), Note("", "pencil"), Note("", "circle-x", "danger")
        card = Card(self._name, self._sum, Rule(), Column(self._float, self._safe, gap="xs"))
        left, middle = Column(self.notes), Column(self.coins, self._terminal, gap="l")
        right = Column(card, self._hint, self._remark, self._error, self.save, self.leave, gap="m")
        for column in (left, middle, right):
            column.add_stretch()
            self.add(column, stretch=1)
        for table in (self.notes, self.coins):
            table.counted.connect(self.counted)
        self._terminal.amount.amount_changed.connect(self.card_typed)
        self._terminal.amount.returnPressed.connect(self.save.setFocus)
        self.notes.stepped_out.connect(lambda step: self._focus(self.coins.fields[0]) if step > 0 else None)
        self.coins.stepped_out.connect(lambda step: self._focus(self._terminal.amount if step > 0 else self.notes.fields[-1]))

    def clear_fields(self) -> None:
        """Begin anew."""
        self.notes.clear_pieces()
        self.coins.clear_pieces()
        self.first.setFocus()

    @property
    def first(self) -> QWidget:
        """Where the count begins."""
        return self.notes.fields[0]

    def render_page(self, state: ShiftCloseState) -> None:
        """Draw the state."""
        code, counted = state.money.code, state.counted_minor
        self.notes.render_table(tr("Notes"), tr("In notes"))
        self.coins.render_table(tr("Coins"), tr("In coins"))
        self._terminal.render_card()
        self._name.setText(tr("Counted"))
        self._sum.setText(money(counted, code))
        stays = min(counted, state.float_minor)
        self._float.set_name(tr("Change for the next shift"))
        self._float.show_value(money(stays, code))
        self._safe.set_name(tr("To the safe"))
        self._safe.show_value(money(counted - stays, code))
        self._hint.show_note(tr("You can count as often as you like. Every count is kept apart"))
        self._remark.show_note(state.note, "pencil")
        reveal(self._remark, bool(state.note))
        self._error.show_note(state.error or state.refused, "circle-x", "danger")
        reveal(self._error, bool(state.error or state.refused))
        self.save.set_text(tr("Save the count"))
        self.save.set_available(not state.refused, state.refused)
        self.leave.set_text(tr("Back to the sale"))

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)


class _Check(Row):
    """A second source with a tick when it agrees."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._icon, self._word = Label("", "body", "muted"), Icon("check", "ok"), Label("", "small_strong", "ok")
        self.add(self._name, stretch=1)
        self.add(self._icon, self._word)

    def show_check(self, name: str, word: str, *, agrees: bool, known: bool = True) -> None:
        self._name.setText(name)
        color = "muted" if not known else "ok" if agrees else "warn"
        self._icon.show_icon("check" if agrees else "triangle-alert", color)
        reveal(self._icon, known)
        self._word.setText(word)
        self._word.set_color(color)


class ResultPage(Column):
    """What was counted beside what should be there, and why they differ.

    Signals: reason_chosen — carries a key of REASONS; remarked — carries the note.
    """

    reason_chosen = Signal(str)
    remarked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap="l")
        self._counted, self._expected, self._difference = (Figure(role="total") for _ in range(3))
        figures = Columns()
        figures.add(self._counted, self._expected, self._difference, stretch=1)
        self._made_title, self._made = Label("", "body_strong"), Column(gap="none")
        self._rows = [ValueRow() for _ in _DRAWER]
        self._total = ValueRow(total=True)
        self._made.add(*self._rows, self._total)
        self._card_check = _Check()
        made = Card(self._made_title, self._made, self._card_check, gap="s")
        made.add_stretch()
        self._why_title = Label("", "body_strong")
        self.reasons = ChoiceList("")
        self.note = TextArea("")
        self._note_field = FormField("", self.note)
        self._forever, self._error = Note(), Note("", "circle-x", "danger")
        self.recount = Button("", key_of("shift.recount"))
        self.on = Button("", key_of("shift.hand_over"), role="primary")
        foot = Row(self.recount)
        foot.add_stretch()
        foot.add(self.on)
        why = Card(self._why_title, self.reasons, self._note_field, self._forever, self._error, gap="s")
        why.add_stretch()
        why.add(foot)
        below = Columns()
        below.add(made, stretch=4)
        below.add(why, stretch=7)
        self.add(figures, below)
        self.add_stretch()
        self.reasons.chosen.connect(lambda index: self.reason_chosen.emit(REASON_CODES[index]))
        self.note.textChanged.connect(lambda: self.remarked.emit(self.note.toPlainText()))

    @property
    def first(self) -> QWidget:
        """The reasons when there is something to explain, else the way on."""
        return self.reasons if self.reasons.isVisible() else self.on

    def render_page(self, state: ShiftCloseState) -> None:
        """Draw the state; nothing before a count is saved."""
        saved = state.saved
        if saved is None:
            return
        self._render_figures(state, saved)
        self._render_made(state, saved)
        differs = bool(saved.difference_minor)
        self._why_title.setText(tr("Why it differs") if differs else tr("The drawer agrees"))
        self.reasons.setAccessibleName(tr("Why it differs"))
        current = REASON_CODES.index(state.reason) if state.reason else -1
        self.reasons.show_choices([Choice(tr(REASONS[code]), "", str(n)) for n, code in enumerate(REASON_CODES, 1)], current)
        reveal(self.reasons, differs)
        self._note_field.set_label(tr("Remark"))
        if self.note.toPlainText() != state.note:
            self.note.setPlainText(state.note)
        if differs:
            self._forever.show_note(tr("The difference stays in the shift's report for good and cannot be edited later"))
        else:
            self._forever.show_note(tr("Nothing to explain. Go on to the handover"), "check", "ok")
        self._error.show_note(state.error, "circle-x", "danger")
        reveal(self._error, bool(state.error))
        self.recount.set_text(tr("Count again"))
        self.on.set_text(tr("To the handover"))

    def _render_figures(self, state: ShiftCloseState, saved: SavedCount) -> None:
        code = state.money.code
        time = clock(local_time(saved.at, state.time_zone))
        number = tr("count {number}", number=saved.number)
        self._counted.show_figure(tr("Counted"), money(saved.counted_minor, code), f"{time} · {state.person} · {number}")
        books = tr("everything this desk did in the shift")
        self._expected.show_figure(tr("By the books"), money(saved.expected_minor, code), books)
        limit, difference = money(state.limit_minor, code), saved.difference_minor
        if state.accepted_by:
            remark = tr("accepted by {name}", name=state.accepted_by)
        elif state.needs_lead:
            remark = tr("more than {limit}: a shift lead accepts it", limit=limit)
        else:
            remark = tr("up to {limit} a reason is enough", limit=limit)
        name, tone, icon = _verdict(difference)
        remark = remark if difference else tr("to the last coin")
        self._difference.show_figure(name, money(difference, code, plus=True), remark, tone, icon)

    def _render_made(self, state: ShiftCloseState, saved: SavedCount) -> None:
        code = state.money.code
        self._made_title.setText(tr("What the books are made of"))
        drawer = state.report.drawer if state.report else Drawer()
        for row, (name, field, sign) in zip(self._rows, _DRAWER, strict=True):
            amount = sign * int(getattr(drawer, field))
            row.set_name(tr(name))
            row.show_value(money(amount, code))
            reveal(row, state.report is not None and (bool(amount) or field in {"float_minor", "sales_minor"}))
        self._total.set_name(tr("Should be in the drawer"))
        self._total.show_value(money(saved.expected_minor, code))
        booked = sum(one.amount_minor for one in state.report.tenders if one.kind == "card") if state.report else 0
        typed = saved.card_minor
        if typed is None:
            self._card_check.show_check(tr("Cards by the books {sum}", sum=money(booked, code)), tr("not compared"), agrees=False,
                                        known=False)  # fmt: skip
            return
        word = tr("agrees") if typed == booked else money(typed - booked, code, plus=True)
        self._card_check.show_check(tr("Cards: terminal {sum}", sum=money(typed, code)), word, agrees=typed == booked)


class HandOverPage(Columns):
    """What leaves the drawer and what stays in it.

    Signals: amount_typed — carries minor units to the safe, or None.
    """

    amount_typed = Signal(object)

    def __init__(self, state: ShiftCloseState) -> None:
        super().__init__(gap="l")
        self._currency = state.money.code
        self._title = Label("", "body_strong")
        self.ways = ChoiceList("")
        self.amount = MoneyInput(currency=self._currency)
        self._field = FormField("", self.amount)
        left = Card(self._title, self.ways, self._field, gap="m")
        column = Column(left, gap="none")
        column.add_stretch()
        self._name, self._sum = Label("", "small", "muted"), BigNumber("", "counted")
        self._counted, self._safe = ValueRow(rule=False, quiet=True), ValueRow(rule=False, quiet=True)
        self._last, self._error = Note(), Note("", "circle-x", "danger")
        self.close_shift = Button("", key_of("shift.close"), role="primary", stretch=True)
        self.back = Button("", "Esc", stretch=True)
        card = Card(self._name, self._sum, Rule(), Column(self._counted, self._safe, gap="xs"))
        right = Column(card, self._last, self._error, self.close_shift, self.back, gap="m")
        right.add_stretch()
        self.add(column, stretch=2)
        self.add(right, stretch=1)
        self._sums: Sequence[int] = ()
        self.ways.chosen.connect(lambda index: self.amount.show_amount(self._sums[index]))
        self.amount.amount_changed.connect(self.amount_typed)
        self.amount.returnPressed.connect(self.close_shift.setFocus)

    @property
    def first(self) -> QWidget:
        """The usual ways to share the money out."""
        return self.ways

    def render_page(self, state: ShiftCloseState) -> None:
        """Draw the state; nothing before a count is saved."""
        saved, code = state.saved, self._currency
        if saved is None:
            return
        keep = max(0, saved.counted_minor - state.float_minor)
        self._sums = (keep, saved.counted_minor, 0)
        self._title.setText(tr("Where the money goes"))
        self.ways.setAccessibleName(tr("Where the money goes"))
        rest = saved.counted_minor - keep
        choices = [
            Choice(tr("Leave the change of {sum}", sum=money(rest, code)), tr("the rest to the safe"), "1", money(keep, code)),
            Choice(tr("All to the safe"), tr("the next shift gets its change anew"), "2", money(saved.counted_minor, code)),
            Choice(tr("Leave it all"), tr("nothing is taken out"), "3", money(0, code)),
        ]
        taken = state.taken_out_minor
        self.ways.show_choices(choices, self._sums.index(taken) if taken in self._sums else -1)
        self._field.set_label(tr("To the safe"))
        if self.amount.amount_minor != taken and taken is not None:
            self.amount.show_amount(taken)
        self._name.setText(tr("Stays for the next shift"))
        self._sum.setText(money(state.left_minor, code))
        self._counted.set_name(tr("Counted"))
        self._counted.show_value(money(saved.counted_minor, code))
        self._safe.set_name(tr("To the safe"))
        self._safe.show_value(money(-(taken or 0), code))
        self._last.show_note(tr("Closing cannot be taken back. The Z report is numbered, kept and printed"))
        self._error.show_note(state.error, "circle-x", "danger")
        reveal(self._error, bool(state.error))
        self.close_shift.set_text(tr("Close shift {number}", number=state.shift.number if state.shift else ""))
        self.back.set_text(tr("Back to the result"))


def _verdict(difference_minor: int) -> tuple[str, CardTone, str]:
    if not difference_minor:
        return tr("Agrees"), "ok", "check"
    if difference_minor < 0:
        return tr("Short"), "danger", "triangle-alert"
    return tr("Over"), "warn", "triangle-alert"
