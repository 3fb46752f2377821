"""Postings and the two sums every report reads."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Id, Minor, Sum, Whole, Words


class Posting(Fact):
    """One amount on one account: positive debits, negative credits."""

    __tablename__ = "postings"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "shift_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    account: Mapped[Words]
    currency: Mapped[Words]
    amount_minor: Mapped[Minor]
    shift_id: Mapped[Id | None]
    business_day: Mapped[Words]
    at: Mapped[At]


class Balance(Sum):
    """What an account holds."""

    __tablename__ = "balances"
    __stream__ = "branch"
    __of__ = Posting
    __key__ = ("branch_id", "account", "currency")
    __adds__ = {"amount_minor": "amount_minor"}

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    account: Mapped[Words] = mapped_column(primary_key=True)
    currency: Mapped[Words] = mapped_column(primary_key=True)
    amount_minor: Mapped[Minor]


class ShiftTurnover(Sum):
    """What one shift moved on an account; `postings` counts them."""

    __tablename__ = "shift_turnovers"
    __stream__ = "branch"
    __of__ = Posting
    __key__ = ("branch_id", "shift_id", "account", "currency")
    __adds__ = {"amount_minor": "amount_minor", "postings": 1}

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    shift_id: Mapped[Id] = mapped_column(primary_key=True)
    account: Mapped[Words] = mapped_column(primary_key=True)
    currency: Mapped[Words] = mapped_column(primary_key=True)
    amount_minor: Mapped[Minor]
    postings: Mapped[Whole]
