"""Long sentences and names: said to their end, and nothing is pushed aside by them."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.base import Column, Row
from desktop.widgets.combo import Combo
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.toast import Toast


def test_a_long_sentence_of_an_undo_bar_is_said_to_its_end(qtbot: QtBot) -> None:
    toast = Toast()
    qtbot.addWidget(toast)
    toast.show_message("Short")
    one = toast.heightForWidth(346)
    toast.show_message("One digit of 4600000099999 is wrong. Scan the item or compare the number")
    assert toast.heightForWidth(346) > one
    assert toast.heightForWidth(1000) == one


def test_a_long_word_among_choices_makes_nothing_wider(qtbot: QtBot) -> None:
    combo = Combo("Section", [("a", "All")], "a")
    qtbot.addWidget(combo)
    wide = combo.minimumSizeHint().width()
    combo.show_options([("a", "All"), ("b", "Instruments/Hardware/Nails and what goes with them " * 3)], "a")
    assert combo.minimumSizeHint().width() == wide


def test_fields_of_a_row_stay_on_one_line_when_one_has_an_error_of_two_lines(qtbot: QtBot) -> None:
    left, right = FormField("PIN", LineEdit()), FormField("Again", LineEdit())
    row = Row()
    row.add(left, right, stretch=1)
    window = Column(row)
    window.add_stretch()
    qtbot.addWidget(window)
    window.resize(360, 300)
    window.show()
    left.show_error("Who approves for others needs a PIN of at least six digits, so type some more of them here")
    QApplication.sendPostedEvents()
    window.grab()
    assert left.mapTo(window, left.field.pos()).y() == right.mapTo(window, right.field.pos()).y()
    note = left.findChildren(Note)[0]
    assert note.geometry().top() > left.field.geometry().bottom()
