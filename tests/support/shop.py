"""A club with goods on tiles, on shelves and without a price, and a shift running; for tests of the sale and its receipts."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.actions.registry import Actions
from shared.catalog.barcodes import with_check_digit
from shared.catalog.commands import create_product, put_category
from shared.catalog.rules import ProductFields
from shared.core.ids import Id
from shared.core.money import MILLI
from shared.stock.commands import CountedGoods, record_stock
from tests.support.club import ClubForTests

COLA, COLA_ZERO, RING = "4607050695420", "4607050695437", "4600682000013"
CRISPS, BEER, UNPRICED = with_check_digit("460000000101"), with_check_digit("460000000102"), with_check_digit("460000000103")
UNKNOWN: Final = with_check_digit("460000000999")
CHEESE: Final = "00042"
"""What scales print into the labels of cheese."""


class ShopForTests(ClubForTests):
    """Prices in whole roubles: cola 110, cola zero 110, crisps 140, beer 18+ 180, rings 160, cheese 1,000 a kilo."""

    def __init__(self, root: Path, *, opens: str = "Анна Соколова") -> None:
        super().__init__(root)
        self.drinks = self.does(put_category, path="Напитки", icon="cup-soda").body.categories[0].category_id  # type: ignore[attr-defined]
        self.cola = self._made("Добрый Кола 0,5 л", 110, COLA, tile=4, category="Напитки")
        self.cola_zero = self._made("Добрый Кола без сахара 0,5 л", 110, COLA_ZERO, category="Напитки")
        self.crisps = self._made("Lay’s сыр 70 г", 140, CRISPS, tile=1, category="Снеки")
        self.beer = self._made("Пиво светлое 0,5 л", 180, BEER, tile=5, age_mark=18, category="Напитки")
        self.rings = self._made("Кольца луковые 150 г", 160, RING, tile=12, code="214", category="Снеки")
        self.unpriced = self._made("Шоколад Milka 85 г", None, UNPRICED, tile=2)
        self.cheese = self._made("Сыр российский", 1_000, CHEESE, unit="kg", category="Снеки")
        stock = tuple(CountedGoods(product, 20 * MILLI, 5_000) for product in (self.cola, self.crisps, self.beer))
        self.does(record_stock, goods=stock)
        if opens:
            self.opens_shift(opens)

    def _made(self, name: str, price: int | None, barcode: str, **fields: object) -> Id:
        given = ProductFields(name=name, price_minor=None if price is None else price * 100, **fields)  # type: ignore[arg-type]
        recorded = self.does(create_product, fields=given, barcodes=(barcode,))
        product: Id = recorded.body.products[0].product_id  # type: ignore[attr-defined]
        return product


class Bench(QWidget):
    """A window that holds one screen, with the keys of the real one."""

    def __init__(self) -> None:
        super().__init__()
        self.actions_here = Actions(self)
