"""The right side of the sale: the open receipt, what just happened to it, what it comes to, and the way forward."""

from PySide6.QtCore import Qt

from desktop.actions.catalog import BY_ID
from desktop.config.i18n import money, tr
from desktop.design.theme import look
from desktop.screens.sale import words
from desktop.screens.sale.state import Notice, SaleState
from desktop.screens.sale.view_model import SaleViewModel
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import ValueRow
from desktop.widgets.cart_list import CartList
from desktop.widgets.key_cap import KeyHint
from desktop.widgets.labels import BigNumber, Icon
from desktop.widgets.toast import Toast

_SUMS = 3
_LINES_FIRST = 1_000
"""The stretch of the lines beside that of free room, which is 1."""
_LARGE_TEXT = 150
"""Above this text size, in percent, what also stands elsewhere gives way to lines and total."""


class NothingYet(Column):
    """An empty receipt; after a sale it keeps the change and the number in sight."""

    def __init__(self) -> None:
        super().__init__(gap="s", insets="m")
        self._icon = Icon("shopping-cart", "muted", "icon_big")
        self._big = Label("", "counted", "ok", align=Qt.AlignmentFlag.AlignHCenter)
        self._words = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._again = KeyHint(*BY_ID["receipts.reprint"].keys)
        self.add_stretch()
        self.add(self._icon, self._big, self._words, self._again)
        self.add_stretch(2)
        for widget in (self._icon, self._again):
            self.box.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)

    def show_state(self, state: SaleState) -> None:
        """Show the last sale, or how to begin."""
        last = state.last_sale
        reveal(self._icon, not _is_large())
        self._icon.show_icon("check" if last else "shopping-cart", "ok" if last else "muted")
        reveal(self._big, last is not None)
        reveal(self._again, last is not None)
        self._again.set_text(tr("copy of the receipt"))
        if last is None:
            self._words.setText(tr("The receipt is empty. Scan goods or press the digit of a tile"))
            return
        change = tr("Change {amount}", amount=money(last.change_minor, state.currency))
        self._big.setText(change if last.change_minor else tr("Paid"))
        total = money(last.total_minor, state.currency)
        self._words.setText(tr("Receipt {number} for {total}", number=last.number, total=total))


class _Foot(Column):
    """What the receipt comes to, on the ground of the screen."""

    def __init__(self) -> None:
        super().__init__(gap="xs", insets=("l", "m", "l", "m"), fill="bg")
        self._sums = [ValueRow(rule=False, quiet=True) for _ in range(_SUMS)]
        self._word, self._total = Label("", "small", "muted"), BigNumber()
        self.pay = Button("", BY_ID["sale.pay"].keys[0], role="primary")
        self.pay.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = Row(gap="m")
        line.add(Column(self._word, self._total, gap="none"), stretch=1)
        line.add(self.pay)
        line.box.setAlignment(self.pay, Qt.AlignmentFlag.AlignBottom)
        self.add(*self._sums, line)

    def show_state(self, state: SaleState) -> None:
        """Show sums and total."""
        rows = words.sums(state)
        for number, row in enumerate(self._sums):
            reveal(row, number < len(rows) and not _is_large())
            if number < len(rows):
                row.set_name(rows[number][0])
                row.show_value(rows[number][1])
        self._word.setText(tr("Total"))
        self._total.setText(words.total_text(state))
        self.pay.set_text(tr("Take payment"))
        self.pay.set_available(bool(state.cart.lines), tr("The cart is empty. Add something first"))


class ReceiptPanel(Column):
    """The open receipt at the right of the screen."""

    def __init__(self, model: SaleViewModel) -> None:
        super().__init__(gap="none", fill="surface")
        self._state: SaleState | None = None
        self.list = CartList(tr("Receipt"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: model.select_line(index.row()))
        self._nothing = NothingYet()
        self._quantity, self._remove = KeyHint("-", "+"), KeyHint(*BY_ID["sale.remove_line"].keys)
        self._keys = Row(insets=("l", "s"))
        self._keys.add(self._quantity)
        self._keys.add_stretch()
        self._keys.add(self._remove)
        self.toast = Toast()
        self.toast.undo_pressed.connect(self._way_back)
        self._model = model
        self.foot = _Foot()
        self.foot.pay.clicked.connect(model.pay)
        self.add(self.list, stretch=_LINES_FIRST)
        self.add(self._keys)
        self.add(self._nothing, stretch=1)
        self.add_stretch(0)
        self.add(Row(self.toast, insets=("m", "m")), Rule(), self.foot)

    def restyle(self) -> None:
        super().restyle()
        # At most: with large text the goods need their share.
        self.setMaximumWidth(look().px("side_panel"))

    def show_state(self, state: SaleState, *, anew: bool = False) -> None:
        """Show what changed; everything when the language or the look is new."""
        before = None if anew else self._state
        self._state = state
        if before is None:
            self.list.setAccessibleName(tr("Receipt"))
            self._quantity.set_text(tr("quantity"))
            self._remove.set_text(tr("remove the line"))
        if before is None or before.history != state.history or before.last_sale != state.last_sale:
            self._show_lines(state)
            self.foot.show_state(state)
        if state.notice is None:
            self.toast.clear()
        elif before is None or before.notice != state.notice:
            self._say(state.notice, state)

    def _show_lines(self, state: SaleState) -> None:
        rows = words.cart_rows(state.cart, state.totals, state.currency)
        numbers = [line.line_no for line in state.cart.lines]
        self.list.show_rows(rows, numbers.index(state.cart.selected) if numbers else -1)
        self.list.setMaximumHeight(max(1, len(rows)) * look().px("row_cart"))
        reveal(self.list, bool(rows))
        reveal(self._keys, bool(rows) and not _is_large())
        reveal(self._nothing, not rows)
        self._nothing.show_state(state)
        # The room that the lines leave lies below the keys, and around the words while there are no lines.
        self.box.setStretch(3, 1 if rows else 0)

    def _say(self, notice: Notice, state: SaleState) -> None:
        said = words.sentence(notice.text, notice.params, state.currency)
        if notice.way == "undo":
            self.toast.show_undo(said, tr("undo it"))
        elif notice.way == "redo":
            self.toast.show_message(tr("Undone: {step}", step=said), notice.icon, tr("bring back"), BY_ID["edit.redo"].keys[0])
        else:
            self.toast.show_message(said, notice.icon)

    def _way_back(self) -> None:
        notice = self._state.notice if self._state else None
        if notice is not None and notice.way == "undo":
            self._model.undo()
        elif notice is not None and notice.way == "redo":
            self._model.redo()


def _is_large() -> bool:
    return look().tokens.scale > _LARGE_TEXT
