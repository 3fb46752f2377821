"""The server's database takes its shape by itself and refuses what cannot be."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from migrations import chains
from shared.books.tables import Posting
from shared.ledger import prepared
from sync_server.storage import database
from sync_server.storage.errors import StorageFault
from tests.support import engines

BRANCH = "0b000000-0000-7000-8000-000000000002"
OP = "0b000000-0000-7000-8000-0000000000f0"
SERVERS = tuple(name for name in engines.ENGINES if name != "sqlite")


@pytest.fixture(params=SERVERS)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = engines.empty_engine(request.param)
    yield engine
    engine.dispose()


@pytest.fixture
def migrated(engine: Engine) -> Iterator[Connection]:
    database.migrate(engine)
    with engine.connect() as connection:
        yield connection


def posting(line: int, amount_minor: int, op: str = OP) -> dict[str, object]:
    return {
        "branch_id": BRANCH, "op": op, "line": line, "account": "drawer", "currency": "RUB", "amount_minor": amount_minor,
        "shift_id": None, "business_day": "2026-01-15", "at": 0,
    }  # fmt: skip


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    assert database.migrate(engine) == database.migrate(engine) == chains.heads(chains.SERVER)


def test_balanced_postings_are_taken(migrated: Connection) -> None:
    with migrated.begin():
        migrated.execute(insert(Posting).values([posting(0, 500), posting(1, -300), posting(2, -200)]))
    assert len(migrated.execute(select(Posting.line)).all()) == 3


@pytest.mark.parametrize("amounts", [(500,), (500, -499)])
def test_unbalanced_postings_are_refused_by_the_database_itself(migrated: Connection, amounts: tuple[int, ...]) -> None:
    with pytest.raises(IntegrityError, match="are out by"), migrated.begin():
        migrated.execute(insert(Posting).values([posting(line, amount) for line, amount in enumerate(amounts)]))


@pytest.mark.parametrize("change", ["UPDATE postings SET amount_minor = 1 WHERE line = 0", "DELETE FROM postings WHERE line = 0"])
def test_a_balanced_operation_cannot_be_unbalanced_later(migrated: Connection, change: str) -> None:
    with migrated.begin():
        migrated.execute(insert(Posting).values([posting(0, 500), posting(1, -500)]))
    with pytest.raises(IntegrityError, match="are out by"), migrated.begin():
        migrated.execute(text(change))


def test_many_operations_in_one_statement_are_judged_each(migrated: Connection) -> None:
    other = "0b000000-0000-7000-8000-0000000000f1"
    rows = [posting(0, 500), posting(1, -400), posting(0, -100, other)]
    with pytest.raises(IntegrityError), migrated.begin():
        migrated.execute(insert(Posting).values(rows))


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    database.migrate(engine)
    with engine.begin() as connection:
        prepared.fetch(connection, "INSERT INTO alembic_version VALUES ('shared_9999')")
    with pytest.raises(StorageFault, match="newer version"):
        database.migrate(engine)


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://root@localhost/x", "not a url"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(StorageFault):
        database.open_engine(url)
