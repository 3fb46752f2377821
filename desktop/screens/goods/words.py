"""How goods are said in the list, in the language in force."""

from desktop.config.i18n import money, quantity, tr, unit_sign
from desktop.store.goods_list import GoodsListed
from desktop.widgets.table import Cell


def code(row: GoodsListed) -> Cell:
    """The quick code, or the first barcode and how many more there are."""
    text = tr("code {code}", code=f".{row.product.code}") if row.product.code else row.barcode
    return Cell(text + (f" +{row.barcodes - 1}" if row.barcodes > 1 else ""), "small", "muted")


def section(row: GoodsListed) -> Cell:
    """The last part of the section's name."""
    return Cell(row.product.category.rpartition("/")[2], "small", "muted")


def stock(row: GoodsListed) -> Cell:
    """What should lie there."""
    if row.stock_milli is None:
        return Cell(tr("not counted"), "small", "muted")
    unit = unit_sign("pcs" if row.product.unit == "pc" else row.product.unit)
    return Cell(f"{quantity(row.stock_milli)} {unit}", "small", "danger" if row.stock_milli < 0 else "text")


def price(row: GoodsListed, currency: str) -> Cell:
    """The price, or that there is none."""
    amount = row.product.price_minor
    return Cell(tr("no price"), "small", "warn") if amount is None else Cell(money(amount, currency), "body_strong")
