"""Branches, desks and tax rates: fields that the owner edits."""

from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import Field, Flag, Id, Minor, Whole, Words


class Branch(Field):
    """One club."""

    __tablename__ = "branches"
    __stream__ = "org"

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[Words | None]
    legal_name: Mapped[Words | None]
    tax_number: Mapped[Words | None]
    address: Mapped[Words | None]
    receipt_footer: Mapped[Words | None]
    time_zone: Mapped[Words | None]
    currency: Mapped[Words | None]
    cutoff_hour: Mapped[Whole | None]
    cash_step_minor: Mapped[Minor | None]
    cash_rounding: Mapped[Words | None]
    difference_limit_minor: Mapped[Minor | None]
    float_minor: Mapped[Minor | None]
    tax_system: Mapped[Words | None]
    in_store_rules: Mapped[Words | None]


class DeskRow(Field):
    """One cash desk; `number` is printed on its documents."""

    __tablename__ = "desks"
    __stream__ = "org"

    device_id: Mapped[Id] = mapped_column(primary_key=True)
    branch_id: Mapped[Id | None]
    number: Mapped[Whole | None]
    name: Mapped[Words | None]


class TaxRate(Field):
    """A rate at which goods are taxed; 2000 basis points are 20 %."""

    __tablename__ = "tax_rates"
    __stream__ = "org"

    tax_rate_id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[Words | None]
    rate_bp: Mapped[Whole | None]
    included: Mapped[Flag | None]
    is_default: Mapped[Flag | None]
    archived: Mapped[Flag | None]
