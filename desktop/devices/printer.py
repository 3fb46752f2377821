"""Ways to a receipt printer. Each says only what it knows: nothing left the desk, the paper is out, or nobody can tell."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from desktop.devices.printer_settings import Proof
from desktop.devices.printer_status import (
    NO_ANSWER,
    READY,
    InOrder,
    PrinterStatus,
    ProcessDone,
    RealTime,
    Reply,
    ReplyParser,
    from_real_time,
    paper_is_out,
)

CHUNK_BYTES = 4096
"""Small enough that one write timeout means a printer that stands still, not a long receipt."""

_CLEAR_AND_RECOVER = b"\x10\x05\x02"
_ERROR_BIT = 0x40
_PROCESS_ID_LENGTH = 4
_FIRST_PRINTABLE = 0x21
_PRINTABLES = 0x7E - 0x21 + 1


class NotSent(Exception):
    """Certainly nothing reached the printer; the job may be tried again. `cause` is a key of `CAUSES`."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class OutcomeUnknown(Exception):
    """Some of the job left the desk and nobody can tell what is on the paper; never send it again by itself."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Link(Protocol):
    """One open conversation with a printer; a context manager that hangs up at its end."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None: ...
    def status(self) -> PrinterStatus: ...
    def recover(self) -> None: ...
    def pulse(self, command: bytes) -> None: ...
    def send(self, payload: bytes) -> None: ...


