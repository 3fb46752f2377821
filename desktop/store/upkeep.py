"""Looking at a whole data folder and mending it, while nobody sells: verify, rebuild, restore, export."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from desktop.store import backup, engine, identity, recovery, schema
from desktop.store.errors import CannotOpen, NotSaved
from desktop.store.folder import Folder, FolderLock, LeaseFile
from desktop.store.journal import Journal, log_records, sync_folder
from desktop.store.questions import BUSINESS
from shared.books import export
from shared.books.queries import journal as postings
from shared.core.clock import Clock
from shared.core.errors import FactConflict, Param
from shared.core.text import N_
from shared.ledger import log, rebuild
from shared.ledger.canonical import NotCanonical
from shared.ledger.tables import operations
from shared.ledger.transaction import Desk, Reading

IN_MEMORY = Path(":memory:")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. `text` is an English sentence marked with `N_`, `params` fill it."""

    text: str
    params: dict[str, Param]


@contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """The folder for oneself. Raises CannotOpen when a program works with it or nothing is in it."""
    if not folder.database.exists():
        raise CannotOpen("nothing_here", N_("There is no database in {folder}"), folder=str(folder.root))
    with closing(FolderLock(folder)):
        _refuse_other_shapes(folder)
        yield


def verify(folder: Folder, clock: Clock) -> list[Finding]:
    """Everything that can be checked of a folder; changes nothing. Raises CannotOpen."""
    with locked(folder), closing(Journal(folder.journal, clock)) as journal:
        try:
            with _reading(folder.database) as reader:
                return [*_structure(reader), *_chains(reader), *_books(reader), *_sums(reader), *_second_copy(reader, journal)]
        except DBAPIError as fault:
            return [Finding(N_("The database cannot be read: {cause}"), {"cause": str(fault.orig)})]


def rebuild_tables(folder: Folder, clock: Clock) -> tuple[int, list[str], Path]:
    """Make every table again from the log and put the new file in place; the old one is kept.

    Answers how many operations were replayed, which tables differed before, and where the old file lies now.
    Raises CannotOpen, DBAPIError, OSError.
    """
    with locked(folder):
        fresh = folder.database.with_name(f"{folder.database.name}.rebuilt")
        fresh.unlink(missing_ok=True)
        with _reading(folder.database) as old:
            writer = engine.open_writer(fresh)
            try:
                with writer.begin():
                    schema.create(writer)
                    count = rebuild.rebuild(old, writer)
                    identity.copy_desk_rows(old, writer)
                    differing = rebuild.differing(old, writer)
                engine.checkpoint(writer, truncate=True)
            finally:
                engine.close(writer)
        engine.fold(folder.database)
        kept = folder.database.with_name(f"{folder.database.name}.before-{_moment(clock)}")
        shutil.copyfile(folder.database, kept)  # a copy, so that there is a database at every moment
        engine.sync_file(fresh)
        fresh.replace(folder.database)
        sync_folder(folder.root)
    return count, differing, kept


def restore(folder: Folder, clock: Clock, chosen: Path | None) -> tuple[Path, int]:
    """Bring a backup back, and on top of it everything the journal and the present database hold.

    A new epoch begins, so no printed number is used twice. Answers the backup taken and how many operations are
    known to be lost. Raises CannotOpen, NotSaved, OSError.
    """
    held = backup.backups(folder)
    base = chosen or (held[0].path if held else None)
    if base is None or not base.is_file():
        where = str(chosen or folder.backups)
        raise CannotOpen("no_backup", N_("There is no backup at {file}"), file=where)
    try:
        problems = backup.check(base, BUSINESS)
    except DBAPIError as fault:
        problems = [str(fault.orig)]
    if problems:
        text = N_("The backup {file} is damaged: {cause}. Nothing was changed")
        raise NotSaved("backup_damaged", text, file=base.name, cause=problems[0])
    with closing(FolderLock(folder)), closing(Journal(folder.journal, clock)) as journal, closing(LeaseFile(folder)) as lease:
        recovery.set_aside(folder, clock)
        lost = recovery.make_again(folder, journal, lease.read(), clock, base=base, reason=identity.RESTORED)
    return base, lost


