"""Earlier shifts in a list; Enter shows the report of one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.config.i18n import clock, day_numbers, money, tr
from desktop.screens.report.view_model import ReportState
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import Cell, Table, TableColumn
from shared.core.calendar import local_time
from shared.core.ids import Id
from shared.shifts.queries import ClosedShift


class EarlierShifts(Dialog):
    """The newest closed shifts of this desk."""

    def __init__(self, state: ReportState, show: Callable[[Id], None]) -> None:
        super().__init__(
            tr("Earlier shifts"), back=tr("Back"), primary=tr("Show the report"), width="pay_width", height="pay_height"
        )
        self._state, self._show = state, show
        self._table = Table(tr("Earlier shifts"), self._columns())
        current = state.earlier.index(state.z) if state.z is not None and state.z in state.earlier else 0
        self._table.show_rows(state.earlier, current if state.earlier else -1)
        self.body.add(self._table, stretch=1)
        self._table.row_activated.connect(lambda _row: self._pick())
        self.accepted.connect(self._pick)
        self.closed.connect(self.deleteLater)

    def open_over(self, window: QWidget, first: QWidget | None = None) -> None:
        """Cover the window with the list in focus."""
        super().open_over(window, first or self._table)

    def _columns(self) -> list[TableColumn]:
        return [
            TableColumn(tr("Z report"), lambda shift: Cell(shift.z_number, "body_strong"), width=10),
            TableColumn(tr("Shift"), lambda shift: str(shift.number), width=6, right=True),
            TableColumn(tr("Cashier"), lambda shift: shift.cashier_name),
            TableColumn(tr("Closed"), self._closed, width=18),
            TableColumn(tr("Difference"), self._difference, width=12, right=True),
        ]

    def _closed(self, shift: ClosedShift) -> str:
        at = local_time(shift.closed_at, self._state.time_zone)
        return f"{day_numbers(at.date())} {clock(at)}"

    def _difference(self, shift: ClosedShift) -> Cell:
        color = "danger" if shift.difference_minor < 0 else "warn" if shift.difference_minor else "muted"
        return Cell(money(shift.difference_minor, self._state.currency, plus=True), "body", color)

    def _pick(self) -> None:
        if 0 <= self._table.current < len(self._state.earlier):
            shift_id = self._state.earlier[self._table.current].shift_id
            self.close_dialog()
            self._show(shift_id)
