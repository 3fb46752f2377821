"""A task screen: title, where one is, a line of explanation, and content that scrolls when the text is large."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.design.theme import look
from desktop.widgets.base import Column, Dressed, Insets, Label, Row, reveal


class Scroll(QScrollArea):
    """Holds one widget as wide as itself; what gets the focus is moved into sight. It is no stop for Tab."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with a content that is wider than its share, rather than cut it."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(self._content.minimumSizeHint().width() + bar)
        return super().eventFilter(watched, event)


class Columns(Row):
    """Widgets side by side that stand one under another once the text is `stack_at` percent or larger."""

    def __init__(self, *widgets: QWidget, gap: str = "l", stack_at: int = 150) -> None:
        self._stack_at = stack_at
        super().__init__(*widgets, gap=gap)

    def restyle(self) -> None:
        super().restyle()
        direction = QBoxLayout.Direction
        stacked = look().tokens.scale >= self._stack_at
        self.box.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)


class Page(Dressed, QWidget):
    """Put widgets into `body`; `head_right` stands at the end of the title row."""

    def __init__(self, *, edge: str = "xxl", insets: Insets = ("none", "s"), gap: str = "l") -> None:
        super().__init__()
        self._edge = edge
        self.title, self._subtitle = Label("", "title"), Label("", "body", "muted", wrap=True)
        self._beside = Label("", "body", "muted")
        self.head_right = Row(gap="m")
        words = Columns(self.title, self._beside, gap="m", stack_at=200)
        words.add_stretch()
        self._head = Columns(gap="m")
        self._head.add(words, stretch=1)
        self._head.add(self.head_right)
        self._head.box.setAlignment(self.head_right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body = Column(gap=gap, insets=insets)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._head)
        self._box.addWidget(self._subtitle)
        self._box.addWidget(Scroll(self.body), 1)
        self.dress()

    def restyle(self) -> None:
        space = look().space
        self._box.setContentsMargins(space(self._edge), space("l"), space(self._edge), space("m"))
        self._box.setSpacing(space("s"))
        self._head.setMinimumHeight(look().px("touch"))

    def show_head(self, title: str, subtitle: str = "", beside: str = "") -> None:
        """Write the title, the line below it and the words beside it; what is empty takes no room."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self._beside.setText(beside)
        reveal(self._beside, bool(beside))
        self._subtitle.setText(subtitle)
        reveal(self._subtitle, bool(subtitle))
