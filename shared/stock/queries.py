"""What should lie in the warehouse."""

from collections.abc import Collection

import msgspec
from sqlalchemy import bindparam, select

from shared.core.ids import Id
from shared.ledger.prepared import Prepared
from shared.ledger.transaction import Reading, query
from shared.staff.rules import Right
from shared.stock.rules import Level
from shared.stock.tables import StockLevel, StockMove


class MoveShown(msgspec.Struct, frozen=True):
    """One move of a product; quantity in thousandths, value in minor units."""

    op: Id
    at: int
    quantity_milli: int
    value_minor: int
    reason: str


class BelowZero(msgspec.Struct, frozen=True):
    """A product of which more was sold than was known to be there."""

    product_id: Id
    quantity_milli: int
    moves: int


def levels_of(read: Reading, products: Collection[Id]) -> dict[Id, Level]:
    """Level by product; a product that never moved has an empty level."""
    rows = read.rows(_LEVELS, branch=read.desk.branch, products=list(products)) if products else []
    found = {row[0]: Level(row[1], row[2]) for row in rows}
    return {product: found.get(product, Level()) for product in products}


_LEVELS = Prepared(
    select(StockLevel.product_id, StockLevel.quantity_milli, StockLevel.value_minor).where(
        StockLevel.branch_id == bindparam("branch"), StockLevel.product_id.in_(bindparam("products", expanding=True))
    )
)


def below_zero(read: Reading) -> tuple[BelowZero, ...]:
    """Products whose level is negative."""
    rows = read.rows(
        select(StockLevel.product_id, StockLevel.quantity_milli, StockLevel.moves).where(
            StockLevel.branch_id == read.desk.branch, StockLevel.quantity_milli < 0
        )
    )
    return tuple(BelowZero(*row) for row in rows)


@query(Right.RECORD_STOCK)
def product_moves(read: Reading, *, product_id: Id, most: int = 50) -> tuple[MoveShown, ...]:
    """The newest moves of a product."""
    rows = read.rows(
        select(StockMove.op, StockMove.at, StockMove.quantity_milli, StockMove.value_minor, StockMove.reason)
        .where(StockMove.branch_id == read.desk.branch, StockMove.product_id == product_id)
        .order_by(StockMove.op.desc())
        .limit(min(most, 500))
    )
    return tuple(MoveShown(*row) for row in rows)
