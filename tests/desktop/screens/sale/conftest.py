"""A shop, and the screen of the sale over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.screens.sale.state import Paying, SaleState
from desktop.screens.sale.view import SaleView
from desktop.screens.sale.view_model import SaleViewModel
from desktop.widgets.dialog import Dialog
from shared.sales.queries import SaleShown, receipts
from tests.support.shop import Bench, ShopForTests
from tests.support.typing import type_into


class SaleForTests:
    """The screen in a window, with whoever opened the shift at the keys."""

    def __init__(self, shop: ShopForTests, qtbot: QtBot) -> None:
        self.shop, self.qtbot = shop, qtbot
        self.gone: list[str] = []
        self.model = SaleViewModel(shop.parts.store, shop.parts.session, self.gone.append)
        self.window = Bench()
        self.view = SaleView(self.model, self.window.actions_here)
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 660)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)

    @property
    def state(self) -> SaleState:
        return self.model.state

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.state.cart.lines]

    @property
    def pieces(self) -> list[int]:
        return [line.quantity_milli for line in self.state.cart.lines]

    @property
    def said(self) -> str:
        return self.state.notice.text if self.state.notice else ""

    @property
    def asks_for(self) -> str:
        """What kind of question is open, by its name."""
        return type(self.state.question).__name__

    def types(self, *keys: str) -> int:
        """Keys to whatever has the focus; answers how many."""
        return type_into(self.window, keys)

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key or chord to whatever has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def scans(self, code: str) -> None:
        self.model.scan(code)

    def settles(self) -> None:
        """Wait until everything asked so far is done and told."""
        self.shop.settles(self.qtbot)
        self.qtbot.waitUntil(lambda: not (isinstance(self.state.question, Paying) and self.state.question.model.state.is_saving))

    def pays(self, *keys: str) -> int:
        """Type and wait for what was asked to be kept."""
        count = self.types(*keys)
        self.settles()
        return count

    def dialog(self) -> Dialog | None:
        return next((child for child in self.window.findChildren(Dialog) if child.isVisible()), None)

    def sold(self) -> tuple[SaleShown, ...]:
        return self.shop.parts.store.read(receipts)


@pytest.fixture
def shop(tmp_path: Path, qtbot: QtBot) -> Iterator[ShopForTests]:
    made = ShopForTests(tmp_path / "shop")
    yield made
    made.close()


@pytest.fixture
def sale(shop: ShopForTests, qtbot: QtBot) -> Iterator[SaleForTests]:
    made = SaleForTests(shop, qtbot)
    yield made
    made.model.stop()
