"""The tasks of the command line: open the folder, do one thing, say how it went."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.cli import doctor, goods, shell, upkeep
from desktop.app.cli.arguments import BAD_USAGE, CANNOT_OPEN, DONE, NOT_SAVED, PROBLEM
from desktop.app.cli.say import warn
from desktop.config import paths
from desktop.config.i18n import language, refusal_text, set_language, tr
from desktop.store.errors import CannotOpen, NotSaved, StoreError
from shared.core.clock import Clock, ManualClock
from shared.core.errors import Refusal

Task = Callable[[argparse.Namespace, Path], int]


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Do the task that was named; answers the exit code. What goes wrong is told in words on standard error."""
    set_language(given.lang or ("ru" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ru") else "en"))
    tasks: dict[str, Task] = {
        "shell": lambda given, folder: _shell(given, folder, parser),
        "verify": lambda _, folder: upkeep.verify(folder),
        "rebuild": lambda _, folder: upkeep.rebuild(folder),
        "restore": lambda given, folder: upkeep.restore(folder, given.file),
        "export-books": lambda given, folder: upkeep.export_books(folder, given.format, given.out),
        "import-goods": lambda given, folder: _with_desk(folder, lambda desk: goods.take(desk, given, parser)),
        "backup": lambda _, folder: _with_desk(folder, upkeep.back_up),
        "doctor": lambda _, folder: doctor.examine(folder),
        "simulator": lambda given, _: _simulator(given),
    }
    try:
        return tasks[given.task](given, paths.data_dir(given.data_dir))
    except Refusal as no:
        warn(refusal_text(no))
        return PROBLEM
    except CannotOpen as closed:
        warn(tr(closed.text, **closed.params))
        return CANNOT_OPEN
    except NotSaved as failed:
        warn(tr(failed.text, **failed.params))
        return NOT_SAVED
    except StoreError as fault:
        warn(tr(fault.text, **fault.params))
        return PROBLEM
    except KeyboardInterrupt:
        return PROBLEM
    except BrokenPipeError:
        # Whoever read the answers has gone; closing standard output once more would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEM


@contextmanager
def opened(folder: Path, clock: Clock | None = None, *, is_demo: bool = False, is_test: bool = False) -> Iterator[DeskParts]:
    """A desk for the time of a task. Raises CannotOpen, Refusal."""
    desk = open_desk(folder, clock=clock, demo=is_demo, is_test=is_test)
    try:
        yield desk
    finally:
        desk.close()


def _with_desk(folder: Path, work: Callable[[DeskParts], int]) -> int:
    with opened(folder) as desk:
        return work(desk)


def _shell(given: argparse.Namespace, folder: Path, parser: argparse.ArgumentParser) -> int:
    clock = _test_clock(given.test_clock, parser) if given.test_clock else None
    with opened(folder, clock, is_demo=given.demo, is_test=clock is not None) as desk:
        if clock is not None and not desk.store.is_test:
            warn(tr("The folder {folder} is not a test folder, so its clock cannot be set", folder=str(folder)))
            return BAD_USAGE
        desk.printing.start()
        shell.serve(desk, sys.stdin.buffer, sys.stdout.buffer)
    return DONE


def _test_clock(text: str, parser: argparse.ArgumentParser) -> Clock:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        parser.error(f"--test-clock: {text} is not a time such as 2026-11-21T10:00:00+03:00")
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    return ManualClock(round(start.timestamp() * 1000))


def _simulator(given: argparse.Namespace) -> int:
    # Only this task needs Qt.
    from desktop.devices.simulator.__main__ import main

    return main(["--port", str(given.port), "--columns", str(given.columns), "--language", language()])
