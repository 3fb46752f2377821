"""The demo club is a real one: made by commands, whole after an interrupted start, the same after a second one."""

from pathlib import Path

import pytest

from desktop.app import demo
from desktop.app.bootstrap import open_desk
from desktop.config.secrets import MemorySecrets
from desktop.store.pins import Pins
from desktop.store.session import local_owner
from desktop.store.store import Store
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.queries import branch_settings
from shared.catalog.barcodes import parse
from shared.catalog.queries import categories
from shared.core.clock import ManualClock
from shared.sales.queries import by_quick_code, scan, tiles
from shared.staff.queries import colleagues
from shared.staff.rules import check_pin
from tests.desktop.app.conftest import DemoDesk

TILES = {
    1: ("Lay's сыр 70 г", 14_000),
    2: ("Snickers 80 г", 9_500),
    3: ("Вода 0,5 л", 7_000),
    4: ("Red Bull 0,25 л", 18_000),
    5: ("Adrenaline Rush 0,45 л", 17_000),
    6: ("Добрый Кола 0,5 л", 11_000),
    7: ("Сэндвич с курицей", 22_000),
    8: ("Хот-дог", 19_000),
    9: ("Кофе американо 0,3 л", 12_000),
}


def test_the_tiles_lie_as_on_the_picture(desk: DemoDesk) -> None:
    shown = desk.parts.store.read(tiles)
    assert {offer.tile: (offer.name, offer.price_minor) for offer in shown} == TILES


def test_every_barcode_is_a_real_one_and_finds_its_goods(desk: DemoDesk) -> None:
    for goods in demo.club().goods:
        if goods.barcode:
            assert parse(goods.barcode).code
            found = desk.parts.store.read(scan, text=goods.barcode).offers
        else:
            found = desk.parts.store.read(by_quick_code, code=goods.code or "")
        assert [(offer.name, offer.price_minor) for offer in found] == [(goods.name, goods.price_minor)]
        assert found[0].stock_milli == (None if goods.stock is None else goods.stock * 1000)
        assert found[0].age_mark == (goods.age_mark or 0)


def test_energy_drinks_are_sold_from_eighteen_on(desk: DemoDesk) -> None:
    assert {goods.name for goods in demo.club().goods if goods.age_mark == 18} >= {"Red Bull 0,25 л", "Adrenaline Rush 0,45 л"}


def test_everybody_signs_in_with_the_pin_that_is_shown(desk: DemoDesk) -> None:
    pins = demo.known_pins()
    assert {person.name for person in desk.parts.store.read(colleagues)} == pins.keys()
    for name, pin in pins.items():
        check_pin(pin)
        assert desk.parts.session.check(desk.person(name), pin).name == name


def test_a_second_start_changes_nothing(desk: DemoDesk) -> None:
    before = desk.parts.store.read(tiles), desk.parts.store.read(colleagues), desk.parts.store.read(categories)
    demo.fill(desk.parts.store, desk.parts.pins)
    assert (desk.parts.store.read(tiles), desk.parts.store.read(colleagues), desk.parts.store.read(categories)) == before


@pytest.mark.parametrize("done", [1, 2, 4, 9, 10])
def test_a_start_that_was_cut_off_is_finished_by_the_next(tmp_path: Path, done: int) -> None:
    """After any number of its steps."""
    store = Store.open(tmp_path / "desk", ManualClock(1_795_244_064_000), is_test=True)
    pins = Pins(MemorySecrets())
    steps = 0

    class CutOff(Exception):
        pass

    real = store.do

    def do(*args: object, **more: object) -> object:
        nonlocal steps
        if steps == done:
            raise CutOff
        steps += 1
        return real(*args, **more)  # type: ignore[arg-type]

    store.do = do  # type: ignore[method-assign, assignment]
    with pytest.raises(CutOff):
        demo.fill(store, pins)
    store.do = real  # type: ignore[method-assign]
    demo.fill(store, pins)
    assert len(store.read(tiles)) == 9
    assert len(store.read(colleagues)) == 4
    assert store.read(scan, text="4607050695420").offers[0].stock_milli == 31_000
    store.close()


def test_a_club_of_somebody_else_is_not_touched_by_its_name(tmp_path: Path) -> None:
    clock = ManualClock(1_795_244_064_000)
    own = open_desk(tmp_path / "desk", clock=clock, is_test=True)
    rate = demo.club().tax_rates
    fields = BranchFields(name="My club", time_zone="Europe/Moscow", currency="RUB")
    own.store.do(set_up_branch, op=own.store.new_op(), actor=local_owner(), args={"fields": fields, "tax_rates": rate})
    own.close()
    again = open_desk(tmp_path / "desk", clock=clock, is_test=True, demo=True)
    assert again.store.read(branch_settings).name == "My club"
    again.close()
