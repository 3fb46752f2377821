"""Tables out of bytes: TSV and CSV in the encodings people have, spreadsheets, and either of them compressed."""

import gzip
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO, Protocol

import msgspec

from shared.core.errors import Refusal
from shared.core.text import N_

FILE_BYTES_MAX = 64 * 2**20
"""Largest file as it lies on the disk."""
TABLE_BYTES_MAX = 512 * 2**20
"""Largest content after unpacking: a small archive must not fill the memory."""
LINE_MAX = 32_768
RECORD_LINES_MAX = 20
"""Lines that one quoted cell may span; a quote nobody closed must not swallow the rest of the file."""
RAW_MAX = 500
"""Characters of a bad row that are kept for whoever mends it."""
DELIMITERS = "\t;,|"
_PIECE_BYTES = 16 * 1024
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_LINES = 20

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_BROKEN = re.compile("[\ud800-\udfff\x00\ufffd]")
_CUT = "\ufffd\ufffdthe archive ends here"
_SURROGATES = re.compile("[\ud800-\udfff]")


class RawRow(msgspec.Struct, frozen=True, gc=False):
    """One row as it was read. `fault` names what made it unreadable; `numbers` are cells that were numbers, not text."""

    row_no: int
    cells: tuple[str, ...]
    fault: str = ""
    numbers: frozenset[int] = frozenset()

    @property
    def raw(self) -> str:
        """The row for people, cut to `RAW_MAX`; what no database keeps stands as a sign of damage."""
        return _BROKEN.sub("\ufffd", "\t".join(self.cells))[:RAW_MAX]


class Table(Protocol):
    """A source of rows that can be read again from the beginning."""

    @property
    def description(self) -> str:
        """What the file turned out to be, such as `CSV ; cp1251` or `XLSX Бар`."""

    def rows(self) -> Iterator[RawRow]:
        """Every row that is not blank, numbered as an editor shows it."""

    def progress(self) -> tuple[int, int]:
        """How much of the file is read, out of how much."""


