"""The database of the server and its shape."""

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

import shared.concepts  # noqa: F401  it declares the tables
from migrations import chains, upgrade
from sync_server.storage.errors import StorageFault

POSTGRESQL_MIN = 15
_MIGRATION_LOCK = 0x436C4B61
"""Two servers that start together migrate one after the other."""


def open_engine(url: str | URL) -> Engine:
    """An engine for `postgresql://…`. Raises StorageFault for another kind of URL."""
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise StorageFault(f"{url!r} is no database URL; it begins with postgresql://") from fault
    if parsed.get_backend_name() != "postgresql":
        raise StorageFault(f"The server needs PostgreSQL, not {parsed.get_backend_name()}")
    return create_engine(parsed.set(drivername="postgresql+psycopg"), isolation_level="READ COMMITTED", pool_pre_ping=True)


def migrate(engine: Engine) -> frozenset[str]:
    """Bring the database to the newest shape, in one transaction; answers the revisions it stands at.

    Raises StorageFault for a database that is too old, newer than this build or out of reach; then nothing was changed.
    """
    try:
        with engine.begin() as connection:
            _check(connection)
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            if chains.is_newer(connection, chains.SERVER):
                raise StorageFault(
                    "The database was made by a newer version of the program. Nothing was changed. Update the program"
                )
            if chains.stands_at(connection) != chains.heads(chains.SERVER):
                upgrade.upgrade(connection, chains.SERVER)
            return chains.stands_at(connection)
    except DBAPIError as fault:
        raise StorageFault(f"The database does not answer as it should: {fault.orig}") from fault


def _check(connection: Connection) -> None:
    version = connection.dialect.server_version_info
    if version is None or int(version[0]) < POSTGRESQL_MIN:
        raise StorageFault(f"PostgreSQL {POSTGRESQL_MIN} or newer is needed, this is {version}")
    encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise StorageFault(f"The database must be UTF8, this one is {encoding}. Nothing was changed")
