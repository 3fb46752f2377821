"""What people do a hundred times a day takes no more keys than promised: counted key by key on the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.demo import club, known_pins
from shared.sales.queries import receipts
from shared.shifts.commands import open_shift
from shared.staff.queries import colleagues
from tests.support.person import Person

CASHIER = "Анна Соколова"


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Person]:
    made = Person(tmp_path / "club", qtbot, qapp, demo=True)
    yield made
    made.leaves()


@pytest.fixture
def cashier(person: Person) -> Person:
    """The cashier, signed in, with an open shift and the sale in front."""
    parts = person.parts
    staff = next(each.staff_id for each in parts.store.read(colleagues) if each.name == CASHIER)
    parts.session.sign_in_now(staff, known_pins()[CASHIER])
    parts.store.do(open_shift, op=parts.store.new_op(), actor=parts.session.actor, args={"float_minor": 300_000})
    person.window.go("sale")
    person.rests()
    return person


def sold(person: Person) -> int:
    """How many receipts there are."""
    return len(person.parts.store.read(receipts))


def plain_barcodes() -> list[str]:
    """Goods that nobody is asked about."""
    return [each.barcode for each in club().goods if each.barcode and each.age_mark is None]


def test_two_drinks_by_scanner_for_exact_cash_take_two_keys(cashier: Person) -> None:
    for code in plain_barcodes()[:2]:
        cashier.scans(code)
    assert cashier.counts(["F9", "⏎"]) == 2
    cashier.until(lambda: sold(cashier) == 1)


def test_a_tile_twice_for_exact_cash_takes_five_keys(cashier: Person) -> None:
    assert cashier.counts(["F2", "3", "3", "F9", "⏎"]) == 5
    cashier.until(lambda: sold(cashier) == 1)
    assert cashier.parts.store.read(receipts)[0].total_minor == 14_000


def test_a_tendered_note_takes_its_three_digits_more(cashier: Person) -> None:
    assert cashier.counts(["3", "F9", *"500", "⏎"]) == 6
    cashier.until(lambda: sold(cashier) == 1)


def test_a_slip_is_undone_by_one_key(cashier: Person) -> None:
    cashier.presses("3")
    assert not cashier.window.navigator.model.state.cart.is_empty
    cashier.window.actions_here.trigger("edit.undo")
    cashier.rests()
    assert cashier.window.navigator.model.state.cart.is_empty


def test_the_x_report_takes_two_keys(cashier: Person) -> None:
    assert cashier.counts(["F12", "1"]) == 2
    cashier.comes_to("report")


def test_another_cashier_takes_over_with_f11_a_digit_and_the_pin(cashier: Person) -> None:
    cashier.presses("F11")
    assert cashier.screen == "sign_in"
    pin = known_pins()["Марат Каримов"]
    number = [each.name for each in cashier.parts.store.read(colleagues)].index("Марат Каримов") + 1
    assert cashier.counts([str(number), *pin, "⏎"]) == 2 + len(pin)
    cashier.comes_to("sale")


def test_a_scan_is_no_typing_whatever_has_the_focus(cashier: Person) -> None:
    cashier.scans(plain_barcodes()[0])
    assert len(cashier.window.navigator.model.state.cart.lines) == 1
