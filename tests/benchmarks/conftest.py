"""Benchmarks fill one table, printed at the end. Speed never fails a test; a wrong result or a missing figure does."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.big_club import GOODS_FILE, big_club, copy_to
from tests.support.measure import Figure, table

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FIGURES = pytest.StashKey[list[Figure]]()
Show = Callable[[Figure], None]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Benchmarks are the files bench_*.py of this folder; one that is named on the command line is found without help."""
    if file_path.match("bench_*.py") and not parent.session.isinitpath(file_path):
        module: pytest.Module = pytest.Module.from_parent(parent, path=file_path)
        return module
    return None


@pytest.fixture
def show(request: pytest.FixtureRequest) -> Iterator[Show]:
    """Put a figure into the table; a benchmark that shows none fails."""
    figures = request.config.stash.setdefault(FIGURES, [])
    before = len(figures)
    yield figures.append
    assert len(figures) > before, "this benchmark showed no figure"


@pytest.fixture(scope="session")
def big_club_made(request: pytest.FixtureRequest) -> Path:
    """The club with a long past, made once and kept beside pytest's own notes."""
    cache = request.config.cache
    assert cache is not None
    return big_club(cache.mkdir("big-club"))


@pytest.fixture
def big_folder(big_club_made: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with 100,000 goods and 100,000 sales."""
    return copy_to(big_club_made, tmp_path / "big")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("figures")
        for line in table(figures):
            terminalreporter.line(line)
        if GOODS_FILE not in os.environ:
            terminalreporter.line(f"{GOODS_FILE} names no file of real goods, so the goods were made up")
