"""The language of the program: sentences from the gettext catalogue; numbers, money and dates as its readers write them."""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from shared.core import money as amounts
from shared.core.errors import Refusal

TRANSLATIONS: Final = Path(__file__).resolve().parents[2] / "translations"
DOMAIN: Final = "clubkassa"
LANGUAGES: Final = ("ru", "en")
NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Locale:
    """How one language writes numbers and dates. Names of days and months agree with CLDR, which a test checks."""

    group: str
    decimal: str
    symbol_first: bool
    months: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]
    date_numbers: str
    units: Mapping[str, str]


_RU = Locale(
    NBSP, ",", False,
    ("января", "февраля", "марта", "апреля", "мая", "июня",
     "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "{day:02}.{month:02}.{year}",
    {"pcs": "шт.", "kg": "кг", "g": "г", "l": "л", "ml": "мл", "h": "ч", "min": "мин", "m": "м"},
)  # fmt: skip
_EN = Locale(
    ",", ".", True,
    ("January", "February", "March", "April", "May", "June",
     "July", "August", "September", "October", "November", "December"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "{day:02}/{month:02}/{year}",
    {"pcs": "pcs"},
)  # fmt: skip


class _Speech:
    """The language in force and who wants to hear of a change."""

    def __init__(self) -> None:
        self.language = "en"
        self.locale = _EN
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self.listeners: list[Callable[[], None]] = []


@cache
def _speech() -> _Speech:
    return _Speech()


def language() -> str:
    """The language in force, one of LANGUAGES."""
    return _speech().language


def set_language(code: str) -> None:
    """Speak `code` from now on and tell the listeners; a language that is not known becomes English."""
    speech = _speech()
    speech.language = code if code in LANGUAGES else "en"
    speech.locale = _RU if speech.language == "ru" else _EN
    speech.catalogue = gettext.translation(DOMAIN, TRANSLATIONS, [speech.language], fallback=True)
    for listener in tuple(speech.listeners):
        listener()


def on_language_changed(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` after every change of language; the answer, called, ends it."""
    listeners = _speech().listeners
    listeners.append(listener)

    def forget() -> None:
        if listener in listeners:
            listeners.remove(listener)

    return forget


def tr(text: str, **params: object) -> str:
    """`text` in the language in force, its placeholders filled; English when the catalogue has no such sentence."""
    # gettext answers the head of the catalogue for an empty sentence.
    said = _speech().catalogue.gettext(text) if text else ""
    return said.format_map(params) if params else said


def ntr(one: str, many: str, n: int, **params: object) -> str:
    """The plural form that fits `n`; `{n}` in it is the number, grouped."""
    return _speech().catalogue.ngettext(one, many, n).format_map({"n": number(n), **params})


def refusal_text(refusal: Refusal, currency: str = "RUB") -> str:
    """The sentence of a refusal with money, quantities and numbers written for people."""
    written: dict[str, object] = {}
    for name, value in refusal.params.items():
        if not isinstance(value, int):
            written[name] = tr(value)
        elif name.endswith("_minor"):
            written[name] = money(value, currency)
        elif name.endswith("_milli"):
            written[name] = quantity(value)
        else:
            written[name] = number(value)
    return tr(refusal.text, **written)


def number(value: int) -> str:
    """A whole number with grouped thousands and a real minus."""
    grouped = f"{abs(value):,}".replace(",", _speech().locale.group)
    return MINUS + grouped if value < 0 else grouped


def decimal(value: int, exponent: int, *, trim: bool = False) -> str:
    """`value` × 10^-exponent as people write it; `trim` drops zeros at the end."""
    whole, rest = divmod(abs(value), 10**exponent)
    fraction = f"{rest:0{exponent}}" if exponent else ""
    if trim:
        fraction = fraction.rstrip("0")
    written = number(whole) + (_speech().locale.decimal + fraction if fraction else "")
    return MINUS + written if value < 0 else written


def money(amount_minor: int, currency: str = "RUB", *, kopecks: bool = False, plus: bool = False) -> str:
    """An amount with its sign of currency: `779 ₽`, `₽779`; minor units only when there are some or `kopecks` asks for them."""
    unit = amounts.currency(currency)
    shown = kopecks or amount_minor % unit.minor_per_unit != 0
    written = decimal(abs(amount_minor), unit.exponent) if shown else number(abs(amount_minor) // unit.minor_per_unit)
    signed = unit.symbol + written if _speech().locale.symbol_first else written + NBSP + unit.symbol
    if amount_minor < 0:
        return MINUS + signed
    return "+" + signed if plus and amount_minor > 0 else signed


def plain_money(amount_minor: int, currency: str = "RUB", *, kopecks: bool = False) -> str:
    """An amount without the sign of its currency, for quick cash buttons."""
    unit = amounts.currency(currency)
    if kopecks or amount_minor % unit.minor_per_unit != 0:
        return decimal(amount_minor, unit.exponent)
    return (
        number(amount_minor // unit.minor_per_unit) if amount_minor >= 0 else MINUS + number(-amount_minor // unit.minor_per_unit)
    )


def typed_money(amount_minor: int, currency: str = "RUB") -> str:
    """An amount as a field shows it: thousands apart by NBSP in every language, for a comma typed there is the decimal mark."""
    return plain_money(amount_minor, currency).replace(_speech().locale.group, NBSP)


def parse_money(text: str, currency: str = "RUB") -> int | None:
    """Minor units of a typed amount; comma and point both mark the decimals; None when it is not an amount."""
    unit = amounts.currency(currency)
    bare = "".join(text.replace(unit.symbol, "").split()).replace(NBSP, "").replace(MINUS, "-").replace(",", ".")
    sign, bare = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    whole, _, fraction = bare.partition(".")
    if not (whole or fraction) or not (whole + fraction).isascii() or not (whole + fraction).isdigit():
        return None
    if len(fraction) > unit.exponent:
        return None
    return sign * (int(whole or "0") * unit.minor_per_unit + int((fraction or "0").ljust(unit.exponent, "0")))


def percent(basis_points: int) -> str:
    """A rate: `5 %` in Russian, `5%` in English."""
    written = decimal(basis_points, 2, trim=True)
    return written + "%" if _speech().locale.symbol_first else written + NBSP + "%"


def quantity(amount_milli: int, unit: str = "") -> str:
    """A quantity and, when given, the unit's sign: `2`, `0,5 л`."""
    written = decimal(amount_milli, 3, trim=True)
    return written + NBSP + unit_sign(unit) if unit else written


def unit_sign(unit: str) -> str:
    """The sign of a unit code such as `pcs`, `kg` or `l`; an own word stays itself."""
    return _speech().locale.units.get(unit, unit)


def clock(moment: datetime) -> str:
    """Hours and minutes: `19:22`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def day(when: date, *, weekday: str = "") -> str:
    """`21 ноября`; `weekday` adds the name before it, "short" (`сб 21 ноября`) or "long" (`суббота, 21 ноября`)."""
    locale = _speech().locale
    written = f"{when.day} {locale.months[when.month - 1]}"
    if weekday == "short":
        return f"{locale.days_short[when.weekday()]} {written}"
    return f"{locale.days[when.weekday()]}, {written}" if weekday == "long" else written


def day_numbers(when: date) -> str:
    """The day in figures: `21.11.2026`, `21/11/2026`."""
    return _speech().locale.date_numbers.format(day=when.day, month=when.month, year=when.year)
