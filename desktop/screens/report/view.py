"""Figures on top, tables below, hours at the foot; F9 or Enter prints."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import clock, day, money, ntr, quantity, tr
from desktop.screens.report.blocks import Block, Hours, category_lines, correction_lines, drawer_lines, tender_lines
from desktop.screens.report.csv_file import tender_name
from desktop.screens.report.earlier import EarlierShifts
from desktop.screens.report.view_model import ReportState, ReportViewModel
from desktop.widgets.base import Column, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Figure
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Note
from desktop.widgets.page import Columns, Page
from shared.core.calendar import local_time
from shared.shifts.rules import ShiftReport


class ReportView(QWidget):
    """One report at a time."""

    def __init__(self, model: ReportViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._page = Page(edge="xl", insets="none", gap="m")
        self._earlier = Button("", key_of("report.earlier"), icon="history", dense=True)
        self._now = Button("", "Esc", icon="clock", dense=True)
        self._csv = Button("", key_of("report.csv"), icon="file-spreadsheet", dense=True)
        self._print = Button("", "Enter", role="primary", icon="printer", dense=True)
        self._page.head_right.add(self._now, self._earlier, self._csv, self._print)
        self._said = Note()
        self._figures = [Figure() for _ in range(4)]
        self._tenders, self._drawer, self._categories, self._corrections = Block(), Block(), Block(), Block()
        self._hours = Hours()
        self._nothing = EmptyState()
        self._build()
        self._connect()
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        self.setFocusProxy(self._print)
        self.render()

    def _build(self) -> None:
        figures = Columns(gap="m", stack_at=200)
        figures.add(*self._figures, stretch=1)
        tables = Columns(gap="m")
        for block in (self._tenders, self._drawer, self._categories):
            tables.add(block, stretch=1)
            tables.box.setAlignment(block, Qt.AlignmentFlag.AlignTop)
        below = Columns(gap="m")
        below.add(self._hours, stretch=2)
        below.add(self._corrections, stretch=1)
        for card in (self._hours, self._corrections):
            below.box.setAlignment(card, Qt.AlignmentFlag.AlignTop)
        self._all = Column(figures, tables, below, gap="m")
        self._page.body.add(self._said, self._all, self._nothing)
        self._page.body.add_stretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._page)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self.render)
        self._print.clicked.connect(model.print)
        self._csv.clicked.connect(model.save_csv)
        self._earlier.clicked.connect(self._show_earlier)
        self._now.clicked.connect(model.show_x)
        self._nothing.acted.connect(model.open_shift)
        self._actions.bind("report.print", model.print, self)
        self._actions.bind("report.csv", model.save_csv, self)
        self._actions.bind("report.earlier", self._show_earlier, self)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state in the language of the moment."""
        state, report = self._model.state, self._model.state.report
        self._earlier.set_text(tr("Earlier shifts"))
        no_earlier = "" if state.may_see_earlier else tr("Reports of earlier shifts are shown to a shift lead")
        self._earlier.set_available(not no_earlier, no_earlier)
        self._actions.set_enabled("report.earlier", not no_earlier, no_earlier, self)
        self._now.set_text(tr("Shift now"))
        reveal(self._now, state.z is not None and state.has_shift)
        self._csv.set_text(tr("CSV"))
        self._print.set_text(tr("Print a copy") if state.z else tr("Print"))
        for button in (self._csv, self._print):
            reveal(button, report is not None)
        for action in ("report.print", "report.csv"):
            self._actions.set_enabled(action, report is not None, tr("There is no report yet"), self)
        self._said.show_note(state.said, "circle-x" if state.is_fault else "check", "danger" if state.is_fault else "ok")
        reveal(self._said, bool(state.said))
        reveal(self._all, report is not None)
        self._render_empty(state)
        if report is None:
            self._page.show_head(tr("X report"))
            return
        title = tr("Z report {number}", number=report.head.number) if state.z else tr("X report")
        self._page.show_head(title, beside=_whose(report))
        self._render_figures(report)
        self._tenders.show_lines(tr("By kind of payment"), tender_lines(report))
        # Not only hidden: whoever counts blind must not find the sum in the accessible tree either.
        self._drawer.show_lines(tr("Drawer"), drawer_lines(report) if state.with_drawer else ())
        reveal(self._drawer, state.with_drawer)
        self._categories.show_lines(tr("What was sold"), category_lines(report))
        self._hours.render_hours(report)
        self._corrections.show_lines(tr("Discounts and corrections"), correction_lines(report), has_total=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from an earlier shift to the one at hand."""
        state = self._model.state
        if event.key() == Qt.Key.Key_Escape and state.z is not None and state.has_shift:
            self._model.show_x()
        else:
            super().keyPressEvent(event)

    def _render_empty(self, state: ReportState) -> None:
        is_empty = state.report is None and not state.has_shift and state.z is None
        self._nothing.show_state(tr("The shift is not open"), "clock", tr("Open the shift"), "Enter")
        reveal(self._nothing, is_empty)
        self.setFocusProxy(self._nothing.button if is_empty else self._print)

    def _render_figures(self, report: ShiftReport) -> None:
        code = report.head.currency
        received, revenue, average, sold = self._figures
        kinds = ", ".join(tender_name(tender.kind).lower() for tender in report.tenders)
        received.show_figure(tr("Received"), money(report.received_minor, code), kinds or tr("nothing yet"))
        revenue.show_figure(tr("Revenue"), money(report.revenue_minor, code), tr("sales less discounts and refunds"))
        count = ntr("{n} receipt", "{n} receipts", report.sale_count)
        average.show_figure(tr("Average receipt"), money(report.average_minor, code), count)
        sold.show_figure(tr("Sold"), quantity(report.item_milli), tr("items"))

    def _show_earlier(self) -> None:
        if self._model.state.may_see_earlier:
            EarlierShifts(self._model.state, self._model.show_z).open_over(self.window())


def _whose(report: ShiftReport) -> str:
    head = report.head
    since, until = (local_time(at, head.time_zone) for at in (head.opened_at, head.until_at))
    parts = [
        tr("shift {number}", number=head.shift_number),
        head.cashier_name,
        tr("from {since} to {until}", since=clock(since), until=clock(until)),
        tr("business day {day}", day=day(date.fromisoformat(head.business_day))),
    ]
    return " · ".join(part for part in parts if part)
