"""Receipts at the left, the paper of the one at hand at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.actions.catalog import BY_ID
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.screens.receipts import words
from desktop.screens.receipts.view_model import ReceiptsState, ReceiptsViewModel
from desktop.widgets.base import Column, Dressed, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.key_cap import KeyHint
from desktop.widgets.labels import Note
from desktop.widgets.page import Scroll
from desktop.widgets.paper_view import PaperView
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.search_field import SearchField
from desktop.widgets.table import Table
from desktop.widgets.toast import Toast
from shared.core.paper import Paper

_JOBS_SHOWN = 3
_COLUMNS, _NARROW_COLUMNS = 48, 32


class CameOutDialog(Dialog):
    """Did the paper come out whole."""

    def __init__(self, model: ReceiptsViewModel) -> None:
        super().__init__(tr("Did the receipt come out whole"), back=tr("Later"), primary=tr("Answer"))
        self._model = model
        self.choices = ChoiceList(tr("Did the receipt come out whole"))
        rows = [
            Choice(tr("Yes, it is whole"), key="1"),
            Choice(tr("No, print it again"), note=tr("The new one is marked as a duplicate"), key="2"),
        ]
        self.choices.show_choices(rows, 0)
        self.body.add(
            Label(tr("The printer stopped answering while it printed. Look at the paper"), "lead", wrap=True), self.choices
        )
        self.choices.chosen.connect(self._answer)
        self.accepted.connect(lambda: self._answer(self.choices.current))
        self.dismissed.connect(model.leave_question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers at once."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.choices.walk(step)
        elif not self.choices.take_key(event.text()):
            super().keyPressEvent(event)
        event.accept()

    def _answer(self, index: int) -> None:
        self._model.answer(index == 0)


class ReceiptsView(Dressed, QWidget):
    """The body of the window while receipts are looked through."""

    def __init__(self, model: ReceiptsViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._shown: ReceiptsState | None = None
        self._dialog: CameOutDialog | None = None
        self._title, self._keys = Label("", "title"), KeyHint("Up", "Down", before=True)
        self.search = SearchField(tr("Receipt number"))
        self.table = Table(tr("Receipts"))
        self._nothing = EmptyState(icon="receipt")
        self.paper = PaperView(tr("Receipt"))
        policy = self.paper.sizePolicy()
        # Without a receipt its place stays, so that nothing jumps while a number is typed.
        policy.setRetainSizeWhenHidden(True)
        self.paper.setSizePolicy(policy)
        self._jobs = [Note() for _ in range(_JOBS_SHOWN)]
        self._ask = Button("", "Enter", icon="circle-help")
        self._copy = Button("", BY_ID["receipts.copy"].keys[0], role="primary")
        self.toast = Toast()
        self._build()
        self._connect()
        self.destroyed.connect(i18n.on_language_changed(self._draw_anew))
        self.dress()

    def _build(self) -> None:
        head = Row(gap="m")
        head.add(self._title)
        head.add_stretch()
        head.add(self._keys)
        left = Column(head, self.search, gap="m", insets=("l", "l"))
        left.add(self.table, stretch=1)
        left.add(self._nothing, stretch=1)
        sheet = Column(self.paper, insets="m")
        sheet.box.setAlignment(self.paper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        sheet.add_stretch()
        foot = Row(self._ask, gap="m")
        foot.add_stretch()
        foot.add(self._copy)
        about = Column(*self._jobs, self.toast, foot, gap="s", insets=("l", "m"), fill="bg")
        right = Column(gap="none", fill="sunken")
        right.add(Scroll(sheet), stretch=1)
        right.add(Rule(), about)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addWidget(left, 1)
        halves.addWidget(Rule(vertical=True))
        halves.addWidget(right)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        model = self._model
        self.search.textEdited.connect(model.search)
        self.table.row_changed.connect(model.select)
        self.table.row_activated.connect(lambda _row: model.ask())
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._nothing.acted.connect(self._show_all)
        self._ask.clicked.connect(model.ask)
        self._copy.clicked.connect(model.print_copy)
        self._actions.bind("receipts.copy", model.print_copy, self)
        model.changed.connect(self.render)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; safe at any time."""
        self._draw(anew=False)

    def restyle(self) -> None:
        self._draw(anew=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the field and the table left over."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._model.walk(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._model.ask()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self._show_all()
        elif event.text().isdecimal():
            self.search.setFocus()
            self.search.insert(event.text())
            self._model.search(self.search.text())
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing looks for a number at once."""
        super().showEvent(event)
        self.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows the narrow paper."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._show_paper(self._shown)

    def _show_paper(self, state: ReceiptsState) -> None:
        wide = look().metrics("paper").horizontalAdvance("0") * _COLUMNS
        reveal(self.paper, state.paper is not None)
        self.paper.show_paper(state.paper or Paper(()), _COLUMNS if 2 * wide < self.width() else _NARROW_COLUMNS)

    def _draw_anew(self) -> None:
        self._draw(anew=True)

    def _draw(self, *, anew: bool) -> None:
        state, before = self._model.state, None if anew else self._shown
        self._shown = state
        if before is None:
            self._draw_words()
        if before is None or before.rows != state.rows:
            self.table.show_rows(state.rows, state.current)
        elif self.table.current != state.current:
            self.table.select(state.current)
        if before is None or before.searched != state.searched:
            if self.search.text().strip() != state.searched:
                self.search.setText(state.searched)
        reveal(self.table, bool(state.rows))
        reveal(self._nothing, not state.rows)
        self._draw_nothing(state)
        if before is None or before.paper is not state.paper:
            self._show_paper(state)
        self._draw_jobs(state)
        if state.said is not None and (before is None or before.said != state.said):
            self.toast.show_message(words.sentence(state.said.text, state.said.params), state.said.icon)
        self._draw_question(state)

    def _draw_words(self) -> None:
        self._title.setText(tr("Receipts"))
        self._keys.set_text(tr("choose"))
        self.search.show_hint(tr("number or scanned code"), "scan-barcode")
        self.search.setAccessibleName(tr("Receipt number"))
        self._ask.set_text(tr("Did it come out?"))
        self._copy.set_text(tr("Print a copy"))
        self.paper.setAccessibleName(tr("Receipt"))
        self.table.setAccessibleName(tr("Receipts"))
        self.table.show_columns(words.columns(self._model.state.time_zone))

    def _draw_nothing(self, state: ReceiptsState) -> None:
        if state.searched:
            self._nothing.show_state(tr("There is no receipt {number}", number=state.searched), "receipt", tr("Show all"), "Esc")
        else:
            self._nothing.show_state(tr("Nothing was sold yet"), "receipt")

    def _draw_jobs(self, state: ReceiptsState) -> None:
        jobs = state.jobs[-_JOBS_SHOWN:]
        for number, note in enumerate(self._jobs):
            reveal(note, number < len(jobs))
            if number < len(jobs):
                text, icon, color = words.job_text(jobs[number])
                note.show_note(text, icon, color)
        reveal(self._ask, state.unsure is not None)
        reason = "" if state.may_reprint else tr("This needs a right that you do not have. Ask the shift lead")
        can_copy = state.sale is not None and state.may_reprint
        self._copy.set_available(can_copy, reason)
        self._actions.set_enabled("receipts.copy", can_copy, reason, self)

    def _draw_question(self, state: ReceiptsState) -> None:
        if state.asks_about is not None and self._dialog is None:
            self._dialog = CameOutDialog(self._model)
            self._dialog.open_over(self.window())
        elif state.asks_about is None and self._dialog is not None:
            self._dialog.close_dialog()
            self._dialog.deleteLater()
            self._dialog = None

    def _scrolled(self, value: int) -> None:
        if value == self.table.verticalScrollBar().maximum():
            self._model.load_more()

    def _show_all(self) -> None:
        self.search.clear()
        self._model.search("")
