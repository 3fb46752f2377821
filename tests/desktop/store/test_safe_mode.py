"""When everything cannot come back at once, selling comes back first."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.store import recovery
from desktop.store.errors import NotSaved
from desktop.store.store import Store
from shared.core.clock import ManualClock
from shared.ledger.rebuild import wrong_sums
from shared.ledger.transaction import Reading
from shared.sales.tables import Sale
from shared.shifts.commands import count_drawer
from shared.shifts.rules import Count
from tests.support.desk import NOON
from tests.support.till import Till

SALES_BEFORE = 12


def sales(read: Reading) -> int:
    return int(read.scalar(select(func.count()).select_from(Sale)))


class Patience:
    """Bringing history back waits until the test allows it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._allowed = threading.Event()
        real = recovery.make_whole
        monkeypatch.setattr(recovery, "AT_ONCE_MAX", 5)
        monkeypatch.setattr(recovery, "make_whole", lambda *args: self._allowed.wait() and real(*args))

    def end(self, store: Store) -> None:
        done = threading.Event()
        store.watch("health", done.set)
        self._allowed.set()
        assert done.wait(60)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    return Patience(monkeypatch)


@pytest.fixture
def damaged(tmp_path: Path, patience: Patience) -> Path:
    """A club in the middle of its second shift; no backup, and the database is gone."""
    root = tmp_path / "desk"
    store = Store.open(root, ManualClock(NOON))
    till = Till(store)
    for _ in range(SALES_BEFORE):
        till.sells()
    store.close()
    (root / "club.sqlite3").write_bytes(b"damaged" * 1000)
    return root


def taken_up(store: Store) -> Till:
    """The same till after the program started again."""
    till = Till.__new__(Till)
    till.store, till._turn = store, 0
    till.goods = [
        row.product_id for row in store.read(lambda read: read.rows(select(Sale.metadata.tables["products"].c.product_id)))
    ]
    return till


@pytest.mark.logs_warnings
def test_selling_goes_on_while_history_comes_back(damaged: Path, patience: Patience) -> None:
    store = Store.open(damaged, ManualClock(NOON))
    assert store.health.state == "safe_mode"
    till = taken_up(store)
    for _ in range(3):
        till.sells()
    patience.end(store)
    store.settle()
    assert (store.health.state, store.health.text) == ("ok", "")
    till.sells()
    assert store.read(sales) == SALES_BEFORE + 4
    assert store.read(lambda read: wrong_sums(read.connection)) == []
    assert store.desk.epoch == 2
    store.close()
    again = Store.open(damaged, ManualClock(NOON))
    assert (again.read(sales), again.health.state, again.desk.epoch) == (SALES_BEFORE + 4, "ok", 2)
    again.close()


@pytest.mark.logs_warnings
def test_what_needs_history_waits_for_it(damaged: Path, patience: Patience) -> None:
    store = Store.open(damaged, ManualClock(NOON))
    till = taken_up(store)
    with pytest.raises(NotSaved) as no:
        till.does(count_drawer, count=Count(((100, 5),)))
    assert no.value.code == "safe_mode"
    patience.end(store)
    store.settle()
    till.does(count_drawer, count=Count(((100, 5),)))
    store.close()


@pytest.mark.logs_warnings
def test_a_restart_in_safe_mode_goes_on_bringing_history_back(
    damaged: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as first_run:
        first_run.setattr(recovery, "make_whole", lambda *_: threading.Event().wait())
        store = Store.open(damaged, ManualClock(NOON))
        taken_up(store).sells()
        first_run.setattr(store._keeper, "close", lambda: None)  # as if it had been killed
        store.close()
    store = Store.open(damaged, ManualClock(NOON))
    assert store.health.state == "safe_mode"
    taken_up(store).sells()
    patience.end(store)
    store.settle()
    assert store.read(sales) == SALES_BEFORE + 2
    store.close()


@pytest.mark.logs_warnings
def test_in_safe_mode_a_sale_without_its_journal_is_not_promised(
    damaged: Path, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(damaged, ManualClock(NOON))
    till = taken_up(store)

    def refuses() -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(store._opened.journal, "sync", refuses)
        with pytest.raises(NotSaved):
            till.sells()
    patience.end(store)
    store.close()
