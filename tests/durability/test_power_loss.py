"""Power is lost at two thousand moments of a recorded day; whatever was promised is there each time.

The day is real: a process with the real store, its system calls recorded. What a disk may have kept of it is rebuilt and opened.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.store import opening
from desktop.store.folder import Folder, LeaseFile
from desktop.store.questions import BUSINESS
from shared.core.clock import ManualClock
from shared.ledger import log
from shared.ledger.rebuild import wrong_sums
from shared.ledger.tables import operations
from shared.ledger.transaction import Reading
from shared.sales.tables import Sale
from tests.support import power
from tests.support.desk import NOON

POINTS = 2_200
SEED = 20_260_115
FATES: tuple[power.Fate, ...] = ("lost", "some", "kept", "torn")


class SamePlace(LeaseFile):
    """The disk is the same one after the power is back, though the test rebuilds it elsewhere."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        lease = self.read()
        self.place = lease.place if lease else self.place


@dataclass(frozen=True)
class Day:
    """What a process did, and the folder it did it in."""

    folder: Path
    steps: Sequence[power.Step]

    @property
    def promised(self) -> Iterator[tuple[int, str]]:
        """(moment, operation) of every promise."""
        return ((moment, step.said.split()[1]) for moment, step in enumerate(self.steps) if step.kind == "say")


def recorded(*options: str) -> Iterator[Day]:
    with tempfile.TemporaryDirectory(prefix="clubkassa-power-") as name:
        folder = Path(name) / "desk"
        folder.mkdir()
        command = [sys.executable, "-m", "tests.support.power_day", str(folder), *options]
        yield Day(folder, power.record(command, folder, Path(name)))


@pytest.fixture(scope="module")
def day() -> Iterator[Day]:
    yield from recorded()


@pytest.fixture(scope="module")
def careless_day() -> Iterator[Day]:
    yield from recorded("--careless")


@pytest.fixture
def memory_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder where syncing costs nothing: these disks are only looked at."""
    monkeypatch.setattr(opening, "LeaseFile", SamePlace)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="clubkassa-disk-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def outages(day: Day, count: int) -> Iterator[tuple[int, power.Fate, dict[str, bytes]]]:
    """Moments spread over the day, each with one fate of what was in doubt."""
    chance = random.Random(SEED)
    disk = power.Disk()
    every = max(1, len(day.steps) // count)
    number = 0
    for moment, step in enumerate(day.steps):
        disk.do(step)
        for _ in range(-(-count // len(day.steps)) if moment % every == 0 else 0):
            fate = FATES[number % len(FATES)]
            number += 1
            yield moment, fate, disk.left(fate, chance)


def put_back(files: dict[str, bytes], day: Day, root: Path) -> None:
    """The disk as it is when the power is back; memory shared between processes is gone."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for name, content in files.items():
        path = root / Path(name).relative_to(day.folder)
        if not name.endswith("-shm"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)


def faults(root: Path, promised: set[str]) -> list[str]:
    """What is wrong with a folder after the power is back."""
    opened = opening.open_folder(Folder.at(root), ManualClock(NOON), BUSINESS)
    try:
        with opened.writer.begin():
            read = Reading(opened.writer, opened.desk, NOON)
            found = set(opened.writer.execute(select(operations.c.op)).scalars())
            numbers = [row.number for row in read.rows(select(Sale.number).order_by(Sale.number))]
            wrong = {
                "lost what was promised": promised - found,
                "links do not hold": log.broken_links(opened.writer, opened.desk.chain),
                "books do not balance": any(BUSINESS.trial_balance(read).values()),
                "sums are wrong": wrong_sums(opened.writer),
                "receipt numbers have gaps": numbers != list(range(1, len(numbers) + 1)),
                "a new epoch began": opened.desk.epoch != 1,
                "the database was set aside": list(root.glob("*.bad-*")),
                "something to tell": opened.health.text,
            }
    finally:
        opened.close()
    return [fault for fault, is_so in wrong.items() if is_so]


@pytest.mark.logs_warnings  # some of these disks make the desk say that it mended itself
def test_nothing_promised_is_lost_with_the_power(day: Day, memory_disk: Path) -> None:
    promises = list(day.promised)
    assert len(promises) > 80
    looked_at: Counter[power.Fate] = Counter()
    wrong = []
    for moment, fate, files in outages(day, POINTS):
        put_back(files, day, memory_disk / "desk")
        promised = {op for at, op in promises if at <= moment}
        if found := faults(memory_disk / "desk", promised):
            wrong.append((moment, day.steps[moment].kind, day.steps[moment].path, fate, found))
        looked_at[fate] += 1
    assert wrong == []
    assert looked_at.total() >= 2_000
    assert min(looked_at.values()) > 400


@pytest.mark.logs_warnings
def test_a_store_that_promises_before_the_disk_does_is_caught(careless_day: Day, memory_disk: Path) -> None:
    promises = list(careless_day.promised)
    caught = 0
    for moment, fate, files in outages(careless_day, 200):
        put_back(files, careless_day, memory_disk / "desk")
        promised = {op for at, op in promises if at <= moment}
        caught += fate == "lost" and "lost what was promised" in faults(memory_disk / "desk", promised)
    assert caught > 10


def test_every_sale_costs_exactly_one_sync(day: Day) -> None:
    """Between two promises the disk is asked once; only after a rest, which pays for itself, more."""
    syncs = 0
    costs: Counter[int] = Counter()
    for step in day.steps:
        if step.kind in ("sync", "sync_folder"):
            syncs += 1
        elif step.kind == "say":
            if step.said.endswith("sale_completed"):
                costs[syncs] += 1
            syncs = 0
    assert costs[1] >= costs.total() - 2
