"""Taking payment: what is written down, what is refused, and that nothing is paid twice."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from shared.branches.commands import change_branch
from shared.branches.operations import BranchFields
from shared.catalog.commands import change_product
from shared.catalog.rules import ProductFields
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import RoundingWay
from shared.sales.cart import LINES_MAX
from shared.sales.commands import LineAsked, TenderAsked, complete_sale, reprint_receipt
from shared.sales.operations import SaleCompleted
from shared.sales.queries import last_receipt_number, receipts, sale_document, scan
from shared.sales.rules import Discount, TenderKind
from shared.sales.tables import Sale
from shared.shifts.commands import open_shift
from shared.shifts.queries import cash_in_drawer
from shared.staff.rules import Role
from shared.stock.commands import CountedGoods, record_stock
from shared.stock.queries import levels_of
from shared.stock.rules import Level
from tests.support.ledger import LedgerDesk

NOBODY_KNOWS: Id = "00000000-0000-7000-8000-00000000dead"


@pytest.fixture
def till(desk: LedgerDesk) -> LedgerDesk:
    """An open shift with 3 000.00 in the drawer."""
    desk.does(open_shift, float_minor=300_000)
    return desk


def one(product: Id, quantity: int = 1000, price: int | None = None, **more: object) -> LineAsked:
    return LineAsked(product_id=product, quantity_milli=quantity, price_minor=price, **more)  # type: ignore[arg-type]


def body(recorded: object) -> SaleCompleted:
    stated = recorded.body  # type: ignore[attr-defined]
    assert isinstance(stated, SaleCompleted)
    return stated


def cash(minor: int) -> tuple[TenderAsked, ...]:
    return (TenderAsked(TenderKind.CASH, minor),)


def test_a_sale_of_75_paid_with_100_puts_75_into_the_drawer(till: LedgerDesk) -> None:
    before = cash_in_drawer(till.reading, "RUB")
    sale = body(till.sells(one(till.stocks("Cola", 7_500)), cash=10_000))
    assert (sale.total_minor, sale.change_minor) == (7_500, 2_500)
    assert cash_in_drawer(till.reading, "RUB") - before == 7_500


@pytest.mark.parametrize(("price", "percent_bp", "total"), [(230, 500, 219), (5_895, 1_000, 5_306), (2_545, 1_000, 2_291)])
def test_a_percentage_rounds_the_remainder_once(till: LedgerDesk, price: int, percent_bp: int, total: int) -> None:
    goods = till.stocks("Tea", price)
    off = Discount(percent_bp=percent_bp)
    assert body(till.sells(one(goods, discount=off), cash=total)).total_minor == total
    assert body(till.sells(one(goods), cash=total, discount=off)).total_minor == total


def test_a_discount_on_the_whole_is_split_without_a_lost_kopeck(till: LedgerDesk) -> None:
    lines = [one(till.stocks(f"Item {price} {number}", price)) for number, price in enumerate((3333, 3333, 3334))]
    sale = body(till.sells(*lines, cash=9_000, discount=Discount(amount_minor=1_000)))
    assert [line.discount_minor for line in sale.lines] == [333, 333, 334]
    assert sale.total_minor == 9_000


def test_cash_is_rounded_down_and_the_rounding_is_a_sum_of_its_own(till: LedgerDesk) -> None:
    till.does(change_branch, fields=BranchFields(cash_step_minor=100, cash_rounding=RoundingWay.DOWN))
    goods = till.stocks("Nuts", 12_345)
    sale = body(till.sells(one(goods), cash=12_300))
    assert (sale.total_minor, sale.rounding_minor, sale.change_minor) == (12_345, -45, 0)
    assert body(till.sells(one(goods), card=12_345)).rounding_minor == 0
    mixed = body(till.sells(one(goods), card=2_345, cash=20_000))
    assert (mixed.rounding_minor, mixed.change_minor) == (0, 10_000)


def test_a_sale_may_be_paid_with_card_and_cash(till: LedgerDesk) -> None:
    before = cash_in_drawer(till.reading, "RUB")
    sale = body(till.sells(one(till.stocks("Cola", 10_000)), card=6_000, cash=5_000))
    assert [(tender.kind, tender.amount_minor, tender.change_minor) for tender in sale.tenders] == [
        (TenderKind.CARD, 6_000, 0),
        (TenderKind.CASH, 4_000, 1_000),
    ]
    assert cash_in_drawer(till.reading, "RUB") - before == 4_000


def test_pressing_twice_sells_once(till: LedgerDesk) -> None:
    goods, op = till.stocks("Cola", 10_000), till.ids.new_id()
    first = till.sells(one(goods), cash=10_000, op=op)
    second = till.sells(one(goods), cash=10_000, op=op)
    assert (first.fresh, second.fresh) == (True, False)
    assert second.body == first.body
    assert till.connection.scalar(select(func.count()).select_from(Sale)) == 1
    assert cash_in_drawer(till.reading, "RUB") == 310_000


def test_the_same_number_for_another_sale_is_refused(till: LedgerDesk) -> None:
    goods, op = till.stocks("Cola", 10_000), till.ids.new_id()
    till.sells(one(goods), cash=10_000, op=op)
    asked: dict[str, Any] = {"lines": (one(goods, 2000),), "tenders": cash(20_000)}
    assert till.refuses(complete_sale, op=op, **asked) == "operation_id_reused"
    assert last_receipt_number(till.reading) == 1


def test_receipt_numbers_have_no_gaps_whatever_is_refused_between(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    numbers = []
    for _ in range(4):
        numbers.append(body(till.sells(one(goods), cash=10_000)).number)
        assert till.refuses(complete_sale, lines=(one(goods),), tenders=cash(9_999)) == "underpaid"
    assert numbers == [1, 2, 3, 4]
    assert [shown.number for shown in till.asks(receipts)] == ["1-0004", "1-0003", "1-0002", "1-0001"]


def test_a_restored_desk_prints_no_number_a_guest_holds(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    till.sells(one(goods), cash=10_000)
    till.desk = msgspec.structs.replace(till.desk, epoch=2)
    till.sells(one(goods), cash=10_000)
    assert [shown.number for shown in till.asks(receipts)] == ["1.2-0001", "1-0001"]


def test_a_price_that_changed_meanwhile_is_refused_not_charged(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    till.does(change_product, product_id=goods, fields=ProductFields(price_minor=11_000))
    asked: dict[str, Any] = {"lines": (one(goods, price=10_000),), "tenders": cash(10_000)}
    assert till.refuses(complete_sale, **asked) == "price_changed"
    asked = {"lines": (one(goods),), "tenders": cash(20_000), "total_minor": 10_000}
    assert till.refuses(complete_sale, **asked) == "total_changed"
    assert body(till.sells(one(goods, price=11_000), cash=11_000, total_minor=11_000)).total_minor == 11_000


def test_a_later_price_does_not_touch_what_was_sold(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    sold = till.sells(one(goods), cash=10_000).envelope.op
    till.does(change_product, product_id=goods, fields=ProductFields(name="Pepsi", price_minor=1))
    line = till.asks(sale_document, sale_id=sold).lines[0]
    assert (line.name, line.price_minor, line.total_minor) == ("Cola", 10_000, 10_000)


def test_a_label_from_scales_sells_its_own_goods_at_its_own_price(till: LedgerDesk) -> None:
    label, price = "2200041012507", 1_250  # item 00041 for 12.50
    cheap, dear = till.stocks("Nuts", 100, barcodes=("2200041",)), till.stocks("Whisky", 500_000)
    assert [(offer.product_id, offer.price_minor) for offer in till.asks(scan, text=label).offers] == [(cheap, price)]
    assert body(till.sells(one(cheap, price=price, barcode=label), cash=price)).total_minor == price
    asked: dict[str, Any] = {"lines": (one(dear, price=price, barcode=label),), "tenders": cash(price)}
    assert till.refuses(complete_sale, **asked) == "price_changed"


def test_goods_for_adults_need_a_confirmed_age(till: LedgerDesk) -> None:
    beer = till.stocks("Beer", 20_000, age_mark=18)
    assert till.refuses(complete_sale, lines=(one(beer),), tenders=cash(20_000)) == "age_not_confirmed"
    assert body(till.sells(one(beer), cash=20_000, age_confirmed=True)).age_confirmed


def test_no_money_moves_without_a_shift(desk: LedgerDesk) -> None:
    goods = desk.stocks("Cola", 10_000)
    assert desk.refuses(complete_sale, lines=(one(goods),), tenders=cash(10_000)) == "shift_is_closed"


def test_what_cannot_be_sold_is_refused_in_words(till: LedgerDesk) -> None:
    cola, unpriced = till.stocks("Cola", 10_000), till.stocks("New", None)
    refused: dict[str, tuple[LineAsked, ...]] = {
        "cart_is_empty": (),
        "cart_is_full": tuple(one(cola) for _ in range(LINES_MAX + 1)),
        "unknown_product": (one(NOBODY_KNOWS),),
        "no_price": (one(unpriced),),
        "quantity_is_not_positive": (one(cola, 0),),
        "quantity_is_fractional": (one(cola, 500),),
    }
    for code, lines in refused.items():
        assert till.refuses(complete_sale, lines=lines, tenders=cash(10_000)) == code
    assert till.refuses(complete_sale, lines=(one(cola),), tenders=()) == "underpaid"
    card = (TenderAsked(TenderKind.CARD, 10_001),)
    assert till.refuses(complete_sale, lines=(one(cola),), tenders=card) == "change_needs_cash"


def test_a_discount_needs_its_right_or_somebody_who_approves(till: LedgerDesk) -> None:
    goods, cashier, lead = till.stocks("Cola", 10_000), till.hires(Role.CASHIER), till.hires(Role.SHIFT_LEAD)
    asked: dict[str, Any] = {"lines": (one(goods, discount=Discount(percent_bp=100)),), "tenders": cash(10_000)}
    with pytest.raises(Refusal):
        till.as_(cashier).does(complete_sale, rights=frozenset({"sell"}), **asked)
    sale = till.as_(cashier, approver=lead).does(complete_sale, **asked)
    assert (sale.envelope.actor, sale.envelope.approver) == (cashier, lead)


def test_goods_leave_the_stock_at_their_average_cost(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    till.does(record_stock, goods=(CountedGoods(goods, 3_000, 3_333),))
    sale = body(till.sells(one(goods, 1000), one(goods, 1000), cash=20_000))
    assert [line.cost_minor for line in sale.lines] == [3_333, 3_333]
    assert levels_of(till.reading, [goods])[goods] == Level(1_000, 3_333)
    assert body(till.sells(one(goods, 2000), cash=20_000)).lines[0].cost_minor == 3_333
    assert levels_of(till.reading, [goods])[goods] == Level(-1_000, 0)


def test_two_lines_of_one_product_take_its_cost_once(till: LedgerDesk) -> None:
    goods = till.stocks("Cola", 10_000)
    till.does(record_stock, goods=(CountedGoods(goods, 1_000, 3_333),))
    sale = body(till.sells(one(goods, 1000), one(goods, 1000), cash=20_000))
    assert [line.cost_minor for line in sale.lines] == [3_333, 0]
    assert levels_of(till.reading, [goods])[goods] == Level(-1_000, 0)


def test_a_service_has_no_stock(till: LedgerDesk) -> None:
    service = till.stocks("Print a page", 1_000, tracked=False, subject="service")
    till.sells(one(service), cash=1_000)
    assert levels_of(till.reading, [service])[service] == Level()


def test_a_duplicate_counts_itself(till: LedgerDesk) -> None:
    assert till.refuses(reprint_receipt) == "no_receipt"
    goods = till.stocks("Cola", 10_000)
    first = till.sells(one(goods), cash=10_000).envelope.op
    last = till.sells(one(goods), cash=10_000).envelope.op
    copies = [till.does(reprint_receipt, sale_id=sale).body for sale in (None, None, first)]
    assert [(copy.sale, copy.copy) for copy in copies] == [(last, 1), (last, 2), (first, 1)]  # type: ignore[attr-defined]
    assert till.refuses(reprint_receipt, sale_id=NOBODY_KNOWS) == "no_receipt"


@pytest.mark.parametrize("code", ["barcode", "marking"])
def test_a_code_that_no_scanner_sends_is_not_kept_with_a_sale(till: LedgerDesk, code: str) -> None:
    cola = till.stocks("Cola", 10_000)
    asked = LineAsked(product_id=cola, **{code: "9" * 513})  # type: ignore[arg-type]
    assert till.refuses(complete_sale, lines=(asked,), tenders=(TenderAsked(TenderKind.CASH, 10_000),)) == "code_is_too_long"
