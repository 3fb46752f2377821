"""Taking the drawer over: with the change the last shift left, or with what is counted in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.money import Currency, currency
from shared.shifts.commands import open_shift
from shared.shifts.queries import ClosedShift, cash_in_drawer, closed_shifts, current_shift, last_number
from shared.staff.rules import Right


@dataclass(frozen=True, slots=True)
class ShiftOpenState:
    """Everything the screen shows. `left_minor` is what the books say is in the drawer; `last` left it.

    `pieces`: denomination in minor units → how many were typed. `error` is a finished sentence.
    """

    person: str
    number: int
    money: Currency
    time_zone: str
    last: ClosedShift | None
    left_minor: int
    may_open: bool
    is_counting: bool
    is_open: bool = False
    pieces: Mapping[int, int] = field(default_factory=dict)
    is_saving: bool = False
    error: str = ""

    @property
    def counted_minor(self) -> int:
        """Σ denomination × pieces."""
        return sum(denomination * pieces for denomination, pieces in self.pieces.items())

    @property
    def float_minor(self) -> int:
        """The change the shift begins with."""
        return self.counted_minor if self.is_counting else self.left_minor

    @property
    def gap_minor(self) -> int:
        """Counted less left; above zero is over. Before the first shift there is nothing to differ from."""
        return self.float_minor - self.left_minor if self.last is not None else 0


class ShiftOpenViewModel(QObject):
    """Opening a shift.

    Signals: changed — the state is new.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None]) -> None:
        super().__init__()
        self._store, self._session, self._go = store, session, go
        # One id for one opening: pressing twice opens once.
        self._op = store.new_op()
        club = store.read(branch_settings)
        self._state = ShiftOpenState(
            person="",
            number=1,
            money=currency(club.currency),
            time_zone=club.time_zone,
            last=None,
            left_minor=0,
            may_open=False,
            is_counting=False,
        )
        self._stops = [store.watch("shifts", self._reload), session.on_change(self._reload)]
        self._reload()
        self._show(is_counting=self._state.last is None)

    @property
    def state(self) -> ShiftOpenState:
        """What to show."""
        return self._state

    def put(self, denomination_minor: int, pieces: int | None) -> None:
        """So many pieces of a denomination lie there; None: not counted yet."""
        counted = {key: value for key, value in self._state.pieces.items() if key != denomination_minor}
        if pieces is not None:
            counted[denomination_minor] = pieces
        self._show(pieces=counted, error="")

    def count(self, counting: bool = True) -> None:
        """Count the drawer, or take what was left as found. The first shift always counts."""
        self._show(is_counting=counting or self._state.last is None, pieces={}, error="")

    def open(self) -> None:
        """Open the shift; a gap between what was left and what was found is kept."""
        state = self._state
        if state.is_open:
            self._go("sale")
        if state.is_saving or state.is_open or not state.may_open:
            return
        if state.is_counting and not state.pieces:
            self._show(error=tr("Nothing is counted yet. Type how many pieces there are, 0 for an empty drawer"))
            return
        self._show(is_saving=True, error="")
        args = {"float_minor": state.counted_minor if state.is_counting else None}
        self._store.write(
            open_shift, op=self._op, actor=self._session.actor, args=args, then=lambda _: self._go("sale"), failed=self._failed
        )

    def leave(self) -> None:
        """Look at the goods without a shift."""
        self._go("sale")

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _failed(self, no: Refusal | NotSaved) -> None:
        said = refusal_text(no, self._state.money.code) if isinstance(no, Refusal) else tr(no.text, **no.params)
        self._show(is_saving=False, error=said)

    def _reload(self) -> None:
        if self._state.is_saving:
            # News of our own opening come before its answer.
            return
        person = self._session.person
        closed = self._store.read(closed_shifts, most=1)
        now = self._store.read(current_shift)
        self._show(
            person=person.name if person else "",
            number=now.number if now else self._store.read(last_number) + 1,
            last=closed[0] if closed else None,
            left_minor=self._store.read(cash_in_drawer, currency=self._state.money.code),
            may_open=self._session.may(Right.OPEN_SHIFT),
            is_open=now is not None,
        )

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
