"""The data folder of a desk: where things lie, who holds it, and whether it still is the folder it was."""

import os
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from desktop.store import place
from desktop.store.errors import CannotOpen
from desktop.store.journal import NO_MARK, Mark, sync_folder
from shared.core.text import N_
from shared.ledger.transaction import Desk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LEASE_BYTES = 512
"""One sector, written in place: a loss of power leaves the old or the new one."""


class Lease(msgspec.Struct, frozen=True):
    """Who this desk is and its newest operation, as known outside the database.

    `place`: the machine and file it was written on. `mark`: up to where the journal is whole.
    """

    device: str
    branch: str
    number: int
    is_test: bool
    epoch: int
    n: int
    hash: str
    place: str
    mark: Mark = NO_MARK


def unusable(root: Path, fault: OSError) -> CannotOpen:
    """What to raise when the system refuses a folder."""
    return CannotOpen(
        "folder_is_unusable",
        N_("The folder {folder} cannot be used: {cause}. Choose another one with --data-dir"),
        folder=str(root),
        cause=fault.strerror or str(fault),
    )


@dataclass(frozen=True)
class Folder:
    """Paths inside one data folder."""

    root: Path
    journal: Path

    @classmethod
    def at(cls, root: Path, journal: Path | None = None) -> Self:
        """The folder with all its parts made. `journal` may lie on another disk. Raises CannotOpen."""
        root = root.absolute()
        place.check(root)
        folder = cls(root, journal.absolute() if journal else root / "journal")
        try:
            for path in (root, folder.journal, folder.backups, folder.logs):
                path.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise unusable(root, fault) from fault
        return folder

    @property
    def database(self) -> Path:
        return self.root / "club.sqlite3"

    @property
    def lease(self) -> Path:
        return self.root / "lease"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"


class FolderLock:
    """The operating system's lock on a folder; it ends with the process, however that ends."""

    def __init__(self, folder: Folder) -> None:
        """Raises CannotOpen when another program holds the folder."""
        self._file = os.open(folder.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            os.close(self._file)
            raise CannotOpen(
                "folder_in_use",
                N_("Another window of the program works with {folder}. Nothing was changed. Close it first"),
                folder=str(folder.root),
            ) from fault

    def close(self) -> None:
        """Let the folder go."""
        os.close(self._file)


class LeaseFile:
    """The lease on disk. It is not synced for each sale: together with the journal it need only be nearly new.

    A lease older than the log is harmless; one that is newer than the log tells that the log has lost something.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder.root
        fresh = not folder.lease.exists()
        self._file = os.open(folder.lease, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        if fresh:
            sync_folder(self._folder)
        self.place = f"{_machine_id()}:{os.fstat(self._file).st_ino}"
        """This machine and this very file; a copy of the folder is another place."""

    def read(self) -> Lease | None:
        """What was written last, or None when there is nothing readable."""
        os.lseek(self._file, 0, os.SEEK_SET)
        data = os.read(self._file, LEASE_BYTES)
        crc, _, text = data.rstrip(b" ").partition(b" ")
        if not text or crc != b"%08x" % zlib.crc32(text):
            return None
        try:
            return msgspec.json.decode(text, type=Lease)
        except msgspec.DecodeError:
            return None

    def write(self, desk: Desk, is_test: bool, n: int, link_hash: bytes, mark: Mark = NO_MARK, *, sync: bool = False) -> None:
        """Note the newest operation. Raises OSError."""
        lease = Lease(desk.device, desk.branch, desk.number, is_test, desk.epoch, n, link_hash.hex(), self.place, mark)
        text = msgspec.json.encode(lease)
        data = (b"%08x " % zlib.crc32(text) + text).ljust(LEASE_BYTES)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, data)
        if sync:
            os.fsync(self._file)

    def close(self) -> None:
        os.close(self._file)


def _machine_id() -> str:
    """A name of this machine that survives restarts; empty where the system has none."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if path.is_file():
            return path.read_text(encoding="ascii").strip()
    return ""
