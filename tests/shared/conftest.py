"""A desk in memory for every test: the shared core on SQLite, without a store around it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from tests.support import engines
from tests.support.ledger import LedgerDesk


@pytest.fixture(scope="session")
def memory() -> Engine:
    """A database for properties; each example is undone."""
    return engines.sqlite()


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A database of the test's own."""
    with engines.undone(engines.sqlite()) as connection:
        yield connection


@pytest.fixture
def desk(connection: Connection) -> LedgerDesk:
    """A club that is set up, with the local owner at its one desk."""
    return LedgerDesk(connection).opens_club()
