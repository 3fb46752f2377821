"""Goods out of a file into the catalogue: what each row would do, and doing it in parts that let sales through."""

import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec

from desktop.store.errors import NotSaved
from desktop.store.store import Failed, Store
from shared.branches.queries import tax_rates
from shared.catalog.commands import REJECTED_KEPT_MAX, finish_import, import_goods
from shared.catalog.goods_file import Column, GoodsFile, GoodsRow, Mapping, Preview, RowError
from shared.catalog.goods_tables import FILE_BYTES_MAX
from shared.catalog.matching import Match, goods_given, matches
from shared.catalog.operations import ProductPut, ProductsPut, Rejected
from shared.core.errors import Param, Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.log import Recorded
from shared.ledger.transaction import Actor, Reading
from shared.stock.commands import CountedGoods, record_stock

ROWS_PER_PART = 30
"""So that a part takes the writer about 5 ms and a sale never waits longer."""
PROGRESS_SECONDS = 0.1


class Verdict(StrEnum):
    """What becomes of a row; `check` is taken too, but somebody should look at it."""

    ERROR = "error"
    CHECK = "check"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Judged(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A row and what it would do. `note` says why it is wrong or worth a look; `text` and `params` as in a Refusal."""

    row_no: int
    verdict: Verdict
    row: GoodsRow | None = None
    error: RowError | None = None
    price_before_minor: int | None = None
    text: str = ""
    params: dict[str, Param] = {}


class ImportPreview(msgspec.Struct, frozen=True):
    """The head of a file: what it is, which column is what, and what its first rows would do."""

    file: Preview
    judged: tuple[Judged, ...]


class ImportProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an import has come, in rows; `rejected` ones wait to be reviewed."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    is_cancelled: bool = False

    @property
    def taken(self) -> int:
        """Rows that are in the catalogue as the file has them."""
        return self.new + self.changed + self.same


def open_goods(path: Path) -> GoodsFile:
    """The file, read into memory so that nobody changes it meanwhile. Raises Refusal."""
    with _refusing(path.name):
        if path.stat().st_size > FILE_BYTES_MAX:
            text = N_("The file is larger than {limit} MB. Save the goods alone and choose that file")
            raise Refusal("file_is_too_large", text, limit=FILE_BYTES_MAX // 2**20)
        return GoodsFile(BytesIO(path.read_bytes()))


def preview(store: Store, path: Path, mapping: Mapping | None = None) -> ImportPreview:
    """The head of a file and what its first rows would do. Raises Refusal."""
    goods = open_goods(path)
    head = goods.preview()
    rows: list[GoodsRow | RowError] = []
    for row in goods.read(mapping or head.mapping):
        rows.append(row)
        if len(rows) == len(head.rows):
            break
    has_price = bool((mapping or head.mapping).places(Column.PRICE))
    return ImportPreview(head, store.read(judge, rows=rows, has_price=has_price))


def opened(read: Reading, *, path: Path) -> tuple[GoodsFile, Preview]:
    """A file and its head, for `Store.load`: a workbook takes a while. Raises Refusal."""
    goods = open_goods(path)
    return goods, goods.preview()


def judge_next(read: Reading, *, rows: Iterator[GoodsRow | RowError], most: int, has_price: bool) -> tuple[Judged, ...]:
    """The next rows of a file; none when it is read. Raises Refusal."""
    with _refusing(N_("The file")):
        return judge(read, rows=tuple(islice(rows, most)), has_price=has_price)


def judge(read: Reading, *, rows: Sequence[GoodsRow | RowError], has_price: bool) -> tuple[Judged, ...]:
    """What rows would do, in their order. `has_price`: the file has a column for prices, so one without is worth a look."""
    rates = tax_rates(read)
    good = [row for row in rows if isinstance(row, GoodsRow)]
    found = iter(matches(read, goods=tuple(goods_given(row, rates) for row in good)))
    return tuple(
        Judged(row_no=row.row_no, verdict=Verdict.ERROR, error=row, text=row.text, params=row.params)
        if isinstance(row, RowError)
        else _judged(row, next(found), has_price)
        for row in rows
    )


def _judged(row: GoodsRow, match: Match, has_price: bool) -> Judged:
    verdict = Verdict.NEW if match.product_id is None else Verdict.SAME if match.is_same else Verdict.CHANGED
    text, params = "", dict[str, Param]()
    price = match.price_before_minor if row.price_minor is None else row.price_minor
    if row.tax and match.product_id is None and match.changes.tax_rate_id is None:
        text, params = N_("The club has no tax {tax}. The usual one is taken"), {"tax": row.tax}
    elif price is not None and row.cost_minor is not None and price < row.cost_minor and verdict is not Verdict.SAME:
        text, params = N_("Below the cost of {cost_minor}"), {"cost_minor": row.cost_minor}
    elif price is None and has_price and verdict is not Verdict.SAME:
        text = N_("No price. The till will ask for it")
    return Judged(
        row_no=row.row_no,
        verdict=Verdict.CHECK if text else verdict,
        row=row,
        price_before_minor=match.price_before_minor,
        text=text,
        params=params,
    )


class ImportRun:
    """One import on its way. Everything is called through the store's `deliver`: `progress` at most ten times a second,
    then either `then` with the last figures or `failed`; what was taken before a failure stays.

    The same file again changes nothing and records nothing. Quantities in the file are the opening stock of new goods.
    """

    def __init__(
        self,
        store: Store,
        actor: Actor,
        file_name: str,
        rows: Iterable[GoodsRow | RowError],
        *,
        then: Callable[[ImportProgress], None],
        failed: Failed,
        progress: Callable[[ImportProgress], None] | None = None,
    ) -> None:
        self._store, self._actor, self._file_name = store, actor, file_name
        self._then, self._failed, self._progress = then, failed, progress
        self._rates = store.read(tax_rates)
        self._tally = _Tally()
        self._parts: deque[Sequence[GoodsRow]] = deque()
        self._again: list[GoodsRow] = []
        self._fault: Refusal | NotSaved | None = None
        self._is_cancelled = False
        self._told_at = 0.0
        self._write_parts(self._read_parts(iter(rows)))

    def cancel(self) -> None:
        """Stop after the part under way; what is taken stays."""
        self._is_cancelled = True

    def _read_parts(self, rows: Iterator[GoodsRow | RowError]) -> Iterator[list[GoodsRow]]:
        """Parts of the file, made on the writer's thread: a reader of its own would fight with sales for the interpreter."""
        part: list[GoodsRow] = []
        try:
            with _refusing(self._file_name):
                for row in rows:
                    if isinstance(row, RowError):
                        self._tally.reject(row.row_no, row.code, row.raw)
                        continue
                    part.append(row)
                    if len(part) == ROWS_PER_PART:
                        yield part
                        part = []
        except Refusal as refusal:
            self._fault = refusal
        if part:
            yield part

    def _write_parts(self, parts: Iterable[list[GoodsRow]]) -> None:
        def steps() -> Iterator[tuple[Id, dict[str, Any]]]:
            for part in parts:
                if self._is_cancelled or isinstance(self._fault, NotSaved):
                    return
                self._parts.append(part)
                yield self._store.new_op(), {"goods": tuple(goods_given(row, self._rates) for row in part)}

        self._store.write_background(
            import_goods, actor=self._actor, steps=steps(), progress=self._recorded, then=self._written, failed=self._refused
        )

    def _recorded(self, recorded: Recorded) -> None:
        part = self._parts.popleft()
        if isinstance(recorded.body, ProductsPut):
            self._tally.take(part, recorded.body.products)
        self._tell()

    def _refused(self, error: Refusal | NotSaved) -> None:
        part = self._parts.popleft()
        if isinstance(error, NotSaved) or error.code == "no_right":
            self._fault = self._fault or error
            self._is_cancelled = True
        elif error.code == "nothing_changed":
            self._tally.take(part, ())
        elif len(part) > 1:
            self._again.extend(part)  # one by one, so that a single row does not hold up the others
        else:
            self._tally.reject(part[0].row_no, error.code, raw_of(part[0]))
        self._tell()

    def _tell(self) -> None:
        now = monotonic()
        if self._progress is not None and now - self._told_at >= PROGRESS_SECONDS:
            self._told_at = now
            self._progress(self._tally.figures(is_cancelled=self._is_cancelled))

    def _written(self) -> None:
        """All parts are answered: try the difficult rows, note the opening stock, close the import."""
        if self._again and not self._is_cancelled:
            rows, self._again = self._again, []
            self._write_parts([row] for row in rows)
        elif self._tally.stock and not isinstance(self._fault, NotSaved):
            goods, self._tally.stock = self._tally.stock, []
            parts = (goods[start : start + ROWS_PER_PART] for start in range(0, len(goods), ROWS_PER_PART))
            steps = ((self._store.new_op(), {"goods": tuple(part), "note": self._file_name}) for part in parts)
            self._store.write_background(record_stock, actor=self._actor, steps=steps, then=self._written, failed=self._no_stock)
        else:
            self._close()

    def _no_stock(self, error: Refusal | NotSaved) -> None:
        self._fault = self._fault or error

    def _close(self) -> None:
        figures = self._tally.figures(is_cancelled=self._is_cancelled)
        if isinstance(self._fault, NotSaved) or not (figures.new or figures.changed or figures.rejected):
            self._end(figures)
            return
        args = {
            "file": self._file_name,
            "rows": figures.rows,
            "taken": figures.taken,
            "rejected_count": figures.rejected,
            "rejected": tuple(self._tally.rejected),
        }
        op = self._store.new_op()
        self._store.write(
            finish_import, op=op, actor=self._actor, args=args, then=lambda _: self._end(figures), failed=self._failed
        )

    def _end(self, figures: ImportProgress) -> None:
        if self._fault is not None:
            self._failed(self._fault)
        else:
            self._then(figures)


def run(
    store: Store,
    actor: Actor,
    path: Path,
    mapping: Mapping | None = None,
    *,
    then: Callable[[ImportProgress], None],
    failed: Failed,
    progress: Callable[[ImportProgress], None] | None = None,
) -> ImportRun:
    """Take a whole file as it is. Raises Refusal for a file that is no list of goods; see ImportRun for the rest."""
    return ImportRun(store, actor, path.name, open_goods(path).read(mapping), then=then, failed=failed, progress=progress)


class _Tally:
    """What was counted so far."""

    def __init__(self) -> None:
        self.rejected: list[Rejected] = []
        self.stock: list[CountedGoods] = []
        self._new = self._changed = self._same = self._rejections = 0

    def reject(self, row_no: int, code: str, raw: str) -> None:
        self._rejections += 1
        if len(self.rejected) < REJECTED_KEPT_MAX:
            self.rejected.append(Rejected(row_no, code, raw))

    def take(self, part: Sequence[GoodsRow], puts: Sequence[ProductPut]) -> None:
        made = [put for put in puts if put.archived is False]
        self._new += len(made)
        self._changed += len(puts) - len(made)
        self._same += len(part) - len(puts)
        rows = iter(part)  # new goods stand in the order of their rows
        for put in made:
            row = next(row for row in rows if row.name == put.name)
            if row.quantity_milli:
                self.stock.append(CountedGoods(put.product_id, row.quantity_milli, row.cost_minor))

    def figures(self, *, is_cancelled: bool) -> ImportProgress:
        return ImportProgress(
            rows=self._new + self._changed + self._same + self._rejections,
            new=self._new,
            changed=self._changed,
            same=self._same,
            rejected=self._rejections,
            is_cancelled=is_cancelled,
        )


def raw_of(row: GoodsRow) -> str:
    """A row for people, when only its meaning is known."""
    price = "" if row.price_minor is None else f"{row.price_minor // 100}.{row.price_minor % 100:02}"
    return "\t".join((*row.barcodes, row.name, row.category, price))


@contextmanager
def _refusing(file_name: str) -> Iterator[None]:
    """What goes wrong with a file, as a Refusal."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as fault:
        cause = getattr(fault, "strerror", None) or str(fault)
        text = N_("{file} cannot be read: {cause}. Choose it again")
        raise Refusal("file_is_unreadable", text, file=file_name, cause=cause) from fault
