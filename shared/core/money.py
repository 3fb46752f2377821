"""Money as whole minor units: one rounding per result, splits that always add up, currencies as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.core.errors import Refusal
from shared.core.text import N_

AMOUNT_MAX_MINOR = 2**53
"""Largest amount either way: every integer up to here survives JSON and spreadsheets."""
MILLI = 1000
"""Thousandths in one unit of a quantity."""
FULL_BP = 10_000
"""Basis points in the whole: 100 %."""


class RoundingWay(StrEnum):
    """Where cash rounding goes when the amount is between two steps; `nearest` sends the exact middle up."""

    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency; denominations in minor units from high to low, `small_coins` are legal but rarely in a drawer."""

    code: str
    exponent: int
    symbol: str
    notes: tuple[int, ...]
    coins: tuple[int, ...]
    small_coins: tuple[int, ...] = ()

    @property
    def minor_per_unit(self) -> int:
        """Minor units in one whole unit: 100 kopecks in a rouble."""
        return int(10**self.exponent)


RUB = Currency("RUB", 2, "₽", (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000), (1_000, 500, 200, 100), (50, 10))
KZT = Currency(
    "KZT",
    2,
    "₸",
    (2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000),
    (20_000, 10_000, 5_000, 2_000, 1_000, 500),
    (200, 100),
)
BYN = Currency("BYN", 2, "Br", (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500), (200, 100, 50, 20, 10, 5, 2, 1))
UAH = Currency("UAH", 2, "₴", (100_000, 50_000, 20_000, 10_000, 5_000, 2_000), (1_000, 500, 200, 100, 50), (10,))
USD = Currency("USD", 2, "$", (10_000, 5_000, 2_000, 1_000, 500, 100), (25, 10, 5, 1), (50,))
EUR = Currency("EUR", 2, "€", (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500), (200, 100, 50, 20, 10, 5, 2, 1))

CURRENCIES = {currency.code: currency for currency in (RUB, KZT, BYN, UAH, USD, EUR)}


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code. Refuses a code the table does not hold."""
    found = CURRENCIES.get(code)
    if found is None:
        raise Refusal("currency_is_unknown", N_("Currency {currency} is not known. Choose one from the list"), currency=code)
    return found


def bounded(amount_minor: int) -> int:
    """The same amount. Refuses one beyond ±`AMOUNT_MAX_MINOR`."""
    if not -AMOUNT_MAX_MINOR <= amount_minor <= AMOUNT_MAX_MINOR:
        raise Refusal("amount_is_too_large", N_("The amount is too large. Check the price and the quantity"))
    return amount_minor


def divide(numerator: int, denominator: int) -> int:
    """Quotient rounded to the nearest, halves away from zero, so that a refund mirrors its sale."""
    assert denominator > 0, "a divisor of money is positive"
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def times(quantity_milli: int, price_minor: int) -> int:
    """Price of a quantity in minor units, rounded once. Refuses a result beyond the bound."""
    return bounded(divide(quantity_milli * price_minor, MILLI))


def share(amount_minor: int, part_bp: int) -> int:
    """`part_bp` basis points of an amount, rounded once."""
    return bounded(divide(amount_minor * part_bp, FULL_BP))


def less_percent(amount_minor: int, percent_bp: int) -> int:
    """What remains after a percentage is taken off; the remainder is rounded, the discount is the difference."""
    return share(amount_minor, FULL_BP - percent_bp)


def tax_inside(amount_minor: int, tax_bp: int) -> int:
    """The tax contained in an amount that includes it."""
    return divide(amount_minor * tax_bp, FULL_BP + tax_bp)


def tax_on_top(amount_minor: int, tax_bp: int) -> int:
    """The tax to add to an amount that does not include it."""
    return share(amount_minor, tax_bp)


def split(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Shares of a total by weight that add up to it exactly: largest remainder first, ties by order.

    Weights are not negative; when all are zero the shares are equal. With a total within Σ weights no share exceeds its weight.
    """
    assert min(weights, default=-1) >= 0, "a split needs weights, none of them negative"
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    magnitude = abs(total_minor)
    shares = [magnitude * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(magnitude * weights[place] % whole))
    for place in by_remainder[: magnitude - sum(shares)]:
        shares[place] += 1
    return tuple(shares) if total_minor >= 0 else tuple(-part for part in shares)


def cash_rounding(amount_minor: int, step_minor: int, way: RoundingWay) -> int:
    """What to add to an amount so that it is a multiple of the step; refunds round as the mirror of sales."""
    assert step_minor > 0, "a rounding step is positive"
    if amount_minor < 0:
        return -cash_rounding(-amount_minor, step_minor, way)
    over = amount_minor % step_minor
    if over == 0:
        return 0
    up = way is RoundingWay.UP or (way is RoundingWay.NEAREST and 2 * over >= step_minor)
    return step_minor - over if up else -over


def pieces(amount_minor: int, denominations: Sequence[int]) -> tuple[tuple[tuple[int, int], ...], int]:
    """The fewest pieces from high to low as (denomination, count), and what they cannot make."""
    found: list[tuple[int, int]] = []
    for denomination in sorted(denominations, reverse=True):
        count, amount_minor = divmod(amount_minor, denomination)
        if count:
            found.append((denomination, count))
    return tuple(found), amount_minor
