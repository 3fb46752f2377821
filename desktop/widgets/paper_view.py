"""What the printer will make, as text on white."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.design.theme import look
from desktop.widgets import paint


class PaperView(QWidget):
    """Lines in a fixed width, `columns` characters across; read by assistive technology as one text."""

    def __init__(self, name: str, columns: int = 48) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._columns, self._name = columns, name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[str], columns: int = 48) -> None:
        """Show the printed lines of a document laid out for `columns` characters."""
        self._lines, self._columns = tuple(lines), columns
        self.setAccessibleDescription("\n".join(self._lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The paper with its margins."""
        metrics, margin = look().metrics("paper"), 2 * look().px("paper_margin")
        return QSize(
            metrics.horizontalAdvance("0") * self._columns + margin, metrics.lineSpacing() * max(1, len(self._lines)) + margin
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper and ink."""
        p, metrics, margin = paint.painter(self), look().metrics("paper"), look().px("paper_margin")
        p.fillRect(self.rect(), look().color("paper"))
        p.setFont(look().font("paper"))
        p.setPen(look().color("ink"))
        high = metrics.lineSpacing()
        for number, line in enumerate(self._lines):
            if line:
                place = QRectF(margin, margin + number * high, self.width() - margin, high)
                p.drawText(
                    place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), line
                )
