"""Money counted by denomination: what one piece is worth, how many there are, what that makes."""

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator

from desktop.config.i18n import money, tr
from desktop.design.theme import look
from desktop.widgets.base import Column, Label, Row, Rule
from desktop.widgets.card import Card
from desktop.widgets.fields import LineEdit

PIECES_DIGITS_MAX = 5
NOTHING = "—"


class CountField(LineEdit):
    """How many pieces; digits only.

    Signals: stepped — Enter or an arrow asks for the next field (+1) or the one before (−1).
    """

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__(height="field_count", role="body_strong", width="field_count_width")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{PIECES_DIGITS_MAX}}}"), self))

    @property
    def pieces(self) -> int | None:
        """What is typed; None while nothing is."""
        return int(self.text()) if self.text() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrows lead on."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing over a number replaces it."""
        super().focusInEvent(event)
        self.selectAll()


class _CountRow(Row):
    def __init__(self, denomination: int) -> None:
        self.denomination = denomination
        self.field = CountField()
        self._name = Label("", "body_strong", align=Qt.AlignmentFlag.AlignRight)
        self._sum = Label("", "body_strong", align=Qt.AlignmentFlag.AlignRight)
        super().__init__(gap="l", insets=("l", "none"))
        self.add(self._name, Label("×", "body", "muted"), self.field)
        self.add(self._sum, stretch=1)

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(look().px("row_count"))
        self._name.setFixedWidth(look().px("field_count_name"))

    def render_row(self, currency: str) -> None:
        worth = money(self.denomination, currency)
        self._name.setText(worth)
        self.field.setAccessibleName(tr("{worth}, how many", worth=worth))
        pieces = self.field.pieces
        self._sum.setText(NOTHING if pieces is None else money(self.denomination * pieces, currency))
        self._sum.set_color("muted" if pieces is None else "text")


class CountTable(Card):
    """One row by denomination and their sum.

    Signals: counted — carries a denomination in minor units and its pieces, or None; stepped_out — Enter or an arrow
    leads beyond the last row (+1) or before the first (−1).
    """

    counted = Signal(int, object)
    stepped_out = Signal(int)

    def __init__(self, denominations: Sequence[int], currency: str) -> None:
        super().__init__(gap="none", insets="none")
        self._currency = currency
        self._title, self._total_name = Label("", "body_strong"), Label("", "body_strong")
        self._total = Label("", "body_strong", align=Qt.AlignmentFlag.AlignRight)
        self._rows = [_CountRow(denomination) for denomination in denominations]
        self.add(Row(self._title, insets=("l", "none"), height="row_count_head"), Rule(color="border"))
        for number, row in enumerate(self._rows):
            self.add(Column(row, Rule(), gap="none"))
            row.field.stepped.connect(lambda step, number=number: self._step(number, step))
            row.field.textChanged.connect(lambda _text, row=row: self._changed(row))
        total = Row(insets=("l", "none"), height="row_count_total")
        total.add(self._total_name)
        total.add(self._total, stretch=1)
        self.add(total)

    @property
    def fields(self) -> list[CountField]:
        """The inputs from the first row to the last."""
        return [row.field for row in self._rows]

    @property
    def total_minor(self) -> int:
        """Σ denomination × pieces."""
        return sum(row.denomination * (row.field.pieces or 0) for row in self._rows)

    def clear_pieces(self) -> None:
        """Begin anew."""
        for row in self._rows:
            row.field.clear()

    def render_table(self, title: str, total_name: str) -> None:
        """Write everything in the language in force."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self._total_name.setText(total_name)
        self._total.setText(money(self.total_minor, self._currency))
        for row in self._rows:
            row.render_row(self._currency)

    def _step(self, number: int, step: int) -> None:
        if 0 <= number + step < len(self._rows):
            self._rows[number + step].field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.stepped_out.emit(step)

    def _changed(self, row: _CountRow) -> None:
        row.render_row(self._currency)
        self._total.setText(money(self.total_minor, self._currency))
        self.counted.emit(row.denomination, row.field.pieces)
