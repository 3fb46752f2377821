"""A club with a long past: 100,000 goods and 100,000 sales in a data folder, made once and kept until its making changes."""

import gzip
import hashlib
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.schema import CreateTable

from desktop.store import engine, opening, search_index
from desktop.store import tables as desk_tables
from desktop.store.folder import Folder, LeaseFile
from desktop.store.questions import BUSINESS
from desktop.store.recorder import Ask, Recorder
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.barcodes import with_check_digit
from shared.catalog.operations import CategoryPut, ProductPut, ProductsPut
from shared.catalog.tables import Product
from shared.core.clock import HOUR_MS, ManualClock
from shared.core.columns import Row
from shared.core.ids import Id, IdMaker
from shared.ledger import log, transaction
from shared.ledger.envelope import Envelope
from shared.ledger.log import Recorded, Written
from shared.ledger.operation import Operation
from shared.ledger.transaction import Desk, Reading, Transaction
from shared.reports.commands import close_shift
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.operations import SaleCompleted
from shared.sales.queries import last_receipt_number
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.rules import Count
from shared.staff.commands import add_person
from shared.staff.rules import HashedPin, Role
from tests.support.till import OWNER

MAKING = 1
"""To be raised when the club is made otherwise."""
GOODS, SALES, SALES_A_SHIFT = 100_000, 100_000, 400
GOODS_FILE = "CLUBKASSA_GOODS"
"""The variable that names a file of real goods (TSV, gzip: barcode, name, category, brand); without it they are made up."""
START_MS = 1_735_707_600_000
"""1 January 2025, 08:00 in Moscow; every day has one shift."""
LATER_MS = START_MS + 400 * 24 * HOUR_MS
CARTS = 40
GOODS_A_PART = 100
PARTS_A_COMMIT = 20

Goods = tuple[str, str, str, str]
"""Barcode, name, category, brand."""


def big_club(cache: Path, goods: int = GOODS, sales: int = SALES) -> Path:
    """The data folder of the club, made when `cache` does not hold it yet. Nobody may work in it: see `copy_to`."""
    folder = cache / f"{_version()}-{goods}-{sales}"
    if not folder.exists():
        for older in cache.iterdir():
            shutil.rmtree(older)
        part = cache / "part"
        shutil.rmtree(part, ignore_errors=True)
        _Builder(part, START_MS).build(goods, sales)
        copy_to(part, folder)
        shutil.rmtree(part)
    return folder


def open_shift_with(folder: Path, sales: int) -> None:
    """Open a shift in a club's folder, the day after its past, and sell so often."""
    _Builder(folder, LATER_MS).open_with(sales)


def copy_to(club: Path, target: Path) -> Path:
    """A copy that goes on as if it had always lain there; a plain copy would begin a new epoch."""
    shutil.copytree(club, target, ignore=shutil.ignore_patterns("lock"))
    lease_file = LeaseFile(Folder.at(target))
    lease = lease_file.read()
    assert lease is not None
    desk = Desk(lease.device, lease.epoch, lease.branch, lease.number)
    lease_file.write(desk, lease.is_test, lease.n, bytes.fromhex(lease.hash), sync=True)
    lease_file.close()
    return target


def goods_rows(most: int) -> Iterator[Goods]:
    """Real goods where the machine has them, otherwise made up."""
    given = os.environ.get(GOODS_FILE)
    if given:
        with gzip.open(given, "rt", encoding="utf-8") as lines:
            next(lines)
            for line in islice(lines, most):
                barcode, name, category, brand = line.rstrip("\n").split("\t")
                yield barcode, name, category, brand
        return
    yield from islice(_made_up(random.Random(7)), most)


def _made_up(chance: random.Random) -> Iterator[Goods]:
    kinds = ("Вода", "Сок", "Шоколад", "Чипсы", "Кола", "Coffee", "Energy drink", "Печенье", "Сэндвич", "Orange juice")
    tastes = ("сыр", "вишня", "мята", "лимон", "classic", "zero", "ваниль", "бекон", "mango", "груша")
    brands = [f"{head}{tail}" for head in ("Albo", "Сибир", "Nord", "Вита", "Grand") for tail in ("ко", "lux", "ель", "a", "ино")]
    for number in count(1):
        kind, taste, brand = chance.choice(kinds), chance.choice(tastes), chance.choice(brands)
        name = f"{brand} {kind} {taste} {chance.randint(1, 40) * 25} г {chance.randint(1, 999)}"
        yield with_check_digit(f"460{number:09d}"), name, f"{kind}/{taste}", brand


