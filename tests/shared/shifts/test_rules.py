"""The drawer: what must be in it, what was counted, and one report for X and Z."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Refusal
from shared.shifts import rules
from shared.shifts.rules import Count, Drawer, ShiftReport


def test_a_sale_of_75_paid_with_100_adds_75_to_the_drawer() -> None:
    assert Drawer(tendered_minor=10_000, change_minor=2_500).expected_minor == 7_500


def test_a_cash_refund_of_20_takes_20_from_the_shift_that_refunds() -> None:
    selling, refunding = Drawer(tendered_minor=2_000), Drawer(refunds_minor=2_000)
    assert (selling.expected_minor, refunding.expected_minor) == (2_000, -2_000)


def test_the_drawer_of_the_shift_report_adds_up() -> None:
    drawer = Drawer(
        float_minor=300_000,
        tendered_minor=2_100_000,
        change_minor=80_000,
        refunds_minor=64_000,
        paid_in_minor=150_000,
        collected_minor=400_000,
    )
    assert drawer.sales_minor == 2_020_000
    assert drawer.expected_minor == 2_006_000


def test_counted_is_the_sum_of_denomination_times_pieces() -> None:
    count = Count(((500_000, 1), (200_000, 2), (100_000, 6), (50_000, 5), (20_000, 4), (10_000, 11), (5_000, 6), (1_000, 14)))
    assert count.total_minor == 1_984_000
    assert rules.difference(count.total_minor, 1_999_000) == -15_000
    assert Count().total_minor == 0


@pytest.mark.parametrize(
    "wrong",
    [((100, -1),), ((100, 100_001),), ((100, 1), (100, 2)), ((0, 5),), ((-100, 5),), tuple((value, 1) for value in range(1, 42))],
)
def test_a_count_no_hand_can_make_is_refused(wrong: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(Refusal):
        Count(wrong)


def test_a_difference_above_the_limit_needs_a_lead() -> None:
    assert not rules.needs_lead(-50_000)
    assert rules.needs_lead(-50_001)
    assert rules.needs_lead(10, limit_minor=0)
    assert not rules.needs_lead(0, limit_minor=0)


def test_what_is_left_is_the_next_float() -> None:
    assert rules.left_for_next(1_984_000, 1_684_000) == 300_000
    for wrong in (-1, 1_984_001):
        with pytest.raises(Refusal):
            rules.left_for_next(1_984_000, wrong)


def test_a_float_below_zero_is_refused() -> None:
    assert rules.checked_float(0) == 0
    with pytest.raises(Refusal):
        rules.checked_float(-1)


def test_a_shift_warns_before_a_day_is_over_and_then_must_close() -> None:
    hours = 3_600_000
    assert [rules.shift_age(0, age * hours) for age in (0, 21, 22, 23, 24, 30)] == [
        "fresh",
        "fresh",
        "ending",
        "ending",
        "overdue",
        "overdue",
    ]
    assert rules.shift_age(10 * hours, 0) == "fresh"


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 1000)), max_size=20, unique_by=lambda row: row[0]))
def test_the_order_of_counting_does_not_matter(rows: list[tuple[int, int]]) -> None:
    assert Count(tuple(rows)).total_minor == Count(tuple(reversed(rows))).total_minor


def report(**changes: object) -> ShiftReport:
    base = ShiftReport(
        head=rules.ReportHead(
            kind="x",
            branch_name="Клуб на Лесной",
            desk_name="1",
            shift_number=148,
            cashier_name="Анна",
            opened_at=0,
            until_at=1,
            business_day="2026-11-21",
            time_zone="Europe/Moscow",
            currency="RUB",
        ),
        sale_count=2,
        item_milli=3_000,
        tenders=(rules.TenderSum("cash", 1, 7_500), rules.TenderSum("card", 1, 4_455)),
        categories=(rules.CategorySum("c", "Бар", 3_000, 12_000),),
        taxes=(rules.TaxRateSum("vat20", "НДС 20 %", 2000, 12_000, 2_000),),
        hours=(rules.HourSum(0, 2, 11_955),),
        drawer=Drawer(float_minor=300_000, tendered_minor=10_000, change_minor=2_500),
        rounding_minor=-45,
    )
    return msgspec.structs.replace(base, **changes)


def test_a_report_agrees_with_itself() -> None:
    assert rules.report_gaps(report()) == ()
    assert (report().received_minor, report().revenue_minor, report().average_minor) == (11_955, 12_000, 6_000)
    assert report(sale_count=0).average_minor == 0


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"rounding_minor": 0}, "received = revenue + rounding"),
        ({"hours": ()}, "received = by hour"),
        ({"taxes": ()}, "revenue = by tax rate"),
        ({"drawer": Drawer()}, "cash = drawer"),
    ],
)
def test_a_report_that_disagrees_with_itself_says_where(changes: dict[str, object], gap: str) -> None:
    assert [found.name for found in rules.report_gaps(report(**changes))] == [gap]


def test_a_report_survives_bytes_with_its_differences() -> None:
    closed = report(counted=(rules.CountedSum("cash", 7_500, 7_000, "change"),))
    again = msgspec.json.decode(msgspec.json.encode(closed), type=ShiftReport)
    assert again == closed
    assert again.counted[0].difference_minor == -500
