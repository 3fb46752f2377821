"""Rows of this desk alone: they are never sent, and a lost one costs no money."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table

from shared.core.columns import NAMING, TEXT, IdColumn

metadata = MetaData(naming_convention=NAMING)

this_desk = Table(
    "this_desk",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("device", IdColumn, nullable=False),
    Column("branch", IdColumn, nullable=False),
    Column("number", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("is_test", Boolean(create_constraint=False), nullable=False),
    Column("is_partial", Boolean(create_constraint=False), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("checkpoints", BigInteger, nullable=False),
)
"""Who this desk is.

`is_partial`: history is being brought back, this is what selling needs. `checkpoints` counts up so that the first commit
after a checkpoint is never a sale.
"""

print_jobs = Table(
    "print_jobs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("job", IdColumn, nullable=False, unique=True),
    Column("op", IdColumn),
    Column("printer", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("paper", LargeBinary, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("cause", TEXT, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_print_jobs_printer_state", "printer", "state", "number"),
    Index("ix_print_jobs_op", "op"),
)
"""Papers to print, in order; written in the transaction of the operation they belong to."""