def _count(amount_minor: int) -> Count:
    thousands, rest = divmod(amount_minor, 100_000)
    return Count(((100_000, thousands), (100, rest // 100)))


def _version() -> str:
    """Changes when the tables or the making do; what else changes leaves a club that is still a true one."""
    state = hashlib.sha256(bytes([MAKING]))
    state.update(Path(search_index.__file__).read_bytes())
    for metadata in (Row.metadata, desk_tables.metadata):
        for table in metadata.sorted_tables:
            state.update(str(CreateTable(table)).encode())
    state.update(os.environ.get(GOODS_FILE, "").encode())
    return state.hexdigest()[:16]


class _Builder:
    """Records through the ledger as a desk does, but many operations in one transaction."""

    def __init__(self, root: Path, now: int) -> None:
        self._chance = random.Random(now)
        self._clock = ManualClock(now)
        self._ids = IdMaker(self._clock, self._chance.randbytes)
        self._opened = opening.open_folder(Folder.at(root), self._clock, BUSINESS, is_test=True)
        self._recorder = Recorder(self._opened, self._clock, BUSINESS, lambda: None, lambda _concepts: None)
        self._products: list[Id] = []

    def build(self, goods: int, sales: int) -> None:
        """Everything; the last shift is closed."""
        self._do(
            set_up_branch,
            fields=BranchFields(name="Club", time_zone="Europe/Moscow", currency="RUB"),
            tax_rates=(TaxRateGiven("no VAT", 0, is_default=True),),
        )
        pin = HashedPin("$2b$10$" + "a" * 53, 6)
        self._do(add_person, name="Юлия Белова", role=Role.OWNER, pin=pin, recovery_hash="none")
        self._add_goods(goods)
        for start in range(0, sales, SALES_A_SHIFT):
            self._work_a_day(start + 1, min(SALES_A_SHIFT, sales - start))
        self._close()

    def open_with(self, sales: int) -> None:
        """A shift that stays open."""
        writer = self._opened.writer
        with writer.begin():
            priced = select(Product.product_id).where(Product.price_minor.is_not(None)).limit(1_000)
            self._products = list(writer.execute(priced).scalars())
            reading = Reading(writer, self._opened.desk, self._clock.wall_ms())
            first = last_receipt_number(reading) + 1
        self._sell(self._do(open_shift).envelope.op, first, sales)
        self._close()

    def _close(self) -> None:
        engine.checkpoint(self._opened.writer, truncate=True)
        self._recorder.close()

    def _add_goods(self, most: int) -> None:
        rows = goods_rows(most)
        shelves: dict[str, Id] = {}
        while parts := [part for _ in range(PARTS_A_COMMIT) if (part := list(islice(rows, GOODS_A_PART)))]:
            self._commit(self._goods_part(part, shelves) for part in parts)

    def _goods_part(self, rows: list[Goods], shelves: dict[str, Id]) -> ProductsPut:
        made = [CategoryPut(category_id=self._ids.new_id(), path=path, archived=False)
                for path in dict.fromkeys(row[2] for row in rows) if path and path not in shelves]  # fmt: skip
        shelves |= {category.path or "": category.category_id for category in made}
        puts = [self._put(row, shelves) for row in rows]
        self._products += [put.product_id for put in puts]
        return ProductsPut(products=tuple(puts), categories=tuple(made), source="import")

    def _put(self, row: Goods, shelves: dict[str, Id]) -> ProductPut:
        barcode, name, category, brand = row
        return ProductPut(
            product_id=self._ids.new_id(),
            name=name,
            brand=brand or None,
            category_id=shelves.get(category),
            price_minor=self._chance.randint(20, 900) * 100,
            archived=False,
            barcodes=(barcode,),
        )

    def _work_a_day(self, first: int, sales: int) -> None:
        day = (self._clock.wall_ms() - START_MS) // (24 * HOUR_MS)
        shift = self._do(open_shift).envelope.op
        self._sell(shift, first, sales)
        counted = self._do(count_drawer, count=Count(((100, 0),)))
        expected: int = counted.body.expected_minor  # type: ignore[attr-defined]
        counted = self._do(count_drawer, count=_count(expected))
        self._do(close_shift, count=counted.envelope.op, taken_out_minor=expected)
        self._clock.advance(START_MS + (day + 1) * 24 * HOUR_MS - self._clock.wall_ms())

    def _sell(self, shift: Id, first: int, sales: int) -> None:
        carts = [self._decide(complete_sale, shift, **self._cart()) for _ in range(CARTS)]
        self._commit(self._sales(carts, first, sales), shift)

    def _sales(self, carts: Sequence[Operation], first: int, most: int) -> Iterator[Operation]:
        for number in range(first, first + most):
            self._clock.advance(HOUR_MS // 60)
            yield msgspec.structs.replace(self._chance.choice(carts), number=number)

    def _cart(self) -> dict[str, Any]:
        lines = tuple(
            LineAsked(product_id=product) for product in self._chance.sample(self._products, self._chance.randint(1, 3))
        )
        return {"lines": lines, "tenders": (TenderAsked(TenderKind.CASH, 1_000_000),)}

    def _do(self, command: Callable[..., Operation], **args: Any) -> Recorded:
        return self._recorder.record(Ask(transaction.command_of(command), self._ids.new_id(), OWNER, args))

    def _decide(self, command: Callable[..., SaleCompleted], shift: Id, **args: Any) -> SaleCompleted:
        with self._opened.writer.begin():
            tx = Transaction(
                connection=self._opened.writer,
                desk=self._opened.desk,
                now=self._clock.wall_ms(),
                op=self._ids.new_id(),
                actor=OWNER,
                shift=shift,
                ids=self._ids,
            )
            return command(tx, **args)

    def _commit(self, bodies: Iterable[Operation], shift: Id | None = None) -> None:
        """Record many operations in one transaction, each into the journal too."""
        writer, desk = self._opened.writer, self._opened.desk
        written: list[Written] = []
        with writer.begin():
            for body in bodies:
                envelope = Envelope(
                    op=self._ids.new_id(),
                    kind=body.kind,
                    version=body.version,
                    branch=desk.branch,
                    shift=shift,
                    actor=OWNER.staff,
                    seen=log.seen(writer, desk.branch),
                    wall=self._clock.wall_ms(),
                    mono=self._clock.mono_ms(),
                    boot=self._clock.boot,
                )
                recorded = log.record(writer, desk.chain, envelope, body)
                assert recorded.written is not None
                written.append(recorded.written)
        for one in written:
            self._opened.journal.append(one)
        self._opened.note_newest(written[-1])
