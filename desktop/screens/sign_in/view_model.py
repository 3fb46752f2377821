"""Who may sign in, which of them is about to, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.devices.printer_status import CAUSES
from desktop.devices.printing import Printing
from desktop.store.errors import NotSaved
from desktop.store.session import Session, SignedIn
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.clock import Clock
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.shifts.queries import ShiftShown, closed_shifts, current_shift
from shared.staff.commands import lift_lockout
from shared.staff.queries import Colleague, colleagues, pin_lengths
from shared.staff.rules import PIN_DIGITS_MIN, Right, Role

PEOPLE_SHOWN_MAX: Final = 6
Person: TypeAlias = Colleague
"""Somebody in the list."""
LOCKED: Final = "signing_in_is_locked"


@dataclass(frozen=True, slots=True)
class SignInState:
    """Everything the screen shows. `people` is cut to those that fit, `current` is an index into it.

    `pin_digits`: how many boxes to draw. `locked_until`: an instant, milliseconds UTC, while signing in is closed.
    `error` is a finished sentence. `closed_number` and `left_minor`: the last shift and the change it left.
    """

    branch: str
    desk_number: int
    time_zone: str
    currency: str
    shift: ShiftShown | None
    closed_number: int
    left_minor: int
    people: tuple[Colleague, ...] = ()
    current: int = -1
    typed_name: str = ""
    pin_digits: int = PIN_DIGITS_MIN
    is_checking: bool = False
    error: str = ""
    locked_until: int = 0
    pins_shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Colleague | None:
        """Whose PIN is asked for."""
        return self.people[self.current] if 0 <= self.current < len(self.people) else None


class SignInViewModel(QObject):
    """Signing in.

    Signals: changed — the state is new; pin_wanted — the typed PIN is void, carries what is left of it;
    new_code — a recovery code to write down, shown once.
    """

    changed = Signal()
    pin_wanted = Signal(str)
    new_code = Signal(str)

    def __init__(
        self,
        store: Store,
        session: Session,
        go: Callable[[str], None],
        clock: Clock,
        printing: Printing,
        pins_shown: Mapping[str, str] | None = None,
    ) -> None:
        """`pins_shown`: PINs of a demo club by name, for everybody to see."""
        super().__init__()
        self._store, self._session, self._go, self._clock = store, session, go, clock
        self._printing = printing
        self._everybody: tuple[Colleague, ...] = ()
        self._lengths: dict[Id, int] = {}
        settings = store.read(branch_settings)
        self._state = SignInState(
            settings.name,
            store.desk.number,
            settings.time_zone,
            settings.currency,
            *self._shift(),
            pins_shown=pins_shown or {},
        )
        self._stops = [
            store.watch("staff", self._reload),
            store.watch("shifts", self._reload),
            printing.on_change(self.changed.emit),
        ]
        self._reload()

    @property
    def state(self) -> SignInState:
        """What to show."""
        return self._state

    @property
    def now(self) -> int:
        """The instant by the desk's clock, milliseconds UTC."""
        return self._clock.wall_ms()

    def printer_trouble(self) -> str:
        """What is wrong with the printer, in words; empty when it is ready."""
        printer = self._printing.state
        if not printer.has_printer:
            return tr("No printer is set up")
        return tr(CAUSES.get(printer.cause, printer.cause)) if printer.cause else ""

    def pick(self, index: int) -> None:
        """Ask for somebody else's PIN."""
        if 0 <= index < len(self._state.people):
            self._show(current=index, error="", locked_until=0)
            self.pin_wanted.emit("")

    def move(self, step: int) -> None:
        """Ask for the PIN of whoever stands above or below."""
        self.pick(min(max(self._state.current + step, 0), len(self._state.people) - 1))

    def find(self, typed: str) -> None:
        """Show whose names hold what was typed."""
        wanted = typed.casefold().strip()
        found = tuple(person for person in self._everybody if wanted in person.name.casefold())[:PEOPLE_SHOWN_MAX]
        self._show(people=found, typed_name=typed, current=0 if found else -1, error="", locked_until=0)

    def typed(self, pin: str) -> None:
        """One digit more than the person's PIN has: the first one was somebody's number in the list."""
        if self._state.error:
            self._show(error="")
        if len(pin) > self._state.pin_digits and (other := self._numbered(pin[0])) is not None:
            self._show(current=other)
            self.pin_wanted.emit(pin[1:])

    def enter(self, pin: str) -> None:
        """Sign in with what was typed; Enter on empty boxes and a second Enter while the first is checked do nothing."""
        if not pin or self._state.is_checking:
            return
        if len(pin) != self._state.pin_digits and (other := self._numbered(pin[0])) is not None:
            if self._length(self._state.people[other].staff_id) == len(pin) - 1:
                self._show(current=other)
                pin = pin[1:]
        person = self._state.person
        if person is None or self.seconds_locked():
            self.pin_wanted.emit("")
            return
        self._show(is_checking=True, error="")
        self._session.sign_in(person.staff_id, pin, self._signed_in, self._refused)

    def seconds_locked(self) -> int:
        """How long signing in stays closed for this person."""
        return max(0, -(-(self._state.locked_until - self.now) // 1000))

    def may_recover(self) -> bool:
        """Whether this person has a recovery code: owners do."""
        return self._state.person is not None and self._state.person.role is Role.OWNER

    def recover(self, code: str, pin: str, failed: Callable[[str], None]) -> None:
        """Set a new PIN with the recovery code; the next code comes with `new_code`."""
        person = self._state.person
        if person is not None:
            said = self._sentence
            self._session.recover(person.staff_id, code, pin, self.new_code.emit, lambda no: failed(said(no)))

    def leads(self) -> tuple[Colleague, ...]:
        """Who can open a closed lock for the person at hand."""
        locked = self._state.person
        return tuple(each for each in self._everybody if each.role is not Role.CASHIER and each != locked)

    def lift(self, lead: Colleague, pin: str, done: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Open a closed lock with a lead's PIN."""
        locked = self._state.person
        if locked is None:
            return

        def refused(no: Refusal | NotSaved) -> None:
            self._session.sign_out()
            failed(self._sentence(no))

        def lifted(_recorded: object) -> None:
            self._session.sign_out()
            self._show(locked_until=0, error="")
            done()

        def came(person: SignedIn) -> None:
            args = {"staff_id": locked.staff_id}
            self._store.write(
                lift_lockout, op=self._store.new_op(), actor=self._session.actor, args=args, then=lifted, failed=refused
            )

        self._session.sign_in(lead.staff_id, pin, came, refused)

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _numbered(self, digit: str) -> int | None:
        index = int(digit) - 1
        return index if 0 <= index < len(self._state.people) else None

    def _length(self, staff_id: Id) -> int:
        return self._lengths.get(staff_id, PIN_DIGITS_MIN)

    def _signed_in(self, person: SignedIn) -> None:
        self._show(is_checking=False)
        has_shift = self._store.read(current_shift) is not None
        may_open = Right.OPEN_SHIFT in person.rights
        self._go("sale" if has_shift or not may_open else "shift_open")

    def _refused(self, no: Refusal | NotSaved) -> None:
        until = no.params.get("until_at", 0) if no.code == LOCKED else 0
        self._show(is_checking=False, error=self._sentence(no), locked_until=int(until))
        self.pin_wanted.emit("")

    def _sentence(self, no: Refusal | NotSaved) -> str:
        if isinstance(no, Refusal):
            return refusal_text(no, self._state.currency)
        return tr(no.text, **no.params)

    def _reload(self) -> None:
        person = self._state.person
        self._everybody = self._store.read(colleagues)
        self._lengths = self._store.read(pin_lengths)
        wanted = self._state.typed_name.casefold().strip()
        people = tuple(p for p in self._everybody if wanted in p.name.casefold())[:PEOPLE_SHOWN_MAX]
        ids = [each.staff_id for each in people]
        current = ids.index(person.staff_id) if person is not None and person.staff_id in ids else 0 if people else -1
        shift, closed, left = self._shift()
        self._show(people=people, current=current, shift=shift, closed_number=closed, left_minor=left)

    def _shift(self) -> tuple[ShiftShown | None, int, int]:
        shift = self._store.read(current_shift)
        last = () if shift else self._store.read(closed_shifts, most=1)
        return shift, last[0].number if last else 0, last[0].left_minor if last else 0

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        digits = self._length(state.person.staff_id) if state.person else PIN_DIGITS_MIN
        state = replace(state, pin_digits=digits)
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
