"""A card, the head of a section, and rows of a name with its value."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Column, Insets, Label, Row, Rule, reveal
from desktop.widgets.labels import Icon
from desktop.widgets.paint import Shape

CardTone = Literal["plain", "accent", "ok", "warn", "danger"]


class _EdgeOver(QWidget):
    """The rounded edge above children that fill a card to its corners."""

    def __init__(self, card: QWidget) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, rect = paint.painter(self), QRectF(self.rect())
        corners, inside = QPainterPath(), QPainterPath()
        corners.addRect(rect)
        radius = look().radius("card")
        inside.addRoundedRect(rect, radius, radius)
        p.fillPath(corners.subtracted(inside), look().color("bg"))
        paint.box(p, rect, Shape(fill="", edge="line", radius="card"))


class Card(Column):
    """A surface with rounded corners; a tone gives it a soft fill and a strong edge of its own colour.

    With insets "none" its children, a list or a table, are clipped by the rounded edge.
    """

    def __init__(
        self,
        *widgets: QWidget,
        title: str = "",
        tone: CardTone = "plain",
        gap: str = "s",
        insets: Insets = "l",
        ground: str = "surface",
    ) -> None:
        self._tone: CardTone = tone
        self._ground = ground
        self._clips = insets == "none"
        super().__init__(gap=gap, insets=insets)
        self._over = _EdgeOver(self) if self._clips else None
        if title:
            self.add(Label(title, "body_strong"))
            self.setAccessibleName(title)
        self.add(*widgets)

    def restyle(self) -> None:
        super().restyle()
        if self._clips:
            edge = look().edge()
            self.box.setContentsMargins(edge, edge, edge, edge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the edge above the children."""
        super().resizeEvent(event)
        if self._over is not None:
            self._over.setGeometry(self.rect())
            self._over.raise_()

    def set_tone(self, tone: CardTone) -> None:
        """Change what the card says by its colour."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        if self._tone == "plain":
            shape = Shape(fill=self._ground, edge="line", radius="card")
        else:
            shape = Shape(fill=f"{self._tone}_soft", edge=self._tone, width="strong", radius="card")
        paint.box(paint.painter(self), QRectF(self.rect()), shape)


class SectionHead(Row):
    """The name of a block at the left and something quiet at the right."""

    def __init__(self, title: str = "", *right: QWidget) -> None:
        super().__init__()
        self._title = Label(title, "body_strong")
        self.add(self._title)
        self.add_stretch()
        self.add(*right)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Change the name."""
        self._title.setText(title)


class ValueRow(Column):
    """A name at the left, an optional count, a value at the right; `total` makes it the last, strong row.

    Without `rule` rows stand close together, as the sums above a total do.
    """

    def __init__(
        self, name: str = "", value: str = "", *, count: str = "", total: bool = False, rule: bool = True, quiet: bool = False
    ) -> None:
        self._height = "row_dense" if rule else "row_sum"
        self._widest = ""
        role = "body_bold" if total else "body"
        self._name = Label(name, role, "muted" if quiet else "text")
        self._count = Label(count, "body", "muted", align=Qt.AlignmentFlag.AlignRight)
        self._value = Label(value, role, align=Qt.AlignmentFlag.AlignRight)
        super().__init__(gap="none")
        line = Row(gap="xl")
        line.add(self._name, stretch=1)
        line.add(self._count, self._value)
        self.add(line, stretch=1)
        if rule:
            self.add(Rule())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name} {value}".strip())

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(look().px(self._height))
        self._value.setMinimumWidth(look().metrics("body_bold").horizontalAdvance(self._widest))

    def align_to(self, widest: str) -> None:
        """Give the value the room of the widest one of its block, so that counts stand in a column."""
        self._widest = widest
        self.restyle()

    def show_value(self, value: str, count: str = "", color: str = "text") -> None:
        """Change the value and the count."""
        self._value.setText(value)
        self._value.set_color(color)
        self._count.setText(count)
        self.setAccessibleName(f"{self._name.text()} {value}".strip())

    def set_name(self, name: str) -> None:
        """Change the name."""
        self._name.setText(name)


class Figure(Card):
    """A card with one big number: what it is, the number, a quiet remark."""

    def __init__(
        self, name: str = "", value: str = "", remark: str = "", *, tone: CardTone = "plain", role: str = "figure", icon: str = ""
    ) -> None:
        super().__init__(tone=tone, gap="none", insets=("l", "m"))
        self._icon = Icon("", size="icon_small")
        self._name = Label(name, "small", "muted")
        self._value = Label(value, role)
        self._remark = Label(remark, "small", "muted")
        head = Row(self._icon, self._name, gap="xs")
        head.add_stretch()
        self.add(head, self._value, self._remark)
        self.show_figure(name, value, remark, tone, icon)

    def show_figure(self, name: str, value: str, remark: str = "", tone: CardTone = "plain", icon: str = "") -> None:
        """Change everything; in a tone the name and the number take its colour."""
        self.set_tone(tone)
        ink = tone if tone in {"ok", "warn", "danger"} else "text"
        self._icon.show_icon(icon, ink)
        reveal(self._icon, bool(icon))
        self._name.setText(name)
        self._name.set_color(ink if ink != "text" else "muted")
        self._name.set_role("small_strong" if ink != "text" else "small")
        self._value.setText(value)
        self._value.set_color(ink)
        self._remark.setText(remark)
        self._remark.set_color("muted" if ink == "text" else "text")
        self.setAccessibleName(f"{name} {value}")
