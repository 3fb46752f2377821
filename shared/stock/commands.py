"""Saying what lies there."""

import msgspec

from shared.branches.queries import branch_settings
from shared.catalog.queries import products_by_id
from shared.core.calendar import business_day
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import AMOUNT_MAX_MINOR, bounded, divide, times
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command
from shared.staff.rules import Right
from shared.stock.operations import StockedLine, StockRecorded
from shared.stock.queries import levels_of
from shared.stock.rules import Level, cost_of

LINES_MAX = 300
NOTE_LENGTH_MAX = 500


class CountedGoods(msgspec.Struct, frozen=True):
    """How much of a product lies there (thousandths), and what one unit cost if that is known (minor units)."""

    product_id: Id
    quantity_milli: int
    unit_cost_minor: int | None = None


@command(Right.RECORD_STOCK)
def record_stock(tx: Transaction, *, goods: tuple[CountedGoods, ...], note: str = "") -> StockRecorded:
    """Set the level of goods to what was counted. Each product once, at most 300, none below zero."""
    if not 0 < len(goods) <= LINES_MAX or len({line.product_id for line in goods}) != len(goods):
        raise Refusal("bad_stock_list", N_("Name each item once, at most {most} at a time"), most=LINES_MAX)
    if len(note) > NOTE_LENGTH_MAX:
        raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=NOTE_LENGTH_MAX)
    if len(products_by_id(tx, {line.product_id for line in goods})) != len(goods):
        raise Refusal("unknown_product", N_("There is no such item any more. Search for it again"))
    settings = branch_settings(tx)
    levels = levels_of(tx, [line.product_id for line in goods])
    lines = tuple(_difference(levels[line.product_id], line) for line in goods)
    return StockRecorded(
        lines=lines,
        currency=settings.currency,
        business_day=business_day(tx.now, settings.time_zone, settings.cutoff_hour).isoformat(),
        note=note,
    )


def _difference(level: Level, counted: CountedGoods) -> StockedLine:
    if not 0 <= counted.quantity_milli <= AMOUNT_MAX_MINOR // 1000:
        raise Refusal("bad_quantity", N_("How much lies there is a number from zero up"))
    if counted.unit_cost_minor is not None:
        if counted.unit_cost_minor < 0:
            raise Refusal("bad_cost", N_("A cost is a number from zero up"))
        value = times(counted.quantity_milli, counted.unit_cost_minor)
    elif counted.quantity_milli <= level.quantity_milli:
        value = level.value_minor - cost_of(level, level.quantity_milli - counted.quantity_milli)
    elif level.quantity_milli > 0:
        value = divide(level.value_minor * counted.quantity_milli, level.quantity_milli)
    else:
        value = level.value_minor
    return StockedLine(counted.product_id, counted.quantity_milli - level.quantity_milli, bounded(value) - level.value_minor)
