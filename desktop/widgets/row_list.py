"""Painted rows for lists that are walked: the cart, what a search found. Any length; assistive technology reads each row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.design.theme import look
from desktop.widgets.base import Dressed

Index = QModelIndex | QPersistentModelIndex


class _RowsModel(QAbstractListModel):
    def __init__(self, owner: "RowList") -> None:
        super().__init__(owner)
        self._owner = owner
        self.rows: Sequence[Any] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole}:
            return self._owner.row_name(self.rows[index.row()])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._owner.row_is_head(self.rows[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def show(self, rows: Sequence[Any]) -> None:
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    def __init__(self, owner: "RowList") -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._owner.row_height(self._owner.rows[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            paint_selection(painter, rect)
        line = look().edge("line")
        painter.fillRect(QRectF(rect.left(), rect.bottom() - line, rect.width(), line), look().color("line"))
        if selected and self._owner.hasFocus():
            paint_row_focus(painter, rect)
        self._owner.paint_row(painter, rect, self._owner.rows[index.row()], selected=selected)
        painter.restore()


def paint_selection(painter: QPainter, rect: QRectF) -> None:
    """The ground and the bar of a selected row; in high contrast the bar alone, with an edge around."""
    painter.fillRect(rect, look().color("accent_soft"))
    painter.fillRect(QRectF(rect.left(), rect.top(), look().px("selected_bar"), rect.height()), look().color("accent"))
    if look().is_contrast:
        width = look().edge("strong")
        for edge in (
            QRectF(rect.left(), rect.top(), rect.width(), width),
            QRectF(rect.left(), rect.bottom() - width, rect.width(), width),
            QRectF(rect.right() - width, rect.top(), width, rect.height()),
        ):
            painter.fillRect(edge, look().color("accent"))


def paint_row_focus(painter: QPainter, rect: QRectF, *, first: bool = True, last: bool = True) -> None:
    """The focus ring of a row; a cell in the middle of a row paints only its upper and lower part."""
    width = look().edge("ring")
    color = look().color("focus")
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), width), color)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - width, rect.width(), width), color)
    if first:
        painter.fillRect(QRectF(rect.left(), rect.top(), width, rect.height()), color)
    if last:
        painter.fillRect(QRectF(rect.right() - width, rect.top(), width, rect.height()), color)


class RowList(Dressed, QListView):
    """A list of frozen row values that a subclass paints.

    Signals: row_activated — Enter or a double click, carries the index; row_changed — another row is current, -1 for none.
    """

    row_activated = Signal(int)
    row_changed = Signal(int)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__()
        self._model = _RowsModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(lambda index: self.row_activated.emit(index.row()))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.row_changed.emit(now.row()))
        self.dress()

    @property
    def rows(self) -> Sequence[Any]:
        """The rows shown."""
        return self._model.rows

    @property
    def current(self) -> int:
        """Index of the current row, -1 when there is none."""
        return self.currentIndex().row()

    def show_rows(self, rows: Sequence[Any], current: int = -1) -> None:
        """Show these rows with one of them current; nobody is told of that change."""
        blocked = self.blockSignals(True)
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.show(rows)
        if 0 <= current < len(rows):
            self.setCurrentIndex(self._model.index(current))
            self.scrollTo(self._model.index(current))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        selection.blockSignals(False)
        self.blockSignals(blocked)
        self.viewport().update()

    def walk(self, step: int) -> None:
        """Move the current row, as an arrow key in another field does."""
        if self.rows:
            row = min(max(self.current + step, 0), len(self.rows) - 1)
            self.setCurrentIndex(self._model.index(row))

    def restyle(self) -> None:
        self.doItemsLayout()

    def row_name(self, row: Any) -> str:
        """What assistive technology reads for a row."""
        return str(row)

    def row_is_head(self, row: Any) -> bool:
        """Whether a row only names the ones below it: arrows pass over it."""
        return False

    def row_height(self, row: Any) -> int:
        """Height of a row in pixels."""
        return look().px("row")

    def paint_row(self, p: QPainter, rect: QRectF, row: Any, *, selected: bool) -> None:
        """Paint a row over its ground."""
