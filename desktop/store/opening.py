"""From a folder to a store that may be trusted: lock, identity, checks."""

import os
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, inspect, select

from desktop.store import engine, schema, tables
from desktop.store.folder import Folder, FolderLock, LeaseFile
from desktop.store.journal import Journal
from shared.core.clock import Clock
from shared.core.ids import IdMaker
from shared.ledger.tables import chain_epochs
from shared.ledger.transaction import Desk


@dataclass
class Opened:
    """An open data folder and the connection that writes."""

    folder: Folder
    lock: FolderLock
    writer: Connection
    journal: Journal
    lease: LeaseFile
    desk: Desk
    is_test: bool
    problems: list[str] = field(default_factory=list)

    def close(self) -> None:
        """Let everything go."""
        engine.close(self.writer)
        self.journal.close()
        self.lease.close()
        self.lock.release()


def open_folder(folder: Folder, clock: Clock, *, is_test: bool = False) -> Opened:
    """Open or create. Raises CannotOpen."""
    lock = FolderLock(folder)
    lease = LeaseFile(folder)
    writer = engine.open_writer(folder.database)
    journal = Journal(folder.journal, clock)
    if not inspect(writer).has_table("this_desk"):
        writer.rollback()
        _create(writer, clock, is_test)
    writer.rollback()
    with writer.begin():
        row = writer.execute(select(tables.this_desk)).one()
    desk = Desk(row.device, row.epoch, row.branch, row.number)
    with writer.begin():
        journal.repair(writer, desk.chain)
    return Opened(folder, lock, writer, journal, lease, desk, row.is_test)


def _create(writer: Connection, clock: Clock, is_test: bool) -> None:
    ids = IdMaker(clock, os.urandom)
    now = clock.wall_ms()
    device = ids.new_id()
    with writer.begin():
        schema.create(writer)
        writer.execute(
            insert(tables.this_desk).values(
                one=1, device=device, branch=ids.new_id(), number=1, epoch=1, is_test=is_test, created_at=now, checkpoints=0
            )
        )
        writer.execute(insert(chain_epochs).values(device=device, epoch=1, reason="first start", started_at=now))
