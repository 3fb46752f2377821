"""Which receipts there are, what stands on the one at hand, and how its papers fared."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import on_language_changed
from desktop.config.speech import DocumentSpeech
from desktop.devices.print_queue import JobState
from desktop.devices.printing import Printing
from desktop.store.errors import NotSaved
from desktop.store.print_jobs import CONCEPT, PrintJobShown, print_jobs_of
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.paper import Paper
from shared.core.text import N_
from shared.sales.commands import reprint_receipt
from shared.sales.queries import SaleShown, find_receipts, receipts, sale_document
from shared.sales.receipt import check_word, receipt
from shared.staff.rules import Right

PAGE: Final = 50
NEAR_END: Final = 10
"""So many rows before the end the next page is asked for."""
_CODE = re.compile(r"(?P<number>\d+(?:\.\d+)?-\d+)-(?P<word>[0-9A-Z]{4})")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the foot of the screen, untranslated; a new `serial` makes it said again."""

    serial: int
    text: str
    params: dict[str, str | int] = field(default_factory=dict)
    icon: str = "info"


@dataclass(frozen=True, slots=True)
class ReceiptsState:
    """Everything the screen shows. `current` is an index into `rows`; `jobs` are the papers of the receipt at hand."""

    time_zone: str
    rows: tuple[SaleShown, ...] = ()
    current: int = -1
    searched: str = ""
    has_more: bool = False
    is_loading: bool = False
    paper: Paper | None = None
    jobs: tuple[PrintJobShown, ...] = ()
    asks_about: PrintJobShown | None = None
    said: Said | None = None
    may_reprint: bool = False

    @property
    def sale(self) -> SaleShown | None:
        """The receipt at hand."""
        return self.rows[self.current] if 0 <= self.current < len(self.rows) else None

    @property
    def unsure(self) -> PrintJobShown | None:
        """A paper of the receipt at hand of which nobody knows whether it came out."""
        return next((job for job in self.jobs if job.state == JobState.UNCONFIRMED), None)


