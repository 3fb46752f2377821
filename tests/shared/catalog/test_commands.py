"""Goods are made, edited, imported and settled at the till."""

from typing import Any

import pytest

from shared.catalog.commands import (
    IMPORT_PART_MAX,
    REJECTED_KEPT_MAX,
    change_product,
    create_product,
    finish_import,
    import_goods,
    put_category,
    settle_scan,
)
from shared.catalog.operations import ImportFinished, ProductsPut, Rejected
from shared.catalog.queries import (
    ProductShown,
    barcodes_of,
    categories,
    duplicate_barcodes,
    find_by_code,
    product,
    products_on_tiles,
    rejected_rows,
)
from shared.catalog.rules import GoodsGiven, ProductFields
from shared.catalog.tables import Barcode
from shared.core.ids import Id
from shared.ledger.effects import put
from shared.ledger.writes import apply
from shared.sales.queries import scan, tiles
from tests.support.ledger import LedgerDesk

COLA, JUICE, CHIPS = "4600000000015", "4600000000022", "4600000000039"
NOBODY_KNOWS: Id = "00000000-0000-7000-8000-00000000dead"


def shown(desk: LedgerDesk, product_id: Id) -> ProductShown:
    found = desk.asks(product, product_id=product_id)
    assert isinstance(found, ProductShown)
    return found


def puts(recorded: Any) -> ProductsPut:
    assert isinstance(recorded.body, ProductsPut)
    return recorded.body


def test_a_new_product_is_found_by_barcode_code_and_tile(desk: LedgerDesk) -> None:
    cola = desk.stocks("  Cola   0,5 ", 10_000, barcodes=(COLA,), code="11", tile=3, category="Bar / Drinks")
    now = shown(desk, cola)
    assert (now.name, now.category, now.unit, now.price_minor, now.archived) == ("Cola 0,5", "Bar/Drinks", "pc", 10_000, False)
    assert [one.product_id for one in desk.asks(scan, text=COLA).offers] == [cola]
    assert [one.product_id for one in find_by_code(desk.reading, "11")] == [cola]
    assert [one.product_id for one in products_on_tiles(desk.reading)] == [cola]
    assert [one.tile for one in desk.asks(tiles)] == [3]


def test_an_edit_changes_what_it_names_and_nothing_else(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000, code="11", brand="Good", age_mark=6)
    desk.does(change_product, product_id=cola, fields=ProductFields(price_minor=11_000, code=""))
    now = shown(desk, cola)
    assert (now.name, now.brand, now.price_minor, now.code, now.age_mark) == ("Cola", "Good", 11_000, "", 6)
    desk.does(change_product, product_id=cola, fields=ProductFields(name="Kola"))
    assert (shown(desk, cola).name, shown(desk, cola).brand) == ("Kola", "Good")


def test_barcodes_come_and_go_and_belong_to_one_product(desk: LedgerDesk) -> None:
    cola, juice = desk.stocks("Cola", 10_000, barcodes=(COLA,)), desk.stocks("Juice", 9_000)
    asked: dict[str, Any] = {"product_id": juice, "fields": ProductFields(), "add_barcodes": (COLA,)}
    assert desk.refuses(change_product, **asked) == "barcode_in_use"
    assert desk.refuses(create_product, fields=ProductFields(name="X"), barcodes=(COLA,)) == "barcode_in_use"
    desk.does(change_product, product_id=cola, fields=ProductFields(), add_barcodes=(JUICE,), remove_barcodes=(COLA,))
    assert desk.asks(barcodes_of, product_id=cola) == (JUICE,)
    desk.does(change_product, **asked)
    assert [one.product_id for one in desk.asks(scan, text=COLA).offers] == [juice]


