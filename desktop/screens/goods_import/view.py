"""Rows of the file at the left, the one in hand at the right; before that, the choice of a file."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import ntr, number, tr
from desktop.screens.goods_import import words
from desktop.screens.goods_import.columns_dialog import ColumnsDialog
from desktop.screens.goods_import.fix_panel import FixPanel
from desktop.screens.goods_import.view_model import GoodsImportState, GoodsImportViewModel, Stage
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import Note
from desktop.widgets.progress import Progress
from desktop.widgets.table import Cell, Table, TableColumn

FILES: Final = "*.tsv *.csv *.txt *.xlsx *.xls *.ods *.gz"
KINDS: Final = (None, *words.LOOK)


class GoodsImportView(QWidget):
    """The body of the window while goods are imported."""

    def __init__(self, model: GoodsImportViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._stage: Stage | None = None
        self._title, self._about = Label("", "title"), Label("", "body", "muted")
        self._columns = Button("", key_of("goods.columns"), icon="columns-3", dense=True)
        self._columns.clicked.connect(self._name_columns)
        head = Row(self._title, self._about, gap="m", height="title_row")
        head.add_stretch()
        head.add(self._columns)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._file_page())
        self._stack.addWidget(self._rows_page())
        left = Column(head, gap="m", insets="l")
        left.add(self._stack, stretch=1)
        self._panel = FixPanel(model)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(left, 1)
        box.addWidget(Rule(vertical=True))
        box.addWidget(self._panel)
        actions.bind("goods.columns", self._name_columns, self)
        actions.bind("goods.next_error", model.next_error, self)
        actions.bind("goods.write", model.write, self)
        model.changed.connect(self.render)
        model.columns_wanted.connect(self._name_columns)
        self.destroyed.connect(i18n.on_language_changed(self._reword))
        self._reword()

    def _file_page(self) -> QWidget:
        self.path = LineEdit()
        self.path.returnPressed.connect(lambda: self._model.choose(self.path.text()))
        self._path_field = FormField("", self.path)
        self._browse, self._read = Button("", icon="file-spreadsheet"), Button("", "Enter")
        self._browse.clicked.connect(self._ask_for_file)
        self._read.clicked.connect(lambda: self._model.choose(self.path.text()))
        self._formats, self._reading, self._bar = Note(""), Label("", "body"), Progress("")
        buttons = Row(self._browse, self._read, gap="m")
        buttons.add_stretch()
        page = Column(Card(self._path_field, buttons, self._formats, gap="l", insets="xl"), self._reading, self._bar, gap="l")
        page.add_stretch()
        return page

    def _rows_page(self) -> QWidget:
        self._chips = {kind: Chip(filter_size=True) for kind in KINDS}
        chips = Row(*self._chips.values())
        chips.add_stretch()
        for kind, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, kind=kind: self._model.filter(kind))
        self.table = Table("")
        self.table.row_changed.connect(self._model.select)
        self.table.row_activated.connect(lambda _row: self._panel.first_wrong().setFocus())
        self.table.row_toggled.connect(lambda _row: self._model.toggle())
        card = Card(gap="none", insets="none")
        card.add(self.table, stretch=1)
        self._hints = (Label("", "small", "muted"), Label("", "small", "muted"), Label("", "small", "muted"))
        caps = (KeyCap("Space"), KeyCap("Enter"), KeyCap(key_of("goods.next_error")))
        foot = Row(gap="s")
        for cap, hint in zip(caps, self._hints, strict=True):
            foot.add(cap, hint)
            foot.box.addSpacing(12)
        foot.add_stretch()
        self._place = Label("", "small", "muted")
        foot.add(self._place)
        page = Column(chips, gap="m")
        page.add(card, stretch=1)
        page.add(foot)
        return page

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; safe at any time."""
        state = self._model.state
        is_file = state.stage in {Stage.CHOOSE, Stage.READING}
        self._stack.setCurrentIndex(0 if is_file else 1)
        self._about.setText(_about(state))
        reveal(self._columns, state.preview is not None and state.stage in {Stage.READY, Stage.CHOOSE})
        self._actions.set_enabled(
            "goods.columns", state.preview is not None and state.stage is not Stage.WRITING, tr("Choose a file first"), self
        )
        may_write = state.stage is Stage.DONE or (state.stage is Stage.READY and state.to_write > 0)
        self._actions.set_enabled("goods.write", may_write, tr("There is nothing to write"), self)
        if is_file:
            self._render_file(state)
        else:
            self._render_rows(state)
        self._panel.render_state(state)
        if state.stage is not self._stage:
            self._stage = state.stage
            self.setFocusProxy(self.path if is_file else self.table)
            if self.isVisible():
                (self.path if is_file else self.table).setFocus()

    def _render_file(self, state: GoodsImportState) -> None:
        is_reading = state.stage is Stage.READING
        self._path_field.show_error(state.error)
        self.path.setEnabled(not is_reading)
        self._reading.setText(tr("Reading {file}: {rows}", file=state.file, rows=ntr("{n} row", "{n} rows", state.total)))
        reveal(self._reading, is_reading)
        reveal(self._bar, is_reading)
        self._bar.show_progress(state.done * 1000 // state.whole if state.whole else 0)

    def _render_rows(self, state: GoodsImportState) -> None:
        for kind, chip in self._chips.items():
            word, icon, tone = words.FILTERS[kind]
            count = state.total if kind is None else state.counts.get(kind, 0)
            chip.show_state(tr(word), icon=icon, tone=tone if count else "neutral", count=number(count))  # type: ignore[arg-type]
            chip.setChecked(state.shown is kind and kind is not None)
        if self.table.rows is not state.rows:
            self.table.show_rows(state.rows, state.current)
        elif self.table.current != state.current and state.current >= 0:
            self.table.select(state.current)
        place = tr("row {place} of {count}", place=number(state.current + 1), count=number(len(state.rows)))
        self._place.setText(place if state.rows else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose how to mend the row; Esc stops writing or closes the file before it leaves."""
        stage = self._model.state.stage
        if event.key() == Qt.Key.Key_Escape and stage is Stage.WRITING:
            self._model.cancel()
        elif event.key() == Qt.Key.Key_Escape and stage is Stage.READY:
            self._model.close_file()
        elif not (stage is Stage.READY and self._panel.take_key(event.text())):
            event.ignore()

    def _reword(self) -> None:
        currency = self._model.state.currency
        self._title.setText(tr("Import of goods"))
        self._columns.set_text(tr("Columns"))
        self._path_field.set_label(tr("File with goods"))
        self._browse.set_text(tr("Browse…"))
        self._read.set_text(tr("Read"))
        self._formats.show_note(
            tr("CSV, TSV or XLSX, also packed as .gz. A column for the name is enough; nothing is written before you agree")
        )
        for hint, said in zip(self._hints, (tr("take or leave out"), tr("mend"), tr("next error")), strict=True):
            hint.setText(said)
        self.table.setAccessibleName(tr("Rows of the file"))
        self.table.show_columns(
            (
                TableColumn("", lambda line: Cell("", checked=line.is_taken), 2),
                TableColumn(tr("What happens"), words.badge, 13),
                TableColumn(tr("Item name"), lambda line: line.name),
                TableColumn(tr("Barcode"), lambda line: Cell(words.barcode(line), "small", "muted"), 12),
                TableColumn(tr("Price"), lambda line: words.price(line, currency), 12, right=True),
                TableColumn(tr("Stock"), words.stock, 7, right=True),
                TableColumn(tr("Remark"), lambda line: Cell(words.remark_short(line, currency), "small"), 15),
            )
        )
        self.render()

    def _name_columns(self) -> None:
        state = self._model.state
        if state.preview is not None and state.stage in {Stage.READY, Stage.CHOOSE}:
            ColumnsDialog(state.preview, state.mapping, self._model.name_columns).open_over(self.window())

    def _ask_for_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("File with goods"), self.path.text(), f"{tr('Tables')} ({FILES})")
        if path:
            self.path.setText(path)
            self._model.choose(path)


def _about(state: GoodsImportState) -> str:
    if state.preview is None or state.stage is Stage.CHOOSE:
        return ""
    rows = ntr("{n} row", "{n} rows", state.total)
    return f"{state.file} · {state.preview.description} · {rows}"
