"""Who works at this desk now.

The drawer belongs to whoever opened the shift: a colleague may sell in it, only the owner of the drawer or somebody
with the right to close any shift counts and closes it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.store.errors import NotSaved
from desktop.store.lanes import Lanes
from desktop.store.news import Deliver
from desktop.store.pins import Pins, new_code
from desktop.store.store import Failed, Store, at_once
from shared.core.clock import MINUTE_MS
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import Actor, Reading, require
from shared.shifts.queries import ShiftShown
from shared.staff.commands import record_sign_in, set_pin
from shared.staff.queries import owner_exists, person_name, rights_of, role_of, secrets_of
from shared.staff.rules import FAILURES_MAX, LOCAL_OWNER, Right, Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at the desk with the rights in force."""

    staff_id: Id
    name: str
    role: Role
    rights: frozenset[str]


class Session:
    """The person at this desk; PINs are checked on a thread of its own. Callbacks come through `deliver`."""

    def __init__(self, store: Store, pins: Pins, deliver: Deliver = at_once) -> None:
        self._store = store
        self._pins = pins
        self._deliver = deliver
        self._person: SignedIn | None = None
        self._hearers: list[Callable[[], None]] = []
        self._worker = Lanes("sign-in")
        self._stop_watching = store.watch("staff", self._staff_changed)

    @property
    def person(self) -> SignedIn | None:
        """Who is signed in, or nobody."""
        return self._person

    @property
    def actor(self) -> Actor:
        """Who asks, for the store. Until the club has an owner that is the local owner. Raises Refusal when nobody is here."""
        if self._person is not None:
            return Actor(self._person.staff_id, self._person.rights)
        if self.is_setting_up:
            return local_owner()
        raise Refusal("not_signed_in", N_("Nobody is signed in. Sign in with your PIN"))

    @property
    def is_setting_up(self) -> bool:
        """Whether the club has no owner yet, so that whoever sits here sets it up."""
        return not self._store.read(owner_exists)

    def may(self, right: str) -> bool:
        """Whether the person here holds a right now."""
        return self._person is not None and right in self._person.rights

    def owns_drawer(self, shift: ShiftShown | None) -> bool:
        """Whether the drawer of a shift is in this person's hands."""
        return shift is not None and self._person is not None and shift.opened_by == self._person.staff_id

    def may_close(self, shift: ShiftShown | None) -> bool:
        """Whether this person may count the drawer and close the shift."""
        return shift is not None and (self.owns_drawer(shift) or self.may(Right.CLOSE_ANY_SHIFT))

    def sign_in(self, staff_id: Id, pin: str, then: Callable[[SignedIn], None], failed: Failed) -> None:
        """Check a PIN and let the person in; whoever was here before is signed out. A wrong PIN is a Refusal."""
        self._aside(lambda: self.check(staff_id, pin), lambda person: self._come_in(person, then), failed)

    def sign_in_now(self, staff_id: Id, pin: str) -> SignedIn:
        """The same at once, for programs without a window. Raises Refusal, NotSaved."""
        person = self.check(staff_id, pin)
        self._come_in(person, lambda _: None)
        return person

    def sign_out(self) -> None:
        """Nobody is here any more."""
        self._be(None)

    def approve(self, staff_id: Id, pin: str, right: str, then: Callable[[Actor], None], failed: Failed) -> None:
        """A second person agrees with their own PIN; `then` gets who asks together with who approved."""
        asking = self.actor

        def approved() -> Actor:
            person = self.check(staff_id, pin)
            require(Actor(person.staff_id, person.rights), right)
            return Actor(asking.staff, asking.rights | person.rights, person.staff_id)

        self._aside(approved, then, failed)

    def recover(self, staff_id: Id, code: str, pin: str, then: Callable[[str], None], failed: Failed) -> None:
        """A forgotten PIN: with the recovery code set a new one; `then` gets the next code to write down."""
        self._aside(lambda: self.recover_now(staff_id, code, pin), then, failed)

    def recover_now(self, staff_id: Id, code: str, pin: str) -> str:
        """The same at once. Raises Refusal, NotSaved."""
        secrets = self._store.read(secrets_of, staff=staff_id)
        self._refuse_locked(secrets.locked_until)
        own = Actor(staff_id, frozenset())
        if secrets.recovery_hash is None or not self._pins.code_matches(code, secrets.recovery_hash):
            self._remember(own, ok=False)
            raise Refusal("wrong_recovery_code", N_("This is not the recovery code. Type it as it was written down"))
        fresh = new_code()
        args = {"staff_id": staff_id, "pin": self._pins.hash_pin(pin), "recovery_hash": self._pins.hash_code(fresh)}
        self._store.do(set_pin, op=self._store.new_op(), actor=own, args=args)
        return fresh

    def aside(self, work: Callable[[Pins], Any], then: Callable[[Any], None], failed: Failed) -> None:
        """Hash PINs or codes on the thread of sign-ins: `then` gets what `work(pins)` answered."""
        self._aside(lambda: work(self._pins), then, failed)

    def check(self, staff_id: Id, pin: str) -> SignedIn:
        """Who this PIN belongs to; the attempt is remembered either way. Raises Refusal, NotSaved."""
        secrets = self._store.read(secrets_of, staff=staff_id)
        self._refuse_locked(secrets.locked_until)
        own = Actor(staff_id, frozenset())
        if not self._pins.matches(pin, secrets.pin_hash):
            self._remember(own, ok=False)
            left = max(0, FAILURES_MAX - secrets.failures - 1)
            raise Refusal("wrong_pin", N_("This PIN is not right. Attempts left: {left}"), left=left)
        self._remember(own, ok=True)
        return self._store.read(_signed_in, staff_id=staff_id)

    def on_change(self, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` when another person is here or their rights changed; answers how to stop."""
        self._hearers.append(hear)
        return lambda: self._hearers.remove(hear)

    def close(self) -> None:
        """End the thread; nobody can sign in any more."""
        self._stop_watching()
        self._worker.close()

    def _refuse_locked(self, until: int | None) -> None:
        if until is not None:
            minutes = -(-(until - self._store.read(_now)) // MINUTE_MS)
            text = N_("Too many wrong PINs. Try again in {minutes} min, or ask the shift lead")
            raise Refusal("signing_in_is_locked", text, minutes=max(1, minutes), until_at=until)

    def _remember(self, own: Actor, *, ok: bool) -> None:
        self._store.do(record_sign_in, op=self._store.new_op(), actor=own, args={"ok": ok})

    def _aside(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Failed) -> None:
        def run() -> None:
            try:
                answer = work()
            except (Refusal, NotSaved) as no:
                refusal = no
                self._deliver(lambda: failed(refusal))
            else:
                self._deliver(lambda: then(answer))

        self._worker.put(run)

    def _come_in(self, person: SignedIn, then: Callable[[SignedIn], None]) -> None:
        self._be(person)
        then(person)

    def _staff_changed(self) -> None:
        """A right taken away is gone from the screen at once; somebody archived is signed out."""
        if self._person is None:
            return
        now = self._store.read(_signed_in, staff_id=self._person.staff_id)
        if now != self._person:
            self._be(now if now.rights else None)

    def _be(self, person: SignedIn | None) -> None:
        if person != self._person:
            self._person = person
            for hear in tuple(self._hearers):
                hear()


def local_owner() -> Actor:
    """Who acts in set-up tasks started on the PC itself; recorded as such."""
    return Actor(LOCAL_OWNER, frozenset(Right))


def _signed_in(read: Reading, *, staff_id: Id) -> SignedIn:
    return SignedIn(staff_id, person_name(read, staff_id), role_of(read, staff_id), rights_of(read, staff_id))


def _now(read: Reading) -> int:
    return read.now
