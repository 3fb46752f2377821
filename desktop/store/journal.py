"""The second journal: the bytes of every operation in plain files, so that they outlive the database.

A record is `magic | length | crc32 | body`; a reader that meets damage looks for the next magic and goes on.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, and_, select

from shared.core.clock import Clock
from shared.ledger.envelope import PAYLOAD_BYTES_MAX, Link
from shared.ledger.log import Chain, Written
from shared.ledger.tables import operations

_MAGIC = b"\xc1Kj1"
_FRAME = struct.Struct("<4sII")
_HEAD = struct.Struct("<16sIQ32s32s32s")
_BODY_BYTES_MAX = _HEAD.size + PAYLOAD_BYTES_MAX
_NO_REQUEST = bytes(32)
_SUFFIX = ".journal"
FILES_REPAIRED = 2
"""Older files were complete before the newer one began; the first record of a day may be missing, so one is not enough."""


def encode(written: Written) -> bytes:
    """One record."""
    link = written.link
    head = _HEAD.pack(
        bytes.fromhex(link.device.replace("-", "")),
        link.epoch,
        link.n,
        link.prev,
        link.body_hash,
        written.request_hash or _NO_REQUEST,
    )
    body = head + written.payload
    return _FRAME.pack(_MAGIC, len(body), zlib.crc32(body)) + body


class Mark(msgspec.Struct, frozen=True):
    """Up to where the journal is known to be whole and durable: operation `n`, the file it is in, and that file's size then."""

    n: int = 0
    file: str = ""
    bytes: int = 0


NO_MARK = Mark()