def open_table(file: BinaryIO) -> Table:
    """What kind of table the bytes are; the file must be seekable and stays the caller's. Refuses what cannot be goods."""
    size = file.seek(0, 2)
    if size > FILE_BYTES_MAX:
        text = N_("The file is larger than {limit} MB. Save the goods alone and choose that file")
        raise Refusal("file_is_too_large", text, limit=FILE_BYTES_MAX // 2**20)
    source: BinaryIO = gzip.GzipFile(fileobj=_rewound(file)) if _head(file, 2) == b"\x1f\x8b" else file  # type: ignore[assignment]
    head = _head(source, 8)
    if not head:
        raise Refusal("file_is_empty", N_("The file is empty. Choose another"))
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _Sheet(source)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")):
        raise Refusal("file_is_no_table", N_("This file is not a table. Choose TSV, CSV or XLSX"))
    return _Text(source, file, size)


def _rewound(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _head(file: BinaryIO, count: int) -> bytes:
    try:
        return _rewound(file).read(count)
    except (OSError, EOFError, zlib.error) as fault:
        raise _damaged() from fault


def _damaged() -> Refusal:
    return Refusal("file_is_damaged", N_("The file is damaged. Save it again and choose it once more"))


@dataclass(slots=True)
class _Text:
    """Lines of text; a bad row is told and the next one is read."""

    source: BinaryIO
    file: BinaryIO
    size: int
    encoding: str = ""
    delimiter: str = ""

    def __post_init__(self) -> None:
        self.encoding = _encoding(self.source)
        self.delimiter = _delimiter([line for line in islice(self._lines(), _SAMPLE_LINES) if line.strip()])

    @property
    def description(self) -> str:
        kind = "TSV" if self.delimiter == "\t" else f"CSV {self.delimiter}"
        return f"{kind} {self.encoding.removesuffix('-sig')}"

    def progress(self) -> tuple[int, int]:
        return min(self.file.tell(), self.size), self.size

    def rows(self) -> Iterator[RawRow]:
        # A quote at the end of a tab-separated name means inches; only Excel's own quoting of one line is undone there.
        lines_max = 1 if self.delimiter == "\t" else RECORD_LINES_MAX
        for row_no, line, cells in _records(self._lines(), self.delimiter, lines_max):
            if row_no == 1 and _SEPARATOR_LINE.fullmatch(line):
                continue
            if cells is None or len(line) > LINE_MAX:
                yield RawRow(row_no, (line[:RAW_MAX],), "quote_is_open" if cells is None else "line_is_too_long")
            elif line == _CUT:
                yield RawRow(row_no, (), "file_is_cut")
            elif _BROKEN.search(line):
                yield RawRow(row_no, tuple(cells), "encoding_is_broken")
            elif line and not line.isspace():
                yield RawRow(row_no, tuple(cells))

    def _lines(self) -> Iterator[str]:
        """Lines without their ends. An archive that breaks off ends with a line that says so."""
        wrapper = TextIOWrapper(_rewound(self.source), encoding=self.encoding, errors=_errors(self.encoding), newline=None)
        read = 0
        try:
            while line := wrapper.readline(LINE_MAX + 2):
                read += len(line) if len(line) <= LINE_MAX else len(line) + _skip_line(wrapper, line)
                if read > TABLE_BYTES_MAX:
                    raise Refusal("file_is_too_large", N_("The file holds too much when unpacked. Save the goods alone"))
                yield line.removesuffix("\n")
        except (OSError, EOFError, zlib.error):
            yield _CUT
        finally:
            # The source belongs to the caller and is read again.
            wrapper.detach()


def _skip_line(wrapper: TextIOWrapper, line: str) -> int:
    """Read on to the end of an overlong line; how many characters that were."""
    skipped = 0
    while line and not line.endswith("\n") and skipped < TABLE_BYTES_MAX:
        line = wrapper.readline(LINE_MAX)
        skipped += len(line)
    return skipped


def _errors(encoding: str) -> str:
    return "replace" if encoding.startswith("utf-16") else "surrogateescape"


def _encoding(source: BinaryIO) -> str:
    """UTF-8 or UTF-16 by mark or content, else Windows-1251; judged by the first stretch that is not plain ASCII."""
    stretch = b""
    for number, piece in enumerate(_pieces(source)):
        if number == 0 and (known := _wide_or_marked(piece)):
            return known
        if stretch or not piece.isascii():
            stretch += piece
        if len(stretch) >= _SAMPLE_BYTES:
            break
    # The stretch may begin and end inside a letter, and a few broken bytes do not make a file Windows-1251.
    text = stretch.decode("utf-8", errors="surrogateescape")
    broken = len(_SURROGATES.findall(text))
    letters = len(text) - sum(map(str.isascii, text)) - broken
    return "utf-8" if broken * 4 <= letters or broken == 0 else "cp1251"


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    """The content in pieces, as far as a broken archive gives it."""
    _rewound(source)
    try:
        while piece := source.read(_PIECE_BYTES):
            yield piece
    except (OSError, EOFError, zlib.error):
        return


def _wide_or_marked(head: bytes) -> str:
    """The encoding that the first bytes give away; empty when they do not."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    if max(even, odd) > len(head[:2000]) // 10:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _delimiter(sample: list[str]) -> str:
    """The sign that cuts most lines into as many cells as the first."""
    if not sample:
        return "\t"
    if named := _SEPARATOR_LINE.fullmatch(sample[0]):
        return named[1]
    best, best_score = "\t", (0, 0)
    for sign in DELIMITERS:
        widths = [len(_cells(line, sign) or line.split(sign)) for line in sample]
        usual = max(set(widths), key=widths.count)
        score = (widths.count(usual), usual) if usual > 1 else (0, 0)
        if score > best_score:
            best, best_score = sign, score
    return best


def _records(lines: Iterable[str], delimiter: str, lines_max: int) -> Iterator[tuple[int, str, list[str] | None]]:
    """Number, text and cells of each record; None when a quote was never closed, and reading goes on after that line."""
    source, waiting, row_no = iter(lines), deque[str](), 0
    while (line := waiting.popleft() if waiting else next(source, None)) is not None:
        row_no += 1
        if '"' not in line:
            yield row_no, line, line.split(delimiter)
            continue
        taken, cells = [line], _cells(line, delimiter)
        while cells is None and len(taken) < lines_max:
            more = waiting.popleft() if waiting else next(source, None)
            if more is None:
                break
            taken.append(more)
            cells = _cells("\n".join(taken), delimiter)
        if cells is None:
            waiting.extendleft(reversed(taken[1:]))
            yield row_no, line, line.split(delimiter) if lines_max == 1 else None
        else:
            yield row_no, "\n".join(taken), cells
            row_no += len(taken) - 1


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Cells of one record; None when a quoted one does not end. What is not wholly quoted is taken as it stands."""
    cells, place = [], 0
    while True:
        value = ""
        begin = place
        if text.startswith('"', place):
            quoted = _QUOTED.match(text, place)
            if quoted is None:
                return None
            value, place = quoted[1].replace('""', '"'), quoted.end()
        end = text.find(delimiter, place)
        last = end < 0
        end = len(text) if last else end
        cells.append(value if place > begin and not text[place:end].strip() else text[begin:end])
        if last:
            return cells
        place = end + 1


class _Sheet:
    """The first sheet of a workbook that holds anything."""

    def __init__(self, source: BinaryIO) -> None:
        # Loaded only when somebody brings a spreadsheet; the desk starts without it.
        import python_calamine

        _refuse_large_archive(source)
        try:
            workbook = python_calamine.CalamineWorkbook.from_filelike(_rewound(source))
            sheets = (workbook.get_sheet_by_index(place) for place in range(len(workbook.sheet_names)))
            sheet = next((sheet for sheet in sheets if sheet.height), None)
        except python_calamine.PasswordError as fault:
            text = N_("The workbook has a password. Save it without one and choose it again")
            raise Refusal("file_has_password", text) from fault
        except (python_calamine.CalamineError, OSError, EOFError, zlib.error, ValueError) as fault:
            raise _damaged() from fault
        if sheet is None or sheet.end is None:
            raise Refusal("file_is_empty", N_("The file is empty. Choose another"))
        self._sheet = sheet
        # `end` counts from 0; the library's own total height is one row short of what it gives.
        self._height = sheet.end[0] + 1
        self._done = 0

    @property
    def description(self) -> str:
        return f"XLSX {self._sheet.name}"

    def progress(self) -> tuple[int, int]:
        return self._done, self._height

    def rows(self) -> Iterator[RawRow]:
        for row_no, values in enumerate(self._sheet.iter_rows(), start=1):
            self._done = row_no
            cells = tuple(_cell_text(value) for value in values)
            if any(cells):
                numbers = frozenset(place for place, value in enumerate(values) if type(value) in (int, float))
                yield RawRow(row_no, cells, numbers=numbers)


def _refuse_large_archive(source: BinaryIO) -> None:
    if _head(source, 2) != b"PK":
        return
    try:
        with zipfile.ZipFile(_rewound(source)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error, ValueError) as fault:
        raise _damaged() from fault
    if unpacked > TABLE_BYTES_MAX:
        raise Refusal("file_is_too_large", N_("The file holds too much when unpacked. Save the goods alone"))


def _cell_text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, a number with at most six decimals."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
