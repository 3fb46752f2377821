"""Who is at the desk, and whose the drawer is."""

import queue
import threading
from typing import Any

from desktop.store.pins import new_code
from desktop.store.session import SignedIn, local_owner
from shared.core.errors import Refusal
from shared.shifts.commands import open_shift
from shared.shifts.queries import current_shift
from shared.staff.commands import add_person, change_person
from shared.staff.rules import LOCKOUT_MS, Right, Role
from tests.desktop.app.conftest import DemoDesk
from tests.support.refusals import refused

ANNA, ANNA_PIN = "Анна Соколова", "4725"
MARAT, MARAT_PIN = "Марат Каримов", "8316"
LEAD, LEAD_PIN = "Пётр Лазарев", "603914"
OWNER, OWNER_PIN = "Юлия Белова", "271854"


def test_the_right_pin_lets_in_with_the_rights_of_the_role(desk: DemoDesk) -> None:
    session = desk.parts.session
    person = session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    assert (person.name, person.role) == (ANNA, Role.CASHIER)
    assert session.actor.staff == person.staff_id
    assert session.may(Right.SELL)
    assert not session.may(Right.EDIT_GOODS)


def test_nobody_is_here_after_signing_out(desk: DemoDesk) -> None:
    session = desk.parts.session
    session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    session.sign_out()
    assert session.person is None
    with refused("not_signed_in"):
        _ = session.actor


def test_a_colleague_takes_over_without_signing_out_first_and_hearers_are_told(desk: DemoDesk) -> None:
    session = desk.parts.session
    heard: list[str] = []
    stop = session.on_change(lambda: heard.append(session.person.name if session.person else ""))
    session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    session.sign_in_now(desk.person(MARAT), MARAT_PIN)
    stop()
    session.sign_out()
    assert heard == [ANNA, MARAT]


def test_a_wrong_pin_leaves_whoever_was_here(desk: DemoDesk) -> None:
    session = desk.parts.session
    session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    with refused("wrong_pin"):
        session.sign_in_now(desk.person(MARAT), "0000")
    assert session.person is not None
    assert session.person.name == ANNA


def test_the_lockout_holds_after_a_restart_and_ends_by_itself(desk: DemoDesk) -> None:
    session, anna = desk.parts.session, desk.person(ANNA)
    for _ in range(5):
        with refused("wrong_pin"):
            session.check(anna, "9999")
    with refused("signing_in_is_locked"):
        session.check(anna, ANNA_PIN)
    desk.clock.advance(LOCKOUT_MS - 1000)
    with refused("signing_in_is_locked"):
        session.check(anna, ANNA_PIN)
    desk.clock.advance(1000)
    assert session.check(anna, ANNA_PIN).name == ANNA


def test_the_pin_is_checked_on_another_thread(desk: DemoDesk) -> None:
    answers: queue.Queue[Any] = queue.Queue()
    here = threading.current_thread()
    session = desk.parts.session
    session.sign_in(desk.person(ANNA), ANNA_PIN, lambda person: answers.put((person, threading.current_thread())), answers.put)
    person, thread = answers.get(timeout=30)
    assert isinstance(person, SignedIn)
    assert thread is not here
    session.sign_in(desk.person(ANNA), "0000", answers.put, answers.put)
    assert isinstance(answers.get(timeout=30), Refusal)


def test_the_drawer_is_whose_shift_it_is_and_a_lead_may_close_any(desk: DemoDesk) -> None:
    session, store = desk.parts.session, desk.parts.store
    session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    store.do(open_shift, op=store.new_op(), actor=session.actor, args={"float_minor": 0})
    shift = store.read(current_shift)
    assert (session.owns_drawer(shift), session.may_close(shift)) == (True, True)
    session.sign_in_now(desk.person(MARAT), MARAT_PIN)
    assert (session.owns_drawer(shift), session.may_close(shift)) == (False, False)
    session.sign_in_now(desk.person(LEAD), LEAD_PIN)
    assert (session.owns_drawer(shift), session.may_close(shift)) == (False, True)
    assert not session.may_close(None)


def test_a_lead_approves_with_their_own_pin_and_a_cashier_cannot(desk: DemoDesk) -> None:
    session = desk.parts.session
    session.sign_in_now(desk.person(ANNA), ANNA_PIN)
    answers: queue.Queue[Any] = queue.Queue()
    session.approve(desk.person(LEAD), LEAD_PIN, Right.DISCOUNT, answers.put, answers.put)
    both = answers.get(timeout=30)
    assert (both.staff, both.approver) == (desk.person(ANNA), desk.person(LEAD))
    assert Right.DISCOUNT in both.rights
    session.approve(desk.person(MARAT), MARAT_PIN, Right.DISCOUNT, answers.put, answers.put)
    assert answers.get(timeout=30).code == "no_right"
    assert session.person is not None
    assert session.person.name == ANNA


def test_a_right_taken_away_is_gone_at_once_and_an_archived_person_is_signed_out(desk: DemoDesk) -> None:
    session, store = desk.parts.session, desk.parts.store
    session.sign_in_now(desk.person(LEAD), LEAD_PIN)
    args = {"staff_id": desk.person(LEAD), "role": Role.CASHIER}
    store.do(change_person, op=store.new_op(), actor=local_owner(), args=args)
    assert not session.may(Right.DISCOUNT)
    store.do(change_person, op=store.new_op(), actor=local_owner(), args={"staff_id": desk.person(LEAD), "archived": True})
    assert session.person is None


def test_a_recovery_code_sets_a_new_pin_once(desk: DemoDesk) -> None:
    session, store, pins = desk.parts.session, desk.parts.store, desk.parts.pins
    code = new_code()
    args = {"name": "Second", "role": Role.OWNER, "pin": pins.hash_pin("519274"), "recovery_hash": pins.hash_code(code)}
    store.do(add_person, op=store.new_op(), actor=local_owner(), args=args)
    second = desk.person("Second")
    with refused("wrong_recovery_code"):
        session.recover_now(second, new_code(), "864203")
    fresh = session.recover_now(second, f" {code.lower().replace('-', ' ')} ", "864203")
    assert fresh != code
    assert session.sign_in_now(second, "864203").name == "Second"
    with refused("wrong_pin"):
        session.sign_in_now(second, "519274")
    with refused("wrong_recovery_code"):
        session.recover_now(second, code, "111222")


def test_a_hash_is_salted_and_the_same_only_for_the_same_operation(desk: DemoDesk) -> None:
    kept = desk.parts.pins.hash_pin(ANNA_PIN).hash
    assert desk.parts.pins.matches(ANNA_PIN, kept)
    assert not desk.parts.pins.matches("4726", kept)
    assert not desk.parts.pins.matches(ANNA_PIN, "not a hash")
    assert desk.parts.pins.hash_pin(ANNA_PIN).hash != kept
    assert desk.parts.pins.hash_pin(ANNA_PIN, "op").hash == desk.parts.pins.hash_pin(ANNA_PIN, "op").hash
