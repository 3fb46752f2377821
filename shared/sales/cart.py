"""The open cart as a value: every verb returns another cart, and the history undoes and redoes them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from shared.core.errors import Param, Refusal
from shared.core.money import MILLI, times
from shared.core.text import N_
from shared.sales import rules
from shared.sales.rules import NO_DISCOUNT, Discount, SaleTotals

LINES_MAX = 80
"""Eighty lines with the longest names still fit one operation of 64 KiB."""
HISTORY_MAX = 100


class CartItem(msgspec.Struct, frozen=True, kw_only=True):
    """A product as the till sells it now: name, price and tax as they will be written down."""

    product_id: str
    name: str
    unit: str
    price_minor: int
    tax_rate_id: str
    tax_bp: int
    tax_included: bool = True
    category_id: str | None = None
    barcode: str = ""
    age_mark: int = 0
    """Years the buyer must have lived; 0 asks nothing."""


class CartLine(CartItem, frozen=True, kw_only=True):
    """One position; `line_no` names it for as long as the cart lives and is never used again."""

    line_no: int
    quantity_milli: int
    discount: Discount = NO_DISCOUNT
    marking: str = ""
    """The unique code of this very piece, when the goods carry one."""

    def takes(self, item: CartItem, marking: str) -> bool:
        """Whether more of the item goes onto this line: same product, same price, and neither is a unique piece."""
        alike = self.product_id == item.product_id and self.price_minor == item.price_minor
        return alike and not marking and not self.marking


class Cart(msgspec.Struct, frozen=True, kw_only=True):
    """Everything put together for one guest so far."""

    lines: tuple[CartLine, ...] = ()
    discount: Discount = NO_DISCOUNT
    selected: int = 0
    """`line_no` of the selected line; 0 while the cart is empty."""
    next_line_no: int = 1

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def age_mark(self) -> int:
        """The highest age any line asks for; 0 asks nothing."""
        return max((line.age_mark for line in self.lines), default=0)

    def totals(self) -> SaleTotals:
        """What the cart comes to. Refuses beyond the limit of one sale."""
        return rules.totals(self.lines, self.discount)

    def line(self, line_no: int) -> CartLine:
        """One line. Refuses a number the cart does not hold."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise Refusal("line_is_gone", N_("That line is not in the cart any more. Pick another with ↑ ↓"))

    def add(self, item: CartItem, quantity_milli: int = MILLI, marking: str = "") -> "Cart":
        """The item put in and selected; more of the same product at the same price joins its line. Refuses over the limits."""
        rules.checked_price(item.price_minor)
        quantity = rules.checked_quantity(quantity_milli, item.unit)
        if marking and any(line.marking == marking for line in self.lines):
            raise Refusal("marking_is_in_cart", N_("This very piece is in the cart already. Scan the next one"))
        for line in self.lines:
            if line.takes(item, marking):
                return self._with_quantity(line, line.quantity_milli + quantity)
        if len(self.lines) >= LINES_MAX:
            text = N_("At most {limit} lines in one sale. Take payment and start another")
            raise Refusal("cart_is_full", text, limit=LINES_MAX)
        # Only the item's own fields: a line passed in to be added again must not bring its number along.
        fields = {name: getattr(item, name) for name in CartItem.__struct_fields__}
        line = CartLine(**fields, line_no=self.next_line_no, quantity_milli=quantity, marking=marking)
        grown = Cart(lines=(*self.lines, line), discount=self.discount, selected=line.line_no, next_line_no=self.next_line_no + 1)
        return grown._within_limits()

    def set_quantity(self, line_no: int, quantity_milli: int) -> "Cart":
        """The line at a new quantity. Refuses zero, fractions of pieces, and more than one of a unique piece."""
        return self._with_quantity(self.line(line_no), quantity_milli)

    def change_quantity(self, line_no: int, by_milli: int) -> "Cart":
        """The line with more or less of it; nothing left takes the line away."""
        line = self.line(line_no)
        if line.quantity_milli + by_milli <= 0:
            return self.remove(line_no)
        return self._with_quantity(line, line.quantity_milli + by_milli)

    def remove(self, line_no: int) -> "Cart":
        """The cart without the line; the next one is selected, or the last."""
        place = self.lines.index(self.line(line_no))
        left = self.lines[:place] + self.lines[place + 1 :]
        if not left:
            return self.clear()
        return msgspec.structs.replace(self, lines=left, selected=left[min(place, len(left) - 1)].line_no)

    def select(self, line_no: int) -> "Cart":
        """Another line selected."""
        return msgspec.structs.replace(self, selected=self.line(line_no).line_no)

    def move_selection(self, steps: int) -> "Cart":
        """The selection moved down (or up, below zero), stopping at the ends."""
        if not self.lines:
            return self
        numbers = [line.line_no for line in self.lines]
        place = numbers.index(self.selected) + steps
        return msgspec.structs.replace(self, selected=numbers[max(0, min(place, len(numbers) - 1))])

    def discount_line(self, line_no: int, discount: Discount) -> "Cart":
        """The line with another discount. Refuses more than the line costs."""
        line = self.line(line_no)
        _refuse_more_than(times(line.quantity_milli, line.price_minor), discount)
        return self._replaced(msgspec.structs.replace(line, discount=discount))

    def discount_document(self, discount: Discount) -> "Cart":
        """The whole cart with another discount on top of the lines' own. Refuses more than the cart costs."""
        net = sum(figures.net_minor for figures in rules.totals(self.lines).lines)
        _refuse_more_than(net, discount)
        return msgspec.structs.replace(self, discount=discount)

    def clear(self) -> "Cart":
        """Nothing in it; line numbers go on, so an old number never means a new line."""
        return Cart(next_line_no=self.next_line_no)

    def _with_quantity(self, line: CartLine, quantity_milli: int) -> "Cart":
        quantity = rules.checked_quantity(quantity_milli, line.unit)
        if line.marking and quantity != line.quantity_milli:
            raise Refusal("marking_is_one_piece", N_("Marked goods are sold one by one. Scan the next piece"))
        return self._replaced(msgspec.structs.replace(line, quantity_milli=quantity))._within_limits()

    def _replaced(self, changed: CartLine) -> "Cart":
        lines = tuple(changed if line.line_no == changed.line_no else line for line in self.lines)
        return msgspec.structs.replace(self, lines=lines, selected=changed.line_no)

    def _within_limits(self) -> "Cart":
        self.totals()
        return self


