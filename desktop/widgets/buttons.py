"""Buttons that wear their key: primary, normal, destructive and quiet."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.key_cap import key_words
from desktop.widgets.paint import Shape

Role = Literal["primary", "normal", "destructive", "quiet"]
press_show_ms = 80


class PaintedButton(QAbstractButton):
    """What every hand-painted button shares: hover, a visible key press, the reason when it cannot be pressed.

    Signals: refused — a disabled button was clicked; carries the reason.
    """

    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hovered = False
        self._flashed = False
        self._reason = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_available(self, available: bool, reason: str = "") -> None:
        """Allow or forbid pressing; `reason` is shown in the tooltip and read out while it is forbidden."""
        self._reason = "" if available else reason
        self.setEnabled(available)
        self.setToolTip(self._reason)
        self.setAccessibleDescription(self._reason)
        self.update()

    def flash(self) -> None:
        """Show the press of a keyboard."""
        self._flashed = True
        self.update()
        QTimer.singleShot(press_show_ms, self, self._unflash)

    def _unflash(self) -> None:
        self._flashed = False
        self.update()

    @property
    def is_pressed(self) -> bool:
        """Held by a mouse or just pressed on the keyboard."""
        return self.isDown() or self._flashed

    @property
    def is_hovered(self) -> bool:
        """The pointer is over it and it can be pressed."""
        return self._hovered and self.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, or it would press the primary one of the dialog around it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.flash()
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Remember the pointer."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._hovered = False
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answer a click on a disabled button with its reason instead of silence."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and not self.isEnabled()
            and self._reason
        ):
            self.refused.emit(self._reason)
        return super().event(event)


class Button(PaintedButton):
    """A word, its icon and its key. One primary button per screen, and it is always the way forward.

    `dense` is the low one of tool rows, `big` as high as the primary: quick cash. A checkable one shows that it is chosen.
    """

    def __init__(
        self,
        text: str = "",
        key: str = "",
        *,
        role: Role = "normal",
        icon: str = "",
        dense: bool = False,
        big: bool = False,
        stretch: bool = False,
    ) -> None:
        super().__init__()
        self._role: Role = role
        self._key, self._icon, self._dense, self._big = key, icon, dense, big
        width = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the word, which is also the accessible name."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Change the key on the cap."""
        self._key = key
        self.updateGeometry()
        self.update()

    def _kind(self) -> str:
        if self._dense:
            return "dense"
        return "primary" if self._role == "primary" or self._big else ""

    def _type(self) -> str:
        return {"primary": "primary", "dense": "small_strong", "": "body_strong"}[self._kind()]

    def sizeHint(self) -> QSize:
        """Room for icon, word and cap."""
        kind = self._kind()
        suffix = f"_{kind}" if kind else ""
        inset = "button_inset_primary" if self._role == "primary" and not self._dense else "button_inset"
        wide = 2 * look().px("button_inset_dense" if self._dense else inset) + self._content_width()
        return QSize(wide, look().px(f"button{suffix}"))

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its word; one that stretches may give up its insets."""
        size = self.sizeHint()
        if self.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding:
            size.setWidth(self._content_width() + 2 * look().space("xs"))
        return size

    def _content_width(self) -> int:
        gap = look().px("button_gap")
        parts = [look().metrics(self._type()).horizontalAdvance(self.text())] if self.text() else []
        if self._icon:
            parts.append(look().px("icon"))
        if self._key:
            parts.append(paint.cap_size(key_words(self._key), big=self._kind() == "primary").width())
        return sum(parts) + gap * (len(parts) - 1)

    def _shape(self) -> tuple[Shape, str]:
        if not self.isEnabled():
            return Shape(fill="", dashed=True), "muted"
        if self._role == "primary":
            return Shape(fill="accent", edge="accent"), "on_accent"
        if self.isChecked():
            return Shape(fill="accent_soft", edge="accent", width="strong"), "text"
        ink = "danger" if self._role == "destructive" else "text"
        edge = "accent" if self.is_hovered else "danger" if self._role == "destructive" else "border"
        if self._role == "quiet":
            return Shape(fill="", edge="accent" if self.is_hovered else ""), ink
        return Shape(edge=edge, width="strong" if self.is_hovered else "normal"), ink

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, icon, word, cap and ring."""
        p = paint.painter(self)
        rect = QRectF(self.rect())
        shape, ink = self._shape()
        paint.box(p, rect, shape, look().mix(shape.fill, ink, 6) if self.is_pressed and shape.fill else None)
        if self.hasFocus():
            paint.focus_ring(p, rect, shape.fill or "bg")
        down = 1 if self.is_pressed else 0
        gap = look().px("button_gap")
        x = rect.left() + (rect.width() - self._content_width()) / 2
        if self._icon:
            side = look().px("icon")
            paint.icon(p, QRectF(x, (rect.height() - side) / 2 + down, side, side), self._icon, ink)
            x += side + gap
        if self.text():
            wide = look().metrics(self._type()).horizontalAdvance(self.text())
            paint.text(p, QRectF(x, down, wide + gap, rect.height()), self.text(), self._type(), ink)
            x += wide + gap
        if self._key:
            big = self._kind() == "primary"
            size = paint.cap_size(key_words(self._key), big=big)
            place = QRectF(x, (rect.height() - size.height()) / 2 + down, size.width(), size.height())
            ghost = self._role == "primary" or not self.isEnabled()
            paint.cap(p, place, key_words(self._key), ink=ink, ghost=ghost, big=big)


class IconButton(PaintedButton):
    """An icon alone, only for view switches, the numpad and the two steppers; named for assistive technology."""

    def __init__(self, icon: str, name: str, *, size: str = "row_button") -> None:
        super().__init__()
        self._icon, self._size = icon, size
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, icon and ring."""
        p = paint.painter(self)
        rect = QRectF(self.rect())
        edge = "accent" if self.is_hovered else "border"
        paint.box(
            p, rect, Shape(edge=edge, dashed=not self.isEnabled()), look().mix("surface", "text", 6) if self.is_pressed else None
        )
        if self.hasFocus():
            paint.focus_ring(p, rect)
        side = look().px("icon")
        place = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
        paint.icon(p, place, self._icon, "text" if self.isEnabled() else "muted")
