"""What a sale comes to and what pays for it: discounts, tax, tenders, change and cash rounding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import msgspec

from shared.core import money
from shared.core.errors import Refusal
from shared.core.money import Currency, RoundingWay
from shared.core.text import N_

QUANTITY_MAX_MILLI = 9_999_999
"""A typed barcode must never pass as a quantity."""
PRICE_MAX_MINOR = 10**12
TOTAL_MAX_MINOR = 10**13
TENDERS_MAX = 8
QUICK_AMOUNTS_MAX = 5
DIVISIBLE_UNITS = frozenset({"kg", "g", "l", "ml", "m", "h"})
"""Units sold in fractions; everything else is counted in whole pieces."""


class Discount(msgspec.Struct, frozen=True, omit_defaults=True):
    """A percentage (basis points) or an amount off; never both, neither means none. Refuses anything else."""

    percent_bp: int = 0
    amount_minor: int = 0

    def __post_init__(self) -> None:
        if self.percent_bp and self.amount_minor:
            raise Refusal("discount_is_double", N_("A discount is a percentage or an amount. Leave one of them"))
        if not 0 <= self.percent_bp <= money.FULL_BP:
            raise Refusal("discount_is_out_of_range", N_("A discount is from 0 to 100 %. Correct the number"))
        if self.amount_minor < 0:
            raise Refusal("discount_is_out_of_range", N_("A discount cannot be below zero. Correct the number"))

    def __bool__(self) -> bool:
        return bool(self.percent_bp or self.amount_minor)

    def off(self, amount_minor: int) -> int:
        """What it takes off an amount, at most the whole of it; the remainder is what gets rounded."""
        if self.percent_bp:
            return amount_minor - money.less_percent(amount_minor, self.percent_bp)
        return min(self.amount_minor, amount_minor)


NO_DISCOUNT = Discount()


class PricedLine(Protocol):
    """What a line must tell for its total."""

    @property
    def line_no(self) -> int: ...
    @property
    def quantity_milli(self) -> int: ...
    @property
    def price_minor(self) -> int: ...
    @property
    def tax_rate_id(self) -> str: ...
    @property
    def tax_bp(self) -> int: ...
    @property
    def tax_included(self) -> bool: ...
    @property
    def discount(self) -> Discount: ...


class LineTotals(msgspec.Struct, frozen=True):
    """One line in minor units: gross − line discount − its share of the document discount = net; total is what the guest pays."""

    line_no: int
    gross_minor: int
    line_discount_minor: int
    document_discount_minor: int
    net_minor: int
    tax_minor: int
    total_minor: int

    @property
    def discount_minor(self) -> int:
        """Everything taken off the line."""
        return self.line_discount_minor + self.document_discount_minor


class TaxSum(msgspec.Struct, frozen=True):
    """Tax of all lines at one rate; `base_minor` is what those lines cost with the tax."""

    tax_rate_id: str
    tax_bp: int
    tax_included: bool
    base_minor: int
    tax_minor: int


class SaleTotals(msgspec.Struct, frozen=True):
    """The whole document; every sum equals Σ of its lines."""

    lines: tuple[LineTotals, ...]
    taxes: tuple[TaxSum, ...]
    gross_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int


def totals(lines: Sequence[PricedLine], discount: Discount = NO_DISCOUNT) -> SaleTotals:
    """Totals of a document: each line rounded once, the discount split, tax last. Refuses above the limit."""
    grosses = [money.times(line.quantity_milli, line.price_minor) for line in lines]
    line_discounts = [line.discount.off(gross) for line, gross in zip(lines, grosses, strict=True)]
    bases = [gross - off for gross, off in zip(grosses, line_discounts, strict=True)]
    shares = money.split(discount.off(sum(bases)), bases) if lines else ()
    figures = zip(lines, grosses, line_discounts, shares, strict=True)
    counted = tuple(_line(line, gross, off, part) for line, gross, off, part in figures)
    total = sum(line.total_minor for line in counted)
    if total > TOTAL_MAX_MINOR:
        raise Refusal("sale_is_too_large", N_("The total is too large. Check prices and quantities"))
    return SaleTotals(
        lines=counted,
        taxes=_taxes(lines, counted),
        gross_minor=sum(grosses),
        discount_minor=sum(line.discount_minor for line in counted),
        tax_minor=sum(line.tax_minor for line in counted),
        total_minor=total,
    )


def _line(line: PricedLine, gross_minor: int, line_discount_minor: int, document_discount_minor: int) -> LineTotals:
    net = gross_minor - line_discount_minor - document_discount_minor
    tax = money.tax_inside(net, line.tax_bp) if line.tax_included else money.tax_on_top(net, line.tax_bp)
    return LineTotals(
        line_no=line.line_no,
        gross_minor=gross_minor,
        line_discount_minor=line_discount_minor,
        document_discount_minor=document_discount_minor,
        net_minor=net,
        tax_minor=tax,
        total_minor=net if line.tax_included else net + tax,
    )


def _taxes(lines: Sequence[PricedLine], counted: Sequence[LineTotals]) -> tuple[TaxSum, ...]:
    sums: dict[tuple[str, int, bool], tuple[int, int]] = {}
    for line, figures in zip(lines, counted, strict=True):
        rate = (line.tax_rate_id, line.tax_bp, line.tax_included)
        base, tax = sums.get(rate, (0, 0))
        sums[rate] = (base + figures.total_minor, tax + figures.tax_minor)
    return tuple(TaxSum(*rate, base_minor=base, tax_minor=tax) for rate, (base, tax) in sums.items())


def check_discount_cap(sale: SaleTotals, cap_bp: int) -> None:
    """Refuses a sale that takes more than the cap off any line or off the whole; less than one minor unit is rounding."""
    figures = [(line.discount_minor, line.gross_minor) for line in sale.lines]
    for off, gross in (*figures, (sale.discount_minor, sale.gross_minor)):
        if off * money.FULL_BP - gross * cap_bp >= money.FULL_BP:
            text = N_("Over {percent} % needs the shift lead: card or PIN")
            raise Refusal("discount_needs_lead", text, percent=cap_bp // 100)


def checked_quantity(quantity_milli: int, unit: str) -> int:
    """The same quantity in thousandths. Refuses zero, negative, too large, and fractions of what is sold in pieces."""
    if quantity_milli <= 0:
        raise Refusal("quantity_is_not_positive", N_("A quantity is above zero. Del removes the line"))
    if quantity_milli > QUANTITY_MAX_MILLI:
        raise Refusal("quantity_is_too_large", N_("The most is {limit_milli}. Check the number"), limit_milli=QUANTITY_MAX_MILLI)
    if quantity_milli % money.MILLI and unit not in DIVISIBLE_UNITS:
        raise Refusal("quantity_is_fractional", N_("This item is sold in whole pieces. Type a whole number"))
    return quantity_milli


def checked_price(price_minor: int) -> int:
    """The same price in minor units. Refuses a negative or too large one."""
    if price_minor < 0:
        raise Refusal("price_is_negative", N_("A price cannot be below zero. Correct it"))
    if price_minor > PRICE_MAX_MINOR:
        raise Refusal("price_is_too_large", N_("The price is too large. Check the number"))
    return price_minor


class TenderKind(StrEnum):
    """What money came as."""

    CASH = "cash"
    CARD = "card"


class Tender(msgspec.Struct, frozen=True):
    """One payment: `amount_minor` covers the sale, `tendered_minor` was handed over; only cash may hand over more."""

    kind: TenderKind
    amount_minor: int
    tendered_minor: int

    @property
    def change_minor(self) -> int:
        """What goes back to the guest."""
        return self.tendered_minor - self.amount_minor


@dataclass(frozen=True, slots=True)
class CashRounding:
    """How the cash-paid remainder is rounded; a step of one minor unit means not at all."""

    step_minor: int = 1
    way: RoundingWay = RoundingWay.DOWN

    def of(self, amount_minor: int) -> int:
        """What rounding adds to an amount."""
        return money.cash_rounding(amount_minor, self.step_minor, self.way)


EXACT_CASH = CashRounding()


class Settlement(msgspec.Struct, frozen=True):
    """A paid sale: Σ tendered − change = total + rounding; rounding is its own line, never part of a sale line."""

    tenders: tuple[Tender, ...]
    total_minor: int
    rounding_minor: int
    change_minor: int


def cash_due(total_minor: int, card_minor: int = 0, rounding: CashRounding = EXACT_CASH) -> int:
    """What remains to be paid in cash after cards, rounded; zero when nothing remains."""
    remainder = max(0, total_minor - card_minor)
    return remainder + rounding.of(remainder)


def settle(total_minor: int, given: Iterable[tuple[TenderKind, int]], rounding: CashRounding = EXACT_CASH) -> Settlement:
    """Tenders, change and rounding for what was handed over, as (kind, tendered).

    Refuses: underpaid, change without cash, cash where nothing remains, amounts that are not positive, too many tenders.
    """
    handed = tuple(given)
    if len(handed) > TENDERS_MAX:
        raise Refusal("tenders_are_too_many", N_("At most {limit} payments in one sale. Join some of them"), limit=TENDERS_MAX)
    cards = tuple(_checked_tender(amount) for kind, amount in handed if kind is TenderKind.CARD)
    cash = [amount for kind, amount in handed if kind is TenderKind.CASH]
    remainder = total_minor - sum(cards)
    if remainder < 0:
        text = N_("A card takes {total_minor} at most. Change is given from cash only")
        raise Refusal("change_needs_cash", text, total_minor=total_minor)
    tenders = tuple(Tender(TenderKind.CARD, amount, amount) for amount in cards)
    if not cash:
        return _without_cash(total_minor, remainder, tenders)
    if remainder == 0:
        raise Refusal("nothing_remains_for_cash", N_("Everything is paid already. Take the cash payment away"))
    due = remainder + rounding.of(remainder)
    # Rounded down to nothing, the guest hands over nothing; that is the only cash payment of zero.
    tendered = sum(amount if due == 0 and amount == 0 else _checked_tender(amount) for amount in cash)
    if tendered < due:
        raise Refusal("underpaid", N_("{missing_minor} missing. Add cash or pay the rest by card"), missing_minor=due - tendered)
    return Settlement(
        tenders=(*tenders, Tender(TenderKind.CASH, due, money.bounded(tendered))),
        total_minor=total_minor,
        rounding_minor=due - remainder,
        change_minor=tendered - due,
    )


def _without_cash(total_minor: int, remainder: int, tenders: tuple[Tender, ...]) -> Settlement:
    if remainder > 0:
        raise Refusal("underpaid", N_("{missing_minor} missing. Add cash or pay the rest by card"), missing_minor=remainder)
    return Settlement(tenders=tenders, total_minor=total_minor, rounding_minor=0, change_minor=0)


def _checked_tender(amount_minor: int) -> int:
    if amount_minor <= 0:
        raise Refusal("tender_is_not_positive", N_("A payment is above zero. Type the amount or take the payment away"))
    return money.bounded(amount_minor)


def quick_amounts(due_minor: int, currency: Currency) -> tuple[int, ...]:
    """What guests are likely to hand over: the exact amount, then the next multiple of each note, at most five, ascending."""
    if due_minor <= 0:
        return ()
    nexts = {-(-due_minor // note) * note for note in currency.notes}
    return (due_minor, *sorted(nexts - {due_minor}))[:QUICK_AMOUNTS_MAX]


@dataclass(frozen=True, slots=True)
class ChangePieces:
    """Change as a hand takes it from the drawer: notes as (denomination, count), the rest in coins."""

    notes: tuple[tuple[int, int], ...]
    coins_minor: int


def change_pieces(change_minor: int, currency: Currency) -> ChangePieces:
    """The fewest notes for the change and what remains for coins."""
    notes, rest = money.pieces(change_minor, currency.notes)
    return ChangePieces(notes, rest)