class Journal:
    """Files of one folder, one for each day (UTC); records are appended by one thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        self._path: Path | None = None
        self._day = ""
        self._file = -1
        self._unsynced = False
        self._last_n = 0
        self._is_behind = False
        self.mark = NO_MARK

    def append(self, written: Written) -> None:
        """Hand one record to the system; `sync` makes it durable. Raises OSError."""
        try:
            self._open_today()
            self._write(encode(written))
        except OSError:
            self._is_behind = True
            raise
        self._last_n = written.link.n
        self._unsynced = True

    def sync(self) -> None:
        """Make everything appended durable. Raises OSError; then the file is not used again."""
        if not self._unsynced or self._file < 0:
            return
        self._unsynced = False
        try:
            os.fsync(self._file)
        except OSError:
            self._is_behind = True
            self.close()
            raise
        if not self._is_behind and self._path is not None:
            self.mark = Mark(self._last_n, self._path.name, os.fstat(self._file).st_size)

    @property
    def is_behind(self) -> bool:
        """Whether it lacks something that the log has; `repair` mends that."""
        return self._is_behind

    def close(self) -> None:
        """Close the file; the next append opens it again."""
        if self._file >= 0:
            os.close(self._file)
        self._file, self._path, self._day = -1, None, ""

    def files(self) -> list[Path]:
        """All files, oldest first."""
        return sorted(self.folder.glob(f"*{_SUFFIX}"))

    def records(self) -> Iterator[Written]:
        """Every readable record of every file, in order of writing."""
        for path in self.files():
            yield from read_file(path)

    def newest_records(self) -> list[Written]:
        """The records of the newest file that holds any."""
        for path in reversed(self.files()):
            if records := list(read_file(path)):
                return records
        return []

    def tail(self, mark: Mark) -> list[Written] | None:
        """The records after a mark, or None when the files are not those that were marked."""
        path = self.folder / mark.file
        if not mark.file or not path.is_file() or path.stat().st_size < mark.bytes:
            return None
        newer = [other for other in self.files() if other.name > mark.file]
        return [*read_file(path, mark.bytes), *(record for other in newer for record in read_file(other))]

    def repair(self, connection: Connection, chain: Chain, tail: list[Written] | None = None, after: int = 0) -> int:
        """Write again what the log of a chain has and the files lack; answers how many were missing. Raises OSError.

        `tail`: what the files hold after operation `after`; without it the newest two files are read.
        """
        if tail is None:
            kept, first = self._newest_numbers(chain)
        else:
            kept, first = {record.link.n for record in tail if chain_of(record) == chain}, after + 1
        missing = 0
        for record in log_records(connection, chain, first):
            if record.link.n not in kept:
                self.append(record)
                missing += 1
        self._last_n = max(self._last_n, *kept, after) if kept else max(self._last_n, after)
        self._is_behind = False
        self.sync()
        return missing

    def _newest_numbers(self, chain: Chain) -> tuple[set[int], int]:
        """The numbers of a chain in the newest two files that hold any, and the first of them; without two, the very first."""
        found: list[set[int]] = []
        for path in reversed(self.files()):
            numbers = {record.link.n for record in read_file(path) if chain_of(record) == chain}
            if numbers:
                found.append(numbers)
            if len(found) == FILES_REPAIRED:
                return set().union(*found), min(found[-1])
        return set().union(*found), 1

    def drop_older(self, day: str) -> list[Path]:
        """Delete the files of days before `day` (YYYYMMDD); answers them."""
        dropped = [path for path in self.files() if path.stem < day and path != self._path]
        for path in dropped:
            path.unlink()
        return dropped

    def _write(self, data: bytes) -> None:
        end = os.fstat(self._file).st_size
        try:
            if os.write(self._file, data) != len(data):
                raise OSError("the journal took only a part of a record")
        except OSError:
            os.ftruncate(self._file, end)
            raise

    def _open_today(self) -> None:
        day = day_of(self._clock.wall_ms())
        if day == self._day:
            return
        path = self.folder / f"{day}{_SUFFIX}"
        if self._file >= 0:
            self._unsynced = True
            self.sync()
            self.close()
        fresh = not path.exists()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        self._path, self._day = path, day
        if fresh:
            sync_folder(self.folder)


def day_of(at: int) -> str:
    """The UTC day of an instant as YYYYMMDD; a clock beyond the calendar counts as its first day."""
    try:
        return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%d")
    except (OverflowError, OSError, ValueError):
        return "00010101"


def read_file(path: Path, start: int = 0) -> Iterator[Written]:
    """Every readable record of a file from a byte on; damaged stretches are passed over."""
    with path.open("rb") as file:
        file.seek(start)
        data = file.read()
    at = data.find(_MAGIC)
    while at >= 0:
        record, end = _record_at(data, at)
        if record is not None:
            yield record
        at = data.find(_MAGIC, end)


def log_records(connection: Connection, chain: Chain, first: int) -> Iterator[Written]:
    """The operations of a chain from number `first` on, as the journal would keep them."""
    chosen = and_(operations.c.device == chain.device, operations.c.epoch == chain.epoch, operations.c.n >= first)
    for row in connection.execute(select(operations).where(chosen).order_by(operations.c.n)):
        link = Link(device=row.device, epoch=row.epoch, n=row.n, prev=row.prev, body_hash=row.body_hash)
        yield Written(link, row.payload, row.request_hash)


def chain_of(written: Written) -> Chain:
    """The chain an operation stands in."""
    return Chain(written.link.device, written.link.epoch)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _record_at(data: bytes, at: int) -> tuple[Written | None, int]:
    """The record that starts here, if it is whole, and where to look on."""
    further = at + len(_MAGIC)
    if at + _FRAME.size > len(data):
        return None, further
    _, length, crc = _FRAME.unpack_from(data, at)
    start = at + _FRAME.size
    if not _HEAD.size <= length <= _BODY_BYTES_MAX or start + length > len(data):
        return None, further
    body = data[start : start + length]
    if zlib.crc32(body) != crc:
        return None, further
    device, epoch, n, prev, body_hash, request_hash = _HEAD.unpack_from(body)
    hexed = device.hex()
    name = f"{hexed[:8]}-{hexed[8:12]}-{hexed[12:16]}-{hexed[16:20]}-{hexed[20:]}"
    link = Link(device=name, epoch=epoch, n=n, prev=prev, body_hash=body_hash)
    asked = None if request_hash == _NO_REQUEST else request_hash
    return Written(link, body[_HEAD.size :], asked), start + length
