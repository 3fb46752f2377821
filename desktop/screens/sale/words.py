"""How goods, lines and sums of the sale are said, in the language in force."""

import re
from collections.abc import Mapping, Sequence

from desktop.config.i18n import NBSP, money, ntr, quantity, refusal_text, tr, unit_sign
from desktop.screens.sale.state import LOW_STOCK_MILLI, About, Problem, SaleState
from desktop.widgets.cart_list import CartRow, FoundRow
from desktop.widgets.goods_tile import Tile
from shared.core.errors import Param, Refusal
from shared.core.money import MILLI, currency
from shared.sales.cart import Cart, CartLine
from shared.sales.queries import Offer
from shared.sales.rules import LineTotals, SaleTotals

NO_ICON = "package"


def sentence(text: str, params: Mapping[str, Param], currency_code: str) -> str:
    """A marked sentence with money, quantities and numbers written for people."""
    return refusal_text(Refusal("said", text, **params), currency_code)


def problem_text(problem: Problem | None, currency_code: str) -> str:
    """What is wrong, empty when nothing is."""
    return sentence(problem.text, problem.params, currency_code) if problem is not None else ""


def amount_of(quantity_milli: int, unit: str) -> str:
    """A quantity with its sign: `2 шт.`, `0,5 кг`."""
    return quantity(quantity_milli, _sign(unit))


def tile(offer: Offer, icon: str, currency_code: str) -> Tile:
    """What lies on a quick tile."""
    low = offer.stock_milli is not None and offer.stock_milli <= LOW_STOCK_MILLI
    stock = tr("not counted") if offer.stock_milli is None else amount_of(offer.stock_milli, offer.unit)
    return Tile(offer.name, _price(offer, currency_code), stock, icon or NO_ICON, low)


def found_row(offer: Offer, searched: str, currency_code: str) -> FoundRow:
    """A row of the list, with what was typed marked in its name."""
    note = tr("code .{code}", code=offer.code) if offer.code else offer.barcode or offer.category.rpartition("/")[2]
    is_out = offer.stock_milli is not None and offer.stock_milli <= 0
    stock = "" if offer.stock_milli is None else tr("out of stock") if is_out else amount_of(offer.stock_milli, offer.unit)
    return FoundRow(offer.name, note, stock, _price(offer, currency_code), is_out, marked(offer.name, searched))


def marked(name: str, searched: str) -> tuple[tuple[int, int], ...]:
    """Where the typed words stand in a name, as (start, length), none over another."""
    plain = name.casefold().replace("ё", "е")
    if len(plain) != len(name):
        return ()
    spans = []
    for word in set(searched.casefold().replace("ё", "е").split()):
        spans += [(found.start(), len(word)) for found in re.finditer(re.escape(word), plain)]
    kept: list[tuple[int, int]] = []
    for start, length in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= sum(kept[-1]):
            kept.append((start, length))
    return tuple(kept)


def cart_rows(cart: Cart, totals: SaleTotals, currency_code: str) -> list[CartRow]:
    """The lines of the receipt."""
    kopecks = has_kopecks([figures.total_minor for figures in totals.lines], currency_code)
    return [_cart_row(line, figures, currency_code, kopecks) for line, figures in zip(cart.lines, totals.lines, strict=True)]


def items_text(cart: Cart) -> str:
    """How much is in the receipt: pieces counted, what is weighed counts once."""
    pieces = sum(line.quantity_milli // MILLI if line.unit == "pc" else 1 for line in cart.lines)
    return ntr("{n} item", "{n} items", pieces)


def sums(state: SaleState) -> list[tuple[str, str]]:
    """Names and amounts above the total; a rounded amount never stands beside one with kopecks."""
    if state.cart.is_empty:
        return []
    totals, code = state.totals, state.currency
    on_top = totals.total_minor - totals.gross_minor + totals.discount_minor
    amounts = [totals.gross_minor, totals.discount_minor, on_top, totals.total_minor]
    kopecks = has_kopecks(amounts, code)
    rows = [(tr("Lines, {items}", items=items_text(state.cart)), money(totals.gross_minor, code, kopecks=kopecks))]
    if totals.discount_minor:
        rows.append((tr("Discount"), money(-totals.discount_minor, code, kopecks=kopecks)))
    if on_top:
        rows.append((tr("Tax on top"), money(on_top, code, kopecks=kopecks)))
    return rows


def total_text(state: SaleState) -> str:
    """The total, with kopecks when the block above has them."""
    totals = state.totals
    kopecks = has_kopecks([totals.gross_minor, totals.discount_minor, totals.total_minor], state.currency)
    return money(totals.total_minor, state.currency, kopecks=kopecks)


def about_rows(about: About) -> list[tuple[str, str, str]]:
    """Name, value and colour of what is known of the goods at hand."""
    of = about.offer
    rows = []
    if of.stock_milli is None:
        rows.append((tr("In the club's stock"), tr("not counted"), "text"))
    else:
        rows.append((tr("In the club's stock"), amount_of(of.stock_milli, of.unit), "danger" if of.stock_milli <= 0 else "text"))
    sold = "…" if about.sold_milli is None else amount_of(about.sold_milli, of.unit)
    rows.append((tr("Sold in this shift"), sold, "text"))
    if of.age_mark:
        rows.append((tr("Age"), tr("from {age} years", age=of.age_mark), "text"))
    elif of.code:
        rows.append((tr("Quick code"), f".{of.code}", "text"))
    return rows


def icons_by_category(state: SaleState) -> Mapping[str, str]:
    """The icon of each top category, by its name."""
    return {shown.path: shown.icon for shown in state.shelf.categories}


def has_kopecks(amounts: Sequence[int], currency_code: str) -> bool:
    """Whether an amount of a block needs minor units; then all of them show some."""
    unit = currency(currency_code).minor_per_unit
    return any(amount % unit for amount in amounts)


def _cart_row(line: CartLine, figures: LineTotals, code: str, kopecks: bool) -> CartRow:
    note = ""
    if line.quantity_milli != MILLI:
        price = money(line.price_minor, code)
        is_piece = line.unit == "pc"
        note = tr("{price} each", price=price) if is_piece else tr("{price} per {unit}", price=price, unit=_sign(line.unit))
    if line.age_mark:
        note = f"{note}{NBSP}· {line.age_mark}+" if note else f"{line.age_mark}+"
    shown = quantity(line.quantity_milli) if line.unit == "pc" else amount_of(line.quantity_milli, line.unit)
    old = money(figures.gross_minor, code, kopecks=kopecks) if figures.discount_minor else ""
    return CartRow(line.name, note, shown, money(figures.total_minor, code, kopecks=kopecks), old)


def _price(offer: Offer, code: str) -> str:
    if offer.price_minor is None:
        return tr("no price")
    price = money(offer.price_minor, code)
    return price if offer.unit == "pc" else f"{price}/{_sign(offer.unit)}"


def _sign(unit: str) -> str:
    return unit_sign("pcs" if unit == "pc" else unit)