def test_two_desks_that_gave_one_barcode_to_two_goods_make_the_till_ask(desk: LedgerDesk) -> None:
    from_here, from_there = desk.stocks("Cola", 10_000, barcodes=(COLA,)), desk.stocks("Cola light", 10_000)
    apply(desk.connection, [put(Barcode, barcode=COLA, product_id=from_there, archived=False)], 10**15)
    assert duplicate_barcodes(desk.reading, [COLA]) == {COLA: (from_here, from_there)}
    assert {one.product_id for one in desk.asks(scan, text=COLA).offers} == {from_here, from_there}


def test_archived_goods_are_not_offered_and_can_come_back(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000, barcodes=(COLA,), code="11", tile=1)
    desk.does(change_product, product_id=cola, fields=ProductFields(archived=True))
    assert desk.asks(scan, text=COLA).offers == ()
    assert (find_by_code(desk.reading, "11"), products_on_tiles(desk.reading)) == ((), ())
    desk.does(change_product, product_id=cola, fields=ProductFields(archived=False))
    assert len(desk.asks(scan, text=COLA).offers) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (ProductFields(name=" "), "name_is_empty"),
        (ProductFields(name="x" * 201), "name_too_long"),
        (ProductFields(name="x", unit="bucket"), "unknown_unit"),
        (ProductFields(name="x", subject="poem"), "unknown_subject"),
        (ProductFields(name="x", age_mark=99), "bad_age_mark"),
        (ProductFields(name="x", tile=28), "bad_tile"),
        (ProductFields(name="x", code="12a"), "bad_quick_code"),
        (ProductFields(name="x", price_minor=-1), "price_is_negative"),
        (ProductFields(name="x", price_minor=2**63), "price_is_too_large"),
    ],
)
def test_goods_that_cannot_be_are_refused(desk: LedgerDesk, fields: ProductFields, code: str) -> None:
    assert desk.refuses(create_product, fields=fields) == code
    cola = desk.stocks("Cola", 10_000)
    assert desk.refuses(change_product, product_id=cola, fields=fields) == code


def test_edits_of_nothing_and_of_nobody_are_refused(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000)
    assert desk.refuses(change_product, product_id=cola, fields=ProductFields()) == "nothing_changed"
    assert desk.refuses(change_product, product_id=NOBODY_KNOWS, fields=ProductFields(tile=1)) == "unknown_product"


def test_an_unknown_scan_is_settled_once(desk: LedgerDesk) -> None:
    made = puts(desk.does(settle_scan, barcode=CHIPS, price_minor=5_000, name="Chips")).products[0]
    assert shown(desk, made.product_id).price_minor == 5_000
    assert [one.product_id for one in desk.asks(scan, text=CHIPS).offers] == [made.product_id]
    assert desk.refuses(settle_scan, barcode=CHIPS, price_minor=6_000, name="Chips") == "scan_is_known"


def test_goods_without_a_price_get_one_at_the_till(desk: LedgerDesk) -> None:
    juice = desk.stocks("Juice", None, barcodes=(JUICE,))
    assert desk.asks(scan, text=JUICE).offers[0].item is None
    desk.does(settle_scan, barcode=JUICE, price_minor=9_000, product_id=juice)
    assert shown(desk, juice).price_minor == 9_000


def test_settling_for_goods_that_do_not_carry_the_code_makes_no_second_product(desk: LedgerDesk) -> None:
    desk.stocks("Juice", None, barcodes=(JUICE,))
    asked: dict[str, Any] = {"barcode": JUICE, "price_minor": 9_000, "name": "Juice", "product_id": NOBODY_KNOWS}
    assert desk.refuses(settle_scan, **asked) == "unknown_product"


def test_a_category_is_made_once_and_edited_by_its_id(desk: LedgerDesk) -> None:
    desk.stocks("Cola", 1, category="Bar")
    desk.stocks("Juice", 1, category=" Bar / ")
    (bar,) = desk.asks(categories)
    desk.does(put_category, path="Drinks", category_id=bar.category_id, icon="cup", place=2)
    assert [(one.path, one.icon, one.place) for one in desk.asks(categories)] == [("Drinks", "cup", 2)]
    desk.does(put_category, path="Drinks", category_id=bar.category_id, archived=True)
    assert desk.asks(categories) == ()


