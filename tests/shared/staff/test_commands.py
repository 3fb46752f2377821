"""Who works here, what they may do, and when signing in is closed."""

import itertools

import pytest

from shared.core.clock import MINUTE_MS
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.staff.commands import add_person, change_person, lift_lockout, record_sign_in, set_pin
from shared.staff.queries import all_staff, colleagues, owner_exists, rights_of, secrets_of
from shared.staff.rules import FAILURES_MAX, RIGHTS, HashedPin, Right, Role
from tests.support.ledger import PIN, LedgerDesk

SHORT = HashedPin("hash of four digits", 4)
STRANGER: Id = "00000000-0000-7000-8000-00000000dead"


def locked(desk: LedgerDesk, staff: Id) -> bool:
    return secrets_of(desk.reading, staff).locked_until is not None


def fails(desk: LedgerDesk, staff: Id, times: int) -> None:
    for _ in range(times):
        desk.as_(staff).does(record_sign_in, ok=False)


@pytest.mark.parametrize("role", Role)
def test_a_person_holds_the_rights_of_their_role(desk: LedgerDesk, role: Role) -> None:
    assert rights_of(desk.reading, desk.hires(role)) == RIGHTS[role]
    assert rights_of(desk.reading, STRANGER) == frozenset()


def test_each_role_has_all_rights_of_the_one_before() -> None:
    ladder = [RIGHTS[role] for role in Role]
    assert all(lower < higher for lower, higher in itertools.pairwise(ladder))
    assert ladder[-1] == frozenset(Right)


def test_somebody_archived_has_no_rights_and_is_not_offered(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER)
    desk.does(change_person, staff_id=anna, archived=True)
    assert rights_of(desk.reading, anna) == frozenset()
    assert desk.asks(colleagues) == ()
    assert [person.archived for person in desk.asks(all_staff)] == [True]
    with pytest.raises(Refusal, match="Nobody with this name"):
        secrets_of(desk.reading, anna)
    desk.does(change_person, staff_id=anna, archived=False)
    assert rights_of(desk.reading, anna) == RIGHTS[Role.CASHIER]


def test_an_owner_comes_with_a_recovery_code_and_stays(desk: LedgerDesk) -> None:
    assert not owner_exists(desk.reading)
    assert desk.refuses(add_person, name="Olga", role=Role.OWNER, pin=PIN) == "owner_needs_recovery"
    owner = desk.hires(Role.OWNER)
    assert owner_exists(desk.reading)
    assert desk.refuses(change_person, staff_id=owner, archived=True) == "owner_stays"
    assert desk.refuses(change_person, staff_id=owner, role=Role.CASHIER) == "owner_stays"
    desk.does(change_person, staff_id=owner, name="Olga B.")


def test_nobody_gives_or_takes_rights_they_do_not_hold(desk: LedgerDesk) -> None:
    owner, administrator = desk.hires(Role.OWNER), desk.hires(Role.ADMINISTRATOR)
    cashier = desk.hires(Role.CASHIER)
    desk.as_(administrator)
    asked = {"name": "Petr", "role": Role.OWNER, "pin": PIN, "recovery_hash": "hash"}
    assert desk.refuses(add_person, **asked) == "role_above_own"
    assert desk.refuses(change_person, staff_id=cashier, role=Role.OWNER) == "role_above_own"
    assert desk.refuses(change_person, staff_id=owner, name="Nobody") == "role_above_own"
    assert desk.refuses(set_pin, staff_id=owner, pin=PIN) == "role_above_own"
    desk.does(set_pin, staff_id=cashier, pin=PIN)


def test_who_approves_for_others_needs_a_longer_pin(desk: LedgerDesk) -> None:
    assert desk.refuses(add_person, name="Vera", role=Role.SHIFT_LEAD, pin=SHORT) == "pin_too_short_for_role"
    cashier = desk.does(add_person, name="Anna", role=Role.CASHIER, pin=SHORT).body.staff_id  # type: ignore[attr-defined]
    assert desk.refuses(change_person, staff_id=cashier, role=Role.SHIFT_LEAD) == "pin_too_short_for_role"
    desk.does(set_pin, staff_id=cashier, pin=PIN)
    desk.does(change_person, staff_id=cashier, role=Role.SHIFT_LEAD)
    assert desk.refuses(set_pin, staff_id=cashier, pin=SHORT) == "pin_too_short_for_role"


