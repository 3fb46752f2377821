"""A shift on its way to its end: counted blind, explained, handed over, printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.devices.printing import Printing, PrintingState
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import Currency, currency
from shared.ledger.transaction import Actor
from shared.reports.commands import REASONS, close_shift
from shared.reports.shift_report import x_report
from shared.shifts import rules
from shared.shifts.commands import count_drawer
from shared.shifts.operations import DrawerCounted, ShiftClosed
from shared.shifts.queries import ShiftShown, current_shift
from shared.shifts.rules import Count, ShiftReport
from shared.staff.queries import Colleague, colleagues, pin_lengths
from shared.staff.rules import RIGHTS, Right


class Step(IntEnum):
    """Where the closing stands."""

    COUNT = 0
    RESULT = 1
    HAND_OVER = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class SavedCount:
    """A count that is kept; only now may what should be there be shown. `number` is 1 for the first count of this visit."""

    op: Id
    at: int
    counted_minor: int
    expected_minor: int
    card_minor: int | None
    number: int

    @property
    def difference_minor(self) -> int:
        """Above zero is over, below zero is short."""
        return rules.difference(self.counted_minor, self.expected_minor)


@dataclass(frozen=True, slots=True)
class ShiftCloseState:
    """Everything the screen shows. `refused` says why this person may not close; `error` is a finished sentence.

    `pieces`: denomination in minor units → how many were typed. `float_minor` is the change the club leaves for the next
    shift. `report` is what the books say, known after the count. `accepted_by` names who agreed to a large difference.
    """

    money: Currency
    time_zone: str
    float_minor: int
    limit_minor: int
    person: str = ""
    shift: ShiftShown | None = None
    refused: str = ""
    step: Step = Step.COUNT
    pieces: Mapping[int, int] = field(default_factory=dict)
    card_minor: int | None = None
    saved: SavedCount | None = None
    report: ShiftReport | None = None
    reason: str = ""
    note: str = ""
    needs_lead: bool = False
    accepted_by: str = ""
    taken_out_minor: int | None = 0
    closed: ShiftReport | None = None
    is_saving: bool = False
    error: str = ""

    @property
    def counted_minor(self) -> int:
        """Σ denomination × pieces."""
        return sum(denomination * pieces for denomination, pieces in self.pieces.items())

    @property
    def left_minor(self) -> int:
        """What stays in the drawer after the handover."""
        return (self.saved.counted_minor if self.saved else 0) - (self.taken_out_minor or 0)


class ShiftCloseViewModel(QObject):
    """Closing a shift.

    Signals: changed — the state is new; approval_wanted — a second person must accept the difference;
    counting_again — the fields of the count begin anew.
    """

    changed = Signal()
    approval_wanted = Signal()
    counting_again = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None], printing: Printing) -> None:
        super().__init__()
        self._store, self._session, self._go, self._printing = store, session, go, printing
        self._count_op, self._close_op = store.new_op(), store.new_op()
        self._approval: Actor | None = None
        self._counts = 0
        club = store.read(branch_settings)
        self._state = ShiftCloseState(currency(club.currency), club.time_zone, club.float_minor, club.difference_limit_minor)
        self._stops = [store.watch("shifts", self._reload), printing.on_change(self.changed.emit)]
        self._reload()

    @property
    def state(self) -> ShiftCloseState:
        """What to show."""
        return self._state

    @property
    def printing(self) -> PrintingState:
        """How the Z report is doing on its way to the paper."""
        return self._printing.state

    def put(self, denomination_minor: int, pieces: int | None) -> None:
        """So many pieces of a denomination lie there; None: not counted yet."""
        counted = {key: value for key, value in self._state.pieces.items() if key != denomination_minor}
        if pieces is not None:
            counted[denomination_minor] = pieces
        self._show(pieces=counted, error="")

    def put_card(self, amount_minor: int | None) -> None:
        """The terminal's own total; None: not compared."""
        self._show(card_minor=amount_minor, error="")

    def save_count(self) -> None:
        """Keep the count; what should be there is known from now on."""
        state = self._state
        if state.is_saving or state.refused or state.step is not Step.COUNT:
            return
        if not state.pieces:
            self._show(error=tr("Nothing is counted yet. Type how many pieces there are, 0 for an empty drawer"))
            return
        self._show(is_saving=True, error="")
        try:
            count = Count(tuple(sorted(state.pieces.items(), reverse=True)))
        except Refusal as no:
            self._failed(no)
            return
        args = {"count": count, "card_minor": state.card_minor}
        self._store.write(
            count_drawer, op=self._count_op, actor=self._session.actor, args=args, then=self._counted, failed=self._failed
        )

    def count_again(self) -> None:
        """Begin another count; the saved one stays as it is."""
        if self._state.step in {Step.RESULT, Step.HAND_OVER}:
            self._forget_count()
            self.counting_again.emit()

    def explain(self, reason: str) -> None:
        """Why the drawer differs: a key of REASONS."""
        if reason in REASONS:
            self._show(reason=reason, error="")

    def remark(self, note: str) -> None:
        """What the person adds to the reason."""
        self._show(note=note)

    def hand_over(self) -> None:
        """On from the result: a difference needs its reason, a large one somebody who accepts it."""
        saved = self._state.saved
        if self._state.step is not Step.RESULT or saved is None:
            return
        if saved.difference_minor and not self._state.reason:
            self._show(error=tr("Choose why it differs: 1, 2 or 3"))
        elif self._state.needs_lead and self._approval is None:
            self.approval_wanted.emit()
        else:
            self._show(step=Step.HAND_OVER, error="")

    def approvers(self) -> tuple[Colleague, ...]:
        """Who may accept a large difference."""
        people = self._store.read(colleagues)
        return tuple(each for each in people if Right.ACCEPT_DIFFERENCE in RIGHTS[each.role])

    def pin_digits(self, person: Colleague) -> int:
        """How many digits the PIN of somebody has."""
        return self._store.read(pin_lengths).get(person.staff_id, 0)

    def approve(self, person: Colleague, pin: str, done: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Somebody accepts the difference with their own PIN."""

        def approved(actor: Actor) -> None:
            self._approval = actor
            self._show(accepted_by=person.name)
            done()
            self.hand_over()

        self._session.approve(person.staff_id, pin, Right.ACCEPT_DIFFERENCE, approved, lambda no: failed(self._sentence(no)))

    def take_out(self, amount_minor: int | None) -> None:
        """What goes to the safe; None while the field holds no amount."""
        self._show(taken_out_minor=amount_minor, error="")

    def back(self) -> bool:
        """One step back; False where the screen itself is left."""
        if self._state.step is not Step.HAND_OVER:
            return False
        self._show(step=Step.RESULT, error="")
        return True

    def close(self) -> None:
        """End the shift; the Z report is frozen and printed."""
        state = self._state
        if state.step is not Step.HAND_OVER or state.saved is None or state.is_saving:
            return
        if state.taken_out_minor is None:
            self._show(error=tr("Type how much goes to the safe, 0 when all of it stays"))
            return
        try:
            rules.left_for_next(state.saved.counted_minor, state.taken_out_minor)
        except Refusal as no:
            self._failed(no)
            return
        self._show(is_saving=True, error="")
        args: dict[str, Any] = {
            "count": state.saved.op,
            "reason": state.reason if state.saved.difference_minor else "",
            "note": state.note,
            "taken_out_minor": state.taken_out_minor,
        }
        actor = self._approval or self._session.actor
        self._store.write(close_shift, op=self._close_op, actor=actor, args=args, then=self._closed, failed=self._not_closed)

    def print_again(self) -> None:
        """Print the Z report once more, marked as a copy."""
        if self._state.closed is not None:
            try:
                self._printing.print_report(self._state.closed, copy=True)
            except NotSaved as no:
                self._failed(no)

    def leave(self) -> None:
        """Back to the sale, or to the sign-in once the shift is closed."""
        if self._state.step is Step.CLOSED:
            self._session.sign_out()
            self._go("sign_in")
        else:
            self._go("sale")

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _counted(self, recorded: Any) -> None:
        body = recorded.body
        assert isinstance(body, DrawerCounted)
        self._counts += 1
        envelope = recorded.envelope
        saved = SavedCount(envelope.op, envelope.at, body.counted_minor, body.expected_minor, body.card_minor, self._counts)
        large = rules.needs_lead(saved.difference_minor, self._state.limit_minor)
        self._show(
            saved=saved,
            needs_lead=large and not self._session.may(Right.ACCEPT_DIFFERENCE),
            taken_out_minor=max(0, saved.counted_minor - self._state.float_minor),
        )
        self._store.load(x_report, {}, self._told, lambda _no: self._told(None))

    def _told(self, report: ShiftReport | None) -> None:
        self._show(report=report, step=Step.RESULT, is_saving=False)

    def _closed(self, recorded: Any) -> None:
        body = recorded.body
        assert isinstance(body, ShiftClosed)
        self._show(step=Step.CLOSED, closed=body.report, is_saving=False)

    def _not_closed(self, no: Refusal | NotSaved) -> None:
        if no.code in {"count_again", "count_first"}:
            # Somebody sold meanwhile: what was counted is no longer what lies there.
            self._forget_count()
            self.counting_again.emit()
        self._failed(no)

    def _forget_count(self) -> None:
        self._count_op, self._close_op = self._store.new_op(), self._store.new_op()
        self._approval = None
        self._show(
            step=Step.COUNT, saved=None, report=None, pieces={}, reason="", note="", needs_lead=False, accepted_by="", error=""
        )

    def _failed(self, no: Refusal | NotSaved) -> None:
        self._show(is_saving=False, error=self._sentence(no))

    def _sentence(self, no: Refusal | NotSaved) -> str:
        return refusal_text(no, self._state.money.code) if isinstance(no, Refusal) else tr(no.text, **no.params)

    def _reload(self) -> None:
        if self._state.step is Step.CLOSED or self._state.is_saving:
            # News of our own close come before its answer.
            return
        shift = self._store.read(current_shift)
        person = self._session.person
        refused = ""
        if shift is None:
            refused = tr("No shift is open. Open it with F12")
        elif not self._session.may_close(shift):
            refused = tr("The drawer belongs to {name}. A shift lead can close it", name=shift.cashier_name)
        shown = shift or self._state.shift
        self._show(shift=shown, person=person.name if person else "", refused=refused)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
