"""Alembic runs this file; the connection comes from the caller, and so does the transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from shared.core.columns import IdColumn


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Types of our own by their own names."""
    if kind != "type":
        return False
    if isinstance(item, IdColumn):
        autogen.imports.add("from shared.core.columns import IdColumn")
        return "IdColumn()"
    if getattr(item, "_variant_mapping", None):
        autogen.imports.add("from shared.core.columns import TEXT")
        return "TEXT"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
