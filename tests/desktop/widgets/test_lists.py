"""Lists and tables: any length, walked by keys, read row by row."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.cart_list import CartList, CartRow
from desktop.widgets.table import Cell, Table, TableColumn


def a_table() -> Table:
    table = Table(
        "Goods",
        [TableColumn("Name", lambda row: row), TableColumn("State", lambda row: Cell("New", icon="plus", badge="ok"), 10)],
    )
    table.show_rows(["Cola", "Tea"], 0)
    return table


class Lazy:
    """100,000 rows that count how often one is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __len__(self) -> int:
        return 100_000

    def __getitem__(self, row: int) -> str:
        self.asked += 1
        return f"Row {row}"


def test_a_table_of_a_hundred_thousand_rows_asks_only_for_what_is_seen(qtbot: QtBot) -> None:
    table = Table("Goods", [TableColumn("Name", lambda row: row)])
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    rows = Lazy()
    table.show_rows(rows, 99_999)  # type: ignore[arg-type]
    table.grab()
    assert table.current == 99_999
    assert 0 < rows.asked < 1_000


def test_a_table_cell_is_read_with_its_column(qtbot: QtBot) -> None:
    table = a_table()
    qtbot.addWidget(table)
    index = table.model().index(1, 0)
    assert table.model().data(index, Qt.ItemDataRole.AccessibleTextRole) == "Name Tea"


def test_enter_activates_and_space_toggles_a_row(qtbot: QtBot) -> None:
    table = a_table()
    qtbot.addWidget(table)
    with qtbot.waitSignal(table.row_activated, timeout=1000) as activated, qtbot.waitSignal(table.row_toggled, timeout=1000):
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Return)
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert activated.args == [1]


def test_the_cart_keeps_its_row_and_tells_nobody_when_it_is_shown_anew(qtbot: QtBot) -> None:
    cart = CartList("Cart")
    heard: list[int] = []
    qtbot.addWidget(cart)
    cart.row_changed.connect(heard.append)
    cart.show_rows([CartRow("A"), CartRow("B")], 1)
    cart.show_rows([CartRow("A"), CartRow("B"), CartRow("C")], 2)
    assert (cart.current, heard) == (2, [])
    cart.walk(-1)
    assert (cart.current, heard) == (1, [1])
