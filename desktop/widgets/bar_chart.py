"""Bars side by side, each carrying its value; read by assistive technology as one line of names and values."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.paint import Shape


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name below, its value above; an open one is not finished yet and drawn light."""

    name: str
    value: int
    label: str
    is_open: bool = False


class BarChart(QWidget):
    """A row of bars; only values above zero have a height."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, name: str, bars: Sequence[Bar]) -> None:
        """Show these bars under an accessible name."""
        self._bars = tuple(bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{bar.name}: {bar.label}" for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a day of hours."""
        return QSize(look().px("tile_width") * 2, look().px("chart"))

    def minimumSizeHint(self) -> QSize:
        """As high as it is drawn."""
        return QSize(look().px("tile_width"), look().px("chart"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, values and names."""
        if not self._bars:
            return
        p, line = paint.painter(self), look().metrics("cap").height()
        gap, most = look().px("chart_gap"), max(1, *(bar.value for bar in self._bars))
        wide = (self.width() - gap * (len(self._bars) - 1)) / len(self._bars)
        floor = self.height() - line - look().space("xs")
        room = floor - line - look().space("xs")
        for number, bar in enumerate(self._bars):
            x, high = number * (wide + gap), room * max(0, bar.value) / most
            rect = QRectF(x, floor - high, wide, high)
            shape = Shape(fill="accent_soft" if bar.is_open else "accent", edge="accent", radius="bar")
            if high >= 1:
                paint.box(p, rect, shape)
            paint.text(p, QRectF(x, rect.top() - line - look().space("xs"), wide, line), bar.label, "cap", "text", paint.CENTER)
            paint.text(p, QRectF(x, floor + look().space("xs"), wide, line), bar.name, "cap", "muted", paint.CENTER)
