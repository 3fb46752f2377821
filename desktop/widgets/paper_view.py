"""What the printer will make, on white: characters in columns, double lines, the place of a QR code."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint
from desktop.widgets.base import Dressed
from shared.core.paper import Cut, Laid, LaidLine, Paper, Qr
from shared.core.paper import columns as lay_out

_QR_LINES = 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class PaperView(Dressed, QWidget):
    """A paper `columns` characters wide; read by assistive technology as one text."""

    def __init__(self, name: str, columns: int = 48) -> None:
        super().__init__()
        self._laid: tuple[Laid, ...] = ()
        self._columns = columns
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()

    def show_paper(self, paper: Paper, columns: int = 48) -> None:
        """Lay a document out in so many columns and show it."""
        self._show(tuple(lay_out(paper, columns)), columns)

    def show_lines(self, lines: Sequence[str], columns: int = 48) -> None:
        """Show printed lines of plain size."""
        self._show(tuple(LaidLine(line) for line in lines), columns)

    def _show(self, laid: tuple[Laid, ...], columns: int) -> None:
        self._laid, self._columns = laid, columns
        self.setAccessibleDescription("\n".join(line.text for line in laid if isinstance(line, LaidLine)))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The paper with its margins."""
        metrics, margin = look().metrics("paper"), 2 * look().px("paper_margin")
        lines = sum(_height(line) for line in self._laid) or 1
        return QSize(metrics.horizontalAdvance("0") * self._columns + margin, metrics.lineSpacing() * lines + margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper and ink."""
        p, metrics, margin = paint.painter(self), look().metrics("paper"), look().px("paper_margin")
        p.fillRect(self.rect(), look().color("paper"))
        p.setPen(look().color("ink"))
        high, y = metrics.lineSpacing(), float(margin)
        for line in self._laid:
            wide = self.width() - 2 * margin
            self._draw(p, QRectF(margin, y, wide, high * _height(line)), line)
            y += high * _height(line)

    def _draw(self, p: QPainter, place: QRectF, line: Laid) -> None:
        if isinstance(line, LaidLine):
            font = QFont(look().font("paper"))
            font.setBold(line.bold)
            p.setFont(font)
            p.save()
            p.translate(place.topLeft())
            scale = 2 if line.double else 1
            p.scale(scale, scale)
            p.drawText(QRectF(0, 0, place.width() / scale + 1, place.height() / scale), _LEFT, line.text)
            p.restore()
        elif isinstance(line, Qr):
            side = place.height() * 0.9
            square = QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side)
            paint.icon(p, square, "qr-code", "ink")
        else:
            p.setPen(QPen(look().color("ink"), look().edge("line"), Qt.PenStyle.DashLine))
            middle = place.center().y()
            p.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))


def _height(line: Laid) -> int:
    """How many lines of text high."""
    if isinstance(line, Qr):
        return _QR_LINES
    return 1 if isinstance(line, Cut) or not line.double else 2
