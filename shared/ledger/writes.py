"""The one writer: effects in, rows changed. The only file that knows two SQL dialects.

Statements are built once per table and size: building them per call cost ten times their execution.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table
from sqlalchemy.engine.interfaces import Dialect

from shared.core.columns import Row, row_class
from shared.core.errors import FactConflict
from shared.ledger import canonical
from shared.ledger.effects import Add, Effect, Insert, Put
from shared.ledger.prepared import fetch

ROWS_PER_STATEMENT = 256
Values = tuple[Any, ...]


def apply(connection: Connection, effects: Sequence[Effect], version: int, *, fill: bool = False) -> set[str]:
    """Apply effects within the caller's transaction and name the tables that were touched.

    `fill`: columns of a stored fact that are still empty take the value given, for an entry that came before an upgrade.
    Raises FactConflict when a fact's key already holds other content, KeyError for a table this build does not know.
    """
    inserts: dict[str, list[Insert]] = {}
    puts: dict[str, list[Put]] = {}
    for effect in effects:
        if isinstance(effect, Insert):
            inserts.setdefault(effect.table, []).append(effect)
        else:
            puts.setdefault(effect.table, []).append(effect)
    adds: list[Add] = []
    for table, facts in inserts.items():
        for fact in _insert(connection, row_class(table), facts, fill):
            adds.extend(fact.adds)
    _add(connection, adds)
    for table, fields in puts.items():
        _put(connection, row_class(table), fields, version)
    return inserts.keys() | puts.keys() | {add.table for add in adds}


def _insert(connection: Connection, cls: type[Row], facts: list[Insert], fill: bool) -> list[Insert]:
    """Insert what is absent; answers the facts that were really inserted, each once."""
    shape = _shape(connection.dialect, cls.__tablename__)
    unique = {shape.key_of(fact.row): fact for fact in facts}
    if len(unique) != len(facts):
        for fact in facts:
            if unique[shape.key_of(fact.row)].row != fact.row:
                raise FactConflict(cls.__tablename__, shape.key_of(fact.row))
    inserted: list[Insert] = []
    for keys in _chunks(list(unique)):
        params = [value for key in keys for value in shape.bind(unique[key].row)]
        rows = fetch(connection, shape.insert_sql(len(keys)), params)
        returned = {shape.key_from_database(row) for row in rows}
        for key in keys:
            if key in returned:
                inserted.append(unique[key])
            else:
                _compare(connection, shape, key, unique[key].row, fill)
    return inserted


def _compare(connection: Connection, shape: "Shape", key: Values, row: dict[str, Any], fill: bool) -> None:
    """The fact is there already: it must be the same one."""
    stored = _stored(connection, shape, [key])[key]
    differs = {name for name, value in row.items() if stored[name] != value}
    if fill and all(stored[name] is None for name in differs):
        for name in differs:
            column = shape.table.columns[name]
            where = [part == value for part, value in zip(shape.table.primary_key, key, strict=True)]
            connection.execute(shape.table.update().where(*where).values({column: row[name]}))
    elif differs:
        raise FactConflict(shape.table.name, key)


def _add(connection: Connection, adds: Iterable[Add]) -> None:
    totals: dict[str, dict[Values, dict[str, int]]] = {}
    for add in adds:
        shape = _shape(connection.dialect, add.table)
        amounts = totals.setdefault(add.table, {}).setdefault(shape.key_of(add.key), dict.fromkeys(add.amounts, 0))
        for name, amount in add.amounts.items():
            amounts[name] += amount
    for table, rows in totals.items():
        shape = _shape(connection.dialect, table)
        for keys in _chunks(sorted(rows)):  # one order of row locks on every machine
            params = [value for key in keys for value in shape.bind(dict(zip(shape.key_names, key, strict=True)) | rows[key])]
            fetch(connection, shape.add_sql(len(keys)), params)


def _put(connection: Connection, cls: type[Row], puts: list[Put], version: int) -> None:
    """Merge fields that are newer than what each row holds; rows are written whole."""
    shape = _shape(connection.dialect, cls.__tablename__)
    keyed = [(shape.key_of(put.key), put) for put in puts]
    merged: dict[Values, dict[str, Any]] = {}
    for keys in _chunks(sorted({key for key, _ in keyed})):
        merged.update(_stored(connection, shape, keys))
    changed: set[Values] = set()
    first: dict[tuple[str, ...], str] = {}  # many rows are made at once with the same fields: their versions read alike
    for key, put in keyed:
        row = merged.get(key)
        if row is None and not put.fields:
            continue
        if row is None:
            names = tuple(put.fields)
            if names not in first:
                first[names] = _packed(dict.fromkeys(names, version), shape.field_names)
            merged[key] = shape.empty | put.key | put.fields | {"versions": first[names]}
            changed.add(key)
            continue
        versions = _versions(row["versions"], shape.field_names)
        newer = {name: value for name, value in put.fields.items() if versions.get(name, -1) < version}
        if newer:
            row.update(newer)
            row["versions"] = _packed(versions | dict.fromkeys(newer, version), shape.field_names)
            changed.add(key)
    for keys in _chunks(sorted(changed)):
        params = [value for key in keys for value in shape.bind(merged[key])]
        fetch(connection, shape.upsert_sql(len(keys)), params)


def _versions(text: str, fields: tuple[str, ...]) -> dict[str, int]:
    """Version by field. `*` stands for every field not named: most rows were written in one go."""
    packed: dict[str, int] = msgspec.json.decode(text)
    if "*" not in packed:
        return packed
    return dict.fromkeys(fields, packed.pop("*")) | packed


def _packed(versions: dict[str, int], fields: tuple[str, ...]) -> str:
    """One spelling per content, whatever the order of arrival: rows must be equal on every replica."""
    if len(versions) == len(fields):
        lowest = min(versions.values())
        versions = {"*": lowest} | {name: version for name, version in versions.items() if version != lowest}
    return canonical.encode(versions).decode()


def _stored(connection: Connection, shape: "Shape", keys: Sequence[Values]) -> dict[Values, dict[str, Any]]:
    if not keys:
        return {}
    params = [value for key in keys for value in shape.bind_key(key)]
    rows = fetch(connection, shape.select_sql(len(keys)), params)
    found = [shape.from_database(row) for row in rows]
    return {shape.key_of(row): row for row in found}


def _chunks(items: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(items), ROWS_PER_STATEMENT):
        yield items[start : start + ROWS_PER_STATEMENT]


class Shape:
    """Statements and conversions of one table in one dialect."""

    def __init__(self, dialect: Dialect, table: Table) -> None:
        self.table = table
        self.names = tuple(table.columns.keys())
        self.key_names = tuple(column.name for column in table.primary_key)
        self.field_names = tuple(name for name in self.names if name not in self.key_names and name != "versions")
        self._mark = "?" if dialect.paramstyle == "qmark" else "%s"
        quote = dialect.identifier_preparer.quote
        self._quoted = {name: quote(name) for name in self.names}
        self._quoted_table = quote(table.name)
        impls = {column.name: column.type.dialect_impl(dialect) for column in table.columns}
        self.empty: dict[str, Any] = dict.fromkeys(self.names) | {"versions": "{}"}
        self._binders = tuple(impls[name].bind_processor(dialect) for name in self.names)
        self._bound = tuple((at, binder) for at, binder in enumerate(self._binders) if binder is not None)
        self._readers = tuple(impls[name].result_processor(dialect, None) for name in self.names)
        # PostgreSQL takes a bare parameter inside VALUES for text.
        casts = [f"::{impls[name].compile(dialect)}" if dialect.name == "postgresql" else "" for name in self.key_names]
        self._typed_marks = tuple(self._mark + cast for cast in casts)
        self._key_at = tuple(self.names.index(name) for name in self.key_names)

    def key_of(self, row: dict[str, Any]) -> Values:
        return tuple([row[name] for name in self.key_names])

    def bind(self, row: dict[str, Any]) -> list[Any]:
        values = list(map(row.get, self.names))
        for at, binder in self._bound:
            values[at] = binder(values[at])
        return values

    def bind_key(self, key: Values) -> list[Any]:
        binders = [self._binders[at] for at in self._key_at]
        return [value if binder is None else binder(value) for binder, value in zip(binders, key, strict=True)]

    def from_database(self, row: Sequence[Any]) -> dict[str, Any]:
        return {
            name: value if reader is None else reader(value)
            for name, reader, value in zip(self.names, self._readers, row, strict=True)
        }

    def key_from_database(self, row: Sequence[Any]) -> Values:
        readers = [self._readers[at] for at in self._key_at]
        return tuple([value if reader is None else reader(value) for reader, value in zip(readers, row, strict=True)])

    @cache  # noqa: B019  a shape lives as long as the program and sizes are bounded
    def insert_sql(self, count: int) -> str:
        return f"{self._values(count)} ON CONFLICT DO NOTHING RETURNING {self._list(self.key_names)}"

    @cache  # noqa: B019
    def add_sql(self, count: int) -> str:
        columns = [self._quoted[name] for name in self.field_names]
        sets = ", ".join(f"{column} = {self._quoted_table}.{column} + excluded.{column}" for column in columns)
        return f"{self._values(count)} ON CONFLICT ({self._list(self.key_names)}) DO UPDATE SET {sets}"

    @cache  # noqa: B019
    def upsert_sql(self, count: int) -> str:
        columns = [self._quoted[name] for name in (*self.field_names, "versions")]
        sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
        return f"{self._values(count)} ON CONFLICT ({self._list(self.key_names)}) DO UPDATE SET {sets}"

    @cache  # noqa: B019
    def select_sql(self, count: int) -> str:
        one = f"({', '.join(self._typed_marks)})"
        wanted = f"({self._list(self.key_names)}) IN (VALUES {', '.join([one] * count)})"
        return f"SELECT {self._list(self.names)} FROM {self._quoted_table} WHERE {wanted}"  # noqa: S608

    def _values(self, count: int) -> str:
        one = f"({', '.join([self._mark] * len(self.names))})"
        return f"INSERT INTO {self._quoted_table} ({self._list(self.names)}) VALUES {', '.join([one] * count)}"  # noqa: S608

    def _list(self, names: Sequence[str]) -> str:
        return ", ".join(self._quoted[name] for name in names)


_SHAPES: dict[tuple[str, str], Shape] = {}


def _shape(dialect: Dialect, table: str) -> Shape:
    key = dialect.name, table
    if key not in _SHAPES:
        _SHAPES[key] = Shape(dialect, Row.metadata.tables[row_class(table).__tablename__])
    return _SHAPES[key]
