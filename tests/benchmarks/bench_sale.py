"""From the press of «pay» to the answer on the screen's thread, beside a bare commit of the same rows."""

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.gui import Delivery
from shared.ledger.log import Recorded
from shared.sales.commands import complete_sale
from tests.benchmarks.bare_twin import BareTwin
from tests.benchmarks.conftest import Show
from tests.support.measure import Figure, percentile
from tests.support.till import OWNER, Till

SALES = 600
WARM_UP = 50


def pay(parts: DeskParts, cart: dict[str, Any]) -> tuple[float, Recorded]:
    """One sale as the pay dialog asks for it: seconds until the answer is heard under Qt, and the answer."""
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
    return heard - started, recorded


def side_by_side(parts: DeskParts, till: Till, twin: BareTwin, sales: int) -> tuple[list[float], list[float]]:
    """Milliseconds of sales and of bare commits of their rows, in turn."""
    ours, bare = [], []
    for _ in range(sales):
        seconds, recorded = pay(parts, till.cart())
        made = recorded.envelope
        assert made.shift is not None
        ours.append(seconds * 1000)
        bare.append(twin.take(made.op, made.branch, made.shift) * 1000)
    return ours[WARM_UP:], bare[WARM_UP:]


@pytest.mark.usefixtures("qapp")
def test_a_sale_is_durable_and_told(tmp_path: Path, show: Show) -> None:
    parts = open_desk(tmp_path / "desk", deliver=Delivery(), is_test=True, keyring_allowed=False)
    try:
        till = Till(parts.store)
        with BareTwin(parts.store.folder.database, tmp_path / "twin.sqlite3") as twin:
            ours, bare = side_by_side(parts, till, twin, SALES + WARM_UP)
    finally:
        QApplication.processEvents()
        parts.close()
    half = percentile(bare, 50)
    name = "bare commit of the same rows"
    show(Figure("sale of 3 lines: pay, durable, told; p50", percentile(ours, 50), "ms", None, half, name, 10, 5))
    show(Figure("sale of 3 lines; p99", percentile(ours, 99), "ms", 10, percentile(bare, 99), name))
