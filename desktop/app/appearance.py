"""What people chose to see: theme, text size and language, put in force while the program runs."""

import locale
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.config import i18n
from desktop.config.settings import Settings
from desktop.design import theme
from desktop.design.tokens import TEXT_SIZES, THEMES

SIZE_STEP: Final = TEXT_SIZES[1] - TEXT_SIZES[0]


class Appearance(QObject):
    """Follows the settings, and the system where the settings say so."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app, self._settings = app, settings
        self._in_force = ("", 0)
        self._stop = settings.on_change(self.apply)
        # The object is kept: Qt deletes what `styleHints()` answered once nobody holds it.
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(lambda _scheme: self.apply())
        self.apply()

    def apply(self) -> None:
        """Put the settings in force; what is in force already costs nothing."""
        now = self._settings.now
        language = now.language or system_language()
        if language != i18n.language():
            i18n.set_language(language)
        name = now.theme if now.theme in THEMES else theme.system_theme(self._app)
        if (name, now.text_size) != self._in_force:
            self._in_force = (name, now.text_size)
            theme.apply(self._app, name, now.text_size)

    def larger(self, steps: int = 1) -> None:
        """Make the text larger by steps of 25 %, smaller below zero, within 100 to 200 %."""
        size = min(max(self._settings.now.text_size + steps * SIZE_STEP, TEXT_SIZES[0]), TEXT_SIZES[-1])
        self._settings.change(text_size=size)

    def stop(self) -> None:
        """Follow the settings no more."""
        self._stop()


def system_language() -> str:
    """The language of the system when the program speaks it, else Russian: most clubs do."""
    # Windows spells it out: `English_United States`.
    code = (locale.getlocale()[0] or "").lower()[:2]
    return code if code in i18n.LANGUAGES else "ru"
