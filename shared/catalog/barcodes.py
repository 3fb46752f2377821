"""What a scanner read or a person typed: trade numbers, in-store labels, marking codes, and plain codes.

Sources: GS1 General Specifications (check digit, GTIN forms, application identifiers 01, 21, 310n; prefixes 20–29 for
use within a store), UPC-E expansion; there is no national scheme for 20–29 in Russia, so the layout is the club's table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from shared.core.errors import Refusal
from shared.core.money import MILLI, divide
from shared.core.text import N_

TEXT_MAX = 512
GTIN_LENGTHS = (8, 12, 13, 14)
GS = "\x1d"
"""Group separator between variable-length elements of a marking code."""
_MINOR_PER_UNIT = 100
_TOBACCO_LENGTH = 29

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_AIMS = frozenset({"]d2", "]C1", "]Q3", "]e0"})
_RETAIL_AIMS = frozenset({"", "]E0", "]E3", "]E4", "]I0", "]I1", "]X0"})
_NET_WEIGHT = re.compile(r"310([0-6])([0-9]{6})")
_ROUNDED = re.compile(r"[0-9]+([.,][0-9]+)?[eEеЕ]\+?[0-9]+")
_PRINTED_GAPS = str.maketrans("", "", " -\u00a0\u2010\u2011\u2012\u2013\t'")


class ScanKind(StrEnum):
    """What kind of code it is."""

    GTIN = "gtin"
    IN_STORE = "in_store"
    TEXT = "text"


class Measure(StrEnum):
    """What the value inside an in-store label means."""

    WEIGHT = "weight"
    PRICE = "price"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class InStoreRule:
    """Layout of an in-store EAN-13: prefix, item digits, value digits (12 together), then the check digit.

    The value is divided by `divisor` to give kilograms, pieces or whole currency units.
    """

    prefix: str
    item_digits: int
    value_digits: int
    divisor: int
    meaning: Measure

    def __post_init__(self) -> None:
        digits = len(self.prefix) + self.item_digits + self.value_digits
        sizes = self.item_digits > 0 and self.value_digits > 0 and self.divisor > 0
        if not (re.fullmatch(r"2[0-9]{1,3}", self.prefix) and digits == 12 and sizes):
            text = N_("A label rule needs a prefix from 20 to 29 and 12 digits in all. Correct rule {prefix}")
            raise Refusal("label_rule_is_wrong", text, prefix=self.prefix)


DEFAULT_IN_STORE_RULES = (
    InStoreRule("20", 5, 5, 1000, Measure.WEIGHT),
    InStoreRule("21", 5, 5, 1000, Measure.WEIGHT),
    InStoreRule("22", 5, 5, 100, Measure.PRICE),
    InStoreRule("23", 5, 5, 1, Measure.QUANTITY),
)
"""Layouts most scales are delivered with; 24–29 stay whole numbers, 29 is for the club's own labels."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One code understood. `code` is what the catalogue knows it by, `also` other ways to know it, in this order."""

    kind: ScanKind
    text: str
    code: str
    also: tuple[str, ...] = ()
    quantity_milli: int = 0
    """Weight or count the label carries; 0 when it carries none."""
    price_minor: int = 0
    """What the label costs as a whole; 0 when it carries no price."""
    marking: str = ""
    """The unique code of this very piece, exactly as read, when there is one."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything to look it up by, best first."""
        return (self.code, *self.also)


def check_digit_holds(digits: str) -> bool:
    """Whether the last digit is right (GS1 modulo 10: weights 3, 1 from the right). `digits` holds ASCII digits only."""
    raw = digits.encode("ascii")
    plain, tripled = raw[-1::-2], raw[-2::-2]
    return (sum(plain) + 3 * sum(tripled) - 48 * (len(plain) + 3 * len(tripled))) % 10 == 0