def exported(read: Reading, form: str) -> Iterator[str]:
    """The books as lines of text, `beancount` or `csv`."""
    if form == "csv":
        return export.csv_lines(postings(read))
    titles = {row.op: row.kind for row in read.rows(select(operations.c.op, operations.c.kind))}
    return export.beancount(postings(read), titles)


@contextmanager
def reading(folder: Folder) -> Iterator[Reading]:
    """One consistent view of a folder that nobody else works with. Raises CannotOpen."""
    with locked(folder), _reading(folder.database) as reader:
        yield Reading(reader, identity.read(reader)[0], 0)


def _refuse_other_shapes(folder: Folder) -> None:
    """Raises CannotOpen for the database of a newer or an older build; a damaged one is for others to judge."""
    reader = engine.open_reader(folder.database)
    try:
        older = schema.is_older(reader, folder.root)
    except DBAPIError:
        return
    finally:
        engine.close(reader)
    if older:
        text = N_("An older version made the data in {folder}. Open the program once, then ask again")
        raise CannotOpen("database_is_older", text, folder=str(folder.root))


@contextmanager
def _reading(database: Path) -> Iterator[Connection]:
    reader = engine.open_reader(database)
    try:
        with reader.begin():
            yield reader
    finally:
        engine.close(reader)


def _structure(reader: Connection) -> list[Finding]:
    return [Finding(N_("The file is damaged: {cause}"), {"cause": cause}) for cause in engine.quick_check(reader)]


def _chains(reader: Connection) -> list[Finding]:
    desk = identity.read(reader)[0]
    return [
        Finding(N_("The log does not hold in epoch {epoch} at number {n}"), {"epoch": epoch, "n": broken[0]})
        for epoch in identity.epochs(reader, desk.device)
        if (broken := log.broken_links(reader, log.Chain(desk.device, epoch)))
    ]


def _books(reader: Connection) -> list[Finding]:
    desk = identity.read(reader)[0]
    balance = BUSINESS.trial_balance(Reading(reader, desk, 0))
    found = [
        Finding(N_("The books are out of balance by {amount_minor}"), {"amount_minor": amount, "currency": currency})
        for currency, amount in balance.items()
        if amount
    ]
    for lines in postings(Reading(reader, desk, 0)):
        sums: dict[str, int] = {}
        for line in lines:
            sums[line.currency] = sums.get(line.currency, 0) + line.amount_minor
        if any(sums.values()):
            found.append(Finding(N_("The postings of operation {op} do not sum to zero"), {"op": lines[0].op}))
    return found


def _sums(reader: Connection) -> list[Finding]:
    """Tables against the log they follow from, and sums against the facts they are made of."""
    found = [
        Finding(N_("The sums in {table} do not follow from their rows"), {"table": name}) for name in rebuild.wrong_sums(reader)
    ]
    memory = engine.open_writer(IN_MEMORY)
    try:
        with memory.begin():
            schema.create(memory)
            rebuild.rebuild(reader, memory)
            differing = rebuild.differing(reader, memory)
    except (NotCanonical, FactConflict, ValueError) as fault:
        return [*found, Finding(N_("The tables cannot be made again from the log: {cause}"), {"cause": str(fault)})]
    finally:
        engine.close(memory)
    return found + [Finding(N_("The table {table} does not follow from the log"), {"table": name}) for name in differing]


def _second_copy(reader: Connection, journal: Journal) -> list[Finding]:
    """Whether the newest file of the journal holds what the log holds since then."""
    desk: Desk = identity.read(reader)[0]
    kept = {record.link.n: record for record in journal.newest_records() if record.link.epoch == desk.epoch}
    if not kept:
        n, _ = identity.newest(reader, desk.chain)
        return [Finding(N_("The second journal holds nothing of this epoch"), {})] if n else []
    found = []
    for record in log_records(reader, desk.chain, min(kept)):
        if record.link.n not in kept:
            found.append(Finding(N_("Number {n} is missing from the second journal"), {"n": record.link.n}))
        elif kept[record.link.n].payload != record.payload:
            found.append(Finding(N_("Number {n} differs in the second journal"), {"n": record.link.n}))
    return found


def _moment(clock: Clock) -> str:
    return datetime.fromtimestamp(clock.wall_ms() // 1000, UTC).strftime("%Y%m%d-%H%M%S")