class Printer(Protocol):
    """A printer that can be called up. `connect` raises NotSent when nobody answers the call."""

    @property
    def answers(self) -> bool:
        """Whether this printer tells its status; one that should and does not is waited for."""

    def connect(self) -> Link: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a printer, in seconds; `proof` bounds the printing of one whole receipt."""

    connect: float = 3.0
    write: float = 5.0
    answer: float = 0.5
    proof: float = 30.0
    look: float = 1.0
    goodbye: float = 1.0


class NetworkPrinter:
    """A printer on a raw TCP port."""

    def __init__(
        self, host: str, port: int, proof: Proof, *, monotonic: Callable[[], float], patience: Patience | None = None
    ) -> None:
        self._address = (host, port)
        self._proof = proof
        self._monotonic = monotonic
        self._patience = patience or Patience()
        self._jobs = 0

    @property
    def answers(self) -> bool:
        return self._proof != "none"

    def connect(self) -> NetworkLink:
        """Open a connection; NotSent when the printer cannot be reached."""
        try:
            connection = socket.create_connection(self._address, self._patience.connect)
        except OSError as fault:
            raise NotSent("no_connection") from fault
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._jobs += 1
        return NetworkLink(connection, self._proof, _process_id(self._jobs), self._monotonic, self._patience)


class NetworkLink:
    """One TCP connection to a printer, used for one job."""

    def __init__(
        self, connection: socket.socket, proof: Proof, process_id: bytes, monotonic: Callable[[], float], patience: Patience
    ) -> None:
        self._connection = connection
        self._proof = proof
        self._process_id = process_id
        self._monotonic = monotonic
        self._patience = patience
        self._parser = ReplyParser()
        self._inbox: list[Reply] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        try:
            # Closing both directions at once would make some printers drop what they have not printed yet.
            self._connection.shutdown(socket.SHUT_WR)
            self._connection.settimeout(self._patience.goodbye if self._proof == "none" else 0.01)
            self._connection.recv(CHUNK_BYTES)
        except OSError:
            # The other side is already gone; what it did was settled before.
            return
        finally:
            self._connection.close()

    def status(self) -> PrinterStatus:
        """Ask for the status bytes; `unknown` when one answer does not come within half a second."""
        try:
            printer, offline, roll = self._ask(1), self._ask(2), self._ask(4)
            # Cheap printers never answer the question for error details; it is asked only when there is an error.
            errors = self._ask(3) if offline & _ERROR_BIT else 0
        except OSError:
            return NO_ANSWER
        return from_real_time(printer, offline, errors, roll)

    def recover(self) -> None:
        """Clear what a torn job left in a printer that reports an error; a healthy printer ignores it."""
        self._write_or_not_sent(_CLEAR_AND_RECOVER)

    def pulse(self, command: bytes) -> None:
        """Open the drawer, once; NotSent when the command did not leave."""
        self._write_or_not_sent(command)

    def send(self, payload: bytes) -> None:
        """Send a job and wait until the printer proves it is out; NotSent before its first byte, OutcomeUnknown after it."""
        marker = self._marker()
        sent = 0
        data = payload + marker
        try:
            # A print server may pass on the late answer to an earlier job; it must not prove this one.
            self._take_what_is_here()
            self._inbox.clear()
            self._connection.settimeout(self._patience.write)
            while sent < len(data):
                sent += self._connection.send(data[sent : sent + CHUNK_BYTES])
        except TimeoutError as fault:
            raise NotSent("no_answer") if not sent else OutcomeUnknown(self._why_stopped() or "no_answer") from fault
        except OSError as fault:
            raise NotSent("no_connection") if not sent else OutcomeUnknown("broken_off") from fault
        if not marker:
            raise OutcomeUnknown("no_proof")
        self._await_proof()
        after = self.status()
        if after.state != "ready":
            raise OutcomeUnknown(after.cause)

    def _marker(self) -> bytes:
        match self._proof:
            case "process_id":
                return b"\x1d(H\x06\x0000" + self._process_id
            case "status":
                return b"\x1dr\x01"
            case "none":
                return b""

    def _await_proof(self) -> None:
        deadline = self._monotonic() + self._patience.proof
        while not self._proof_is_here():
            left = deadline - self._monotonic()
            if left <= 0:
                raise OutcomeUnknown("no_answer")
            try:
                self._read(min(left, self._patience.look))
            except TimeoutError:
                # A printer that stopped in the middle answers only the questions it may answer out of turn.
                if (cause := self._why_stopped()) != "":
                    raise OutcomeUnknown(cause) from None
            except OSError as fault:
                raise OutcomeUnknown("broken_off") from fault

    def _proof_is_here(self) -> bool:
        replies, self._inbox = self._inbox, []
        for reply in replies:
            match reply:
                case ProcessDone(process_id) if process_id == self._process_id:
                    return True
                case InOrder() if self._proof == "status":
                    if paper_is_out(reply):
                        raise OutcomeUnknown("paper_out")
                    return True
        return False

    def _why_stopped(self) -> str:
        """A stopping cause, or empty when the printer may only be slow."""
        status = self.status()
        return status.cause if status.state == "stopped" else ""

    def _ask(self, question: int) -> int:
        self._take_what_is_here()
        # A late answer to an earlier question would be read as the answer to this one.
        self._inbox = [reply for reply in self._inbox if not isinstance(reply, RealTime)]
        self._connection.settimeout(self._patience.answer)
        self._connection.sendall(b"\x10\x04" + bytes((question,)))
        deadline = self._monotonic() + self._patience.answer
        while (left := deadline - self._monotonic()) > 0:
            self._read(left)
            for reply in self._inbox:
                if isinstance(reply, RealTime):
                    return reply.bits
        raise TimeoutError

    def _read(self, seconds: float) -> None:
        self._connection.settimeout(max(seconds, 0.001))
        data = self._connection.recv(CHUNK_BYTES)
        if not data:
            raise ConnectionResetError
        self._inbox += self._parser.feed(data)

    def _take_what_is_here(self) -> None:
        self._connection.setblocking(False)
        try:
            while data := self._connection.recv(CHUNK_BYTES):
                self._inbox += self._parser.feed(data)
        except BlockingIOError:
            return

    def _write_or_not_sent(self, command: bytes) -> None:
        self._connection.settimeout(self._patience.write)
        try:
            self._connection.sendall(command)
        except OSError as fault:
            raise NotSent("no_connection") from fault


class FilePrinter:
    """Prints into a file, or one file per job into a folder: a device file, a spool folder, a test."""

    answers = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def connect(self) -> FileLink:
        """NotSent when there is no such place."""
        if not (self._path.is_dir() or self._path.parent.is_dir()):
            raise NotSent("no_connection")
        return FileLink(self._path)


class FileLink:
    """One job into a file; written bytes are proof enough, they are synced before `send` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        return

    def status(self) -> PrinterStatus:
        """A file is always ready."""
        return READY

    def recover(self) -> None:
        """Nothing is left in a file that could disturb the next job."""

    def pulse(self, command: bytes) -> None:
        """Write the drawer's command like a job of its own."""
        self.send(command)

    def send(self, payload: bytes) -> None:
        """Write a job; NotSent before its first byte, OutcomeUnknown after it."""
        target = self._next_file() if self._path.is_dir() else self._path
        try:
            file = target.open("ab", buffering=0)
        except OSError as fault:
            raise NotSent("no_connection") from fault
        with file:
            written = 0
            try:
                while written < len(payload):
                    written += file.write(payload[written:])
                if target.is_file():
                    os.fsync(file.fileno())
            except OSError as fault:
                raise OutcomeUnknown("broken_off") if written else NotSent("no_connection") from fault

    def _next_file(self) -> Path:
        taken = [int(file.stem) for file in self._path.glob("*.bin") if file.stem.isdigit()]
        return self._path / f"{max(taken, default=0) + 1:06}.bin"


def _process_id(number: int) -> bytes:
    """Four printable characters; a printer echoes them when the job before them is out."""
    letters = bytearray()
    for _ in range(_PROCESS_ID_LENGTH):
        number, digit = divmod(number, _PRINTABLES)
        letters.append(_FIRST_PRINTABLE + digit)
    return bytes(letters)
