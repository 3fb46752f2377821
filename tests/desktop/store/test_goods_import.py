"""Goods out of files, beside what is there already."""

import gzip
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from desktop.store.goods_import import ImportProgress, Verdict, preview, run
from desktop.store.questions import BUSINESS
from desktop.store.search import search_goods
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import create_product
from shared.catalog.queries import product, rejected_rows
from shared.catalog.rules import ProductFields
from shared.core.errors import Refusal
from shared.ledger.log import Recorded
from shared.ledger.tables import operations
from shared.ledger.transaction import Actor, Reading
from shared.reports.to_review import to_review
from shared.staff.rules import LOCAL_OWNER, Right
from tests.support.desk import DeskForTests

LIST = """Штрихкод;Наименование;Группа;Цена;Закупка;Остаток;НДС
4607050695420;Добрый Кола 0,5 л;Напитки/Газировка;110,00;64;31;20%
9002490100070;Red Bull 0,25 л;Напитки;180;96;24;
4600494000126;Adrenaline Rush;Напитки;175;;12;
;Хот-дог;Горячее;190;;;без НДС
460705069542;Монстр Манго;Напитки;190;;;
5000159461122;;Снеки;95;;;
"""


@pytest.fixture
def club(tmp_path: Path) -> Iterator[DeskForTests]:
    """A club that knows Red Bull."""
    desk = DeskForTests(tmp_path / "desk", BUSINESS, Actor(LOCAL_OWNER, frozenset(Right)))
    fields = BranchFields(name="Клуб", time_zone="Europe/Moscow", currency="RUB")
    rates = (TaxRateGiven("НДС 20 %", 2_000, True, True), TaxRateGiven("Без НДС", 0, True))
    desk.does(set_up_branch, fields=fields, tax_rates=rates)
    desk.does(create_product, fields=ProductFields(name="Red Bull 0,25 л", price_minor=15_000), barcodes=("9002490100070",))
    yield desk
    desk.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A price list with two bad rows."""
    path = tmp_path / "прайс.csv"
    path.write_bytes(LIST.encode("cp1251"))
    return path


def takes(desk: DeskForTests, path: Path, **more: Any) -> ImportProgress:
    """Import a file and wait."""
    answers: list[Any] = []
    done = threading.Event()

    def answer(value: Any) -> None:
        answers.append(value)
        done.set()

    run(desk.store, desk.actor, path, then=answer, failed=answer, **more)
    assert done.wait(60)
    if isinstance(answers[0], Exception):
        raise answers[0]
    figures: ImportProgress = answers[0]
    return figures


def operations_recorded(desk: DeskForTests) -> int:
    def count(read: Reading) -> int:
        return int(read.scalar(select(func.count()).select_from(operations)))

    return desk.store.read(count)


def test_good_rows_are_taken_and_bad_ones_wait_to_be_reviewed(club: DeskForTests, file: Path) -> None:
    assert takes(club, file) == ImportProgress(rows=6, new=3, changed=1, rejected=2)
    assert {(row.row_no, row.code) for row in club.store.read(rejected_rows)} == {(6, "barcode_is_short"), (7, "name_is_empty")}
    assert [(matter.subject, matter.count) for matter in club.store.read(to_review)] == [("прайс.csv", 2)]


def test_fields_of_the_file_arrive_and_quantities_are_the_opening_stock_of_new_goods(club: DeskForTests, file: Path) -> None:
    takes(club, file)
    (cola,) = club.store.read(search_goods, text="4607050695420")
    assert (cola.name, cola.category, cola.price_minor, cola.stock_milli) == (
        "Добрый Кола 0,5 л", "Напитки/Газировка", 11_000, 31_000,
    )  # fmt: skip
    (bull,) = club.store.read(search_goods, text="bull")
    assert (bull.price_minor, bull.stock_milli) == (18_000, 0)
    (hotdog,) = club.store.read(search_goods, text="хот")
    shown = club.store.read(product, product_id=hotdog.product_id)
    assert shown is not None
    assert shown.tax_bp == 0


def test_a_zero_byte_in_a_row_does_not_keep_the_import_from_ending(club: DeskForTests, tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_bytes(b"name\tprice\nCo\0la\t10\nMilk\t20\n")
    done = takes(club, path)
    assert (done.new, done.rejected) == (1, 1)
    assert [row.raw for row in club.store.read(rejected_rows)] == ["Co\ufffdla\t10"]


def test_the_same_file_again_changes_and_records_nothing(club: DeskForTests, file: Path) -> None:
    good = file.with_name("good.csv")
    good.write_text("\n".join(LIST.splitlines()[:5]), encoding="utf-8")
    takes(club, good)
    before = operations_recorded(club)
    assert takes(club, good) == ImportProgress(rows=4, same=4)
    assert operations_recorded(club) == before


def test_a_preview_says_what_each_row_would_do_and_changes_nothing(club: DeskForTests, file: Path) -> None:
    before = operations_recorded(club)
    seen = preview(club.store, file)
    assert [judged.verdict for judged in seen.judged] == [
        Verdict.NEW, Verdict.CHANGED, Verdict.NEW, Verdict.NEW, Verdict.ERROR, Verdict.ERROR,
    ]  # fmt: skip
    assert seen.judged[1].price_before_minor == 15_000
    assert operations_recorded(club) == before


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("5000159461122;Snickers;Снеки;40;60;;", "Below the cost of {cost_minor}"),
        ("5000159461122;Snickers;Снеки;;;;", "No price. The till will ask for it"),
        ("5000159461122;Snickers;Снеки;95;;;33%", "The club has no tax {tax}. The usual one is taken"),
    ],
)
def test_what_looks_odd_is_taken_but_shown(club: DeskForTests, file: Path, row: str, text: str) -> None:
    file.write_text(LIST.splitlines()[0] + "\n" + row, encoding="utf-8")
    (judged,) = preview(club.store, file).judged
    assert (judged.verdict, judged.text) == (Verdict.CHECK, text)
    assert takes(club, file).new == 1


def _gz(path: Path) -> None:
    path.write_bytes(gzip.compress(LIST.replace(";", "\t").encode()))


def _xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Бар")
        for row_no, line in enumerate(LIST.splitlines()):
            sheet.write_row(row_no, 0, line.split(";"))


@pytest.mark.parametrize(("name", "write"), [("a.tsv.gz", _gz), ("a.xlsx", _xlsx)])
def test_archives_and_workbooks_are_read_too(
    club: DeskForTests, tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    assert takes(club, tmp_path / name) == ImportProgress(rows=6, new=3, changed=1, rejected=2)


def test_a_cancelled_import_keeps_what_it_has_taken(club: DeskForTests, tmp_path: Path) -> None:
    many = tmp_path / "many.tsv"
    many.write_text("name\n" + "\n".join(f"Goods {number}" for number in range(2_000)), encoding="utf-8")
    runs: list[Any] = []
    done = threading.Event()
    answers: list[ImportProgress] = []

    def stop(_: ImportProgress) -> None:
        runs[0].cancel()

    def then(figures: ImportProgress) -> None:
        answers.append(figures)
        done.set()

    first_part = threading.Event()

    def hold(_: Recorded) -> None:
        first_part.wait()

    args = {"fields": ProductFields(name="x")}
    club.store.write(create_product, op=club.store.new_op(), actor=club.actor, args=args, then=hold)
    runs.append(run(club.store, club.actor, many, then=then, failed=then, progress=stop))  # type: ignore[arg-type]
    first_part.set()
    assert done.wait(60)
    assert answers[0].is_cancelled
    assert 0 < answers[0].new < 2_000
    assert len(club.store.read(search_goods, text="goods", most=200)) == min(answers[0].new, 200)


def test_the_store_is_told_of_progress_in_the_order_of_the_file(club: DeskForTests, tmp_path: Path) -> None:
    many = tmp_path / "many.tsv"
    many.write_text("name\n" + "\n".join(f"Goods {number}" for number in range(300)), encoding="utf-8")
    seen: list[int] = []
    assert takes(club, many, progress=lambda figures: seen.append(figures.rows)).new == 300
    assert seen == sorted(seen)
    assert seen


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file_is_empty"), (b"%PDF-1.7", "file_is_no_table"), (b"1\n2\n", "name_column_is_unknown")]
)
def test_a_file_without_goods_is_refused_before_anything_is_written(
    club: DeskForTests, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal) as no:
        takes(club, path)
    assert no.value.code == code


def test_a_missing_file_is_refused_by_its_name(club: DeskForTests, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as no:
        preview(club.store, tmp_path / "нет.csv")
    assert (no.value.code, no.value.params["file"]) == ("file_is_unreadable", "нет.csv")


def test_whoever_may_not_edit_goods_may_not_import_them(club: DeskForTests, file: Path) -> None:
    club.actor = Actor("00000000-0000-7000-8000-0000000000bb", frozenset(Right))
    with pytest.raises(Refusal) as no:
        takes(club, file)
    assert no.value.code == "no_right"
