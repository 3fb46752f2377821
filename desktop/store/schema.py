"""The shape of the database: made at once when new, moved on a copy when it is an older one."""

from sqlalchemy import Connection, inspect

import shared.concepts  # noqa: F401  it declares the tables
from desktop.store import search_index, tables
from shared.core.columns import Row


def create(connection: Connection) -> None:
    """All tables of this build in an empty database, within the caller's transaction."""
    Row.metadata.create_all(connection)
    tables.metadata.create_all(connection)
    search_index.complete(connection)


def is_there(connection: Connection) -> bool:
    """Whether the database has been filled with tables. Raises DBAPIError for a file that is no database."""
    with connection.begin():
        return inspect(connection).has_table("this_desk")
