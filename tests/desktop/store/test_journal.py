"""The second journal outlives damage."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.store import journal as journal_module
from desktop.store.journal import Journal, encode, read_file
from shared.core.clock import HOUR_MS, ManualClock
from shared.ledger.canonical import digest
from shared.ledger.envelope import CHAIN_START, Link
from shared.ledger.log import Written
from tests.support.desk import NOON, DeskForTests

DEVICE = "00000000-0000-7000-8000-0000000000d1"


def wait_until(holds: Callable[[], bool]) -> None:
    """Give another thread time, at most half a minute."""
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def written(n: int, payload: bytes = b"{}") -> Written:
    return Written(Link(device=DEVICE, epoch=1, n=n, prev=CHAIN_START, body_hash=digest(payload)), payload, None)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path, ManualClock(NOON))


def test_what_was_appended_is_read_back(journal: Journal) -> None:
    records = [written(n, b'{"n":%d}' % n) for n in range(1, 4)]
    for record in records:
        journal.append(record)
    assert list(journal.records()) == records


@pytest.mark.parametrize("cut", range(1, len(encode(written(2)))))
def test_a_torn_tail_costs_only_the_torn_record(journal: Journal, cut: int) -> None:
    journal.append(written(1))
    journal.append(written(2))
    journal.close()
    path = journal.files()[0]
    os.truncate(path, path.stat().st_size - cut)
    assert list(read_file(path)) == [written(1)]
    journal.append(written(3))
    assert list(read_file(path)) == [written(1), written(3)]


def test_damage_in_the_middle_costs_only_what_it_hit(journal: Journal) -> None:
    for n in range(1, 4):
        journal.append(written(n))
    path = journal.files()[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert [record.link.n for record in read_file(path)] == [1, 3]


def test_each_day_has_its_file_and_a_wild_clock_stops_nothing(tmp_path: Path) -> None:
    clock = ManualClock(NOON)
    journal = Journal(tmp_path, clock)
    for n, wall in enumerate((NOON, NOON + 24 * HOUR_MS, 10**17, -(10**17)), start=1):
        clock.set_wall(wall)
        journal.append(written(n))
    assert sorted(record.link.n for record in journal.records()) == [1, 2, 3, 4]
    assert len(journal.files()) == 3


def test_a_journal_behind_the_log_is_filled_at_the_next_start(desk: DeskForTests) -> None:
    for _ in range(3):
        desk.notes()
    path = desk.store.folder.journal / "20260115.journal"
    desk.store.close()
    records = list(read_file(path))
    path.write_bytes(encode(records[0]) + encode(records[2])[:-5])
    desk.store = desk.open()
    assert sorted(record.link.n for record in read_file(path)) == [1, 2, 3]


@pytest.mark.logs_warnings
def test_a_journal_that_failed_is_told_and_fills_itself_when_its_disk_is_back(
    desk: DeskForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(desk.store._opened.journal, "_write", refuses)
        desk.notes()
    assert "second copy" in desk.store.health.text
    desk.notes()
    wait_until(lambda: not desk.store.health.text)
    assert sorted(record.link.n for record in desk.store._opened.journal.records()) == [1, 2]


def test_a_start_reads_only_what_follows_the_mark(desk: DeskForTests, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        desk.notes()
    desk.store.close()
    read: list[tuple[str, int]] = []

    def remember(path: Path, start: int = 0) -> Iterator[Written]:
        read.append((path.name, start))
        return iter(())

    monkeypatch.setattr(journal_module, "read_file", remember)
    size = (desk.root / "journal" / "20260115.journal").stat().st_size
    desk.store = desk.open()
    assert set(read) == {("20260115.journal", size)}


def test_a_journal_shorter_than_its_mark_is_filled(desk: DeskForTests) -> None:
    for _ in range(3):
        desk.notes()
    desk.store.close()
    (desk.root / "journal" / "20260115.journal").unlink()
    desk.store = desk.open()
    assert [record.link.n for record in desk.store._opened.journal.records()] == [1, 2, 3]
