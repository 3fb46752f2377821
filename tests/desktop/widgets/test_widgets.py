"""The parts of the screens: each has a name, obeys the keyboard and says why it will not."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.config import i18n
from desktop.design import theme
from desktop.widgets import paint
from desktop.widgets.avatar import Avatar, initials
from desktop.widgets.base import Column, Label
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.card import Card, Figure, SectionHead, ValueRow
from desktop.widgets.cart_list import CartList, CartRow, FoundList, FoundRow
from desktop.widgets.chip import Badge, Chip
from desktop.widgets.dialog import Dialog
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import FormField, LineEdit, MoneyInput, TextArea
from desktop.widgets.goods_tile import GoodsTile, Tile
from desktop.widgets.key_bar import KeyBar, KeySlot
from desktop.widgets.key_cap import KeyCap, key_words
from desktop.widgets.numpad import NumPad
from desktop.widgets.paper_view import PaperView
from desktop.widgets.pin_boxes import PinBoxes
from desktop.widgets.progress import Progress
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.search_field import SearchField
from desktop.widgets.segmented import Segmented
from desktop.widgets.status_bar import StatusBar, StatusItem
from desktop.widgets.steps import StepIndicator
from desktop.widgets.strip import Strip
from desktop.widgets.table import Cell, Table, TableColumn
from desktop.widgets.toast import Toast

SLOTS = [KeySlot(f"Verb {n}", "play", available=n != 5, primary=n == 9) for n in range(1, 13)]


def _shown_tile() -> QWidget:
    tile = GoodsTile("7")
    tile.show_tile(Tile("Cola 0.5 l", "₽110", "2 pcs", "cup-soda", low=True))
    return tile


def _shown_bar() -> QWidget:
    bar = KeyBar()
    bar.show_slots(SLOTS)
    return bar


def _shown_choices() -> QWidget:
    choices = ChoiceList("How to pay")
    choices.show_choices(
        [Choice("Cash", key="Enter", icon="banknote", amount="₽579"), Choice("Card", key="2"), Choice("Anna", person=True)], 0
    )
    return choices


def _shown_cart() -> QWidget:
    cart = CartList("Cart")
    cart.show_rows([CartRow("Cola", "₽110 each", "2", "₽209", "₽220")], 0)
    return cart


def _shown_found() -> QWidget:
    found = FoundList("Found")
    found.show_rows([FoundRow("Cola 0.5 l", "4607", "none left", "₽110", True, ((0, 3),))], 0)
    return found


def _shown_table() -> QWidget:
    table = Table(
        "Goods",
        [TableColumn("Name", lambda row: row), TableColumn("State", lambda row: Cell("New", icon="plus", badge="ok"), 10)],
    )
    table.show_rows(["Cola", "Tea"], 0)
    return table


def _shown_toast() -> QWidget:
    toast = Toast()
    toast.show_undo("Line removed", "brings it back")
    return toast


def _shown_strip() -> QWidget:
    strip = Strip()
    strip.show_strip("No link", "Selling goes on", key="F1", verb="More")
    return strip


def _shown_status() -> QWidget:
    bar = StatusBar()
    bar.show_items([StatusItem("user", "Anna"), StatusItem("inbox", "2", "To review", True)])
    bar.show_chip("All sent", "cloud-check", "ok")
    bar.show_time("Sat 21 November", "19:22")
    return bar


def _shown_paper() -> QWidget:
    paper = PaperView("Receipt")
    paper.show_lines(["Cola 0.5 l", "2 x 110.00      220.00"], 32)
    return paper


MAKERS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Pay", "F9", role="primary", icon="banknote"),
    "destructive button": lambda: Button("Stop", "End", role="destructive", dense=True),
    "icon button": lambda: IconButton("plus", "One more"),
    "key cap": lambda: KeyCap("Ctrl+Enter"),
    "chip": lambda: Chip("Drinks", icon="list", count="3"),
    "badge": lambda: Badge("New", icon="plus", tone="ok"),
    "card": lambda: Card(Label("x"), title="Drawer"),
    "figure": lambda: Figure("Counted", "₽19,910", "by Anna", tone="danger", icon="triangle-alert"),
    "value row": lambda: ValueRow("Cash", "₽20", count="3", total=True),
    "steps": lambda: StepIndicator(["Count", "Result"], 1),
    "side steps": lambda: StepIndicator(["Count", "Result"], 1, vertical=True),
    "line": lambda: LineEdit("Barcode"),
    "money": lambda: MoneyInput("Received"),
    "text": lambda: TextArea("Remark"),
    "search": lambda: SearchField("Goods"),
    "pin": PinBoxes,
    "progress": lambda: Progress("Import"),
    "segmented": lambda: Segmented([("layout-grid", "Map"), ("", "Table")], "View"),
    "avatar": lambda: Avatar("Илья Кравцов"),
    "paper": _shown_paper,
    "empty": lambda: EmptyState("The shift is not open", "clock", "Open", "Enter"),
    "tile": _shown_tile,
    "key bar": _shown_bar,
    "choices": _shown_choices,
    "cart": _shown_cart,
    "found": _shown_found,
    "table": _shown_table,
    "toast": _shown_toast,
    "strip": _shown_strip,
    "status": _shown_status,
}


@pytest.fixture(autouse=True)
def _quiet_theme(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


@pytest.mark.parametrize("name", MAKERS)
def test_every_part_has_a_name_for_assistive_technology(qtbot: QtBot, name: str) -> None:
    widget = MAKERS[name]()
    qtbot.addWidget(widget)
    assert widget.accessibleName()
    focusable = [child for child in widget.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = [child for child in focusable if type(child).__module__.startswith("desktop.")]
    assert all(child.accessibleName() for child in named)


@pytest.mark.parametrize("name", MAKERS)
def test_every_part_paints_in_every_theme_and_size(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    widget = MAKERS[name]()
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint().expandedTo(widget.minimumSizeHint()))
    seen = set()
    for look, scale in (("light", 100), ("dark", 100), ("contrast", 200)):
        theme.apply(qapp, look, scale)
        widget.setEnabled(scale == 100)
        image = widget.grab().toImage()
        assert not image.isNull()
        seen.add(bytes(image.constBits()))
    assert len(seen) > 1


@pytest.mark.parametrize(
    ("key", "words"),
    [("Ctrl+Enter", "Ctrl ⏎"), ("Shift+F9", "⇧F9"), ("Num +", "Num +"), ("+", "+"), ("Ctrl++", "Ctrl +"), ("-", "\u2212"),
     ("F9", "F9"), ("Up", "↑"), ("PgDown", "PgDn")],
)  # fmt: skip
def test_keys_read_as_on_a_keyboard(key: str, words: str) -> None:
    assert key_words(key) == words


def test_a_disabled_button_answers_a_click_with_its_reason(qtbot: QtBot) -> None:
    button = Button("Discount", "F8")
    qtbot.addWidget(button)
    button.set_available(False, "Over 10 % needs the shift lead")
    with qtbot.waitSignal(button.refused, timeout=1000) as heard:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == ["Over 10 % needs the shift lead"]
    assert (button.toolTip(), button.accessibleDescription()) == (heard.args[0], heard.args[0])


def test_a_click_on_slot_n_is_fn(qtbot: QtBot) -> None:
    bar = _shown_bar()
    qtbot.addWidget(bar)
    bar.resize(1366, 64)
    bar.show()
    heard: list[int] = []
    assert isinstance(bar, KeyBar)
    bar.pressed.connect(heard.append)
    buttons = sorted(bar.findChildren(QWidget), key=lambda child: (child.y(), child.x()))
    for button in buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]


def test_money_groups_itself_while_it_is_typed(qtbot: QtBot) -> None:
    i18n.set_language("ru")
    field = MoneyInput("Получено")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "12345,5")
    assert (field.text(), field.amount_minor) == ("12\u00a0345,5", 1_234_550)
    QTest.keyClicks(field, "xyz99")
    assert field.amount_minor == 1_234_559
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.amount_minor is None


def test_money_typed_in_english_is_the_same_amount(qtbot: QtBot) -> None:
    field = MoneyInput("Received")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "1234.5")
    assert field.amount_minor == 123_450


def test_an_error_is_read_out_and_goes_away(qtbot: QtBot) -> None:
    field = LineEdit()
    form = FormField("Barcode", field)
    qtbot.addWidget(form)
    form.show_error("12 digits, 13 needed")
    assert (field.accessibleName(), field.accessibleDescription(), field.property("state")) == (
        "Barcode",
        "12 digits, 13 needed",
        "error",
    )
    form.show_error("")
    assert (field.accessibleDescription(), field.property("state")) == ("", "")


def test_a_pin_is_typed_and_never_shown(qtbot: QtBot) -> None:
    pin = PinBoxes()
    qtbot.addWidget(pin)
    with qtbot.waitSignal(pin.entered, timeout=1000) as heard:
        QTest.keyClicks(pin, "12a3")
        QTest.keyClick(pin, Qt.Key.Key_Backspace)
        QTest.keyClicks(pin, "45")
        QTest.keyClick(pin, Qt.Key.Key_Enter)
    assert heard.args == ["1245"]
    assert "1245" not in pin.accessibleDescription() + pin.accessibleName()
    assert pin.accessibleDescription() == "4 digits typed"


def test_the_pad_gives_its_digits(qtbot: QtBot) -> None:
    pad = NumPad()
    heard: list[str] = []
    qtbot.addWidget(pad)
    pad.digit.connect(heard.append)
    for child in pad.findChildren(QWidget):
        QTest.mouseClick(child, Qt.MouseButton.LeftButton)
    assert "".join(heard) == "7894561230"


def test_a_digit_or_an_arrow_chooses_and_skips_what_cannot_be_chosen(qtbot: QtBot) -> None:
    choices = ChoiceList("Reason")
    qtbot.addWidget(choices)
    heard: list[int] = []
    choices.chosen.connect(heard.append)
    choices.show_choices(
        [Choice("A", key="1"), Choice("B", key="2", available=False, reason="no right"), Choice("C", key="3")], 0
    )
    QTest.keyClick(choices, Qt.Key.Key_Down)
    QTest.keyClick(choices, Qt.Key.Key_2)
    QTest.keyClick(choices, Qt.Key.Key_1)
    assert heard == [2, 0]


def test_a_dialog_keeps_tab_inside_goes_back_by_esc_and_forward_by_enter(qtbot: QtBot) -> None:
    window = Column(LineEdit("Below"))
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    below = window.findChildren(LineEdit)[0]
    below.setFocus()
    dialog = Dialog("Pay", back="Back", primary="Take ₽10")
    one, two = LineEdit("One"), LineEdit("Two")
    dialog.body.add(one, two)
    dialog.open_over(window)
    assert QApplication.focusWidget() is one
    visited: list[QWidget] = []
    for _ in range(4):
        QTest.keyClick(visited[-1] if visited else one, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        visited.append(now)
    assert visited == [two, dialog.back_button, dialog.primary_button, one]
    with qtbot.waitSignal(dialog.accepted, timeout=1000):
        QTest.keyClick(one, Qt.Key.Key_Return)
    with qtbot.waitSignals([dialog.dismissed, dialog.closed], timeout=1000):
        QTest.keyClick(one, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is below


def test_enter_on_the_way_back_does_not_go_forward(qtbot: QtBot) -> None:
    window = Column()
    qtbot.addWidget(window)
    dialog = Dialog("Pay", back="Back", primary="Take ₽10")
    dialog.open_over(window)
    with qtbot.assertNotEmitted(dialog.accepted), qtbot.waitSignal(dialog.dismissed, timeout=1000):
        QTest.keyClick(dialog.back_button, Qt.Key.Key_Return)


def test_a_dialog_never_takes_the_window_its_activity(qtbot: QtBot) -> None:
    window = Column()
    qtbot.addWidget(window)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
    dialog = Dialog("Pay", back="Back", primary="Take")
    dialog.open_over(window)
    assert QApplication.activeWindow() is window


def test_an_undo_bar_says_what_happened_and_the_key(qtbot: QtBot) -> None:
    window, toast = Column(), Toast()
    qtbot.addWidget(window)
    window.add(toast)
    window.show()
    assert not toast.isVisible()
    toast.show_undo("Line removed", "brings it back")
    assert toast.isVisible()
    assert toast.accessibleName() == "Line removed. Ctrl Z brings it back"
    with qtbot.waitSignal(toast.undo_pressed, timeout=1000):
        QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    toast.clear()
    assert not toast.isVisible()


def test_a_narrow_status_bar_says_less_and_never_overlaps(qtbot: QtBot) -> None:
    bar = StatusBar()
    window = Column(bar)
    qtbot.addWidget(window)
    window.show()
    bar.show_items(
        [
            StatusItem("map-pin", "Club at the Forest", "desk 1"),
            StatusItem("user", "Anna"),
            StatusItem("inbox", "2", "To review", True),
        ]
    )
    bar.show_chip("No link · 12 waiting · 18 min", "cloud-off", "warn")
    bar.show_time("Sat 21 November", "19:22")
    for width in (1366, 900, 640):
        window.resize(width, 100)
        QApplication.processEvents()
        tops = [child for child in bar.findChildren(QWidget) if child.isVisible() and not child.findChildren(QWidget)]
        spans = sorted((child.mapTo(bar, child.rect().topLeft()).x(), child.width()) for child in tops)
        assert all(x + wide <= after for (x, wide), (after, _) in pairwise(spans)), width
        assert spans[-1][0] + spans[-1][1] <= width


def test_names_break_at_words_and_never_leave_a_unit_alone(qapp: QApplication) -> None:
    metrics = theme.look().metrics("body_strong")
    wide = metrics.horizontalAdvance("Добрый Кола 0,5") + 1
    assert paint.two_lines("Добрый Кола 0,5 л", metrics, wide) == ["Добрый Кола", "0,5 л"]
    assert paint.two_lines("Вода", metrics, wide) == ["Вода"]


def test_initials_are_the_first_letters_of_two_words() -> None:
    assert [initials(name) for name in ("Илья Кравцов", "Анна", "", "a b c")] == ["ИК", "А", "", "AB"]


def test_a_section_head_and_its_words_change_live(qtbot: QtBot) -> None:
    head = SectionHead("Found: 6")
    qtbot.addWidget(head)
    head.set_title("Found: 7")
    assert head.findChildren(Label)[0].text() == "Found: 7"
