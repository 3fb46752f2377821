"""The bar of twelve keys along the foot of the window; slot n is always Fn."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.paint import Shape

SLOTS = 12
_GROUP = 4


@dataclass(frozen=True, slots=True)
class KeySlot:
    """What Fn does now. Without `available` it is dashed and muted, never gone; `primary` is the way forward."""

    label: str
    icon: str
    available: bool = True
    primary: bool = False
    reason: str = ""


class KeyButton(PaintedButton):
    """One slot."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._slot = KeySlot("", "", available=False)
        # The keys themselves reach everything here, so Tab does not walk twelve stops at every screen's end.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_slot(self, slot: KeySlot) -> None:
        """Show what the key does."""
        self._slot = slot
        self.setText(slot.label)
        self.set_available(slot.available, slot.reason or tr("Not on this screen"))
        self.setAccessibleName(f"F{self.number} {slot.label}")
        self.update()

    def sizeHint(self) -> QSize:
        """One cap of the bar."""
        return QSize(look().px("key_slot_width"), look().px("key_slot"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key, icon and verb."""
        p = paint.painter(self)
        slot, px = self._slot, look().px
        rect = QRectF(self.rect())
        pressed = self.is_pressed and slot.available
        lower = look().edge() if pressed else px("key_slot_edge")
        ink = "on_accent" if slot.primary and slot.available else "text" if slot.available else "muted"
        if not slot.available:
            paint.box(p, rect.adjusted(0, 0, 0, -1), Shape(fill="", dashed=True))
        elif slot.primary:
            paint.box(p, rect, Shape(fill="accent", edge="accent"), look().mix("accent", "text", 6) if pressed else None)
        else:
            hover = Shape(edge="accent", width="strong") if self.is_hovered else Shape()
            paint.raised(p, rect, hover, lower)
        down = 2 if pressed else 0
        inset = px("key_slot_inset")
        inner = rect.adjusted(inset, px("cap_inset") + down - 1, -inset, -px("cap_inset") + down - 2)
        side = px("icon_bar")
        key_role = "small_bold" if slot.available else "small_medium"
        half = inner.height() / 2
        paint.text(p, QRectF(inner.left(), inner.top(), inner.width(), half), f"F{self.number}", key_role, ink)
        if slot.icon:
            paint.icon(p, QRectF(inner.right() - side, inner.top() + (half - side) / 2, side, side), slot.icon, ink)
        paint.text(p, QRectF(inner.left(), inner.top() + half, inner.width(), half), slot.label, "small_medium", ink, elide=True)


class KeyBar(QWidget):
    """Twelve slots in three groups of four, like the keyboard; two rows of six when the text is large.

    Signals: pressed — a slot was clicked; carries 1 to 12. refused — a slot that does nothing now; carries the reason.
    """

    pressed = Signal(int)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons = [KeyButton(number) for number in range(1, SLOTS + 1)]
        for button in self._buttons:
            button.setParent(self)
            button.clicked.connect(lambda _checked=False, number=button.number: self.pressed.emit(number))
            button.refused.connect(self.refused)
        self.setAccessibleName(tr("Function keys"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_slots(self, slots: Sequence[KeySlot]) -> None:
        """Show what F1 to F12 do; exactly twelve."""
        for button, slot in zip(self._buttons, slots, strict=True):
            button.show_slot(slot)

    def flash(self, number: int) -> None:
        """Show that Fn was pressed on the keyboard."""
        self._buttons[number - 1].flash()

    def _rows(self) -> int:
        return 1 if look().tokens.scale < 150 else 2

    def sizeHint(self) -> QSize:
        """The bar, as high as its rows."""
        px = look().px
        rows = self._rows()
        return QSize(px("screen_width"), px("key_bar") + (rows - 1) * (px("key_slot") + px("key_gap")))

    def minimumSizeHint(self) -> QSize:
        """As high as the rows, as narrow as the window wants."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the slots out to the pixel, so that the groups stay like the keyboard's."""
        px = look().px
        rows = self._rows()
        columns = SLOTS // rows
        inset, gap = px("key_bar_inset"), px("key_gap")
        group_gap = px("key_group_gap") if rows == 1 else gap
        groups = columns // _GROUP - 1 if rows == 1 else 0
        free = self.width() - 2 * inset - (columns - 1 - groups) * gap - groups * group_gap
        width = free / columns
        top = (px("key_bar") - px("key_slot")) // 2
        for index, button in enumerate(self._buttons):
            row, column = divmod(index, columns)
            wide_gaps = column // _GROUP if rows == 1 else 0
            x = inset + column * (width + gap) + wide_gaps * (group_gap - gap)
            y = top + 1 + row * (px("key_slot") + gap)
            button.setGeometry(round(x), y, round(x + width) - round(x), px("key_slot"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with a line above."""
        p = paint.painter(self)
        p.fillRect(self.rect(), look().color("surface"))
        width = look().edge("line")
        p.setPen(QPen(look().color("line"), width))
        p.drawLine(QPointF(0, width / 2), QPointF(self.width(), width / 2))
