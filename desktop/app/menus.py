"""The short lists behind F10 and F12: a digit acts at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.config.choices import LANGUAGES, THEMES
from desktop.config.i18n import percent, tr
from desktop.config.settings import Settings
from desktop.design.tokens import TEXT_SIZES
from desktop.widgets.base import Label
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import Note
from desktop.widgets.row_choice import Choice, ChoiceList

PERCENT_BP: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu; without `act` it is dashed and `reason` says why."""

    title: str
    act: Callable[[], object] | None = None
    note: str = ""
    reason: str = ""
    key: str = ""


class _MenuList(ChoiceList):
    """Arrows only walk here; Enter, a digit or a click does it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.walk(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose(self.current)
        else:
            super().keyPressEvent(event)


class Menu(Dialog):
    """A list over the window; a digit, Enter or a click does it, Esc leaves."""

    def __init__(self, title: str, entries: Sequence[Entry], current: int = 0, hint: str = "") -> None:
        super().__init__(title, foot=False)
        self._entries = tuple(entries)
        self._list = _MenuList(title, gap="xs", height="row_choice_touch")
        choices = [
            Choice(entry.title, entry.note, entry.key or str(number), available=entry.act is not None, reason=entry.reason)
            for number, entry in enumerate(entries, 1)
        ]
        self._list.show_choices(choices, current)
        self._list.chosen.connect(self._do)
        self.body.add(self._list)
        if hint:
            self.body.add(Note(hint))

    def open_over(self, window: QWidget, first: QWidget | None = None) -> None:
        """Cover the window with the list in focus."""
        super().open_over(window, first or self._list)

    def _do(self, index: int) -> None:
        act = self._entries[index].act
        self.close_dialog()
        if act is not None:
            act()


class About(Dialog):
    """What this program is and whose work is in it."""

    def __init__(self, version: str, log_folder: str) -> None:
        super().__init__(tr("About"), foot=False)
        self.body.add(
            Label(tr("ClubKassa {version}: the cash desk of a computer club", version=version), "body_strong", wrap=True),
            Label(tr("Free software under the Apache License 2.0. Source code and licences come with it."), wrap=True),
            Label(tr("Inside: Qt and PySide6 (LGPL), SQLAlchemy, SQLite, Inter, JetBrains Mono, Lucide."), wrap=True),
            Note(tr("The log of this desk lies in {folder}", folder=log_folder)),
        )


def look_entries(settings: Settings) -> list[Entry]:
    """Themes to choose from."""

    def choose(name: str) -> Callable[[], None]:
        return lambda: settings.change(theme=name)

    return [Entry(tr(title), choose(name)) for name, title in THEMES]


def size_entries(settings: Settings) -> list[Entry]:
    """Text sizes to choose from."""

    def choose(size: int) -> Callable[[], None]:
        return lambda: settings.change(text_size=size)

    return [Entry(percent(size * PERCENT_BP), choose(size)) for size in TEXT_SIZES]


def language_entries(settings: Settings) -> list[Entry]:
    """Languages to choose from, each by its own name."""

    def choose(code: str) -> Callable[[], None]:
        return lambda: settings.change(language=code)

    return [Entry(title, choose(code)) for code, title in LANGUAGES]
