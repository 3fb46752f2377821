"""The side panel: everything about one item, kept with F9."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.actions.keys import key_of
from desktop.config.i18n import parse_money, quantity, tr, typed_money, unit_sign
from desktop.screens.goods.draft import AGE_MARKS, Draft
from desktop.screens.goods.tile_picker import TilePicker
from desktop.screens.goods.view_model import GoodsState, GoodsViewModel
from desktop.widgets.base import Column, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.chip import Chip
from desktop.widgets.combo import Combo
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.page import Scroll
from shared.catalog.rules import UNITS
from shared.core.errors import Refusal
from shared.sales.goods_field import parse_quantity

YES, NO = "yes", "no"
NOT_READABLE = -1
"""What stands for an amount that cannot be read: the rules refuse it at its field."""


class GoodsCard(Column):
    """Fields tell the model at every key; the model says what is wrong."""

    def __init__(self, model: GoodsViewModel) -> None:
        super().__init__(gap="none", fill="surface", width="side_panel")
        self._model = model
        self._shown: Draft | None = None
        self._kind, self._title = Label("", "small", "muted"), Label("", "dialog_title", wrap=True)
        self.name, self.section, self.brand = LineEdit(), LineEdit(), LineEdit()
        self.price, self.code, self.barcode = LineEdit(), LineEdit(), LineEdit()
        self.count, self.cost = LineEdit(), LineEdit()
        self.unit, self.tax, self.age, self.tracked = Combo(), Combo(), Combo(), Combo()
        self.tile = TilePicker()
        self._forms = {
            "name": FormField("", self.name), "category": FormField("", self.section), "brand": FormField("", self.brand),
            "price_minor": FormField("", self.price), "unit": FormField("", self.unit), "tax_rate_id": FormField("", self.tax),
            "age_mark": FormField("", self.age), "code": FormField("", self.code), "tracked": FormField("", self.tracked),
            "barcodes": FormField("", self.barcode), "tile": FormField("", self.tile), "count_milli": FormField("", self.count),
            "cost_minor": FormField("", self.cost),
        }  # fmt: skip
        self._barcodes = Column(gap="xs")
        self._stock = Label("", "small", "muted", wrap=True)
        self._sections = QCompleter(self)
        self._sections.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sections.setFilterMode(Qt.MatchFlag.MatchContains)
        self.section.setCompleter(self._sections)
        self._note = Note("", "info")
        self.archive, self.save = Button(""), Button("", key_of("goods.save"), role="primary", stretch=True)
        head = Column(self._kind, self._title, gap="xs", insets=("l", "m"))
        self._body = self._lay_out_fields()
        foot = Column(self._note, Row(self.archive, self.save, gap="m"), gap="m", insets="l", fill="bg")
        self.add(head, Rule())
        self.add(Scroll(self._body), stretch=1)
        self.add(Rule(), foot)
        self._connect()

    def _lay_out_fields(self) -> Column:
        forms = self._forms
        body = Column(gap="m", insets=("l", "m"))
        body.add(forms["name"], _pair(forms["price_minor"], forms["unit"]), _pair(forms["category"], forms["brand"]))
        body.add(_pair(forms["tax_rate_id"], forms["age_mark"]), _pair(forms["code"], forms["tracked"]))
        body.add(forms["barcodes"], self._barcodes, forms["tile"])
        body.add(_pair(forms["count_milli"], forms["cost_minor"]), self._stock)
        body.add_stretch()
        return body

    def _connect(self) -> None:
        model = self._model
        self.name.textEdited.connect(lambda text: self._edit(name=text))
        self.section.textEdited.connect(lambda text: self._edit(category=text))
        self._sections.activated.connect(lambda text: self._edit(category=text))
        self.brand.textEdited.connect(lambda text: self._edit(brand=text))
        self.code.textEdited.connect(lambda text: self._edit(code=text.strip()))
        self.price.textEdited.connect(lambda text: self._edit(price_minor=self._amount(text)))
        self.cost.textEdited.connect(lambda text: self._edit(cost_minor=self._amount(text)))
        self.count.textEdited.connect(lambda text: self._edit(count_milli=_counted(text)))
        self.unit.picked.connect(lambda key: self._edit(unit=key))
        self.tax.picked.connect(lambda key: self._edit(tax_rate_id=key))
        self.age.picked.connect(lambda key: self._edit(age_mark=int(key)))
        self.tracked.picked.connect(lambda key: self._edit(tracked=key == YES))
        self.tile.picked.connect(model.put_on_tile)
        self.barcode.returnPressed.connect(self._add_barcode)
        self.barcode.installEventFilter(self)
        self.archive.clicked.connect(model.archive)
        self.save.clicked.connect(self.save_card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the barcode field has the focus, what is scanned belongs to the card."""
        if watched is self.barcode and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._model.scan_is_for_card = event.type() == QEvent.Type.FocusIn
        return super().eventFilter(watched, event)

    def save_card(self) -> None:
        """Keep the card together with a barcode that is still being typed."""
        if self.barcode.text().strip() and not self._model.add_barcode(self.barcode.text()):
            return
        self._model.save()

    def reword(self, state: GoodsState) -> None:
        """Write labels and choices in the language in force."""
        labels = {
            "name": tr("Item name"), "category": tr("Section"), "brand": tr("Brand"), "price_minor": tr("Price"),
            "unit": tr("Unit"), "tax_rate_id": tr("Tax"), "age_mark": tr("Age mark"), "code": tr("Quick code"),
            "tracked": tr("Stock is counted"), "barcodes": tr("Barcode"),
            "tile": tr("Tile of the sale screen"), "count_milli": tr("Counted now"), "cost_minor": tr("Cost of one"),
        }  # fmt: skip
        for name, label in labels.items():
            self._forms[name].set_label(label)
        self.barcode.setPlaceholderText(tr("scan or type, Enter adds"))
        self._shown = None
        self._render_choices(state)

    def _render_choices(self, state: GoodsState) -> None:
        draft = state.draft or Draft()
        self.unit.show_options([(unit, unit_sign("pcs" if unit == "pc" else unit)) for unit in UNITS], draft.unit)
        self.tax.show_options([(rate.tax_rate_id, rate.name) for rate in state.rates], draft.tax_rate_id)
        self.age.show_options([(str(mark), f"{mark}+" if mark else tr("none")) for mark in AGE_MARKS], str(draft.age_mark))
        self.tracked.show_options([(YES, tr("yes")), (NO, tr("no"))], YES if draft.tracked else NO)

    def render_state(self, state: GoodsState) -> None:
        """Draw the card and what is wrong with it."""
        draft = state.draft
        reveal(self._body, draft is not None)
        reveal(self.archive, draft is not None and bool(draft.product_id))
        if draft is not None:
            self._render_draft(draft, state)
            self._forms["category"].setEnabled(state.may_edit)
        else:
            self._shown = None
            self._kind.setText("")
            self._title.setText("")
        for name, form in self._forms.items():
            form.show_error(state.errors.get(name, ""))
        wrong = state.errors.get("", "")
        self._note.show_note(wrong or state.note, "circle-x" if wrong else "check", "danger" if wrong else "ok")
        reveal(self._note, bool(wrong or state.note))
        self.save.set_text(tr("Add the item") if draft is not None and not draft.product_id else tr("Save"))
        self.save.set_available(state.may_edit and state.is_dirty and not state.is_saving, self.reason(state))

    def reason(self, state: GoodsState) -> str:
        """Why nothing can be saved now."""
        return tr("Nothing was changed") if state.may_edit else tr("Editing goods takes the right of a shift lead")

    def _render_draft(self, draft: Draft, state: GoodsState) -> None:
        is_new = not draft.product_id
        self._kind.setText(tr("New item") if is_new else tr("In the archive") if draft.archived else draft.category)
        self._title.setText(draft.name or tr("New item"))
        self._body.setEnabled(state.may_edit)
        self.archive.set_text(tr("Bring back") if draft.archived else tr("Put away"))
        self.archive.set_available(state.may_edit)
        # A field that is being typed in keeps its text and caret.
        before, self._shown = self._shown, draft
        is_other = before is None or before.product_id != draft.product_id or state.draft == state.saved
        if is_other:
            self._fill_fields(draft, state)
        self.tile.show_tiles(draft.tile, state.tiles)
        if before is None or before.barcodes != draft.barcodes or is_other:
            self._render_barcodes(draft.barcodes)
        known = state.stock_milli is not None and draft.tracked
        self._stock.setText(
            tr("In stock: {quantity}. Type a number only when it was counted", quantity=quantity(state.stock_milli or 0))
            if known
            else tr("Type how much lies there and what one costs")
        )
        reveal(self._forms["count_milli"], draft.tracked)
        reveal(self._forms["cost_minor"], draft.tracked)
        reveal(self._stock, draft.tracked)

    def _fill_fields(self, draft: Draft, state: GoodsState) -> None:
        texts = (
            (self.name, draft.name), (self.section, draft.category), (self.brand, draft.brand), (self.code, draft.code),
            (self.price, self._typed(draft.price_minor)), (self.cost, self._typed(draft.cost_minor)),
            (self.count, "" if draft.count_milli is None else quantity(draft.count_milli)),
        )  # fmt: skip
        for edit, text in texts:
            if edit.text() != text:
                edit.setText(text)
                edit.setCursorPosition(0)
        self._sections.setModel(_names(self._sections, [shelf.path for shelf in state.categories]))
        self._render_choices(state)

    def _render_barcodes(self, codes: Sequence[str]) -> None:
        self.barcode.clear()
        self._barcodes.clear()
        for code in codes:
            chip = Chip(code, icon="x", checkable=False)
            chip.setToolTip(tr("Take the barcode off"))
            chip.clicked.connect(partial(self._model.remove_barcode, code))
            self._barcodes.add(chip)
        reveal(self._barcodes, bool(codes))

    def _add_barcode(self) -> None:
        if self._model.add_barcode(self.barcode.text()):
            self.barcode.clear()

    def _edit(self, **changes: object) -> None:
        self._model.edit(**changes)

    def _amount(self, text: str) -> int | None:
        amount = parse_money(text, self._model.state.currency) if text.strip() else None
        return NOT_READABLE if amount is None and text.strip() else amount

    def _typed(self, amount_minor: int | None) -> str:
        return "" if amount_minor is None else typed_money(amount_minor, self._model.state.currency)


def _counted(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return 0 if not text.strip(" 0.,") else parse_quantity(text)
    except Refusal:
        return NOT_READABLE


def _pair(left: QWidget, right: QWidget) -> Row:
    row = Row(gap="m")
    row.add(left, right, stretch=1)
    row.box.setAlignment(left, Qt.AlignmentFlag.AlignTop)
    row.box.setAlignment(right, Qt.AlignmentFlag.AlignTop)
    return row


def _names(completer: QCompleter, paths: Sequence[str]) -> QStringListModel:
    return QStringListModel(list(paths), completer)
