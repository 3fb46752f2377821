"""Which matters are settled."""

import msgspec
from sqlalchemy import select

from shared.ledger.memory import remembered
from shared.ledger.transaction import Reading, query
from shared.review.tables import Settlement
from shared.staff.queries import person_name
from shared.staff.rules import Right


class SettlementShown(msgspec.Struct, frozen=True):
    """Who settled a matter, when and how."""

    matter: str
    resolution: str
    note: str
    person: str
    at: int


@query(Right.SETTLE_MATTERS)
def settlements(read: Reading, *, most: int = 200) -> tuple[SettlementShown, ...]:
    """The newest settlements of this branch."""
    rows = read.rows(
        select(Settlement.matter, Settlement.resolution, Settlement.note, Settlement.staff_id, Settlement.at)
        .where(Settlement.branch_id == read.desk.branch)
        .order_by(Settlement.at.desc(), Settlement.op.desc())
        .limit(min(most, 500))
    )
    return tuple(SettlementShown(row[0], row[1], row[2], person_name(read, row[3]), row[4]) for row in rows)


@remembered("matter_settlements")
def settled_matters(read: Reading) -> frozenset[str]:
    """Names of all matters of this branch that somebody settled."""
    rows = read.rows(select(Settlement.matter).where(Settlement.branch_id == read.desk.branch))
    return frozenset(row[0] for row in rows)
