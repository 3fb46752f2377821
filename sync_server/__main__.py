"""`clubkassa-server`: what is done to the server from its command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL

from sync_server.storage import database, embedded
from sync_server.storage.errors import StorageFault


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when done, 1 when refused or failed, 2 for a wrong command line."""
    parser = argparse.ArgumentParser(prog="clubkassa-server", description="The central server of ClubKassa")
    commands = parser.add_subparsers(dest="command", required=True)
    migrate = commands.add_parser("migrate", help="bring the database to the newest shape")
    where = migrate.add_mutually_exclusive_group(required=True)
    where.add_argument("--database-url", metavar="URL", help="PostgreSQL 15 or newer: postgresql://user:password@host/name")
    where.add_argument("--embedded", metavar="DIR", type=Path, help="the PostgreSQL that comes with the program, its data in DIR")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.embedded is not None:
            with embedded.running(chosen.embedded) as url:
                revisions = _migrated(url)
        else:
            revisions = _migrated(chosen.database_url)
    except StorageFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print("The database is at", ", ".join(sorted(revisions)))
    return 0


def _migrated(url: str | URL) -> frozenset[str]:
    engine = database.open_engine(url)
    try:
        return database.migrate(engine)
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
