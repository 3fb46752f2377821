"""The look switches while the program runs, in our own font and with digits of one width."""

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.design import icons, theme, tokens
from desktop.widgets.base import Column, Label
from desktop.widgets.buttons import Button


@pytest.mark.parametrize("name", tokens.THEMES)
def test_the_palette_follows_the_tokens(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    colors = tokens.load(name).colors
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == colors["bg"]
    assert qapp.palette().color(QPalette.ColorRole.Text).name().upper() == colors["text"]


def test_the_font_is_inter_with_digits_of_one_width(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert theme.FONT_FAMILY in QFontDatabase.families()
    assert QFontInfo(theme.look().font("body")).family() == theme.FONT_FAMILY
    for role in ("body", "body_strong", "total"):
        metrics = theme.look().metrics(role)
        assert metrics.horizontalAdvance("1111111") == metrics.horizontalAdvance("0000000")


def test_widgets_grow_and_change_colour_without_being_built_anew(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light", 100)
    label, button = Label("Total", "body", "danger"), Button("Pay", "F9", role="primary")
    column = Column(label, button, gap="l", insets="xl")
    qtbot.addWidget(column)
    before = (label.font().pixelSize(), button.sizeHint().height(), column.box.spacing())
    theme.apply(qapp, "dark", 200)
    after = (label.font().pixelSize(), button.sizeHint().height(), column.box.spacing())
    assert after == tuple(2 * px for px in before)
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.look().color("danger")
    theme.apply(qapp, "light", 100)
    assert label.font().pixelSize() == before[0]


def test_a_change_is_announced_once(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.theme().changed, timeout=1000):
        theme.apply(qapp, "contrast")


@pytest.mark.parametrize("name", tokens.THEMES)
def test_an_icon_takes_the_colour_it_is_asked_for(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    color = theme.look().color("accent")
    image = icons.pixmap("square", color, 24, 2.0).toImage()
    solid = {image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255}
    assert solid == {color.name()}


def test_an_icon_that_is_not_installed_is_empty_and_breaks_nothing(qapp: QApplication) -> None:
    assert not icons.pixmap("no-such-icon", theme.look().color("text"), 16).isNull()


def test_a_standard_label_keeps_the_house_font(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    label = QLabel("12")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().family() == theme.FONT_FAMILY
