"""Which revision a database stands at and which this build wants; without Alembic, for every start asks."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

FOLDER = Path(__file__).parent
DESKTOP = ("shared", "desktop")
SERVER = ("shared", "server")

_versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
_versions.primary_key.name = "alembic_version_pkc"


def revisions(chain: str) -> list[str]:
    """Revisions of a chain, oldest first: `0001_first.py` of `shared` is `shared_0001`."""
    return [f"{chain}_{path.stem[:4]}" for path in sorted((FOLDER / chain).glob("[0-9]*.py"))]


def heads(chains: Iterable[str]) -> frozenset[str]:
    """The newest revision of each chain."""
    return frozenset(revisions(chain)[-1] for chain in chains)


def stands_at(connection: Connection) -> frozenset[str]:
    """The revisions of a database; none when it was never stamped."""
    if not inspect(connection).has_table(_versions.name):
        return frozenset()
    return frozenset(connection.execute(select(_versions.c.version_num)).scalars())


def is_newer(connection: Connection, chains: Iterable[str]) -> bool:
    """Whether a database stands at a revision that this build does not know."""
    known = {revision for chain in chains for revision in revisions(chain)}
    return not stands_at(connection) <= known


def stamp(connection: Connection, chains: Iterable[str]) -> None:
    """Note that a database made from the declared tables stands at the newest revisions."""
    _versions.create(connection)
    connection.execute(insert(_versions), [{"version_num": revision} for revision in sorted(heads(chains))])
