"""F1: every key of the screen at a glance, with a field that finds an action."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.registry import KeyLine
from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Column, Label, Row, Rule
from desktop.widgets.dialog import Dialog
from desktop.widgets.key_cap import key_words
from desktop.widgets.labels import Note
from desktop.widgets.search_field import SearchField


class _Line(QWidget):
    """Caps and the words for them."""

    def __init__(self, line: KeyLine) -> None:
        super().__init__()
        self.line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{' '.join(line.keys)}: {line.says}")

    def sizeHint(self) -> QSize:
        words = look().metrics("body").horizontalAdvance(self.line.says)
        return QSize(look().px("overlay_keys") + words, look().px("overlay_row"))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, x = paint.painter(self), 0.0
        middle = self.height() / 2
        for key in self.line.keys:
            size = paint.cap_size(key_words(key))
            paint.cap(p, QRectF(x, middle - size.height() / 2, size.width(), size.height()), key_words(key))
            x += size.width() + look().space("xs")
        left = max(x + look().space("s"), float(look().px("overlay_keys")))
        paint.text(p, QRectF(left, 0, self.width() - left, self.height()), self.line.says, "body", "text", elide=True)


class KeyOverlay(Dialog):
    """Columns of keys over the screen; typing narrows them."""

    def __init__(self, screen: str, columns: Sequence[tuple[str, Sequence[KeyLine]]]) -> None:
        title = tr("Keys · {screen}", screen=screen) if screen else tr("Keys")
        super().__init__(title, width="overlay_width", height="overlay_height", foot=False)
        self.search = SearchField(tr("Find an action"), height="field_dense", role="body", width="overlay_search")
        self.search.setPlaceholderText(tr("find an action"))
        self.search.textChanged.connect(self._narrow)
        self.head_right.box.insertWidget(0, self.search)
        self._lines: list[_Line] = []
        across = Row(gap="xl")
        for name, lines in columns:
            across.box.addWidget(self._column(name, lines), 1, Qt.AlignmentFlag.AlignTop)
        self.body.add(across)
        self.body.add_stretch()
        note = tr("F keys work while the cursor is in a field too. Letter chords work in both layouts.")
        self.body.add(Rule(), Note(note))

    def _column(self, name: str, lines: Sequence[KeyLine]) -> QWidget:
        head = Column(Label(name, "body_strong"), Rule(color="border"), gap="s")
        made = [_Line(line) for line in lines]
        self._lines.extend(made)
        return Column(head, *made, gap="none")

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold()
        for line in self._lines:
            line.setVisible(wanted in f"{' '.join(line.line.keys)} {line.line.says}".casefold())
