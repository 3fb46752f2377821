"""A receipt that was never sold: how the answers will look on paper."""

from typing import Final

from desktop.screens.first_run.answers import Answers
from shared.core.money import tax_inside
from shared.core.paper import Paper
from shared.core.text import N_, Speech
from shared.sales.operations import SoldLine
from shared.sales.queries import SaleDocument
from shared.sales.receipt import receipt
from shared.sales.rules import Tender, TenderKind

_NO_SALE: Final = "00000000-0000-7000-8000-000000000000"
_GOODS: Final = ((N_("Water 0.5 l"), 2, 7_000), (N_("Americano 0.3 l"), 1, 12_000))


def sample_receipt(answers: Answers, speech: Speech, now: int) -> Paper:
    """The paper of a small sale in the club as it is described so far."""
    rate = answers.tax_rate.rate_bp
    lines = tuple(_line(speech.tr(name), count, price, rate) for name, count, price in _GOODS)
    total = sum(line.total_minor for line in lines)
    sale = SaleDocument(
        sale_id=_NO_SALE,
        series="1",
        number=1,
        shift_number=1,
        desk_number=1,
        cashier_name=answers.cashier or answers.owner,
        sold_at=now,
        currency=answers.currency,
        lines=lines,
        tenders=(Tender(TenderKind.CASH, total, total),),
        gross_minor=total,
        discount_minor=0,
        tax_minor=sum(line.tax_minor for line in lines),
        total_minor=total,
        rounding_minor=0,
    )
    return receipt(sale, answers.settings(), speech)


def _line(name: str, count: int, price_minor: int, rate_bp: int) -> SoldLine:
    total = count * price_minor
    return SoldLine(
        product_id=_NO_SALE,
        name=name,
        unit="pc",
        quantity_milli=count * 1_000,
        price_minor=price_minor,
        gross_minor=total,
        total_minor=total,
        tax_bp=rate_bp,
        tax_minor=tax_inside(total, rate_bp),
    )