def with_check_digit(digits: str) -> str:
    """The digits followed by their check digit."""
    return next(digits + last for last in "0123456789" if check_digit_holds(digits + last))


def expand_upc_e(digits: str) -> str | None:
    """The 12 digits an 8-digit UPC-E stands for; None when it is not one or its check digit is wrong."""
    if len(digits) != 8 or digits[0] not in "01":
        return None
    system, body, last = digits[0], digits[1:7], digits[7]
    if body[5] in "012":
        long = body[:2] + body[5] + "0000" + body[2:5]
    elif body[5] == "3":
        long = body[:3] + "00000" + body[3:5]
    elif body[5] == "4":
        long = body[:4] + "00000" + body[4]
    else:
        long = body[:5] + "0000" + body[5]
    whole = system + long + last
    return whole if check_digit_holds(whole) and whole.strip("0") else None


def canonical_gtin(digits: str) -> str:
    """The one form the catalogue keeps: 8 digits for EAN-8, 13 for EAN-13 and UPC-A, 14 only for a case of goods."""
    if len(digits) == 14 and digits[0] == "0":
        digits = digits[1:]
    if len(digits) == 12:
        digits = "0" + digits
    # Five zeros in front of thirteen are an EAN-8 in a longer field; GS1 issues no other number there.
    return digits[5:] if len(digits) == 13 and digits.startswith("00000") else digits


def parse(text: str, in_store_rules: Sequence[InStoreRule] = DEFAULT_IN_STORE_RULES) -> Scan:
    """What a code means. Refuses an empty, overlong or misread one, and a label that carries nothing."""
    text = text.strip("\r\n\t \x02\x03")
    aim = found.group() if (found := _AIM.match(text)) else ""
    body = text[len(aim) :].removeprefix(GS)
    if not body:
        raise Refusal("code_is_empty", N_("The code is empty. Scan again"))
    if len(body) > TEXT_MAX:
        raise Refusal("code_is_too_long", N_("The code is too long for goods. Scan the barcode of the item"))
    if marked := _elements(aim, body) or _tobacco(aim, body):
        return marked
    if aim == "]E3":
        body = body[:13]
    if not _is_digits(body) or len(body) not in GTIN_LENGTHS or aim not in _RETAIL_AIMS:
        return Scan(ScanKind.TEXT, body, body)
    if len(body) == 8 and aim != "]E4" and (short := _upc_e(body)):
        return short
    gtin = canonical_gtin(_checked(body))
    for rule in in_store_rules if len(gtin) == 13 else ():
        if gtin.startswith(rule.prefix):
            return _label(gtin, rule)
    kind = ScanKind.IN_STORE if gtin[0] == "2" and len(gtin) in (8, 13) else ScanKind.GTIN
    return Scan(kind, body, gtin)


# A part of an import asks for each of its barcodes twice: when it is read, and when it is taken.
@lru_cache(maxsize=256)
def goods_barcode(text: str, *, lost_zeros: bool = False) -> str:
    """The canonical form of a barcode written in a list of goods; short and lettered codes stay as they are.

    `lost_zeros` says that the cell was a number, so zeros in front may be missing. Refuses 9 to 12 digits that are no
    trade number, a wrong check digit, and numbers that a spreadsheet rounded.
    """
    if len(text) == 13 and _is_digits(text) and check_digit_holds(text) and not text.startswith("00000"):
        return text
    code = text.strip().removesuffix(".0") if lost_zeros else text.strip()
    if not _is_digits(code):
        if _ROUNDED.fullmatch(code):
            cause = N_("A spreadsheet rounded the barcode to {number}. Make the column text and save the file again")
            raise Refusal("barcode_is_rounded", cause, number=code)
        printed = code.translate(_PRINTED_GAPS)
        if not _is_digits(printed):
            return _plain(code)
        code = printed
    if lost_zeros and not (len(code) in GTIN_LENGTHS and check_digit_holds(code)):
        code = _with_lost_zeros(code)
    if len(code) < 8 or len(code) > 14:
        return _plain(code)
    if len(code) == 8 and (short := _upc_e(code)):
        return short.code
    return canonical_gtin(_checked(code))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _with_lost_zeros(code: str) -> str:
    """The trade number whose zeros in front a number cell lost; the same code when none fits."""
    for short, length in ((7, 8), (11, 12), (10, 12), (12, 13)):
        if len(code) == short and check_digit_holds(code.zfill(length)):
            return code.zfill(length)
    return code


