"""Sales with their lines and tenders, as they were."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Flag, Id, Milli, Minor, Whole, Words


class Sale(Fact):
    """A paid sale; its id is the id of the operation."""

    __tablename__ = "sales"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "shift_id"), Index(None, "branch_id", "series", "number"))

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    sale_id: Mapped[Id] = mapped_column(primary_key=True)
    shift_id: Mapped[Id]
    series: Mapped[Words]
    number: Mapped[Whole]
    desk_number: Mapped[Whole]
    cashier_id: Mapped[Id]
    cashier_name: Mapped[Words]
    sold_at: Mapped[At]
    business_day: Mapped[Words]
    currency: Mapped[Words]
    gross_minor: Mapped[Minor]
    discount_minor: Mapped[Minor]
    tax_minor: Mapped[Minor]
    total_minor: Mapped[Minor]
    rounding_minor: Mapped[Minor]
    cost_minor: Mapped[Minor]
    age_confirmed: Mapped[Flag]
    tax_system: Mapped[Words]
    fiscal_duty: Mapped[Words]
    guest_contact: Mapped[Words | None]


class SaleLine(Fact):
    """One position of a sale, with everything a later law may ask of it."""

    __tablename__ = "sale_lines"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "shift_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    sale_id: Mapped[Id] = mapped_column(primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    shift_id: Mapped[Id]
    product_id: Mapped[Id]
    name: Mapped[Words]
    category_id: Mapped[Id | None]
    category: Mapped[Words]
    unit: Mapped[Words]
    barcode: Mapped[Words]
    quantity_milli: Mapped[Milli]
    price_minor: Mapped[Minor]
    gross_minor: Mapped[Minor]
    discount_minor: Mapped[Minor]
    total_minor: Mapped[Minor]
    tax_rate_id: Mapped[Id | None]
    tax_bp: Mapped[Whole]
    tax_included: Mapped[Flag]
    tax_minor: Mapped[Minor]
    cost_minor: Mapped[Minor]
    age_mark: Mapped[Whole]
    payment_subject: Mapped[Words]
    payment_method: Mapped[Words]
    marking: Mapped[Words | None]


class SaleTender(Fact):
    """One payment of a sale."""

    __tablename__ = "sale_tenders"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "shift_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    sale_id: Mapped[Id] = mapped_column(primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    shift_id: Mapped[Id]
    kind: Mapped[Words]
    amount_minor: Mapped[Minor]
    tendered_minor: Mapped[Minor]
    change_minor: Mapped[Minor]
    sold_at: Mapped[At]


class Reprint(Fact):
    """A receipt was printed again, marked as a duplicate."""

    __tablename__ = "reprints"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "sale_id"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    sale_id: Mapped[Id]
    copy: Mapped[Whole]
    staff_id: Mapped[Id]
    at: Mapped[At]
