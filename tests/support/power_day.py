"""A short day at a till, told line by line to whoever records it: `ok <operation>` once an operation was promised.

Run as a program: `python -m tests.support.power_day FOLDER [--careless]`. `--careless` promises before the disk does.
"""

import os
import sys
import time
from pathlib import Path

from desktop.store import engine
from desktop.store.store import Store
from shared.core.clock import SystemClock
from shared.ledger.log import Recorded
from tests.support import tiny  # noqa: F401  whoever looks at this folder may know its tables
from tests.support.till import PRICE_MINOR, Till

SALES = 40
REST_SECONDS = 1.3
"""Long enough for the store to sync its journal and to move its write-ahead log."""


def say(line: str) -> None:
    """One line, at once, in one system call."""
    os.write(sys.stdout.fileno(), line.encode() + b"\n")


class Telling(Till):
    """A till that tells what was promised."""

    def does(self, command: object, op: str | None = None, **args: object) -> Recorded:
        recorded = super().does(command, op, **args)
        say(f"ok {recorded.envelope.op} {recorded.body.kind}")
        return recorded


def work(folder: Path) -> None:
    """Set up, sell, rest, sell, close, back up, open and sell again."""
    store = Store.open(folder, SystemClock("00000000-0000-7000-8000-000000000000"), is_test=True)
    till = Telling(store, goods=4)
    for _ in range(SALES):
        till.sells(2)
    time.sleep(REST_SECONDS)
    for _ in range(SALES // 2):
        till.sells(3)
    till.closes(PRICE_MINOR * (SALES * 2 + SALES // 2 * 3))
    store.backup_now("shift-close").result()
    till.opens()
    for _ in range(SALES // 2):
        till.sells(1)
    store.close()


if __name__ == "__main__":
    if "--careless" in sys.argv:
        engine._WRITER = tuple(pragma.replace("synchronous=FULL", "synchronous=NORMAL") for pragma in engine._WRITER)
    work(Path(sys.argv[1]))
