"""Run the checks and the test suites, one process each, and count them honestly."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from build_scripts.machine import PYTHON, ROOT, NotReady, say

TESTS = ROOT / "tests"
CAMPAIGNS = {"bench": "benchmarks", "soak": "soak", "controls": "controls"}
NOT_IN_TEST = {"support", "tidy", *CAMPAIGNS.values()}  # tidy runs with the checks
NEEDS_DISPLAY = {"journeys", "accessibility"}
MINUTES = {"tidy": 1.0, "shared": 3.0, "desktop": 5.0, "sync_server": 2.0, "convergence": 4.0, "journeys": 4.0, "durability": 5.0}
MINUTES_ELSE = 2.0
# A suite that hangs is stopped, late enough that a slow machine is not blamed.
minutes_times_until_stopped = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check or suite came to; `budget_minutes` is None for a check."""

    name: str
    passed: int
    failed: int
    seconds: float
    budget_minutes: float | None = None


def suite_names() -> list[str]:
    """The folders of tests/ that `test` runs, in the order of their names."""
    folders = (path for path in TESTS.iterdir() if path.is_dir() and any(path.rglob("test_*.py")))
    return sorted(path.name for path in folders if path.name not in NOT_IN_TEST)


def python_folders() -> list[str]:
    """The folders that hold Python of this project."""
    return [
        name for name in ("build_scripts", "desktop", "migrations", "shared", "sync_server", "tests") if (ROOT / name).is_dir()
    ]


def run_checks() -> list[Outcome]:
    """Lint, format, types and import contracts as one result each, then the tidy suite."""
    folders = python_folders()
    checks: dict[str, Sequence[str | Path]] = {
        "lint": [PYTHON, "-m", "ruff", "check", "--quiet", *folders],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *folders],
        "types": [PYTHON, "-m", "mypy", "--no-error-summary", *folders],
        "import contracts": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
    }
    outcomes = []
    for name, command in checks.items():
        say(f"check: {name}")
        started = time.monotonic()
        answer = subprocess.run([str(part) for part in command], cwd=ROOT, text=True, capture_output=True, check=False)
        good = answer.returncode == 0
        if not good:
            print(answer.stdout + answer.stderr, flush=True)
        outcomes.append(Outcome(name, int(good), int(not good), time.monotonic() - started))
    return [*outcomes, *run_suites(["tidy"], [])]


@contextlib.contextmanager
def display() -> Iterator[str]:
    """A virtual screen of its own for one suite; yields its DISPLAY."""
    if not shutil.which("Xvfb"):
        raise NotReady(
            "Tests of the real window need a virtual screen:\n\n  sudo apt-get install -y --no-install-recommends xvfb xauth"
        )
    ours, theirs = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(theirs,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    try:
        with os.fdopen(ours) as answer:
            number = answer.readline().strip()
        if not number:
            raise NotReady("The virtual screen Xvfb did not start")
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


@contextlib.contextmanager
def surroundings(name: str) -> Iterator[dict[str, str]]:
    """The environment of one suite: nothing of the person's own settings is read or written."""
    with contextlib.ExitStack() as stack:
        private = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clubkassa-test-")))
        env = dict(os.environ)
        for variable in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            folder = private / variable.lower()
            folder.mkdir(mode=0o700)
            env[variable] = str(folder)
        env |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "PYTHONUTF8": "1"}
        if sys.platform == "linux":
            env |= {"LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
            if name in NEEDS_DISPLAY:
                env |= {"DISPLAY": stack.enter_context(display()), "QT_QPA_PLATFORM": "xcb"}
                env.pop("WAYLAND_DISPLAY", None)
        yield env


def counted(path: Path) -> tuple[int, int]:
    """Passed and failed of a JUnit report; a skipped test did not prove its sentence, so it counts as failed."""
    if not path.exists():
        return 0, 1
    tests: dict[tuple[str | None, str | None], bool] = {}
    for case in ET.parse(path).getroot().iter("testcase"):
        # A test that passes and then breaks while cleaning up is listed twice; it failed.
        name = case.get("classname"), case.get("name")
        good = not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
        tests[name] = tests.get(name, True) and good
    passed = sum(tests.values())
    return passed, len(tests) - passed


def run_suite(name: str, arguments: Sequence[str]) -> Outcome:
    """One suite in a process of its own."""
    budget = MINUTES.get(name, MINUTES_ELSE)
    say(f"suite: {name} (budget {budget:g} min)")
    started = time.monotonic()
    with surroundings(name) as env:
        report_file = Path(env["XDG_RUNTIME_DIR"]) / "report.xml"
        command = [str(PYTHON), "-m", "pytest", "-q", f"--junit-xml={report_file}", f"tests/{name}", *arguments]
        suite = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=os.name == "posix")
        try:
            code = suite.wait(timeout=budget * 60 * minutes_times_until_stopped)
        except subprocess.TimeoutExpired:
            print(f"{name} was stopped after {budget * minutes_times_until_stopped:g} minutes", flush=True)
            code = 1
        finally:
            stop(suite)
        passed, failed = counted(report_file)
    if code != 0 and failed == 0:
        # Nothing collected, a broken import, a crash: the report knows of no failure, yet nothing was proved.
        failed = 1
    return Outcome(name, passed, failed, time.monotonic() - started, budget)


def stop(suite: "subprocess.Popen[bytes]") -> None:
    """End a suite that still runs, with the programs it started."""
    if suite.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(suite.pid, signal.SIGKILL)
    else:
        suite.kill()
    suite.wait()


def run_suites(names: Sequence[str], arguments: Sequence[str]) -> list[Outcome]:
    """The named suites, one after another; a name without a folder is refused before anything runs."""
    unknown = [name for name in names if not (TESTS / name).is_dir()]
    if unknown:
        raise NotReady(f"There is no suite tests/{unknown[0]}. There are: {', '.join(suite_names())}")
    return [run_suite(name, arguments) for name in names]


def run_campaign(name: str, arguments: Sequence[str]) -> int:
    """A long suite by itself, its printed tables shown as they come."""
    if not (TESTS / name).is_dir():
        raise NotReady(f"There is no tests/{name}")
    with surroundings(name) as env:
        command = [str(PYTHON), "-m", "pytest", "-q", "-s", f"tests/{name}", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def report(outcomes: Sequence[Outcome]) -> int:
    """Print the table and the last line; the exit code says whether all is well."""
    print(f"\n{'suite':<20}{'passed':>8}{'failed':>8}{'minutes':>10}{'budget':>8}")
    for outcome in outcomes:
        minutes = outcome.seconds / 60
        budget = "" if outcome.budget_minutes is None else f"{outcome.budget_minutes:g}"
        late = "  over its budget" if outcome.budget_minutes is not None and minutes > outcome.budget_minutes else ""
        print(f"{outcome.name:<20}{outcome.passed:>8}{outcome.failed:>8}{minutes:>10.1f}{budget:>8}{late}")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"\n{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0
