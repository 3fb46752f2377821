"""A barcode scanner that types: tells its bursts from a person's keys, whatever has the focus and whatever the layout.

Pure: time comes in with every key, what to do comes out as a value. `scanner_filter.py` connects it to Qt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

import msgspec

Tag = TypeVar("Tag")

LENGTH_MAX = 512
"""No code a club reads is longer; a jammed key must not fill the memory."""

GROUP_SEPARATOR = "\x1d"

_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")


class WedgeSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a scanner types, in milliseconds: gaps between its keys, the silence that ends a code without a suffix, and
    how long after a code a second suffix still belongs to it.
    """

    length_min: int = 4
    gap_ms: int = 35
    silence_ms: int = 60
    echo_ms: int = 100
    prefix: str = ""
    physical_keys: bool = True


@dataclass(frozen=True, slots=True)
class Key(Generic[Tag]):
    """A pressed key: its text in the layout of the moment, its physical code (scan code set 1, 0 when unknown).

    `suffix` marks Enter and Tab. `tag` is whatever the caller needs to press the key again.
    """

    text: str
    code: int
    shift: bool
    suffix: bool
    tag: Tag


@dataclass(frozen=True, slots=True)
class Scan:
    """A code as scanned, and the symbology the scanner named (AIM, for example `]E0`) or empty."""

    code: str
    symbology: str = ""


@dataclass(frozen=True, slots=True)
class Decision(Generic[Tag]):
    """What to do: first press `replay` again for the focused widget, then report `scan`, then let the key through or not."""

    replay: tuple[Key[Tag], ...] = ()
    scan: Scan | None = None
    swallow: bool = False


class Wedge(Generic[Tag]):
    """Holds keys back while they may be a scan: at most `gap_ms` for a person's key, so nobody sees the delay."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self._settings = settings or WedgeSettings()
        self._held: list[Key[Tag]] = []
        self._last_at = 0
        self._scanned_at: int | None = None

    @property
    def deadline(self) -> int | None:
        """When `tick` is due if no other key comes, in the milliseconds of the keys; None when nothing is held."""
        if not self._held:
            return None
        wait = self._settings.silence_ms if len(self._held) >= self._settings.length_min else self._settings.gap_ms
        return self._last_at + wait + 1

    @property
    def holding(self) -> bool:
        """Whether keys are held back right now."""
        return bool(self._held)

    def press(self, key: Key[Tag], at: int) -> Decision[Tag]:
        """A key went down at `at` milliseconds of a monotonic clock."""
        before = self._interrupted(at)
        if key.suffix:
            return self._suffix(before, at)
        if not _is_one_character(key):
            return _joined(before, Decision(replay=self._let_go()))
        self._scanned_at = None
        self._held.append(key)
        self._last_at = at
        if len(self._held) > LENGTH_MAX:
            return _joined(before, Decision(replay=self._let_go(), swallow=True))
        return _joined(before, Decision(swallow=True))

    def tick(self, at: int) -> Decision[Tag]:
        """Time passed without a key."""
        if self.deadline is None or at < self.deadline:
            return Decision()
        if self._is_code():
            return Decision(scan=self._take(at))
        return Decision(replay=self._let_go())

    def flush(self) -> tuple[Key[Tag], ...]:
        """Give back what is held, because something else happens now: a function key, a click, another window."""
        return self._let_go()

    def _interrupted(self, at: int) -> Decision[Tag]:
        """What becomes of the held keys when the next one came too late to be of the same burst."""
        if not self._held or at - self._last_at <= self._settings.gap_ms:
            return Decision()
        if self._is_code() and at - self._last_at > self._settings.silence_ms:
            return Decision(scan=self._take(at))
        return Decision(replay=self._let_go())

    def _suffix(self, before: Decision[Tag], at: int) -> Decision[Tag]:
        if self._held and self._is_code():
            return _joined(before, Decision(scan=self._take(at), swallow=True))
        if self._scanned_at is not None and at - self._scanned_at <= self._settings.echo_ms:
            # CR LF, or a scanner that sends Enter twice: the second one would pay.
            self._scanned_at = at
            return _joined(before, Decision(swallow=True))
        return _joined(before, Decision(replay=self._let_go()))

    def _is_code(self) -> bool:
        if len(self._held) < self._settings.length_min:
            return False
        return not self._settings.prefix or self._text().startswith(self._settings.prefix)

    def _take(self, at: int) -> Scan:
        text = self._text().removeprefix(self._settings.prefix)
        self._held.clear()
        self._scanned_at = at
        symbology = found[0] if (found := _AIM.match(text)) else ""
        return Scan(text.removeprefix(symbology), symbology)

    def _text(self) -> str:
        keys = self._held
        if self._settings.physical_keys and all(key.text == GROUP_SEPARATOR or key.code in US_KEYS for key in keys):
            return "".join(key.text if key.text == GROUP_SEPARATOR else US_KEYS[key.code][key.shift] for key in keys)
        return back_translated("".join(key.text for key in keys))

    def _let_go(self) -> tuple[Key[Tag], ...]:
        keys = tuple(self._held)
        self._held.clear()
        return keys


def back_translated(text: str) -> str:
    """The keys of a Russian layout read as the US layout; a text without any Cyrillic letter stays as it is."""
    if not any("а" <= letter <= "я" or letter == "ё" for letter in text.lower()):
        return text
    return text.translate(_RUSSIAN_TO_US)


def _is_one_character(key: Key[Tag]) -> bool:
    return len(key.text) == 1 and (key.text.isprintable() or key.text == GROUP_SEPARATOR)


def _joined(first: Decision[Tag], second: Decision[Tag]) -> Decision[Tag]:
    """Two decisions in a row; at most one of them replays and at most one scans."""
    return Decision(first.replay + second.replay, first.scan or second.scan, second.swallow)


def _row(first_code: int, plain: str, shifted: str) -> dict[int, tuple[str, str]]:
    return {first_code + place: pair for place, pair in enumerate(zip(plain, shifted, strict=True))}


US_KEYS: Mapping[int, tuple[str, str]] = MappingProxyType(
    _row(0x02, "1234567890-=", "!@#$%^&*()_+")
    | _row(0x10, "qwertyuiop[]", "QWERTYUIOP{}")
    | _row(0x1E, "asdfghjkl;'`", 'ASDFGHJKL:"~')
    | _row(0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?")
    | _row(0x47, "789-456+1230.", "789-456+1230.")
    | {0x39: (" ", " "), 0x37: ("*", "*")}
)
"""Scan code set 1 to the characters of the US layout, without and with Shift."""

_RUSSIAN_TO_US = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ" + '"№;:?/.,',
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~' + "@#$^&|/?",
)
