"""From the press of «pay» to the answer on the screen's thread, beside a bare commit of the same rows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.gui import Delivery
from desktop.store import goods_import
from shared.core.clock import ManualClock
from shared.ledger.log import Recorded
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.commands import open_shift
from tests.benchmarks.bare_twin import BareTwin
from tests.benchmarks.conftest import Show
from tests.support.big_club import GOODS, LATER_MS, goods_rows
from tests.support.measure import Figure, percentile
from tests.support.till import OWNER, Till

SALES = 500
SALES_IN_IMPORT = 200
WARM_UP = 50
PAUSE_MS = 40
"""Between sales while goods are imported; without it the import would wait for the end of the sales."""
BARE = "bare commit of the same rows"
Cart = Callable[[], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def desk_on(folder: Path, clock: ManualClock | None = None) -> Iterator[DeskParts]:
    """An open desk whose answers come through Qt."""
    parts = open_desk(folder, deliver=Delivery(), clock=clock, is_test=True, keyring_allowed=False)
    try:
        yield parts
    finally:
        parts.close()
        QApplication.processEvents()


def pay(parts: DeskParts, cart: dict[str, Any]) -> tuple[float, Recorded]:
    """One sale as the pay dialog asks for it: milliseconds until the answer is heard under Qt, and the answer."""
    loop = QEventLoop()
    answers: list[tuple[float, Any]] = []

    def hear(answer: Any) -> None:
        answers.append((time.perf_counter(), answer))
        loop.quit()

    op = parts.store.new_op()
    started = time.perf_counter()
    parts.store.write(complete_sale, op=op, actor=OWNER, args=cart, then=hear, failed=hear)
    loop.exec()
    heard, recorded = answers[0]
    assert isinstance(recorded, Recorded), recorded
    return (heard - started) * 1000, recorded


def rest(milliseconds: int) -> None:
    """Let Qt work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def side_by_side(parts: DeskParts, cart: Cart, twin: BareTwin, sales: int, pause_ms: int = 0) -> tuple[list[float], list[float]]:
    """Milliseconds of sales and of bare commits of their rows, in turn."""
    ours, bare = [], []
    for _ in range(sales + WARM_UP):
        took, recorded = pay(parts, cart())
        made = recorded.envelope
        assert made.shift is not None
        ours.append(took)
        bare.append(twin.take(made.op, made.branch, made.shift) * 1000)
        if pause_ms:
            rest(pause_ms)
    return ours[WARM_UP:], bare[WARM_UP:]


def show_both(show: Show, what: str, ours: list[float], bare: list[float]) -> None:
    """The middle and the slow end."""
    show(Figure(f"{what}: pay, durable, told; p50", percentile(ours, 50), "ms", None, percentile(bare, 50), BARE, 10, 5))
    show(Figure(f"{what}; p99", percentile(ours, 99), "ms", 10, percentile(bare, 99), BARE))


def test_a_sale_is_durable_and_told(tmp_path: Path, show: Show) -> None:
    with desk_on(tmp_path / "desk") as parts:
        till = Till(parts.store)
        with BareTwin(parts.store.folder.database, tmp_path / "twin.sqlite3") as twin:
            ours, bare = side_by_side(parts, till.cart, twin, SALES)
    show_both(show, "sale of 3 lines", ours, bare)


def test_a_sale_costs_no_more_after_years(big_folder: Path, tmp_path: Path, show: Show) -> None:
    with desk_on(big_folder, ManualClock(LATER_MS)) as parts:
        parts.store.do(open_shift, op=parts.store.new_op(), actor=OWNER, args={})
        with BareTwin(parts.store.folder.database, tmp_path / "twin.sqlite3") as twin:
            ours, bare = side_by_side(parts, cart_of(parts.store.folder.database), twin, SALES)
    show_both(show, "sale after 100,000 sales", ours, bare)


def test_a_sale_is_quick_while_goods_are_imported(tmp_path: Path, show: Show) -> None:
    file = tmp_path / "goods.tsv"
    rows = ("\t".join((*row, "100")) for row in goods_rows(GOODS))
    file.write_text("\n".join(("barcode\tname\tcategory\tbrand\tprice", *rows)), "utf-8")
    ended: list[Any] = []
    with desk_on(tmp_path / "desk") as parts:
        till = Till(parts.store)
        run = goods_import.run(parts.store, OWNER, file, then=ended.append, failed=ended.append)
        with BareTwin(parts.store.folder.database, tmp_path / "twin.sqlite3") as twin:
            ours, bare = side_by_side(parts, till.cart, twin, SALES_IN_IMPORT, PAUSE_MS)
        assert not ended, f"the import ended before the sales: {ended}"
        run.cancel()
        while not ended:
            rest(PAUSE_MS)
    show_both(show, "sale while 100,000 goods are imported", ours, bare)


def cart_of(database: Path) -> Cart:
    """Three goods that have a price, others each time."""
    driver = pysqlite3.connect(database)
    chosen = driver.execute("SELECT hex(product_id) FROM products WHERE price_minor > 0 LIMIT 20000").fetchall()
    driver.close()
    products = iter([f"{row[0][:8]}-{row[0][8:12]}-{row[0][12:16]}-{row[0][16:20]}-{row[0][20:]}".lower() for row in chosen])

    def cart() -> dict[str, Any]:
        lines = tuple(LineAsked(product_id=next(products)) for _ in range(3))
        return {"lines": lines, "tenders": (TenderAsked(TenderKind.CASH, 1_000_000),)}

    return cart
