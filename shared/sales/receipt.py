"""The receipt as data: what stands on the paper of a sale."""

from shared.branches.rules import BranchSettings
from shared.core.money import MILLI
from shared.core.paper import Blank, Cut, Line, Pair, Paper, Qr, Rule, Text
from shared.core.text import N_, Speech
from shared.ledger.envelope import Envelope
from shared.ledger.transaction import Reading
from shared.sales.operations import SaleCompleted, SoldLine
from shared.sales.queries import SaleDocument
from shared.sales.rules import TenderKind
from shared.shifts.queries import printed_number, shift_shown

TENDER_NAMES = {TenderKind.CASH: N_("Cash"), TenderKind.CARD: N_("Card")}
UNIT_NAMES = {
    "pc": N_("pc"),
    "kg": N_("kg"),
    "g": N_("g"),
    "l": N_("l"),
    "ml": N_("ml"),
    "m": N_("m"),
    "h": N_("h"),
}
_CHECK_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:32]


def receipt(sale: SaleDocument, club: BranchSettings, speech: Speech) -> Paper:
    """The paper of a sale; the same sale gives the same paper, a duplicate only adds its head and foot."""
    number = printed_number(sale.series, sale.number)
    lines: list[Line] = [*_head(sale, club, speech, number), Rule()]
    for line in sale.lines:
        lines += _position(line, sale.currency, speech)
    lines += [Rule(), *_sums(sale, speech), Blank(), *_payment(sale, speech), Rule()]
    code = f"{number}-{check_word(sale.sale_id)}"
    lines += [
        Text(speech.tr(N_("NOT FISCAL")), align="center"),
        Blank(),
        Text(speech.tr(N_("Return or check this receipt:")), align="center"),
        Qr(code),
        Text(code, align="center"),
        Blank(),
        Text(club.receipt_footer or speech.tr(N_("Thank you, see you again")), align="center"),
        Cut(),
    ]
    return Paper(tuple(lines))


def document_of(read: Reading, made: Envelope, sale: SaleCompleted) -> SaleDocument:
    """What `sale_document` answers, of a sale that is just being made: its operation says it all."""
    assert made.shift is not None
    shared = {name: getattr(sale, name) for name in SaleDocument.__struct_fields__ if name in SaleCompleted.__struct_fields__}
    shift = shift_shown(read, made.shift)
    return SaleDocument(sale_id=made.op, shift_number=shift.number, sold_at=made.at, **shared)


def duplicate_marks(speech: Speech, copy: int, moment: str, person: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Head and foot that make a paper a duplicate: nobody may take it for a second original."""
    title = Text(speech.tr(N_("DUPLICATE {copy}"), copy=copy), align="center", bold=True, double=True)
    foot = Text(speech.tr(N_("Printed again {moment}, {person}"), moment=moment, person=person), align="center")
    return (title, Blank()), (Blank(), foot, Text(speech.tr(N_("DUPLICATE {copy}"), copy=copy), align="center", bold=True))


def check_word(sale_id: str) -> str:
    """Four signs that tie a printed number to its sale."""
    value = int(sale_id.replace("-", ""), 16)
    return "".join(_CHECK_ALPHABET[value >> shift & 31] for shift in (15, 10, 5, 0))


def _head(sale: SaleDocument, club: BranchSettings, speech: Speech, number: str) -> list[Line]:
    lines: list[Line] = [Text(club.name.upper(), align="center", bold=True, double=True)]
    legal = club.legal_name
    if club.tax_number:
        legal = speech.tr(N_("{name}, tax number {number}"), name=club.legal_name, number=club.tax_number)
    lines += [Text(text, align="center") for text in (legal, club.address) if text]
    lines += [
        Blank(),
        Pair(speech.tr(N_("Receipt {number}"), number=number), speech.moment(sale.sold_at, club.time_zone)),
        Pair(
            speech.tr(N_("Desk {desk}, shift {shift}"), desk=sale.desk_number, shift=sale.shift_number),
            sale.cashier_name,
        ),
    ]
    return lines


def _position(line: SoldLine, currency: str, speech: Speech) -> list[Line]:
    what = speech.tr(
        N_("{quantity} x {price}"),
        quantity=_quantity(line, speech),
        price=speech.amount(line.price_minor, currency),
    )
    if line.discount_minor:
        what += ", " + speech.tr(N_("discount {amount}"), amount=speech.amount(line.discount_minor, currency))
    return [Text(line.name), Pair(f"  {what}", speech.amount(line.total_minor, currency))]


def _quantity(line: SoldLine, speech: Speech) -> str:
    quantity = speech.quantity(line.quantity_milli)
    if line.unit == "pc" and line.quantity_milli % MILLI == 0:
        return quantity
    return f"{quantity} {speech.tr(UNIT_NAMES.get(line.unit, line.unit))}"


def _sums(sale: SaleDocument, speech: Speech) -> list[Line]:
    lines: list[Line] = []
    if sale.discount_minor:
        lines.append(Pair(speech.tr(N_("Sum")), speech.amount(sale.gross_minor, sale.currency)))
        lines.append(Pair(speech.tr(N_("Discount")), speech.amount(-sale.discount_minor, sale.currency)))
    if sale.rounding_minor:
        lines.append(Pair(speech.tr(N_("Rounding")), speech.amount(sale.rounding_minor, sale.currency)))
    total = speech.amount(sale.total_minor + sale.rounding_minor, sale.currency)
    lines.append(Pair(speech.tr(N_("TOTAL")), total, bold=True, double=True))
    taxes: dict[tuple[int, bool], int] = {}
    for line in sale.lines:
        if line.tax_minor:
            key = line.tax_bp, line.tax_included
            taxes[key] = taxes.get(key, 0) + line.tax_minor
    for (rate_bp, included), amount in sorted(taxes.items()):
        text = N_("incl. tax {rate} %") if included else N_("tax {rate} %")
        lines.append(Pair(speech.tr(text, rate=speech.quantity(rate_bp * 10)), speech.amount(amount, sale.currency)))
    return lines


def _payment(sale: SaleDocument, speech: Speech) -> list[Line]:
    lines: list[Line] = [
        Pair(speech.tr(TENDER_NAMES[tender.kind]), speech.amount(tender.tendered_minor, sale.currency)) for tender in sale.tenders
    ]
    change = sum(tender.change_minor for tender in sale.tenders)
    if change:
        lines.append(Pair(speech.tr(N_("Change")), speech.amount(change, sale.currency), bold=True))
    return lines
