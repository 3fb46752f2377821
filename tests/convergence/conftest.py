"""Databases of every engine, made once; each example of a property works in a transaction that is undone."""

import pytest
from sqlalchemy import Engine

from tests.support import engines

Replicas = tuple[Engine, Engine, Engine]


@pytest.fixture(scope="session", params=engines.ENGINES)
def replicas(request: pytest.FixtureRequest) -> Replicas:
    """One in memory, one of the engine under test, one more in memory."""
    return engines.sqlite(), engines.new_engine(request.param), engines.sqlite()
