"""Goods out of a file: which column is what, every row understood or refused with its cause, and the rest taken."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

import msgspec

from shared.catalog.barcodes import goods_barcode
from shared.catalog.goods_tables import RawRow, Table, open_table
from shared.catalog.rules import BARCODES_MAX, CODE_LENGTH_MAX, PATH_LENGTH_MAX, PRICE_MAX_MINOR, check_product_name
from shared.catalog.search_text import fold
from shared.core.errors import Param, Refusal
from shared.core.money import divide
from shared.core.text import N_

PREVIEW_ROWS = 20
COLUMNS_MAX = 200
WORD_MAX = 100
QUANTITY_MAX_MILLI = 10**12
_MINOR_PER_UNIT, _MILLI = 100, 1000


class Column(StrEnum):
    """What a column of a goods file may hold; barcodes may stand in several."""

    BARCODE = "barcode"
    NAME = "name"
    CATEGORY = "category"
    BRAND = "brand"
    UNIT = "unit"
    PRICE = "price"
    COST = "cost"
    QUANTITY = "quantity"
    TAX = "tax"
    CODE = "code"


_HEADER_WORDS = {
    Column.BARCODE: (
        "barcode", "barcodes", "bar code", "ean", "ean13", "ean 13", "gtin", "upc",
        "штрихкод", "штрихкоды", "штрих код", "шк", "баркод",
    ),
    Column.NAME: (
        "name", "title", "product", "product name", "item", "item name", "goods",
        "наименование", "название", "товар", "номенклатура", "наименование товара",
    ),
    Column.CATEGORY: ("category", "group", "section", "department", "категория", "группа", "группа товара", "раздел", "папка"),
    Column.BRAND: ("brand", "manufacturer", "maker", "бренд", "марка", "торговая марка", "производитель"),
    Column.UNIT: ("unit", "units", "uom", "единица", "единица измерения", "ед", "ед изм", "еи"),
    Column.PRICE: (
        "price", "retail price", "sale price", "цена", "цена продажи", "цена розничная", "розничная цена", "стоимость",
    ),
    Column.COST: (
        "cost", "cost price", "purchase price", "закупка", "цена закупки", "закупочная цена", "цена закупочная",
        "себестоимость", "цена поставщика", "входная цена",
    ),
    Column.QUANTITY: ("quantity", "qty", "stock", "in stock", "balance", "количество", "кол во", "остаток", "остатки"),
    Column.TAX: ("tax", "tax rate", "vat", "vat rate", "ндс", "ставка ндс", "налог"),
    Column.CODE: ("code", "quick code", "plu", "код", "быстрый код", "код товара"),
}  # fmt: skip
_UNITS = {
    "pc": (
        "pc", "pcs", "piece", "pieces", "ea", "each", "item", "шт", "штука", "штук", "ед", "уп", "упак", "упаковка",
        "пач", "пачка", "бут", "бутылка", "банка", "порц", "порция", "пара", "компл", "комплект", "услуга",
    ),
    "kg": ("kg", "кг", "килограмм"),
    "g": ("g", "gr", "г", "гр", "грамм"),
    "l": ("l", "ltr", "л", "литр"),
    "ml": ("ml", "мл"),
    "m": ("m", "м", "метр", "пог м"),
    "h": ("h", "hr", "hour", "ч", "час"),
}  # fmt: skip
_UNIT_WORDS = {word: unit for unit, words in _UNITS.items() for word in words}
_BY_WORDS = {words: column for column, many in _HEADER_WORDS.items() for words in many}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column (from 0) holds what, and the row number the header stands in (0: there is none)."""

    columns: tuple[tuple[Column, int], ...]
    header_row: int = 0

    def places(self, column: Column) -> tuple[int, ...]:
        """Where a thing stands; empty when nowhere."""
        return tuple(place for known, place in self.columns if known is column)


