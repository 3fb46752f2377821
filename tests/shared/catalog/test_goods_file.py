"""Goods come in from the files people have; a bad row is told, the rest is taken."""

import gzip
import io
import random
from collections.abc import Sequence

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from shared.catalog import goods_tables
from shared.catalog.barcodes import with_check_digit
from shared.catalog.goods_file import Column, GoodsFile, GoodsRow, Mapping, RowError, guess_mapping, read_number
from shared.catalog.goods_tables import RawRow
from shared.core.errors import Refusal

COLA, MILK = "4600051000057", "4607142234131"
HEADER = "Штрихкод\tНаименование\tКатегория\tЦена\n"


def read(content: bytes | str, mapping: Mapping | None = None) -> list[GoodsRow | RowError]:
    return list(GoodsFile(io.BytesIO(content.encode() if isinstance(content, str) else content)).read(mapping))


def errors(rows: list[GoodsRow | RowError]) -> list[tuple[int, str]]:
    return [(row.row_no, row.code) for row in rows if isinstance(row, RowError)]


def names(rows: list[GoodsRow | RowError]) -> list[str]:
    return [row.name for row in rows if isinstance(row, GoodsRow)]


def workbook(*rows: Sequence[object], sheet: str = "Бар") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Пусто")
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("packed", [False, True])
def test_every_encoding_and_separator_is_recognised(encoding: str, delimiter: str, packed: bool) -> None:
    text = (HEADER + f"{COLA}\tДобрый Кола\tНапитки\t110\n{MILK}\tКофе «Живой»\tКофе\t\n").replace("\t", delimiter)
    content = text.encode(encoding)
    rows = read(gzip.compress(content) if packed else content)
    assert rows == [
        GoodsRow(row_no=2, name="Добрый Кола", barcodes=(COLA,), category="Напитки", price_minor=11_000),
        GoodsRow(row_no=3, name="Кофе «Живой»", barcodes=(MILK,), category="Кофе"),
    ]


def test_a_workbook_is_read_with_numbers_as_people_see_them() -> None:
    content = workbook(
        ["Прайс на ноябрь"],
        ["Штрихкод", "Название", "Цена", "Закупка", "Остаток", "Ед."],
        [int(COLA), "Кола 0,5", 110.5, 96, 24, "шт"],
        [36000291452, "Салфетки", 99, 45.8333, 2.5, "кг"],
        ["", "Хот-дог", 190],
    )
    assert read(content) == [
        GoodsRow(
            row_no=3, name="Кола 0,5", barcodes=(COLA,), price_minor=11_050, cost_minor=9_600, quantity_milli=24_000, unit="pc"
        ),
        GoodsRow(
            row_no=4, name="Салфетки", barcodes=("0036000291452",), price_minor=9_900, cost_minor=4_583, quantity_milli=2_500,
            unit="kg",
        ),
        GoodsRow(row_no=5, name="Хот-дог", price_minor=19_000),
    ]  # fmt: skip
    preview = GoodsFile(io.BytesIO(content)).preview()
    assert preview.description == "XLSX Бар"
    assert preview.mapping.header_row == 2


def test_each_bad_row_is_told_with_its_cause_and_the_rest_is_taken() -> None:
    rows = read(
        HEADER
        + f"{COLA}\tКола\tНапитки\t110\n"
        + "4600051000058\tНе та цифра\t\t10\n"
        + "460705069542\tКороткий\t\t10\n"
        + f"{COLA}\tЕщё раз\t\t10\n"
        + f"{MILK}\t  \t\t10\n"
        + f"{MILK}\tЦена словом\t\tдорого\n"
        + f"{MILK}\tЦена ниже нуля\t\t-5\n"
        + f"{MILK}\tДве цены\t\t1,234\n"
        + "4,60705E+12\tОкруглён\t\t10\n"
        + f"{MILK}\tСдвиг\tА\t10\tлишнее\n"
        + f"{MILK}\t{'х' * 201}\t\t10\n"
        + "\n"
        + f"{MILK}\tКофе\t\t1 250,50 ₽\n"
    )
    assert errors(rows) == [
        (3, "barcode_is_misread"), (4, "barcode_is_short"), (5, "barcode_is_double"), (6, "name_is_empty"),
        (7, "number_is_unreadable"), (8, "price_is_negative"), (9, "price_is_ambiguous"), (10, "barcode_is_rounded"),
        (11, "row_is_shifted"), (12, "name_too_long"),
    ]  # fmt: skip
    assert names(rows) == ["Кола", "Кофе"]
    double = rows[3]
    assert isinstance(double, RowError)
    assert (double.column, double.params, double.raw) == ("barcode", {"barcode": COLA, "row": 2}, f"{COLA}\tЕщё раз\t\t10")
    assert all(row.text.format_map(row.params) for row in rows if isinstance(row, RowError))


