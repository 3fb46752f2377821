"""Setting up a club and changing its settings."""

import msgspec

from shared.branches import rules
from shared.branches.operations import BranchChanged, BranchFields, BranchSetUp, TaxRatePut
from shared.branches.queries import is_set_up
from shared.branches.rules import TaxRateGiven
from shared.core.calendar import zone
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import bounded, currency
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command

CHANGE_SETTINGS = "change_settings"
"""The right these take; rights are declared in `staff`, one layer up."""


@command(CHANGE_SETTINGS)
def set_up_branch(
    tx: Transaction, *, fields: BranchFields, tax_rates: tuple[TaxRateGiven, ...], desk_name: str = ""
) -> BranchSetUp:
    """Open this desk's club. Refused when it is set up already."""
    if is_set_up(tx):
        raise Refusal("already_set_up", N_("The club is set up already. Change it in the settings"))
    rules.check_name(fields.name or "")
    zone(fields.time_zone or "")
    currency(fields.currency or "")
    return BranchSetUp(
        fields=_checked(fields),
        tax_rates=rules.check_rates(tax_rates),
        device=tx.desk.device,
        desk_number=tx.desk.number,
        desk_name=rules.check_text(desk_name),
    )


@command(CHANGE_SETTINGS)
def change_branch(tx: Transaction, *, fields: BranchFields) -> BranchChanged:
    """Change settings of the club. The currency is fixed once anything was sold, so it cannot be changed here."""
    if not is_set_up(tx):
        raise Refusal("not_set_up", N_("The club is not set up yet. Start the program and answer its questions"))
    if fields.currency is not None:
        raise Refusal("currency_is_fixed", N_("The currency is fixed when the club is set up"))
    if not fields.given():
        raise Refusal("nothing_changed", N_("Nothing was changed"))
    return BranchChanged(fields=_checked(fields))


@command(CHANGE_SETTINGS)
def put_tax_rate(tx: Transaction, *, rate: TaxRateGiven, tax_rate_id: Id | None = None, archived: bool = False) -> TaxRatePut:
    """Add a tax rate, or change the one named by `tax_rate_id`."""
    return TaxRatePut(tax_rate_id=tax_rate_id or tx.ids.new_id(), rate=rules.check_rate(rate), archived=archived)


def _checked(fields: BranchFields) -> BranchFields:
    """The same settings, every given one trimmed and checked. Raises Refusal."""
    trimmed = {} if fields.name is None else {"name": rules.check_name(fields.name)}
    for name in ("legal_name", "tax_number", "address", "receipt_footer", "tax_system"):
        if (text := getattr(fields, name)) is not None:
            trimmed[name] = rules.check_text(text)
    if fields.time_zone is not None:
        zone(fields.time_zone)
    if fields.cutoff_hour is not None:
        rules.check_cutoff(fields.cutoff_hour)
    for amount in (fields.difference_limit_minor, fields.float_minor, fields.cash_step_minor):
        if amount is not None and bounded(amount) < 0:
            raise Refusal("amount_is_negative", N_("The amount is below zero. Type it without the minus"))
    if (fields.cash_step_minor or 0) > rules.CASH_STEP_MAX_MINOR:
        raise Refusal("amount_is_too_large", N_("The amount is too large. Check the price and the quantity"))
    return msgspec.structs.replace(fields, **trimmed)
