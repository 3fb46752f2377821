"""What happens to people and their secrets."""

from typing import Literal

from shared.core.ids import Id
from shared.ledger.effects import Effects, insert, put
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.staff.rules import HashedPin, Role
from shared.staff.tables import Credential, Person, SignIn


@operation("person_added")
class PersonAdded(Operation, frozen=True, kw_only=True):
    """Somebody starts to work here. The owner also gets a recovery code, kept as a hash."""

    staff_id: Id
    name: str
    role: Role
    pin: HashedPin
    recovery_hash: str | None = None


@reducer(PersonAdded)
def _(op: PersonAdded, env: Envelope) -> Effects:
    yield put(Person, staff_id=op.staff_id, name=op.name, role=op.role, archived=False)
    yield put(
        Credential,
        staff_id=op.staff_id,
        pin_hash=op.pin.hash,
        pin_digits=op.pin.digits,
        recovery_hash=op.recovery_hash,
    )


@operation("person_changed")
class PersonChanged(Operation, frozen=True, kw_only=True):
    """A name, a role or the end of work here; what is left out stays."""

    staff_id: Id
    name: str | None = None
    role: Role | None = None
    archived: bool | None = None


@reducer(PersonChanged)
def _(op: PersonChanged, env: Envelope) -> Effects:
    changes = {"name": op.name, "role": op.role, "archived": op.archived}
    yield put(Person, staff_id=op.staff_id, **{name: value for name, value in changes.items() if value is not None})


@operation("pin_set")
class PinSet(Operation, frozen=True, kw_only=True):
    """A new PIN; `recovery_hash` replaces the recovery code that was just used up."""

    staff_id: Id
    pin: HashedPin
    recovery_hash: str | None = None


@reducer(PinSet)
def _(op: PinSet, env: Envelope) -> Effects:
    yield put(Credential, staff_id=op.staff_id, pin_hash=op.pin.hash, pin_digits=op.pin.digits)
    if op.recovery_hash is not None:
        yield put(Credential, staff_id=op.staff_id, recovery_hash=op.recovery_hash)
    yield insert(
        SignIn, branch_id=env.branch, op=env.op, staff_id=op.staff_id, outcome="lifted", by_staff_id=env.actor, at=env.at
    )


@operation("sign_in_attempted")
class SignInAttempted(Operation, frozen=True, kw_only=True):
    """A PIN was typed, rightly or wrongly, or a lead lifted a lock-out."""

    staff_id: Id
    outcome: Literal["ok", "wrong_pin", "lifted"]


@reducer(SignInAttempted)
def _(op: SignInAttempted, env: Envelope) -> Effects:
    yield insert(
        SignIn,
        branch_id=env.branch,
        op=env.op,
        staff_id=op.staff_id,
        outcome=op.outcome,
        by_staff_id=env.actor,
        at=env.at,
    )
