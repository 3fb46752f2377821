"""The report in front: X of the open shift as it stands now, or the frozen Z of an earlier one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.devices.printing import Printing
from desktop.screens.report.csv_file import ENCODING, csv_name, csv_text
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.reports.shift_report import x_report
from shared.shifts.queries import ClosedShift, closed_shifts, current_shift, z_report
from shared.shifts.rules import ShiftReport
from shared.staff.rules import Right

EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class ReportState:
    """Everything the screen shows. `z` is the closed shift in front, None for X; `report` is None while it is read.

    `with_drawer` is False for whoever still has to count the drawer blind. `said` is a finished sentence with `is_fault`.
    """

    currency: str
    time_zone: str
    has_shift: bool = False
    z: ClosedShift | None = None
    report: ShiftReport | None = None
    earlier: tuple[ClosedShift, ...] = ()
    may_see_earlier: bool = False
    with_drawer: bool = False
    said: str = ""
    is_fault: bool = False


class ReportViewModel(QObject):
    """Reports of shifts.

    Signals: changed — the state is new.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None], printing: Printing) -> None:
        super().__init__()
        self._store, self._session, self._go, self._printing = store, session, go, printing
        club = store.read(branch_settings)
        self._state = ReportState(club.currency, club.time_zone)
        self._stops = [store.watch(concept, self._refresh) for concept in ("sales", "shifts")]
        self._stops.append(session.on_change(self._refresh))
        self._refresh()
        if not self._state.has_shift and self._state.earlier and self._state.may_see_earlier:
            self.show_z(self._state.earlier[0].shift_id)

    @property
    def state(self) -> ReportState:
        """What to show."""
        return self._state

    def show_x(self) -> None:
        """The shift at hand."""
        self._show(z=None, report=None, said="")
        self._refresh()

    def show_z(self, shift_id: Id) -> None:
        """An earlier shift, as it was frozen at its close."""
        if not self._state.may_see_earlier:
            self._say(tr("Reports of earlier shifts are shown to a shift lead"), fault=True)
            return
        found = next((shift for shift in self._state.earlier if shift.shift_id == shift_id), None)
        self._show(z=found, report=None, said="", with_drawer=True)
        self._store.load(z_report, {"shift_id": shift_id}, self._read, self._failed)

    def print(self) -> None:
        """Print the report in front; a Z again is marked as a copy."""
        state = self._state
        if state.report is None:
            return
        try:
            self._printing.print_report(state.report, copy=state.z is not None, with_drawer=state.with_drawer)
        except NotSaved as no:
            self._failed(no)
            return
        if self._printing.state.has_printer:
            self._say(tr("The report is being printed"))
        else:
            self._say(tr("No printer is set up. The report waits for one: settings, Ctrl+,"))

    def save_csv(self) -> Path | None:
        """Save the report in front as a file for spreadsheets; answers where."""
        state = self._state
        if state.report is None:
            return None
        folder = self._store.folder.root / EXPORTS
        path = folder / csv_name(state.report)
        try:
            folder.mkdir(exist_ok=True)
            path.write_text(csv_text(state.report, with_drawer=state.with_drawer), encoding=ENCODING, newline="")
        except OSError as fault:
            cause = fault.strerror or str(fault)
            self._say(tr("The file {path} was not written: {cause}", path=str(path), cause=cause), fault=True)
            return None
        self._say(tr("Saved: {path}", path=str(path)))
        return path

    def open_shift(self) -> None:
        """There is no shift to report on."""
        self._go("shift_open")

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _refresh(self) -> None:
        may_see = self._session.may(Right.SEE_EXPECTED_CASH)
        has_shift = self._store.read(current_shift) is not None
        earlier = self._store.read(closed_shifts)
        self._show(
            has_shift=has_shift,
            earlier=earlier,
            may_see_earlier=may_see,
            with_drawer=may_see,
        )
        if self._state.z is None:
            if has_shift:
                self._store.load(x_report, {}, self._read_x, self._failed)
            else:
                self._show(report=None)

    def _read_x(self, report: ShiftReport) -> None:
        if self._state.z is None:
            self._show(report=report)

    def _read(self, report: ShiftReport) -> None:
        if self._state.z is not None:
            self._show(report=report)

    def _failed(self, no: Refusal | NotSaved) -> None:
        said = refusal_text(no, self._state.currency) if isinstance(no, Refusal) else tr(no.text, **no.params)
        self._say(said, fault=True)

    def _say(self, sentence: str, *, fault: bool = False) -> None:
        self._show(said=sentence, is_fault=fault)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
