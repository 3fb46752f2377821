"""Each task as a user starts it: in a process of its own, judged by its exit code and its words."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.app.cli.arguments import BAD_USAGE, CANNOT_OPEN, DONE, PROBLEM
from tests.support.shell import ShellProcess, run_desk

TASKS = ("shell", "verify", "rebuild", "export-books", "import-goods", "backup", "restore", "doctor", "simulator")
CASHIER = {"staff": "Анна Соколова", "pin": "4725"}


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the demo club in which something was sold; tests that change it work on a copy of their own."""
    folder = tmp_path_factory.mktemp("tasks") / "desk"
    with ShellProcess(folder, "--demo") as shell:
        shell.ok(sign_in=CASHIER)
        shell.do("open_shift", float_minor=300_000)
        for tile in shell.ok(ask="tiles")[:3]:
            line = {"product_id": tile["product_id"], "quantity_milli": 2000}
            shell.do("complete_sale", lines=[line], tenders=[{"kind": "cash", "tendered_minor": 100_000}])
    return folder


@pytest.mark.parametrize("task", TASKS)
def test_every_task_explains_itself_and_its_exit_codes(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([task, "--help"])
    assert ended.value.code == DONE
    told = capsys.readouterr().out
    assert "--data-dir" in told
    assert "exit codes" in told


@pytest.mark.parametrize("wrong", [("nonsense",), ("export-books", "--format", "pdf"), ("shell", "--test-clock", "yesterday")])
def test_a_wrong_command_line_is_code_2(wrong: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*wrong, "--data-dir", str(tmp_path)])
    assert ended.value.code == BAD_USAGE


def test_the_version_is_told_without_a_folder() -> None:
    told = run_desk("--version")
    assert told.returncode == DONE
    assert told.stdout.startswith(b"ClubKassa ")


