"""One command for people who run, test or change ClubKassa: `python3 build_scripts/dev.py run`, `… test`, `… --help`.

Needs Python 3.11 and nothing else; what the rest needs it installs into `.venv`, or says which line to type.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets a sentence instead of a traceback
    sys.exit("ClubKassa needs Python 3.11 or newer; this is " + sys.version.split()[0])

# A script sees only its own folder; the scripts call each other by their full names.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import lock, suites
from build_scripts.machine import PYTHON, ROOT, RUN_PACKAGES, TEST_PACKAGES, NotReady, install_debian_packages, make_ready, say

NO_DISPLAY = """There is no display here, so a window cannot open.
  · On a PC with a desktop: run this in a terminal of that desktop.
  · Over ssh: connect with  ssh -X  and run it again.
  · On a machine without a screen, with a virtual one:
      sudo apt-get install -y --no-install-recommends xvfb xauth
      xvfb-run -a python3 build_scripts/dev.py run
  · To look at pictures instead of a window:
      python3 build_scripts/dev.py run --offscreen --screenshot screenshots"""


def has_display() -> bool:
    """Whether a window can be shown at all."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(options: argparse.Namespace, rest: list[str]) -> int:
    """Start the desk with the demo club."""
    if not (options.offscreen or has_display()):
        raise NotReady(NO_DISPLAY)
    make_ready()
    arguments = ["--demo"]
    if options.data_dir:
        arguments += ["--data-dir", str(options.data_dir.resolve())]
    if options.offscreen:
        arguments.append("--offscreen")
    if options.screenshot:
        arguments += ["--screenshot", str(options.screenshot.resolve())]
    command = [str(PYTHON), "-m", "desktop", *arguments, *rest]
    os.chdir(ROOT)
    if os.name == "posix":
        # The desk takes the place of this script: one process, one Ctrl+C.
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def setup(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Install everything that running and testing needs."""
    make_ready(for_tests=True)
    say("Ready. Next: python3 build_scripts/dev.py run")
    return 0


def packages(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Install the Debian packages and leave the rest alone, so that only this needs to be root."""
    install_debian_packages((*RUN_PACKAGES, *TEST_PACKAGES))
    return 0


def check(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Lint, format, types, import contracts and the rules of the house."""
    make_ready(for_tests=True)
    return suites.report(suites.run_checks())


def test(options: argparse.Namespace, rest: list[str]) -> int:
    """Every check and every suite, or the suites named."""
    make_ready(for_tests=True)
    if options.suite:
        return suites.report(suites.run_suites(options.suite, rest))
    return suites.report([*suites.run_checks(), *suites.run_suites(suites.suite_names(), rest)])


def campaign(options: argparse.Namespace, rest: list[str]) -> int:
    """A suite that `test` leaves out for its length; prints its own table."""
    make_ready(for_tests=True)
    return suites.run_campaign(suites.CAMPAIGNS[options.command], rest)


def relock(_options: argparse.Namespace, rest: list[str]) -> int:
    """Compile the lock anew from the ranges of pyproject.toml."""
    lock.compile_lock(rest)
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line of this script."""
    top = argparse.ArgumentParser(prog="dev.py", description="Run, test and look after ClubKassa.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("run", help="start the desk with the demo club")
    command.add_argument("--offscreen", action="store_true", help="no window, for machines without a display")
    command.add_argument("--screenshot", metavar="DIR", type=Path, help="save pictures of the screens there and leave")
    command.add_argument("--data-dir", metavar="DIR", type=Path, help="keep the demo club's data there")
    command.set_defaults(act=run)
    command = commands.add_parser("test", help="every check and every test, one suite after another")
    command.add_argument("suite", nargs="*", help=f"only these folders of tests/: {', '.join(suites.suite_names())}")
    command.set_defaults(act=test)
    plain = {
        "setup": (setup, "install everything, start nothing"),
        "packages": (packages, "install the system packages alone (as root)"),
        "check": (check, "lint, format, types, import contracts, the rules of the house"),
        "bench": (campaign, "measure, with the machine's own limits beside each figure"),
        "soak": (campaign, "the long campaigns: kills, crashes, simulated clubs"),
        "controls": (campaign, "plant known bugs and see the tests turn red"),
        "lock": (relock, "compile the lock anew; --upgrade takes the newest versions"),
    }
    for name, (act, words) in plain.items():
        commands.add_parser(name, help=words).set_defaults(act=act)
    return top


def main() -> int:
    """Do one subcommand; whatever it does not know goes on to the program or the tests it starts."""
    options, rest = parser().parse_known_args()
    try:
        code: int = options.act(options, rest)
    except NotReady as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
