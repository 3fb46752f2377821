"""The paper of the simulated printer: commands become lines, images, codes and cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from desktop.devices.simulator.decoder import Command

Align: TypeAlias = Literal["left", "center", "right"]

DOTS_PER_COLUMN = 12

_PAGES: Mapping[int, str] = MappingProxyType(
    {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 34: "cp855", 46: "cp1251", 59: "cp866", 73: "cp1251"}
)
_ALIGNS: tuple[Align, ...] = ("left", "center", "right")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style; `wide` and `high` are multiples of the normal size."""

    text: str
    bold: bool = False
    wide: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of characters."""

    runs: tuple[Run, ...] = ()
    align: Align = "left"

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(run.text for run in self.runs)

    @property
    def high(self) -> int:
        """Height in normal lines."""
        return max((run.high for run in self.runs), default=1)

    @property
    def wide(self) -> int:
        """Width in normal columns."""
        return sum(len(run.text) * run.wide for run in self.runs)


@dataclass(frozen=True, slots=True)
class PrintedImage:
    """A raster, one bit a dot, rows of whole bytes, a set bit is black."""

    width_bytes: int
    height: int
    bits: bytes
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class PrintedQr:
    """A code the printer drew itself, `module` dots a module."""

    data: str
    module: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class PaperCut:
    """Here the knife went through."""

    partial: bool


Item: TypeAlias = PrintedLine | PrintedImage | PrintedQr | PaperCut


@dataclass(frozen=True, slots=True)
class DrawerPulse:
    """The drawer got current on a pin for some milliseconds."""

    pin: int
    on_ms: int


class Mechanism:
    """Executes printing commands; `take_items` gives what came out since the last call."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._items: list[Item] = []
        self._pulses: list[DrawerPulse] = []
        self._stored: PrintedImage | None = None
        self._qr_data = b""
        self._qr_module = 3
        self._reset()

    def execute(self, command: Command) -> None:
        """Do one command; what this printer does not know it ignores."""
        match command.name:
            case "text":
                self._print_text(command.data.decode(self._page, "replace"))
            case "lf":
                self._end_line()
            case "ESC @":
                self._reset()
            case "ESC J" | "ESC d":
                self._feed(command.data[0] if command.name == "ESC d" else 0)
            case "GS v":
                self._image(command.data)
            case "GS ( L":
                self._graphics(command.data[3:])
            case "GS 8 L":
                self._graphics(command.data[5:])
            case "ESC $":
                self._move_to(int.from_bytes(command.data, "little"))
            case "ESC \\":
                self._move_to(self._used() * DOTS_PER_COLUMN + int.from_bytes(command.data, "little", signed=True))
            case "GS ( k":
                self._code(command.data)
            case "GS V":
                self._cut(partial=command.data[0] in (1, 49, 66, 98))
            case "ESC i" | "ESC m":
                self._cut(partial=command.name == "ESC m")
            case "ESC p":
                self.pulse(command.data[0] & 1, command.data[1] * 2)
            case _:
                self._style(command)

    def pulse(self, connector: int, on_ms: int) -> None:
        """Kick the drawer on connector 0 or 1."""
        self._pulses.append(DrawerPulse(5 if connector else 2, on_ms))

    def take_items(self) -> tuple[Item, ...]:
        """What came out of the printer since the last call."""
        items, self._items = tuple(self._items), []
        return items

    def take_pulses(self) -> tuple[DrawerPulse, ...]:
        """Drawer pulses since the last call."""
        pulses, self._pulses = tuple(self._pulses), []
        return pulses

    def _reset(self) -> None:
        self._page = _PAGES[0]
        self._align: Align = "left"
        self._bold = False
        self._wide = self._high = 1
        self._line: list[Run] = []

    def _style(self, command: Command) -> None:
        value = command.data[0] if command.data else 0
        match command.name:
            case "ESC t":
                # An unknown slot prints in some other page, as a real printer does.
                self._page = _PAGES.get(value, _PAGES[0])
            case "ESC a":
                self._align = _ALIGNS[value % 48] if value % 48 < len(_ALIGNS) else "left"
            case "ESC E" | "ESC G":
                self._bold = bool(value & 1)
            case "ESC !":
                self._bold = bool(value & 0x08)
                self._high, self._wide = 2 if value & 0x10 else 1, 2 if value & 0x20 else 1
            case "GS !":
                self._high, self._wide = (value & 7) + 1, (value >> 4 & 7) + 1

    def _print_text(self, text: str) -> None:
        for letter in text:
            if self._used() + self._wide > self._columns:
                self._end_line()
            last = self._line[-1] if self._line else None
            style = (self._bold, self._wide, self._high)
            if last is not None and (last.bold, last.wide, last.high) == style:
                self._line[-1] = Run(last.text + letter, *style)
            else:
                self._line.append(Run(letter, *style))

    def _end_line(self) -> None:
        self._items.append(PrintedLine(tuple(self._line), self._align))
        self._line = []

    def _feed(self, lines: int) -> None:
        if self._line:
            self._end_line()
            lines -= 1
        self._items += [PrintedLine()] * max(lines, 0)

    def _image(self, data: bytes) -> None:
        # A text that was not ended is lost on many printers; here it is printed, a test looks at lines.
        if self._line:
            self._end_line()
        width, height = int.from_bytes(data[2:4], "little"), int.from_bytes(data[4:6], "little")
        self._items.append(PrintedImage(width, height, data[6:], self._align))

    def _graphics(self, data: bytes) -> None:
        """Function 112 keeps a raster, functions 2 and 50 print it."""
        function = data[1:2]
        if function == b"p" and len(data) >= 10:
            width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
            width_bytes = (width + 7) // 8
            bits = data[10:].ljust(width_bytes * height, b"\0")[: width_bytes * height]
            self._stored = PrintedImage(width_bytes, height, bits, self._align)
        elif function in (b"2", b"\x02") and self._stored is not None:
            if self._line:
                self._end_line()
            self._items.append(self._stored)
            self._stored = None

    def _move_to(self, dot: int) -> None:
        # A move to the left would print over what is there; this paper keeps what came first.
        column = dot // DOTS_PER_COLUMN
        if self._used() < column <= self._columns:
            self._line.append(Run(" " * (column - self._used())))

    def _used(self) -> int:
        return sum(len(run.text) * run.wide for run in self._line)

    def _code(self, data: bytes) -> None:
        # Length, then the kind of code (49 is QR), the function and its value.
        kind, function, value = data[3:4], data[4:5], data[5:]
        if kind != b"1" or not function:
            return
        match function[0]:
            case 67:
                self._qr_module = max(1, *value[:1], 1)
            case 80:
                self._qr_data = value[1:]
            case 81:
                self._items.append(PrintedQr(self._qr_data.decode("utf-8", "replace"), self._qr_module, self._align))

    def _cut(self, *, partial: bool) -> None:
        # Firmware ignores a cut in the middle of a line.
        if not self._line:
            self._items.append(PaperCut(partial))


def as_text(items: tuple[Item, ...], columns: int) -> str:
    """The paper as plain text, one line a line; codes and cuts are named in brackets."""
    return "".join(_item_text(item, columns).rstrip() + "\n" for item in items)


def _item_text(item: Item, columns: int) -> str:
    match item:
        case PrintedLine():
            room = columns - item.wide
            return " " * {"left": 0, "center": room // 2, "right": room}[item.align] + item.text
        case PrintedImage():
            return f"[image {item.width_bytes * 8} x {item.height}]".center(columns)
        case PrintedQr():
            return f"[QR {item.data}]".center(columns)
        case PaperCut():
            return ("- " * columns)[:columns]
