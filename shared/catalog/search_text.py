"""Text as the search sees it: no case, no ё, no punctuation; and the same keys typed under the other layout."""

import re
import unicodedata

_WORD = re.compile(r"(?:[^\W_]|(?<=[0-9])[.,](?=[0-9])|[%+#])+")
_DECIMAL_POINT = re.compile(r"(?<=[0-9])[.,](?=[0-9])")
_UNMARKED = re.compile("[\x00-\xbfа-яё\u2010-\u203a]*")
_APOSTROPHES = str.maketrans("ё", "е", "'\u2019\u02bc")

_US = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~?'
_RU = "йцукенгшщзхъфывапролджэячсмитьбюё." + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ,"
_TO_RU = str.maketrans(_US, _RU)
_TO_US = str.maketrans(_RU, _US)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def fold(text: str) -> str:
    """Words in lower case with single spaces between; `ё` is `е`, marks over Latin letters are gone, `0,5` is `0.5`.

    The point of a number stays, so that half a litre is not five litres; apostrophes join: `Lay's` is `lays`.
    """
    plain = text.lower() if text.isascii() else _without_marks(unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_WORD.findall(plain.translate(_APOSTROPHES))).replace(",", ".")


def layout_twin(query: str) -> str:
    """The query as the same keys give it under the other layout (`rjkf` → `кола`); empty when it holds both alphabets or none."""
    latin, cyrillic = bool(_LATIN.search(query)), bool(_CYRILLIC.search(query))
    if latin == cyrillic:
        return ""
    kept = _DECIMAL_POINT.sub("\x00", query)
    return kept.translate(_TO_RU if latin else _TO_US).replace("\x00", ".")


def _without_marks(text: str) -> str:
    """Accents off: `é` is `e`. The breve of `й` makes a letter of its own and stays."""
    if _UNMARKED.fullmatch(text):
        return text
    spared = text.replace("й", "\x00")
    letters = (sign for sign in unicodedata.normalize("NFD", spared) if not unicodedata.combining(sign))
    return "".join(letters).replace("\x00", "й")
