"""The screen in every look and language: drawn without complaint, named for assistive technology, never wider than the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.config import i18n
from desktop.design import theme
from desktop.screens.sale.receipt_panel import ReceiptPanel
from desktop.screens.sale.words import marked
from tests.desktop.screens.sale.conftest import SaleForTests
from tests.support.shop import BEER, COLA, COLA_ZERO, CRISPS, RING


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("scale", [100, 200])
def test_the_screen_and_its_payment_are_drawn_in_every_look(
    sale: SaleForTests, qapp: QApplication, name: str, scale: int
) -> None:
    theme.apply(qapp, name, scale)
    sale.types("4", "1", *"кол")
    assert not sale.window.grab().isNull()
    sale.types("␛", "F9", *"500")
    assert not sale.window.grab().isNull()
    assert sale.view.minimumSizeHint().width() <= 1280


def test_another_language_is_shown_at_once(sale: SaleForTests) -> None:
    sale.types("4")
    panel = sale.view.findChild(ReceiptPanel)
    assert panel is not None
    assert panel.foot.pay.text() == "Take payment"
    i18n.set_language("ru")
    assert panel.foot.pay.text() == "Оплатить"
    assert panel.toast.text == "Добрый Кола 0,5 л × 1 в чеке"


def test_everything_that_takes_the_focus_has_a_name(sale: SaleForTests) -> None:
    sale.types("4", "F9")
    for widget in sale.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            assert widget.accessibleName(), widget


def test_what_was_typed_is_marked_in_the_name_without_overlaps() -> None:
    assert marked("Добрый Кола", "кол") == ((7, 3),)
    assert marked("Шоколад Ёлка", "елка шоко") == ((0, 4), (8, 4))
    assert marked("колокол", "кол коло") == ((0, 4), (4, 3))
    assert marked("Cola", "") == ()


def test_lines_take_all_the_room_there_is_before_they_scroll(sale: SaleForTests) -> None:
    for code in (COLA, COLA_ZERO, CRISPS, BEER, RING):
        sale.scans(code)
    QApplication.processEvents()
    panel = sale.view.findChild(ReceiptPanel)
    assert panel is not None
    assert panel.list.verticalScrollBar().maximum() == 0
