"""Rows of the file as the screen holds them: in order of what needs a person, taken or left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, overload

from desktop.store.goods_import import Judged, Verdict
from shared.catalog.goods_file import Column, GoodsRow, RowError
from shared.catalog.goods_file import Mapping as ColumnMapping

ORDER: Final = (Verdict.ERROR, Verdict.CHECK, Verdict.NEW, Verdict.CHANGED, Verdict.SAME)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; `barcode`, `name` and `price` as written where the row could not be understood."""

    judged: Judged
    is_taken: bool
    barcode: str
    name: str
    price: str = ""


class Lines:
    """All rows of a file; errors on top."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self._judged: dict[Verdict, list[Judged]] = {verdict: [] for verdict in ORDER}
        self._left_out: set[int] = set()
        self._dropped: set[int] = set()

    def add(self, judged: Sequence[Judged]) -> None:
        """More rows were read."""
        for row in judged:
            self._judged[row.verdict].append(row)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows there are of each kind."""
        return {verdict: len(rows) for verdict, rows in self._judged.items()}

    def shown(self, verdict: Verdict | None) -> "Shown":
        """The rows of one kind, or all of them."""
        return Shown(self, [self._judged[kind] for kind in ORDER if verdict in {None, kind}])

    def line(self, judged: Judged) -> Line:
        """A row with what the screen needs to know of it."""
        taken = judged.row is not None and judged.verdict is not Verdict.SAME and judged.row_no not in self._left_out
        if judged.row is not None:
            code = judged.row.barcodes[0] if judged.row.barcodes else f".{judged.row.code}" if judged.row.code else ""
            return Line(judged, taken, code, judged.row.name)
        cells = self.cells(judged)
        written = {column: self.cell(cells, column) for column in (Column.BARCODE, Column.NAME, Column.PRICE)}
        return Line(judged, False, written[Column.BARCODE], written[Column.NAME], written[Column.PRICE])

    def cells(self, judged: Judged) -> tuple[str, ...]:
        """A row that could not be understood, cell by cell."""
        return tuple(judged.error.raw.split("\t")) if judged.error else ()

    def cell(self, cells: Sequence[str], column: Column) -> str:
        """What a row says in a column; empty where it says nothing."""
        places = self.mapping.places(column)
        return cells[places[0]].strip() if places and places[0] < len(cells) else ""

    def toggle(self, judged: Judged) -> None:
        """Take a row, or leave it out; a row that is wrong or changes nothing stays as it is."""
        if judged.row is not None and judged.verdict is not Verdict.SAME:
            self._left_out ^= {judged.row_no}

    def drop(self, judged: Judged) -> None:
        """Forget a row for good; it does not wait to be reviewed either."""
        self._judged[judged.verdict] = [row for row in self._judged[judged.verdict] if row is not judged]
        self._dropped.add(judged.row_no)

    def replace(self, judged: Judged, mended: Judged) -> None:
        """A row was mended."""
        self._judged[judged.verdict] = [row for row in self._judged[judged.verdict] if row is not judged]
        self._judged[mended.verdict].insert(0, mended)

    def holder_of(self, barcodes: Sequence[str], but: int) -> int:
        """Number of another row that has one of these barcodes; 0 when there is none."""
        wanted = set(barcodes)
        rows = (judged.row for rows in self._judged.values() for judged in rows if judged.row and judged.row_no != but)
        return next((row.row_no for row in rows if wanted & set(row.barcodes)), 0) if wanted else 0

    @property
    def dropped(self) -> int:
        """How many rows were skipped for good."""
        return len(self._dropped)

    @property
    def to_write(self) -> int:
        """How many rows would be written."""
        open_rows = sum(len(self._judged[kind]) for kind in (Verdict.CHECK, Verdict.NEW, Verdict.CHANGED))
        return open_rows - len(self._left_out)

    def rows_to_write(self) -> Iterator[GoodsRow | RowError]:
        """What is taken; rows that are still wrong go along and wait to be reviewed."""
        for judged in [row for kind in ORDER[:-1] for row in self._judged[kind]]:
            if judged.error is not None:
                yield judged.error
            elif judged.row is not None and judged.row_no not in self._left_out:
                yield judged.row


class Shown(Sequence[Line]):
    """Rows in the order of the screen, made when they are looked at."""

    def __init__(self, lines: Lines, parts: list[list[Judged]]) -> None:
        self._lines, self._parts = lines, parts
        self._count = sum(map(len, parts))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(self._count))]
        at = place
        for part in self._parts:
            if at < len(part):
                return self._lines.line(part[at])
            at -= len(part)
        raise IndexError(place)
