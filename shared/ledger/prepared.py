"""Statements that stand ready: what every operation asks goes to the driver, with none of the work around one execution.

Running a compiled statement through SQLAlchemy costs several times the statement itself; here it is compiled once per dialect.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.engine.interfaces import Dialect

Statement = Select[Any] | Insert | Update | Delete


def fetch(connection: Connection, statement: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
    """Run a statement in the dialect of the connection within its transaction; answers the rows, if there are any.

    Raises the driver's errors.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, params)
        return list(cursor.fetchall()) if cursor.description else []
    finally:
        cursor.close()


class Prepared:
    """A statement with named `bindparam`s; `rows` answers plain tuples with Python values."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Raises the driver's errors, KeyError for a value that was not given."""
        form = self._forms.get(connection.dialect.name)
        if form is None:
            form = self._forms[connection.dialect.name] = _Form(self._statement, connection.dialect)
        rows = fetch(connection, form.text, form.bind(values))
        if not form.converts:
            return rows
        return [
            tuple([value if reader is None else reader(value) for reader, value in zip(form.readers, row, strict=True)])
            for row in rows
        ]

    def first(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None


class _Form:
    """A statement in one dialect."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._order = compiled.positiontup if compiled.positional else None
        binds = {compiled.bind_names[bind]: bind for bind in compiled.binds.values()}
        self._constants = {name: bind.value for name, bind in binds.items() if not bind.required}
        self._binders = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        self.readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.exported_columns
        ]
        self.converts = any(self.readers)

    def bind(self, values: dict[str, Any]) -> Sequence[Any] | dict[str, Any]:
        given = self._constants | values
        if self._order is None:
            return {name: self._bound(name, given[name]) for name in self._binders}
        return [self._bound(name, given[name]) for name in self._order]

    def _bound(self, name: str, value: Any) -> Any:
        binder = self._binders[name]
        return value if binder is None else binder(value)
