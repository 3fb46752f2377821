"""How rows of a file are said, in the language in force."""

from typing import Final

from desktop.config.i18n import money, quantity, refusal_text, tr
from desktop.screens.goods_import.lines import Line
from desktop.store.goods_import import Verdict
from desktop.widgets.chip import Tone
from desktop.widgets.table import Cell
from shared.catalog.goods_file import Column
from shared.core.errors import Refusal
from shared.core.text import N_

LOOK: Final[dict[Verdict, tuple[str, str, Tone]]] = {
    Verdict.ERROR: (N_("Error"), "circle-x", "danger"),
    Verdict.CHECK: (N_("Check"), "triangle-alert", "warn"),
    Verdict.NEW: (N_("New"), "plus", "ok"),
    Verdict.CHANGED: (N_("Changes"), "pencil", "accent"),
    Verdict.SAME: (N_("Unchanged"), "check", "neutral"),
}
"""Word on the badge, icon, tone."""
FILTERS: Final = {
    None: (N_("All"), "list", "neutral"),
    Verdict.ERROR: (N_("Errors"), "circle-x", "danger"),
    Verdict.CHECK: (N_("To check"), "triangle-alert", "warn"),
    Verdict.NEW: (N_("New ones"), "plus", "neutral"),
    Verdict.CHANGED: (N_("Will change"), "pencil", "neutral"),
    Verdict.SAME: (N_("Without changes"), "check", "neutral"),
}
COLUMNS: Final = {
    Column.BARCODE: N_("Barcode"),
    Column.NAME: N_("Item name"),
    Column.CATEGORY: N_("Section"),
    Column.BRAND: N_("Brand"),
    Column.UNIT: N_("Unit"),
    Column.PRICE: N_("Price"),
    Column.COST: N_("Cost"),
    Column.QUANTITY: N_("Stock"),
    Column.TAX: N_("Tax"),
    Column.CODE: N_("Quick code"),
}


def badge(line: Line) -> Cell:
    """What becomes of a row."""
    word, icon, tone = LOOK[line.judged.verdict]
    return Cell(tr(word), icon=icon, badge=tone)


def price(line: Line, currency: str) -> Cell:
    """The new price, after the old one where it differs."""
    row, before = line.judged.row, line.judged.price_before_minor
    if row is None:
        return Cell(line.price)
    if row.price_minor is None:
        return Cell("" if before is None else money(before, currency), "body", "muted")
    was = money(before, currency) if before not in {None, row.price_minor} and before is not None else ""
    return Cell(money(row.price_minor, currency), "body_bold", was=was)


def stock(line: Line) -> str:
    """The quantity in the file."""
    row = line.judged.row
    return quantity(row.quantity_milli) if row is not None and row.quantity_milli is not None else ""


def remark(line: Line, currency: str) -> str:
    """Why a row is wrong or worth a look."""
    judged = line.judged
    return refusal_text(Refusal("said", judged.text, **judged.params), currency) if judged.text else ""


def remark_short(line: Line, currency: str) -> str:
    """The same without its advice."""
    return remark(line, currency).partition(". ")[0]


def barcode(line: Line) -> str:
    """The barcode, or the quick code."""
    return tr("code {code}", code=line.barcode) if line.barcode.startswith(".") else line.barcode
