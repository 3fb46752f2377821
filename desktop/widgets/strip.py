"""A full-width line under the status bar: cause, what still works, what happens next."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import reveal
from desktop.widgets.chip import Tone
from desktop.widgets.key_cap import key_words


class Strip(QWidget):
    """One line in a tone; without a cause it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self._cause, self._rest, self._verb, self._key, self._icon = "", "", "", "", ""
        self._tone: Tone = "warn"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_strip(
        self, cause: str, rest: str = "", *, icon: str = "triangle-alert", tone: Tone = "warn", verb: str = "", key: str = ""
    ) -> None:
        """Show a cause in strong words and the rest in plain ones; an empty cause hides the strip."""
        self._cause, self._rest, self._icon, self._tone, self._verb, self._key = cause, rest, icon, tone, verb, key
        self.setAccessibleName(f"{cause} {rest}".strip())
        reveal(self, bool(cause))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(look().px("tile_width"), look().px("strip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        p, rect, inset = paint.painter(self), QRectF(self.rect()), look().space("l")
        ground, ink = ("sunken", "text") if self._tone == "neutral" else (f"{self._tone}_soft", "text")
        mark = "text" if self._tone == "neutral" else self._tone
        p.fillRect(rect, look().color(ground))
        width = look().edge("line")
        p.fillRect(QRectF(0, rect.height() - width, rect.width(), width), look().color(mark))
        side = look().px("icon")
        paint.icon(p, QRectF(inset, (rect.height() - side) / 2, side, side), self._icon, mark)
        x = inset + side + look().space("s")
        wide = look().metrics("small_strong").horizontalAdvance(self._cause)
        paint.text(p, QRectF(x, 0, wide + 1, rect.height()), self._cause, "small_strong", ink)
        x += wide + look().space("s")
        right = rect.right() - inset
        if self._key:
            cap = paint.cap_size(key_words(self._key))
            right -= cap.width()
            paint.cap(p, QRectF(right, (rect.height() - cap.height()) / 2, cap.width(), cap.height()), key_words(self._key))
            right -= look().space("s")
        if self._verb:
            wide = look().metrics("small").horizontalAdvance(self._verb)
            paint.text(p, QRectF(right - wide - 1, 0, wide + 1, rect.height()), self._verb, "small", ink)
            right -= wide + look().space("m")
        paint.text(p, QRectF(x, 0, right - x, rect.height()), self._rest, "small", ink, elide=True)
