"""A story as a line of dots: when, what, by whom, how much."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.screens.review.words import Event
from desktop.widgets import paint
from desktop.widgets.base import Column, Label, Row


class _Dot(QWidget):
    """A dot; the line to the next one hangs below it."""

    def __init__(self, *, last: bool) -> None:
        super().__init__()
        self._last = last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as the dot."""
        return QSize(look().px("story_dot"), look().px("story_dot"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line and dot."""
        p, side = paint.painter(self), look().px("story_dot")
        top = look().metrics("body").height() / 2
        if not self._last:
            width = look().edge("normal")
            p.fillRect(QRectF((self.width() - width) / 2, top, width, self.height() - top), look().color("border"))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(look().color("accent"))
        p.drawEllipse(QPointF(self.width() / 2, top), side / 2, side / 2)


class _EventRow(Row):
    def __init__(self, event: Event, *, last: bool) -> None:
        self._when = Label(event.when, "body_strong")
        super().__init__(gap="l")
        words = Column(Label(event.title, wrap=True), gap="none", insets=("none", "none", "none", "s"))
        if event.note:
            words.add(Label(event.note, "small", "muted", wrap=True))
        amount = Label(event.amount, "body_strong", align=Qt.AlignmentFlag.AlignRight)
        self.add(self._when, _Dot(last=last))
        self.add(words, stretch=1)
        self.add(amount)
        for label in (self._when, amount):
            self.box.setAlignment(label, Qt.AlignmentFlag.AlignTop)
        said = (event.when, event.title, event.note, event.amount)
        self.setAccessibleName(", ".join(part for part in said if part))

    def restyle(self) -> None:
        super().restyle()
        self._when.setMinimumWidth(look().px("story_time"))


class Story(Column):
    """Events from top to bottom."""

    def __init__(self) -> None:
        super().__init__(gap="none")
        self._events: tuple[Event, ...] = ()

    def show_events(self, events: Sequence[Event]) -> None:
        """Tell these events."""
        if tuple(events) == self._events:
            return
        self._events = tuple(events)
        self.clear()
        for place, event in enumerate(events, 1):
            self.add(_EventRow(event, last=place == len(events)))
