"""The last page: the Z report as the printer makes it, and what became of the paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions.keys import key_of
from desktop.config.i18n import money, tr
from desktop.config.speech import DocumentSpeech
from desktop.devices.printer_status import CAUSES
from desktop.devices.printing import PrintingState
from desktop.screens.shift_close.view_model import ShiftCloseState
from desktop.widgets.base import Column, Label, Rule
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, ValueRow
from desktop.widgets.labels import BigNumber, Note
from desktop.widgets.page import Columns, Scroll
from desktop.widgets.paper_view import PaperView
from shared.core.paper import plain_lines
from shared.reports.paper import report_paper

COLUMNS = 48


class ClosedPage(Columns):
    """The shift is closed; nothing here can be changed any more."""

    def __init__(self) -> None:
        super().__init__(gap="xl")
        self._paper = PaperView("", COLUMNS)
        holder = Column(insets="xl", gap="none")
        holder.add(self._paper)
        holder.box.setAlignment(self._paper, Qt.AlignmentFlag.AlignHCenter)
        holder.add_stretch()
        self._scroll = Scroll(holder)
        left = Card(insets="none", gap="none", ground="sunken")
        left.add(self._scroll)
        self._name, self._number = Label("", "small", "muted"), BigNumber("", "total")
        self._difference, self._left, self._taken = (ValueRow(rule=False, quiet=True) for _ in range(3))
        self._printed, self._kept = Note("", "printer"), Note("", "shield-check", "ok")
        self.done = Button("", key_of("shift.leave"), role="primary", stretch=True)
        self.again = Button("", key_of("shift.print_again"), icon="printer", stretch=True)
        sums = Column(self._difference, self._taken, self._left, gap="xs")
        card = Card(self._name, self._number, Rule(), sums)
        right = Column(card, self._printed, self._kept, self.done, self.again, gap="m")
        right.add_stretch()
        self.add(left, stretch=2)
        self.add(right, stretch=1)

    @property
    def first(self) -> QWidget:
        """The way out."""
        return self.done

    def render_page(self, state: ShiftCloseState, printing: PrintingState) -> None:
        """Draw the state; nothing before the shift is closed."""
        report, saved = state.closed, state.saved
        if report is None or saved is None:
            return
        code = state.money.code
        self._paper.setAccessibleName(tr("Z report"))
        self._paper.show_lines(plain_lines(report_paper(report, DocumentSpeech()), COLUMNS), COLUMNS)
        self._name.setText(tr("Z report"))
        self._number.setText(report.head.number)
        self._difference.set_name(tr("Difference"))
        self._difference.show_value(money(saved.difference_minor, code, plus=True))
        self._taken.set_name(tr("To the safe"))
        self._taken.show_value(money(state.taken_out_minor or 0, code))
        self._left.set_name(tr("Stays for the next shift"))
        self._left.show_value(money(state.left_minor, code))
        self._printed.show_note(*_print_words(printing))
        self._kept.show_note(tr("Everything is saved. A copy of the data is made in the background"), "shield-check", "ok")
        self.done.set_text(tr("To the sign-in"))
        self.again.set_text(tr("Print a copy"))


def _print_words(printing: PrintingState) -> tuple[str, str, str]:
    if not printing.has_printer:
        return tr("No printer is set up. The report waits and can be printed any time: F12, earlier shifts"), "printer", "warn"
    if printing.unconfirmed:
        return tr("Nobody knows whether the paper came out. Look at it and answer under To review"), "triangle-alert", "warn"
    if printing.cause:
        return tr(CAUSES.get(printing.cause, printing.cause)), "triangle-alert", "warn"
    if printing.waiting:
        return tr("The report is being printed"), "printer", "muted"
    return tr("The report is printed"), "check", "ok"
