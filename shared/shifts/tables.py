"""Shifts, counts of the drawer and closes: facts, so nothing about money in a drawer is ever edited."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Id, Minor, Whole, Words


class Shift(Fact):
    """A shift that was opened; its id is the id of the operation that opened it."""

    __tablename__ = "shifts"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "device_id", "shift_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    shift_id: Mapped[Id] = mapped_column(primary_key=True)
    device_id: Mapped[Id]
    desk_number: Mapped[Whole]
    number: Mapped[Whole]
    opened_by: Mapped[Id]
    cashier_name: Mapped[Words]
    opened_at: Mapped[At]
    left_minor: Mapped[Minor]
    float_minor: Mapped[Minor]
    currency: Mapped[Words]
    business_day: Mapped[Words]


class DrawerCount(Fact):
    """One blind count of the drawer; counting again makes another one."""

    __tablename__ = "drawer_counts"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "shift_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    shift_id: Mapped[Id]
    counted_by: Mapped[Id]
    counted_at: Mapped[At]
    counted_minor: Mapped[Minor]
    expected_minor: Mapped[Minor]
    denominations: Mapped[Words]
    card_minor: Mapped[Minor | None]


class ShiftClose(Fact):
    """The end of a shift with its Z report, which never changes."""

    __tablename__ = "shift_closes"
    __stream__ = "branch"

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    shift_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id]
    closed_by: Mapped[Id]
    closed_at: Mapped[At]
    counted_minor: Mapped[Minor]
    expected_minor: Mapped[Minor]
    difference_minor: Mapped[Minor]
    left_minor: Mapped[Minor]
    reason: Mapped[Words]
    note: Mapped[Words]
    z_series: Mapped[Words]
    z_number: Mapped[Whole]
    report: Mapped[Words]
