"""The real program with its window through a long day; speaks when painted, after a tenth of the sales and after the last."""

import sys
from pathlib import Path
from typing import Any

from desktop.app import gui
from desktop.app.bootstrap import DeskParts, open_desk
from shared.reports.shift_report import x_report
from shared.shifts.commands import open_shift
from tests.benchmarks.bench_sale import cart_of, pay
from tests.benchmarks.probe import say
from tests.benchmarks.probe_start import open_window
from tests.support.till import OWNER

REPORT_EVERY = 100


def work(parts: DeskParts, sales: int) -> None:
    """Sell, and look at the report now and then."""
    parts.store.do(open_shift, op=parts.store.new_op(), actor=OWNER, args={})
    cart = cart_of(parts.store.folder.database)
    for number in range(1, sales + 1):
        pay(parts, cart())
        if number % REPORT_EVERY == 0:
            assert parts.store.read(x_report).sale_count == number
        if number in (sales // 10, sales):
            say()


if __name__ == "__main__":
    opened: list[DeskParts] = []

    def keep(*given: Any, **named: Any) -> DeskParts:
        opened.append(open_desk(*given, **named))
        return opened[0]

    gui.open_desk = keep  # type: ignore[attr-defined]
    open_window(Path(sys.argv[1]), lambda: work(opened[0], int(sys.argv[2])))
