"""The journal balances in every operation, and other programs read it."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from beancount import loader
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from shared.books import accounts
from shared.books.export import beancount, csv_lines, decimal
from shared.books.posting import post
from shared.books.queries import balances, journal, trial_balance, unbalanced
from shared.ledger.envelope import Envelope
from tests.support.ledger import LedgerDesk
from tests.support.strategies import envelopes
from tests.wire.day import whole_day


@pytest.fixture
def day(connection: Connection) -> LedgerDesk:
    return whole_day(LedgerDesk(connection))


def test_every_operation_of_a_day_balances(day: LedgerDesk) -> None:
    operations = list(journal(day.reading))
    assert len(operations) > 4
    for lines in operations:
        assert sum(line.amount_minor for line in lines) == 0
        assert not unbalanced(day.reading, lines[0].op)
    assert trial_balance(day.reading) == {"RUB": 0}


def test_balances_are_what_the_journal_adds_up_to(day: LedgerDesk) -> None:
    expected: Counter[str] = Counter()
    for lines in journal(day.reading):
        for line in lines:
            expected[line.account] += line.amount_minor
    assert {one.account: one.amount_minor for one in day.asks(balances)} == dict(expected)
    assert accounts.drawer(1) in expected


@given(envelopes("shift_opened"), st.lists(st.integers(-(10**9), 10**9), max_size=5))
def test_only_balanced_postings_are_made_and_zeros_are_left_out(envelope: Envelope, amounts: list[int]) -> None:
    pairs = [(f"Assets:{number}", amount) for number, amount in enumerate(amounts)]
    if sum(amounts) != 0:
        with pytest.raises(AssertionError, match="not to zero"):
            list(post(envelope, "RUB", "2026-01-15", *pairs))
        pairs.append(("Equity:Rest", -sum(amounts)))
    made = list(post(envelope, "RUB", "2026-01-15", *pairs))
    assert [effect.row["amount_minor"] for effect in made] == [amount for _, amount in pairs if amount]  # type: ignore[union-attr]
    assert [effect.row["line"] for effect in made] == list(range(len(made)))  # type: ignore[union-attr]


def test_beancount_reads_the_journal_and_agrees(day: LedgerDesk, tmp_path: Path) -> None:
    titles = {lines[0].op: 'Sale "1"\\' for lines in journal(day.reading)}
    file = tmp_path / "books.beancount"
    file.write_text("\n".join(beancount(journal(day.reading), titles)), encoding="utf-8")
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    totals: Counter[str] = Counter()
    for entry in entries:
        for posting in getattr(entry, "postings", ()):
            totals[posting.account] += int(posting.units.number * 100)
    assert {account: amount for account, amount in totals.items() if amount} == {
        one.account: one.amount_minor for one in day.asks(balances) if one.amount_minor
    }


def test_a_spreadsheet_reads_the_journal_line_by_line(day: LedgerDesk) -> None:
    rows = list(csv.DictReader(csv_lines(journal(day.reading)), delimiter=";"))
    assert len(rows) == sum(len(lines) for lines in journal(day.reading))
    assert sum(int(row["amount_minor"]) for row in rows) == 0
    assert all(row["amount"] == decimal(int(row["amount_minor"]), row["currency"]) for row in rows)


@pytest.mark.parametrize(("minor", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-12_345, "-123.45"), (100, "1.00")])
def test_amounts_are_written_plainly(minor: int, text: str) -> None:
    assert decimal(minor, "RUB") == text
