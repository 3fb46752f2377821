"""From a file to the catalogue: read and judge it, mend rows, write the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.screens.goods_import.lines import Line, Lines
from desktop.store.errors import NotSaved
from desktop.store.goods_import import ImportProgress, ImportRun, Judged, Verdict, judge, judge_next, opened
from desktop.store.search import search_goods
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.catalog.barcodes import parse
from shared.catalog.goods_file import Column, GoodsFile, GoodsRow, Preview, RowError, understand
from shared.catalog.goods_file import Mapping as ColumnMapping
from shared.catalog.goods_tables import RawRow
from shared.catalog.queries import barcodes_of
from shared.core.errors import Refusal
from shared.core.text import N_
from shared.sales.queries import Offer

ROWS_AT_ONCE = 100
SHOW_SECONDS = 0.1
LIKE_WORDS = 2
"""Words of a name by which a similar item is looked for."""


class Stage(Enum):
    """Where the work stands."""

    CHOOSE = auto()
    READING = auto()
    READY = auto()
    WRITING = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class GoodsImportState:
    """Everything the screen shows. `error` is about the file, `fix_error` about the row in hand; both finished sentences.

    `done` and `whole` say how far reading or writing has come, in units of their own.
    """

    currency: str
    stage: Stage = Stage.CHOOSE
    path: str = ""
    preview: Preview | None = None
    mapping: ColumnMapping = field(default_factory=lambda: ColumnMapping(()))
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    shown: Verdict | None = None
    rows: Sequence[Line] = ()
    current: int = -1
    like: Offer | None = None
    to_write: int = 0
    dropped: int = 0
    figures: ImportProgress = field(default_factory=ImportProgress)
    done: int = 0
    whole: int = 0
    error: str = ""
    fix_error: str = ""

    @property
    def file(self) -> str:
        """The file's own name."""
        return Path(self.path).name

    @property
    def line(self) -> Line | None:
        """The row in hand."""
        return self.rows[self.current] if 0 <= self.current < len(self.rows) else None

    @property
    def total(self) -> int:
        """Rows of the file read so far."""
        return sum(self.counts.values())


