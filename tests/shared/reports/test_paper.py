"""The X and the Z report on paper: every sum stands there whole, on wide and on narrow rolls."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.paper import LaidLine, columns
from shared.reports.paper import report_paper
from shared.shifts.rules import (
    CategorySum,
    Corrections,
    CountedSum,
    Drawer,
    HourSum,
    ReportHead,
    ShiftReport,
    TaxRateSum,
    TenderSum,
)

HEAD = ReportHead(
    kind="z",
    number="1-0148",
    branch_name="Club on Forest Street",
    desk_name="desk 1",
    shift_number=148,
    cashier_name="Anna",
    opened_at=1_768_478_400_000,
    until_at=1_768_512_120_000,
    business_day="2026-01-15",
    time_zone="Europe/Moscow",
    currency="RUB",
)
REPORT = ShiftReport(
    head=HEAD,
    sale_count=61,
    item_milli=86_500,
    tenders=(TenderSum("cash", 38, 2_020_000), TenderSum("card", 23, 1_846_000)),
    categories=(CategorySum("a", "Drinks", 60_000, 2_500_000), CategorySum(None, "", 26_500, 1_366_000)),
    taxes=(TaxRateSum("t", "", 2000, 3_866_000, 644_333), TaxRateSum("n", "", 0, 0, 0)),
    hours=(HourSum(1_768_478_400_000, 61, 3_866_000),),
    drawer=Drawer(float_minor=300_000, tendered_minor=2_500_000, change_minor=480_000, collected_minor=400_000),
    corrections=Corrections(discount_count=3, discount_minor=24_000),
    counted=(CountedSum("cash", 1_920_000, 1_916_000, "wrong_change", "Peter"), CountedSum("card", 1_846_000, 1_846_000)),
)


class Plain:
    """A speech that says amounts as bare numbers, so that they can be found again."""

    def tr(self, text: str, **params: str | int) -> str:
        return text.format_map(params)

    def amount(self, amount_minor: int, currency: str) -> str:
        return f"{amount_minor / 100:.2f}"

    def quantity(self, quantity_milli: int) -> str:
        return f"{quantity_milli / 1000:g}"

    def moment(self, at: int, time_zone: str) -> str:
        return str(at)


def laid(report: ShiftReport, width: int, *, with_drawer: bool = True, copy: bool = False) -> list[str]:
    """The lines of text as they come out."""
    paper = report_paper(report, Plain(), with_drawer=with_drawer, copy=copy)
    lines = [line for line in columns(paper, width) if isinstance(line, LaidLine)]
    for line in lines:
        assert len(line.text) <= (width // 2 if line.double else width), line
    return [line.text.strip() for line in lines]


def row(lines: list[str], label: str) -> str:
    """What stands at the right of a label."""
    return next(line for line in lines if line.startswith(label)).removeprefix(label).strip()


@pytest.mark.parametrize("width", [48, 42, 32])
def test_every_block_of_the_report_stands_on_the_paper(width: int) -> None:
    lines = laid(REPORT, width)
    assert "Z REPORT 1-0148" in " ".join(lines)
    expected = {
        "REVENUE": "38660.00",
        "Receipts": "61",
        "Items": "86.5",
        "Average receipt": "633.77",
        "Cash, 38": "20200.00",
        "Card, 23": "18460.00",
        "Received in all": "38660.00",
        "Drinks, 60": "25000.00",
        "Without category, 26.5": "13660.00",
        "Tax 20 %": "6443.33",
        "15:00-16:00, 61": "38660.00",
        "Discounts, 3": "-240.00",
        "Float at the start": "3000.00",
        "Sales in cash": "20200.00",
        "Collected": "-4000.00",
        "Should be there": "19200.00",
        "Short": "-40.00",
        "Reason": "Wrong change given",
        "Accepted by": "Peter",
    }
    assert {label: row(lines, label) for label in expected} == expected


def test_what_did_not_happen_takes_no_paper() -> None:
    empty = ShiftReport(
        head=msgspec.structs.replace(HEAD, kind="x", number=""),
        sale_count=0, item_milli=0, tenders=(), categories=(), taxes=(), hours=(), drawer=Drawer(),
    )  # fmt: skip
    lines = laid(empty, 48)
    assert "X REPORT" in lines
    for heading in ("Received", "By category", "Taxes within", "By hour", "Corrections", "Counted", "Tax 0 %"):
        assert heading not in lines


def test_before_a_blind_count_the_drawer_is_not_told() -> None:
    lines = laid(REPORT, 48, with_drawer=False)
    assert not any(line.startswith(("Should be there", "Float at the start")) for line in lines)


def test_a_report_printed_again_says_so_and_says_nothing_else_new() -> None:
    assert laid(REPORT, 48, copy=True) == ["COPY", *laid(REPORT, 48)]


def test_over_and_exact_are_told_as_such() -> None:
    over = msgspec.structs.replace(REPORT, counted=(CountedSum("cash", 100, 150), CountedSum("card", 5, 5)))
    lines = laid(over, 32)
    assert row(lines, "Over") == "0.50"
    assert row(lines, "Difference") == "0.00"


@given(st.text(min_size=1, max_size=120), st.text(min_size=1, max_size=120), st.sampled_from([32, 42, 48]))
def test_no_name_however_long_breaks_the_paper(club: str, category: str, width: int) -> None:
    head = msgspec.structs.replace(HEAD, branch_name=club, cashier_name=club, desk_name=category)
    named = msgspec.structs.replace(REPORT, head=head, categories=(CategorySum("a", category, 1000, 3_866_000),))
    assert row(laid(named, width), "REVENUE") == "38660.00"
