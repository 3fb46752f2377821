"""One table for every list with columns: rows are values, columns are declared, 100,000 rows cost what is on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Dressed
from desktop.widgets.chip import Tone, badge_width, paint_badge
from desktop.widgets.row_list import paint_row_focus

Index = QModelIndex | QPersistentModelIndex
Density = Literal["row_dense", "row", "row_touch", "row_two_lines"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `was` is an old value before an arrow; `badge` draws the text as a badge of that tone."""

    text: str
    role: str = "body"
    color: str = "text"
    was: str = ""
    icon: str = ""
    badge: Tone | None = None
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A declared column: its title, what it shows of a row, its side and its share of the width.

    `width` is in average digits of body text; 0 lets the column take what is left.
    """

    title: str
    cell: Callable[[Any], Cell | str]
    width: int = 0
    right: bool = False


class _TableModel(QAbstractTableModel):
    def __init__(self, parent: "Table") -> None:
        super().__init__(parent)
        self.columns: Sequence[TableColumn] = ()
        self.rows: Sequence[Any] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        made = self.columns[index.column()].cell(self.rows[index.row()])
        return Cell(made) if isinstance(made, str) else made

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title} {self.cell(index).text}".strip()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(paint.RIGHT if self.columns[section].right else paint.LEFT)
        return None


class _CellPainter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _TableModel):
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look().color("accent_soft"))
        line = look().edge("line")
        painter.fillRect(QRectF(rect.left(), rect.bottom() - line, rect.width(), line), look().color("line"))
        if selected:
            self._paint_current(painter, rect, option, first=index.column() == 0, last=index.column() == len(model.columns) - 1)
        inset = look().px("cell_inset")
        cell = model.cell(index)
        if selected and cell.color in {"danger", "warn", "accent"}:
            # Coloured words fall under 7:1 on the soft accent.
            cell = Cell(cell.text, cell.role, "text", cell.was, cell.icon, cell.badge, cell.checked)
        self._paint_cell(painter, rect.adjusted(inset, 0, -inset, 0), cell, right=model.columns[index.column()].right)
        painter.restore()

    def _paint_current(self, p: QPainter, rect: QRectF, option: QStyleOptionViewItem, *, first: bool, last: bool) -> None:
        """The bar of the current row, its ring while the table has the focus, its edge in high contrast."""
        if first:
            p.fillRect(QRectF(rect.left(), rect.top(), look().px("selected_bar"), rect.height()), look().color("accent"))
        view = option.widget
        if isinstance(view, QTableView) and view.hasFocus():
            paint_row_focus(p, rect, first=first, last=last)
        elif look().is_contrast:
            width = look().edge("strong")
            p.fillRect(QRectF(rect.left(), rect.top(), rect.width(), width), look().color("accent"))
            p.fillRect(QRectF(rect.left(), rect.bottom() - width, rect.width(), width), look().color("accent"))

    def _paint_cell(self, p: QPainter, rect: QRectF, cell: Cell, *, right: bool) -> None:
        middle = rect.center().y()
        if cell.checked is not None:
            side = look().px("check")
            paint.check_box(p, QRectF(rect.left(), middle - side / 2, side, side), checked=cell.checked)
            return
        if cell.badge is not None:
            high = look().px("badge")
            wide = badge_width(cell.text, cell.icon)
            paint_badge(p, QRectF(rect.left(), middle - high / 2, wide, high), cell.text, cell.icon, cell.badge)
            return
        if cell.icon:
            side = look().px("icon")
            paint.icon(p, QRectF(rect.left(), middle - side / 2, side, side), cell.icon, cell.color)
            rect = rect.adjusted(side + look().space("s"), 0, 0, 0)
        align = paint.RIGHT if right else paint.LEFT
        paint.text(p, rect, cell.text, cell.role, cell.color, align, elide=True)
        if cell.was:
            used = look().metrics(cell.role).horizontalAdvance(cell.text) + look().space("xs")
            paint.text(p, rect.adjusted(0, 0, -used, 0), cell.was + " →", "body", "muted", paint.RIGHT)


class Table(Dressed, QTableView):
    """Rows and declared columns.

    Signals: row_activated — Enter or a double click; row_changed — another row is current; row_toggled — Space.
    All carry the index.
    """

    row_activated = Signal(int)
    row_changed = Signal(int)
    row_toggled = Signal(int)

    def __init__(self, name: str, columns: Sequence[TableColumn] = (), density: Density = "row") -> None:
        super().__init__()
        self._model = _TableModel(self)
        self._density: Density = density
        self.setModel(self._model)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        # Fixed: resizing to contents would measure every one of 100,000 rows.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(index.row()))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.row_changed.emit(now.row()))
        self.show_columns(columns)
        self.dress()

    @property
    def rows(self) -> Sequence[Any]:
        """The rows shown."""
        return self._model.rows

    @property
    def current(self) -> int:
        """Index of the current row, -1 when there is none."""
        return self.currentIndex().row()

    def show_columns(self, columns: Sequence[TableColumn]) -> None:
        """Declare the columns anew, as after a change of language."""
        self._model.beginResetModel()
        self._model.columns = tuple(columns)
        self._model.endResetModel()
        self._lay_out()

    def show_rows(self, rows: Sequence[Any], current: int = -1) -> None:
        """Show these rows; the sequence may be lazy: only rows on the screen are asked for."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.beginResetModel()
        self._model.rows = rows
        self._model.endResetModel()
        selection.blockSignals(False)
        if 0 <= current < len(rows):
            self.select(current)

    def select(self, row: int) -> None:
        """Make a row current and show it."""
        index = self._model.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def fit_height(self) -> None:
        """Be exactly as high as the rows, for short tables inside a page that scrolls."""
        self.setFixedHeight(self._row_px() * len(self.rows) + self.horizontalHeader().height() + 2)

    def _row_px(self) -> int:
        return look().px(self._density)

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_px())
        self.verticalHeader().setMinimumSectionSize(self._row_px())
        self.horizontalHeader().setFont(look().font("small_medium"))
        self.horizontalHeader().setFixedHeight(look().px("chip_filter"))
        self._lay_out()

    def _lay_out(self) -> None:
        columns = self._model.columns
        digit = look().metrics("body").horizontalAdvance("0")
        inset = 2 * look().px("cell_inset")
        fixed = [column.width * digit + inset if column.width else 0 for column in columns]
        takers = fixed.count(0)
        free = max(0, self.viewport().width() - sum(fixed))
        for number, wide in enumerate(fixed):
            self.setColumnWidth(number, wide or free // takers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width out."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """A dozen rows."""
        return QSize(look().px("pay_width") // 2, self._row_px() * 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates, Space toggles, digits and letters go on to the screen."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current >= 0:
            self.row_activated.emit(self.current)
        elif event.key() == Qt.Key.Key_Space and self.current >= 0:
            self.row_toggled.emit(self.current)
        elif event.text().isprintable() and event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
