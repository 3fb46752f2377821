"""A cashier at the keyboard and the scanner: what each key does to the receipt, and how few of them a sale takes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.screens.sale.state import Choosing, Paying, Settling
from desktop.store.errors import NotSaved
from shared.catalog.barcodes import with_check_digit
from shared.catalog.commands import change_product
from shared.catalog.rules import ProductFields
from shared.core.money import MILLI
from shared.ledger.log import Recorded
from shared.ledger.transaction import Reading
from shared.reports.commands import close_shift
from shared.sales.operations import SaleCompleted
from shared.sales.queries import sale_document
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer
from shared.shifts.rules import Count
from tests.desktop.screens.sale.conftest import SaleForTests
from tests.support.shop import BEER, COLA, CRISPS, UNKNOWN, UNPRICED, ShopForTests


def test_two_scanned_drinks_for_exact_cash_take_two_keys(sale: SaleForTests) -> None:
    sale.scans(COLA)
    sale.scans(COLA)
    assert sale.pays("F9", "⏎") == 2
    (sold,) = sale.sold()
    assert (sold.total_minor, sold.tenders) == (22_000, (TenderKind.CASH,))
    assert sale.state.cart.is_empty
    assert sale.dialog() is None


def test_tile_four_twice_for_exact_cash_takes_five_keys(sale: SaleForTests) -> None:
    assert sale.pays("F2", "4", "4", "F9", "⏎") == 5
    assert sale.sold()[0].total_minor == 22_000


def test_cash_of_500_costs_three_keys_more_and_shows_the_change(sale: SaleForTests) -> None:
    sale.scans(COLA)
    sale.scans(COLA)
    assert sale.pays("F9", "5", "0", "0", "⏎") == 5
    document = sale.shop.parts.store.read(sale_document, sale_id=sale.sold()[0].sale_id)
    assert document.tenders[0].change_minor == 28_000
    assert sale.state.last_sale is not None
    assert sale.state.last_sale.change_minor == 28_000
    assert sale.said == "Change {change_minor} · receipt {number}"


def test_a_number_before_a_tile_multiplies_it(sale: SaleForTests) -> None:
    sale.types("2", "*", "4")
    assert sale.names == ["Добрый Кола 0,5 л"]
    assert sale.pieces == [2 * MILLI]


def test_a_number_before_a_scan_multiplies_it(sale: SaleForTests) -> None:
    sale.types("3", "*")
    sale.scans(CRISPS)
    assert sale.pieces == [3 * MILLI]


def test_a_point_begins_a_quick_code(sale: SaleForTests) -> None:
    sale.types(".", "2", "1", "4", "⏎")
    assert sale.names == ["Кольца луковые 150 г"]


def test_words_are_searched_as_they_are_typed_and_enter_takes_the_marked_row(sale: SaleForTests) -> None:
    sale.types(*"кол")
    assert {offer.name for offer in sale.state.shelf.found} == {
        "Добрый Кола 0,5 л", "Добрый Кола без сахара 0,5 л", "Кольца луковые 150 г", "Шоколад Milka 85 г",
    }  # fmt: skip
    second = sale.state.shelf.found[1].name
    sale.types("↓", "⏎")
    assert sale.names == [second]
    assert sale.state.typed.text == ""


def test_plus_minus_and_delete_work_on_the_selected_line(sale: SaleForTests) -> None:
    sale.types("4", "1", "+", "+", "-")
    assert sale.pieces == [MILLI, 2 * MILLI]
    sale.presses(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    sale.presses(Qt.Key.Key_Delete)
    assert sale.names == ["Lay’s сыр 70 г"]


def test_undo_brings_a_removed_line_back_and_redo_removes_it_again(sale: SaleForTests) -> None:
    sale.types("4", "1")
    sale.presses(Qt.Key.Key_Delete)
    control = Qt.KeyboardModifier.ControlModifier
    sale.presses(Qt.Key.Key_Z, control)
    assert len(sale.names) == 2
    sale.presses(Qt.Key.Key_Y, control)
    assert len(sale.names) == 1


def test_a_paid_receipt_is_no_step_that_undo_takes_back(sale: SaleForTests) -> None:
    sale.pays("4", "F9", "⏎")
    sale.model.undo()
    assert sale.state.cart.is_empty


def test_a_page_of_tiles_further_the_same_digits_mean_other_goods(sale: SaleForTests) -> None:
    sale.types("PageDown", "3")
    assert sale.names == ["Кольца луковые 150 г"]


def test_an_empty_tile_says_so_and_adds_nothing(sale: SaleForTests) -> None:
    sale.types("9")
    assert sale.names == []
    assert sale.said.startswith("Nothing lies on tile")


def test_a_double_enter_is_one_sale(sale: SaleForTests) -> None:
    sale.pays("4", "F9", "⏎", "⏎", "⏎")
    assert len(sale.sold()) == 1


def test_payment_of_an_empty_receipt_is_not_offered(sale: SaleForTests) -> None:
    sale.types("F9")
    assert sale.dialog() is None


def test_escape_goes_back_to_the_receipt_as_it_was(sale: SaleForTests) -> None:
    sale.types("4", "F9", "5", "0", "0", "␛")
    assert sale.dialog() is None
    assert sale.names == ["Добрый Кола 0,5 л"]
    assert sale.sold() == ()
    assert sale.window.focusWidget() is not None
    assert sale.pays("F9", "⏎") == 2


def test_the_rest_by_card_takes_cash_and_card_at_once(sale: SaleForTests) -> None:
    sale.types("4", "F9", *"50")
    sale.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sale.settles()
    document = sale.shop.parts.store.read(sale_document, sale_id=sale.sold()[0].sale_id)
    assert [(tender.kind, tender.amount_minor) for tender in document.tenders] == [
        (TenderKind.CARD, 6_000), (TenderKind.CASH, 5_000),
    ]  # fmt: skip


def test_the_card_key_and_enter_pay_all_by_card(sale: SaleForTests) -> None:
    sale.pays("4", "F9", "*", "⏎")
    assert sale.sold()[0].tenders == (TenderKind.CARD,)


def test_too_little_cash_keeps_the_dialog_open_and_says_what_is_missing(sale: SaleForTests) -> None:
    sale.pays("4", "F9", *"100", "⏎")
    question = sale.state.question
    assert isinstance(question, Paying)
    assert question.model.state.problem is not None
    assert question.model.state.problem.code == "underpaid"
    assert sale.sold() == ()


def test_a_scan_while_payment_is_open_reaches_no_field(sale: SaleForTests) -> None:
    sale.types("4", "F9")
    sale.scans(CRISPS)
    question = sale.state.question
    assert isinstance(question, Paying)
    assert question.model.state.payment.cash_minor is None
    assert question.model.state.problem is not None
    assert sale.names == ["Добрый Кола 0,5 л"]


def test_a_price_that_changed_meanwhile_is_refused_and_renewed_on_the_way_back(sale: SaleForTests) -> None:
    sale.types("4", "F9")
    sale.shop.signs_in("Юлия Белова")
    sale.shop.does(change_product, product_id=sale.shop.cola, fields=ProductFields(price_minor=12_000))
    sale.shop.signs_in()
    sale.pays("⏎")
    question = sale.state.question
    assert isinstance(question, Paying)
    assert question.model.is_stale
    sale.types("␛")
    assert sale.state.totals.total_minor == 12_000
    sale.pays("F9", "⏎")
    assert sale.sold()[0].total_minor == 12_000


def test_goods_for_adults_ask_for_the_document_once(sale: SaleForTests) -> None:
    sale.scans(BEER)
    sale.types("F9")
    assert sale.asks_for == "AgeAsked"
    sale.types("1")
    assert sale.asks_for == "Paying"
    sale.types("␛", "F9")
    assert sale.asks_for == "Paying"
    sale.pays("⏎")
    assert len(sale.sold()) == 1
    sale.scans(BEER)
    sale.types("F9")
    assert sale.asks_for == "AgeAsked"


def test_a_guest_too_young_loses_only_what_the_mark_is_on(sale: SaleForTests) -> None:
    sale.scans(COLA)
    sale.scans(BEER)
    sale.types("F9", "2")
    assert sale.names == ["Добрый Кола 0,5 л"]
    assert sale.state.question is None


def test_an_unknown_code_tells_a_cashier_who_can_add_it(sale: SaleForTests) -> None:
    sale.scans(UNKNOWN)
    question = sale.state.question
    assert isinstance(question, Settling)
    assert not question.model.state.may_settle
    assert question.model.state.who == ("Пётр Лазарев", "Юлия Белова")
    sale.types("⏎")
    assert sale.state.question is None


def test_a_lead_gives_an_unknown_code_its_name_and_price_and_it_is_sold(sale: SaleForTests) -> None:
    sale.shop.signs_in("Пётр Лазарев")
    sale.scans(UNKNOWN)
    sale.types(*"Халва", "⏎", *"90", "⏎")
    sale.settles()
    assert sale.names == ["Халва"]
    assert sale.state.totals.total_minor == 9_000
    sale.scans(UNKNOWN)
    assert sale.pieces == [2 * MILLI]


def test_a_missing_name_is_said_at_the_name_and_nothing_is_lost(sale: SaleForTests) -> None:
    sale.shop.signs_in("Пётр Лазарев")
    sale.scans(UNKNOWN)
    sale.types("⏎", *"90", "⏎")
    sale.settles()
    question = sale.state.question
    assert isinstance(question, Settling)
    assert question.model.state.problem is not None
    assert question.model.state.problem.code == "name_is_empty"


def test_goods_without_a_price_get_one_at_the_till(sale: SaleForTests) -> None:
    sale.shop.signs_in("Пётр Лазарев")
    sale.scans(UNPRICED)
    sale.types(*"95", "⏎")
    sale.settles()
    assert sale.names == ["Шоколад Milka 85 г"]
    assert sale.state.totals.total_minor == 9_500


def test_a_code_of_two_goods_asks_which_one_it_is(sale: SaleForTests) -> None:
    sale.shop.signs_in("Юлия Белова")
    sale.shop.does(change_product, product_id=sale.shop.cola_zero, fields=ProductFields(code="214"))
    sale.types(".", "2", "1", "4", "⏎")
    question = sale.state.question
    assert isinstance(question, Choosing)
    sale.types("2")
    assert sale.names == [question.offers[1].name]


def test_a_label_of_the_scales_brings_its_weight(sale: SaleForTests) -> None:
    sale.scans(with_check_digit("200004200350"))
    assert sale.names == ["Сыр российский"]
    assert sale.pieces == [350]
    assert sale.state.totals.total_minor == 35_000
    sale.pays("F9", "⏎")
    assert sale.sold()[0].total_minor == 35_000


def test_a_label_with_a_price_is_sold_for_that_price(sale: SaleForTests) -> None:
    sale.scans(with_check_digit("220004212550"))
    assert sale.state.totals.total_minor == 12_550
    sale.pays("F9", "⏎")
    assert sale.sold()[0].total_minor == 12_550


def test_a_misread_code_is_refused_in_words(sale: SaleForTests) -> None:
    sale.scans("4607050695421")
    assert sale.names == []
    assert sale.state.notice is not None
    assert sale.state.notice.icon == "circle-x"


def test_without_a_shift_enter_leads_to_opening_one(shop: ShopForTests, qtbot: QtBot) -> None:
    counted = shop.does(count_drawer, count=Count(((100_000, 3),)))
    shop.does(close_shift, count=counted.envelope.op)
    sale = SaleForTests(shop, qtbot)
    sale.types("⏎")
    assert sale.gone == ["shift_open"]
    sale.scans(COLA)
    assert sale.state.cart.is_empty
    sale.model.stop()


@pytest.mark.logs_warnings
def test_a_sale_that_was_not_saved_says_so_and_the_next_enter_saves_it_once(sale: SaleForTests) -> None:
    broken = [True]

    def breaks_once(_reading: Reading, _recorded: Recorded) -> None:
        if broken:
            broken.clear()
            raise OSError("the disk went away")

    sale.shop.parts.store.follow(SaleCompleted, breaks_once)
    sale.pays("4", "F9", "⏎")
    question = sale.state.question
    assert isinstance(question, Paying)
    assert isinstance(question.model.state.problem, NotSaved)
    assert sale.names == ["Добрый Кола 0,5 л"]
    assert sale.sold() == ()
    sale.pays("⏎")
    assert [sold.number for sold in sale.sold()] == ["1-0001"]
    assert sale.state.cart.is_empty
