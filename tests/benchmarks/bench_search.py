"""Finding one of 100,000 goods at every key, beside the same index asked bare."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from desktop.store.search import search_goods
from desktop.store.store import Store
from shared.catalog.search_text import fold
from shared.core.clock import ManualClock
from shared.sales.queries import scan
from tests.benchmarks.conftest import Show
from tests.support.big_club import LATER_MS, goods_rows
from tests.support.measure import Figure, percentile

WORDS, SCANS, SAMPLE = 150, 500, 20_000
BARE_WORD = "SELECT rowid FROM goods_words(?) LIMIT 30"
BARE_CODE = "SELECT product_id FROM barcodes WHERE barcode = ?"


@pytest.fixture
def store(big_folder: Path) -> Iterator[Store]:
    """A desk with 100,000 goods."""
    opened = Store.open(big_folder, ManualClock(LATER_MS + 1), is_test=True)
    yield opened
    opened.close()


@pytest.fixture
def bare(big_folder: Path, store: Store) -> Iterator["pysqlite3.Connection"]:
    """The same file without us."""
    driver = pysqlite3.connect(big_folder / "club.sqlite3")
    yield driver
    driver.close()


def keystrokes(chance: random.Random) -> Iterator[str]:
    """Words of real names as people type them, letter by letter; every third with a second word."""
    names = [name for _, name, _, _ in goods_rows(SAMPLE)]
    for number in range(WORDS):
        words = [word for word in chance.choice(names).split() if word[:1].isalpha()] or ["кола"]
        typed = words[0][:8] if number % 3 or len(words) == 1 else f"{words[0][:5]} {words[1][:3]}"
        yield from (typed[:length] for length in range(1, len(typed) + 1))


def test_goods_are_found_at_every_key(store: Store, bare: "pysqlite3.Connection", show: Show) -> None:
    ours, index = [], []
    for text in keystrokes(random.Random(11)):
        started = time.perf_counter()
        found = store.read(search_goods, text=text)
        ours.append((time.perf_counter() - started) * 1000)
        assert len(found) <= 30
        asked = " ".join(f'"{word}"*' for word in fold(text).split())
        if not asked:
            continue
        started = time.perf_counter()
        bare.execute(BARE_WORD, (asked,)).fetchall()
        index.append((time.perf_counter() - started) * 1000)
    name = "the index asked bare"
    show(Figure("search in 100,000 goods at a key; p50", percentile(ours, 50), "ms", 1, percentile(index, 50), name))
    show(Figure("search in 100,000 goods at a key; p99", percentile(ours, 99), "ms", 5, percentile(index, 99), name))


def test_a_barcode_is_found(store: Store, bare: "pysqlite3.Connection", show: Show) -> None:
    ours, index = [], []
    # Labels of scales begin with 2 and are looked up by a part.
    some = "SELECT barcode FROM barcodes WHERE length(barcode) = 13 AND barcode NOT LIKE '2%' LIMIT ?"
    codes = [row[0] for row in bare.execute(some, (SAMPLE,))]
    for code in random.Random(12).sample(codes, SCANS):
        started = time.perf_counter()
        offers = store.read(scan, text=code).offers
        ours.append((time.perf_counter() - started) * 1000)
        assert offers
        started = time.perf_counter()
        bare.execute(BARE_CODE, (code,)).fetchall()
        index.append((time.perf_counter() - started) * 1000)
    what = "a scanned barcode among 100,000 goods; p50"
    show(Figure(what, percentile(ours, 50), "ms", 0.1, percentile(index, 50), "its row read bare"))
