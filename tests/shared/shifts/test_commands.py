"""A drawer is taken over, counted blind and closed with a report that never changes."""

from typing import Any

import msgspec
import pytest

from shared.books import accounts
from shared.books.queries import balance, trial_balance
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.ledger import transaction
from shared.ledger.log import Recorded
from shared.reports.commands import close_shift
from shared.reports.shift_report import x_report, x_report_blind
from shared.sales.commands import LineAsked
from shared.sales.rules import Discount
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.operations import ShiftClosed
from shared.shifts.queries import cash_in_drawer, closed_shifts, current_shift, z_report
from shared.shifts.rules import Count, ShiftReport, report_gaps
from shared.staff.rules import RIGHTS, Right, Role
from tests.support.ledger import LedgerDesk


def counts(desk: LedgerDesk, minor: int, card: int | None = None) -> Id:
    assert minor % 100 == 0
    return desk.does(count_drawer, count=Count(((100, minor // 100),)), card_minor=card).envelope.op


def closes(desk: LedgerDesk, minor: int, **more: Any) -> Recorded:
    return desk.does(close_shift, count=counts(desk, minor), **more)


def sells(desk: LedgerDesk, price: int = 10_000, **more: Any) -> None:
    goods = desk.stocks(f"Item {desk.clock.wall_ms()}", price)
    desk.sells(LineAsked(product_id=goods), cash=more.pop("cash", price), **more)


def test_the_first_float_comes_from_outside_and_later_ones_from_the_shift_before(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=300_000)
    assert balance(desk.reading, accounts.OPENING_CASH, "RUB") == -300_000
    closes(desk, 300_000, taken_out_minor=200_000)
    assert balance(desk.reading, accounts.SAFE, "RUB") == 200_000
    desk.does(open_shift)
    shown = desk.asks(current_shift)
    assert (shown.number, shown.float_minor) == (2, 100_000)


def test_a_gap_between_two_shifts_is_a_difference_of_its_own(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=300_000)
    closes(desk, 300_000)
    desk.does(open_shift, float_minor=290_000)
    assert cash_in_drawer(desk.reading, "RUB") == 290_000
    assert balance(desk.reading, accounts.CASH_DIFFERENCE, "RUB") == 10_000


def test_one_shift_is_open_at_a_drawer(desk: LedgerDesk) -> None:
    desk.does(open_shift)
    assert desk.refuses(open_shift) == "shift_is_open"
    closes(desk, 0)
    assert desk.refuses(count_drawer, count=Count()) == "shift_is_closed"
    assert desk.refuses(close_shift, count=desk.ids.new_id()) == "shift_is_closed"
    assert desk.refuses(open_shift, float_minor=-1) == "float_is_negative"


def test_only_the_owner_of_the_drawer_or_a_lead_counts_and_closes(desk: LedgerDesk) -> None:
    anna, boris, lead = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.CASHIER, "Boris"), desk.hires(Role.SHIFT_LEAD, "Vera")
    desk.as_(anna).does(open_shift)
    goods = desk.stocks("Cola", 100)
    desk.as_(boris).sells(LineAsked(product_id=goods), cash=100)
    assert desk.refuses(count_drawer, count=Count(((100, 1),))) == "no_right"
    counted = counts(desk.as_(lead), 100)
    assert desk.as_(boris).refuses(close_shift, count=counted) == "no_right"
    desk.as_(anna).does(close_shift, count=counted)


def test_who_counts_blind_cannot_ask_what_should_be_there() -> None:
    assert Right.SEE_EXPECTED_CASH not in RIGHTS[Role.CASHIER]


def test_counting_again_makes_another_count_and_only_the_newest_closes(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=10_000)
    first = counts(desk, 9_000)
    assert desk.refuses(close_shift, count=desk.ids.new_id()) == "count_first"
    second = counts(desk, 10_000)
    assert desk.refuses(close_shift, count=first) == "count_first"
    assert isinstance(desk.does(close_shift, count=second).body, ShiftClosed)


def test_money_that_moves_after_the_count_asks_for_another_one(desk: LedgerDesk) -> None:
    desk.does(open_shift)
    counted = counts(desk, 0)
    sells(desk)
    assert desk.refuses(close_shift, count=counted) == "count_again"
    closes(desk, 10_000)


@pytest.mark.parametrize(("counted", "difference"), [(299_000, -1_000), (301_000, 1_000)])
def test_a_difference_needs_a_reason_and_is_booked(desk: LedgerDesk, counted: int, difference: int) -> None:
    desk.does(open_shift, float_minor=300_000)
    op = counts(desk, counted)
    assert desk.refuses(close_shift, count=op) == "reason_needed"
    assert desk.refuses(close_shift, count=op, reason="aliens") == "reason_needed"
    closed = desk.does(close_shift, count=op, reason="wrong_change").body
    assert isinstance(closed, ShiftClosed)
    assert closed.difference_minor == difference
    assert balance(desk.reading, accounts.CASH_DIFFERENCE, "RUB") == -difference
    assert cash_in_drawer(desk.reading, "RUB") == counted
    assert set(trial_balance(desk.reading).values()) == {0}


def test_a_difference_above_the_limit_needs_somebody_who_may_accept_it(desk: LedgerDesk) -> None:
    anna, lead = desk.hires(Role.CASHIER, "Anna"), desk.hires(Role.SHIFT_LEAD, "Vera")
    desk.as_(anna).does(open_shift, float_minor=100_000)
    exactly = counts(desk, 50_000)
    above = counts(desk, 49_900)
    assert desk.refuses(close_shift, count=above, reason="unknown") == "no_right"
    assert exactly != above
    closed = desk.as_(anna, approver=lead).does(close_shift, count=above, reason="unknown")
    assert (closed.envelope.actor, closed.envelope.approver) == (anna, lead)


def test_exactly_the_limit_is_still_the_cashiers(desk: LedgerDesk) -> None:
    anna = desk.hires(Role.CASHIER, "Anna")
    desk.as_(anna).does(open_shift, float_minor=100_000)
    closes(desk, 50_000, reason="unknown")


def test_no_more_is_taken_out_than_was_counted(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=10_000)
    op = counts(desk, 10_000)
    for wrong in (-1, 10_001):
        assert desk.refuses(close_shift, count=op, taken_out_minor=wrong) == "taken_out_is_too_much"


def without_head(report: ShiftReport) -> ShiftReport:
    """What X and Z must share: everything but the head and the count."""
    head = msgspec.structs.replace(report.head, kind="x", number="", until_at=0)
    return msgspec.structs.replace(report, head=head, counted=())


def test_the_z_report_is_the_x_report_of_that_moment(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=10_000)
    sells(desk, 12_345, cash=20_000)
    desk.waits(90)
    sells(desk, 10_000, discount=Discount(percent_bp=1_000))
    counted = desk.does(count_drawer, count=Count(((1_345, 1), (10_000, 3))), card_minor=0).envelope.op
    x = desk.asks(x_report)
    closed = desk.does(close_shift, count=counted).body
    assert isinstance(closed, ShiftClosed)
    assert without_head(closed.report) == without_head(x)
    assert (closed.report.head.kind, closed.report.head.number) == ("z", "1-0001")
    assert [(one.kind, one.expected_minor, one.counted_minor) for one in closed.report.counted] == [
        ("cash", 31_345, 31_345),
        ("card", 0, 0),
    ]
    assert closed.report.drawer.expected_minor == 31_345


def test_a_report_agrees_with_itself_and_with_what_was_done(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=5_000)
    sells(desk, 12_000, cash=20_000)
    sells(desk, 8_000, cash=8_000, discount=Discount(amount_minor=500))
    goods = desk.stocks("Juice", 3_000, category="Bar")
    desk.sells(LineAsked(product_id=goods, quantity_milli=2_000), card=6_000)
    report = desk.asks(x_report)
    assert report_gaps(report) == ()
    assert (report.sale_count, report.revenue_minor, report.received_minor) == (3, 25_500, 25_500)
    assert {one.kind: (one.count, one.amount_minor) for one in report.tenders} == {"cash": (2, 19_500), "card": (1, 6_000)}
    assert [(one.name, one.quantity_milli, one.amount_minor) for one in report.categories] == [
        ("", 2_000, 19_500),
        ("Bar", 2_000, 6_000),
    ]
    assert (report.corrections.discount_count, report.corrections.discount_minor) == (1, 500)
    assert report.drawer.expected_minor == 5_000 + 19_500 == cash_in_drawer(desk.reading, "RUB")
    assert report.item_milli == 4_000


def test_taking_an_x_report_changes_nothing(desk: LedgerDesk) -> None:
    with pytest.raises(Refusal, match="No shift is open"):
        desk.asks(x_report)
    desk.does(open_shift)
    sells(desk)
    assert desk.asks(x_report) == desk.asks(x_report)


def test_z_numbers_have_no_gaps_and_a_report_never_changes(desk: LedgerDesk) -> None:
    frozen = {}
    for turn in range(3):
        desk.does(open_shift)
        sells(desk)
        with pytest.raises(Refusal, match="not closed yet"):
            desk.asks(z_report, shift_id=desk.asks(current_shift).shift_id)
        shift = desk.asks(current_shift).shift_id
        closed = closes(desk, 10_000 * (turn + 1)).body
        assert isinstance(closed, ShiftClosed)
        frozen[shift] = closed.report
        assert {one: desk.asks(z_report, shift_id=one) for one in frozen} == frozen
    assert [shift.z_number for shift in desk.asks(closed_shifts)] == ["1-0003", "1-0002", "1-0001"]


def test_a_sale_at_night_counts_for_the_day_before(desk: LedgerDesk) -> None:
    desk.waits(10 * 60 + 29)  # 01:29 in Moscow, the day ends at 06:00
    desk.does(open_shift)
    assert desk.asks(current_shift).business_day == "2026-01-15"
    closes(desk, 0)
    desk.waits(5 * 60)  # 06:29
    desk.does(open_shift)
    assert desk.asks(current_shift).business_day == "2026-01-16"


def test_who_still_counts_blind_sees_everything_but_what_must_be_in_the_drawer(desk: LedgerDesk) -> None:
    desk.does(open_shift, float_minor=300_000)
    sells(desk)
    blind = desk.asks(x_report_blind)
    assert (blind.sale_count, blind.received_minor) == (1, 10_000)
    assert "expected" not in str(msgspec.to_builtins(blind))
    assert not hasattr(blind, "drawer")
    assert transaction.query_of(x_report).right == Right.SEE_EXPECTED_CASH
    assert transaction.query_of(x_report_blind).right == Right.SELL


def test_the_newest_count_is_the_one_made_last_whatever_its_id(desk: LedgerDesk) -> None:
    desk.does(open_shift)
    desk.does(count_drawer, op="ffffffff-ffff-7fff-bfff-ffffffffffff", count=Count(((100, 5),)))
    closes(desk, 0)
    assert desk.asks(current_shift) is None
