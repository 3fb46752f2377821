"""Small words with a meaning: chips that can be pressed, badges that only tell."""

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.paint import Shape

Tone = Literal["neutral", "accent", "ok", "warn", "danger"]
# fill, edge, ink
_CHIP: Final[dict[Tone, tuple[str, str, str]]] = {
    "neutral": ("surface", "border", "text"),
    "accent": ("accent_soft", "accent", "text"),
    "ok": ("ok_soft", "ok", "ok"),
    "warn": ("warn_soft", "warn", "warn"),
    "danger": ("danger_soft", "danger", "danger"),
}
_BADGE: Final[dict[Tone, tuple[str, str, str]]] = {
    "neutral": ("sunken", "border", "text"),
    "accent": ("accent_soft", "accent", "text"),
    "ok": ("ok_soft", "ok", "ok"),
    "warn": ("warn_soft", "warn", "warn"),
    "danger": ("danger_soft", "danger", "danger"),
}


class Chip(PaintedButton):
    """A filter, a category or a state, with an icon and a number; selected is filled."""

    def __init__(
        self, text: str = "", *, icon: str = "", tone: Tone = "neutral", count: str = "", filter_size: bool = False,
        checkable: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._icon, self._count, self._filter = icon, count, filter_size
        self._tone: Tone = tone
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, icon=icon, tone=tone, count=count)

    def show_state(self, text: str, *, icon: str = "", tone: Tone = "neutral", count: str = "") -> None:
        """Change word, icon, tone and number together."""
        self._icon, self._tone, self._count = icon, tone, count
        self.setText(text)
        self.setAccessibleName(f"{text} {count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, word and number."""
        px = look().px
        wide = 2 * px("chip_inset") + look().metrics("small_medium").horizontalAdvance(self.text())
        wide += (px("icon_small") + px("cap_inset")) if self._icon else 2 * look().space("xs")
        wide += (look().metrics("small_bold").horizontalAdvance(self._count) + px("cap_inset")) if self._count else 0
        return QSize(wide, px("chip_filter" if self._filter else "chip"))

    def minimumSizeHint(self) -> QSize:
        """A chip never cuts its word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        p, px = paint.painter(self), look().px
        rect = QRectF(self.rect())
        if self.isChecked():
            fill, edge, ink = "accent", "accent", "on_accent"
        else:
            fill, edge, ink = _CHIP[self._tone]
        width = "strong" if self.is_hovered and self.isCheckable() else "normal"
        paint.box(p, rect, Shape(fill=fill, edge=edge, width=width, radius="pill"))
        if self.hasFocus():
            paint.focus_ring(p, rect, fill, "pill")
        x = rect.left() + px("chip_inset") + (0 if self._icon else look().space("xs"))
        if self._icon:
            side = px("icon_small")
            paint.icon(p, QRectF(x, (rect.height() - side) / 2, side, side), self._icon, ink)
            x += side + px("cap_inset")
        wide = look().metrics("small_medium").horizontalAdvance(self.text())
        paint.text(p, QRectF(x, 0, wide + 1, rect.height()), self.text(), "small_medium", ink)
        if self._count:
            paint.text(p, QRectF(x + wide + px("cap_inset"), 0, rect.width(), rect.height()), self._count, "small_bold", ink)


def badge_width(text: str, icon: str) -> int:
    """How wide a badge is, for delegates that paint one in a table cell."""
    px = look().px
    wide = 2 * px("badge_inset") + look().metrics("cap").horizontalAdvance(text)
    return wide + (px("icon_small") + look().space("xs") if icon else 0)


def paint_badge(p: QPainter, rect: QRectF, text: str, icon: str, tone: Tone) -> None:
    """Paint a badge into `rect`."""
    fill, edge, ink = _BADGE[tone]
    paint.box(p, rect, Shape(fill=fill, edge=edge if look().is_contrast else "", radius="cap"))
    x = rect.left() + look().px("badge_inset")
    if icon:
        side = look().px("icon_small")
        tint = "accent" if tone == "accent" and not look().is_contrast else ink
        paint.icon(p, QRectF(x, rect.top() + (rect.height() - side) / 2, side, side), icon, tint)
        x += side + look().space("xs")
    paint.text(p, QRectF(x, rect.top(), rect.right() - x, rect.height()), text, "cap", ink)


class Badge(QWidget):
    """A glyph and a word on a soft ground."""

    def __init__(self, text: str = "", *, icon: str = "", tone: Tone = "neutral") -> None:
        super().__init__()
        self._text, self._icon = text, icon
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_state(self, text: str, *, icon: str = "", tone: Tone = "neutral") -> None:
        """Change word, icon and tone."""
        self._text, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for glyph and word."""
        return QSize(badge_width(self._text, self._icon), look().px("badge"))

    def minimumSizeHint(self) -> QSize:
        """A badge never cuts its word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        paint_badge(paint.painter(self), QRectF(self.rect()), self._text, self._icon, self._tone)
