"""Taking payment for one receipt: what is handed over, and the one operation that keeps it."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.screens.sale.payment import Payment
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.money import currency
from shared.core.text import N_
from shared.sales.cart import Cart
from shared.sales.commands import LineAsked, complete_sale
from shared.sales.operations import SaleCompleted
from shared.sales.queries import last_receipt_number
from shared.sales.rules import CashRounding, TenderKind, quick_amounts
from shared.shifts.queries import printed_number

STALE_CODES = frozenset({"price_changed", "total_changed", "unknown_product", "no_price"})
"""Refusals that mean: the receipt on the screen is no longer what the catalogue says."""


@dataclass(frozen=True, slots=True)
class PayState:
    """Everything the dialog shows. `number` is the receipt's number unless another desk of the drawer is faster."""

    payment: Payment
    number: str
    lines: int
    currency: str
    is_saving: bool = False
    problem: Refusal | NotSaved | None = None

    @property
    def quick_minor(self) -> tuple[int, ...]:
        """Amounts guests are likely to hand over."""
        return quick_amounts(self.payment.cash_due_minor, currency(self.currency))


class PayViewModel(QObject):
    """One open payment.

    Signals: changed — the state is new; paid — the sale is durable, carries its SaleCompleted; left — a person went back.
    """

    changed = Signal()
    paid = Signal(object)
    left = Signal()

    def __init__(self, store: Store, session: Session, cart: Cart, *, age_confirmed: bool) -> None:
        super().__init__()
        self._store, self._session, self._cart, self._age_confirmed = store, session, cart, age_confirmed
        # Made here, once: a second Enter, from an impatient hand or a bouncing key, asks for the same operation.
        self._op = store.new_op()
        settings = store.read(branch_settings)
        rounding = CashRounding(max(1, settings.cash_step_minor), settings.cash_rounding)
        self._state = PayState(
            Payment(cart.totals().total_minor, rounding),
            printed_number(store.desk.series, store.read(last_receipt_number) + 1),
            len(cart.lines),
            settings.currency,
        )

    @property
    def state(self) -> PayState:
        """What to show."""
        return self._state

    @property
    def is_stale(self) -> bool:
        """Whether the receipt must be looked at again before it can be paid."""
        return self._state.problem is not None and self._state.problem.code in STALE_CODES

    def type_amount(self, amount_minor: int | None) -> None:
        """Another amount in the field, minor units; None for an empty one."""
        if amount_minor != self._state.payment.received_minor:
            self._change(self._state.payment.type_amount(amount_minor))

    def use_card(self) -> None:
        """Pay by card: what was typed, or all of it."""
        self._change(self._state.payment.use_card())

    def select(self, kind: TenderKind) -> None:
        """Walk to another way of paying."""
        if kind is not self._state.payment.active:
            self._change(self._state.payment.select(kind))

    def remove(self) -> None:
        """Take the chosen payment away."""
        self._change(self._state.payment.remove())

    def rest_by_card(self) -> None:
        """Cash as typed and the rest by card, at once."""
        if self._state.is_saving:
            return
        try:
            self._change(self._state.payment.rest_by_card())
        except Refusal as no:
            self._show(problem=no)
            return
        self.accept()

    def accept(self) -> None:
        """Take the payment; nothing typed means the exact amount. While it is being saved, nothing more happens."""
        state = self._state
        if state.is_saving:
            return
        if not state.payment.is_complete:
            self.select(TenderKind.CASH)
            return
        try:
            state.payment.settlement()
            actor = self._session.actor
        except Refusal as no:
            self._show(problem=no)
            return
        self._show(is_saving=True, problem=None)
        self._store.write(complete_sale, op=self._op, actor=actor, args=self._args(), then=self._kept, failed=self._refused)

    def leave(self) -> None:
        """Back to the receipt, which is as it was. Not while the payment is being saved: then it may be paid already."""
        if not self._state.is_saving:
            self.left.emit()

    def warn_of_scan(self) -> None:
        """Something was scanned now: it belongs to the next receipt or to this one, but not to a payment."""
        if not self._state.is_saving:
            text = N_("The scan was not taken: payment is open. Esc goes back to the receipt")
            self._show(problem=Refusal("payment_is_open", text))

    def _args(self) -> dict[str, object]:
        cart, payment = self._cart, self._state.payment
        lines = tuple(
            LineAsked(
                product_id=line.product_id,
                quantity_milli=line.quantity_milli,
                price_minor=line.price_minor,
                barcode=line.barcode,
                discount=line.discount,
                marking=line.marking or None,
            )
            for line in cart.lines
        )
        return {
            "lines": lines,
            "tenders": payment.tenders,
            "discount": cart.discount,
            "age_confirmed": self._age_confirmed,
            "total_minor": payment.total_minor,
        }

    def _kept(self, recorded: object) -> None:
        sale = getattr(recorded, "body", None)
        assert isinstance(sale, SaleCompleted), "a sale answers with a sale"
        self.paid.emit(sale)

    def _refused(self, no: Refusal | NotSaved) -> None:
        self._show(is_saving=False, problem=no)

    def _change(self, payment: Payment) -> None:
        if not self._state.is_saving:
            self._show(payment=payment, problem=None)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
