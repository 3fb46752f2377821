"""Taking payment and printing a receipt again."""

from collections.abc import Sequence

import msgspec

from shared.branches.queries import branch_settings
from shared.branches.rules import BranchSettings
from shared.catalog.barcodes import TEXT_MAX, parse
from shared.catalog.queries import ProductShown, find_by_scan, in_store_rules, products_by_id
from shared.core.calendar import business_day
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import MILLI
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command, require
from shared.sales import rules
from shared.sales.cart import LINES_MAX, CartLine
from shared.sales.operations import ReceiptReprinted, SaleCompleted, SoldLine
from shared.sales.queries import copies_of, last_receipt_number, last_sale_of_desk, sale_exists
from shared.sales.rules import NO_DISCOUNT, CashRounding, Discount, LineTotals, TenderKind
from shared.shifts.commands import open_shift_id
from shared.staff.queries import person_name
from shared.staff.rules import Right
from shared.stock.queries import levels_of
from shared.stock.rules import Level, cost_of


class LineAsked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One position of the cart. `price_minor` is the price the guest was told; another price now is refused, not charged."""

    product_id: Id
    quantity_milli: int = MILLI
    price_minor: int | None = None
    barcode: str = ""
    discount: Discount = NO_DISCOUNT
    marking: str | None = None


class TenderAsked(msgspec.Struct, frozen=True):
    """What was handed over, minor units."""

    kind: TenderKind
    tendered_minor: int


@command(Right.SELL)
def complete_sale(
    tx: Transaction,
    *,
    lines: tuple[LineAsked, ...],
    tenders: tuple[TenderAsked, ...],
    discount: Discount = NO_DISCOUNT,
    age_confirmed: bool = False,
    total_minor: int | None = None,
) -> SaleCompleted:
    """Take payment. `total_minor` is what the screen showed; a total that differs by now is refused."""
    open_shift_id(tx)
    settings = branch_settings(tx)
    if not lines:
        raise Refusal("cart_is_empty", N_("The cart is empty. Add something first"))
    if len(lines) > LINES_MAX:
        raise Refusal("cart_is_full", N_("At most {limit} lines in one sale. Take payment and start another"), limit=LINES_MAX)
    if discount or any(line.discount for line in lines):
        require(tx.actor, Right.DISCOUNT)
    products = products_by_id(tx, {line.product_id for line in lines})
    cart = [_cart_line(tx, number, line, products) for number, line in enumerate(lines)]
    _check_age(cart, age_confirmed)
    totals = rules.totals(cart, discount)
    if total_minor is not None and total_minor != totals.total_minor:
        raise Refusal(
            "total_changed", N_("The total is {total_minor} now. Look at the cart again"), total_minor=totals.total_minor
        )
    rounding = CashRounding(max(1, settings.cash_step_minor), settings.cash_rounding)
    paid = rules.settle(totals.total_minor, [(tender.kind, tender.tendered_minor) for tender in tenders], rounding)
    costs = _costs(tx, cart, products)
    return SaleCompleted(
        series=tx.desk.series,
        number=last_receipt_number(tx) + 1,
        desk_number=tx.desk.number,
        cashier_name=person_name(tx, tx.person),
        lines=tuple(
            _sold(line, figures, products[line.product_id], cost)
            for line, figures, cost in zip(cart, totals.lines, costs, strict=True)
        ),
        tenders=paid.tenders,
        gross_minor=totals.gross_minor,
        discount_minor=totals.discount_minor,
        tax_minor=totals.tax_minor,
        total_minor=totals.total_minor,
        rounding_minor=paid.rounding_minor,
        change_minor=paid.change_minor,
        age_confirmed=age_confirmed,
        **_circumstances(tx, settings),
    )


@command(Right.REPRINT)
def reprint_receipt(tx: Transaction, *, sale_id: Id | None = None) -> ReceiptReprinted:
    """Print a marked duplicate of a receipt, the last one of this desk unless another is named."""
    sale = sale_id or last_sale_of_desk(tx)
    if sale is None or not sale_exists(tx, sale):
        raise Refusal("no_receipt", N_("There is no receipt to print again"))
    return ReceiptReprinted(sale=sale, copy=copies_of(tx, sale) + 1)


def _cart_line(tx: Transaction, number: int, asked: LineAsked, products: dict[Id, ProductShown]) -> CartLine:
    """The line as the catalogue and the label on the goods have it now. Raises Refusal."""
    if len(max(asked.barcode, asked.marking or "", key=len)) > TEXT_MAX:
        raise Refusal("code_is_too_long", N_("The code is too long for goods. Scan the barcode of the item"))
    shown = products.get(asked.product_id)
    if shown is None:
        raise Refusal("unknown_product", N_("There is no such item any more. Search for it again"))
    price = shown.price_minor
    if asked.barcode and asked.price_minor is not None and asked.price_minor != price:
        label = parse(asked.barcode, in_store_rules(tx))
        holders = {found.product_id for found in find_by_scan(tx, label)} if label.price_minor else set()
        if shown.product_id in holders:  # scales have printed the price of this very piece
            price = label.price_minor
    if price is None:
        raise Refusal("no_price", N_("{name} has no price. Set it in the goods list"), name=shown.name)
    if asked.price_minor is not None and asked.price_minor != price:
        text = N_("{name} costs {price_minor} now. Look at the cart again")
        raise Refusal("price_changed", text, name=shown.name, price_minor=price)
    return CartLine(
        line_no=number + 1,
        product_id=shown.product_id,
        name=shown.name,
        unit=shown.unit,
        quantity_milli=rules.checked_quantity(asked.quantity_milli, shown.unit),
        price_minor=rules.checked_price(price),
        tax_rate_id=shown.tax_rate_id,
        tax_bp=shown.tax_bp,
        tax_included=shown.tax_included,
        category_id=shown.category_id,
        barcode=asked.barcode,
        age_mark=shown.age_mark,
        discount=asked.discount,
        marking=asked.marking or "",
    )


def _check_age(cart: Sequence[CartLine], confirmed: bool) -> None:
    age = max((line.age_mark for line in cart), default=0)
    if age and not confirmed:
        raise Refusal("age_not_confirmed", N_("Only from {age} years on. Check the document, then confirm"), age=age)


def _costs(tx: Transaction, cart: Sequence[CartLine], products: dict[Id, ProductShown]) -> list[int]:
    """Cost of each line at the moving average; lines of one product take from one level, one after another."""
    levels = levels_of(tx, {line.product_id for line in cart if products[line.product_id].tracked})
    costs = []
    for line in cart:
        level = levels.get(line.product_id, Level())
        cost = cost_of(level, line.quantity_milli)
        levels[line.product_id] = Level(level.quantity_milli - line.quantity_milli, level.value_minor - cost)
        costs.append(cost)
    return costs


def _sold(line: CartLine, figures: LineTotals, shown: ProductShown, cost_minor: int) -> SoldLine:
    return SoldLine(
        product_id=line.product_id,
        name=line.name,
        unit=line.unit,
        quantity_milli=line.quantity_milli,
        price_minor=line.price_minor,
        gross_minor=figures.gross_minor,
        discount_minor=figures.discount_minor,
        total_minor=figures.total_minor,
        tax_rate_id=line.tax_rate_id or None,
        tax_bp=line.tax_bp,
        tax_included=line.tax_included,
        tax_minor=figures.tax_minor,
        cost_minor=cost_minor,
        tracked=shown.tracked,
        category_id=shown.category_id,
        category=shown.category,
        barcode=line.barcode,
        age_mark=line.age_mark,
        payment_subject=shown.subject,
        marking=line.marking or None,
    )


def _circumstances(tx: Transaction, settings: BranchSettings) -> dict[str, str]:
    """What the place adds to every sale."""
    return {
        "currency": settings.currency,
        "business_day": business_day(tx.now, settings.time_zone, settings.cutoff_hour).isoformat(),
        "tax_system": settings.tax_system,
    }
