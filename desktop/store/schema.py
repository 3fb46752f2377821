"""The shape of the database: made at once when new, moved on a copy when it is an older one."""

import shutil
from pathlib import Path

from sqlalchemy import Connection, inspect

import shared.concepts  # noqa: F401  it declares the tables
from desktop.store import engine, search_index, tables
from desktop.store.errors import CannotOpen
from desktop.store.folder import Folder
from desktop.store.journal import sync_folder
from migrations import chains, upgrade
from shared.core.columns import Row
from shared.core.text import N_
from shared.ledger import entries


def create(connection: Connection) -> None:
    """All tables of this build in an empty database, within the caller's transaction."""
    Row.metadata.create_all(connection)
    tables.metadata.create_all(connection)
    chains.stamp(connection, chains.DESKTOP)
    search_index.complete(connection)


def is_there(connection: Connection) -> bool:
    """Whether the database has been filled with tables. Raises DBAPIError for a file that is no database."""
    with connection.begin():
        return inspect(connection).has_table("this_desk")


def is_older(connection: Connection, folder: Path) -> bool:
    """Whether a database must be moved before this build can use it. Raises CannotOpen for one of a newer build."""
    with connection.begin():
        if chains.is_newer(connection, chains.DESKTOP):
            raise CannotOpen(
                "database_is_newer",
                N_("A newer version of the program made the data in {folder}. Nothing was changed. Update the program"),
                folder=str(folder),
            )
        return chains.stands_at(connection) != chains.heads(chains.DESKTOP)


def move_copy(folder: Folder) -> None:
    """Move the database to the shape of this build: a copy is moved, checked and put in its place; the old file stays.

    Nobody may have the database open. Raises DBAPIError, OSError; then nothing was changed.
    """
    copy = folder.database.with_name(folder.database.name + ".moving")
    engine.fold(folder.database)
    shutil.copyfile(folder.database, copy)
    stood_at = move(copy)
    kept = folder.database.with_name(f"{folder.database.name}.{'-'.join(sorted(stood_at)) or 'unstamped'}")
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(folder.database)
    except OSError:  # a file system without links
        shutil.copyfile(folder.database, kept)
    copy.replace(folder.database)
    sync_folder(folder.root)


def move(path: Path) -> frozenset[str]:
    """Move a database that nobody has open to the shape of this build, in place; answers where it stood. Raises DBAPIError."""
    writer = engine.open_writer(path)
    try:
        with writer.begin():
            stood_at = chains.stands_at(writer)
            if stood_at == chains.heads(chains.DESKTOP):
                return stood_at
            upgrade.upgrade(writer, chains.DESKTOP)
            entries.apply_waiting(writer)
            search_index.complete(writer)
        engine.checkpoint(writer, truncate=True)
    finally:
        engine.close(writer)
    return stood_at
