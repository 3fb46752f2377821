"""The runner of the suites counts honestly: what proved nothing is not called passed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import suites
from build_scripts.machine import ROOT, NotReady
from build_scripts.suites import Outcome, report, run_suite, run_suites, surroundings

GOOD = "def test_good():\n    assert True\n"
BAD = "def test_bad():\n    assert False\n"
SKIPPED = "import pytest\n@pytest.mark.skip\ndef test_left_out():\n    pass\n"
BROKEN = "import a_module_that_is_not_there\n"
CRASHING = "import os\ndef test_crash():\n    os._exit(3)\n"
LOGGING = "import logging\ndef test_logs():\n    logging.getLogger('desk').warning('odd')\n"
ALLOWED_LOGGING = "import pytest\n" + LOGGING.replace("def", "@pytest.mark.logs_warnings\ndef")
WARNING = "import warnings\ndef test_warns():\n    warnings.warn('old', DeprecationWarning)\n"
QT_MESSAGE = "from PySide6.QtCore import qWarning\ndef test_qt():\n    qWarning('no such signal')\n"
UNKNOWN_MARK = "import pytest\n@pytest.mark.surprise\ndef test_x(): ...\n"
REACHES_OUT = (
    "import pytest, socket\ndef test_net():\n    with socket.socket() as s:\n"
    "        s.settimeout(0.1)\n        try: s.connect(('192.0.2.1', 9))\n        except OSError: pass\n"
)


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty suite called `sample` in a repository of its own."""
    folder = tmp_path / "tests" / "sample"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    monkeypatch.setattr(suites, "ROOT", tmp_path)
    monkeypatch.setattr(suites, "TESTS", tmp_path / "tests")
    return folder


@pytest.mark.parametrize(
    ("code", "passed", "failed"),
    [(GOOD, 1, 0), (GOOD + BAD, 1, 1), (GOOD + SKIPPED, 1, 1), (BROKEN, 0, 1), (CRASHING, 0, 1), ("", 0, 1)],
    ids=["good", "bad", "skipped", "broken import", "crash", "no test at all"],
)
def test_a_suite_is_counted(suite: Path, code: str, passed: int, failed: int) -> None:
    (suite / "test_sample.py").write_text(code)
    outcome = run_suite("sample", [])
    assert (outcome.passed, outcome.failed) == (passed, failed)


@pytest.mark.parametrize(
    ("code", "failed"),
    [(LOGGING, 1), (ALLOWED_LOGGING, 0), (WARNING, 1), (QT_MESSAGE, 1), (UNKNOWN_MARK, 1), (REACHES_OUT, 1)],
    ids=["log warning", "expected log warning", "Python warning", "Qt message", "unknown marker", "far connection"],
)
def test_a_sign_of_trouble_fails_the_test(suite: Path, code: str, failed: int) -> None:
    (suite / "test_sample.py").write_text(code)
    assert run_suite("sample", []).failed == failed


def test_suites_of_the_window_get_a_screen_of_their_own() -> None:
    if sys.platform == "linux":
        with surroundings("journeys") as environment:
            assert environment["QT_QPA_PLATFORM"] == "xcb"
            answer = subprocess.run(["xdpyinfo"], env=environment, capture_output=True, text=True, check=True)
        assert "1920x1080" in answer.stdout


def test_a_suite_that_hangs_is_stopped_and_failed(suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (suite / "test_sample.py").write_text("import time\ndef test_hang():\n    time.sleep(600)\n")
    monkeypatch.setattr(suites, "MINUTES_ELSE", 0.01)
    assert run_suite("sample", []).failed == 1


def test_a_suite_that_does_not_exist_is_refused_before_anything_runs(suite: Path) -> None:
    (suite / "test_sample.py").write_text(CRASHING)
    with pytest.raises(NotReady, match="no suite tests/nowhere"):
        run_suites(["sample", "nowhere"], [])


def test_the_last_line_is_the_sum_and_the_code_says_whether_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([Outcome("one", 3, 0, 1.0), Outcome("two", 4, 0, 1.0, 2.0)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed"
    assert report([Outcome("one", 3, 0, 1.0), Outcome("two", 4, 2, 1.0, 2.0)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 2 failed"