def _plain(code: str) -> str:
    if not code or len(code) > TEXT_MAX:
        raise Refusal("code_is_empty", N_("The code is empty. Scan again"))
    return code


def _checked(digits: str) -> str:
    """The same trade number. Refuses a wrong length, a wrong check digit, and nothing but zeros."""
    if len(digits) in GTIN_LENGTHS and check_digit_holds(digits) and digits.strip("0"):
        return digits
    if 9 <= len(digits) <= 12:
        text = N_("{digits} digits, 13 needed. Scan the item or add what is missing")
        raise Refusal("barcode_is_short", text, digits=len(digits), number=digits)
    text = N_("One digit of {number} is wrong. Scan the item or compare the number")
    raise Refusal("barcode_is_misread", text, number=digits)


def _upc_e(body: str) -> Scan | None:
    """A UPC-E; where the same digits are a right EAN-8 too, zero in front decides, and the other reading is kept beside."""
    expanded = expand_upc_e(body)
    if expanded is None:
        return None
    long = canonical_gtin(expanded)
    if not check_digit_holds(body):
        return Scan(ScanKind.GTIN, body, long)
    first, second = (long, body) if body[0] == "0" else (body, long)
    return Scan(ScanKind.GTIN, body, first, (second,))


def _label(gtin: str, rule: InStoreRule) -> Scan:
    begin = len(rule.prefix)
    item, value = gtin[begin : begin + rule.item_digits], int(gtin[begin + rule.item_digits : 12])
    if value == 0:
        raise Refusal("label_is_empty", N_("The label carries a zero. Weigh the goods again"))
    also = tuple(dict.fromkeys((item, item.lstrip("0") or item)))
    if rule.meaning is Measure.PRICE:
        price = divide(value * _MINOR_PER_UNIT, rule.divisor)
        return Scan(ScanKind.IN_STORE, gtin, rule.prefix + item, also, price_minor=price)
    quantity = divide(value * MILLI, rule.divisor)
    return Scan(ScanKind.IN_STORE, gtin, rule.prefix + item, also, quantity_milli=quantity)


def _elements(aim: str, body: str) -> Scan | None:
    """A GS1 element string that begins with the trade number, or None.

    Without a GS1 symbol or separator only `01`, fourteen right digits and something after them count: `21…` or `96…`
    alone may as well be an in-store label or an EAN-8.
    """
    number, rest = body[2:16], body[16:]
    if not (body.startswith("01") and len(number) == 14 and _is_digits(number) and check_digit_holds(number)):
        return None
    if not (aim in _GS1_AIMS or rest):
        return None
    weight = _NET_WEIGHT.match(rest)
    quantity = divide(int(weight[2]) * MILLI, 10 ** int(weight[1])) if weight else 0
    marking = body if rest.startswith("21") else ""
    return Scan(ScanKind.GTIN, body, canonical_gtin(number), quantity_milli=quantity, marking=marking)


def _tobacco(aim: str, body: str) -> Scan | None:
    """A pack of cigarettes: the trade number and 15 more signs in a plain DataMatrix, without identifiers."""
    number = body[:14]
    if len(body) != _TOBACCO_LENGTH or aim not in ("", "]d1") or not _is_digits(number) or not check_digit_holds(number):
        return None
    return Scan(ScanKind.GTIN, body, canonical_gtin(number), marking=body)
