"""What goods cost when they leave."""

import msgspec

from shared.core.money import divide


class Level(msgspec.Struct, frozen=True):
    """Quantity in thousandths and value in minor units of one product in the branch."""

    quantity_milli: int = 0
    value_minor: int = 0


def cost_of(level: Level, quantity_milli: int) -> int:
    """Value, in minor units, of a quantity at the moving average cost; what was never received costs nothing.

    Taking everything takes the whole value, so no remainder is left behind by rounding.
    """
    if level.quantity_milli <= 0 or level.value_minor <= 0:
        return 0
    if quantity_milli >= level.quantity_milli:
        return level.value_minor
    return divide(level.value_minor * quantity_milli, level.quantity_milli)
