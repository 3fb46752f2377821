"""F2: which column of the file is what."""

from collections.abc import Callable, Sequence

from desktop.config.i18n import tr
from desktop.screens.goods_import.words import COLUMNS
from desktop.widgets.base import Column as Rows
from desktop.widgets.base import Label, Row
from desktop.widgets.combo import Combo
from desktop.widgets.dialog import Dialog
from desktop.widgets.page import Scroll
from shared.catalog.goods_file import Column, Mapping, Preview

NOTHING = ""
SAMPLES = 3


class ColumnsDialog(Dialog):
    """One line for each column of the file: its head, a few cells, and what it holds."""

    def __init__(self, preview: Preview, mapping: Mapping, choose: Callable[[Mapping], None]) -> None:
        super().__init__(
            tr("What each column holds"), back=tr("Back"), primary=tr("Read the file so"), width="pay_width", height="pay_height",
            body_insets=("xl", "s"),
        )  # fmt: skip
        self._mapping, self._choose = mapping, choose
        width = max((len(row.cells) for row in preview.rows), default=0)
        held = {place: column for column, place in mapping.columns}
        options = [(NOTHING, tr("not used")), *((str(column), tr(words)) for column, words in COLUMNS.items())]
        self._combos: list[Combo] = []
        lines = Rows(gap="s", insets=("none", "s"))
        for place in range(max(width, len(preview.header))):
            head = preview.header[place] if place < len(preview.header) else tr("Column {number}", number=place + 1)
            combo = Combo(head, options, str(held.get(place, NOTHING)))
            self._combos.append(combo)
            words = Rows(gap="none")
            words.add(Label(head, "body_strong"), Label(_samples(preview, place), "small", "muted"))
            line = Row(gap="l")
            line.add(words, stretch=3)
            line.add(combo, stretch=2)
            lines.add(line)
        lines.add_stretch()
        self.body.add(Scroll(lines), stretch=1)
        self.accepted.connect(self._accept)

    def _accept(self) -> None:
        taken: dict[Column, int] = {}
        columns: list[tuple[Column, int]] = []
        for place, combo in enumerate(self._combos):
            if combo.key == NOTHING:
                continue
            column = Column(combo.key)
            if column is Column.BARCODE or column not in taken:
                taken[column] = place
                columns.append((column, place))
        self.close_dialog()
        self._choose(Mapping(tuple(columns), self._mapping.header_row))


def _samples(preview: Preview, place: int) -> str:
    cells: Sequence[str] = [row.cells[place] for row in preview.rows if place < len(row.cells) and row.cells[place].strip()]
    return " · ".join(cell.strip()[:30] for cell in cells[:SAMPLES])
