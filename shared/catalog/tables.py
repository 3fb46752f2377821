"""Products, barcodes, categories and the rows that an import could not take."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Field, Flag, Id, Minor, Whole, Words


class Product(Field):
    """Goods or a service."""

    __tablename__ = "products"
    __stream__ = "org"
    __table_args__ = (Index(None, "code"), Index(None, "category_id"), Index(None, "tile"), Index(None, "search"))

    product_id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[Words | None]
    search: Mapped[Words | None]
    category_id: Mapped[Id | None]
    brand: Mapped[Words | None]
    unit: Mapped[Words | None]
    price_minor: Mapped[Minor | None]
    tax_rate_id: Mapped[Id | None]
    age_mark: Mapped[Whole | None]
    code: Mapped[Words | None]
    tile: Mapped[Whole | None]
    tracked: Mapped[Flag | None]
    subject: Mapped[Words | None]
    archived: Mapped[Flag | None]


class Barcode(Field):
    """A code on goods."""

    __tablename__ = "barcodes"
    __stream__ = "org"

    barcode: Mapped[Words] = mapped_column(primary_key=True)
    product_id: Mapped[Id] = mapped_column(primary_key=True)
    archived: Mapped[Flag | None]


class Category(Field):
    """A shelf of the catalogue; `path` is its full name, parts separated by `/`."""

    __tablename__ = "categories"
    __stream__ = "org"

    category_id: Mapped[Id] = mapped_column(primary_key=True)
    path: Mapped[Words | None]
    icon: Mapped[Words | None]
    place: Mapped[Whole | None]
    archived: Mapped[Flag | None]


class RejectedRow(Fact):
    """A row of a goods file that could not be taken, as it was read."""

    __tablename__ = "rejected_rows"
    __stream__ = "org"

    op: Mapped[Id] = mapped_column(primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    file: Mapped[Words]
    row_no: Mapped[Whole]
    code: Mapped[Words]
    raw: Mapped[Words]
    at: Mapped[At]
