"""A database in memory for every test, and one transaction that is undone for every example of a property."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from tests.support import engines


@pytest.fixture(scope="session")
def memory() -> Engine:
    return engines.sqlite()


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = engines.sqlite()
    with engine.connect() as connection, connection.begin():
        yield connection
    engine.dispose()
