"""A printable document as a value: what stands on the paper, before any printer is chosen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

Align: TypeAlias = Literal["left", "center", "right"]

MIN_COLUMNS = 8
"""Nothing readable fits a narrower paper; real ones have 32 to 64 columns."""


class Text(msgspec.Struct, frozen=True, tag="text", omit_defaults=True):
    """A paragraph; it wraps at spaces and keeps its indent."""

    text: str
    align: Align = "left"
    bold: bool = False
    double: bool = False


class Pair(msgspec.Struct, frozen=True, tag="pair", omit_defaults=True):
    """A label at the left and a sum at the right; the sum is never cut off."""

    left: str
    right: str
    bold: bool = False
    double: bool = False


class Rule(msgspec.Struct, frozen=True, tag="rule"):
    """A line of hyphens across the paper."""


class Blank(msgspec.Struct, frozen=True, tag="blank"):
    """An empty line."""


class Qr(msgspec.Struct, frozen=True, tag="qr"):
    """A QR code in the middle of the paper."""

    data: str


class Cut(msgspec.Struct, frozen=True, tag="cut"):
    """The end of a slip: cut here, or feed far enough to tear."""


Line: TypeAlias = Text | Pair | Rule | Blank | Qr | Cut


class Paper(msgspec.Struct, frozen=True):
    """Lines from top to bottom."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LaidLine:
    """One line of characters as it stands on the paper; a double one is twice as wide and as high."""

    text: str
    bold: bool = False
    double: bool = False


Laid: TypeAlias = LaidLine | Qr | Cut

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Paper)


def to_bytes(paper: Paper) -> bytes:
    """The stored form of a paper; equal papers give equal bytes."""
    return _encoder.encode(paper)


def from_bytes(data: bytes) -> Paper:
    """Read a stored paper; msgspec.ValidationError or DecodeError when the bytes are no paper."""
    return _decoder.decode(data)


def marked(paper: Paper, head: tuple[Line, ...], foot: tuple[Line, ...]) -> Paper:
    """The same paper between a head and a foot, as a duplicate needs; its last cut stays the last line."""
    lines = paper.lines
    if lines and isinstance(lines[-1], Cut):
        return Paper((*head, *lines[:-1], *foot, lines[-1]))
    return Paper((*head, *lines, *foot))


def mapped(paper: Paper, change: Callable[[str], str]) -> Paper:
    """The same paper with every readable text changed; what a QR code holds stays as it is."""
    return Paper(tuple(_mapped_line(line, change) for line in paper.lines))


def columns(paper: Paper, width: int) -> list[Laid]:
    """Lay a paper out in `width` columns (at least 8); a line of double size has half of them."""
    if width < MIN_COLUMNS:
        raise ValueError(f"a paper of {width} columns is too narrow, the least is {MIN_COLUMNS}")
    return [laid for line in paper.lines for laid in _lay(line, width)]


def plain_lines(paper: Paper, width: int) -> list[str]:
    """A paper as lines of text for a screen; double letters stand apart, so that a line keeps its width."""
    lines: list[str] = []
    for laid in columns(paper, width):
        match laid:
            case LaidLine():
                lines.append(" ".join(laid.text).rstrip() if laid.double else laid.text)
            case Qr():
                lines.append(f"[{laid.data}]".center(width).rstrip())
            case Cut():
                pass
    return lines


def _mapped_line(line: Line, change: Callable[[str], str]) -> Line:
    match line:
        case Text():
            return msgspec.structs.replace(line, text=change(line.text))
        case Pair():
            return msgspec.structs.replace(line, left=change(line.left), right=change(line.right))
        case _:
            return line


def _lay(line: Line, width: int) -> Iterator[Laid]:
    match line:
        case Text():
            room = width // 2 if line.double else width
            for part in _wrap(line.text, room):
                yield LaidLine(_aligned(part, line.align, room), line.bold, line.double)
        case Pair():
            # A sum broken over two lines could be misread, so it gives up its double size first.
            double = line.double and len(_clean(line.right)) <= width // 2
            for part in _pair(line.left, line.right, width // 2 if double else width):
                yield LaidLine(part, line.bold, double)
        case Rule():
            yield LaidLine("-" * width)
        case Blank():
            yield LaidLine("")
        case Qr() | Cut():
            yield line


def _pair(left: str, right: str, room: int) -> Iterator[str]:
    *above, last = _wrap(left, room)
    yield from above
    tail = _clean(right).strip()
    if len(last) + 1 + len(tail) <= room:
        yield (last + tail.rjust(room - len(last))).rstrip()
        return
    if last:
        yield last
    for part in _wrap(tail, room):
        yield part.rjust(room)


def _aligned(text: str, align: Align, room: int) -> str:
    match align:
        case "left":
            return text
        case "right":
            return text.rjust(room)
        case "center":
            return (" " * ((room - len(text)) // 2) + text).rstrip()


def _wrap(text: str, room: int) -> list[str]:
    return [part for paragraph in text.splitlines() or [""] for part in _wrap_paragraph(_clean(paragraph), room)]


def _wrap_paragraph(text: str, room: int) -> Iterator[str]:
    text = text.rstrip()
    # More than half the width of indent would leave a ribbon of single letters.
    indent = " " * min(len(text) - len(text.lstrip()), room // 2)
    rest = text.lstrip()
    space = room - len(indent)
    while len(rest) > space:
        # A break at the space right after the last letter that fits keeps the whole word.
        cut = rest.rfind(" ", 1, space + 1)
        if cut < 0:
            cut = space
        yield indent + rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    yield (indent + rest).rstrip()


def _clean(text: str) -> str:
    # A control character inside a name would be a command to the printer.
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in unicodedata.normalize("NFC", text))
