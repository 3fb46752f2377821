"""The ledger, clubs, people, books and shifts."""

import sqlalchemy as sa
from alembic import op

from shared.core.columns import TEXT, IdColumn

revision = "shared_0001"
down_revision = None
branch_labels = ("shared",)
depends_on = None


def upgrade() -> None:
    _balances()
    _branches()
    _chain_epochs()
    _desks()
    _drawer_counts()
    _entries()
    _matter_settlements()
    _operations()
    _postings()
    _shift_closes()
    _shift_turnovers()
    _shifts()
    _sign_ins()
    _staff()
    _staff_credentials()
    _stream_heads()
    _tax_rates()


def _balances() -> None:
    op.create_table(
        "balances",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "account", "currency", name=op.f("pk_balances")),
    )


def _branches() -> None:
    op.create_table(
        "branches",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("legal_name", TEXT, nullable=True),
        sa.Column("tax_number", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("receipt_footer", TEXT, nullable=True),
        sa.Column("time_zone", TEXT, nullable=True),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("cutoff_hour", sa.BigInteger(), nullable=True),
        sa.Column("cash_step_minor", sa.BigInteger(), nullable=True),
        sa.Column("cash_rounding", TEXT, nullable=True),
        sa.Column("difference_limit_minor", sa.BigInteger(), nullable=True),
        sa.Column("float_minor", sa.BigInteger(), nullable=True),
        sa.Column("tax_system", TEXT, nullable=True),
        sa.Column("in_store_rules", TEXT, nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("branch_id", name=op.f("pk_branches")),
    )


def _chain_epochs() -> None:
    op.create_table(
        "chain_epochs",
        sa.Column("device", IdColumn(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", "epoch", name=op.f("pk_chain_epochs")),
    )


def _desks() -> None:
    op.create_table(
        "desks",
        sa.Column("device_id", IdColumn(), nullable=False),
        sa.Column("branch_id", IdColumn(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_desks")),
    )


def _drawer_counts() -> None:
    op.create_table(
        "drawer_counts",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("counted_by", IdColumn(), nullable=False),
        sa.Column("counted_at", sa.BigInteger(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=False),
        sa.Column("denominations", TEXT, nullable=False),
        sa.Column("card_minor", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("branch_id", "op", name=op.f("pk_drawer_counts")),
    )
    op.create_index(op.f("ix_drawer_counts_branch_id_shift_id"), "drawer_counts", ["branch_id", "shift_id"], unique=False)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("effects", sa.LargeBinary(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "generation", "position", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_op"), "entries", ["op"], unique=False)


def _matter_settlements() -> None:
    op.create_table(
        "matter_settlements",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("resolution", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("staff_id", IdColumn(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "matter", "op", name=op.f("pk_matter_settlements")),
    )


def _operations() -> None:
    op.create_table(
        "operations",
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("device", IdColumn(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("org_position", sa.BigInteger(), nullable=True),
        sa.Column("branch_position", sa.BigInteger(), nullable=True),
        sa.Column("request_hash", sa.LargeBinary(), nullable=True),
        sa.Column("verdict", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("op", name=op.f("pk_operations")),
        sa.UniqueConstraint("device", "epoch", "n", name=op.f("uq_operations_device_epoch_n")),
    )


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=True),
        sa.Column("business_day", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "op", "line", name=op.f("pk_postings")),
    )
    op.create_index(op.f("ix_postings_branch_id_shift_id"), "postings", ["branch_id", "shift_id"], unique=False)


def _shift_closes() -> None:
    op.create_table(
        "shift_closes",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("closed_by", IdColumn(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=False),
        sa.Column("difference_minor", sa.BigInteger(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("z_series", TEXT, nullable=False),
        sa.Column("z_number", sa.BigInteger(), nullable=False),
        sa.Column("report", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "shift_id", name=op.f("pk_shift_closes")),
    )


def _shift_turnovers() -> None:
    op.create_table(
        "shift_turnovers",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("postings", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "shift_id", "account", "currency", name=op.f("pk_shift_turnovers")),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("shift_id", IdColumn(), nullable=False),
        sa.Column("device_id", IdColumn(), nullable=False),
        sa.Column("desk_number", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", IdColumn(), nullable=False),
        sa.Column("cashier_name", TEXT, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("float_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("business_day", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "shift_id", name=op.f("pk_shifts")),
    )
    op.create_index(
        op.f("ix_shifts_branch_id_device_id_shift_id"), "shifts", ["branch_id", "device_id", "shift_id"], unique=False
    )


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("branch_id", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=False),
        sa.Column("staff_id", IdColumn(), nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("by_staff_id", IdColumn(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "op", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_branch_id_staff_id_op"), "sign_ins", ["branch_id", "staff_id", "op"], unique=False)


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("staff_id", IdColumn(), nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("role", TEXT, nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff")),
    )


def _staff_credentials() -> None:
    op.create_table(
        "staff_credentials",
        sa.Column("staff_id", IdColumn(), nullable=False),
        sa.Column("pin_hash", TEXT, nullable=True),
        sa.Column("pin_digits", sa.BigInteger(), nullable=True),
        sa.Column("recovery_hash", TEXT, nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_credentials")),
    )


def _stream_heads() -> None:
    op.create_table(
        "stream_heads",
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_stream_heads")),
    )


def _tax_rates() -> None:
    op.create_table(
        "tax_rates",
        sa.Column("tax_rate_id", IdColumn(), nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("rate_bp", sa.BigInteger(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=True),
        sa.Column("versions", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("tax_rate_id", name=op.f("pk_tax_rates")),
    )
