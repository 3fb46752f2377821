"""The demo club: made on its first start through the same commands that a real club is made with."""

import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec

from desktop.store.pins import Pins, new_code
from desktop.store.session import local_owner
from desktop.store.store import Store
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.queries import is_set_up
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import import_goods, put_category
from shared.catalog.queries import categories
from shared.catalog.rules import GoodsGiven, ProductFields
from shared.core.ids import Id
from shared.core.money import MILLI, RUB, pieces
from shared.ledger.operation import Operation
from shared.ledger.transaction import Actor
from shared.reports.commands import close_shift
from shared.sales.queries import by_quick_code, scan, tiles
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.queries import closed_shifts, current_shift
from shared.shifts.rules import Count
from shared.staff.commands import add_person
from shared.staff.queries import colleagues
from shared.staff.rules import Role
from shared.stock.commands import CountedGoods, record_stock

CLUB: Final = Path(__file__).resolve().parents[2] / "resources" / "demo" / "club.toml"


class Category(msgspec.Struct, frozen=True):
    """A shelf of the demo club."""

    name: str
    icon: str
    place: int


class Person(msgspec.Struct, frozen=True):
    """Somebody who works in the demo club; everybody may know the PIN."""

    name: str
    role: Role
    pin: str


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """Something the demo club sells; `stock` in whole units, None where it is not counted."""

    name: str
    category: str
    price_minor: int
    brand: str | None = None
    barcode: str = ""
    code: str | None = None
    tile: int | None = None
    age_mark: int | None = None
    tracked: bool | None = None
    subject: str | None = None
    stock: int | None = None
    cost_minor: int | None = None


class Club(msgspec.Struct, frozen=True):
    """The file."""

    branch: dict[str, Any]
    desk: dict[str, str]
    tax_rates: tuple[TaxRateGiven, ...]
    staff: tuple[Person, ...]
    categories: tuple[Category, ...]
    goods: tuple[Goods, ...]


def club() -> Club:
    """The demo club as it is written down."""
    return msgspec.convert(tomllib.loads(CLUB.read_text("utf-8")), Club)


def known_pins() -> dict[str, str]:
    """Name → PIN, for the sign-in screen of the demo to show."""
    return {person.name: person.pin for person in club().staff}


def fill(store: Store, pins: Pins) -> None:
    """Make the demo club, or finish one that was left in the middle. Raises Refusal, NotSaved."""
    wanted = club()

    def ask(command: Callable[..., Operation], **args: Any) -> None:
        store.do(command, op=store.new_op(), actor=local_owner(), args=args)

    if not store.read(is_set_up):
        fields = msgspec.convert(wanted.branch, BranchFields)
        ask(set_up_branch, fields=fields, tax_rates=wanted.tax_rates, desk_name=wanted.desk["name"])
    _hire(store, pins, wanted, ask)
    shelves = {shelf.path for shelf in store.read(categories)}
    for shelf in wanted.categories:
        if shelf.name not in shelves:
            ask(put_category, path=shelf.name, icon=shelf.icon, place=shelf.place)
    if not store.read(tiles):
        ask(import_goods, goods=tuple(_given(goods) for goods in wanted.goods))
    if not any(offer.stock_milli for offer in store.read(tiles)):
        ask(record_stock, goods=tuple(_counted(store, goods) for goods in wanted.goods if goods.stock is not None))
    _leave_float(store, wanted)


def _leave_float(store: Store, wanted: Club) -> None:
    """A shift was here before, so that the first cashier finds change in the drawer and opens with one key."""
    if store.read(closed_shifts) or store.read(current_shift) is not None:
        return
    cashier = store.read(colleagues)[-1].staff_id
    actor = Actor(cashier, store.rights_of(cashier))

    def ask(command: Callable[..., Operation], **args: Any) -> Id:
        op = store.new_op()
        store.do(command, op=op, actor=actor, args=args)
        return op

    change_minor = wanted.branch["float_minor"]
    ask(open_shift, float_minor=change_minor)
    counted = ask(count_drawer, count=Count(pieces(change_minor, RUB.notes)[0]))
    ask(close_shift, count=counted)


def _hire(store: Store, pins: Pins, wanted: Club, ask: Callable[..., None]) -> None:
    here = {person.name for person in store.read(colleagues)}
    missing = [person for person in wanted.staff if person.name not in here]
    if not missing:
        return
    with ThreadPoolExecutor() as pool:  # hashing is slow on purpose, and leaves the interpreter meanwhile
        hashed = list(pool.map(lambda person: pins.hash_pin(person.pin), missing))
        recovery = pool.submit(pins.hash_code, new_code()).result()
    for person, pin in zip(missing, hashed, strict=True):
        owner = {"recovery_hash": recovery} if person.role is Role.OWNER else {}
        ask(add_person, name=person.name, role=person.role, pin=pin, **owner)


def _given(goods: Goods) -> GoodsGiven:
    names = ProductFields.__struct_fields__
    fields = {name: value for name, value in msgspec.structs.asdict(goods).items() if name in names and value is not None}
    return GoodsGiven(fields=ProductFields(**fields), barcodes=(goods.barcode,) if goods.barcode else ())


def _counted(store: Store, goods: Goods) -> CountedGoods:
    return CountedGoods(_product(store, goods), (goods.stock or 0) * MILLI, goods.cost_minor)


def _product(store: Store, goods: Goods) -> Id:
    if goods.barcode:
        return store.read(scan, text=goods.barcode).offers[0].product_id
    return store.read(by_quick_code, code=goods.code or "")[0].product_id
