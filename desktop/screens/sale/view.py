"""The sale: goods at the left, the receipt at the right, questions over both."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.screens.sale.dialogs import AgeDialog, ChooseDialog, SettleDialog
from desktop.screens.sale.goods_panel import GoodsPanel
from desktop.screens.sale.pay_dialog import PayDialog
from desktop.screens.sale.receipt_panel import ReceiptPanel
from desktop.screens.sale.state import AgeAsked, Choosing, Paying, Question, SaleState
from desktop.screens.sale.view_model import SaleViewModel
from desktop.widgets.base import Dressed, Rule
from desktop.widgets.dialog import Dialog
from desktop.widgets.empty_state import EmptyState


class SaleView(Dressed, QWidget):
    """The body of the window while goods are sold."""

    def __init__(self, model: SaleViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._question: Question | None = None
        self._dialog: Dialog | None = None
        self._goods, self._receipt = GoodsPanel(model), ReceiptPanel(model)
        self._closed = EmptyState(primary=True)
        self._closed.acted.connect(model.open_shift)
        sale = QWidget()
        halves = QHBoxLayout(sale)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addWidget(self._goods, 3)
        halves.addWidget(Rule(vertical=True))
        halves.addWidget(self._receipt, 2)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(sale)
        self._stack.addWidget(self._closed)
        self._bind(actions)
        self.setFocusProxy(self._goods.line)
        model.changed.connect(self.render)
        self.destroyed.connect(i18n.on_language_changed(self._draw_anew))
        self.dress()

    def _bind(self, actions: Actions) -> None:
        model = self._model
        acts = {
            "sale.search": self._goods.line.setFocus,
            "sale.pay": model.pay,
            "sale.remove_line": model.remove_line,
            "sale.line_up": lambda: model.walk_lines(-1),
            "sale.line_down": lambda: model.walk_lines(1),
            "sale.next_tiles": lambda: model.turn_page(1),
            "sale.previous_tiles": lambda: model.turn_page(-1),
            "sale.next_category": lambda: model.walk_category(1),
            "sale.previous_category": lambda: model.walk_category(-1),
            "sale.new_goods": model.new_goods,
            "edit.undo": model.undo,
            "edit.redo": model.redo,
        }
        for action, act in acts.items():
            actions.bind(action, act, self)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; safe at any time."""
        self._draw(anew=False)

    def restyle(self) -> None:
        self._draw(anew=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing in the screen wanted: the list's, and those of the goods field while something else is focused."""
        if self._model.state.shift is None:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._model.open_shift()
            else:
                event.ignore()
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._model.walk(step)
        elif not self._goods.line.take(event):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Coming back from another screen, typing goes to the goods field."""
        super().showEvent(event)
        self._focus()

    def _draw_anew(self) -> None:
        self._draw(anew=True)

    def _draw(self, *, anew: bool) -> None:
        state = self._model.state
        is_closed = state.shift is None
        if anew or is_closed:
            self._closed.show_state(tr("The shift is closed"), "lock", tr("Open the shift"), "Enter")
        if self._stack.currentIndex() != int(is_closed):
            self._stack.setCurrentIndex(int(is_closed))
            self._focus()
        self._goods.show_state(state, anew=anew)
        self._receipt.show_state(state, anew=anew)
        self._show_question(state)
        self._actions.set_enabled(
            "sale.pay", bool(state.cart.lines) or is_closed, tr("The cart is empty. Add something first"), self
        )

    def _focus(self) -> None:
        if self._model.state.shift is None:
            self._closed.button.setFocus()
        else:
            self._goods.line.setFocus()

    def _show_question(self, state: SaleState) -> None:
        question = state.question
        if question is self._question:
            return
        self._question = question
        if self._dialog is not None:
            self._actions.unbind(self._dialog)
            self._dialog.close_dialog()
            self._dialog.deleteLater()
            self._dialog = None
        if question is not None:
            self._dialog = self._dialog_for(question)
            self._dialog.open_over(self.window())

    def _dialog_for(self, question: Question) -> Dialog:
        match question:
            case Paying(model):
                return PayDialog(model, self._actions)
            case Choosing():
                return ChooseDialog(question, self._model)
            case AgeAsked():
                return AgeDialog(question, self._model)
            case _:
                return SettleDialog(question.model)
