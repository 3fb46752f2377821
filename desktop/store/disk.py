"""Room on the disk: refuse new work before the disk is full, not in the middle of it."""

import os
import shutil
import time
from pathlib import Path

from desktop.store.errors import CannotOpen, NotSaved
from desktop.store.folder import Folder
from shared.core.text import N_

MIB = 1024 * 1024
FREE_BYTES_MIN = 200 * MIB
RESERVE_BYTES = 64 * MIB
OPEN_BYTES_MIN = 8 * MIB
LOOK_SECONDS = 2.0


class Room:
    """Free space beside the database, looked at now and then: the question costs more than a row.

    `free_bytes_min`: below it nothing new is begun. A reserve file is given back when the disk is full all the same, so that
    what was begun can end.
    """

    def __init__(self, folder: Folder, free_bytes_min: int) -> None:
        self._folder = folder
        self._free_bytes_min = free_bytes_min
        self._looked_at = -LOOK_SECONDS
        self._enough = True

    def require(self) -> None:
        """Raises NotSaved when less than the minimum is free."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_SECONDS or not self._enough:
            self._enough = free_bytes(self._folder.root) >= self._free_bytes_min
            self._looked_at = now
        if not self._enough:
            raise full(self._folder)

    def keep_reserve(self) -> None:
        """Set space aside while there is plenty; a disk that has none to spare goes without."""
        if not self._reserve.exists() and free_bytes(self._folder.root) >= 2 * self._free_bytes_min + RESERVE_BYTES:
            try:
                with self._reserve.open("wb") as file:
                    _allocate(file.fileno(), RESERVE_BYTES)
            except OSError:
                self.give_reserve()

    def give_reserve(self) -> None:
        """The disk is full: let what was begun come to its end."""
        self._reserve.unlink(missing_ok=True)

    @property
    def _reserve(self) -> Path:
        return self._folder.root / "reserve"


def require_room_to_open(folder: Folder) -> None:
    """Raises CannotOpen. A database that is opened writes at once; on a full disk that looks like damage, and is none."""
    if free_bytes(folder.root) < OPEN_BYTES_MIN:
        Room(folder, 0).give_reserve()
    if free_bytes(folder.root) < OPEN_BYTES_MIN:
        raise CannotOpen(
            "disk_full_to_open",
            N_("The disk with {folder} is full. Everything is safe. Free some space, then start again"),
            folder=str(folder.root),
        )


def _allocate(handle: int, size: int) -> None:
    """Take space on the disk for real; a file of nothing but zeros may take none."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
    else:
        for _ in range(size // MIB):
            os.write(handle, os.urandom(MIB))


def free_bytes(path: Path) -> int:
    """Bytes that may still be written beside a path."""
    return shutil.disk_usage(path).free


def full(folder: Folder) -> NotSaved:
    """The refusal of a full disk."""
    return NotSaved(
        "disk_full",
        N_("Not saved: the disk with {folder} is full. Everything before is safe. Free some space, then press Enter again"),
        folder=str(folder.root),
    )