def test_an_import_makes_what_is_new_and_changes_what_is_known(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 10_000, barcodes=(COLA,))
    goods = (
        GoodsGiven(fields=ProductFields(price_minor=12_000), barcodes=(COLA,)),
        GoodsGiven(fields=ProductFields(name="Juice", price_minor=9_000, category="Bar"), barcodes=(JUICE,)),
    )
    made = puts(desk.does(import_goods, goods=goods))
    assert made.source == "import"
    assert (shown(desk, cola).name, shown(desk, cola).price_minor) == ("Cola", 12_000)
    assert desk.asks(scan, text=JUICE).offers[0].name == "Juice"
    assert desk.refuses(import_goods, goods=goods) == "nothing_changed"


def test_an_import_goes_in_parts_and_a_bad_row_refuses_its_part(desk: LedgerDesk) -> None:
    row = GoodsGiven(fields=ProductFields(name="Juice"))
    assert desk.refuses(import_goods, goods=()) == "bad_import_part"
    assert desk.refuses(import_goods, goods=(row,) * (IMPORT_PART_MAX + 1)) == "bad_import_part"
    assert desk.refuses(import_goods, goods=(row, GoodsGiven(fields=ProductFields(name=" ")))) == "name_is_empty"


def test_rows_that_were_not_taken_stay_to_be_seen(desk: LedgerDesk) -> None:
    rejected = tuple(Rejected(number, "name_is_empty", "x" * 500) for number in range(REJECTED_KEPT_MAX + 5))
    asked: dict[str, Any] = {"file": "goods.xlsx", "rows": 900, "taken": 695, "rejected_count": len(rejected)}
    body = desk.does(finish_import, **asked, rejected=rejected).body
    assert isinstance(body, ImportFinished)
    assert (body.rejected_count, len(body.rejected)) == (205, REJECTED_KEPT_MAX)
    rows = desk.asks(rejected_rows)
    assert (len(rows), rows[0].row_no, len(rows[0].raw)) == (REJECTED_KEPT_MAX, 0, 200)


def test_a_part_of_an_import_with_a_misread_barcode_is_refused(desk: LedgerDesk) -> None:
    row = GoodsGiven(fields=ProductFields(name="Cola"), barcodes=("4600000000016",))
    assert desk.refuses(import_goods, goods=(row,)) == "barcode_is_misread"
    spelt_long = GoodsGiven(fields=ProductFields(name="Cola"), barcodes=("0" + COLA,))
    body = desk.does(import_goods, goods=(spelt_long,)).body
    assert isinstance(body, ProductsPut)
    assert body.products[0].barcodes == (COLA,)


def test_figures_of_an_import_are_numbers_that_can_be_kept(desk: LedgerDesk) -> None:
    assert desk.refuses(finish_import, file="f", rows=2**63, taken=0, rejected_count=0) == "amount_is_too_large"
    far = (Rejected(2**63, "name_is_empty", ""),)
    assert desk.refuses(finish_import, file="f", rows=1, taken=0, rejected_count=1, rejected=far) == "amount_is_too_large"


@pytest.mark.parametrize("fields", [{"brand": "x" * 301}, {"category": "x" * 301}])
def test_texts_of_goods_have_an_end(desk: LedgerDesk, fields: dict[str, str]) -> None:
    assert desk.refuses(create_product, fields=ProductFields(name="Cola", **fields)) == "text_too_long"  # type: ignore[arg-type]
    assert desk.refuses(put_category, path="Bar", icon="x" * 41) == "text_too_long"


def test_a_barcode_that_is_not_there_is_not_taken_away(desk: LedgerDesk) -> None:
    cola = desk.stocks("Cola", 100, barcodes=(COLA,))
    assert desk.refuses(change_product, product_id=cola, fields=ProductFields(), remove_barcodes=(JUICE,)) == "nothing_changed"
