"""SQLite as this program needs it. The only file that knows which library and which version it is."""

import os
from enum import StrEnum
from pathlib import Path

import pysqlite3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

SQLITE_VERSION_MIN = (3, 51, 3)
"""Before it, a reset of the write-ahead log could corrupt the database."""

APPLICATION_ID = 0x436C4B61
PAGE_BYTES = 4096
WAL_BYTES_KEPT = 16 * 1024 * 1024
CACHE_KIB = 32 * 1024
BUSY_MS = 5_000
STATEMENTS_CACHED = 512

DatabaseError = (DBAPIError, pysqlite3.Error)
"""What a connection raises: through SQLAlchemy, or past it from the driver."""

_COMMON = (
    f"cache_size=-{CACHE_KIB}",
    f"busy_timeout={BUSY_MS}",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "wal_autocheckpoint=0",  # with automatic checkpoints one sale in thirteen pays for extra syncs
)
_WRITER: tuple[str, ...] = (
    *_COMMON,
    f"page_size={PAGE_BYTES}",
    "auto_vacuum=NONE",
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    f"journal_size_limit={WAL_BYTES_KEPT}",
    "recursive_triggers=ON",
    "foreign_keys=ON",
)


class Fault(StrEnum):
    """What went wrong below SQL."""

    DAMAGED = "damaged"
    """The file cannot be trusted any more, or the disk refused to keep it: a failed sync is never tried again."""
    FULL = "full"
    OTHER = "other"


_FAULTS = {10: Fault.DAMAGED, 11: Fault.DAMAGED, 13: Fault.FULL, 14: Fault.DAMAGED, 26: Fault.DAMAGED}


def version() -> str:
    """The version of SQLite at work."""
    return str(pysqlite3.sqlite_version)


def check_version() -> None:
    """Raises RuntimeError for a SQLite that may corrupt its own log."""
    if pysqlite3.sqlite_version_info < SQLITE_VERSION_MIN:
        raise RuntimeError(f"SQLite {pysqlite3.sqlite_version} is too old; {'.'.join(map(str, SQLITE_VERSION_MIN))} is needed")


def open_writer(path: Path) -> Connection:
    """The connection that writes; creates the file. Transactions begin IMMEDIATE. Raises DBAPIError."""
    check_version()
    return _open(path, _WRITER, "BEGIN IMMEDIATE")


def open_reader(path: Path) -> Connection:
    """A connection that can only read; every transaction sees one state of the data. Raises DBAPIError."""
    check_version()
    return _open(path, (*_COMMON, "query_only=ON"), "BEGIN")


def close(connection: Connection) -> None:
    """Close a connection for good, whatever state it is in."""
    connection.invalidate()
    connection.close()
    connection.engine.dispose()


def fault_of(error: BaseException) -> Fault | None:
    """What a database error means for the file; None when the error is not from the database."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, pysqlite3.Error):
        return None
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return Fault.OTHER
    return _FAULTS.get(code & 0xFF, Fault.OTHER)


def checkpoint(connection: Connection, *, truncate: bool = False) -> bool:
    """Move the write-ahead log into the database; True when all of it went. `truncate` waits for readers."""
    mode = "TRUNCATE" if truncate else "PASSIVE"
    busy, frames, moved = connection.connection.cursor().execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
    return not busy and frames == moved


def fold(path: Path) -> None:
    """Move everything into the one file of a database that nobody has open, so that it can be copied. Raises DBAPIError."""
    writer = open_writer(path)
    try:
        checkpoint(writer, truncate=True)
    finally:
        close(writer)


def move_log(path: Path) -> None:
    """Move the write-ahead log into the database while others write. Raises DBAPIError."""
    other = open_writer(path)
    try:
        checkpoint(other)
    finally:
        close(other)


def copy(source: Connection, target: Path) -> None:
    """Copy the whole database into a new file through SQLite's online backup. Raises DBAPIError, pysqlite3.Error."""
    other = pysqlite3.connect(str(target))
    try:
        source.connection.dbapi_connection.backup(other)  # type: ignore[union-attr]
        other.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    finally:
        other.close()


def sync_file(path: Path) -> None:
    """Make a file durable that somebody else wrote. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def quick_check(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the structure of the file; empty when nothing."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
    return [] if found == ["ok"] else found


def _open(path: Path, pragmas: tuple[str, ...], begin: str) -> Connection:
    # Each connection is used by one thread at a time; the last one to close it may be another.
    engine: Engine = create_engine(
        f"sqlite:///{path}",
        module=pysqlite3,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None, "cached_statements": STATEMENTS_CACHED},
    )

    @event.listens_for(engine, "connect")
    def _(driver: "pysqlite3.Connection", _record: object) -> None:
        for pragma in pragmas:
            driver.execute(f"PRAGMA {pragma}")
        # Setting it again would write to a file that is only being looked at.
        if pragmas is _WRITER and driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            driver.execute(f"PRAGMA application_id={APPLICATION_ID}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.connection.cursor().execute(begin)

    return engine.connect()
