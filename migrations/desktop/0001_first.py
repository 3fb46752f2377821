"""What one desk keeps for itself."""

import sqlalchemy as sa
from alembic import op

from shared.core.columns import TEXT, IdColumn

revision = "desktop_0001"
down_revision = None
branch_labels = ("desktop",)
depends_on = None


def upgrade() -> None:
    _print_jobs()
    _this_desk()


def _print_jobs() -> None:
    op.create_table(
        "print_jobs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("job", IdColumn(), nullable=False),
        sa.Column("op", IdColumn(), nullable=True),
        sa.Column("printer", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_print_jobs")),
        sa.UniqueConstraint("job", name=op.f("uq_print_jobs_job")),
    )
    op.create_index("ix_print_jobs_op", "print_jobs", ["op"], unique=False)
    op.create_index("ix_print_jobs_printer_state", "print_jobs", ["printer", "state", "number"], unique=False)


def _this_desk() -> None:
    op.create_table(
        "this_desk",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("device", IdColumn(), nullable=False),
        sa.Column("branch", IdColumn(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("checkpoints", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_this_desk")),
    )
