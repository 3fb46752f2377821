"""Boxes whose gaps come from the tokens and grow with the text, labels by type role, and the hook for a new look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.design.theme import look

if TYPE_CHECKING:
    _WidgetMixin = QWidget
else:
    _WidgetMixin = object

Insets = str | tuple[str, str] | tuple[str, str, str, str]
"""Names of spacing steps: all four; across and down; or left, top, right, bottom."""


class Dressed(_WidgetMixin):
    """Mixin: `restyle` runs once `dress` is called and again at every change of theme, text size or style."""

    _is_dressed = False

    def dress(self) -> None:
        """Take the look in force; the last line of a constructor."""
        self._is_dressed = True
        self.restyle()

    def restyle(self) -> None:
        """Take fonts, colours and sizes from `look()`."""

    def changeEvent(self, event: QEvent) -> None:
        """Hear that the look changed."""
        super().changeEvent(event)
        if self._is_dressed and event.type() == QEvent.Type.StyleChange:
            self.restyle()


def set_insets(layout: QLayout, insets: Insets) -> None:
    """Give a layout margins by the names of spacing steps."""
    names = (insets,) * 4 if isinstance(insets, str) else insets if len(insets) == 4 else (*insets, *insets)
    left, top, right, bottom = (look().space(name) for name in names)
    layout.setContentsMargins(left, top, right, bottom)


class _Box(Dressed, QWidget):
    hangs = False
    """Whether it hangs from the upper edge of a row: fields under labels do."""

    def __init__(self, box: QBoxLayout, gap: str, insets: Insets, fill: str, width: str = "", height: str = "") -> None:
        super().__init__()
        self.box = box
        self._gap, self._insets, self._fill = gap, insets, fill
        self._fixed = (width, height)
        self.setLayout(box)
        self.dress()

    def restyle(self) -> None:
        self.box.setSpacing(look().space(self._gap))
        set_insets(self.box, self._insets)
        width, height = self._fixed
        if width:
            self.setFixedWidth(look().px(width))
        if height:
            self.setFixedHeight(look().px(height))

    def add(self, *widgets: QWidget, stretch: int = 0) -> None:
        """Put widgets at the end, each with `stretch`."""
        for widget in widgets:
            self.box.addWidget(widget, stretch)

    def add_stretch(self, stretch: int = 1) -> None:
        """Push what follows to the other end."""
        self.box.addStretch(stretch)

    def clear(self) -> None:
        """Take everything out and delete it."""
        while (item := self.box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # Hidden first: a widget waiting for its deletion would stay painted and focusable for one turn.
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fill:
            QPainter(self).fillRect(event.rect(), look().color(self._fill))


class Row(_Box):
    """Widgets side by side. `gap` and `insets` name spacing steps, `fill` a colour, `width` and `height` fixed sizes."""

    def __init__(
        self, *widgets: QWidget, gap: str = "s", insets: Insets = "none", fill: str = "", width: str = "", height: str = ""
    ) -> None:
        super().__init__(QHBoxLayout(), gap, insets, fill, width, height)
        self.add(*widgets)

    def add(self, *widgets: QWidget, stretch: int = 0) -> None:
        """Put widgets at the end; what hangs keeps to the upper edge, however tall its neighbours grow."""
        super().add(*widgets, stretch=stretch)
        for widget in widgets:
            if isinstance(widget, _Box) and widget.hangs:
                self.box.setAlignment(widget, Qt.AlignmentFlag.AlignTop)


class Column(_Box):
    """Widgets one under another, with the same names as a Row."""

    def __init__(
        self, *widgets: QWidget, gap: str = "s", insets: Insets = "none", fill: str = "", width: str = "", height: str = ""
    ) -> None:
        super().__init__(QVBoxLayout(), gap, insets, fill, width, height)
        self.add(*widgets)


class Label(Dressed, QLabel):
    """Text in a type role and a colour, both by name."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "text",
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._role, self._color, self._struck = role, color, False
        # Plain: a guest's name with an angle bracket must not become markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setText(text)
        self.dress()

    def restyle(self) -> None:
        font = look().font(self._role)
        if self._struck:
            font = type(font)(font)
            font.setStrikeOut(True)
        self.setFont(font)
        self.setPalette(tinted(self._color))

    def set_role(self, role: str) -> None:
        """Change the type role."""
        self._role = role
        self.restyle()

    def set_color(self, color: str) -> None:
        """Change the colour, by name."""
        if color != self._color:
            self._color = color
            self.restyle()

    def set_struck(self, struck: bool) -> None:
        """Strike the text out: an old price."""
        self._struck = struck
        self.restyle()


def reveal(widget: QWidget, visible: bool) -> None:
    """Show or hide a part, whether it stands in its box yet or not.

    `setVisible(True)` on a widget without a parent opens it as a window of its own for a moment and takes the focus.
    """
    if visible and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(visible)


class Rule(QWidget):
    """A dividing line; decoration, so hidden from assistive technology by having no name."""

    def __init__(self, *, vertical: bool = False, color: str = "line") -> None:
        super().__init__()
        self._vertical, self._color = vertical, color
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, free) if vertical else (free, fixed)))

    def sizeHint(self) -> QSize:
        """As thin as an edge."""
        width = look().edge("line")
        return QSize(width, 0) if self._vertical else QSize(0, width)

    def minimumSizeHint(self) -> QSize:
        """Never less than the line."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the line's colour."""
        QPainter(self).fillRect(event.rect(), look().color(self._color))


class Spacer(QWidget):
    """An empty distance of one spacing step, in both directions."""

    def __init__(self, step: str = "s") -> None:
        super().__init__()
        self._step = step
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The step, square."""
        px = look().space(self._step)
        return QSize(px, px)


def tinted(color: str) -> QPalette:
    """A palette that differs only in the colour of text."""
    made = QPalette()
    ink: QColor = look().color(color)
    made.setColor(QPalette.ColorRole.WindowText, ink)
    made.setColor(QPalette.ColorRole.Text, ink)
    return made
