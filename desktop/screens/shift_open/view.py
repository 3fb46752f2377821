"""What is in the drawer at the left, the way into the shift at the right."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import clock, day, money, tr
from desktop.screens.shift_open.view_model import ShiftOpenState, ShiftOpenViewModel
from desktop.widgets.base import Column, Label, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, ValueRow
from desktop.widgets.count_table import CountTable
from desktop.widgets.labels import BigNumber, Note
from desktop.widgets.page import Columns, Page
from desktop.widgets.row_choice import Choice, ChoiceList
from shared.core.calendar import local_time

AS_LEFT: Final = 0
COUNTED: Final = 1


class ShiftOpenView(QWidget):
    """One screen: F9 or Enter opens the shift."""

    def __init__(self, model: ShiftOpenViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        unit = model.state.money
        self._page = Page()
        self._ways = ChoiceList("", height="row_choice_person")
        self._notes, self._coins = CountTable(unit.notes, unit.code), CountTable(unit.coins, unit.code)
        self._float_name, self._float = Label("", "small", "muted"), BigNumber("", "counted")
        self._left, self._counted, self._gap = (ValueRow(rule=False) for _ in range(3))
        self._who = Note("", "user")
        self._note, self._error = Note("", "info"), Note("", "circle-x", "danger")
        self._open = Button("", key_of("shift.open"), role="primary", stretch=True)
        self._count = Button("", key_of("shift.count_float"), stretch=True)
        self._leave = Button("", "Esc", stretch=True)
        self._build()
        self._connect()
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        self.render()
        self._focus_first()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._page)
        self._left_by = Label("", "body", "muted", wrap=True)
        self._found = Card(self._left_by, self._ways, gap="m")
        tables = Columns(gap="xl")
        for table in (self._notes, self._coins):
            column = Column(table, gap="none")
            column.add_stretch()
            tables.add(column, stretch=1)
        self._tables = tables
        main = Column(self._found, tables, gap="none")
        main.add_stretch()
        figures = Column(self._left, self._counted, self._gap, gap="xs")
        self._figures = Column(Rule(), figures)
        self._card = Card(self._float_name, self._float, self._figures)
        side = Column(self._card, self._who, self._note, self._error, self._open, self._count, self._leave, gap="m")
        side.add_stretch()
        across = Columns(gap="xl", stack_at=125)
        across.add(main, stretch=2)
        across.add(side, stretch=1)
        self._page.body.add(across)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self.render)
        self._ways.chosen.connect(self._choose)
        for table in (self._notes, self._coins):
            table.counted.connect(model.put)
        self._notes.stepped_out.connect(lambda step: self._coins.fields[0].setFocus() if step > 0 else None)
        self._coins.stepped_out.connect(lambda step: self._open.setFocus() if step > 0 else self._notes.fields[-1].setFocus())
        self._open.clicked.connect(model.open)
        self._count.clicked.connect(self._switch)
        self._leave.clicked.connect(model.leave)
        self._actions.bind("shift.open", model.open, self)
        self._actions.bind("shift.count_float", self._switch, self)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state in the language of the moment."""
        state = self._model.state
        self._page.show_head(tr("Opening shift {number}", number=state.number), self._advice(state))
        self._render_left(state)
        self._notes.render_table(tr("Notes"), tr("In notes"))
        self._coins.render_table(tr("Coins"), tr("In coins"))
        for table in (self._notes, self._coins):
            if not state.pieces and table.total_minor:
                table.clear_pieces()
        reveal(self._found, not state.is_counting and not state.is_open)
        reveal(self._tables, state.is_counting and not state.is_open)
        self._render_side(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens while the change is taken as left."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._model.open()
        else:
            super().keyPressEvent(event)

    def _advice(self, state: ShiftOpenState) -> str:
        if state.is_open:
            return tr("The shift is open already. Enter goes on to the sale")
        if not state.may_open:
            return tr("You may not open a shift. A cashier opens it with their own PIN: F11")
        if state.last is None:
            return tr("The first shift of this desk. Count the change in the drawer; the books begin with it")
        if state.is_counting:
            return tr("Count what lies in the drawer. A difference is kept and stops nothing")
        return tr("Look at the change in the drawer. Enter takes it over as it is")

    def _render_left(self, state: ShiftOpenState) -> None:
        last, code = state.last, state.money.code
        if last is None:
            return
        closed = local_time(last.closed_at, state.time_zone)
        when = f"{day(closed.date())}, {clock(closed)}"
        self._left_by.setText(
            tr("Shift {number} was closed by {name}: {when}", number=last.number, name=last.cashier_name, when=when)
        )
        self._ways.setAccessibleName(tr("The change in the drawer"))
        left = money(state.left_minor, code)
        self._ways.show_choices(
            [
                Choice(tr("As it was left"), tr("The drawer holds what the last shift handed over"), "1", left),
                Choice(tr("Count it"), tr("By notes and coins; the difference is kept under both names"), "2"),
            ],
            COUNTED if state.is_counting else AS_LEFT,
        )

    def _render_side(self, state: ShiftOpenState) -> None:
        code = state.money.code
        is_counted = state.is_counting and bool(state.pieces)
        self._float_name.setText(tr("Counted") if state.is_counting else tr("Change at the start"))
        self._float.setText(money(state.float_minor, code))
        self._left.set_name(tr("Left by the last shift"))
        self._left.show_value(money(state.left_minor, code))
        self._counted.set_name(tr("Counted"))
        self._counted.show_value(money(state.counted_minor, code) if is_counted else "—")
        gap = state.gap_minor
        self._gap.set_name(tr("Short") if gap < 0 else tr("Over") if gap > 0 else tr("Difference"))
        self._gap.show_value(money(gap, code, plus=True), color="danger" if gap < 0 else "warn" if gap > 0 else "text")
        has_last = state.last is not None
        reveal(self._figures, has_last)
        reveal(self._counted, has_last and state.is_counting)
        reveal(self._gap, has_last and is_counted)
        self._who.show_note(tr("The drawer goes over to {name}", name=state.person), "user")
        self._note.show_note(tr("Colleagues may sell in this shift. Only you or a shift lead count and close it"))
        for part in (self._card, self._who, self._note):
            reveal(part, not state.is_open)
        self._error.show_note(state.error, "circle-x", "danger")
        reveal(self._error, bool(state.error))
        self._open.set_text(tr("To the sale") if state.is_open else tr("Open the shift"))
        self._open.set_available(state.is_open or state.may_open, tr("A cashier opens the shift with their own PIN"))
        self._count.set_text(tr("Take it as left") if state.is_counting else tr("Count the drawer"))
        reveal(self._count, has_last and not state.is_open)
        self._actions.set_enabled("shift.count_float", has_last, tr("The first shift is always counted"), self)
        self._leave.set_text(tr("To the sale without a shift"))
        reveal(self._leave, not state.is_open)

    def _choose(self, index: int) -> None:
        if index == COUNTED:
            self._switch()

    def _switch(self) -> None:
        self._model.count(not self._model.state.is_counting)
        self._focus_first()

    def _focus_first(self) -> None:
        first = self._notes.fields[0] if self._model.state.is_counting else self._ways
        self.setFocusProxy(first)
        first.setFocus()
