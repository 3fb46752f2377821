"""What happens to a data folder outside the program: copied, restored, damaged, lost."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.store import engine
from desktop.store.errors import CannotOpen, NotSaved
from shared.ledger.rebuild import wrong_sums
from shared.ledger.tables import chain_epochs, operations
from shared.ledger.transaction import Reading
from tests.support.desk import DeskForTests


def epochs(read: Reading) -> list[tuple[int, str]]:
    return [(row.epoch, row.reason) for row in read.rows(select(chain_epochs).order_by(chain_epochs.c.epoch))]


def places(read: Reading) -> list[tuple[int, int]]:
    return [(row.epoch, row.n) for row in read.rows(select(operations).order_by(operations.c.epoch, operations.c.n))]


def damage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 1000)


def put_back(saved: Path, root: Path) -> None:
    for suffix in ("-wal", "-shm"):
        (root / f"club.sqlite3{suffix}").unlink(missing_ok=True)
    shutil.copyfile(saved, root / "club.sqlite3")


@pytest.fixture
def old_copy(desk: DeskForTests, tmp_path: Path) -> Path:
    """The database after three operations; two more are made after it."""
    for _ in range(3):
        desk.notes()
    desk.store.close()
    saved = tmp_path / "saved.sqlite3"
    shutil.copyfile(desk.root / "club.sqlite3", saved)
    desk.store = desk.open()
    desk.notes(), desk.notes()
    return saved


def test_an_ordinary_restart_stays_in_its_epoch(desk: DeskForTests) -> None:
    desk.notes()
    desk.restart()
    desk.notes()
    assert desk.store.read(places) == [(1, 1), (1, 2)]


@pytest.mark.logs_warnings
def test_an_old_database_put_back_is_filled_from_the_journal(desk: DeskForTests, old_copy: Path) -> None:
    desk.store.close()
    put_back(old_copy, desk.root)
    desk.store = desk.open()
    assert desk.topics() == {"bar": 10}
    assert desk.store.read(places) == [(1, n) for n in range(1, 6)]
    assert desk.store.desk.epoch == 1


def test_an_old_database_without_its_journal_begins_a_new_epoch(desk: DeskForTests, old_copy: Path) -> None:
    desk.store.close()
    put_back(old_copy, desk.root)
    shutil.rmtree(desk.root / "journal")
    desk.store = desk.open()
    desk.notes()
    assert desk.store.read(places) == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert desk.store.read(epochs)[1] == (2, "the log is older than its lease")
    assert desk.store.desk.series == "1.2"


def test_a_copied_folder_begins_a_new_epoch(desk: DeskForTests, tmp_path: Path) -> None:
    desk.notes()
    desk.store.close()
    shutil.copytree(desk.root, tmp_path / "clone")
    clone = DeskForTests(tmp_path / "clone")
    clone.notes()
    assert clone.store.read(places) == [(1, 1), (2, 1)]
    clone.close()
    desk.store = desk.open()
    assert desk.store.desk.epoch == 1


def test_a_database_without_its_lease_begins_a_new_epoch(desk: DeskForTests) -> None:
    desk.notes()
    desk.store.close()
    (desk.root / "lease").unlink()
    desk.store = desk.open()
    assert desk.store.desk.epoch == 2


@pytest.mark.logs_warnings
def test_a_damaged_database_comes_back_from_the_journal(desk: DeskForTests) -> None:
    for topic in ("bar", "hall", "bar"):
        desk.notes(topic)
    branch, device = desk.store.desk.branch, desk.store.desk.device
    desk.store.close()
    damage(desk.root / "club.sqlite3")
    desk.store = desk.open()
    assert desk.topics() == {"bar": 4, "hall": 2}
    assert (desk.store.desk.branch, desk.store.desk.device, desk.store.is_test) == (branch, device, True)
    assert desk.store.read(lambda read: wrong_sums(read.connection)) == []
    desk.notes()
    assert desk.store.read(places)[-1] == (2, 1)
    assert len(list(desk.root.glob("*.bad-*"))) == 1


@pytest.mark.logs_warnings
def test_a_damaged_database_comes_back_from_backup_and_journal(desk: DeskForTests) -> None:
    desk.notes("bar")
    desk.store.backup_now("test").result()
    desk.notes("hall")
    desk.store.close()
    for path in (desk.root / "journal").iterdir():
        path.write_bytes(path.read_bytes()[len(path.read_bytes()) // 2 - 10 :])  # the older half is gone
    damage(desk.root / "club.sqlite3")
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2, "hall": 2}


@pytest.mark.logs_warnings
def test_a_deleted_database_comes_back(desk: DeskForTests) -> None:
    desk.notes("bar")
    desk.store.close()
    (desk.root / "club.sqlite3").unlink()
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2}


@pytest.fixture
def busy_desk(desk: DeskForTests) -> DeskForTests:
    """Four hundred operations, no journal, no backup, stopped."""
    for number in range(400):
        desk.notes(f"topic {number % 7}")
    desk.store.close()
    shutil.rmtree(desk.root / "journal")
    return desk


@pytest.mark.logs_warnings
def test_without_journal_and_backup_the_readable_operations_are_salvaged(busy_desk: DeskForTests) -> None:
    path = busy_desk.root / "club.sqlite3"
    data = bytearray(path.read_bytes())
    at = data.find(b"tiny_noted", len(data) // 2)
    data[at // 4096 * 4096 : at // 4096 * 4096 + 8] = b"\xff" * 8
    path.write_bytes(data)
    busy_desk.store = busy_desk.open()
    assert len(busy_desk.store.read(places)) > 350
    assert "could not be brought back" in busy_desk.store.health.text


@pytest.mark.logs_warnings
def test_operations_that_are_lost_for_good_are_counted_aloud(busy_desk: DeskForTests) -> None:
    damage(busy_desk.root / "club.sqlite3")
    busy_desk.store = busy_desk.open()
    assert busy_desk.store.health.params == {"count": 400}
    assert busy_desk.store.desk.epoch == 2


@pytest.mark.logs_warnings
def test_a_database_of_nobody_is_never_replaced_by_a_new_club(busy_desk: DeskForTests) -> None:
    damage(busy_desk.root / "club.sqlite3")
    (busy_desk.root / "lease").unlink()
    for _ in range(2):
        with pytest.raises(CannotOpen) as no:
            busy_desk.open()
        assert no.value.code == "database_lost"
    assert len(list(busy_desk.root.glob("*.bad-*"))) == 1
    shutil.rmtree(busy_desk.root)
    busy_desk.store = busy_desk.open()


def test_a_folder_half_made_is_made_whole(tmp_path: Path) -> None:
    root = tmp_path / "desk"
    root.mkdir()
    (root / "club.sqlite3").touch()
    (root / "lease").touch()
    desk = DeskForTests(root)
    desk.notes()
    assert desk.store.desk.epoch == 1
    desk.close()


def test_the_sqlite_of_this_program_is_new_enough() -> None:
    engine.check_version()


@pytest.mark.logs_warnings
def test_a_database_that_breaks_while_running_is_made_again(desk: DeskForTests) -> None:
    for _ in range(300):
        desk.notes()
    desk.restart()
    with (desk.root / "club.sqlite3").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * ((desk.root / "club.sqlite3").stat().st_size - 4096))
    with pytest.raises(NotSaved):
        desk.topics()
    desk.store.settle()
    assert desk.topics() == {"bar": 600}
    desk.notes()
    assert (desk.topics(), desk.store.desk.epoch, desk.store.health.state) == ({"bar": 602}, 2, "ok")
