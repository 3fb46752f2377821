"""A sale is paid; a receipt is printed again."""

import msgspec

from shared.books import accounts
from shared.books.posting import post
from shared.core.ids import Id
from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.sales.rules import Tender, TenderKind
from shared.sales.tables import Reprint, Sale, SaleLine, SaleTender
from shared.stock import moves


class SoldLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One position as it was sold: names, prices, tax and cost of that moment."""

    product_id: Id
    name: str
    unit: str
    quantity_milli: int
    price_minor: int
    gross_minor: int
    discount_minor: int = 0
    total_minor: int
    tax_rate_id: Id | None = None
    tax_bp: int = 0
    tax_included: bool = True
    tax_minor: int = 0
    cost_minor: int = 0
    tracked: bool = True
    category_id: Id | None = None
    category: str = ""
    barcode: str = ""
    age_mark: int = 0
    payment_subject: str = "goods"
    payment_method: str = "full_settlement"
    marking: str | None = None


@operation("sale_completed")
class SaleCompleted(Operation, frozen=True, kw_only=True):
    """A sale was paid. `number` is gapless within `series`; the sums are declared and must follow from the lines."""

    series: str
    number: int
    desk_number: int
    cashier_name: str
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tender, ...]
    gross_minor: int
    discount_minor: int = 0
    tax_minor: int = 0
    total_minor: int
    rounding_minor: int = 0
    change_minor: int = 0
    currency: str
    business_day: str
    age_confirmed: bool = False
    tax_system: str
    fiscal_duty: str = "none"
    guest_contact: str | None = None

    @property
    def cost_minor(self) -> int:
        """What the goods had cost."""
        return sum(line.cost_minor for line in self.lines)


@reducer(SaleCompleted)
def _(op: SaleCompleted, env: Envelope) -> Effects:
    _check_sums(op)
    yield insert(
        Sale,
        branch_id=env.branch,
        sale_id=env.op,
        shift_id=env.shift,
        series=op.series,
        number=op.number,
        desk_number=op.desk_number,
        cashier_id=env.actor,
        cashier_name=op.cashier_name,
        sold_at=env.at,
        business_day=op.business_day,
        currency=op.currency,
        gross_minor=op.gross_minor,
        discount_minor=op.discount_minor,
        tax_minor=op.tax_minor,
        total_minor=op.total_minor,
        rounding_minor=op.rounding_minor,
        cost_minor=op.cost_minor,
        age_confirmed=op.age_confirmed,
        tax_system=op.tax_system,
        fiscal_duty=op.fiscal_duty,
        guest_contact=op.guest_contact,
    )
    for number, line in enumerate(op.lines):
        fields = msgspec.structs.asdict(line)
        tracked = fields.pop("tracked")
        yield insert(SaleLine, branch_id=env.branch, sale_id=env.op, line=number, shift_id=env.shift, **fields)
        if tracked:
            yield from moves.move(env, number, line.product_id, -line.quantity_milli, -line.cost_minor, "sale")
    for number, tender in enumerate(op.tenders):
        yield insert(
            SaleTender,
            branch_id=env.branch,
            sale_id=env.op,
            line=number,
            shift_id=env.shift,
            kind=tender.kind,
            amount_minor=tender.amount_minor,
            tendered_minor=tender.tendered_minor,
            change_minor=tender.change_minor,
            sold_at=env.at,
        )
    yield from post(env, op.currency, op.business_day, *_amounts(op))


def _amounts(op: SaleCompleted) -> list[tuple[str, int]]:
    """What a sale moves: money in, revenue without tax, tax owed, discounts given, rounding, goods at cost."""
    amounts = [
        (accounts.drawer(op.desk_number) if tender.kind is TenderKind.CASH else accounts.CARD, tender.amount_minor)
        for tender in op.tenders
    ]
    taxes: dict[int, int] = {}
    for line in op.lines:
        taxes[line.tax_bp] = taxes.get(line.tax_bp, 0) + line.tax_minor
    amounts += [(accounts.tax(rate_bp), -amount) for rate_bp, amount in sorted(taxes.items())]
    amounts += [
        (accounts.GOODS_SOLD, -(op.total_minor - op.tax_minor + op.discount_minor)),
        (accounts.DISCOUNTS, op.discount_minor),
        (accounts.CASH_ROUNDING, -op.rounding_minor),
        (accounts.COST_OF_GOODS, op.cost_minor),
        (accounts.STOCK, -op.cost_minor),
    ]
    return amounts


def _check_sums(op: SaleCompleted) -> None:
    """Declared sums must follow from lines and tenders; anything else is a bug of whoever made the operation."""
    sums = {
        "gross": (op.gross_minor, sum(line.gross_minor for line in op.lines)),
        "discount": (op.discount_minor, sum(line.discount_minor for line in op.lines)),
        "tax": (op.tax_minor, sum(line.tax_minor for line in op.lines)),
        "total": (op.total_minor, sum(line.total_minor for line in op.lines)),
        "paid": (op.total_minor + op.rounding_minor, sum(tender.amount_minor for tender in op.tenders)),
        "change": (op.change_minor, sum(tender.change_minor for tender in op.tenders)),
    }
    wrong = {name: pair for name, pair in sums.items() if pair[0] != pair[1]}
    if wrong:
        raise AssertionError(f"sale {op.series}-{op.number}: declared sums do not follow from its lines: {wrong}")


@operation("receipt_reprinted")
class ReceiptReprinted(Operation, frozen=True, kw_only=True):
    """A duplicate of a receipt was asked for; `copy` counts duplicates from 1."""

    sale: Id
    copy: int


@reducer(ReceiptReprinted)
def _(op: ReceiptReprinted, env: Envelope) -> Effects:
    yield insert(Reprint, branch_id=env.branch, op=env.op, sale_id=op.sale, copy=op.copy, staff_id=env.actor, at=env.at)
