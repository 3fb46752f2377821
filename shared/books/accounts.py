"""The chart of accounts; names follow the five roots of plain-text accounting, so they export as they are."""

CARD = "Assets:Card"
SAFE = "Assets:Safe"
STOCK = "Assets:Stock"
GOODS_SOLD = "Income:Goods"
DISCOUNTS = "Income:Discounts"
CASH_ROUNDING = "Income:CashRounding"
COST_OF_GOODS = "Expenses:CostOfGoods"
CASH_DIFFERENCE = "Expenses:CashDifference"
OPENING_CASH = "Equity:OpeningCash"
OPENING_STOCK = "Equity:OpeningStock"

_DRAWER = "Assets:Drawer:Desk"
_TAX = "Liabilities:Tax:Rate"


def drawer(desk_number: int) -> str:
    """Cash in the drawer of a desk."""
    return f"{_DRAWER}{desk_number}"


def tax(rate_bp: int) -> str:
    """Tax owed at a rate in basis points."""
    return f"{_TAX}{rate_bp}"
