"""Every screen in every theme and language: drawn, kept as a picture, and looked over for what a person would trip on."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.appearance import Appearance
from desktop.app.bootstrap import open_desk
from desktop.app.demo import known_pins
from desktop.app.gui import Delivery, Desk
from desktop.app.pictures import Pictures, picture
from desktop.app.screens import Screens
from desktop.config import i18n
from desktop.design import theme
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.dialog import Dialog
from shared.core.clock import ManualClock
from tests.support.club import SATURDAY_MORNING

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "screenshots"
DOCS = ROOT / "docs" / "screenshots"
IN_DOCS = ("sale",)
# Only the offscreen screen says it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
_CLOSE_ENOUGH = 1
Tour = Callable[[str, str, int], Iterator[tuple[str, QWidget]]]


@pytest.fixture
def tour(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Tour]:
    """Walks a fresh demo club in a theme, a language and a text size; each picture is kept."""
    delivery = Delivery()
    clock = ManualClock(SATURDAY_MORNING)
    parts = open_desk(tmp_path / "club", demo=True, deliver=delivery, clock=clock, is_test=True, keyring_allowed=False)
    appearance = Appearance(qapp, parts.settings)
    desk = Desk(qapp, parts, appearance, Screens(parts, delivery, lambda: None, known_pins()), tmp_path)
    qtbot.addWidget(desk.window)

    def walk(look: str, language: str, size: int) -> Iterator[tuple[str, QWidget]]:
        parts.settings.change(theme=look, language=language, text_size=size)
        for name in Pictures(qapp, desk.window, parts).walk():
            _keep(desk.window, f"{name}_{look}_{language}" + (f"_{size}" if size > 100 else ""))
            yield name, desk.window

    yield walk
    desk.window.close()
    desk.close()
    appearance.stop()
    parts.close()
    i18n.set_language("en")
    theme.apply(qapp, "light")


def _keep(window: QWidget, name: str) -> None:
    KEPT.mkdir(exist_ok=True)
    image = picture(window)
    assert image.save(str(KEPT / f"{name}.png"))
    if name.split("_")[0] in IN_DOCS and name.count("_") == 2:
        place = DOCS / f"{name}.png"
        # Fonts are drawn a little differently everywhere, so pictures of the documents change only when asked.
        if not place.exists() or os.environ.get("CLUBKASSA_NEW_PICTURES"):
            DOCS.mkdir(parents=True, exist_ok=True)
            assert image.save(str(place))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_nothing_is_cut_nameless_or_overlapping(tour: Tour, look: str, language: str) -> None:
    found: list[str] = []
    seen: list[str] = []
    for name, window in tour(look, language, 100):
        seen.append(name)
        found += [f"{name}: {fault}" for fault in _faults(window)]
    assert {"sign_in", "sale", "pay", "keys", "settings", "first_run"} <= set(seen)
    assert found == []


@pytest.mark.parametrize("size", [150, 200])
def test_large_text_keeps_signing_in_and_selling_whole(tour: Tour, size: int) -> None:
    found: list[str] = []
    for name, window in tour("light", "ru", size):
        if name in {"sign_in", "sale"}:
            found += [f"{name}: {fault}" for fault in _faults(window)]
    assert found == []


def _faults(window: QWidget) -> Iterator[str]:
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    covers = [widget for widget in shown if isinstance(widget, Dialog)]
    if covers:
        shown = [widget for widget in shown if covers[-1].isAncestorOf(widget)]
    for widget in shown:
        yield from _nameless(widget)
        yield from _cut(widget)
        yield from _overlapping(widget)


def _nameless(widget: QWidget) -> Iterator[str]:
    takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    if takes_focus and widget.isEnabled() and not widget.accessibleName() and widget.focusProxy() is None:
        yield f"{_path(widget)} takes the focus and has no name"


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.text())
        if needed > widget.width() + _CLOSE_ENOUGH:
            yield f"{_path(widget)} cuts {widget.text()!r}: {needed} > {widget.width()}"
    if isinstance(widget, PaintedButton):
        least = widget.minimumSizeHint()
        if least.width() > widget.width() + _CLOSE_ENOUGH or least.height() > widget.height() + _CLOSE_ENOUGH:
            yield f"{_path(widget)} is too small for {widget.text()!r}"


def _overlapping(widget: QWidget) -> Iterator[str]:
    layout = widget.layout()
    if layout is None:
        return
    items = [layout.itemAt(number) for number in range(layout.count())]
    widgets: list[QWidget | None] = [item.widget() for item in items if item is not None]
    placed = [(each, each.geometry()) for each in widgets if each is not None and each.isVisible()]
    for number, (one, place) in enumerate(placed):
        for other, beside in placed[number + 1 :]:
            common = place.intersected(beside)
            if common.width() > _CLOSE_ENOUGH and common.height() > _CLOSE_ENOUGH:
                yield f"{_path(one)} lies over {_path(other)}"


def _path(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(parent).__name__ if parent else ''}/{type(widget).__name__}"
