"""How stock comes to be known."""

import msgspec

from shared.books import accounts
from shared.books.posting import post
from shared.core.ids import Id
from shared.ledger.effects import Effects
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.stock import moves


class StockedLine(msgspec.Struct, frozen=True):
    """Change of one product: thousandths of its unit and value in minor units, both signed."""

    product_id: Id
    quantity_milli: int
    value_minor: int


@operation("stock_recorded")
class StockRecorded(Operation, frozen=True, kw_only=True):
    """Somebody said how much lies there; the lines are the differences to what the books knew."""

    lines: tuple[StockedLine, ...]
    currency: str
    business_day: str
    note: str = ""


@reducer(StockRecorded)
def _(op: StockRecorded, env: Envelope) -> Effects:
    for number, line in enumerate(op.lines):
        yield from moves.move(env, number, line.product_id, line.quantity_milli, line.value_minor, "recorded")
    value = sum(line.value_minor for line in op.lines)
    yield from post(env, op.currency, op.business_day, (accounts.STOCK, value), (accounts.OPENING_STOCK, -value))