def test_a_rejected_row_does_not_take_its_barcode_from_a_good_one() -> None:
    assert names(read(HEADER + f"{COLA}\t\t\t10\n{COLA}\tКола\t\t10\n")) == ["Кола"]


def test_damaged_letters_are_told_and_the_other_rows_are_taken() -> None:
    content = HEADER.encode() + f"{COLA}\tКола\t\t\n".encode() + b"1\t\xca\xee\xeb\xe0\t\t\n" + f"{MILK}\tКофе\t\t\n".encode()
    rows = read(content)
    assert errors(rows) == [(3, "encoding_is_broken")]
    assert names(rows) == ["Кола", "Кофе"]
    bad = rows[1]
    assert isinstance(bad, RowError)
    assert bad.raw.encode()


def test_windows_letters_far_behind_plain_ones_are_still_recognised() -> None:
    content = b"name\n" + b"plain\n" * 100_000 + "Кола\n".encode("cp1251")
    assert names(read(content))[-1] == "Кола"


def test_a_quoted_cell_may_hold_separators_quotes_and_lines() -> None:
    rows = read('name;price\n"Чай ""Бодрость""; 100 г";10\n"Две\nстроки";20\nТелевизор 24";30\n"Лейс" сыр;40\n')
    assert names(rows) == ['Чай "Бодрость"; 100 г', "Две строки", 'Телевизор 24"', '"Лейс" сыр']
    assert [row.row_no for row in rows] == [2, 3, 5, 6]


def test_a_quote_nobody_closes_costs_one_row() -> None:
    lines = "".join(f"Товар {number};10\n" for number in range(50))
    rows = read('name;price\n"Открыто;10\n' + lines)
    assert errors(rows) == [(2, "quote_is_open")]
    assert len(names(rows)) == 50
    assert rows[-1].row_no == 52


def test_inches_in_a_tab_separated_list_are_no_quotes() -> None:
    rows = read(f'barcode\tname\n{COLA}\t"Лейс" чипсы\n{MILK}\t"не закрыто\n\t"Как ""Excel"""\n')
    assert names(rows) == ['"Лейс" чипсы', '"не закрыто', 'Как "Excel"']


def test_the_separator_excel_writes_in_the_first_line_is_obeyed() -> None:
    assert names(read("sep=|\nname|price\nКола, 0,5; л|10\n")) == ["Кола, 0,5; л"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_an_archive_that_breaks_off_gives_the_rows_before(encoding: str) -> None:
    numbers = random.Random(1)
    text = "name\n" + "".join(f"Товар {numbers.random()}\n" for _ in range(20_000))
    packed = gzip.compress(text.encode(encoding))
    rows = read(packed[: len(packed) // 2])
    assert errors(rows)[-1][1] == "file_is_cut"
    assert names(rows)[:2][0].startswith("Товар 0.")
    assert 1_000 < len(names(rows)) < 20_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (gzip.compress(b""), "file_is_empty"),
        (b"\x1f\x8bnonsense", "file_is_damaged"),
        (b"PK\x03\x04nonsense", "file_is_damaged"),
        (b"\xd0\xcf\x11\xe0nonsense", "file_is_damaged"),
        (b"%PDF-1.7", "file_is_no_table"),
        (workbook(), "file_is_empty"),
        (b"1;2;3\n4;5;6\n", "name_column_is_unknown"),
        (b"\n\n", "name_column_is_unknown"),
    ],
)
def test_a_file_that_cannot_be_goods_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.code == code


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b"name\n" + b"a\n" * 100_000)
    monkeypatch.setattr(goods_tables, "TABLE_BYTES_MAX", 50_000)
    with pytest.raises(Refusal, match="too much when unpacked"):
        read(bomb)
    with pytest.raises(Refusal, match="too much when unpacked"):
        read(workbook(*[[f"Товар {number}"] for number in range(5_000)]))
    monkeypatch.setattr(goods_tables, "FILE_BYTES_MAX", 100)
    with pytest.raises(Refusal) as refused:
        read(bomb)
    assert refused.value.code == "file_is_too_large"


