"""A scan that cannot be sold yet: goods nobody knows, or goods without a price; settled once, by whoever may."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.screens.sale.finding import who_may_settle
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.catalog.commands import settle_scan
from shared.core.errors import Refusal
from shared.core.text import N_
from shared.sales.queries import Offer
from shared.staff.rules import Right


@dataclass(frozen=True, slots=True)
class SettleState:
    """Everything the dialog shows. `offer` is None for a code nobody knows; `who` names people who may settle it."""

    code: str
    currency: str
    offer: Offer | None = None
    may_settle: bool = True
    who: tuple[str, ...] = ()
    is_saving: bool = False
    problem: Refusal | NotSaved | None = None


class SettleViewModel(QObject):
    """One code to settle, and the quantity that waits to go into the receipt.

    Signals: changed — the state is new; settled — the code can be sold now; left — a person went back.
    """

    changed = Signal()
    settled = Signal()
    left = Signal()

    def __init__(
        self, store: Store, session: Session, code: str, quantity_milli: int, currency: str, of: Offer | None = None
    ) -> None:
        super().__init__()
        self._store, self._session = store, session
        self.quantity_milli = quantity_milli
        self._op = store.new_op()
        may = session.may(Right.SETTLE_SCAN)
        self._state = SettleState(code, currency, of, may, () if may else who_may_settle(store))

    @property
    def state(self) -> SettleState:
        """What to show."""
        return self._state

    def settle(self, name: str, price_minor: int | None) -> None:
        """Keep the goods and their price; `price_minor` is None while no price is typed."""
        state = self._state
        if not state.may_settle or state.is_saving:
            return
        if price_minor is None:
            self._show(problem=Refusal("price_is_missing", N_("The price is missing. Type it")))
            return
        product = state.offer.product_id if state.offer else None
        args = {"barcode": state.code, "price_minor": price_minor, "name": name, "product_id": product}
        self._show(is_saving=True, problem=None)
        actor = self._session.actor
        self._store.write(settle_scan, op=self._op, actor=actor, args=args, then=self._kept, failed=self._refused)

    def leave(self) -> None:
        """Back to the receipt without it."""
        if not self._state.is_saving:
            self.left.emit()

    def _kept(self, _recorded: object) -> None:
        self.settled.emit()

    def _refused(self, no: Refusal | NotSaved) -> None:
        self._show(is_saving=False, problem=no)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self.changed.emit()
