"""The list of goods at the left, the card in hand at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import ntr, tr
from desktop.screens.goods import words
from desktop.screens.goods.card import GoodsCard
from desktop.screens.goods.view_model import GoodsViewModel
from desktop.widgets.base import Column, Label, Row, Rule
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.combo import Combo
from desktop.widgets.search_field import SearchField
from desktop.widgets.table import Table, TableColumn

EVERYTHING = ""


class GoodsView(QWidget):
    """The body of the window while goods are looked after."""

    def __init__(self, model: GoodsViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self.card = GoodsCard(model)
        self._title, self._count = Label("", "title"), Label("", "body", "muted")
        self._new = Button("", key_of("goods.new"), icon="plus", dense=True)
        self._import = Button("", key_of("goods.import"), icon="upload", dense=True)
        self._new.clicked.connect(self._make)
        self._import.clicked.connect(model.import_file)
        head = Row(self._title, self._count, gap="m", height="title_row")
        head.add_stretch()
        head.add(self._new, self._import)
        self.search, self._sections, self._archive = SearchField("", height="field", role="body"), Combo(), Chip(filter_size=True)
        self.search.textChanged.connect(model.search)
        self._sections.picked.connect(lambda key: model.show_category(key or None))
        self._archive.clicked.connect(lambda _checked=False: model.show_archive(not model.state.is_archive))
        tools = Row(gap="m")
        tools.add(self.search, stretch=3)
        tools.add(self._sections, stretch=2)
        tools.add(self._archive)
        self.table = Table("")
        self.table.row_changed.connect(model.select)
        self.table.row_activated.connect(lambda _row: self.card.name.setFocus())
        frame = Card(gap="none", insets="none")
        frame.add(self.table, stretch=1)
        left = Column(head, tools, gap="m", insets="l")
        left.add(frame, stretch=1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(left, 1)
        box.addWidget(Rule(vertical=True))
        box.addWidget(self.card)
        self._bind()
        self.setFocusProxy(self.search)
        model.changed.connect(self.render)
        self.destroyed.connect(i18n.on_language_changed(self._reword))
        self._reword()

    def _bind(self) -> None:
        for action, act in (
            ("goods.search", self._search),
            ("goods.new", self._make),
            ("goods.import", self._model.import_file),
            ("goods.save", self.card.save_card),
        ):
            self._actions.bind(action, act, self)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; safe at any time."""
        state = self._model.state
        self._count.setText(ntr("{n} product", "{n} products", len(state.rows)))
        if self.search.text() != state.text:
            self.search.setText(state.text)
        self._sections.show_options(
            [(EVERYTHING, tr("All sections")), *((shelf.category_id, shelf.path) for shelf in state.categories)],
            state.category_id or EVERYTHING,
        )
        self._archive.setChecked(state.is_archive)
        if self.table.rows is not state.rows:
            self.table.show_rows(state.rows, state.current)
        elif self.table.current != state.current and state.current >= 0:
            self.table.select(state.current)
        elif state.current < 0:
            self.table.clearSelection()
        self.card.render_state(state)
        self._new.set_available(state.may_edit, self.card.reason(state))
        self._import.set_available(state.may_edit, self.card.reason(state))
        for action in ("goods.new", "goods.import"):
            self._actions.set_enabled(action, state.may_edit, self.card.reason(state), self)
        self._actions.set_enabled("goods.save", state.may_edit and state.is_dirty, self.card.reason(state), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list from the search field, Enter opens the card, Esc drops what was changed before it leaves."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -12, Qt.Key.Key_PageDown: 12}.get(Qt.Key(event.key()))
        if step is not None:
            self._model.walk(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.hasFocus():
            self.card.name.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and (self._model.drop() or self._clear_search()):
            self.search.setFocus()
        else:
            event.ignore()

    def _clear_search(self) -> bool:
        had = bool(self._model.state.text)
        self._model.search("")
        return had

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _make(self) -> None:
        self._model.new(name=self._model.state.text if not self._model.state.rows else "")
        self.card.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reword(self) -> None:
        currency = self._model.state.currency
        self._title.setText(tr("Goods"))
        self._new.set_text(tr("New"))
        self._import.set_text(tr("Import"))
        self.search.setAccessibleName(tr("Find goods"))
        self.search.setPlaceholderText(tr("Name, barcode or code"))
        self._sections.setAccessibleName(tr("Section"))
        self._archive.show_state(tr("Archive"), icon="archive")
        self.table.setAccessibleName(tr("Goods"))
        self.table.show_columns(
            (
                TableColumn(tr("Item name"), lambda row: row.product.name),
                TableColumn(tr("Barcode"), words.code, 14),
                TableColumn(tr("Section"), words.section, 15),
                TableColumn(tr("Tile"), lambda row: str(row.product.tile or ""), 6, right=True),
                TableColumn(tr("Stock"), words.stock, 9, right=True),
                TableColumn(tr("Price"), lambda row: words.price(row, currency), 9, right=True),
            )
        )
        self.card.reword(self._model.state)
        self.render()