class GoodsRow(msgspec.Struct, frozen=True, gc=False):
    """One product as the file tells it; None and empty mean that the file says nothing."""

    row_no: int
    name: str
    barcodes: tuple[str, ...] = ()
    category: str = ""
    """Path with `/` between its parts."""
    brand: str = ""
    unit: str = ""
    price_minor: int | None = None
    cost_minor: int | None = None
    quantity_milli: int | None = None
    tax: str = ""
    """As written, such as `20%` or `без НДС`; the club's own rates decide what it is."""
    code: str = ""


class RowError(msgspec.Struct, frozen=True):
    """A row that was not taken: where, why in words (untranslated, with parameters), and the row itself."""

    row_no: int
    column: str
    code: str
    text: str
    params: dict[str, Param]
    raw: str


class Preview(msgspec.Struct, frozen=True):
    """What a file looks like before it is taken."""

    description: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]
    mapping: Mapping


class GoodsFile:
    """A file of goods opened for reading; the bytes stay the caller's. Refuses what is no table."""

    def __init__(self, file: BinaryIO) -> None:
        self._table: Table = open_table(file)

    def preview(self, rows: int = PREVIEW_ROWS) -> Preview:
        """The first rows and a guess which column is what."""
        first = tuple(islice(self._table.rows(), rows + PREVIEW_ROWS))
        mapping = guess_mapping(first)
        header = next((row.cells for row in first if row.row_no == mapping.header_row), ())
        shown = tuple(row for row in first if row.row_no > mapping.header_row)[:rows]
        return Preview(self._table.description, header, shown, mapping)

    def progress(self) -> tuple[int, int]:
        """How much is read, out of how much, in the file's own units."""
        return self._table.progress()

    def read(self, mapping: Mapping | None = None) -> Iterator[GoodsRow | RowError]:
        """Every row, understood or refused, without holding them. Refuses a mapping that names no column for the name."""
        mapping = mapping or self.preview().mapping
        if not mapping.places(Column.NAME):
            raise Refusal("name_column_is_unknown", N_("No column holds the name of the goods. Choose it with F2"))
        return self._read(_RowReader(mapping))

    def _read(self, reader: "_RowReader") -> Iterator[GoodsRow | RowError]:
        for row in self._table.rows():
            if row.row_no == reader.header_row:
                reader.width = len(row.cells)
            elif row.row_no > reader.header_row:
                yield reader.understand(row)


def understand(row: RawRow, mapping: Mapping) -> GoodsRow | RowError:
    """One row alone, as somebody mended it; whether another row has its barcode is not seen here."""
    return _RowReader(mapping).understand(row)


def guess_mapping(rows: Sequence[RawRow]) -> Mapping:
    """What each column holds by the words of its header; without a header, by what the cells look like."""
    best = Mapping(())
    for row in rows[:PREVIEW_ROWS]:
        columns = _by_header(row.cells[:COLUMNS_MAX])
        if len(columns) > len(best.columns) and any(column is Column.NAME for column, _ in columns):
            best = Mapping(columns, row.row_no)
    if not best.columns:
        return Mapping(_by_content([row.cells[:COLUMNS_MAX] for row in rows if not row.fault]))
    below = [row.cells for row in rows if row.row_no > best.header_row and not row.fault]
    return Mapping(tuple(known for known in best.columns if _may_be(known, below)), best.header_row)


