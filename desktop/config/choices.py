"""Lists to choose from that more than one screen offers: (key, English words marked with `N_`)."""

from typing import Final

from shared.core.text import N_

LANGUAGES: Final = (("ru", "Русский"), ("en", "English"))
"""Each by its own name."""
THEMES: Final = (
    ("system", N_("Like the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)
PRINTERS: Final = (("none", N_("Later")), ("network", N_("By network")), ("file", N_("File or device")))
CASH_ROUNDINGS: Final = (
    ("0", N_("Not rounded")),
    ("50", N_("To 50 kopecks down")),
    ("100", N_("To the rouble down")),
    ("1000", N_("To 10 roubles down")),
)
TIME_ZONES: Final = (
    ("Europe/Kaliningrad", N_("Kaliningrad")),
    ("Europe/Moscow", N_("Moscow, Saint Petersburg")),
    ("Europe/Samara", N_("Samara, Saratov")),
    ("Asia/Yekaterinburg", N_("Yekaterinburg, Ufa, Perm")),
    ("Asia/Omsk", N_("Omsk")),
    ("Asia/Novosibirsk", N_("Novosibirsk, Tomsk")),
    ("Asia/Krasnoyarsk", N_("Krasnoyarsk")),
    ("Asia/Irkutsk", N_("Irkutsk, Ulan-Ude")),
    ("Asia/Yakutsk", N_("Yakutsk, Chita")),
    ("Asia/Vladivostok", N_("Vladivostok, Khabarovsk")),
    ("Asia/Magadan", N_("Magadan, Sakhalin")),
    ("Asia/Kamchatka", N_("Kamchatka")),
    ("Europe/Minsk", N_("Minsk")),
    ("Europe/Kyiv", N_("Kyiv")),
    ("Asia/Almaty", N_("Almaty, Astana")),
    ("Europe/Berlin", N_("Berlin")),
    ("Europe/London", N_("London")),
    ("UTC", N_("UTC")),
)
