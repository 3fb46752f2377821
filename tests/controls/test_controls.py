"""Tests of the tests: every planted bug must turn the named tests red, and without it they are green."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.controls.planted import BUGS, Bug
from tests.support import no_shrink

ROOT = Path(__file__).parents[2]
COPIED = ("build_scripts", "desktop", "docs", "shared", "tests", "resources", "translations", "pyproject.toml")
SECONDS_MAX = 600
FAILED, PASSED = 1, 0


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository in a folder where it may be spoilt."""
    folder = tmp_path_factory.mktemp("spoilt")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "controls", "vendor"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


def run(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    quick = ["-x", "-p", "no:cacheprovider", "-p", no_shrink.__name__, f"--hypothesis-profile={no_shrink.NAME}"]
    command = [sys.executable, "-B", "-m", "pytest", "-q", "--tb=line", *quick, *_words(tests)]
    return subprocess.run(
        command,
        cwd=folder,
        env=dict(os.environ) | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )


def _words(tests: str) -> list[str]:
    paths, _, only = tests.partition(" -k ")
    return [*paths.split(), *(["-k", only] if only else [])]


def test_without_a_bug_everything_named_is_green(copy: Path) -> None:
    for tests in sorted({bug.caught_by for bug in BUGS}):
        done = run(copy, tests)
        assert done.returncode == PASSED, done.stdout + done.stderr


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_turns_its_tests_red(copy: Path, bug: Bug) -> None:
    path = copy / bug.path
    text = path.read_text(encoding="utf-8")
    assert text.count(bug.good) == 1, f"{bug.path} has changed; plant this bug anew: {bug.name}"
    path.write_text(text.replace(bug.good, bug.bad), encoding="utf-8")
    try:
        done = run(copy, bug.caught_by)
    finally:
        path.write_text(text, encoding="utf-8")
    assert done.returncode == FAILED, f"nobody noticed: {bug.name}\n{done.stdout}{done.stderr}"
    assert " failed" in done.stdout
