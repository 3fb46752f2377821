"""What a sale costs the disk, counted at the border of the real program and the system."""

import re
import shutil
from pathlib import Path
from typing import Any

from desktop.store.store import Store
from shared.core.clock import SystemClock
from tests.support.shell import ShellProcess
from tests.support.till import PRICE_MINOR, Till

SALES = 300
LINES = 3
SYNC = re.compile(r"^\d+ +(?:fdatasync|fsync|sync_file_range|msync|syncfs|sync)\((?:\d+<([^>]*)>)?")
ANSWER = re.compile(r"^\d+ +write\(1<")


def test_a_sale_waits_for_exactly_one_sync(tmp_path: Path) -> None:
    assert shutil.which("strace"), "strace is missing. Install it: sudo apt-get install -y --no-install-recommends strace"
    folder, trace = tmp_path / "desk", tmp_path / "trace"
    store = Store.open(folder, SystemClock("00000000-0000-7000-8000-000000000001"), is_test=True)
    goods = Till(store).goods[:LINES]
    store.close()
    calls = "trace=fdatasync,fsync,sync_file_range,msync,syncfs,sync,write"
    strace = ("strace", "-f", "-y", "-e", calls, "-e", "signal=none", "-o", str(trace))
    sale: dict[str, Any] = {
        "lines": [{"product_id": product} for product in goods],
        "tenders": [{"kind": "cash", "tendered_minor": LINES * PRICE_MINOR}],
    }
    with ShellProcess(folder, under=strace) as shell:
        shell.ok(ask="branch_settings")
        for _ in range(SALES):
            shell.do("complete_sale", **sale)
    of_answers = _syncs_before_answers(trace.read_text("utf-8", "replace").splitlines())
    assert of_answers[1 : SALES + 1] == [["club.sqlite3-wal"]] * SALES


def _syncs_before_answers(lines: list[str]) -> list[list[str]]:
    """For each answer the files synced since the one before; the second copy is waited for by nobody.

    fdatasync and fsync count alike: which of them is called was decided when the library was built.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if ANSWER.match(line):
            groups.append([])
        elif (sync := SYNC.match(line)) and not (sync[1] or "").endswith(".journal"):
            groups[-1].append(Path(sync[1] or "").name)
    return groups
