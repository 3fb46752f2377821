"""The side panel: the row in hand and how to mend it, what will be written, the way forward."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.actions.keys import key_of
from desktop.config.i18n import money, ntr, number, tr
from desktop.screens.goods_import import words
from desktop.screens.goods_import.lines import Line
from desktop.screens.goods_import.view_model import GoodsImportState, GoodsImportViewModel, Stage
from desktop.store.goods_import import Verdict
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import ValueRow
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Icon, Note
from desktop.widgets.progress import Progress
from desktop.widgets.row_choice import Choice, ChoiceList


class FixPanel(Column):
    """Enter in a field reads the row again with what stands in the fields."""

    def __init__(self, model: GoodsImportViewModel) -> None:
        super().__init__(gap="none", fill="surface", width="side_panel")
        self._model = model
        self._shown_row = 0
        self._kind_icon, self._kind = Icon("circle-x", "danger"), Label("", "small_strong", "danger")
        self._name, self._rest = Label("", "dialog_title", wrap=True), Label("", "small", "muted", wrap=True)
        kind = Row(self._kind_icon, self._kind, gap="s")
        kind.add_stretch()
        head = Column(kind, self._name, self._rest, gap="xs", insets="l")
        self.barcode, self.name, self.price = LineEdit(), LineEdit(), LineEdit()
        self._fields = (FormField("", self.barcode), FormField("", self.name), FormField("", self.price))
        for line_edit in (self.barcode, self.name, self.price):
            line_edit.returnPressed.connect(self._mend)
        self._like = Label("", "small", "muted")
        self._ways = ChoiceList("")
        self._ways.chosen.connect(self._choose)
        body = Column(*self._fields, self._like, self._ways, gap="m", insets="l")
        body.add_stretch()
        self._written, self._left = ValueRow(rule=False, quiet=True), ValueRow(rule=False, quiet=True)
        self._note, self._bar = Note("", "info"), Progress("")
        self.write = Button("", key_of("goods.write"), role="primary", stretch=True)
        self.write.clicked.connect(self._write)
        foot = Column(self._written, self._left, self._bar, self._note, self.write, gap="s", insets="l", fill="bg")
        self._head, self._body = head, body
        self.add(head, Rule())
        self.add(body, stretch=1)
        self.add(Rule(), foot)

    def render_state(self, state: GoodsImportState) -> None:
        """Draw the row in hand and the sums."""
        line = state.line if state.stage is Stage.READY else None
        reveal(self._head, line is not None)
        self._render_line(line, state)
        self._render_foot(state)

    def _render_line(self, line: Line | None, state: GoodsImportState) -> None:
        is_wrong = line is not None and line.judged.error is not None
        for form, label in zip(self._fields, (tr("Barcode"), tr("Item name"), tr("Price")), strict=True):
            form.set_label(label)
            reveal(form, is_wrong)
        reveal(self._like, is_wrong and state.like is not None)
        reveal(self._ways, line is not None)
        if line is None:
            return
        _, icon, tone = words.LOOK[line.judged.verdict]
        ink = tone if tone in {"danger", "warn", "ok"} else "muted"
        self._kind_icon.show_icon(icon, ink if ink != "muted" else "text")
        self._kind.set_color(ink)
        self._kind.setText(tr("Row {number}", number=line.judged.row_no))
        self._name.setText(line.name or tr("No name"))
        if line.judged.error is not None:
            self._rest.setText(tr("Mend the cell and press Enter, or choose below"))
            self._fill_fields(line, state)
        else:
            self._rest.setText(words.remark(line, state.currency) or _fields_said(line, state.currency))
        self._render_ways(line, state)

    def _fill_fields(self, line: Line, state: GoodsImportState) -> None:
        if self._shown_row != line.judged.row_no:
            self._shown_row = line.judged.row_no
            self.barcode.setText(line.barcode)
            self.name.setText(line.name)
            self.price.setText(line.price)
        said = state.fix_error or words.remark(line, state.currency)
        column = line.judged.error.column if line.judged.error is not None else ""
        at = {"barcode": 0, "name": 1, "price": 2}.get(column, 0)
        for number_, form in enumerate(self._fields):
            form.show_error(said if number_ == at else "")

    def _render_ways(self, line: Line, state: GoodsImportState) -> None:
        self._like.setText(tr("Looks like an item of the list"))
        if line.judged.error is None:
            if line.judged.verdict is Verdict.SAME:
                self._ways.show_choices([])
                return
            way = tr("Leave the row out") if line.is_taken else tr("Take the row")
            self._ways.show_choices([Choice(way, key="3")])
            return
        choices = []
        if state.like is not None:
            like = state.like
            note = " · ".join(filter(None, (like.category, "" if like.price_minor is None else money(like.price_minor))))
            choices.append(Choice(like.name, note, "1"))
        choices += [Choice(tr("Take it without a barcode"), key="2"), Choice(tr("Skip the row"), key="3")]
        self._ways.show_choices(choices)

    def _render_foot(self, state: GoodsImportState) -> None:
        is_writing, is_done = state.stage is Stage.WRITING, state.stage is Stage.DONE
        reveal(self._bar, is_writing or state.stage is Stage.READING)
        self._bar.show_progress(state.done * 1000 // state.whole if state.whole else 0)
        figures = state.figures
        if is_writing or is_done:
            self._written.set_name(tr("Written"))
            self._written.show_value(_rows(figures.new + figures.changed))
            self._left.set_name(tr("Wait to be reviewed"))
            self._left.show_value(_rows(figures.rejected), color="danger" if figures.rejected else "text")
        else:
            self._written.set_name(tr("Will be written"))
            self._written.show_value(_rows(state.to_write))
            self._left.set_name(tr("Left out"))
            self._left.show_value(_rows(state.total - state.to_write))
        self._note.show_note(*_note(state))
        self.write.set_text(_way_forward(state))
        may = is_done or (state.stage is Stage.READY and state.to_write > 0)
        self.write.set_available(may, tr("Choose a file first") if not state.total else tr("There is nothing to write"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from a field back to the rows."""
        if event.key() == Qt.Key.Key_Escape and any(edit.hasFocus() for edit in (self.barcode, self.name, self.price)):
            self._ways.setFocus()
        else:
            super().keyPressEvent(event)

    def first_wrong(self) -> LineEdit:
        """The field that must be mended."""
        state = self._model.state
        error = state.line.judged.error if state.line is not None else None
        return {"name": self.name, "price": self.price}.get(error.column if error else "", self.barcode)

    def take_key(self, key: str) -> bool:
        """Choose by a digit."""
        return self._ways.isVisible() and self._ways.take_key(key)

    def _mend(self) -> None:
        self._shown_row = 0 if self._model.state.line is None else self._shown_row
        self._model.mend(barcode=self.barcode.text(), name=self.name.text(), price=self.price.text())

    def _choose(self, index: int) -> None:
        state = self._model.state
        if state.line is None:
            return
        if state.line.judged.error is None:
            self._model.toggle()
            return
        ways = [self._model.without_barcode, self._model.drop]
        if state.like is not None:
            ways.insert(0, self._model.take_like)
        ways[index]()

    def _write(self) -> None:
        self._model.write()


