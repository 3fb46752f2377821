"""What the journal says."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import func, select

from shared.books.tables import Balance, Posting, ShiftTurnover
from shared.core.ids import Id
from shared.ledger.transaction import Reading, query
from shared.staff.rules import Right


class AccountBalance(msgspec.Struct, frozen=True):
    """Balance of an account in minor units of its currency; debits are positive."""

    account: str
    currency: str
    amount_minor: int


class PostingLine(msgspec.Struct, frozen=True):
    """One posting of the journal."""

    op: Id
    line: int
    account: str
    currency: str
    amount_minor: int
    business_day: str
    at: int


def trial_balance(read: Reading) -> dict[str, int]:
    """Σ of all balances by currency; anything but zero is an alarm."""
    rows = read.rows(select(Balance.currency, func.sum(Balance.amount_minor)).group_by(Balance.currency))
    return {row[0]: int(row[1]) for row in rows}


def unbalanced(read: Reading, op: Id) -> bool:
    """Whether the postings of one operation fail to sum to zero in some currency."""
    sums = read.rows(
        select(func.sum(Posting.amount_minor))
        .where(Posting.branch_id == read.desk.branch, Posting.op == op)
        .group_by(Posting.currency)
    )
    return any(row[0] != 0 for row in sums)


def balance(read: Reading, account: str, currency: str) -> int:
    """What an account of this branch holds, minor units."""
    amount = read.scalar(
        select(Balance.amount_minor).where(
            Balance.branch_id == read.desk.branch, Balance.account == account, Balance.currency == currency
        )
    )
    return int(amount or 0)


def shift_turnovers(read: Reading, shift: Id) -> dict[str, tuple[int, int]]:
    """Account → (amount in minor units, number of postings) moved within a shift."""
    rows = read.rows(
        select(ShiftTurnover.account, ShiftTurnover.amount_minor, ShiftTurnover.postings).where(
            ShiftTurnover.branch_id == read.desk.branch, ShiftTurnover.shift_id == shift
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


@query(Right.EXPORT_BOOKS)
def balances(read: Reading) -> tuple[AccountBalance, ...]:
    """Every account of this branch with its balance; they sum to zero per currency."""
    rows = read.rows(
        select(Balance.account, Balance.currency, Balance.amount_minor)
        .where(Balance.branch_id == read.desk.branch)
        .order_by(Balance.account, Balance.currency)
    )
    return tuple(AccountBalance(*row) for row in rows)


def journal(read: Reading) -> Iterator[tuple[PostingLine, ...]]:
    """The postings of each operation of this branch, in the order they were made."""
    columns = (
        Posting.op,
        Posting.line,
        Posting.account,
        Posting.currency,
        Posting.amount_minor,
        Posting.business_day,
        Posting.at,
    )
    statement = select(*columns).where(Posting.branch_id == read.desk.branch).order_by(Posting.op, Posting.line)
    together: list[PostingLine] = []
    for row in read.connection.execute(statement):
        line = PostingLine(*row)
        if together and together[0].op != line.op:
            yield tuple(together)
            together = []
        together.append(line)
    if together:
        yield tuple(together)