def test_an_endless_line_costs_one_row() -> None:
    rows = read("name\n" + "х" * 100_000 + "\nКола\n")
    assert errors(rows) == [(2, "line_is_too_long")]
    assert [row.row_no for row in rows] == [2, 3]


def test_control_characters_do_not_reach_a_name() -> None:
    assert names(read("name\nSource oh\x07so\x1b[31m  miso\n")) == ["Source oh so [31m miso"]


def test_several_barcodes_of_one_product_stand_in_one_cell_or_several_columns() -> None:
    rows = read(f"barcode;ean;name\n{COLA},{MILK};96385074;Набор\n")
    assert rows == [GoodsRow(row_no=2, name="Набор", barcodes=(COLA, MILK, "96385074"))]


def test_more_barcodes_than_a_product_may_have_are_told() -> None:
    many = ",".join(with_check_digit(f"{number:012d}") for number in range(460_000_000_000, 460_000_000_021))
    assert errors(read(f"barcode\tname\n{many}\tНабор\n")) == [(2, "too_many_barcodes")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("price", "99999999999", "price_is_too_large"),
        ("quantity", "-2", "quantity_is_out_of_range"),
        ("cost", "-1", "price_is_negative"),
        ("barcode", "4.6E12", "barcode_is_rounded"),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_column(column: str, cell: str, code: str) -> None:
    rows = read(f"name\t{column}\nКола\t{cell}\n")
    assert [(row.column, row.code) for row in rows if isinstance(row, RowError)] == [(column, code)]


def test_brand_tax_and_stock_are_taken_as_written() -> None:
    rows = read("name;brand;vat;stock\nКола;Добрый  сок;20%;1 024 шт.\n")
    assert rows == [GoodsRow(row_no=2, name="Кола", brand="Добрый сок", tax="20%", quantity_milli=1_024_000)]


def test_a_workbook_tells_how_far_it_is_read() -> None:
    goods = GoodsFile(io.BytesIO(workbook(["name", "price"], ["Кола", True], ["Кофе", 20])))
    assert len(list(goods.read())) == 2
    assert goods.progress() == (3, 3)


def test_a_quote_left_open_in_the_last_line_costs_that_line() -> None:
    rows = read('name;price\nКола;10\n"Открыто;20\n')
    assert (names(rows), errors(rows)) == (["Кола"], [(3, "quote_is_open")])


def test_folders_of_a_category_are_cleaned() -> None:
    rows = read("name\tcategory\nКола\tПродукты питания (folder)/ Напитки /\n")
    assert rows == [GoodsRow(row_no=2, name="Кола", category="Продукты питания/Напитки")]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("barcode|name|category|brand", ("barcode", "name", "category", "brand")),
        ("Код товара|Наименование товара|Цена, руб.|Цена закупки|Остаток, шт", ("code", "name", "price", "cost", "quantity")),
        ("EAN-13|Product name|Retail price|VAT|Qty|UoM", ("barcode", "name", "price", "tax", "quantity", "unit")),
        ("ШТРИХ-КОД|Товар|Группа|Торговая марка|Ставка НДС", ("barcode", "name", "category", "brand", "tax")),
        ("№|Название|Название (англ.)", ("", "name", "")),
    ],
)
def test_columns_are_known_by_their_words(header: str, columns: tuple[str, ...]) -> None:
    mapping = guess_mapping([RawRow(1, tuple(header.split("|")))])
    assert {place: str(column) for column, place in mapping.columns} == {
        place: name for place, name in enumerate(columns) if name
    }


def test_codes_of_an_accounting_program_are_not_taken_for_quick_codes() -> None:
    assert read("Код;Название\n00-00001234;Кола\n") == [GoodsRow(row_no=2, name="Кола")]
    assert read("Код;Название\n214;Кола\n") == [GoodsRow(row_no=2, name="Кола", code="214")]
    said = Mapping(((Column.CODE, 0), (Column.NAME, 1)), header_row=1)
    assert errors(read("Код;Название\n00-00001234;Кола\n", said)) == [(2, "bad_quick_code")]


