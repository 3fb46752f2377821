"""What the guest hands over: every way to pay comes to what the sale itself would settle."""

import pytest

from desktop.screens.sale.payment import Payment
from shared.core.errors import Refusal
from shared.core.money import RoundingWay
from shared.sales.commands import TenderAsked
from shared.sales.rules import CashRounding, TenderKind

CASH, CARD = TenderKind.CASH, TenderKind.CARD
DUE = 77_900


@pytest.fixture
def payment() -> Payment:
    return Payment(DUE)


def test_nothing_typed_is_exact_cash(payment: Payment) -> None:
    assert payment.tenders == (TenderAsked(CASH, DUE),)
    assert (payment.change_minor, payment.taken_minor) == (0, DUE)


def test_more_cash_gives_change_back(payment: Payment) -> None:
    given = payment.type_amount(100_000)
    assert given.change_minor == 22_100
    assert given.settlement().change_minor == 22_100


def test_too_little_cash_is_refused_with_what_is_missing(payment: Payment) -> None:
    short = payment.type_amount(70_000)
    assert short.change_minor == -7_900
    with pytest.raises(Refusal, match="7900 missing"):
        short.settlement()


def test_the_card_key_pays_all_by_card(payment: Payment) -> None:
    by_card = payment.use_card()
    assert by_card.active is CARD
    assert by_card.tenders == (TenderAsked(CARD, DUE),)
    assert by_card.is_complete


def test_an_amount_before_the_card_key_goes_on_the_card_and_the_rest_is_cash(payment: Payment) -> None:
    mixed = payment.type_amount(50_000).use_card()
    assert mixed.active is CASH
    assert mixed.cash_due_minor == 27_900
    assert mixed.tenders == (TenderAsked(CARD, 50_000), TenderAsked(CASH, 27_900))


def test_the_rest_by_card_leaves_the_typed_cash(payment: Payment) -> None:
    mixed = payment.type_amount(20_000).rest_by_card()
    assert mixed.tenders == (TenderAsked(CARD, 57_900), TenderAsked(CASH, 20_000))
    assert mixed.settlement().change_minor == 0


def test_no_rest_by_card_when_cash_covers_everything(payment: Payment) -> None:
    with pytest.raises(Refusal):
        payment.type_amount(100_000).rest_by_card()


def test_a_part_typed_on_the_card_row_asks_for_the_cash_next(payment: Payment) -> None:
    part = payment.select(CARD).type_amount(30_000)
    assert not part.is_complete
    assert part.select(CASH).cash_due_minor == 47_900


def test_more_than_the_total_on_a_card_is_refused(payment: Payment) -> None:
    with pytest.raises(Refusal):
        payment.select(CARD).type_amount(90_000).settlement()


def test_leaving_the_card_row_untouched_gives_the_card_up(payment: Payment) -> None:
    assert payment.select(CARD).select(CASH).tenders == payment.tenders


def test_taking_a_payment_away_goes_back_to_exact_cash(payment: Payment) -> None:
    assert payment.type_amount(50_000).use_card().remove().tenders == payment.tenders
    assert payment.type_amount(100_000).remove() == payment
    assert payment.use_card().remove() == payment


def test_cash_is_rounded_and_a_card_is_not() -> None:
    rounded = Payment(12_345, CashRounding(100, RoundingWay.DOWN))
    assert (rounded.cash_due_minor, rounded.rounding_minor) == (12_300, -45)
    assert rounded.use_card().tenders == (TenderAsked(CARD, 12_345),)
    assert rounded.type_amount(5_000).use_card().cash_due_minor == 7_300


def test_cash_rounded_down_to_nothing_is_paid_with_nothing() -> None:
    free = Payment(30, CashRounding(100, RoundingWay.DOWN))
    assert free.settlement().rounding_minor == -30


def test_a_receipt_of_nothing_needs_no_payment() -> None:
    assert Payment(0).tenders == ()
    assert Payment(0).settlement().tenders == ()
