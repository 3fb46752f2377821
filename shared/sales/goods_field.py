"""The goods field of the till, key by key: tiles at once, a multiplier before them, codes after a point, words to search."""

from dataclasses import dataclass, replace

from shared.core.errors import Refusal
from shared.core.money import MILLI
from shared.core.text import N_
from shared.sales.rules import QUANTITY_MAX_MILLI

TEXT_MAX = 100
ENTER, BACKSPACE, ESCAPE = "enter", "backspace", "escape"
_DECIMALS = 3
_POINTS = frozenset(".,")
_TILES = frozenset("123456789")
_SIGNS = frozenset("+-")


@dataclass(frozen=True, slots=True)
class AddTile:
    """Put the product of quick tile 1–9 into the cart."""

    tile: int
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class TakeTileBack:
    """The digit was a multiplier: undo the step its tile made, if it made one."""

    tile: int


@dataclass(frozen=True, slots=True)
class AddCode:
    """Find the product by quick code or barcode and put it into the cart."""

    code: str
    quantity_milli: int


@dataclass(frozen=True, slots=True)
class Search:
    """Show what matches the text; empty text shows everything again."""

    text: str


@dataclass(frozen=True, slots=True)
class AddFound:
    """Put the selected search result into the cart."""

    quantity_milli: int


@dataclass(frozen=True, slots=True)
class SetQuantity:
    """Give the selected cart line this quantity."""

    quantity_milli: int


@dataclass(frozen=True, slots=True)
class ChangeQuantity:
    """One more or one less of the selected cart line."""

    by_milli: int


Intent = AddTile | TakeTileBack | AddCode | Search | AddFound | SetQuantity | ChangeQuantity


@dataclass(frozen=True, slots=True)
class GoodsField:
    """What stands in the field. `text` begins with `.` for a code, with `0` or `*` for a quantity, else it is searched.

    A digit adds its tile at once; `*` right after takes the tile back and makes the digit the multiplier. Longer and
    fractional quantities begin with `0` or `*`: `012*4`, `0,5*`; Enter instead of the last `*` gives it to the selected line.
    """

    text: str = ""
    multiplier_milli: int = 0
    last_digit: int = 0
    """The digit pressed just now, while `*` may still take its tile back."""

    @property
    def quantity_milli(self) -> int:
        """How much the next product is added with."""
        return self.multiplier_milli or MILLI

    def press(self, key: str) -> tuple["GoodsField", tuple[Intent, ...]]:
        """The field after one character or ENTER, BACKSPACE, ESCAPE, and what is to be done. Refuses a quantity that is none."""
        if key == ENTER:
            return self._enter()
        if key == ESCAPE:
            return GoodsField(), self._searched_away()
        if key == BACKSPACE:
            return self._retyped(self.text[:-1]) if self.text else (GoodsField(), ())
        if not self.text:
            return self._first(key)
        if self._is_number and key == "*":
            return GoodsField(multiplier_milli=parse_quantity(self.text.lstrip("*"))), ()
        return self._retyped((self.text + key)[:TEXT_MAX])

    def scanned(self, code: str) -> tuple["GoodsField", tuple[Intent, ...]]:
        """The scanner read a code, whatever stood in the field; only the multiplier counts."""
        return GoodsField(), (AddCode(code, self.quantity_milli), *self._searched_away())

    @property
    def _is_number(self) -> bool:
        return self.text[:1] in ("0", "*") and all(sign.isdecimal() or sign in _POINTS for sign in self.text[1:])

    @property
    def _is_search(self) -> bool:
        return bool(self.text) and not self._is_number and not self.text.startswith(".")

    def _first(self, key: str) -> tuple["GoodsField", tuple[Intent, ...]]:
        if key in _TILES:
            return GoodsField(last_digit=int(key)), (AddTile(int(key), self.quantity_milli),)
        if key == "*" and self.last_digit:
            return GoodsField(multiplier_milli=self.last_digit * MILLI), (TakeTileBack(self.last_digit),)
        if key in _SIGNS:
            return replace(self, last_digit=0), (ChangeQuantity(MILLI if key == "+" else -MILLI),)
        if key.isspace():
            return self, ()
        # The numpad's decimal key writes a comma under a Russian layout and a point under an English one.
        return self._retyped("." if key in _POINTS else key)

    def _retyped(self, text: str) -> tuple["GoodsField", tuple[Intent, ...]]:
        field = replace(self, text=text, last_digit=0)
        if field._is_search:
            return field, (Search(text),)
        return field, self._searched_away()

    def _searched_away(self) -> tuple[Intent, ...]:
        return (Search(""),) if self._is_search else ()

    def _enter(self) -> tuple["GoodsField", tuple[Intent, ...]]:
        if self._is_number:
            return GoodsField(), (SetQuantity(parse_quantity(self.text.lstrip("*"))),)
        if self._is_search:
            return GoodsField(), (AddFound(self.quantity_milli), Search(""))
        if len(self.text) > 1:
            return GoodsField(), (AddCode(self.text[1:], self.quantity_milli),)
        return self, ()


def parse_quantity(text: str) -> int:
    """Thousandths of a typed quantity such as `3` or `0,5`. Refuses other signs, more than three decimals, zero and too much."""
    whole, _, decimals = text.strip().replace(",", ".").partition(".")
    digits = whole + decimals
    if not (digits.isascii() and digits.isdecimal()) or len(decimals) > _DECIMALS or len(whole) > TEXT_MAX:
        raise Refusal("quantity_is_unreadable", N_("A quantity looks like 3 or 0.5. Type it again"))
    milli = int(whole or "0") * MILLI + int(decimals.ljust(_DECIMALS, "0"))
    if milli == 0:
        raise Refusal("quantity_is_not_positive", N_("A quantity is above zero. Del removes the line"))
    if milli > QUANTITY_MAX_MILLI:
        raise Refusal("quantity_is_too_large", N_("The most is {limit_milli}. Check the number"), limit_milli=QUANTITY_MAX_MILLI)
    return milli