class GoodsImportViewModel(QObject):
    """Importing goods.

    Signals: changed — the state is new; columns_wanted — the columns must be named by a person.
    """

    changed = Signal()
    columns_wanted = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None]) -> None:
        super().__init__()
        self._store, self._session, self._go = store, session, go
        self._goods: GoodsFile | None = None
        self._lines = Lines(ColumnMapping(()))
        self._run: ImportRun | None = None
        self._told_at = 0.0
        self._reading = 0
        self._state = GoodsImportState(currency=store.read(branch_settings).currency)

    @property
    def state(self) -> GoodsImportState:
        """What to show."""
        return self._state

    def choose(self, path: str) -> None:
        """Read a file; nothing is written yet."""
        path = path.strip().strip('"')
        if self._state.stage is Stage.WRITING or not path:
            return
        self._reading += 1
        reading = self._reading
        self._show(stage=Stage.READING, path=path, error="", counts={}, rows=(), current=-1, done=0, whole=0)
        self._store.load(
            opened, {"path": Path(path)}, lambda found: self._opened(reading, *found), lambda no: self._not_read(reading, no)
        )

    def name_columns(self, mapping: ColumnMapping) -> None:
        """Read the file again with other columns."""
        if self._goods is not None and self._state.preview is not None and self._state.stage is not Stage.WRITING:
            self._reading += 1
            self._read(self._goods, mapping)

    def close_file(self) -> None:
        """Choose another file."""
        if self._state.stage is not Stage.WRITING:
            self._reading += 1
            self._show(stage=Stage.CHOOSE, error="", rows=(), counts={}, current=-1)

    def filter(self, verdict: Verdict | None) -> None:
        """Show rows of one kind, or all of them."""
        rows = self._lines.shown(verdict)
        self._show(shown=verdict, rows=rows, current=0 if rows else -1, fix_error="")
        self._look_for_like()

    def select(self, place: int) -> None:
        """Take a row in hand."""
        if place != self._state.current:
            self._show(current=place, fix_error="")
            self._look_for_like()

    def next_error(self) -> None:
        """Go to the next row that is wrong; after the last one to the first."""
        errors = self._state.counts.get(Verdict.ERROR, 0)
        if self._state.shown not in {None, Verdict.ERROR}:
            self.filter(None)
        if errors:
            self.select((self._state.current + 1) % errors if self._state.current < errors else 0)

    def toggle(self) -> None:
        """Take the row in hand, or leave it out."""
        line = self._state.line
        if line is not None and self._state.stage is Stage.READY:
            self._lines.toggle(line.judged)
            self._refresh(self._state.current)

    def drop(self) -> None:
        """Skip the row in hand for good; it does not wait to be reviewed."""
        line = self._state.line
        if line is None or self._state.stage is not Stage.READY:
            return
        if line.judged.row is not None:
            self.toggle()
            return
        self._lines.drop(line.judged)
        self._refresh(self._state.current)

    def mend(self, *, barcode: str, name: str, price: str) -> None:
        """Read the row in hand again with these cells."""
        line = self._state.line
        if line is None or line.judged.error is None or self._state.stage is not Stage.READY:
            return
        cells = list(self._lines.cells(line.judged))
        for column, text in ((Column.BARCODE, barcode), (Column.NAME, name), (Column.PRICE, price)):
            places = self._lines.mapping.places(column)
            for at, place in enumerate(places):
                cells += [""] * (place + 1 - len(cells))
                cells[place] = text if at == 0 else ""
        row = understand(RawRow(line.judged.row_no, tuple(cells)), self._lines.mapping)
        if isinstance(row, GoodsRow) and (holder := self._lines.holder_of(row.barcodes, row.row_no)):
            text = N_("Barcode {barcode} stands in row {row} already. Keep it in one of them")
            params: dict[str, str | int] = {"barcode": row.barcodes[0], "row": holder}
            row = RowError(row.row_no, "barcode", "barcode_is_double", text, params, "\t".join(cells))
        if isinstance(row, RowError):
            self._show(fix_error=refusal_text(Refusal(row.code, row.text, **row.params), self._state.currency))
            return
        (mended,) = self._store.read(judge, rows=(row,), has_price=self._has_price)
        self._lines.replace(line.judged, mended)
        self._show(fix_error="")
        self._refresh(self._state.current)

    def without_barcode(self) -> None:
        """Take the row in hand as goods without a barcode."""
        if (line := self._state.line) is not None:
            self.mend(barcode="", name=line.name, price=line.price)

    def take_like(self) -> None:
        """The row in hand means the similar item of the catalogue."""
        line, like = self._state.line, self._state.like
        if line is not None and like is not None and (codes := self._store.read(barcodes_of, product_id=like.product_id)):
            self.mend(barcode=codes[0], name=line.name, price=line.price)

    def scan(self, code: str) -> None:
        """The barcode of the row in hand was read from the goods."""
        line = self._state.line
        if line is None or line.judged.error is None:
            return
        try:
            self.mend(barcode=parse(code).code, name=line.name, price=line.price)
        except Refusal as refusal:
            self._show(fix_error=refusal_text(refusal, self._state.currency))

    def write(self) -> None:
        """Write what is taken; when that is done, go to the goods."""
        state = self._state
        if state.stage is Stage.DONE:
            self._go("goods")
        if state.stage is not Stage.READY or not state.to_write:
            return
        self._show(stage=Stage.WRITING, done=0, whole=state.to_write, figures=ImportProgress(), error="")
        self._run = ImportRun(
            self._store,
            self._session.actor,
            state.file,
            list(self._lines.rows_to_write()),
            then=self._written,
            failed=self._failed,
            progress=lambda figures: self._show(figures=figures, done=figures.rows),
        )

    def cancel(self) -> None:
        """Stop writing after the part under way; what is written stays."""
        if self._run is not None:
            self._run.cancel()

    def stop(self) -> None:
        """Listen no more; an import under way goes on to its end."""
        self._reading += 1

    @property
    def _has_price(self) -> bool:
        return bool(self._lines.mapping.places(Column.PRICE))

    def _opened(self, reading: int, goods: GoodsFile, preview: Preview) -> None:
        if reading == self._reading:
            self._goods = goods
            self._show(preview=preview)
            self._read(goods, preview.mapping)

    def _read(self, goods: GoodsFile, mapping: ColumnMapping) -> None:
        self._lines = Lines(mapping)
        self._show(stage=Stage.READING, mapping=mapping, shown=None, rows=(), counts={}, current=-1, error="", done=0, whole=0)
        try:
            rows = goods.read(mapping)
        except Refusal as refusal:
            self._show(stage=Stage.CHOOSE, error=refusal_text(refusal))
            self.columns_wanted.emit()
            return
        self._read_on(self._reading, rows)

    def _read_on(self, reading: int, rows: Iterator[GoodsRow | RowError]) -> None:
        """Ask for the next rows; between two pieces sales and the window have their turn."""

        def more(judged: tuple[Judged, ...]) -> None:
            if reading != self._reading:
                return
            self._lines.add(judged)
            if judged:
                self._tell_progress()
                self._read_on(reading, rows)
            else:
                self._is_read()

        args = {"rows": rows, "most": ROWS_AT_ONCE, "has_price": self._has_price}
        self._store.load(judge_next, args, more, lambda no: self._not_read(reading, no))

    def _tell_progress(self) -> None:
        now = monotonic()
        if self._goods is not None and now - self._told_at >= SHOW_SECONDS:
            self._told_at = now
            done, whole = self._goods.progress()
            self._show(counts=self._lines.counts, done=done, whole=whole)

    def _is_read(self) -> None:
        if not any(self._lines.counts.values()):
            self._show(stage=Stage.CHOOSE, error=tr("There are no goods in this file. Choose another"))
            return
        self._show(stage=Stage.READY)
        self._refresh(0)

    def _not_read(self, reading: int, no: Refusal | NotSaved) -> None:
        if reading == self._reading:
            self._show(stage=Stage.CHOOSE, error=self._said(no))

    def _refresh(self, current: int) -> None:
        """The lines changed: count them and keep the row in hand in sight."""
        rows = self._lines.shown(self._state.shown)
        self._show(
            rows=rows,
            counts=self._lines.counts,
            current=min(current, len(rows) - 1),
            to_write=self._lines.to_write,
            dropped=self._lines.dropped,
        )
        self._look_for_like()

    def _look_for_like(self) -> None:
        """An item of the catalogue that a wrong row may mean."""
        line = self._state.line
        like = None
        if line is not None and line.judged.error is not None and line.name:
            found = self._store.read(search_goods, text=" ".join(line.name.split()[:LIKE_WORDS]), most=1)
            like = found[0] if found else None
        self._show(like=like)

    def _written(self, figures: ImportProgress) -> None:
        self._run = None
        self._show(stage=Stage.DONE, figures=figures, done=figures.rows)

    def _failed(self, no: Refusal | NotSaved) -> None:
        self._run = None
        self._show(stage=Stage.READY, error=self._said(no))

    def _said(self, no: Refusal | NotSaved) -> str:
        return refusal_text(no, self._state.currency) if isinstance(no, Refusal) else tr(no.text, **no.params)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
