"""100,000 goods out of a file while the till goes on selling, beside the same rows inserted bare."""

import threading
import time
from pathlib import Path
from typing import Any

import pysqlite3

from desktop.store.goods_import import ROWS_PER_PART, ImportProgress, run
from desktop.store.store import Store
from shared.core.clock import ManualClock
from tests.benchmarks.conftest import Show
from tests.support.big_club import GOODS, START_MS, goods_rows
from tests.support.measure import Figure, percentile
from tests.support.till import OWNER, Till

SALE_EVERY_SECONDS = 0.1


def written(path: Path) -> int:
    """The goods as a file; answers how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("barcode\tname\tcategory\tbrand\n")
        for row in goods_rows(GOODS):
            file.write("\t".join(row) + "\n")
            count += 1
    return count


def bare_seconds(path: Path) -> float:
    """The same rows inserted with nothing around, as many to a transaction as the import takes."""
    driver = pysqlite3.connect(path, isolation_level=None)
    driver.execute("PRAGMA journal_mode=WAL")
    driver.execute("PRAGMA synchronous=FULL")
    driver.execute("CREATE TABLE goods (barcode TEXT PRIMARY KEY, name TEXT, category TEXT, brand TEXT)")
    rows = list(goods_rows(GOODS))
    started = time.perf_counter()
    for start in range(0, len(rows), ROWS_PER_PART):
        driver.execute("BEGIN")
        driver.executemany("INSERT OR IGNORE INTO goods VALUES (?, ?, ?, ?)", rows[start : start + ROWS_PER_PART])
        driver.execute("COMMIT")
    seconds = time.perf_counter() - started
    driver.close()
    return seconds


def imported(store: Store, file: Path, till: Till | None) -> tuple[float, list[float], ImportProgress]:
    """Seconds of the whole import, milliseconds of each sale made meanwhile, and what was counted."""
    done = threading.Event()
    answers: list[Any] = []

    def answer(value: Any) -> None:
        answers.append(value)
        done.set()

    started = time.perf_counter()
    run(store, OWNER, file, then=answer, failed=answer)
    sales = []
    while not done.wait(SALE_EVERY_SECONDS if till else None):
        assert till is not None
        begin = time.perf_counter()
        till.sells()
        sales.append((time.perf_counter() - begin) * 1000)
    return time.perf_counter() - started, sales, answers[0]


def test_goods_come_in_while_the_till_sells(tmp_path: Path, show: Show) -> None:
    rows = written(tmp_path / "goods.tsv")
    bare = bare_seconds(tmp_path / "bare.sqlite3")
    alone = Store.open(tmp_path / "alone", ManualClock(START_MS), is_test=True)
    Till(alone)
    seconds, _, figures = imported(alone, tmp_path / "goods.tsv", None)
    alone.close()
    assert figures.rows == rows
    assert figures.new + figures.rejected == rows
    show(Figure("import of 100,000 goods", seconds, "s", 20, bare, "its rows inserted bare"))
    store = Store.open(tmp_path / "desk", ManualClock(START_MS), is_test=True)
    till = Till(store)
    idle = []
    for _ in range(100):
        begin = time.perf_counter()
        till.sells()
        idle.append((time.perf_counter() - begin) * 1000)
    _, sales, figures = imported(store, tmp_path / "goods.tsv", till)
    store.close()
    assert figures.rows == rows
    show(Figure("a sale while goods are imported; p50", percentile(sales, 50), "ms", None, percentile(idle, 50), "no import"))
    show(Figure("a sale while goods are imported; p99", percentile(sales, 99), "ms", 10, percentile(idle, 99), "no import"))
