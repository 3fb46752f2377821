"""Four steps of closing in one place: the page of the step in hand is visible, its keys are live."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.screens.shift_close.closed_page import ClosedPage
from desktop.screens.shift_close.dialogs import AcceptDifference, Remark
from desktop.screens.shift_close.pages import CountPage, HandOverPage, ResultPage
from desktop.screens.shift_close.view_model import ShiftCloseViewModel, Step
from desktop.widgets.base import reveal
from desktop.widgets.page import Page
from desktop.widgets.steps import StepIndicator

FORWARD: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ShiftCloseView(QWidget):
    """The closing; Enter leads to the way forward, F9 takes it."""

    def __init__(self, model: ShiftCloseViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._shown: Step | None = None
        self._steps = StepIndicator()
        self._page = Page()
        self._page.head_right.add(self._steps)
        self._count, self._result = CountPage(model.state), ResultPage()
        self._hand_over, self._closed = HandOverPage(model.state), ClosedPage()
        self._pages = (self._count, self._result, self._hand_over, self._closed)
        self._page.body.add(*self._pages, stretch=1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._page)
        self._connect()
        self._bind()
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        self.setFocusProxy(self._count.first)
        self.render()

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self.render)
        model.approval_wanted.connect(lambda: AcceptDifference(model).open_over(self.window()))
        model.counting_again.connect(self._count.clear_fields)
        self._count.counted.connect(model.put)
        self._count.card_typed.connect(model.put_card)
        self._count.save.clicked.connect(model.save_count)
        self._count.leave.clicked.connect(model.leave)
        self._result.reason_chosen.connect(model.explain)
        self._result.remarked.connect(model.remark)
        self._result.recount.clicked.connect(model.count_again)
        self._result.on.clicked.connect(model.hand_over)
        self._hand_over.amount_typed.connect(model.take_out)
        self._hand_over.close_shift.clicked.connect(model.close)
        self._hand_over.back.clicked.connect(model.back)
        self._closed.done.clicked.connect(model.leave)
        self._closed.again.clicked.connect(model.print_again)

    def _bind(self) -> None:
        model = self._model
        bound: tuple[tuple[str, Callable[[], object], QWidget], ...] = (
            ("shift.save_count", model.save_count, self._count),
            ("shift.explain", lambda: Remark(model).open_over(self.window()), self._count),
            ("shift.hand_over", model.hand_over, self._result),
            ("shift.recount", model.count_again, self._result),
            ("shift.close", model.close, self._hand_over),
            ("shift.recount", model.count_again, self._hand_over),
            ("shift.leave", model.leave, self._closed),
            ("shift.print_again", model.print_again, self._closed),
        )
        for action, act, page in bound:
            self._actions.bind(action, act, page)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state in the language of the moment."""
        state = self._model.state
        number = state.shift.number if state.shift else ""
        is_closed = state.step is Step.CLOSED
        advice = tr("Count the money in the drawer. What the books say appears after saving")
        title = tr("Shift {number} is closed", number=number) if is_closed else tr("Closing shift {number}", number=number)
        self._page.show_head(title, advice if state.step is Step.COUNT else "")
        self._steps.show_steps([tr("Count"), tr("Result"), tr("Handover"), tr("Print")], int(state.step))
        self._count.render_page(state)
        self._result.render_page(state)
        self._hand_over.render_page(state)
        self._closed.render_page(state, self._model.printing)
        self._actions.set_enabled("shift.save_count", not state.refused, state.refused, self._count)
        if state.step is not self._shown:
            self._turn_to(state.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the way forward; Esc one step back."""
        if event.key() in FORWARD:
            ways = (self._count.save, self._result.on, self._hand_over.close_shift, self._closed.done)
            ways[self._model.state.step].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self._model.back():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _turn_to(self, step: Step) -> None:
        self._shown = step
        for number, page in enumerate(self._pages):
            reveal(page, number == step)
        first = self._pages[step].first
        self.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)
