"""Rows and column types of every replicated table, equal on SQLite and PostgreSQL.

A table is one of three: facts (inserted once), fields (put at a newer version) and sums (added to by facts).
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal

from sqlalchemy import UUID, BigInteger, Boolean, LargeBinary, MetaData, Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

Stream = Literal["org", "branch"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


IDS_KNOWN = 16_384
"""Spellings of ids kept at hand: a screen reads the same goods, shelves and rates again and again."""


class IdColumn(TypeDecorator[str]):
    """Sixteen bytes on SQLite, `uuid` on PostgreSQL, canonical text in Python."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID(as_uuid=False))
        return dialect.type_descriptor(LargeBinary(16))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return super().bind_processor(dialect) if dialect.name == "postgresql" else id_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return super().result_processor(dialect, coltype) if dialect.name == "postgresql" else id_text


@lru_cache(IDS_KNOWN)
def id_bytes(text: str | None) -> bytes | None:
    """An id as SQLite keeps it."""
    return None if text is None else bytes.fromhex(text.replace("-", ""))


@lru_cache(IDS_KNOWN)
def id_text(value: bytes | None) -> str | None:
    """An id as people and programs spell it."""
    if value is None:
        return None
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that orders by code point on both engines."""

Id = Annotated[str, mapped_column(IdColumn)]
Words = Annotated[str, mapped_column(TEXT)]
Minor = Annotated[int, mapped_column(BigInteger)]
"""Money, signed, in minor units of the row's currency."""
Milli = Annotated[int, mapped_column(BigInteger)]
"""Quantity in thousandths of the unit."""
At = Annotated[int, mapped_column(BigInteger)]
"""Instant, milliseconds since 1970 UTC."""
Whole = Annotated[int, mapped_column(BigInteger)]
Flag = Annotated[bool, mapped_column(Boolean(create_constraint=False))]


# The registry of tables, filled while concepts are imported, and a cache over it.
_CLASSES: "dict[str, type[Row]]" = {}
_SUMS: "dict[str, tuple[type[Sum], ...]]" = {}


class Row(DeclarativeBase):
    """Base of all replicated tables."""

    metadata = MetaData(naming_convention=NAMING)
    __stream__: ClassVar[Stream]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__tablename__" in cls.__dict__:
            _CLASSES[cls.__tablename__] = cls
            _SUMS.clear()


class Fact(Row):
    """A row that is inserted once and never changes."""

    __abstract__ = True

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """All columns of a row; an optional column left out is empty. Raises TypeError."""
        empty, needed = _columns_of(cls)
        row = empty | values
        if len(row) != len(empty):
            raise TypeError(f"{cls.__tablename__} has no column {sorted(values.keys() - empty.keys())}")
        if missing := [name for name in needed if row[name] is None]:
            raise TypeError(f"{cls.__tablename__} needs {missing}")
        return row

    @classmethod
    def sums(cls, row: dict[str, Any]) -> tuple[tuple[str, dict[str, Any], dict[str, int]], ...]:
        """(sum table, key, amounts) for every sum this row adds to."""
        adds = []
        for total in sums_of(cls):
            key = {name: row[name] for name in total.__key__}
            if None not in key.values():
                amounts = {name: by if isinstance(by, int) else row[by] or 0 for name, by in total.__adds__.items()}
                adds.append((total.__tablename__, key, amounts))
        return tuple(adds)


@cache
def _columns_of(fact: type[Fact]) -> tuple[dict[str, None], tuple[str, ...]]:
    """An empty row and the names that must be filled: every row of every sale asks."""
    columns = fact.__table__.columns
    return dict.fromkeys(columns.keys()), tuple(column.name for column in columns if not column.nullable)


class Field(Row):
    """A row whose fields are put at newer versions; `versions` remembers which version each field holds.

    Every column outside the key may be empty: an edit may arrive before the row it edits.
    """

    __abstract__ = True

    versions: Mapped[str] = mapped_column(TEXT, default="{}")

    @classmethod
    def split(cls, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Key and fields apart. Raises TypeError for an unknown column or an incomplete key."""
        key_names, field_names = _field_names(cls)
        fields = dict(values)
        key = {name: fields.pop(name, None) for name in key_names}
        if None in key.values():
            raise TypeError(f"{cls.__tablename__} needs its whole key {list(key_names)}")
        if not fields.keys() <= field_names:
            raise TypeError(f"{cls.__tablename__} has no field {sorted(fields.keys() - field_names)}")
        return key, fields


@cache
def _field_names(cls: type[Field]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Names of the key, and of everything that may be put."""
    key = tuple(column.name for column in cls.__table__.primary_key)
    return key, frozenset(cls.__table__.columns.keys()) - {"versions", *key}


class Sum(Row):
    """A row that equals Σ over the facts named in `__of__`; nothing else writes it."""

    __abstract__ = True
    __of__: ClassVar[type[Fact]]
    __key__: ClassVar[tuple[str, ...]]
    """Key columns, named alike in the fact; a fact with an empty key part does not count."""
    __adds__: ClassVar[dict[str, str | int]]
    """Sum column → fact column, or a constant to add once per fact."""


def concept_of(table: str) -> str:
    """The concept (folder) that owns a table, for telling screens what changed. Raises KeyError for an unknown table."""
    return row_class(table).__module__.split(".")[1]


def row_class(table: str) -> type[Row]:
    """The class that declares a table. Raises KeyError for a table this build does not know."""
    return _CLASSES[table]


def sums_of(fact: type[Fact]) -> tuple[type[Sum], ...]:
    """The sums that a fact row adds to."""
    key = fact.__tablename__
    if key not in _SUMS:
        _SUMS[key] = tuple(row for row in _CLASSES.values() if issubclass(row, Sum) and row.__of__ is fact)
    return _SUMS[key]


def all_rows() -> tuple[type[Row], ...]:
    """Every replicated table of this build, in order of name."""
    return tuple(_CLASSES[name] for name in sorted(_CLASSES))
