"""Settlements of matters."""

from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Id, Words


class Settlement(Fact):
    """A matter was settled by a person. `matter` names it: its kind and what it is about, at what state."""

    __tablename__ = "matter_settlements"
    __stream__ = "branch"

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    matter: Mapped[Words] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    resolution: Mapped[Words]
    note: Mapped[Words]
    staff_id: Mapped[Id]
    at: Mapped[At]
