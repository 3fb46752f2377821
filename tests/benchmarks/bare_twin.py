"""The limit of a sale: the same rows into the same tables through the bare driver, in a database of its own."""

import shutil
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pysqlite3

# The rows that one sale writes; `:op`, `:branch` and `:shift` are the ids as stored, `:stream` is the branch in words.
ROWS = {
    "operations": "op = :op",
    "stream_heads": "stream = :stream",
    "sales": "branch_id = :branch AND sale_id = :op",
    "sale_lines": "branch_id = :branch AND sale_id = :op",
    "sale_tenders": "branch_id = :branch AND sale_id = :op",
    "stock_moves": "branch_id = :branch AND op = :op",
    "postings": "branch_id = :branch AND op = :op",
    "stock_levels": "branch_id = :branch AND product_id IN "
    "(SELECT product_id FROM stock_moves WHERE branch_id = :branch AND op = :op)",
    "balances": "branch_id = :branch AND account IN (SELECT account FROM postings WHERE branch_id = :branch AND op = :op)",
    "shift_turnovers": "branch_id = :branch AND shift_id = :shift AND account IN "
    "(SELECT account FROM postings WHERE branch_id = :branch AND op = :op)",
    "print_jobs": "op = :op",
}
Row = tuple[Any, ...]


class BareTwin:
    """A copy of a desk's database that takes the rows of each sale after the desk did."""

    def __init__(self, original: Path, copy: Path) -> None:
        for end in ("", "-wal"):
            if original.with_name(original.name + end).exists():
                shutil.copyfile(original.with_name(original.name + end), copy.with_name(copy.name + end))
        self._original = pysqlite3.connect(original, isolation_level=None)
        self._original.execute("PRAGMA query_only=ON")
        self._copy = pysqlite3.connect(copy, isolation_level=None, cached_statements=256)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0", "cache_size=-32768"):
            self._copy.execute(f"PRAGMA {pragma}")
        self._upserts = {table: self._upsert(table) for table in ROWS}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._original.close()
        self._copy.close()

    def take(self, op: str, branch: str, shift: str) -> float:
        """Commit the rows of one sale; answers how many seconds that took. Raises the driver's errors."""
        ids = {name: bytes.fromhex(value.replace("-", "")) for name, value in (("op", op), ("branch", branch), ("shift", shift))}
        rows = self._rows(self._original, ids | {"stream": branch})
        assert all(rows.values()), f"a sale left no row in {[table for table, found in rows.items() if not found]}"
        started = time.perf_counter()
        cursor = self._copy.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            cursor.executemany(self._upserts[table], values)
        cursor.execute("COMMIT")
        seconds = time.perf_counter() - started
        assert self._rows(self._copy, ids | {"stream": branch}) == rows
        return seconds

    def _rows(self, database: Any, values: dict[str, Any]) -> dict[str, list[Row]]:
        return {
            table: database.execute(f"SELECT * FROM {table} WHERE {where}", values).fetchall()  # noqa: S608
            for table, where in ROWS.items()
        }

    def _upsert(self, table: str) -> str:
        columns = self._copy.execute(f"PRAGMA table_info({table})").fetchall()
        keys = ", ".join(column[1] for column in columns if column[5])
        sets = ", ".join(f"{column[1]} = excluded.{column[1]}" for column in columns if not column[5])
        marks = ", ".join("?" * len(columns))
        return f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({keys}) DO UPDATE SET {sets}"  # noqa: S608
