"""Matters that wait, the one in front with its story, and the ways to settle it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.devices.printing import Printing
from desktop.screens.review.ways import WAYS, Way
from desktop.store.errors import NotSaved
from desktop.store.print_jobs import PrintJobShown
from desktop.store.session import Session
from desktop.store.store import Store
from desktop.store.waiting import Waiting, print_matter, waiting
from shared.branches.queries import branch_settings
from shared.catalog.queries import RejectedShown, rejected_rows
from shared.core.clock import Clock
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.ledger.transaction import Reading
from shared.reports.to_review import Matter, matters_settled
from shared.review.commands import settle_matter
from shared.review.queries import SettlementShown, settlements
from shared.shifts.queries import ClosedShift, closed_shifts, z_report
from shared.shifts.rules import ShiftReport
from shared.staff.rules import Right
from shared.stock.commands import CountedGoods, record_stock
from shared.stock.queries import MoveShown, product_moves

MOVES_SHOWN: Final = 4
WATCHED: Final = ("review", "shifts", "stock", "catalog", "print_jobs")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the list: a matter from the facts, or a paper. `kind` is a key of WAYS."""

    key: str
    kind: str
    at: int | None
    matter: Matter | None = None
    job: PrintJobShown | None = None
    settled: SettlementShown | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What the story of an item is told from; of which only its kind's part is there."""

    report: ShiftReport | None = None
    closed: ClosedShift | None = None
    moves: tuple[MoveShown, ...] = ()
    rows: tuple[RejectedShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Everything the screen shows. `way` is an index into the ways of the item in front, -1 for none chosen."""

    currency: str
    time_zone: str
    waiting: tuple[Item, ...] = ()
    settled: tuple[Item, ...] = ()
    shows_settled: bool = False
    key: str = ""
    details: Details = field(default_factory=Details)
    way: int = -1
    quantity_milli: int | None = None
    note: str = ""
    may_settle: bool = False
    person: str = ""
    is_loaded: bool = False
    is_saving: bool = False
    error: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """The list in front."""
        return self.settled if self.shows_settled else self.waiting

    @property
    def item(self) -> Item | None:
        """The item in front."""
        return next((item for item in self.items if item.key == self.key), None)

    @property
    def ways(self) -> tuple[Way, ...]:
        """How the item in front can be settled."""
        return WAYS[self.item.kind] if self.item is not None and not self.shows_settled else ()

    @property
    def chosen(self) -> Way | None:
        """The way chosen."""
        return self.ways[self.way] if 0 <= self.way < len(self.ways) else None


class ReviewViewModel(QObject):
    """Settling matters.

    Signals: changed — the state is new.
    """

    changed = Signal()

    def __init__(self, store: Store, session: Session, go: Callable[[str], None], printing: Printing, clock: Clock) -> None:
        super().__init__()
        self._store, self._session, self._go, self._printing, self._clock = store, session, go, printing, clock
        self._op = store.new_op()
        club = store.read(branch_settings)
        self._state = ReviewState(club.currency, club.time_zone)
        self._stops = [store.watch(concept, self._reload) for concept in WATCHED]
        self._stops.append(session.on_change(self._reload))
        self._reload()

    @property
    def state(self) -> ReviewState:
        """What to show."""
        return self._state

    @property
    def now(self) -> int:
        """The instant by the desk's clock, milliseconds UTC."""
        return self._clock.wall_ms()

    def show_settled(self, settled: bool) -> None:
        """Show what is settled, or what waits."""
        self._show(shows_settled=settled, key="", error="")
        self._keep_in_front(0)

    def pick(self, key: str) -> None:
        """Bring an item to the front."""
        if key != self._state.key:
            # One id for one settlement: pressing twice settles once.
            self._op = self._store.new_op()
            self._show(key=key, details=Details(), way=-1, quantity_milli=None, note="", error="")
            self._load_details()

    def choose(self, way: int) -> None:
        """Choose a way to settle the item in front."""
        self._show(way=way, error="")

    def count(self, quantity_milli: int | None) -> None:
        """How much really lies there, thousandths."""
        self._show(quantity_milli=quantity_milli, error="")

    def remark(self, note: str) -> None:
        """What the person adds."""
        self._show(note=note, error="")

    def settle(self) -> None:
        """Settle the item in front in the way chosen."""
        state, item, way = self._state, self._state.item, self._state.chosen
        if item is None or state.is_saving or state.shows_settled:
            return
        if item.kind != "print_unconfirmed" and not state.may_settle:
            self._show(error=tr("Settling needs a shift lead"))
        elif way is None:
            self._show(error=tr("Choose how to settle it: a digit"))
        elif way.needs_note and not state.note.strip():
            self._show(error=tr("Write in the remark what it was"))
        elif way.needs_quantity and state.quantity_milli is None:
            self._show(error=tr("Type how many lie there"))
        else:
            self._settle(item, way)

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _settle(self, item: Item, way: Way) -> None:
        if item.kind == "print_unconfirmed" and item.job is not None:
            try:
                self._printing.answer_unconfirmed(item.job.job, came_out=way.code == "came_out")
            except (Refusal, NotSaved) as no:
                self._failed(no)
            return
        command: Callable[..., Any] = settle_matter
        args: dict[str, Any] = {"matter": item.key, "resolution": way.code, "note": self._state.note.strip()}
        if way.needs_quantity and item.matter is not None and self._state.quantity_milli is not None:
            command = record_stock
            goods = (CountedGoods(item.matter.about, self._state.quantity_milli),)
            args = {"goods": goods, "note": self._state.note.strip()}
        self._show(is_saving=True, error="")
        self._store.write(
            command, op=self._op, actor=self._session.actor, args=args, then=lambda _: self._settled(), failed=self._failed
        )

    def _settled(self) -> None:
        self._show(is_saving=False)
        self._reload()

    def _failed(self, no: Refusal | NotSaved) -> None:
        said = refusal_text(no, self._state.currency) if isinstance(no, Refusal) else tr(no.text, **no.params)
        self._show(is_saving=False, error=said)

    def _reload(self) -> None:
        person = self._session.person
        may = self._session.may(Right.SETTLE_MATTERS)
        self._show(may_settle=may, person=person.name if person else "")
        self._store.load(_everything, {"may_see_settled": may}, self._loaded, self._failed)

    def _loaded(self, found: tuple[Waiting, tuple[Matter, ...], tuple[SettlementShown, ...]]) -> None:
        now, settled, how = found
        place = self._place()
        by_matter = {each.matter: each for each in how}
        prints = [Item(print_matter(job), f"print_{job.state}", job.made_at, job=job) for job in now.prints]
        matters = [Item(matter.matter, matter.kind, matter.at, matter) for matter in now.matters]
        # Papers stand first: a guest may be waiting for one.
        self._show(
            waiting=tuple(sorted((*prints, *matters), key=lambda item: GROUPS.index(WAYS_GROUP[item.kind]))),
            settled=tuple(Item(each.matter, each.kind, each.at, each, settled=by_matter.get(each.matter)) for each in settled),
            is_loaded=True,
        )
        self._keep_in_front(place)

    def _place(self) -> int:
        keys = [item.key for item in self._state.items]
        return keys.index(self._state.key) if self._state.key in keys else 0

    def _keep_in_front(self, place: int) -> None:
        """The same item if it is still there, else the one that took its place."""
        state = self._state
        if state.item is not None:
            return
        if state.items:
            self.pick(state.items[min(place, len(state.items) - 1)].key)
        else:
            self._show(key="", details=Details(), way=-1)

    def _load_details(self) -> None:
        item = self._state.item
        if item is None or item.matter is None:
            return
        if item.kind == "shift_difference" and not self._session.may(Right.SEE_EXPECTED_CASH):
            return
        key = item.key

        def told(details: Details) -> None:
            if self._state.key == key:
                self._show(details=details)

        self._store.load(_details, {"kind": item.kind, "about": item.matter.about}, told, self._failed)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()


GROUPS: Final = ("money", "printing", "stock", "goods")
WAYS_GROUP: Final[Mapping[str, str]] = {
    "shift_difference": "money",
    "print_unconfirmed": "printing",
    "print_failed": "printing",
    "stock_below_zero": "stock",
    "rejected_rows": "goods",
}


def _everything(read: Reading, *, may_see_settled: bool) -> tuple[Waiting, tuple[Matter, ...], tuple[SettlementShown, ...]]:
    if not may_see_settled:
        return waiting(read), (), ()
    return waiting(read), matters_settled(read), settlements(read)


def _details(read: Reading, *, kind: str, about: Id) -> Details:
    match kind:
        case "shift_difference":
            closed = next((shift for shift in closed_shifts(read, most=500) if shift.shift_id == about), None)
            return Details(report=z_report(read, shift_id=about), closed=closed)
        case "stock_below_zero":
            return Details(moves=product_moves(read, product_id=about, most=MOVES_SHOWN))
        case "rejected_rows":
            return Details(rows=tuple(row for row in rejected_rows(read) if row.op == about))
        case _:
            return Details()
