"""What waits for a person is found in the facts, and settling is a fact of its own."""

from typing import Any

import pytest

from shared.catalog.commands import finish_import
from shared.catalog.operations import Rejected
from shared.reports.commands import close_shift
from shared.reports.to_review import count_to_review, matters_settled, to_review
from shared.review.commands import NOTE_LENGTH_MAX, settle_matter
from shared.sales.commands import LineAsked
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.rules import Count
from shared.stock.commands import CountedGoods, record_stock
from tests.support.ledger import LedgerDesk


@pytest.fixture
def troubled(desk: LedgerDesk) -> LedgerDesk:
    """Sold below zero, closed with 10.00 short, and an import with two rejected rows."""
    cola = desk.stocks("Cola", 10_000)
    desk.does(open_shift)
    desk.sells(LineAsked(product_id=cola, quantity_milli=2_000), cash=20_000)
    counted = desk.does(count_drawer, count=Count(((1_000, 19),))).envelope.op
    desk.does(close_shift, count=counted, reason="wrong_change")
    rows = (Rejected(2, "name_is_empty", ""), Rejected(9, "bad_price", "x"))
    desk.does(finish_import, file="goods.xlsx", rows=9, taken=7, rejected_count=2, rejected=rows)
    return desk


def kinds(desk: LedgerDesk) -> list[str]:
    return [matter.kind for matter in desk.asks(to_review)]


def test_what_must_be_settled_is_found_money_first(troubled: LedgerDesk) -> None:
    difference, below, rejected = troubled.asks(to_review)
    assert (difference.kind, difference.amount_minor, difference.detail) == ("shift_difference", -1_000, "wrong_change")
    assert (below.kind, below.subject, below.quantity_milli) == ("stock_below_zero", "Cola", -2_000)
    assert (rejected.kind, rejected.subject, rejected.count) == ("rejected_rows", "goods.xlsx", 2)


def test_a_settled_matter_is_gone_and_stays_to_be_seen(troubled: LedgerDesk) -> None:
    for matter in troubled.asks(to_review):
        troubled.does(settle_matter, matter=matter.matter, resolution="seen", note="asked Anna")
        assert troubled.refuses(settle_matter, matter=matter.matter, resolution="seen") == "already_settled"
    assert kinds(troubled) == []
    assert [matter.kind for matter in troubled.asks(matters_settled)] == ["shift_difference", "stock_below_zero", "rejected_rows"]


def test_a_level_that_sinks_further_is_another_matter(troubled: LedgerDesk) -> None:
    below = next(matter for matter in troubled.asks(to_review) if matter.kind == "stock_below_zero")
    troubled.does(settle_matter, matter=below.matter, resolution="seen")
    assert "stock_below_zero" not in kinds(troubled)
    troubled.does(open_shift)
    troubled.sells(LineAsked(product_id=below.about), cash=10_000)
    assert "stock_below_zero" in kinds(troubled)


def test_a_matter_that_the_facts_no_longer_hold_closes_by_itself(troubled: LedgerDesk) -> None:
    below = next(matter for matter in troubled.asks(to_review) if matter.kind == "stock_below_zero")
    troubled.does(record_stock, goods=(CountedGoods(below.about, 5_000),))
    assert "stock_below_zero" not in kinds(troubled)


def test_the_count_of_what_waits_is_the_length_of_the_list(troubled: LedgerDesk) -> None:
    assert count_to_review(troubled.reading) == len(troubled.asks(to_review)) > 0
    troubled.does(settle_matter, matter=troubled.asks(to_review)[0].matter, resolution="accepted")
    assert count_to_review(troubled.reading) == len(troubled.asks(to_review))


def test_a_note_has_a_limit(troubled: LedgerDesk) -> None:
    asked: dict[str, Any] = {"matter": "any", "resolution": "seen", "note": "x" * (NOTE_LENGTH_MAX + 1)}
    assert troubled.refuses(settle_matter, **asked) == "text_too_long"