def _refuse_more_than(amount_minor: int, discount: Discount) -> None:
    if discount.amount_minor > amount_minor:
        text = N_("The discount is more than {limit_minor}. Type less")
        raise Refusal("discount_is_above_price", text, limit_minor=amount_minor)


EMPTY_CART = Cart()


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence about a step, untranslated; `params` are shown like those of a refusal."""

    text: str
    params: Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class History:
    """The present cart with the carts before and after it; at most `HISTORY_MAX` steps back."""

    present: Cart = EMPTY_CART
    past: tuple[Cart, ...] = ()
    future: tuple[Cart, ...] = ()

    def do(self, cart: Cart) -> "History":
        """A new present. What only moves the selection is no step and keeps the way forward."""
        if _content(cart) == _content(self.present):
            return replace(self, present=cart)
        return History(present=cart, past=(*self.past, self.present)[-HISTORY_MAX:])

    def undo(self) -> "History":
        """One step back; the same history when there is none."""
        if not self.past:
            return self
        return History(present=self.past[-1], past=self.past[:-1], future=(self.present, *self.future))

    def redo(self) -> "History":
        """One step forward again; the same history when there is none."""
        if not self.future:
            return self
        return History(present=self.future[0], past=(*self.past, self.present), future=self.future[1:])

    @property
    def undo_label(self) -> Label | None:
        """What `undo` would take back."""
        return step_label(self.past[-1], self.present) if self.past else None

    @property
    def redo_label(self) -> Label | None:
        """What `redo` would do again."""
        return step_label(self.present, self.future[0]) if self.future else None


def _content(cart: Cart) -> tuple[tuple[CartLine, ...], Discount]:
    return cart.lines, cart.discount


def step_label(before: Cart, after: Cart) -> Label:
    """What turned one cart into the other, in words."""
    earlier = {line.line_no: line for line in before.lines}
    later = {line.line_no: line for line in after.lines}
    removed = [line for number, line in earlier.items() if number not in later]
    if removed and not later and len(removed) > 1:
        return Label(N_("Cart cleared"), {})
    if removed:
        return Label(N_("{name} removed"), {"name": removed[0].name})
    for number, line in later.items():
        if number not in earlier:
            return Label(N_("{name} × {quantity_milli} in the cart"), {"name": line.name, "quantity_milli": line.quantity_milli})
        was = earlier[number]
        if was.quantity_milli != line.quantity_milli:
            params: dict[str, Param] = {"name": line.name, "before_milli": was.quantity_milli, "after_milli": line.quantity_milli}
            return Label(N_("{name}: {before_milli} → {after_milli}"), params)
        if was.discount != line.discount:
            return Label(N_("{name}: discount changed"), {"name": line.name})
    return Label(N_("Discount changed"), {})
