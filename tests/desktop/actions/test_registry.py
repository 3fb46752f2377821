"""A key reaches the action of whoever is visible and topmost, on both layouts and while a field has the focus."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.actions.catalog import ACTIONS, BAR_DEFAULTS, BY_ID, GROUPS, HINTS
from desktop.actions.keys import cyrillic_twin, function_key, pressed_name, sequences
from desktop.actions.registry import Actions
from desktop.widgets.base import Column
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import LineEdit
from desktop.widgets.search_field import SearchField


class Window(Column):
    """A window with two pages, a plain field and a field that finds."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.search = LineEdit("Name"), SearchField("Goods")
        self.first, self.second = Column(self.field, self.search), Column()
        self.add(self.first, self.second)
        self.second.hide()
        self.done: Counter[str] = Counter()
        self.actions_here = Actions(self)

    def offer(self, action_id: str, owner: QWidget | None = None, name: str = "") -> None:
        self.actions_here.bind(action_id, lambda: self.done.update([name or action_id]), owner or self.first)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.field.setFocus()
    return made


def test_no_two_actions_that_live_together_share_a_key() -> None:
    for scope in {action.scope for action in ACTIONS}:
        together = [action for action in ACTIONS if action.scope in {scope, "program"}]
        keys = Counter(sequence.toString() for action in together for sequence in sequences(action.keys))
        assert not [key for key, times in keys.items() if times > 1], scope


def test_every_action_has_one_id_a_label_a_real_key_and_a_known_group() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.label, action.id
        assert action.group in GROUPS, action.id
        assert all(not QKeySequence(key).isEmpty() and QKeySequence(key).count() == 1 for key in action.keys), action.id
    assert all(hint.group in GROUPS for hint in HINTS)


def test_no_action_is_a_single_letter() -> None:
    assert not [action.id for action in ACTIONS for key in action.keys if len(key) == 1 and key.isalpha()]


def test_letter_chords_have_their_cyrillic_twin() -> None:
    assert [cyrillic_twin(key) for key in ("Ctrl+Z", "Ctrl+Y", "F9", "Del", "Alt+Up")] == ["Ctrl+Я", "Ctrl+Н", None, None, None]


def test_a_function_key_works_while_a_field_has_the_focus(window: Window, qtbot: QtBot) -> None:
    window.offer("sale.pay")
    QTest.keyClick(window.field, Qt.Key.Key_F9)
    assert window.done == {"sale.pay": 1}


def test_undo_of_the_screen_wins_over_undo_of_the_finding_field(window: Window, qtbot: QtBot) -> None:
    window.offer("edit.undo")
    window.search.setFocus()
    QTest.keyClicks(window.search, "cola")
    QTest.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.done == {"edit.undo": 1}
    assert window.search.text() == "cola"


def test_undo_has_a_cyrillic_key_that_the_finding_field_leaves_alone(window: Window) -> None:
    window.offer("edit.undo")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, ord("Я"), Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(window.search, event)
    assert not event.isAccepted()
    twin = next(each for each in window.findChildren(QShortcut) if each.key() == QKeySequence("Ctrl+Я"))
    twin.activated.emit()
    assert window.done == {"edit.undo": 1}


def test_delete_removes_the_line_only_while_the_finding_field_is_empty(window: Window, qtbot: QtBot) -> None:
    window.offer("sale.remove_line")
    window.search.setFocus()
    QTest.keyClicks(window.search, "cola")
    QTest.keyClick(window.search, Qt.Key.Key_Delete)
    assert not window.done
    window.search.clear()
    QTest.keyClick(window.search, Qt.Key.Key_Delete)
    assert window.done == {"sale.remove_line": 1}


def test_a_hidden_screen_does_not_act(window: Window, qtbot: QtBot) -> None:
    window.offer("sale.pay", window.first, "first")
    window.offer("shift.save_count", window.second, "second")
    QTest.keyClick(window.field, Qt.Key.Key_F9)
    window.first.hide()
    window.second.show()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.done == {"first": 1, "second": 1}


def test_a_dialog_swallows_the_keys_of_what_lies_below(window: Window, qtbot: QtBot) -> None:
    window.offer("app.lock")
    dialog = Dialog("Pay", back="Back")
    field = LineEdit("Received")
    dialog.body.add(field)
    window.offer("sale.pay", dialog, "in the dialog")
    dialog.open_over(window, field)
    QTest.keyClick(field, Qt.Key.Key_F11)
    QTest.keyClick(field, Qt.Key.Key_F9)
    assert window.done == {"in the dialog": 1}
    dialog.close_dialog()
    QTest.keyClick(window.field, Qt.Key.Key_F11)
    assert window.done == {"in the dialog": 1, "app.lock": 1}


def test_a_forbidden_action_says_why_and_does_nothing(window: Window, qtbot: QtBot) -> None:
    window.offer("sale.pay")
    window.actions_here.set_enabled("sale.pay", False, "The cart is empty")
    with qtbot.waitSignal(window.actions_here.refused, timeout=1000) as heard:
        QTest.keyClick(window.field, Qt.Key.Key_F9)
    assert heard.args == ["The cart is empty"]
    assert not window.done


def test_the_bar_shows_what_the_visible_screen_binds_and_keeps_the_rest_dashed(window: Window) -> None:
    window.offer("sale.pay")
    window.offer("shift.recount", window.second)
    bar = window.actions_here.bar()
    assert len(bar) == len(BAR_DEFAULTS) == 12
    assert [number for number, slot in enumerate(bar, 1) if slot.available] == [9]
    assert (bar[8].primary, bar[7].label) == (True, "Discount")
    window.second.show()
    assert window.actions_here.bar()[7].label == "Recount"


def test_a_click_on_the_bar_is_the_key(window: Window) -> None:
    window.offer("sale.hold")
    assert window.actions_here.press_slot(4)
    assert not window.actions_here.press_slot(5)
    assert window.done == {"sale.hold": 1}


def test_a_destroyed_screen_leaves_nothing_behind(window: Window, qtbot: QtBot) -> None:
    gone = Column()
    window.add(gone)
    window.offer("sale.pay", gone, "gone")
    window.offer("sale.pay", window.first, "here")
    gone.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone))
    QTest.keyClick(window.field, Qt.Key.Key_F9)
    assert window.done == {"here": 1}


def test_the_overlay_lists_only_what_is_live(window: Window) -> None:
    window.offer("sale.pay")
    lines = {line.says for _title, lines in window.actions_here.overlay() for line in lines}
    assert "payment" in lines
    assert "settle the matter" not in lines


@pytest.mark.parametrize(
    ("key", "held", "text", "name"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", "Enter"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r", "Enter"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r", "Ctrl+Enter"),
        (Qt.Key.Key_Asterisk, Qt.KeyboardModifier.KeypadModifier, "*", "Num *"),
        (Qt.Key.Key_Asterisk, Qt.KeyboardModifier.ShiftModifier, "*", "*"),
        (Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier, "7", "7"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "\x7f", "Del"),
    ],
)
def test_a_pressed_key_has_the_name_of_its_cap(key: Qt.Key, held: Qt.KeyboardModifier, text: str, name: str) -> None:
    assert pressed_name(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == name


def test_bar_numbers_come_from_the_first_key() -> None:
    assert [function_key(BY_ID[name].keys) for name in ("help.keys", "shift.menu", "receipts.reprint", "edit.undo")] == [
        1,
        12,
        0,
        0,
    ]
