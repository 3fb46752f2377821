"""A dialog inside the window: a flat scrim that swallows clicks, a head, a body, a foot with Esc left and the way on right."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Column, Dressed, Insets, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.paint import Shape

MODAL_PROPERTY = "covers_window"
"""Dynamic property of whatever keeps the keys of the screen below from acting."""


class _Frame(Column):
    def __init__(self) -> None:
        super().__init__(gap="none")

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = "text" if look().is_contrast else ""
        paint.box(paint.painter(self), QRectF(self.rect()), Shape(fill="surface", edge=edge, width="strong", radius="card"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Dialog(Dressed, QWidget):
    """Fill `body`, `head_right` and `foot_middle`, then `open_over(window)`.

    Signals: accepted — the primary button or Enter; dismissed — Esc or its button; closed — after either, once it is gone.
    """

    accepted = Signal()
    dismissed = Signal()
    closed = Signal()

    def __init__(
        self, title: str, *, back: str = "", primary: str = "", primary_key: str = "Enter", width: str = "dialog_width",
        height: str = "", foot: bool = True, body_insets: Insets = "xl",
    ) -> None:  # fmt: skip
        super().__init__()
        self._width, self._height = width, height
        self._came_from: QWidget | None = None
        self.setProperty(MODAL_PROPERTY, True)
        self.frame = _Frame()
        self.frame.setParent(self)
        self._title = Label(title, "dialog_title")
        self.head_right = Row(gap="m")
        head = Row(insets=("xl", "none"), gap="m")
        head.add(self._title)
        head.add_stretch()
        head.add(self.head_right)
        self._head = head
        self.body = Column(gap="l", insets=body_insets)
        self.frame.add(head, Rule())
        self.frame.add(self.body, stretch=1)
        self.back_button = Button(back, "Esc")
        reveal(self.back_button, bool(back))
        self.back_button.clicked.connect(self.dismiss)
        self.foot_middle = Row(gap="m")
        self.primary_button = Button(primary, primary_key, role="primary")
        reveal(self.primary_button, bool(primary))
        self.primary_button.clicked.connect(self.accepted)
        self._foot = Row(insets=("xl", "none"), gap="m")
        self._foot.add(self.back_button)
        self._foot.add_stretch()
        self._foot.add(self.foot_middle, self.primary_button)
        if foot:
            self.frame.add(Rule(), self._foot)
        else:
            self._foot.setParent(self.frame)
            self._foot.hide()
            self.head_right.add(KeyCap("Esc"))
        self.setAccessibleName(title)
        self.frame.setAccessibleName(title)
        self.hide()
        self.dress()

    def restyle(self) -> None:
        self._head.setFixedHeight(look().px("dialog_header"))
        self._foot.setFixedHeight(look().px("dialog_footer"))
        self._lay_out()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def open_over(self, window: QWidget, first: QWidget | None = None) -> None:
        """Cover `window` and put the focus on `first`, or on the first thing that takes it."""
        self._came_from = QApplication.focusWidget()
        self.setParent(window)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self._lay_out()
        self.show()
        self.raise_()
        stops = self._stops()
        target = first or (stops[0] if stops else self)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def dismiss(self) -> None:
        """Go one level back: tell and close."""
        self.dismissed.emit()
        self.close_dialog()

    def close_dialog(self) -> None:
        """Uncover the window and give the focus back to where it was."""
        if self.isHidden():
            return
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window while it is resized."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parent():
            self.setGeometry(watched.rect())
            self._lay_out()
        return False

    def _lay_out(self) -> None:
        wanted = self.frame.sizeHint()
        width = max(look().px(self._width), self.frame.minimumSizeHint().width())
        height = look().px(self._height) if self._height else wanted.height()
        margin = look().space("m")
        size = QSize(width, max(height, wanted.height())).boundedTo(QSize(self.width() - 2 * margin, self.height() - 2 * margin))
        self.frame.setGeometry(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def refit(self) -> None:
        """Measure again after the body changed."""
        self._lay_out()

    def _stops(self) -> list[QWidget]:
        """What Tab visits: the body, then the foot, then the head, each in its own order."""
        stops: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not self and widget is not None:
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if takes and widget.isVisible() and widget.isEnabled() and self.isAncestorOf(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return sorted(stops, key=lambda stop: 0 if self.body.isAncestorOf(stop) else 1 if self._foot.isAncestorOf(stop) else 2)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab wraps inside."""
        stops = self._stops()
        if not stops:
            return True
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else -1 if next else 0
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter goes forward; nothing passes to the screen below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.primary_button.isVisible() and self.primary_button.isEnabled():
                self.primary_button.flash()
                self.accepted.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The scrim swallows clicks."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scrim and the shadow."""
        p = paint.painter(self)
        p.fillRect(self.rect(), look().color("scrim"))
        shadow = look().color("shadow")
        reach = look().px("dialog_shadow")
        if not shadow.alpha():
            return
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(shadow.red(), shadow.green(), shadow.blue(), max(1, shadow.alpha() // reach)))
        frame = QRectF(self.frame.geometry()).translated(0, 2)
        for grow in range(1, reach + 1):
            radius = look().radius("card") + grow
            p.drawRoundedRect(frame.adjusted(-grow, -grow, grow, grow), radius, radius)
