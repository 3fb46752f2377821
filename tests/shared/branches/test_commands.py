"""A club is set up once; its settings change, its currency does not."""

from typing import Any

import pytest
from sqlalchemy import Connection

from shared.branches.commands import change_branch, put_tax_rate, set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.queries import branch_settings, desk_name, is_set_up, tax_rates
from shared.branches.rules import TaxRateGiven
from shared.core.errors import Refusal
from shared.shifts.commands import open_shift
from tests.support.ledger import CLUB, NO_TAX, VAT, LedgerDesk


def test_a_club_is_set_up_once(connection: Connection) -> None:
    desk = LedgerDesk(connection)
    assert not desk.asks(is_set_up)
    with pytest.raises(Refusal, match="not set up yet"):
        desk.asks(branch_settings)
    assert desk.refuses(change_branch, fields=BranchFields(name="X")) == "not_set_up"
    assert desk.refuses(open_shift) == "not_set_up"
    desk.opens_club()
    assert desk.asks(is_set_up)
    assert (desk.asks(branch_settings).name, desk.asks(desk_name)) == ("Club", "Bar")
    assert desk.refuses(set_up_branch, fields=CLUB, tax_rates=(NO_TAX,)) == "already_set_up"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (BranchFields(), "nothing_changed"),
        (BranchFields(name=" "), "name_is_empty"),
        (BranchFields(name="x" * 81), "name_too_long"),
        (BranchFields(address="x" * 201), "text_too_long"),
        (BranchFields(time_zone="Mars/Olympus"), "time_zone_is_unknown"),
        (BranchFields(currency="USD"), "currency_is_fixed"),
        (BranchFields(tax_system="x" * 201), "text_too_long"),
        (BranchFields(name="\u200b"), "name_is_empty"),
        (BranchFields(cash_step_minor=10_001), "amount_is_too_large"),
        (BranchFields(cutoff_hour=24), "bad_cutoff_hour"),
        (BranchFields(float_minor=-1), "amount_is_negative"),
        (BranchFields(float_minor=2**63), "amount_is_too_large"),
    ],
)
def test_settings_that_cannot_be_are_refused(desk: LedgerDesk, fields: BranchFields, code: str) -> None:
    assert desk.refuses(change_branch, fields=fields) == code


def test_a_set_up_needs_a_name_a_zone_a_currency_and_one_default_rate(connection: Connection) -> None:
    desk = LedgerDesk(connection)
    whole: dict[str, Any] = {"name": "Club", "time_zone": "Europe/Moscow", "currency": "RUB"}
    for missing, code in (
        ("name", "name_is_empty"),
        ("time_zone", "time_zone_is_unknown"),
        ("currency", "currency_is_unknown"),
    ):
        fields = BranchFields(**{name: value for name, value in whole.items() if name != missing})
        assert desk.refuses(set_up_branch, fields=fields, tax_rates=(NO_TAX,)) == code
    for rates in ((), (VAT,), (NO_TAX, TaxRateGiven("Another", 0, is_default=True))):
        assert desk.refuses(set_up_branch, fields=BranchFields(**whole), tax_rates=rates) == "one_default_rate"


def test_a_change_leaves_the_rest_as_it_was(desk: LedgerDesk) -> None:
    before = desk.asks(branch_settings)
    desk.does(change_branch, fields=BranchFields(cutoff_hour=4))
    after = desk.asks(branch_settings)
    assert (after.cutoff_hour, after.name, after.difference_limit_minor) == (4, before.name, before.difference_limit_minor)


def test_tax_rates_are_added_and_archived(desk: LedgerDesk) -> None:
    assert [(rate.name, rate.is_default) for rate in desk.asks(tax_rates)] == [("No tax", True), ("VAT 20 %", False)]
    made = desk.does(put_tax_rate, rate=TaxRateGiven("VAT 5 %", 500)).body
    assert [rate.rate_bp for rate in desk.asks(tax_rates)] == [0, 2000, 500]
    rate_id = made.tax_rate_id  # type: ignore[attr-defined]
    desk.does(put_tax_rate, tax_rate_id=rate_id, rate=TaxRateGiven("VAT 5 %", 500), archived=True)
    assert [rate.rate_bp for rate in desk.asks(tax_rates)] == [0, 2000]
    for wrong in (-1, 10_001):
        assert desk.refuses(put_tax_rate, rate=TaxRateGiven("Wrong", wrong)) == "bad_tax_rate"


def test_settings_longer_than_allowed_do_not_get_in_at_the_set_up_either(connection: Connection) -> None:
    desk = LedgerDesk(connection)
    fields = BranchFields(name="Club", time_zone="UTC", currency="RUB", legal_name="x" * 201)
    assert desk.refuses(set_up_branch, fields=fields, tax_rates=(NO_TAX,)) == "text_too_long"


def test_a_name_keeps_no_sign_that_nobody_sees(desk: LedgerDesk) -> None:
    desk.does(change_branch, fields=BranchFields(name="\x1b@Club\n\u202e No\u200b 1\x07", receipt_footer="Come\tagain\x1b"))
    settings = desk.asks(branch_settings)
    assert (settings.name, settings.receipt_footer) == ("@Club No 1", "Come again")
    desk.does(put_tax_rate, rate=TaxRateGiven(" VAT\n10 ", 1_000))
    assert "VAT 10" in {rate.name for rate in desk.asks(tax_rates)}