def _rows(count: int) -> str:
    return ntr("{n} row", "{n} rows", count)


def _fields_said(line: Line, currency: str) -> str:
    row = line.judged.row
    if row is None:
        return ""
    price = "" if row.price_minor is None else money(row.price_minor, currency)
    return " · ".join(filter(None, (row.category, row.brand, price)))


def _note(state: GoodsImportState) -> tuple[str, str, str]:
    figures = state.figures
    if state.stage is Stage.WRITING:
        return tr("You can go on selling meanwhile. Esc stops; what is written stays"), "info", "muted"
    if state.stage is Stage.DONE:
        said = tr("{new} new, {changed} changed", new=number(figures.new), changed=number(figures.changed))
        if figures.is_cancelled:
            return tr("Stopped. What is written stays: {what}", what=said), "info", "muted"
        return said, "check", "ok"
    if state.error and state.stage is Stage.READY:
        return state.error, "circle-x", "danger"
    if state.counts.get(Verdict.ERROR):
        return tr("Rows with errors wait to be reviewed, the others are written"), "info", "muted"
    return tr("Nothing is written before you press F9"), "info", "muted"


def _way_forward(state: GoodsImportState) -> str:
    if state.stage is Stage.DONE:
        return tr("To the goods")
    if state.to_write:
        return ntr("Write {n} row", "Write {n} rows", state.to_write)
    return tr("Write")
