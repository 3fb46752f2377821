"""What a club's settings must satisfy."""

import msgspec

from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import RoundingWay
from shared.core.text import N_, one_line

NAME_LENGTH_MAX = 80
TEXT_LENGTH_MAX = 200
RATE_BP_MAX = 10_000
CASH_STEP_MAX_MINOR = 10_000
"""Cash is rounded to coins; a larger step would give goods away."""


class TaxRateGiven(msgspec.Struct, frozen=True):
    """A tax rate as set up: basis points, and whether prices include it."""

    name: str
    rate_bp: int
    included: bool = True
    is_default: bool = False


class BranchSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that documents and reports of a club depend on.

    `cutoff_hour` 0–23 local; `cash_step_minor` 0 or 1 means cash is not rounded; `difference_limit_minor` is the
    largest drawer difference a cashier may close alone; `float_minor` is the change fund left for the next shift.
    """

    branch_id: Id
    name: str
    time_zone: str
    currency: str
    legal_name: str = ""
    tax_number: str = ""
    address: str = ""
    receipt_footer: str = ""
    cutoff_hour: int = 6
    cash_step_minor: int = 0
    cash_rounding: RoundingWay = RoundingWay.DOWN
    difference_limit_minor: int = 30_000
    float_minor: int = 300_000
    tax_system: str = "usn_income"
    in_store_rules: str = ""


def check_name(name: str) -> str:
    """A name people can tell apart; answers it trimmed. Raises Refusal."""
    trimmed = one_line(name)
    if not trimmed:
        raise Refusal("name_is_empty", N_("The name is empty. Type it in"))
    if len(trimmed) > NAME_LENGTH_MAX:
        raise Refusal("name_too_long", N_("The name is longer than {most} characters. Shorten it"), most=NAME_LENGTH_MAX)
    return trimmed


def check_text(text: str) -> str:
    """A line for documents; answers it trimmed. Raises Refusal."""
    trimmed = one_line(text)
    if len(trimmed) > TEXT_LENGTH_MAX:
        raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=TEXT_LENGTH_MAX)
    return trimmed


def check_rate(rate: TaxRateGiven) -> TaxRateGiven:
    """The rate with its name trimmed. Raises Refusal unless it lies between 0 and 100 %."""
    if not 0 <= rate.rate_bp <= RATE_BP_MAX:
        raise Refusal("bad_tax_rate", N_("A tax rate lies between 0 and 100 %"))
    return msgspec.structs.replace(rate, name=check_name(rate.name))


def check_cutoff(hour: int) -> int:
    """The hour at which a business day ends. Raises Refusal."""
    if not 0 <= hour <= 23:
        raise Refusal("bad_cutoff_hour", N_("The day ends at an hour from 0 to 23"))
    return hour


def check_rates(rates: tuple[TaxRateGiven, ...]) -> tuple[TaxRateGiven, ...]:
    """The rates as they may be kept. Raises Refusal unless exactly one is the default and all lie between 0 and 100 %."""
    if sum(rate.is_default for rate in rates) != 1:
        raise Refusal("one_default_rate", N_("Choose one tax rate for new goods"))
    return tuple(map(check_rate, rates))
