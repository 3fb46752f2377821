"""Hiring, changing and letting go; PINs; signing in."""

from shared.branches.rules import check_name
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command
from shared.staff.operations import PersonAdded, PersonChanged, PinSet, SignInAttempted
from shared.staff.queries import pin_lengths, role_of
from shared.staff.rules import HashedPin, Right, Role, check_digits, may_edit


@command(Right.EDIT_STAFF)
def add_person(tx: Transaction, *, name: str, role: Role, pin: HashedPin, recovery_hash: str | None = None) -> PersonAdded:
    """Add somebody; an owner comes with the hash of a recovery code."""
    may_edit(tx.actor.rights, role)
    check_digits(role, pin.digits)
    if role is Role.OWNER and recovery_hash is None:
        raise Refusal("owner_needs_recovery", N_("An owner needs a recovery code"))
    return PersonAdded(staff_id=tx.ids.new_id(), name=check_name(name), role=role, pin=pin, recovery_hash=recovery_hash)


@command(Right.EDIT_STAFF)
def change_person(
    tx: Transaction, *, staff_id: Id, name: str | None = None, role: Role | None = None, archived: bool | None = None
) -> PersonChanged:
    """Rename, promote, archive or bring back. Owners stay; who is promoted to approve for others has a long PIN first."""
    now = role_of(tx, staff_id)
    may_edit(tx.actor.rights, now)
    if role is not None:
        may_edit(tx.actor.rights, role)
        check_digits(role, pin_lengths(tx).get(staff_id, 0))
    if now is Role.OWNER and (archived or role not in (None, Role.OWNER)):
        raise Refusal("owner_stays", N_("An owner cannot be removed here. Add another owner first"))
    if name is None and role is None and archived is None:
        raise Refusal("nothing_changed", N_("Nothing was changed"))
    return PersonChanged(staff_id=staff_id, name=check_name(name) if name is not None else None, role=role, archived=archived)


@command(Right.SIGN_IN)
def set_pin(tx: Transaction, *, staff_id: Id, pin: HashedPin, recovery_hash: str | None = None) -> PinSet:
    """Set one's own PIN, or, with the right to edit staff, that of somebody with no more rights; ends a lock-out."""
    role = role_of(tx, staff_id)
    check_digits(role, pin.digits)
    if staff_id != tx.person:
        if Right.EDIT_STAFF not in tx.actor.rights:
            raise Refusal("no_right", N_("This needs a right that you do not have. Ask the shift lead"), right=Right.EDIT_STAFF)
        may_edit(tx.actor.rights, role)
    return PinSet(staff_id=staff_id, pin=pin, recovery_hash=recovery_hash)


@command(Right.SIGN_IN)
def record_sign_in(tx: Transaction, *, ok: bool) -> SignInAttempted:
    """Remember that the actor typed their PIN rightly or wrongly."""
    return SignInAttempted(staff_id=tx.person, outcome="ok" if ok else "wrong_pin")


@command(Right.LIFT_LOCKOUT)
def lift_lockout(tx: Transaction, *, staff_id: Id) -> SignInAttempted:
    """Let a colleague try again before the five minutes are over."""
    role_of(tx, staff_id)
    return SignInAttempted(staff_id=staff_id, outcome="lifted")
