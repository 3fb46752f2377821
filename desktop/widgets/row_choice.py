"""Rows to choose from with a digit: tenders, reasons, people, resolutions, packages."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.avatar import initials, paint_avatar
from desktop.widgets.base import Column, reveal
from desktop.widgets.buttons import PaintedButton
from desktop.widgets.key_cap import key_words
from desktop.widgets.paint import Shape


@dataclass(frozen=True, slots=True)
class Choice:
    """One row. The key cap stands at the left, or at the right when there is an icon (tenders); `person` draws initials."""

    title: str
    note: str = ""
    key: str = ""
    amount: str = ""
    icon: str = ""
    person: bool = False
    available: bool = True
    reason: str = ""


class ChoiceRow(PaintedButton):
    """One row of a choice."""

    def __init__(self, choice: Choice, height: str = "") -> None:
        super().__init__()
        self._choice, self._height = choice, height
        self.setCheckable(True)
        # One stop for Tab: arrows walk inside the list.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_choice(choice)

    def show_choice(self, choice: Choice) -> None:
        """Show another choice in this row."""
        self._choice = choice
        self.setText(choice.title)
        self.setAccessibleName(", ".join(part for part in (choice.title, choice.note, choice.amount) if part))
        self.set_available(choice.available, choice.reason)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One or two lines, or a person."""
        name = self._height or (
            "row_choice_person"
            if self._choice.person
            else "row_choice_two_lines"
            if self._choice.note or self._choice.icon
            else "row_choice"
        )
        return QSize(look().px("tile_width"), look().px(name))

    def minimumSizeHint(self) -> QSize:
        """Rows narrow by eliding their notes, never by flattening."""
        return QSize(look().px("tile_width"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap, face or icon, words and amount."""
        p, choice = paint.painter(self), self._choice
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        ink = "text" if self.isEnabled() else "muted"
        if not self.isEnabled():
            shape = Shape(fill="", dashed=True)
        elif chosen:
            shape = Shape(fill="accent_soft", edge="accent", width="loud" if look().is_contrast else "strong")
        else:
            shape = Shape(edge="accent" if self.is_hovered else "border" if not choice.icon and not choice.person else "line")
        paint.box(p, rect, shape, look().mix(shape.fill, "text", 6) if self.is_pressed and shape.fill else None)
        holder = self.parentWidget()
        if chosen and holder is not None and holder.hasFocus():
            paint.focus_ring(p, rect, shape.fill or "bg")
        left, right = self._draw_ends(p, rect, ink)
        big = choice.person
        title_role = "primary" if big else "body_strong" if choice.note or choice.icon or chosen else "body"
        wide = right - left
        high = look().metrics(title_role).height()
        low = look().metrics("small").height() if choice.note else 0
        top = (rect.height() - high - low) / 2
        paint.text(p, QRectF(left, top, wide, high), choice.title, title_role, ink, elide=True)
        if choice.note:
            paint.text(p, QRectF(left, top + high, wide, low), choice.note, "small", "muted", elide=True)

    def _draw_ends(self, p: QPainter, rect: QRectF, ink: str) -> tuple[float, float]:
        """Paint what stands left and right of the words; answers the room between."""
        choice, gap = self._choice, look().space("m")
        left, right = rect.left() + gap + 1, rect.right() - look().space("l")
        middle = rect.center().y()
        cap = paint.cap_size(key_words(choice.key), big=choice.person)
        if choice.icon:
            side = look().px("icon_tile")
            paint.icon(p, QRectF(left + 2, middle - side / 2, side, side), choice.icon, ink)
            left += side + gap
            right -= cap.width() + (gap if choice.key else 0)
            place = QRectF(right + gap, middle - cap.height() / 2, cap.width(), cap.height())
        else:
            place = QRectF(left + (4 if choice.person else 0), middle - cap.height() / 2, cap.width(), cap.height())
            left = place.right() + gap if choice.key else left
        if choice.key:
            paint.cap(p, place, key_words(choice.key), ink=ink, ghost=not self.isEnabled(), big=choice.person)
        if choice.person:
            side = look().px("avatar_big")
            paint_avatar(p, QRectF(left, middle - side / 2, side, side), initials(choice.title), on_soft=self.isChecked())
            left += side + gap
            if self.isChecked():
                mark = look().px("icon_tile")
                paint.icon(p, QRectF(right - mark, middle - mark / 2, mark, mark), "check", "text")
                right -= mark + gap
        if choice.amount:
            role = "primary" if choice.icon else "body_strong"
            wide = look().metrics(role).horizontalAdvance(choice.amount) + 2
            paint.text(p, QRectF(right - wide, rect.top(), wide, rect.height()), choice.amount, role, ink, paint.RIGHT)
            right -= wide + gap
        return left, right


class ChoiceList(Column):
    """Rows of which one is chosen: by its key, by arrows, by a click.

    Signals: chosen — carries the row's index.
    """

    chosen = Signal(int)

    def __init__(self, name: str = "", *, gap: str = "s", height: str = "") -> None:
        super().__init__(gap=gap)
        self._rows: list[ChoiceRow] = []
        self._choices: tuple[Choice, ...] = ()
        self._current = -1
        self._height = height
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> int:
        """Index of the chosen row, -1 when there is none."""
        return self._current

    def show_choices(self, choices: Sequence[Choice], current: int = -1) -> None:
        """Show these rows; rows that stay keep their widgets."""
        self._choices = tuple(choices)
        while len(self._rows) < len(choices):
            row = ChoiceRow(choices[len(self._rows)], self._height)
            row.clicked.connect(lambda _checked=False, index=len(self._rows): self.choose(index))
            self._rows.append(row)
            self.add(row)
        for spare in self._rows[len(choices) :]:
            spare.hide()
        for row, choice in zip(self._rows, choices, strict=False):
            row.show_choice(choice)
            reveal(row, True)
        self.mark(current)

    def mark(self, index: int) -> None:
        """Show a row as chosen without telling anybody."""
        self._current = index if 0 <= index < len(self._choices) else -1
        for number, row in enumerate(self._rows):
            row.setChecked(number == self._current)
        if self._current >= 0:
            self.setAccessibleDescription(self._rows[self._current].accessibleName())

    def choose(self, index: int) -> None:
        """Choose a row as a person does."""
        if 0 <= index < len(self._choices) and self._choices[index].available:
            self.mark(index)
            self.chosen.emit(index)
        else:
            self.mark(self._current)

    def take_key(self, key: str) -> bool:
        """Choose the row that wears `key`; False when none does."""
        for index, choice in enumerate(self._choices):
            if choice.key == key and choice.available:
                self._rows[index].flash()
                self.choose(index)
                return True
        return False

    def walk(self, step: int) -> None:
        """Mark the next row that can be chosen without telling anybody."""
        if (index := self._next(step)) is not None:
            self.mark(index)

    def _next(self, step: int) -> int | None:
        index = self._current + step
        while 0 <= index < len(self._choices) and not self._choices[index].available:
            index += step
        return index if 0 <= index < len(self._choices) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over what can be chosen, a digit picks."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            if (index := self._next(step)) is not None:
                self.choose(index)
            return
        if not self.take_key(event.text()):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self._repaint_rows()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._repaint_rows()

    def _repaint_rows(self) -> None:
        self.update()
        for row in self._rows:
            row.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring lies on the chosen row, or around all of them while none is chosen."""
        if self.hasFocus() and self._current < 0:
            paint.focus_ring(paint.painter(self), QRectF(self.rect()), "bg")
