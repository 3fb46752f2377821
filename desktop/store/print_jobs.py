"""The desk's own list of papers to print. It knows nothing of printers: states are words that others give it."""

from collections.abc import Callable, Collection

import msgspec
from sqlalchemy import Connection, and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop.store import tables
from shared.core.ids import Id
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query

CONCEPT = "print_jobs"
"""What to `watch` for changes."""
PRINTER = "main"
"""A desk has one receipt printer; its jobs carry this name."""
UNFINISHED = ("queued", "sending", "unconfirmed", "failed")
_jobs = tables.print_jobs
# With the printer's name the index finds the few that are not out yet among all that ever were.
_not_out = and_(_jobs.c.printer == PRINTER, _jobs.c.state.in_(UNFINISHED))


class PrintJobShown(msgspec.Struct, frozen=True, kw_only=True):
    """A paper and where it stands; `op` is the operation it belongs to, `copy` is 0 for an original.

    `cause` names why it waits, failed or is unsure; empty when all is well.
    """

    job: Id
    op: Id | None
    printer: str
    kind: str
    copy: int
    state: str
    cause: str
    made_at: int


class StoredJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job with its paper; `paper` is empty once it came out, for the facts can always say it again."""

    job: Id
    printer: str
    kind: str
    paper: bytes
    op: Id | None = None
    copy: int = 0
    state: str = "queued"
    cause: str = ""


def add(connection: Connection, *, job: StoredJob, made_at: int) -> None:
    """Queue a paper; the same job again changes nothing."""
    _ADD.rows(connection, number=None, made_at=made_at, **msgspec.structs.asdict(job))


_ADD = Prepared(insert(_jobs).on_conflict_do_nothing(index_elements=[_jobs.c.job]))


def mark(connection: Connection, *, job: Id, state: str, cause: str, may_leave: Callable[[str], bool], drop: bool) -> bool:
    """Put a job into a state; False when `may_leave` says no to the state it is in. `drop`: forget the paper."""
    row = connection.execute(select(_jobs.c.state).where(_jobs.c.job == job)).one_or_none()
    if row is None or not may_leave(row.state):
        return False
    values: dict[str, object] = {"state": state, "cause": cause}
    if drop:
        values["paper"] = b""
    connection.execute(update(_jobs).where(_jobs.c.job == job).values(values))
    return True


def cancel_older(connection: Connection, *, before: int, state: str) -> int:
    """Give up what waits since before an instant; answers how many papers that were."""
    waiting = update(_jobs).where(_jobs.c.printer == PRINTER, _jobs.c.state == "queued", _jobs.c.made_at < before)
    return connection.execute(waiting.values(state=state, cause="", paper=b"")).rowcount


def next_in_state(read: Reading, *, printer: str, state: str) -> StoredJob | None:
    """The oldest job of a printer in a state."""
    row = read.first(
        select(_jobs.c.job, _jobs.c.printer, _jobs.c.kind, _jobs.c.paper, _jobs.c.op, _jobs.c.copy, _jobs.c.state, _jobs.c.cause)
        .where(_jobs.c.printer == printer, _jobs.c.state == state)
        .order_by(_jobs.c.number)
        .limit(1)
    )
    return None if row is None else StoredJob(**row._mapping)


def ids_in_state(read: Reading, *, printer: str, state: str) -> tuple[Id, ...]:
    """Jobs of a printer in a state, oldest first."""
    rows = read.rows(select(_jobs.c.job).where(_jobs.c.printer == printer, _jobs.c.state == state).order_by(_jobs.c.number))
    return tuple(row.job for row in rows)


def stored_job(read: Reading, *, job: Id) -> StoredJob | None:
    """One job with its paper."""
    columns = [_jobs.c[name] for name in StoredJob.__struct_fields__]
    row = read.first(select(*columns).where(_jobs.c.job == job))
    return None if row is None else StoredJob(**row._mapping)


def count_by_state(read: Reading) -> dict[str, int]:
    """State → number of jobs, for those that are not out yet."""
    rows = read.rows(select(_jobs.c.state, func.count()).where(_not_out).group_by(_jobs.c.state))
    return {row[0]: int(row[1]) for row in rows}


def ops_with_jobs(read: Reading, *, ops: Collection[Id]) -> frozenset[Id]:
    """Those of the operations for which a paper was really queued."""
    return frozenset(row.op for row in read.rows(select(_jobs.c.op).where(_jobs.c.op.in_(ops))))


@query()
def print_jobs_of(read: Reading, *, op: Id) -> tuple[PrintJobShown, ...]:
    """Papers of one operation, oldest first."""
    return _shown(read, _jobs.c.op == op)


@query()
def unfinished_prints(read: Reading) -> tuple[PrintJobShown, ...]:
    """Papers that wait, failed, or of which nobody knows whether they came out; oldest first."""
    return _shown(read, _not_out)


@query()
def doubtful_prints(read: Reading) -> tuple[PrintJobShown, ...]:
    """Papers of which a person must say what became of them: unconfirmed, or never printable; oldest first."""
    # A job that a person answered has failed without a cause.
    return _shown(read, or_(_jobs.c.state == "unconfirmed", and_(_jobs.c.state == "failed", _jobs.c.cause != "")))


def _shown(read: Reading, condition: object) -> tuple[PrintJobShown, ...]:
    columns = [_jobs.c[name] for name in PrintJobShown.__struct_fields__]
    rows = read.rows(select(*columns).where(condition).order_by(_jobs.c.number).limit(500))  # type: ignore[arg-type]
    return tuple(PrintJobShown(**row._mapping) for row in rows)
