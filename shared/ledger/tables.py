"""The log and the streams. These are how facts are kept, so no operation changes them by effects."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from shared.core.columns import TEXT, IdColumn, Row

operations = Table(
    "operations",
    Row.metadata,
    Column("op", IdColumn, primary_key=True),
    Column("device", IdColumn, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("body_hash", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("org_position", BigInteger),
    Column("branch_position", BigInteger),
    Column("request_hash", LargeBinary),
    Column("verdict", TEXT),
    UniqueConstraint("device", "epoch", "n"),
)
"""Every operation made or accepted here. `*_position`: the order the desk gave it while it orders for itself (generation 0)."""

stream_heads = Table(
    "stream_heads",
    Row.metadata,
    Column("stream", TEXT, primary_key=True),
    Column("generation", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""Last position of each stream (`org` or a branch id); the row that is locked to give the next one."""

entries = Table(
    "entries",
    Row.metadata,
    Column("stream", TEXT, primary_key=True),
    Column("generation", BigInteger, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("op", IdColumn, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("effects", LargeBinary, nullable=False),
    Column("waiting", Boolean(create_constraint=False), nullable=False),
    Index(None, "op"),
)
"""Received stream entries, verbatim. `waiting`: something in it is unknown to this build and is applied after its upgrade."""

chain_epochs = Table(
    "chain_epochs",
    Row.metadata,
    Column("device", IdColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("reason", TEXT, nullable=False),
    Column("started_at", BigInteger, nullable=False),
)
"""Why each chain of a device began: enrolment, a restored backup, a detected fork."""
