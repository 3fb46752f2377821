"""What a receipt printer says about itself, told apart byte by byte.

Bit meanings: Epson manuals for DLE EOT, GS r and automatic status back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from shared.core.text import N_

State: TypeAlias = Literal["ready", "stopped", "unknown"]

CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "paper_out": N_("The printer is out of paper"),
        "paper_near_end": N_("The paper is near its end"),
        "cover_open": N_("The printer's cover is open"),
        "cutter": N_("The printer's cutter is jammed"),
        "hot": N_("The print head is hot and cools down"),
        "error": N_("The printer reports an error. Switch it off and on"),
        "offline": N_("The printer is offline"),
        "no_answer": N_("The printer does not answer"),
        "no_connection": N_("No connection to the printer"),
        "broken_off": N_("The connection to the printer broke off"),
        "no_proof": N_("This printer cannot say whether it printed"),
        "restarted": N_("The program stopped while the printer was working"),
        "qr_too_long": N_("The code on this paper is too long"),
        "unreadable": N_("This print job cannot be read"),
        "bug": N_("Printing failed by a fault of the program"),
        "too_late": N_("The printer was busy too long to open the drawer"),
    }
)
"""A sentence for every cause a printer or its queue can name."""

_STOPPING = ("paper_out", "cover_open", "cutter", "hot", "error", "offline")

_PROCESS_ID_HEAD = b"\x37\x22"
_BLOCK_HEAD = 0x37
_FLOW = (0x11, 0x13)
_KIND_MASK = 0x93
_REAL_TIME = 0x12
_AUTOMATIC = 0x10
_AUTOMATIC_BYTES = 4
_BLOCK_BYTES_MAX = 80


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """`ready`, `stopped` or honestly `unknown`, with the causes as keys of `CAUSES`; a near paper end stops nothing."""

    state: State
    causes: tuple[str, ...] = ()

    @property
    def cause(self) -> str:
        """The first cause that matters, empty when there is none."""
        return next((cause for cause in self.causes if cause in _STOPPING or self.state == "unknown"), "")


READY = PrinterStatus("ready")
NO_ANSWER = PrinterStatus("unknown", ("no_answer",))


@dataclass(frozen=True, slots=True)
class RealTime:
    """An answer to DLE EOT; which question it answers only the order tells."""

    bits: int


@dataclass(frozen=True, slots=True)
class InOrder:
    """An answer to GS r, given when all data before the question was processed."""

    bits: int


@dataclass(frozen=True, slots=True)
class ProcessDone:
    """The echo of a process id, sent when everything before it is printed."""

    process_id: bytes


@dataclass(frozen=True, slots=True)
class Automatic:
    """Four bytes of automatic status back."""

    bits: bytes


Reply: TypeAlias = RealTime | InOrder | ProcessDone | Automatic


class ReplyParser:
    """Separates the replies in a printer's byte stream, however the network cut it."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Reply]:
        """The replies complete by now; an unfinished one waits for its other bytes."""
        self._rest += data
        replies: list[Reply] = []
        while self._rest:
            taken, reply = _first_reply(self._rest)
            if not taken:
                break
            self._rest = self._rest[taken:]
            if reply is not None:
                replies.append(reply)
        return replies


def _first_reply(data: bytes) -> tuple[int, Reply | None]:
    """How many bytes the first reply takes, 0 when it is unfinished."""
    first = data[0]
    if first in _FLOW:
        return 1, None
    if first == _BLOCK_HEAD:
        end = data.find(b"\x00", 0, _BLOCK_BYTES_MAX)
        if end < 0:
            # A block that never ends is noise; drop its head and look again.
            return (1, None) if len(data) >= _BLOCK_BYTES_MAX else (0, None)
        return end + 1, ProcessDone(data[2:end]) if data.startswith(_PROCESS_ID_HEAD) else None
    if first & _KIND_MASK == _REAL_TIME:
        return 1, RealTime(first)
    if first & _KIND_MASK == _AUTOMATIC:
        return (_AUTOMATIC_BYTES, Automatic(data[:_AUTOMATIC_BYTES])) if len(data) >= _AUTOMATIC_BYTES else (0, None)
    if first & 0x90 == 0:
        return 1, InOrder(first)
    return 1, None


def from_real_time(printer: int, offline: int, errors: int, roll: int) -> PrinterStatus:
    """The status behind the four answers to DLE EOT 1 to 4."""
    causes = []
    if roll & 0x60 or offline & 0x20:
        causes.append("paper_out")
    if offline & 0x04:
        causes.append("cover_open")
    if errors & 0x08:
        causes.append("cutter")
    if errors & 0x40:
        causes.append("hot")
    if errors & 0x20 or (offline & 0x40 and not errors & 0x48):
        causes.append("error")
    if printer & 0x08 and not causes:
        causes.append("offline")
    state: State = "stopped" if causes else "ready"
    if roll & 0x0C and "paper_out" not in causes:
        causes.append("paper_near_end")
    return PrinterStatus(state, tuple(causes))


def paper_is_out(answer: InOrder) -> bool:
    """Whether an answer to GS r 1 says that the roll is at its end."""
    return bool(answer.bits & 0x0C)
