"""Moves and the levels they add up to."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Id, Milli, Minor, Sum, Whole, Words


class StockMove(Fact):
    """Goods in (positive) or out (negative), with the value they take along."""

    __tablename__ = "stock_moves"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "product_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    product_id: Mapped[Id]
    quantity_milli: Mapped[Milli]
    value_minor: Mapped[Minor]
    reason: Mapped[Words]
    shift_id: Mapped[Id | None]
    at: Mapped[At]


class StockLevel(Sum):
    """What should lie there."""

    __tablename__ = "stock_levels"
    __stream__ = "branch"
    __of__ = StockMove
    __key__ = ("branch_id", "product_id")
    __adds__ = {"quantity_milli": "quantity_milli", "value_minor": "value_minor", "moves": 1}

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    product_id: Mapped[Id] = mapped_column(primary_key=True)
    quantity_milli: Mapped[Milli]
    value_minor: Mapped[Minor]
    moves: Mapped[Whole]