class ReceiptsViewModel(QObject):
    """The list of receipts, newest first.

    Signals: changed — the state is new, draw it again.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, printing: Printing) -> None:
        super().__init__()
        self._store, self._session, self._printing = store, session, printing
        self._speech = DocumentSpeech()
        self._club = store.read(branch_settings)
        self._asked = 0
        self._state = ReceiptsState(self._club.time_zone, may_reprint=session.may(Right.REPRINT))
        self._stops: list[Callable[[], None]] = [
            store.watch("sales", self._reload),
            store.watch(CONCEPT, self._look_at_jobs),
            printing.on_change(self._look_at_jobs),
            on_language_changed(self._look_at),
        ]
        self._reload()

    @property
    def state(self) -> ReceiptsState:
        """What to show."""
        return self._state

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def search(self, text: str) -> None:
        """Receipts with this number; an empty text shows all again."""
        if text.strip() != self._state.searched:
            self._show(searched=text.strip(), current=-1)
            self._reload()

    def scan(self, code: str) -> None:
        """The code at the foot of a receipt was read: that receipt."""
        found = _CODE.fullmatch(code.strip())
        if found is None:
            self._say(N_("This is not the code of a receipt. It stands at the foot of the paper"))
            return
        rows = self._store.read(find_receipts, number=found["number"])
        same = tuple(row for row in rows if check_word(row.sale_id) == found["word"])
        if not same:
            self._say(N_("There is no receipt {number} with this code here"), {"number": found["number"]})
            return
        # What was asked before may still arrive; it must not take the place of this one.
        self._asked += 1
        self._show(searched=found["number"], rows=same, has_more=False, current=0)
        self._look_at()

    def select(self, index: int) -> None:
        """Another receipt at hand; near the end the next page is fetched."""
        if 0 <= index < len(self._state.rows) and index != self._state.current:
            self._show(current=index)
            self._look_at()
        if index >= len(self._state.rows) - NEAR_END:
            self.load_more()

    def walk(self, step: int) -> None:
        """The receipt above or below."""
        self.select(max(0, min(self._state.current + step, len(self._state.rows) - 1)))

    def load_more(self) -> None:
        """The next page, when there is one."""
        state = self._state
        if state.has_more and not state.is_loading and not state.searched:
            self._show(is_loading=True)
            asked = self._asked
            before = state.rows[-1].sale_id if state.rows else None
            args = {"before": before, "most": PAGE}
            self._store.load(receipts, args, lambda rows: self._more(asked, rows), self._failed)

    def print_copy(self) -> None:
        """A marked duplicate of the receipt at hand."""
        sale = self._state.sale
        if sale is None:
            return
        if not self._state.may_reprint:
            self._say(N_("This needs a right that you do not have. Ask the shift lead"))
            return

        def printed(_recorded: object) -> None:
            self._say(N_("A copy of {number} goes to the printer"), {"number": sale.number}, "printer")

        op, actor = self._store.new_op(), self._session.actor
        args = {"sale_id": sale.sale_id}
        self._store.write(reprint_receipt, op=op, actor=actor, args=args, then=printed, failed=self._failed)

    def ask(self) -> None:
        """Ask whether the paper of the receipt at hand came out, when nobody knows."""
        self._show(asks_about=self._state.unsure)

    def answer(self, came_out: bool) -> None:
        """Somebody looked at the paper: it is whole, or a marked duplicate is printed."""
        job = self._state.asks_about
        self._show(asks_about=None)
        if job is None:
            return
        try:
            self._printing.answer_unconfirmed(job.job, came_out)
        except (Refusal, NotSaved) as no:
            self._failed(no)
            return
        if not came_out:
            self._say(N_("It is printed again, marked as a duplicate"), icon="printer")

    def leave_question(self) -> None:
        """Answer later."""
        self._show(asks_about=None)

    def _reload(self) -> None:
        self._asked += 1
        asked = self._asked
        if self._state.searched:
            args: dict[str, object] = {"number": self._state.searched, "most": PAGE}
            self._store.load(find_receipts, args, lambda rows: self._loaded(asked, rows), self._failed)
        else:
            most = max(PAGE, len(self._state.rows))
            self._store.load(receipts, {"most": most}, lambda rows: self._loaded(asked, rows), self._failed)

    def _loaded(self, asked: int, rows: tuple[SaleShown, ...]) -> None:
        if asked != self._asked:
            return
        before = self._state.sale
        ids = [row.sale_id for row in rows]
        current = ids.index(before.sale_id) if before is not None and before.sale_id in ids else 0 if rows else -1
        has_more = not self._state.searched and len(rows) >= PAGE
        self._show(rows=rows, current=current, has_more=has_more, is_loading=False)
        self._look_at()

    def _more(self, asked: int, rows: tuple[SaleShown, ...]) -> None:
        if asked == self._asked:
            self._show(rows=self._state.rows + rows, has_more=len(rows) >= PAGE)
        self._show(is_loading=False)

    def _look_at(self) -> None:
        sale = self._state.sale
        paper = None
        if sale is not None:
            paper = receipt(self._store.read(sale_document, sale_id=sale.sale_id), self._club, self._speech)
        self._show(paper=paper)
        self._look_at_jobs()

    def _look_at_jobs(self) -> None:
        sale = self._state.sale
        self._show(jobs=self._store.read(print_jobs_of, op=sale.sale_id) if sale is not None else ())

    def _failed(self, no: Refusal | NotSaved) -> None:
        self._show(is_loading=False)
        self._say(no.text, dict(no.params), "circle-x")

    def _say(self, text: str, params: dict[str, str | int] | None = None, icon: str = "info") -> None:
        serial = self._state.said.serial + 1 if self._state.said else 1
        self._show(said=Said(serial, text, params or {}, icon))

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
