"""Keys as people see them on a keyboard."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import tr
from desktop.widgets import paint
from desktop.widgets.base import Label, Row
from shared.core.text import N_

_GLYPHS: Final = {
    "Enter": "⏎", "Return": "⏎", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Shift": "⇧", "-": "−",
    "PgDown": "PgDn",
}  # fmt: skip
# `Num +` is one key of the numeric pad, not a chord.
_NUM: Final = "Num "
_WORDS: Final = {"Space": N_("Space"), "Digit": N_("digit"), "Arrows": N_("arrows")}


def key_words(key: str) -> str:
    """A key sequence such as `Ctrl+Enter` or `Shift+F9` as it stands on a cap: `Ctrl ⏎`, `⇧F9`."""
    if key in {"+", ""} or key.startswith(_NUM):
        return key.replace("-", "−")
    parts = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    shown = [_GLYPHS.get(part) or (tr(_WORDS[part]) if part in _WORDS else part) for part in parts]
    if shown[0] == "⇧":
        return "⇧" + " ".join(shown[1:])
    return " ".join(shown)


class KeyCap(QWidget):
    """One key, drawn; says its name to assistive technology."""

    def __init__(self, key: str, *, big: bool = False) -> None:
        super().__init__()
        self._key, self._big = key, big
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return paint.cap_size(key_words(self._key), big=self._big)

    def minimumSizeHint(self) -> QSize:
        """A cap never cuts its key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        paint.cap(paint.painter(self), QRectF(self.rect()), key_words(self._key), big=self._big)


class KeyHint(Row):
    """Caps and what they do, in the quiet line under or over a list."""

    def __init__(self, *keys: str, text: str = "", before: bool = False) -> None:
        super().__init__(gap="s")
        self._words = Label(text, "small", "muted")
        caps = [KeyCap(key) for key in keys]
        self.add(*([self._words, *caps] if before else [*caps, self._words]))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)
