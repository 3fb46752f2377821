"""ESC/POS bytes to commands, as a printer's firmware reads them: incrementally, and whatever the network cut.

Written from the command manuals, not from the renderer, so that one checks the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Command:
    """One command with its parameter bytes; `name` is its opcode, or `text`, `lf`, `unknown`."""

    name: str
    data: bytes = b""


NUL, HT, LF, FF, CR, DLE, CAN, ESC, FS, GS = 0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x10, 0x18, 0x1B, 0x1C, 0x1D

# How many parameter bytes follow the two bytes of a command.
_ESC_LENGTHS: Mapping[int, int] = MappingProxyType(
    {
        ord(letter): count
        for count, letters in ((0, "@2"), (1, " !3=-EGMRVJTtader{"), (2, "$\\Bc"), (3, "p"))
        for letter in letters
    }
    | {ord("i"): 0, ord("m"): 0, ord("L"): 0, ord("S"): 0}
)
_GS_LENGTHS: Mapping[int, int] = MappingProxyType(
    {ord(letter): count for count, letters in ((1, "!BHIabfhrw"), (2, "LPW$\\")) for letter in letters}
)
_FS_LENGTHS: Mapping[int, int] = MappingProxyType(
    {ord(letter): count for count, letters in ((0, ".&"), (1, "!C-"), (2, "pS")) for letter in letters}
)
_DLE_LENGTHS: Mapping[int, int] = MappingProxyType({0x04: 1, 0x05: 1, 0x14: 3})


class Decoder:
    """Cuts a byte stream into commands; an unfinished one waits for its other bytes."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Command]:
        """The commands complete by now."""
        self._rest += data
        commands: list[Command] = []
        position = 0
        while position < len(self._rest):
            length, command = _first(self._rest, position)
            if not length or position + length > len(self._rest):
                break
            position += length
            commands.append(command)
        self._rest = self._rest[position:]
        return commands


def _first(data: bytes, at: int) -> tuple[int, Command]:
    """Length and command at a position; length 0 when more bytes are needed to know it."""
    first = data[at]
    if first >= 0x20:
        end = at + 1
        while end < len(data) and data[end] >= 0x20:
            end += 1
        return end - at, Command("text", data[at:end])
    reader = _LEADS.get(first)
    if reader is not None:
        return reader(data, at) if at + 1 < len(data) else (0, Command("unknown"))
    if first == LF:
        return 1, Command("lf")
    return 1, Command("control", data[at : at + 1])


def _escape(data: bytes, at: int) -> tuple[int, Command]:
    if data[at + 1] == ord("*"):
        if at + 5 > len(data):
            return 0, Command("unknown")
        rows = 3 if data[at + 2] in (32, 33) else 1
        return _taken(data, at, "ESC *", 5 + rows * int.from_bytes(data[at + 3 : at + 5], "little"))
    return _fixed(data, at, "ESC", _ESC_LENGTHS)


def _group(data: bytes, at: int) -> tuple[int, Command]:
    match data[at + 1]:
        case 0x28:  # GS ( x: a length of two bytes says how much follows
            if at + 5 > len(data):
                return 0, Command("unknown")
            return _taken(data, at, f"GS ( {chr(data[at + 2])}", 5 + int.from_bytes(data[at + 3 : at + 5], "little"))
        case 0x38:  # GS 8 L: the same with a length of four bytes
            if at + 7 > len(data):
                return 0, Command("unknown")
            return _taken(data, at, f"GS 8 {chr(data[at + 2])}", 7 + int.from_bytes(data[at + 3 : at + 7], "little"))
        case 0x76:  # GS v 0: raster image
            if at + 8 > len(data):
                return 0, Command("unknown")
            width, height = (int.from_bytes(data[at + start : at + start + 2], "little") for start in (4, 6))
            return _taken(data, at, "GS v", 8 + width * height)
        case 0x56:  # GS V: from 65 on a feed follows the kind of cut
            if at + 3 > len(data):
                return 0, Command("unknown")
            return _taken(data, at, "GS V", 4 if data[at + 2] >= 65 else 3)
        case 0x6B:  # GS k: barcodes, ended by NUL or counted
            return _barcode(data, at)
        case _:
            return _fixed(data, at, "GS", _GS_LENGTHS)


def _barcode(data: bytes, at: int) -> tuple[int, Command]:
    if at + 4 > len(data):
        return 0, Command("unknown")
    if data[at + 2] >= 65:
        return _taken(data, at, "GS k", 4 + data[at + 3])
    end = data.find(b"\x00", at + 3)
    return (end + 1 - at, Command("GS k", data[at + 2 : end])) if end >= 0 else (0, Command("unknown"))


def _file(data: bytes, at: int) -> tuple[int, Command]:
    if data[at + 1] == ord("("):
        if at + 5 > len(data):
            return 0, Command("unknown")
        return _taken(data, at, f"FS ( {chr(data[at + 2])}", 5 + int.from_bytes(data[at + 3 : at + 5], "little"))
    return _fixed(data, at, "FS", _FS_LENGTHS)


def _real_time(data: bytes, at: int) -> tuple[int, Command]:
    return _fixed(data, at, "DLE", _DLE_LENGTHS)


def _fixed(data: bytes, at: int, lead: str, lengths: Mapping[int, int]) -> tuple[int, Command]:
    letter = data[at + 1]
    if letter not in lengths:
        return 2, Command("unknown", data[at : at + 2])
    name = f"{lead} {letter:02X}" if letter < 0x21 else f"{lead} {chr(letter)}"
    return _taken(data, at, name, 2 + lengths[letter])


def _taken(data: bytes, at: int, name: str, length: int) -> tuple[int, Command]:
    return length, Command(name, data[at + 2 : at + length])


_LEADS: Mapping[int, Callable[[bytes, int], tuple[int, Command]]] = MappingProxyType(
    {ESC: _escape, GS: _group, FS: _file, DLE: _real_time}
)
