"""Goods, stock and sales."""

import sqlalchemy as sa
from alembic import op

from shared.core.columns import TEXT, IdColumn

revision = "shared_0002"
down_revision = "shared_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _barcodes()
    _categories()
    _products()
    _rejected_rows()
    _reprints()
    _sale_lines()
    _sale_tenders()
    _sales()
    _stock_levels()
    _stock_moves()


def _barcodes() -> None:
    op.create_table(
        "barcodes",
        sa.Column("barcode", TEXT, nullable=False),
        sa.Column("product_id", IdColumn(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("barcode", "product_id", name=op.f("pk_barcodes")),
    )


def _categories() -> None:
    op.create_table(
        "categories",
        sa.Column("category_id", IdColumn(), nullable=False),
        sa.Column("path", TEXT, nullable=True),
        sa.Column("icon", TEXT, nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_categories")),
    )


def _products() -> None:
    op.create_table(
        "products",
        sa.Column("product_id", IdColumn(), nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("search", TEXT, nullable=True),
        sa.Column("category_id", IdColumn(), nullable=True),
        sa.Column("brand", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("tax_rate_id", IdColumn(), nullable=True),
        sa.Column("age_mark", sa.BigInteger(), nullable=True),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("tile", sa.BigInteger(), nullable=True),
        sa.Column("tracked", sa.Boolean(), nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_products")),
    )
    op.create_index(op.f("ix_products_category_id"), "products", ["category_id"], unique=False)
    op.create_index(op.f("ix_products_code"), "products", ["code"], unique=False)
    op.create_index(op.f("ix_products_search"), "products", ["search"], unique=False)
    op.create_index(op.f("ix_products_tile"), "products", ["tile"], unique=False)


def _rejected_rows() -> None:
    op.create_table(
        "rejected_rows",
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("row_no", sa.BigInteger(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("raw", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("op", "line", name=op.f("pk_rejected_rows")),
    )


def _reprints() -> None:
    op.create_table(
        "reprints",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("sale_id", IdColumn(), nullable=False),
        sa.Column("copy", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", IdColumn(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "op", name=op.f("pk_reprints")),
    )
    op.create_index(op.f("ix_reprints_branch_id_sale_id"), "reprints", ["branch_id", "sale_id"], unique=False)


def _sale_lines() -> None:
    op.create_table(
        "sale_lines",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("sale_id", IdColumn(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("product_id", IdColumn(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("category_id", IdColumn(), nullable=True),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("barcode", TEXT, nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate_id", IdColumn(), nullable=True),
        sa.Column("tax_bp", sa.BigInteger(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("age_mark", sa.BigInteger(), nullable=False),
        sa.Column("payment_subject", TEXT, nullable=False),
        sa.Column("payment_method", TEXT, nullable=False),
        sa.Column("marking", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("branch_id", "sale_id", "line", name=op.f("pk_sale_lines")),
    )
    op.create_index(op.f("ix_sale_lines_branch_id_shift_id"), "sale_lines", ["branch_id", "shift_id"], unique=False)


def _sale_tenders() -> None:
    op.create_table(
        "sale_tenders",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("sale_id", IdColumn(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tendered_minor", sa.BigInteger(), nullable=False),
        sa.Column("change_minor", sa.BigInteger(), nullable=False),
        sa.Column("sold_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "sale_id", "line", name=op.f("pk_sale_tenders")),
    )
    op.create_index(op.f("ix_sale_tenders_branch_id_shift_id"), "sale_tenders", ["branch_id", "shift_id"], unique=False)


def _sales() -> None:
    op.create_table(
        "sales",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("sale_id", IdColumn(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("desk_number", sa.BigInteger(), nullable=False),
        sa.Column("cashier_id", IdColumn(), nullable=False),
        sa.Column("cashier_name", TEXT, nullable=False),
        sa.Column("sold_at", sa.BigInteger(), nullable=False),
        sa.Column("business_day", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("age_confirmed", sa.Boolean(), nullable=False),
        sa.Column("tax_system", TEXT, nullable=False),
        sa.Column("fiscal_duty", TEXT, nullable=False),
        sa.Column("guest_contact", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("branch_id", "sale_id", name=op.f("pk_sales")),
    )
    op.create_index(op.f("ix_sales_branch_id_series_number"), "sales", ["branch_id", "series", "number"], unique=False)
    op.create_index(op.f("ix_sales_branch_id_shift_id"), "sales", ["branch_id", "shift_id"], unique=False)


def _stock_levels() -> None:
    op.create_table(
        "stock_levels",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("product_id", IdColumn(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("moves", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "product_id", name=op.f("pk_stock_levels")),
    )


def _stock_moves() -> None:
    op.create_table(
        "stock_moves",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("product_id", IdColumn(), nullable=False),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "op", "line", name=op.f("pk_stock_moves")),
    )
    op.create_index(op.f("ix_stock_moves_branch_id_product_id"), "stock_moves", ["branch_id", "product_id"], unique=False)
