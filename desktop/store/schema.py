"""The shape of the database."""

from sqlalchemy import Connection

import shared.concepts  # noqa: F401  it declares the tables
from desktop.store import tables
from shared.core.columns import Row


def create(connection: Connection) -> None:
    """All tables of this build in an empty database, within the caller's transaction."""
    Row.metadata.create_all(connection)
    tables.metadata.create_all(connection)
