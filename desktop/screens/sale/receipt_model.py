"""The open receipt: its lines, every step with its way back, and what is said about them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.screens.sale.state import Notice, Problem, SaleState, WayBack
from shared.core.errors import Param, Refusal
from shared.sales.cart import Cart, History


class ReceiptModel(QObject):
    """What a cashier does to the lines of the open receipt.

    Signals: changed — the state is new, draw it again.
    """

    changed = Signal()

    def __init__(self, state: SaleState) -> None:
        super().__init__()
        self._state = state
        self._said = 0

    @property
    def state(self) -> SaleState:
        """What to show."""
        return self._state

    def select_line(self, index: int) -> None:
        """Another line of the receipt."""
        lines = self._state.cart.lines
        if 0 <= index < len(lines):
            self._step(lambda cart: cart.select(lines[index].line_no))

    def walk_lines(self, step: int) -> None:
        """The line above or below."""
        self._step(lambda cart: cart.move_selection(step))

    def change_quantity(self, by_milli: int) -> None:
        """More or less of the selected line."""
        if not self._state.cart.is_empty:
            self._step(lambda cart: cart.change_quantity(cart.selected, by_milli))

    def set_quantity(self, quantity_milli: int) -> None:
        """Another quantity of the selected line."""
        if not self._state.cart.is_empty:
            self._step(lambda cart: cart.set_quantity(cart.selected, quantity_milli))

    def remove_line(self) -> None:
        """Take the selected line away."""
        if not self._state.cart.is_empty:
            self._step(lambda cart: cart.remove(cart.selected))

    def undo(self) -> None:
        """One step of the receipt back."""
        label = self._state.history.undo_label
        if label is not None and self._is_free():
            self._put(self._state.history.undo())
            self._say(label.text, label.params, "redo", "undo-2")

    def redo(self) -> None:
        """One step of the receipt forward again."""
        label = self._state.history.redo_label
        if label is not None and self._is_free():
            self._put(self._state.history.redo())
            self._say(label.text, label.params, "undo", "undo-2")

    def _step(self, change: Callable[[Cart], Cart]) -> None:
        """One step of the receipt, said with the way back."""
        if not self._is_free():
            return
        before = self._state.history
        try:
            history = before.do(change(before.present))
        except Refusal as no:
            self._say_no(no)
            return
        self._put(history)
        label = history.undo_label
        if label is not None and history.past != before.past:
            self._say(label.text, label.params, "undo", "undo-2")

    def _put(self, history: History) -> None:
        cart = history.present
        # What is in the receipt now hides what was sold before; an age looked at holds for one receipt.
        last = None if cart.lines else self._state.last_sale
        age = self._state.age_confirmed if cart.lines else 0
        self._show(history=history, totals=cart.totals(), last_sale=last, age_confirmed=age)

    def _is_free(self) -> bool:
        return self._state.shift is not None and self._state.question is None

    def _try(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Refusal as no:
            self._say_no(no)

    def _say_no(self, no: Problem) -> None:
        self._say(no.text, no.params, icon="circle-x")

    def _say(self, text: str, params: Mapping[str, Param] | None = None, way: WayBack = "", icon: str = "info") -> None:
        self._said += 1
        self._show(notice=Notice(self._said, text, dict(params or {}), way, icon))

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
