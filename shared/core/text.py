"""Sentences that people will read, marked in code and translated where they are shown."""

import unicodedata
from typing import Protocol

_JOINERS = "\u200c\u200d"
"""Invisible, but part of how some alphabets and many pictures are written."""


def N_(text: str) -> str:
    """Mark an English sentence for the catalogue; it stays English until a screen or a printer shows it."""
    return text


def one_line(text: str) -> str:
    """The text on one line without blanks at its ends and without signs that nobody sees; empty when nothing is left."""
    if not text.isprintable():
        text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_seen(sign))
    line = " ".join(text.split())
    return line if line.strip(_JOINERS + " ") else ""


def _is_seen(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf")


class Speech(Protocol):
    """How one language says things; documents are built with it, so the core knows no language."""

    def tr(self, text: str, **params: str | int) -> str:
        """A marked sentence in this language, placeholders filled."""

    def amount(self, amount_minor: int, currency: str) -> str:
        """An amount without its symbol, always with minor units: `1 000,00`."""

    def quantity(self, quantity_milli: int) -> str:
        """A quantity without its unit: `2`, `0,5`."""

    def moment(self, at: int, time_zone: str) -> str:
        """Date and time of an instant on a document: `21.11.2026 19:22`."""
