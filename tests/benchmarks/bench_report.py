"""The X report of a long shift, in a young club and in one with a long past, beside its rows read bare."""

import time
from pathlib import Path

import pysqlite3
import pytest

from desktop.store.store import Store
from shared.core.clock import ManualClock
from shared.reports.shift_report import x_report
from tests.benchmarks.conftest import Show
from tests.support.big_club import LATER_MS, big_club, copy_to, open_shift_with
from tests.support.measure import Figure, percentile

SALES = 2_000
ROUNDS = 40
# What any report of a shift must at least read: every line of its sales.
BARE = (
    "SELECT category_id, tax_rate_id, sum(quantity_milli), sum(total_minor), sum(tax_minor) FROM sale_lines "
    "WHERE branch_id = (SELECT branch FROM this_desk) AND shift_id = (SELECT max(shift_id) FROM shifts) "
    "GROUP BY category_id, tax_rate_id"
)


def milliseconds(folder: Path) -> tuple[list[float], list[float]]:
    """Report and bare statement in turn."""
    ours, bare = [], []
    store = Store.open(folder, ManualClock(LATER_MS + 1), is_test=True)
    driver = pysqlite3.connect(folder / "club.sqlite3")
    try:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            report = store.read(x_report)
            ours.append((time.perf_counter() - started) * 1000)
            assert report.sale_count == SALES
            assert sum(category.amount_minor for category in report.categories) == sum(one.amount_minor for one in report.tenders)
            started = time.perf_counter()
            driver.execute(BARE).fetchall()
            bare.append((time.perf_counter() - started) * 1000)
    finally:
        driver.close()
        store.close()
    return ours, bare


@pytest.fixture
def young_folder(tmp_path: Path) -> Path:
    """A club without a past."""
    (tmp_path / "cache").mkdir()
    return copy_to(big_club(tmp_path / "cache", goods=1_000, sales=0), tmp_path / "young")


def test_an_x_report_takes_as_long_after_years_as_on_the_first_day(young_folder: Path, big_folder: Path, show: Show) -> None:
    for words, folder in (("0", young_folder), ("100,000", big_folder)):
        open_shift_with(folder, SALES)
        ours, bare = milliseconds(folder)
        what = f"X report of 2,000 sales after {words} older ones; p50"
        show(Figure(what, percentile(ours, 50), "ms", 20, percentile(bare, 50), "its lines read bare"))
