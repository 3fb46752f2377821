"""Who works here, what they may do, and whether they may try a PIN now."""

import msgspec
from sqlalchemy import func, select

from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.memory import remembered
from shared.ledger.order import newest_first
from shared.ledger.transaction import Reading, query
from shared.staff.rules import FAILURES_MAX, LOCAL_OWNER, LOCKOUT_MS, RIGHTS, Right, Role
from shared.staff.tables import Credential, Person, SignIn


class Colleague(msgspec.Struct, frozen=True):
    """A person as the sign-in screen and reports show them."""

    staff_id: Id
    name: str
    role: Role
    last_sign_in_at: int | None = None
    archived: bool = False


class Secrets(msgspec.Struct, frozen=True):
    """What a sign-in is checked against; `locked_until` is an instant in the future while signing in is closed."""

    pin_hash: str
    pin_digits: int
    recovery_hash: str | None
    locked_until: int | None
    failures: int


@remembered("staff")
def rights_of(read: Reading, staff: Id) -> frozenset[str]:
    """The rights a person holds now; none for a stranger or somebody archived. The local owner holds all."""
    if staff == LOCAL_OWNER:
        return frozenset(Right)
    role = read.scalar(select(Person.role).where(Person.staff_id == staff, Person.archived.is_(False)))
    return frozenset(RIGHTS[Role(role)]) if role else frozenset()


@query()
def colleagues(read: Reading) -> tuple[Colleague, ...]:
    """Everybody who may sign in, whoever worked here last first."""
    last = (
        select(SignIn.staff_id, func.max(SignIn.at).label("at"))
        .where(SignIn.outcome == "ok", SignIn.branch_id == read.desk.branch)
        .group_by(SignIn.staff_id)
        .subquery()
    )
    rows = read.rows(
        select(Person.staff_id, Person.name, Person.role, last.c.at, Person.archived)
        .join(last, last.c.staff_id == Person.staff_id, isouter=True)
        .where(Person.archived.is_(False))
        .order_by(last.c.at.desc().nulls_last(), Person.name)
    )
    return tuple(Colleague(row[0], row[1], Role(row[2]), row[3], row[4]) for row in rows)


@query(Right.EDIT_STAFF)
def all_staff(read: Reading) -> tuple[Colleague, ...]:
    """Everybody who ever worked here."""
    rows = read.rows(select(Person.staff_id, Person.name, Person.role, Person.archived).order_by(Person.name))
    return tuple(Colleague(row[0], row[1], Role(row[2]), None, bool(row[3])) for row in rows)


def secrets_of(read: Reading, staff: Id) -> Secrets:
    """What to check a PIN against; not a registered query: hashes never leave the program. Raises Refusal."""
    row = read.first(
        select(Credential.pin_hash, Credential.pin_digits, Credential.recovery_hash)
        .join(Person, Person.staff_id == Credential.staff_id)
        .where(Credential.staff_id == staff, Person.archived.is_(False))
    )
    if row is None or row.pin_hash is None:
        raise Refusal("unknown_person", N_("Nobody with this name works here. Choose from the list"))
    of_person = select(SignIn.outcome, SignIn.at).where(SignIn.branch_id == read.desk.branch, SignIn.staff_id == staff)
    attempts = read.rows(newest_first(of_person, SignIn.op).limit(FAILURES_MAX))
    failures = 0
    for attempt in attempts:
        if attempt.outcome != "wrong_pin":
            break
        failures += 1
    until = attempts[0].at + LOCKOUT_MS if failures >= FAILURES_MAX else None
    return Secrets(
        row.pin_hash,
        row.pin_digits,
        row.recovery_hash,
        # A clock that stood wrong and was put right must not keep anybody out for years.
        until if until is not None and read.now < until <= read.now + 2 * LOCKOUT_MS else None,
        failures,
    )


def pin_lengths(read: Reading) -> dict[Id, int]:
    """How many digits the PIN of each person has: boxes on the sign-in screen. Not a registered query."""
    return {row[0]: row[1] for row in read.rows(select(Credential.staff_id, Credential.pin_digits)) if row[1] is not None}


def owner_exists(read: Reading) -> bool:
    """Whether the first set-up has got as far as an owner."""
    return read.scalar(select(Person.staff_id).where(Person.role == Role.OWNER)) is not None


@remembered("staff")
def person_name(read: Reading, staff: Id) -> str:
    """The name of a person for documents; the local owner has none."""
    return read.scalar(select(Person.name).where(Person.staff_id == staff)) or ""


def role_of(read: Reading, staff: Id) -> Role:
    """The role of a person, archived or not. Raises Refusal for a stranger."""
    role = read.scalar(select(Person.role).where(Person.staff_id == staff))
    if role is None:
        raise Refusal("unknown_person", N_("Nobody with this name works here. Choose from the list"))
    return Role(role)
