"""Which matters are settled."""

from sqlalchemy import select

from shared.ledger.transaction import Reading
from shared.review.tables import Settlement


def settled_matters(read: Reading) -> frozenset[str]:
    """Names of all matters of this branch that somebody settled."""
    rows = read.rows(select(Settlement.matter).where(Settlement.branch_id == read.desk.branch))
    return frozenset(row[0] for row in rows)
