"""Sums counted anew from their facts: after an upgrade, and to check that what is kept is true."""

from sqlalchemy import Connection, select

from shared.core.columns import Row, Sum

Key = tuple[object, ...]
Counted = dict[Key, dict[str, int]]


def count(connection: Connection, total: type[Sum]) -> Counted:
    """What a sum table must hold, from the facts themselves. A fact older than a column it adds from counts as zero there."""
    counted: Counted = {}
    facts = Row.metadata.tables[total.__of__.__tablename__]
    for row in connection.execute(select(facts)).mappings():
        key = tuple(row[name] for name in total.__key__)
        if None in key:
            continue
        amounts = counted.setdefault(key, dict.fromkeys(total.__adds__, 0))
        for name, by in total.__adds__.items():
            amounts[name] += by if isinstance(by, int) else row[by] or 0
    return counted


def stored(connection: Connection, total: type[Sum]) -> Counted:
    """What a sum table does hold."""
    table = Row.metadata.tables[total.__tablename__]
    rows = connection.execute(select(table)).mappings()
    return {tuple(row[name] for name in total.__key__): {name: row[name] for name in total.__adds__} for row in rows}


def recount(connection: Connection, total: type[Sum]) -> None:
    """Make a sum table equal to Σ of its facts; a migration that adds a sum, or a column to one, calls this too."""
    counted = count(connection, total)
    table = Row.metadata.tables[total.__tablename__]
    connection.execute(table.delete())
    if counted:
        connection.execute(
            table.insert(), [dict(zip(total.__key__, key, strict=True)) | amounts for key, amounts in counted.items()]
        )
