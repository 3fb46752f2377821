"""What the tasks of the command line take."""

import argparse
from importlib import metadata
from pathlib import Path
from typing import Any

from desktop.config import paths
from desktop.config.i18n import LANGUAGES

EXIT_CODES = """exit codes:
  0  done
  1  a problem was found, or the rules said no
  2  the command line is wrong
  3  the data folder cannot be opened: in use, of a newer version, damaged
  4  something could not be saved"""
DONE, PROBLEM, BAD_USAGE, CANNOT_OPEN, NOT_SAVED = range(5)
FORMATS = ("beancount", "csv")


def version() -> str:
    """The version of this build; `0` in a checkout that was never installed."""
    try:
        return metadata.version("clubkassa")
    except metadata.PackageNotFoundError:
        return "0"


def add_tasks(parser: argparse.ArgumentParser) -> None:
    """Every task with its own `--help`."""
    tasks: Any = parser.add_subparsers(dest="task", metavar="TASK", title="tasks")
    shell = _task(tasks, "shell", 'answer commands and queries, one JSON line each; {"ask":"help"} lists them')
    shell.add_argument("--test-clock", metavar="ISO", help="a test folder whose clock starts at this time and is moved by lines")
    shell.add_argument("--demo", action="store_true", help="fill a new folder with the demo club")
    _task(tasks, "verify", "look for damage: log, books, sums, tables made again from the log, second journal")
    _task(tasks, "rebuild", "make all tables again from the log, in a new file that then takes the place of the old one")
    export = _task(tasks, "export-books", "write the journal of the books for other programs")
    export.add_argument("--format", choices=FORMATS, default="beancount")
    export.add_argument("--out", type=Path, metavar="FILE", help="a file instead of the standard output")
    goods = _task(tasks, "import-goods", "take goods from a TSV, CSV (also .gz) or XLSX file")
    goods.add_argument("file", type=Path, metavar="FILE")
    goods.add_argument(
        "--column", action="append", default=[], metavar="FIELD=COLUMN", help="where a field stands: number from 1, or heading"
    )
    goods.add_argument("--preview", action="store_true", help="show what would be taken and change nothing")
    _task(tasks, "backup", "make a verified copy of the database now")
    restore = _task(tasks, "restore", "bring back a backup together with everything the second journal holds")
    restore.add_argument("file", type=Path, nargs="?", metavar="BACKUP", help="the newest one in the folder unless named")
    _task(tasks, "doctor", "look at this machine: versions, folder, disk, keyring, printer, clock")
    simulator = _task(tasks, "simulator", "show a receipt printer made of software")
    simulator.add_argument("--port", type=int, default=9100)
    simulator.add_argument("--columns", type=int, default=48)


def _task(tasks: Any, name: str, does: str) -> argparse.ArgumentParser:
    task: argparse.ArgumentParser = tasks.add_parser(
        name, help=does, description=does, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    # A suppressed default lets the option stand before or after the task's name.
    task.add_argument(
        "--data-dir", type=paths.folder, metavar="DIR", default=argparse.SUPPRESS, help="the data folder; made on first use"
    )
    task.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="the language of messages")
    return task
