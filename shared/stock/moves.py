"""Goods move only through here."""

from shared.core.ids import Id
from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope
from shared.stock.tables import StockMove


def move(env: Envelope, line: int, product: Id, quantity_milli: int, value_minor: int, reason: str) -> Effects:
    """One move of one product; positive comes in. `value_minor` has the sign of the quantity."""
    yield insert(
        StockMove,
        branch_id=env.branch,
        op=env.op,
        line=line,
        product_id=product,
        quantity_milli=quantity_milli,
        value_minor=value_minor,
        reason=reason,
        shift_id=env.shift,
        at=env.at,
    )
