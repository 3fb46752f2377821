"""Whether a database is still the newest word of its desk, and what follows when it is not."""

import logging
from collections.abc import Iterable

from sqlalchemy import Connection, Select, func, insert, select, update

from desktop.store import tables
from desktop.store.folder import Lease
from desktop.store.journal import Journal
from shared.core.ids import Id
from shared.ledger import log
from shared.ledger.canonical import NotCanonical, digest
from shared.ledger.envelope import CHAIN_START
from shared.ledger.log import Chain, Written
from shared.ledger.tables import chain_epochs, operations
from shared.ledger.transaction import Desk

_log = logging.getLogger(__name__)

COPIED = "the folder was copied or restored"
BEHIND = "the log is older than its lease"
FORKED = "the log and its lease disagree"
RECOVERED = "the database was made again from backup and journal"
RESTORED = "a backup was restored"


def epochs(connection: Connection, device: Id) -> list[int]:
    """Every chain this device ever began, oldest first."""
    chosen = select(chain_epochs.c.epoch).where(chain_epochs.c.device == device).order_by(chain_epochs.c.epoch)
    return list(connection.execute(chosen).scalars())


def newest(connection: Connection, chain: Chain) -> tuple[int, bytes]:
    """Number and hash of the last operation of a chain."""
    row = connection.execute(
        select(operations.c.n, operations.c.hash)
        .where(operations.c.device == chain.device, operations.c.epoch == chain.epoch)
        .order_by(operations.c.n.desc())
        .limit(1)
    ).one_or_none()
    return (row.n, row.hash) if row else (0, CHAIN_START)


def missing_numbers(connection: Connection, chain: Chain) -> int:
    """How many numbers of a chain are missing below its last one."""
    chosen = select(func.count(), func.max(operations.c.n)).where(
        operations.c.device == chain.device, operations.c.epoch == chain.epoch
    )
    count, last = connection.execute(chosen).one()
    return int(last or 0) - int(count)


def count_missing(connection: Connection, device: Id, kept: Iterable[Written]) -> int:
    """How many operations kept elsewhere are not here."""
    known = {(row.epoch, row.n) for row in connection.execute(_places(device))}
    return len({(written.link.epoch, written.link.n) for written in kept if written.link.device == device} - known)


def bring_back(connection: Connection, device: Id, kept: Iterable[Written], now: int) -> int:
    """Append what was kept elsewhere and is missing here, in order; answers how many came back."""
    mine = [written for written in kept if written.link.device == device]
    if not mine:
        return 0  # on every good day; a long log need not be walked then
    known = {(row.epoch, row.n) for row in connection.execute(_places(device))}
    known_epochs = set(epochs(connection, device))
    missing = {
        (written.link.epoch, written.link.n): written for written in mine if (written.link.epoch, written.link.n) not in known
    }
    count = 0
    for (epoch, n), written in sorted(missing.items()):
        if digest(written.payload) != written.link.body_hash:
            _log.error("operation %s of epoch %s is damaged in the journal", n, epoch)
            continue
        if epoch not in known_epochs:
            connection.execute(insert(chain_epochs).values(device=device, epoch=epoch, reason="journal", started_at=now))
            known_epochs.add(epoch)
        try:
            log.replay(connection, written)
        except NotCanonical:
            _log.exception("operation %s of epoch %s cannot be read", n, epoch)
            continue
        count += 1
    return count


def missing_from(connection: Connection, desk: Desk, journal: Journal, lease: Lease | None) -> Iterable[Written]:
    """What the journal holds beyond the log: nothing in good days, found by reading only what follows the lease's mark."""
    n, _ = newest(connection, desk.chain)
    tail = None
    if lease is not None and (lease.device, lease.epoch) == (desk.device, desk.epoch) and n >= lease.mark.n:
        tail = journal.tail(lease.mark)
    if tail is None:
        tail = journal.newest_records()
    beyond = [written for written in tail if _is_beyond(written, desk, n)]
    if not beyond:
        return ()
    follows_at_once = any((written.link.epoch, written.link.n) == (desk.epoch, n + 1) for written in beyond)
    return beyond if follows_at_once else journal.records()


def reason_for_new_epoch(connection: Connection, desk: Desk, lease: Lease | None, place: str) -> str | None:
    """Why this chain must not be continued, or None when it may."""
    n, link_hash = newest(connection, desk.chain)
    if lease is None:
        return COPIED if n or desk.epoch > 1 else None
    if lease.place != place or lease.device != desk.device:
        return COPIED
    if (lease.epoch, lease.n) > (desk.epoch, n):
        return BEHIND
    if (lease.epoch, lease.n) == (desk.epoch, n) and lease.hash != link_hash.hex():
        return FORKED
    return None


def begin_epoch(connection: Connection, desk: Desk, reason: str, now: int, epoch_seen: int = 0) -> Desk:
    """Start a new chain: nothing printed or sent before is ever numbered again."""
    epoch = max(*epochs(connection, desk.device), desk.epoch, epoch_seen) + 1
    connection.execute(insert(chain_epochs).values(device=desk.device, epoch=epoch, reason=reason, started_at=now))
    connection.execute(update(tables.this_desk).values(epoch=epoch))
    _log.info("epoch %s begins: %s", epoch, reason)
    return Desk(desk.device, epoch, desk.branch, desk.number)


def take_up(connection: Connection, desk: Desk) -> Desk:
    """Go on in the newest chain known, after operations came back from elsewhere."""
    epoch = max(*epochs(connection, desk.device), desk.epoch)
    if epoch != desk.epoch:
        connection.execute(update(tables.this_desk).values(epoch=epoch))
    return Desk(desk.device, epoch, desk.branch, desk.number)


def create(connection: Connection, desk: Desk, is_test: bool, now: int) -> None:
    """Write down who this desk is."""
    connection.execute(
        insert(tables.this_desk).values(
            one=1,
            device=desk.device,
            branch=desk.branch,
            number=desk.number,
            epoch=desk.epoch,
            is_test=is_test,
            is_partial=False,
            created_at=now,
            checkpoints=0,
        )
    )
    connection.execute(insert(chain_epochs).values(device=desk.device, epoch=desk.epoch, reason="first start", started_at=now))


def read(connection: Connection) -> tuple[Desk, bool]:
    """Who this desk is, and whether its folder is one for tests."""
    row = connection.execute(select(tables.this_desk)).one()
    return Desk(row.device, row.epoch, row.branch, row.number), bool(row.is_test)


def set_partial(connection: Connection, is_partial: bool) -> None:
    """Note whether this database holds all of the history."""
    connection.execute(update(tables.this_desk).values(is_partial=is_partial))


def is_partial(connection: Connection) -> bool:
    """Whether history is missing on purpose: it is being brought back beside the selling."""
    return bool(connection.execute(select(tables.this_desk.c.is_partial)).scalar())


def copy_desk_rows(source: Connection, target: Connection) -> None:
    """What is no part of the log, put in place of what `target` had: who this desk is, its epochs, its print jobs."""
    for table in (chain_epochs, *tables.metadata.sorted_tables):
        target.execute(table.delete())
        if rows := [row._asdict() for row in source.execute(select(table))]:
            target.execute(insert(table), rows)


def _places(device: Id) -> Select[tuple[int, int]]:
    return select(operations.c.epoch, operations.c.n).where(operations.c.device == device)


def _is_beyond(written: Written, desk: Desk, n: int) -> bool:
    link = written.link
    return link.device == desk.device and (link.epoch, link.n) > (desk.epoch, n)
