"""The line along the top: where, who, which shift, drawer and clock, and the chip that tells what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Label, Row, reveal
from desktop.widgets.chip import Chip, Tone
from desktop.widgets.paint import Shape

_PRODUCT = "ClubKassa"


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One item: quiet words, then strong ones when `strong_last`, else strong words then quiet ones."""

    icon: str
    strong: str
    quiet: str = ""
    strong_last: bool = False


class Mark(QWidget):
    """The armchair in its square."""

    def __init__(self, size: str = "status_mark") -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        p = paint.painter(self)
        rect = QRectF(self.rect())
        paint.box(p, rect, Shape(fill="accent", edge="", radius="cap"))
        inset = rect.width() * 0.2
        paint.icon(p, rect.adjusted(inset, inset, -inset, -inset), "armchair", "on_accent")


class _Item(QWidget):
    """One painted item with the divider at its left."""

    def __init__(self) -> None:
        super().__init__()
        self._item = StatusItem("", "")
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_item(self, item: StatusItem) -> None:
        if item == self._item:
            return
        self._item = item
        self.setAccessibleName(" ".join(words for words, _role in self._words()))
        self.updateGeometry()
        self.update()

    def shorten(self, short: bool) -> None:
        """Drop the quiet words where strong ones say enough."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def _words(self) -> list[tuple[str, str]]:
        strong, quiet = (self._item.strong, "small_strong"), (self._item.quiet, "small")
        if self._is_short and strong[0] and not self._item.strong_last:
            return [strong]
        return [pair for pair in ((quiet, strong) if self._item.strong_last else (strong, quiet)) if pair[0]]

    def sizeHint(self) -> QSize:
        px = look().px
        gap = px("cap_inset")
        words = sum(look().metrics(role).horizontalAdvance(text) + gap for text, role in self._words())
        return QSize(2 * look().space("m") + px("icon_bar") + words, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, px = paint.painter(self), look().px
        high = float(self.height())
        divider = px("status_divider")
        p.fillRect(QRectF(0, (high - divider) / 2, look().edge("line"), divider), look().color("line"))
        x = float(look().space("m"))
        side = px("icon_bar")
        paint.icon(p, QRectF(x, (high - side) / 2, side, side), self._item.icon, "text")
        x += side + px("cap_inset")
        for text, role in self._words():
            ink = "text" if role == "small_strong" or self._item.strong_last or not self._item.strong else "muted"
            wide = look().metrics(role).horizontalAdvance(text)
            paint.text(p, QRectF(x, 0, wide + 1, high), text, role, ink)
            x += wide + px("cap_inset")


class StatusBar(Row):
    """The top line of the window.

    Signals: chip_pressed — the sync chip was clicked.
    """

    chip_pressed = Signal()

    def __init__(self) -> None:
        self._items: list[_Item] = []
        super().__init__(gap="none", insets=("l", "none", "l", "none"), fill="surface")
        self._wanted: list[_Item] = []
        self._place = Row(gap="none")
        self._chip = Chip(checkable=False, filter_size=False)
        self._chip.clicked.connect(self.chip_pressed)
        self._date = Label("", "small", "muted")
        self._clock = Label("", "primary")
        self._clock.set_role("price")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        brand = Row(Mark(), Label(_PRODUCT, "body_strong"), gap="s", insets=("none", "none", "m", "none"))
        right = Row(self._chip, self._date, self._clock, gap="m")
        self.add(brand, self._place)
        self.add_stretch()
        self.add(right)
        self._ends = (brand, right)
        self.setAccessibleName(tr("Status"))
        self._chip.hide()

    def sizeHint(self) -> QSize:
        """As high as the token says."""
        return QSize(super().sizeHint().width(), look().px("status_bar"))

    def minimumSizeHint(self) -> QSize:
        """Never lower; narrower windows drop items by their owner's choice."""
        return QSize(0, look().px("status_bar"))

    def show_items(self, items: Sequence[StatusItem]) -> None:
        """Show items from left to right."""
        while len(self._items) < len(items):
            item = _Item()
            self._items.append(item)
            self._place.add(item)
        for widget in self._items[len(items) :]:
            widget.hide()
        self._wanted = self._items[: len(items)]
        for widget, shown in zip(self._wanted, items, strict=True):
            widget.show_item(shown)
        self._fit()

    def show_chip(self, text: str, icon: str, tone: Tone) -> None:
        """Show what the sync says; no text hides the chip."""
        self._chip.show_state(text, icon=icon, tone=tone)
        reveal(self._chip, bool(text))
        self._fit()

    def show_time(self, date: str, clock: str) -> None:
        """Show the day and the time."""
        self._date.setText(date)
        self._clock.setText(clock)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less when there is less room."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        if self._items:
            self._fit()

    def _fit(self) -> None:
        """Drop the quiet words first, then the date, then items from the last but the first ones stay."""
        shown = list(self._wanted)
        for item in shown:
            item.shorten(False)
            reveal(item, True)
        reveal(self._date, True)
        if self._overflow(shown) > 0:
            for item in shown:
                item.shorten(True)
        if self._overflow(shown) > 0:
            self._date.hide()
        while shown and self._overflow(shown) > 0:
            shown.pop().hide()

    def _overflow(self, shown: list[_Item]) -> int:
        """Pixels that do not fit."""
        for end in self._ends:
            layout = end.layout()
            if layout is not None:
                layout.invalidate()
        ends = sum(end.sizeHint().width() for end in self._ends)
        return ends + sum(item.sizeHint().width() for item in shown) + 2 * look().space("l") - self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a line below."""
        super().paintEvent(event)
        width = look().edge("line" if not look().is_contrast else "normal")
        paint.painter(self).fillRect(QRectF(0, self.height() - width, self.width(), width), look().color("line"))
