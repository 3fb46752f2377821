"""What came first: the log knows, ids and clocks do not."""

from typing import Any

from sqlalchemy import ColumnElement, Select

from shared.ledger.tables import operations


def newest_first(statement: Select[*tuple[Any, ...]], op: Any) -> Select[*tuple[Any, ...]]:
    """Rows in the order of their operations in this log, the newest first; `op` is the column that names the operation."""
    made: ColumnElement[int] = operations.c.epoch
    return statement.join(operations, operations.c.op == op, isouter=True).order_by(
        made.desc().nulls_last(), operations.c.n.desc(), op.desc()
    )
