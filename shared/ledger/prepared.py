"""Statements that stand ready: what every operation asks goes to the driver, with none of the work around one execution.

Running a compiled statement through SQLAlchemy costs several times the statement itself; here it is compiled once per dialect.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Delete, Insert, Select, Update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql import visitors

LIST_READY_MAX = 100
"""Lists up to this length stand ready, one form for each length."""
Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete


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
    """A statement with named `bindparam`s; answers named tuples with Python values. A bind that is `expanding` takes a list."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._forms: dict[tuple[object, ...], _Form] = {}
        self._lists = sorted(_expanding(statement))

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """Raises the driver's errors, KeyError for a value that was not given."""
        if any(len(values[name]) > LIST_READY_MAX for name in self._lists):
            # A form for every length of a long list would fill the memory.
            return list(connection.execute(self._statement, values))
        dialect = connection.dialect
        key = (dialect.name, *[len(values[name]) for name in self._lists])
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _Form(self._statement, dialect, {name: len(values[name]) for name in self._lists})
        make = form.row
        rows = fetch(connection, form.text, form.bind(values))
        if not form.converts:
            return [make(row) for row in rows]
        return [
            make([value if reader is None else reader(value) for reader, value in zip(form.readers, row, strict=True)])
            for row in rows
        ]

    def first(self, connection: Connection, **values: Any) -> Any | None:
        """The first row, or None."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None


class _Form:
    """A statement in one dialect, with lists of one length."""

    def __init__(self, statement: Statement, dialect: Dialect, lengths: dict[str, int]) -> None:
        compiled = statement.compile(dialect=dialect)
        binds = {compiled.bind_names[bind]: bind for bind in compiled.binds.values()}
        self._lists: Mapping[str, Sequence[str]] = {}
        self.text = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup if compiled.positional else None
        if lengths:
            nothing: dict[str, Any] = {name: [None] * lengths[name] if name in lengths else None for name in binds}
            spread = compiled.construct_expanded_state(nothing)
            self.text, self._order, self._lists = spread.statement, spread.positiontup, spread.parameter_expansion
        self._constants: dict[str, Any] = {name: bind.value for name, bind in binds.items() if not bind.required}
        self._binders = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        columns = list(statement.exported_columns)
        self.readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self.converts = any(self.readers)
        self.row = _row_maker([column.key or "" for column in columns])

    def bind(self, values: dict[str, Any]) -> Sequence[Any] | dict[str, Any]:
        given = self._constants | values
        bound = {
            name: value if (binder := self._binders[name]) is None else binder(value)
            for name, value in given.items()
            if name not in self._lists
        }
        for name, parts in self._lists.items():
            binder = self._binders[name]
            bound.update(zip(parts, [value if binder is None else binder(value) for value in given[name]], strict=True))
        return bound if self._order is None else [bound[name] for name in self._order]


def _row_maker(names: Sequence[str]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """Makes named tuples; a name that no field can have, as that of an unnamed sum, becomes its place."""
    made: Callable[[Iterable[Any]], tuple[Any, ...]] = namedtuple("Row", names, rename=True)._make  # type: ignore[attr-defined]
    return made


def _expanding(statement: Statement) -> set[str]:
    """Names of the binds that take lists."""
    return {str(part.key) for part in visitors.iterate(statement) if isinstance(part, BindParameter) and part.expanding}
