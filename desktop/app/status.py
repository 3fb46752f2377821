"""What the status bar and the strip below it say, gathered from the store, the session and the printer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.store import disk
from desktop.store.health import WELL, Health
from desktop.store.session import Session
from desktop.store.store import Store
from desktop.store.waiting import waiting_count
from shared.branches.queries import branch_settings, is_set_up
from shared.core.clock import HOUR_MS, Clock
from shared.shifts.queries import ShiftShown, current_shift

LONG_SHIFT_MS: Final = 24 * HOUR_MS
DISK_LOW_BYTES: Final = 2 * disk.FREE_BYTES_MIN
_LOOK_AT_DISK_EVERY_MS: Final = 30_000


@dataclass(frozen=True, slots=True)
class StatusState:
    """Everything the frame of the window shows; `shift_is_long` and `disk_is_low` put up a strip."""

    branch: str = ""
    time_zone: str = "UTC"
    desk_number: int = 1
    person: str = ""
    shift: ShiftShown | None = None
    matters: int = 0
    health: Health = WELL
    printer_text: str = ""
    drawer_is_open: bool | None = None
    shift_is_long: bool = False
    disk_is_low: bool = False
    disk_free_bytes: int = 0


class Status(QObject):
    """Keeps the state new.

    Signals: changed — something else is to be shown.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, clock: Clock, printer_text: Callable[[], str]) -> None:
        super().__init__()
        self._store, self._session, self._clock, self._printer_text = store, session, clock, printer_text
        self._matters = 0
        self._disk_free_bytes = disk.free_bytes(store.folder.root)
        self._looked_at_disk = clock.mono_ms()
        self._state = StatusState()
        self._counts_asked = 0
        self._stops = [
            store.watch("branches", self.refresh),
            store.watch("staff", self.refresh),
            store.watch("shifts", self._shifts_changed),
            store.watch("review", self._count_matters),
            store.watch("stock", self._count_matters),
            store.watch("print_jobs", self._shifts_changed),
            store.watch("health", self.refresh),
            session.on_change(self.refresh),
        ]
        self.refresh()
        self._count_matters()

    @property
    def state(self) -> StatusState:
        """What to show now."""
        return self._state

    @property
    def now(self) -> int:
        """The instant by the desk's clock, milliseconds UTC."""
        return self._clock.wall_ms()

    def tick(self) -> None:
        """A second went by: long shifts and full disks come with time alone."""
        mono = self._clock.mono_ms()
        if mono - self._looked_at_disk >= _LOOK_AT_DISK_EVERY_MS:
            self._looked_at_disk = mono
            self._disk_free_bytes = disk.free_bytes(self._store.folder.root)
            self.refresh()

    def refresh(self) -> None:
        """Ask again what can be asked at once."""
        known = self._store.read(is_set_up)
        settings = self._store.read(branch_settings) if known else None
        shift = self._store.read(current_shift) if known else None
        person = self._session.person
        state = StatusState(
            branch=settings.name if settings else "",
            time_zone=settings.time_zone if settings else "UTC",
            desk_number=self._store.desk.number,
            person=person.name if person else "",
            shift=shift,
            matters=self._matters,
            health=self._store.health,
            printer_text=self._printer_text(),
            shift_is_long=shift is not None and self.now - shift.opened_at >= LONG_SHIFT_MS,
            disk_is_low=self._disk_free_bytes < DISK_LOW_BYTES,
            disk_free_bytes=self._disk_free_bytes,
        )
        if state != self._state:
            self._state = state
            self.changed.emit()

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()
        self._stops = []

    def _shifts_changed(self) -> None:
        self.refresh()
        self._count_matters()

    def _count_matters(self) -> None:
        """Count anew; changes that come while a count is under way are met by one count after it."""
        self._counts_asked += 1
        if self._counts_asked == 1:
            self._store.load(waiting_count, {}, self._matters_counted, lambda _: self._count_ended())

    def _matters_counted(self, found: int) -> None:
        self._matters = found
        self._count_ended()
        self.refresh()

    def _count_ended(self) -> None:
        asked, self._counts_asked = self._counts_asked, 0
        if asked > 1:
            self._count_matters()
