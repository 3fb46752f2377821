"""A database keeps its content while its shape moves on."""

import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from desktop.store import engine
from desktop.store.errors import CannotOpen
from migrations import chains
from shared.ledger.prepared import fetch
from shared.ledger.transaction import Reading
from tests.support.desk import DeskForTests


def change(path: Path, *statements: str) -> None:
    """Somebody changes the database from outside."""
    writer = engine.open_writer(path)
    with writer.begin():
        for statement in statements:
            fetch(writer, statement)
    engine.checkpoint(writer, truncate=True)
    engine.close(writer)


def as_it_was_before(path: Path) -> None:
    """Take the last step of the shared chain back."""
    change(
        path,
        *(f"DROP TABLE {table}" for table in ("sale_lines", "sale_tenders", "sales", "reprints", "stock_moves", "stock_levels")),
        *(f"DROP TABLE {table}" for table in ("products", "barcodes", "categories", "rejected_rows")),
        "DROP TABLE goods_words",
        "DROP TABLE goods_parts",
        "UPDATE alembic_version SET version_num = 'shared_0001' WHERE version_num = 'shared_0002'",
    )


def tables(read: Reading) -> set[str]:
    return set(inspect(read.connection).get_table_names())


def test_a_new_folder_stands_at_the_newest_shape_without_alembic(desk: DeskForTests) -> None:
    stands_at = desk.store.read(lambda read: chains.stands_at(read.connection))
    assert stands_at == chains.heads(chains.DESKTOP)


def test_an_older_database_is_moved_on_a_copy_and_the_old_file_is_kept(desk: DeskForTests) -> None:
    desk.notes()
    whole = desk.store.read(tables)
    desk.store.close()
    as_it_was_before(desk.root / "club.sqlite3")
    before = (desk.root / "club.sqlite3").read_bytes()
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2}
    assert desk.store.read(tables) == whole
    assert desk.store.desk.epoch == 1
    assert (desk.root / "club.sqlite3.desktop_0001-shared_0001").read_bytes() == before
    assert not (desk.root / "club.sqlite3.moving").exists()


def test_a_move_that_was_cut_short_begins_again(desk: DeskForTests) -> None:
    desk.notes()
    desk.store.close()
    as_it_was_before(desk.root / "club.sqlite3")
    (desk.root / "club.sqlite3.moving").write_bytes(b"half a copy")
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2}


def test_a_newer_database_is_refused_and_left_alone(desk: DeskForTests) -> None:
    desk.notes()
    desk.store.close()
    change(desk.root / "club.sqlite3", "INSERT INTO alembic_version VALUES ('shared_9999')")
    before = (desk.root / "club.sqlite3").read_bytes()
    with pytest.raises(CannotOpen) as no:
        desk.open()
    assert no.value.code == "database_is_newer"
    assert (desk.root / "club.sqlite3").read_bytes() == before
    change(desk.root / "club.sqlite3", "DELETE FROM alembic_version WHERE version_num = 'shared_9999'")
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2}


@pytest.mark.logs_warnings
def test_an_older_backup_is_moved_when_it_is_needed(desk: DeskForTests) -> None:
    desk.notes()
    backup = desk.store.backup_now("test").result()
    desk.notes()
    desk.store.close()
    as_it_was_before(backup.path)
    for path in (desk.root / "club.sqlite3-wal", desk.root / "club.sqlite3-shm"):
        path.unlink(missing_ok=True)
    (desk.root / "club.sqlite3").write_bytes(b"damaged" * 1000)
    desk.store = desk.open()
    assert desk.topics() == {"bar": 4}


def test_a_start_imports_no_alembic(desk: DeskForTests, tmp_path: Path) -> None:
    desk.notes()
    desk.store.close()
    loaded = {name for name in sys.modules if name.startswith("alembic")}
    for name in loaded:
        sys.modules.pop(name)
    desk.store = desk.open()
    assert not [name for name in sys.modules if name.startswith("alembic")]
    shutil.rmtree(tmp_path / "nothing", ignore_errors=True)
