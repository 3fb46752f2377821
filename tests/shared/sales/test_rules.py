"""What a sale comes to, and what pays for it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Refusal
from shared.core.money import CURRENCIES, RUB, RoundingWay
from shared.sales import rules
from shared.sales.rules import CashRounding, Discount, TenderKind

CASH, CARD = TenderKind.CASH, TenderKind.CARD


@dataclass(frozen=True)
class Line:
    line_no: int
    price_minor: int
    quantity_milli: int = 1000
    tax_rate_id: str = "vat20"
    tax_bp: int = 2000
    tax_included: bool = True
    discount: Discount = rules.NO_DISCOUNT


discounts = st.one_of(
    st.just(rules.NO_DISCOUNT),
    st.integers(0, 10_000).map(lambda percent: Discount(percent_bp=percent)),
    st.integers(0, 10**7).map(lambda amount: Discount(amount_minor=amount)),
)
lines = st.lists(
    st.builds(
        Line,
        line_no=st.integers(1, 99),
        price_minor=st.integers(0, 10**7),
        quantity_milli=st.integers(1, 99_999),
        tax_rate_id=st.sampled_from(("vat20", "vat10", "none")),
        tax_bp=st.sampled_from((0, 1000, 2000)),
        tax_included=st.booleans(),
        discount=discounts,
    ),
    max_size=12,
)
roundings = st.builds(CashRounding, step_minor=st.sampled_from((1, 10, 50, 100)), way=st.sampled_from(RoundingWay))


@given(lines, discounts)
def test_the_lines_always_add_up_to_the_document(sold: list[Line], discount: Discount) -> None:
    sale = rules.totals(sold, discount)
    assert sum(line.total_minor for line in sale.lines) == sale.total_minor
    assert sum(line.tax_minor for line in sale.lines) == sale.tax_minor == sum(rate.tax_minor for rate in sale.taxes)
    assert sum(rate.base_minor for rate in sale.taxes) == sale.total_minor
    assert sale.gross_minor - sale.discount_minor == sum(line.net_minor for line in sale.lines)
    assert all(0 <= line.discount_minor <= line.gross_minor for line in sale.lines)


def test_a_document_discount_of_10_00_over_three_lines_leaves_30_00_30_00_30_00() -> None:
    sale = rules.totals([Line(1, 3333), Line(2, 3333), Line(3, 3334)], Discount(amount_minor=1000))
    assert [line.document_discount_minor for line in sale.lines] == [333, 333, 334]
    assert [line.total_minor for line in sale.lines] == [3000, 3000, 3000]


@pytest.mark.parametrize(("price", "percent", "total"), [(230, 500, 219), (5895, 1000, 5306), (2545, 1000, 2291)])
def test_a_percentage_is_the_same_on_the_line_and_in_the_total(price: int, percent: int, total: int) -> None:
    on_line = rules.totals([Line(1, price, discount=Discount(percent_bp=percent))])
    on_document = rules.totals([Line(1, price)], Discount(percent_bp=percent))
    assert on_line.lines[0].total_minor == on_line.total_minor == total
    assert on_document.lines[0].total_minor == on_document.total_minor == total


def test_a_percentage_and_an_amount_never_both_drive_one_discount() -> None:
    with pytest.raises(Refusal, match="Leave one"):
        Discount(percent_bp=500, amount_minor=100)


def test_no_discount_is_nothing() -> None:
    assert not rules.NO_DISCOUNT
    assert Discount(percent_bp=1)
    assert Discount(amount_minor=1)


def test_a_discount_outside_0_to_100_percent_is_refused() -> None:
    for wrong in ({"percent_bp": 10_001}, {"percent_bp": -1}, {"amount_minor": -1}):
        with pytest.raises(Refusal):
            Discount(**wrong)


def test_tax_included_stays_inside_and_tax_on_top_is_added() -> None:
    sale = rules.totals([Line(1, 12_000), Line(2, 10_000, tax_included=False, tax_rate_id="sales")])
    assert [line.total_minor for line in sale.lines] == [12_000, 12_000]
    assert [(rate.tax_rate_id, rate.base_minor, rate.tax_minor) for rate in sale.taxes] == [
        ("vat20", 12_000, 2000),
        ("sales", 12_000, 2000),
    ]


def test_an_empty_sale_is_nothing() -> None:
    assert rules.totals([]).total_minor == 0


def test_a_sale_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Refusal, match="total is too large"):
        rules.totals([Line(1, rules.PRICE_MAX_MINOR, quantity_milli=11_000)])


def test_a_discount_above_the_cap_of_the_role_needs_the_lead() -> None:
    tenth = rules.totals([Line(1, 10_000), Line(2, 5_000)], Discount(percent_bp=1000))
    rules.check_discount_cap(tenth, 1000)
    hidden = rules.totals([Line(1, 100_000), Line(2, 5_000, discount=Discount(amount_minor=501))])
    with pytest.raises(Refusal, match="Over 10 %"):
        rules.check_discount_cap(hidden, 1000)


@given(lines.filter(bool), st.integers(0, 10_000))
def test_a_percentage_within_the_cap_never_needs_the_lead_for_a_rounded_kopeck(sold: list[Line], percent_bp: int) -> None:
    plain = [Line(line.line_no, line.price_minor, line.quantity_milli) for line in sold]
    rules.check_discount_cap(rules.totals(plain, Discount(percent_bp=percent_bp)), percent_bp)


def test_75_paid_with_100_gives_25_change() -> None:
    paid = rules.settle(7500, [(CASH, 10_000)])
    assert paid.change_minor == 2500
    assert paid.tenders[0].amount_minor == 7500
    assert paid.tenders[0].change_minor == 2500


def test_a_mixed_payment_takes_the_card_first_and_cash_for_the_rest() -> None:
    paid = rules.settle(77_900, [(CASH, 100_000), (CARD, 20_000)])
    assert [(tender.kind, tender.amount_minor) for tender in paid.tenders] == [(CARD, 20_000), (CASH, 57_900)]
    assert paid.change_minor == 42_100


def test_only_the_cash_paid_remainder_is_rounded() -> None:
    rounding = CashRounding(100, RoundingWay.DOWN)
    assert rules.settle(12_345, [(CARD, 12_345)], rounding).rounding_minor == 0
    mixed = rules.settle(12_345, [(CARD, 2_000), (CASH, 10_300)], rounding)
    assert (mixed.rounding_minor, mixed.change_minor) == (-45, 0)
    assert rules.cash_due(12_345, 2_000, rounding) == 10_300


def test_a_remainder_rounded_down_to_nothing_is_paid_with_nothing() -> None:
    paid = rules.settle(1_030, [(CARD, 1_000), (CASH, 0)], CashRounding(100, RoundingWay.DOWN))
    assert (paid.rounding_minor, paid.change_minor) == (-30, 0)


def test_a_sale_given_away_needs_no_payment() -> None:
    assert rules.settle(0, []).tenders == ()


@pytest.mark.parametrize(
    ("handed", "code"),
    [
        ([], "underpaid"),
        ([(CASH, 9_999)], "underpaid"),
        ([(CARD, 9_999)], "underpaid"),
        ([(CARD, 10_001)], "change_needs_cash"),
        ([(CARD, 10_000), (CASH, 100)], "nothing_remains_for_cash"),
        ([(CASH, -1)], "tender_is_not_positive"),
        ([(CASH, 0)], "tender_is_not_positive"),
        ([(CARD, 0), (CASH, 10_000)], "tender_is_not_positive"),
        ([(CASH, 2**53 + 1)], "amount_is_too_large"),
        ([(CARD, 1)] * 9, "tenders_are_too_many"),
    ],
)
def test_a_wrong_payment_is_refused(handed: list[tuple[TenderKind, int]], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.settle(10_000, handed)
    assert refused.value.code == code


def test_the_refusal_of_too_little_says_how_much_is_missing() -> None:
    with pytest.raises(Refusal) as refused:
        rules.settle(10_000, [(CARD, 4_000), (CASH, 5_000)])
    assert refused.value.params == {"missing_minor": 1_000}


@given(st.integers(1, 10**9), st.data(), roundings)
def test_tenders_less_change_are_always_the_rounded_total(total: int, data: st.DataObject, rounding: CashRounding) -> None:
    card = data.draw(st.integers(0, total - 1))
    due = rules.cash_due(total, card, rounding)
    cash = due + data.draw(st.integers(0, 10**6)) if due else 0
    paid = rules.settle(total, ([(CARD, card)] if card else []) + [(CASH, cash)], rounding)
    assert sum(tender.tendered_minor for tender in paid.tenders) - paid.change_minor == total + paid.rounding_minor
    assert sum(tender.amount_minor for tender in paid.tenders) == total + paid.rounding_minor
    assert paid.change_minor >= 0
    assert abs(paid.rounding_minor) < rounding.step_minor


@pytest.mark.parametrize(
    ("due", "offered"),
    [
        (57_900, (57_900, 60_000, 100_000, 200_000, 500_000)),
        (10_000, (10_000, 20_000, 50_000, 100_000, 200_000)),
        (4_250, (4_250, 5_000, 10_000, 20_000, 50_000)),
        (620_000, (620_000, 650_000, 700_000, 800_000, 1_000_000)),
        (0, ()),
    ],
)
def test_quick_amounts_are_the_exact_one_and_the_next_notes(due: int, offered: tuple[int, ...]) -> None:
    assert rules.quick_amounts(due, RUB) == offered


@given(st.integers(1, 10**8), st.sampled_from(sorted(CURRENCIES)))
def test_every_quick_amount_pays_the_sale(due: int, code: str) -> None:
    offered = rules.quick_amounts(due, CURRENCIES[code])
    assert offered[0] == due
    assert list(offered) == sorted(set(offered))
    assert len(offered) <= rules.QUICK_AMOUNTS_MAX


def test_change_is_told_in_notes_and_coins() -> None:
    change = rules.change_pieces(42_100, RUB)
    assert (change.notes, change.coins_minor) == (((20_000, 2),), 2_100)


@pytest.mark.parametrize(
    ("quantity", "unit", "code"),
    [
        (0, "pcs", "quantity_is_not_positive"),
        (-1000, "pcs", "quantity_is_not_positive"),
        (500, "pcs", "quantity_is_fractional"),
        (10_000_000, "kg", "quantity_is_too_large"),
    ],
)
def test_a_wrong_quantity_is_refused(quantity: int, unit: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.checked_quantity(quantity, unit)
    assert refused.value.code == code


def test_a_fraction_is_sold_where_the_unit_is_divisible() -> None:
    assert rules.checked_quantity(500, "kg") == 500


def test_a_wrong_price_is_refused() -> None:
    for price in (-1, rules.PRICE_MAX_MINOR + 1):
        with pytest.raises(Refusal):
            rules.checked_price(price)
