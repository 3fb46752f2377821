"""A paper as ESC/POS bytes for one printer: a fixed code page, explicit styles, nothing left to the printer's mood."""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

from desktop.devices.printer_settings import PrinterSettings
from shared.core.paper import Laid, Paper, Qr, columns, mapped

RENDERER_VERSION = 1
"""Raised when the bytes of an unchanged paper change."""

QR_BYTES_MAX = 600
"""A longer text gives modules too small for a telephone on 58 mm paper."""

_SAME_ON_EVERY_PAGE: Mapping[str, str] = {
    "«": '"',
    "»": '"',
    "„": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "…": "..",
    "×": "x",
    "•": "*",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2007": " ",
    "\u00ad": "",
    "\u200b": "",
    "\ufeff": "",
}

# Letters of neighbour alphabets by their nearest look; each one is counted, because the reader sees another letter.
_LOOK_ALIKE: Mapping[str, str] = dict(zip("іІґҐқҚғҒңҢөӨұҰүҮһҺәӘ", "iIгГкКгГнНоОуУуУhHаА", strict=True))

_NO_GLYPH = "?"


class Unprintable(Exception):
    """This paper can never be printed; `cause` says why. Repeating is useless."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Rendered:
    """Bytes for the printer, and how many characters had to give way to others because the code page lacks them."""

    payload: bytes
    replaced: int


def render(paper: Paper, settings: PrinterSettings) -> Rendered:
    """Turn a paper into the bytes of one print job; they hold no drawer pulse and no question to the printer."""
    if any(isinstance(line, Qr) and not 0 < len(line.data.encode()) <= QR_BYTES_MAX for line in paper.lines):
        raise Unprintable("qr_too_long")
    letters = _Letters(settings)
    laid = columns(mapped(paper, letters.fit), settings.columns)
    return Rendered(_library()(laid, settings), letters.replaced)


class _Letters:
    """Fits texts to one code page and counts what it could not keep."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._page = settings.code_page
        self._fixed = {**_SAME_ON_EVERY_PAGE, "₽": settings.rouble}
        self.replaced = 0

    def fit(self, text: str) -> str:
        return "".join(self._fit_letter(letter) for letter in unicodedata.normalize("NFC", text))

    def _fit_letter(self, letter: str) -> str:
        letter = self._fixed.get(letter, letter)
        if "" < letter < " " or letter == "\x7f":  # to a printer this is an order, not a letter
            self.replaced += 1
            return _NO_GLYPH
        if self._has(letter):
            return letter
        self.replaced += 1
        if (look_alike := _LOOK_ALIKE.get(letter)) is not None:
            return look_alike
        # An accent the page lacks is dropped before the whole letter is.
        bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        return bare if bare and self._has(bare) else _NO_GLYPH

    def _has(self, letters: str) -> bool:
        try:
            letters.encode(self._page)
        except UnicodeEncodeError:
            return False
        return True


@lru_cache(maxsize=1)
def _library() -> Callable[[Sequence[Laid], PrinterSettings], bytes]:
    """Load python-escpos at the first print: it costs a quarter of a second that no start of the desk should pay."""
    # The library unpickles its capability file, so the folder must be writable by this user alone.
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = str(_private_cache_folder())
    root = logging.getLogger()
    handlers = list(root.handlers)
    # Late on purpose: python-escpos is never imported before the first paint of the window.
    from desktop.devices import escpos_library

    # Importing it configures the root logger, which belongs to the program.
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
    return escpos_library.payload


def _private_cache_folder() -> Path:
    folder = Path(platformdirs.user_cache_dir("clubkassa")) / "escpos"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
