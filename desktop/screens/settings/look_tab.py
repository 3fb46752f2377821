"""How this desk looks and speaks; everybody may change it, and it changes at once."""

from desktop.config import i18n
from desktop.config.choices import LANGUAGES, THEMES
from desktop.config.i18n import percent, tr
from desktop.design.theme import theme
from desktop.design.tokens import TEXT_SIZES
from desktop.screens.settings.tab import Tab
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.segmented import Segmented
from shared.core.text import N_

_HUNDREDTHS = 100


class LookTab(Tab):
    """Language, theme, text size."""

    title = N_("Look")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._language, self._theme, self._size = Segmented((("", "-"),)), ChoiceList(), Segmented((("", "-"),))
        self.add(self.field("language", self._language), self.field("theme", self._theme), self.field("size", self._size))
        change = model.settings.change
        self._language.chosen.connect(lambda index: change(language=LANGUAGES[index][0]))
        self._theme.chosen.connect(lambda index: change(theme=THEMES[index][0]))
        self._size.chosen.connect(lambda index: change(text_size=TEXT_SIZES[index]))

    @property
    def save_words(self) -> str:
        return ""

    def render_state(self, state: SettingsState) -> None:
        """Draw what is in force."""
        self.label_fields(language=tr("Language"), theme=tr("Theme"), size=tr("Text size"))
        spoken = [code for code, _ in LANGUAGES].index(i18n.language())
        self._language.show_segments([("", name) for _, name in LANGUAGES], spoken)
        chosen = [code for code, _ in THEMES].index(self.model.settings.now.theme)
        self._theme.show_choices([Choice(tr(name), key=str(n)) for n, (_, name) in enumerate(THEMES, 1)], chosen)
        sizes = [("", percent(size * _HUNDREDTHS)) for size in TEXT_SIZES]
        self._size.show_segments(sizes, TEXT_SIZES.index(theme().look.tokens.scale))