def test_everybody_sets_their_own_pin_and_only_editors_those_of_others(desk: LedgerDesk) -> None:
    anna, boris = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.CASHIER, "Boris")
    desk.as_(anna).does(set_pin, staff_id=anna, pin=SHORT)
    assert secrets_of(desk.reading, anna).pin_digits == 4
    assert desk.refuses(set_pin, staff_id=boris, pin=SHORT) == "no_right"


def test_five_wrong_pins_in_a_row_close_signing_in_for_five_minutes(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER)
    fails(desk, anna, FAILURES_MAX - 1)
    assert not locked(desk, anna)
    fails(desk, anna, 1)
    last = desk.clock.wall_ms()
    assert secrets_of(desk.reading, anna).locked_until == last + 5 * MINUTE_MS
    desk.clock.advance(5 * MINUTE_MS - 1)
    assert locked(desk, anna)
    desk.clock.advance(1)
    assert not locked(desk, anna)
    assert secrets_of(desk.reading, anna).failures == FAILURES_MAX


@pytest.mark.parametrize("ending", ["right pin", "lifted", "new pin"])
def test_a_lock_out_ends_early(desk: LedgerDesk, ending: str) -> None:
    anna, lead = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.ADMINISTRATOR, "Vera")
    fails(desk, anna, FAILURES_MAX)
    match ending:
        case "right pin":
            desk.as_(anna).does(record_sign_in, ok=True)
        case "lifted":
            desk.as_(lead).does(lift_lockout, staff_id=anna)
        case _:
            desk.as_(lead).does(set_pin, staff_id=anna, pin=PIN)
    assert not locked(desk, anna)
    fails(desk, anna, 1)
    assert secrets_of(desk.reading, anna).failures == 1


def test_one_persons_lock_out_is_not_anothers(desk: LedgerDesk) -> None:
    anna, boris = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.CASHIER, "Boris")
    fails(desk, anna, FAILURES_MAX)
    assert (locked(desk, anna), locked(desk, boris)) == (True, False)
    assert desk.as_(boris).refuses(lift_lockout, staff_id=anna) == "no_right"


def test_who_signed_in_last_is_offered_first(desk: LedgerDesk) -> None:
    anna, boris = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.CASHIER, "Boris")
    assert [person.name for person in desk.asks(colleagues)] == ["Anna", "Boris"]
    desk.as_(boris).does(record_sign_in, ok=True)
    desk.as_(anna).does(record_sign_in, ok=False)
    assert [person.name for person in desk.asks(colleagues)] == ["Boris", "Anna"]


def test_strangers_and_changes_of_nothing_are_refused(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER)
    assert desk.refuses(change_person, staff_id=STRANGER, name="X") == "unknown_person"
    assert desk.refuses(lift_lockout, staff_id=STRANGER) == "unknown_person"
    assert desk.refuses(change_person, staff_id=anna) == "nothing_changed"
    assert desk.refuses(change_person, staff_id=anna, name="  ") == "name_is_empty"


def test_no_id_made_in_advance_keeps_a_lock_out_away(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER)
    desk.as_(anna).does(record_sign_in, op="ffffffff-ffff-7fff-bfff-ffffffffffff", ok=True)
    fails(desk, anna, FAILURES_MAX)
    assert locked(desk, anna)


def test_a_clock_put_right_after_a_lock_out_keeps_nobody_out_for_years(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER)
    fails(desk, anna, FAILURES_MAX)
    desk.clock.set_wall(desk.clock.wall_ms() - MINUTE_MS)
    assert locked(desk, anna)
    desk.clock.set_wall(desk.clock.wall_ms() - 365 * 24 * 60 * MINUTE_MS)
    assert not locked(desk, anna)
