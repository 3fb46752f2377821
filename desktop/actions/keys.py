"""Key sequences as Qt wants them, with the Cyrillic twin of every letter chord."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.actions.catalog import BY_ID

_LATIN: Final = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,."
_CYRILLIC: Final = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_PAD_SIGNS: Final = frozenset("+-*/")
_TWINS: Final = dict(zip(_LATIN, _CYRILLIC, strict=True))


def cyrillic_twin(keys: str) -> str | None:
    """`Ctrl+Z` is `Ctrl+Я` on a Russian layout; None for keys without a letter."""
    head, _, last = keys.rpartition("+")
    return f"{head}+{_TWINS[last]}" if head and last in _TWINS else None


def sequences(keys: tuple[str, ...]) -> list[QKeySequence]:
    """Every sequence that triggers an action: its keys and their Cyrillic twins."""
    made: list[QKeySequence] = []
    for key in keys:
        twin = cyrillic_twin(key)
        made.extend(QKeySequence(each) for each in (key, twin) if each)
    return made


def key_of(action_id: str) -> str:
    """The key people see for an action, for the cap on its button: `F9`; empty when it has none."""
    keys = BY_ID[action_id].keys
    return keys[0] if keys else ""


def function_key(keys: tuple[str, ...]) -> int:
    """1 to 12 when the first key is a bare function key, else 0."""
    first = keys[0] if keys else ""
    return int(first[1:]) if first.startswith("F") and first[1:].isdigit() else 0


def pressed_name(event: QKeyEvent) -> str:
    """The pressed key as captions write it: `Enter`, `Ctrl+Enter`, `Num *`, `Del`, `7`; digits alike on both blocks."""
    on_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    if on_pad and event.text() in _PAD_SIGNS:
        return f"Num {event.text()}"
    # A sign typed with Shift is the sign, not a chord.
    if event.text() in _PAD_SIGNS or event.text().isdecimal():
        return event.text()
    return QKeySequence(event.keyCombination()).toString().replace("Num+", "").replace("Return", "Enter")