def test_units_are_known_by_their_words() -> None:
    rows = read("name;unit\na;Шт.\nb;КГ\nc;уп\nd;пуд\n")
    assert [row.unit for row in rows if isinstance(row, GoodsRow)] == ["pc", "kg", "pc"]
    assert errors(rows) == [(5, "unknown_unit")]


def test_a_file_without_a_header_is_known_by_its_cells() -> None:
    rows = read(f"1;{COLA};Добрый Кола 0,5 л\n2;{MILK};Кофе в зёрнах\n")
    assert names(rows) == ["Добрый Кола 0,5 л", "Кофе в зёрнах"]
    assert isinstance(rows[0], GoodsRow)
    assert rows[0].barcodes == (COLA,)


def test_a_person_may_say_which_column_is_what() -> None:
    mapping = Mapping(((Column.NAME, 1), (Column.PRICE, 0)))
    assert read("10;Кола\n20;Кофе\n", mapping) == [
        GoodsRow(row_no=1, name="Кола", price_minor=1_000), GoodsRow(row_no=2, name="Кофе", price_minor=2_000),
    ]  # fmt: skip


def test_the_preview_shows_the_first_rows_and_reading_begins_anew() -> None:
    content = HEADER + "".join(f"\tТовар {number}\t\t{number}\n" for number in range(1, 101))
    goods = GoodsFile(io.BytesIO(content.encode()))
    preview = goods.preview(5)
    assert preview.header == ("Штрихкод", "Наименование", "Категория", "Цена")
    assert [row.cells[1] for row in preview.rows] == [f"Товар {number}" for number in range(1, 6)]
    assert len(list(goods.read())) == len(list(goods.read(preview.mapping))) == 100
    done, whole = goods.progress()
    assert done == whole > 0


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("110", 11_000), ("110,5", 11_050), ("110.50 руб.", 11_050), ("₽1 234,50", 123_450), ("1\u00a0234\u202f567", 123_456_700),
        ("1,234.50", 123_450), ("1.234,50", 123_450), ("1,234,567", 123_456_700), (".5", 50), ("45.8333", 4_583),
        ("\u22125", -500), ("2.675", 268), ("10 ₸", 1_000), ("99 RUB", 9_900),
    ],
)  # fmt: skip
def test_a_written_amount_is_read(text: str, minor: int) -> None:
    assert read_number(text, 100) == minor


@pytest.mark.parametrize("text", ["", "дорого", "1e5", "1.2.3", "--5", "٣", "9" * 16, "nan", "1,23,4"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_number(text, 100)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    mapping = Mapping(((Column.BARCODE, 0), (Column.NAME, 0), (Column.PRICE, 1)))
    try:
        rows = read(content, mapping)
    except Refusal as refused:
        assert refused.code in {"file_is_empty", "file_is_damaged", "file_is_no_table"}  # noqa: PT017 - other refusals are bugs
        return
    assert all(row.row_no > 0 for row in rows)


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20), max_size=20)
)
def test_every_row_of_a_quoted_list_is_taken_or_told(texts: list[str]) -> None:
    body = "".join('"' + text.replace('"', '""') + f'";{number}\n' for number, text in enumerate(texts))
    rows = read("name;price\n" + body, Mapping(((Column.NAME, 0), (Column.PRICE, 1)), header_row=1))
    assert [row.row_no for row in rows] == list(range(2, 2 + len(texts)))


def test_rows_come_while_the_file_is_still_being_read() -> None:
    lines = (f"{with_check_digit(f'{number:012d}')}\tТовар\n" for number in range(460_000_000_000, 460_000_020_000))
    goods = GoodsFile(io.BytesIO(("barcode\tname\n" + "".join(lines)).encode()))
    taken = goods.read()
    assert isinstance(next(taken), GoodsRow)
    done, whole = goods.progress()
    assert done < whole / 2
    assert sum(isinstance(row, GoodsRow) for row in taken) == 19_999


@pytest.mark.parametrize("kept", range(10, 5_400, 271))
def test_a_workbook_cut_anywhere_is_refused_or_read(kept: int) -> None:
    whole = workbook(["name", "price"], ["Кола", 10])
    with pytest.raises(Refusal) as refused:
        read(whole[:kept])
    assert refused.value.code == "file_is_damaged"
