"""The declared tables and the migrated ones are the same, on every engine."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

import shared.concepts  # noqa: F401  it declares the tables
from desktop.store import tables
from migrations import chains, upgrade
from shared.core.columns import Row
from tests.support import engines

NOT_DECLARED = ("alembic_version", "tiny_")


@pytest.fixture(params=engines.ENGINES)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    engine = engines.empty_engine(request.param)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def declared(*sources: MetaData) -> MetaData:
    together = MetaData(naming_convention=Row.metadata.naming_convention)
    for source in sources:
        for table in source.tables.values():
            if not table.name.startswith(NOT_DECLARED):
                table.to_metadata(together)
    return together


def differences(connection: Connection, metadata: MetaData) -> list[object]:
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _: not (kind == "table" and name.startswith(NOT_DECLARED)),
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_migrated_tables_are_the_declared_ones(connection: Connection) -> None:
    of_desk = connection.dialect.name == "sqlite"
    with connection.begin():
        upgrade.upgrade(connection, chains.DESKTOP if of_desk else chains.SERVER)
    metadata = declared(Row.metadata, tables.metadata) if of_desk else declared(Row.metadata)
    with connection.begin():
        assert differences(connection, metadata) == []
        assert chains.stands_at(connection) == chains.heads(chains.DESKTOP if of_desk else chains.SERVER)


def test_every_chain_has_one_head_and_it_is_the_last_file() -> None:
    directory = ScriptDirectory.from_config(upgrade.config())
    assert sorted(directory.get_heads()) == sorted(chains.heads(("shared", "desktop", "server")))
    assert {script.revision for script in directory.walk_revisions()} == {
        revision for chain in ("shared", "desktop", "server") for revision in chains.revisions(chain)
    }


def test_a_failed_migration_leaves_nothing(connection: Connection) -> None:
    def upgrade_and_fail() -> None:
        with connection.begin():
            upgrade.upgrade(connection, ("shared",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upgrade_and_fail()
    assert inspect(connection).get_table_names() == []
