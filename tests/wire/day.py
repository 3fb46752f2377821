"""A short day at a club in which every kind of operation happens at least once."""

from shared.branches.commands import change_branch, put_tax_rate
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import change_product, finish_import, import_goods, put_category, settle_scan
from shared.catalog.operations import Rejected
from shared.catalog.rules import GoodsGiven, ProductFields
from shared.core.money import RoundingWay
from shared.reports.commands import close_shift
from shared.review.commands import settle_matter
from shared.sales.commands import LineAsked, reprint_receipt
from shared.sales.rules import Discount
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.rules import Count
from shared.staff.commands import change_person, lift_lockout, record_sign_in, set_pin
from shared.staff.rules import LOCAL_OWNER, HashedPin, Role
from shared.stock.commands import CountedGoods, record_stock
from tests.support.ledger import LedgerDesk


def whole_day(desk: LedgerDesk) -> LedgerDesk:
    """Set-up, hiring, goods, two sales, a close with a difference, and what has to be settled after it."""
    desk.opens_club()
    desk.does(change_branch, fields=BranchFields(cash_step_minor=100, cash_rounding=RoundingWay.DOWN, address="Лесная, 5"))
    desk.does(put_tax_rate, rate=TaxRateGiven("НДС 5 %", 500))
    owner, anna = desk.hires(Role.OWNER, "Ольга"), desk.hires(Role.CASHIER, "Анна")
    desk.as_(owner)
    desk.does(change_person, staff_id=anna, name="Анна К.")
    desk.does(set_pin, staff_id=anna, pin=HashedPin("another hash", 6))
    cola, nuts = desk.stocks("Кола 0,5", 12_050, tile=1, code="11"), desk.stocks("Орехи", 99_999, unit="kg")
    beer = desk.stocks("Пиво", 25_000, age_mark=18, subject="excise", category="Бар/Пиво")
    desk.does(change_product, product_id=cola, fields=ProductFields(price_minor=12_000), add_barcodes=("4600000000015",))
    desk.does(put_category, path="Бар/Напитки", icon="cup-soda", place=1)
    desk.does(import_goods, goods=(GoodsGiven(fields=ProductFields(name="Сок", price_minor=9_000), barcodes=("4600000000022",)),))
    desk.does(
        finish_import, file="goods.xlsx", rows=2, taken=1, rejected_count=1, rejected=(Rejected(3, "name_is_empty", ";;5"),)
    )
    desk.does(record_stock, goods=(CountedGoods(cola, 10_000, 5_000), CountedGoods(nuts, 1_500, 60_000)))
    _sell_and_close(desk, owner, anna, (cola, nuts, beer))
    return desk


def _sell_and_close(desk: LedgerDesk, owner: str, anna: str, goods: tuple[str, str, str]) -> None:
    cola, nuts, beer = goods
    desk.as_(anna)
    desk.does(record_sign_in, ok=False)
    desk.as_(owner).does(lift_lockout, staff_id=anna)
    desk.as_(anna).does(record_sign_in, ok=True)
    desk.does(open_shift, float_minor=300_000)
    desk.sells(LineAsked(product_id=cola, quantity_milli=2_000, price_minor=12_000), cash=30_000)
    desk.as_(anna, approver=owner)
    mixed = (LineAsked(product_id=nuts, quantity_milli=333), LineAsked(product_id=beer, discount=Discount(percent_bp=1_000)))
    desk.sells(*mixed, card=40_000, cash=20_000, discount=Discount(amount_minor=555), age_confirmed=True)
    desk.does(settle_scan, barcode="4600000000039", price_minor=5_000, name="Чипсы")
    desk.as_(anna).does(reprint_receipt)
    counted = desk.does(count_drawer, count=Count(((500_000, 0), (100_000, 3), (5_000, 7))), card_minor=40_000)
    desk.does(close_shift, count=counted.envelope.op, reason="wrong_change", note="не та сдача", taken_out_minor=35_000)
    desk.as_(LOCAL_OWNER)
    desk.does(settle_matter, matter=f"stock_below_zero:{beer}:1", resolution="counted", note="пересчитали")