def test_goods_come_in_from_a_file_and_bad_rows_are_told(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("Штрихкод;Наименование;Цена\n4607050695420;Кола;110,50\n4607050695421;Не тот код;10\n;Чай;80\n", "utf-8")
    folder = tmp_path / "desk"
    with ShellProcess(folder, "--demo") as shell:
        shell.ok(ask="is_set_up")
    shown = run_desk("import-goods", file, "--preview", "--data-dir", folder)
    assert shown.returncode == PROBLEM
    assert "Чай" in shown.stdout.decode()
    taken = run_desk("import-goods", file, "--data-dir", folder)
    said = taken.stdout.decode()
    assert taken.returncode == PROBLEM, said + taken.stderr.decode()
    assert "Row 3:" in said
    assert "New: 1, changed: 1" in said
    again = run_desk("import-goods", file, "--column", "price=3", "--data-dir", folder)
    assert "the same as before: 2" in again.stdout.decode()
    assert run_desk("import-goods", tmp_path / "none.csv", "--data-dir", folder).returncode == PROBLEM
    assert run_desk("import-goods", file, "--column", "colour=3", "--data-dir", folder).returncode == BAD_USAGE
    assert run_desk("verify", "--data-dir", folder).returncode == DONE


def test_the_language_of_messages_is_chosen(tmp_path: Path) -> None:
    told = run_desk("verify", "--data-dir", tmp_path / "none", "--lang", "ru")
    assert told.returncode == CANNOT_OPEN
    assert "нет базы данных" in told.stderr.decode()


def test_a_second_program_on_the_same_folder_is_refused_in_words(sold: Path) -> None:
    with ShellProcess(sold) as first:
        first.ok(ask="is_set_up")
        for task in ("shell", "verify", "backup", "rebuild", "restore", "export-books"):
            second = run_desk(task, "--data-dir", sold)
            assert second.returncode == CANNOT_OPEN, task
            assert str(sold) in second.stderr.decode() or b"backup" in second.stderr
            assert b"Traceback" not in second.stderr
        assert first.ok(ask="is_set_up") is True


def test_a_folder_that_cannot_be_made_is_code_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    told = run_desk("shell", "--data-dir", tmp_path / "file" / "desk")
    assert told.returncode == CANNOT_OPEN
    assert b"Traceback" not in told.stderr


def test_a_sound_folder_verifies_and_survives_a_rebuild(sold: Path) -> None:
    assert run_desk("verify", "--data-dir", sold).returncode == DONE
    rebuilt = run_desk("rebuild", "--data-dir", sold)
    assert rebuilt.returncode == DONE, rebuilt.stderr
    assert b"Mended" not in rebuilt.stdout
    assert run_desk("verify", "--data-dir", sold).returncode == DONE
    with ShellProcess(sold) as shell:
        shell.ok(sign_in=CASHIER)
        assert [one["number"] for one in shell.ok(ask="receipts")] == ["1-0003", "1-0002", "1-0001"]
        assert shell.ok(ask="search_goods", args={"text": "кола"})


def test_damage_is_found_and_a_rebuild_mends_it(sold: Path) -> None:
    """A row changed behind the program's back, as a careless hand or a bad disk would."""
    _meddle(sold, "UPDATE balances SET amount_minor = amount_minor + 1 WHERE account = 'Assets:Stock'")
    found = run_desk("verify", "--data-dir", sold)
    assert found.returncode == PROBLEM
    assert b"balances" in found.stdout
    mended = run_desk("rebuild", "--data-dir", sold)
    assert b"Mended: balances" in mended.stdout
    assert run_desk("verify", "--data-dir", sold).returncode == DONE


def test_a_changed_log_is_found(sold: Path) -> None:
    _meddle(sold, "UPDATE operations SET hash = zeroblob(32) WHERE n = 3")
    found = run_desk("verify", "--data-dir", sold)
    _meddle(sold, "UPDATE operations SET hash = (SELECT prev FROM operations WHERE n = 4) WHERE n = 3")
    assert found.returncode == PROBLEM
    assert b"number 3" in found.stdout or b"number 4" in found.stdout
    assert run_desk("verify", "--data-dir", sold).returncode == DONE


def test_a_backup_comes_back_with_all_that_was_sold_since(sold: Path) -> None:
    made = run_desk("backup", "--data-dir", sold)
    assert made.returncode == DONE
    with ShellProcess(sold) as shell:
        shell.ok(sign_in=CASHIER)
        line = {"product_id": shell.ok(ask="tiles")[0]["product_id"]}
        late = shell.do("complete_sale", lines=[line], tenders=[{"kind": "card", "tendered_minor": 14_000}])
    restored = run_desk("restore", "--data-dir", sold)
    assert restored.returncode == DONE, restored.stderr
    with ShellProcess(sold) as shell:
        shell.ok(sign_in=CASHIER)
        numbers = [one["number"] for one in shell.ok(ask="receipts")]
        assert late["body"]["series"] == "1"
        assert f"1-{late['body']['number']:04d}" in numbers
        sale = shell.do("complete_sale", lines=[line], tenders=[{"kind": "card", "tendered_minor": 14_000}])
    assert sale["body"]["series"] == "1.2"
    assert run_desk("verify", "--data-dir", sold).returncode == DONE


def test_no_backup_and_a_damaged_one_are_told_and_change_nothing(sold: Path, tmp_path: Path) -> None:
    assert run_desk("restore", "--data-dir", tmp_path / "new").returncode == CANNOT_OPEN
    (tmp_path / "bad.sqlite3").write_bytes(b"this is no database" * 1000)
    told = run_desk("restore", tmp_path / "bad.sqlite3", "--data-dir", sold)
    assert told.returncode != DONE
    assert b"bad.sqlite3" in told.stderr
    assert run_desk("verify", "--data-dir", sold).returncode == DONE


def test_the_real_bean_check_accepts_the_books(sold: Path, tmp_path: Path) -> None:
    out = tmp_path / "club.beancount"
    assert run_desk("export-books", "--data-dir", sold, "--out", out).returncode == DONE
    checked = subprocess.run(
        [Path(sys.executable).with_name("bean-check" + (".exe" if os.name == "nt" else "")), out],
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr.decode()
    assert out.read_text("utf-8").count("sale_completed") >= 3


def test_the_books_as_csv_sum_to_zero(sold: Path) -> None:
    told = run_desk("export-books", "--format", "csv", "--data-dir", sold)
    assert told.returncode == DONE
    rows = list(csv.DictReader(told.stdout.decode().splitlines(), delimiter=";"))
    assert len(rows) > 10
    assert sum(int(row["amount_minor"]) for row in rows) == 0


def test_an_unwritable_target_is_told(sold: Path, tmp_path: Path) -> None:
    told = run_desk("export-books", "--data-dir", sold, "--out", tmp_path / "no" / "such" / "file")
    assert told.returncode == 4
    assert b"Traceback" not in told.stderr


def test_the_doctor_looks_at_everything(sold: Path) -> None:
    told = run_desk("doctor", "--data-dir", sold)
    said = told.stdout.decode()
    assert told.returncode == DONE, said
    for word in ("SQLite", "Python", "fonts", "Free space", "backup", "printer", "clock"):
        assert word in said


def test_a_test_clock_is_refused_in_a_real_folder(sold: Path) -> None:
    told = run_desk("shell", "--data-dir", sold, "--test-clock", "2026-11-21T10:00:00+03:00")
    assert told.returncode == BAD_USAGE
    assert b"not a test folder" in told.stderr


def test_a_test_folder_lives_by_its_own_clock(tmp_path: Path) -> None:
    with ShellProcess(tmp_path / "desk", "--test-clock", "2026-11-21T10:00:00+03:00", "--demo") as shell:
        shell.ok(sign_in=CASHIER)
        opened = shell.do("open_shift", float_minor=0)
        assert opened["at"] == 1_795_244_400_000
        shell.ok(advance_seconds=3600)
        line = {"product_id": shell.ok(ask="tiles")[2]["product_id"]}
        sale = shell.do("complete_sale", lines=[line], tenders=[{"kind": "cash", "tendered_minor": 7_000}])
        assert sale["at"] == opened["at"] + 3_600_000
        assert shell.end() == (DONE, b"")


def _meddle(folder: Path, statement: str) -> None:
    """Change the database with another program, as nobody should."""
    script = "import pysqlite3, sys; c = pysqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"
    subprocess.run([sys.executable, "-c", script, folder / "club.sqlite3", statement], check=True)


def test_a_folder_without_a_name_is_not_this_very_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--data-dir", ""])
    assert ended.value.code == BAD_USAGE
    assert list(tmp_path.iterdir()) == []