def _may_be(known: tuple[Column, int], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column means what its header says: codes of an accounting program are no quick codes of a till."""
    column, place = known
    codes = [row[place].strip() for row in rows if place < len(row)] if column is Column.CODE else []
    return all(is_quick_code(code) for code in codes if code)


def _by_header(cells: Sequence[str]) -> tuple[tuple[Column, int], ...]:
    found: list[tuple[Column, int]] = []
    for place, cell in enumerate(cells):
        words = f" {fold(cell)} " if len(cell) <= WORD_MAX else ""
        # The longest known words decide: `цена закупки, руб` is a cost, not a price.
        known = max((name for name in _BY_WORDS if f" {name} " in words), key=len, default="")
        column = _BY_WORDS.get(known)
        taken = any(column is other for other, _ in found)
        if column and (column is Column.BARCODE or not taken):
            found.append((column, place))
    return tuple(found)


def _by_content(rows: Sequence[Sequence[str]]) -> tuple[tuple[Column, int], ...]:
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] for row in rows if place < len(row)] for place in range(width)]
    codes = [sum(cell.strip().isdecimal() and len(cell.strip()) >= 8 for cell in cells) for cells in columns]
    letters = [sum(sign.isalpha() for cell in cells for sign in cell) for cells in columns]
    found = [(Column.BARCODE, place) for place, count in enumerate(codes) if 2 * count > len(rows)][:1]
    if any(letters):
        found.append((Column.NAME, letters.index(max(letters))))
    return tuple(found)


_BARCODE_GAPS = re.compile(r"[,;|/\n]+")
_NUMBER = re.compile(r"(-?)([0-9]*)(?:\.([0-9]{1,12}))?")
_MONEY_SIGNS = re.compile(r"руб(?:лей|ль|ля|\.)?|rub|р\.|[₽₸₴$€\s\u00a0\u202f'’]|byn|kzt|uah|usd|eur|br", re.IGNORECASE)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*")
_RU_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}|-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_FOLDER_WORD = re.compile(r"\s*\(folder\)\s*$")


class _RowReader:
    """Understands rows of one file; remembers which barcodes were seen."""

    def __init__(self, mapping: Mapping) -> None:
        self.header_row = mapping.header_row
        self.width = 0
        self._barcode_places = mapping.places(Column.BARCODE)
        # The name comes first: a row without one is told by that, whatever else is wrong with it.
        columns = [Column.NAME, *(column for column in _READERS if column is not Column.NAME)]
        self._fields = [(column, place, *_READERS[column]) for column in columns for place in mapping.places(column)[:1]]
        self._seen: dict[str, int] = {}

    def understand(self, row: RawRow) -> GoodsRow | RowError:
        column, cells = "", row.cells
        values: dict[str, object] = {}
        try:
            _refuse_unreadable(row, self.width)
            for column, place, field, read in self._fields:
                text = cells[place].strip() if place < len(cells) else ""
                if text or column == Column.NAME:
                    values[field] = read(text)
            column = Column.BARCODE
            barcodes = self._barcodes(row)
        except Refusal as refusal:
            return RowError(row.row_no, str(column), refusal.code, refusal.text, dict(refusal.params), row.raw)
        for barcode in barcodes:
            self._seen[barcode] = row.row_no
        return GoodsRow(row_no=row.row_no, barcodes=barcodes, **values)  # type: ignore[arg-type]

    def _barcodes(self, row: RawRow) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for place in self._barcode_places:
            cell = row.cells[place].strip() if place < len(row.cells) else ""
            for part in filter(None, (cell,) if cell.isalnum() else map(str.strip, _parts(cell))):
                found[goods_barcode(part, lost_zeros=place in row.numbers)] = None
        if len(found) > BARCODES_MAX:
            raise Refusal("too_many_barcodes", N_("A product has at most {most} barcodes"), most=BARCODES_MAX)
        for barcode in found:
            if barcode in self._seen:
                text = N_("Barcode {barcode} stands in row {row} already. Keep it in one of them")
                raise Refusal("barcode_is_double", text, barcode=barcode, row=self._seen[barcode])
        return tuple(found)


def _parts(cell: str) -> list[str]:
    # `4,60705E+12` is one rounded number, not two barcodes.
    return [cell] if re.fullmatch(r"[0-9]+[.,][0-9]+[eEеЕ]\+?[0-9]+", cell) else _BARCODE_GAPS.split(cell)


_FAULTS = {
    "quote_is_open": N_("A quotation mark is never closed. Close it or remove it"),
    "line_is_too_long": N_("The row is too long. Check its quotation marks and line ends"),
    "encoding_is_broken": N_("Some letters of the row are damaged. Save the file as UTF-8"),
    "file_is_cut": N_("The archive breaks off here. Rows before are taken; make it again for the rest"),
}


def _refuse_unreadable(row: RawRow, width: int) -> None:
    if row.fault:
        raise Refusal(row.fault, _FAULTS[row.fault])
    cells = len(row.cells)
    if cells > COLUMNS_MAX or (cells > width > 0 and any(cell.strip() for cell in row.cells[width:])):
        text = N_("The row has more cells than the header. A separator stands inside a text")
        raise Refusal("row_is_shifted", text)


def _name(text: str) -> str:
    return check_product_name(text if text.isprintable() else _CONTROLS.sub(" ", text))


@lru_cache(maxsize=1000)
def _path(text: str) -> str:
    parts = (" ".join(_FOLDER_WORD.sub("", part).split()) for part in text[:PATH_LENGTH_MAX].split("/"))
    return "/".join(part for part in parts if part)


def _word(text: str) -> str:
    return " ".join(text.split())[:WORD_MAX]


def _unit(text: str) -> str:
    unit = _UNIT_WORDS.get(fold(text))
    if unit is None:
        raise Refusal("unknown_unit", N_("No unit {unit}. Choose one from the list"), unit=text[:WORD_MAX])
    return unit


def is_quick_code(text: str) -> bool:
    """Whether the till could take it as a quick code: a few digits."""
    return text.isascii() and text.isdecimal() and len(text) <= CODE_LENGTH_MAX


def _quick_code(text: str) -> str:
    if not is_quick_code(text):
        raise Refusal("bad_quick_code", N_("A quick code is up to {most} digits"), most=CODE_LENGTH_MAX)
    return text


def read_number(text: str, scale: int) -> int:
    """A written number times `scale`, rounded once: `1 234,50 ₽`, `1,234.50`, `110`. Refuses what is no number."""
    plain = _MONEY_SIGNS.sub("", text).replace("\u2212", "-")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _RU_THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    found = _NUMBER.fullmatch(plain.replace(",", "."))
    if not found or not (found[2] or found[3]) or len(found[2]) > 15:
        raise Refusal("number_is_unreadable", N_("{number} is not a number. Write it like 110.50"), number=text[:WORD_MAX])
    decimals = found[3] or ""
    value = divide(int((found[2] or "0") + decimals) * scale, 10 ** len(decimals))
    return -value if found[1] else value


def _price(text: str) -> int:
    value = read_number(text, _MINOR_PER_UNIT)
    if value < 0:
        raise Refusal("price_is_negative", N_("A price cannot be below zero. Correct it"))
    if value > PRICE_MAX_MINOR:
        raise Refusal("price_is_too_large", N_("The price is too large. Check the number"))
    return value


def _sale_price(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", text) and not text.endswith("0"):
        # 1.234 is a thousand to one person and one and a bit to another; a price must not be guessed.
        raise Refusal("price_is_ambiguous", N_("{number} reads two ways. Write it like 1234.00 or 1.23"), number=text)
    return _price(text)


def _quantity(text: str) -> int:
    value = read_number(re.sub(r"(?:шт|кг|л|pcs|kg|l)\.?$", "", text, flags=re.IGNORECASE), _MILLI)
    if not 0 <= value <= QUANTITY_MAX_MILLI:
        raise Refusal("quantity_is_out_of_range", N_("{number} cannot be in stock. Correct the number"), number=text[:WORD_MAX])
    return value


_READERS: dict[Column, tuple[str, Callable[[str], object]]] = {
    Column.NAME: ("name", _name),
    Column.CATEGORY: ("category", _path),
    Column.BRAND: ("brand", _word),
    Column.UNIT: ("unit", _unit),
    Column.PRICE: ("price_minor", _sale_price),
    Column.COST: ("cost_minor", _price),
    Column.QUANTITY: ("quantity_milli", _quantity),
    Column.TAX: ("tax", _word),
    Column.CODE: ("code", _quick_code),
}
