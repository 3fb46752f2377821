"""From the start of the process to the first painted window, beside Qt and SQLAlchemy alone; and the memory it takes."""

import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.conftest import Show
from tests.support.measure import Figure, percentile

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
SALES = 1_000
"""A long day."""
GROWTH_MIB = 20
BARE = "a window and SQLAlchemy alone"


def start(probe: str, *arguments: str | Path) -> list[tuple[float, float]]:
    """One run of a probe: milliseconds since its start and MiB, each time it spoke."""
    started = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{probe}", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = [line.split() for line in ran.stdout.splitlines()]
    return [((float(at) - started) * 1000, float(mib)) for at, mib in said]


def test_a_cold_start_is_soon_usable(big_folder: Path, show: Show) -> None:
    start("probe_bare")  # what is read from the disk for the first time is not measured
    start("probe_start", big_folder)
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare += start("probe_bare")
        ours += start("probe_start", big_folder)
    what = "start to a painted window, 100,000 goods and sales; p50"
    bare_half = percentile([at for at, _ in bare], 50)
    show(Figure(what, percentile([at for at, _ in ours], 50), "ms", 1_000, bare_half, BARE, 2))
    show(Figure("memory with the window painted", max(mib for _, mib in ours), "MiB", 250, max(mib for _, mib in bare), BARE))


def test_memory_is_flat_over_a_long_day(big_folder: Path, show: Show) -> None:
    _painted, (_, warm), (_, late) = start("probe_day", big_folder, str(SALES))
    show(Figure("memory after 1,000 sales", late, "MiB", 250))
    show(Figure("growth of memory over 900 of them", max(0.0, late - warm), "MiB", GROWTH_MIB))
