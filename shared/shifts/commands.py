"""Taking over a drawer and counting it. Closing it stands in `reports`, because the Z report asks every concept."""

from shared.branches.queries import branch_settings
from shared.core.calendar import business_day
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import bounded
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command, require
from shared.shifts import rules
from shared.shifts.operations import DrawerCounted, ShiftOpened
from shared.shifts.queries import cash_in_drawer, last_number, shift_shown
from shared.shifts.rules import Count
from shared.staff.queries import person_name
from shared.staff.rules import Right


@command(Right.OPEN_SHIFT)
def open_shift(tx: Transaction, *, float_minor: int | None = None) -> ShiftOpened:
    """Take over the drawer. Without `float_minor` what the last shift left is taken as found; a gap is kept."""
    if tx.shift is not None:
        raise Refusal("shift_is_open", N_("A shift is open at this drawer. Close it first"))
    settings = branch_settings(tx)
    left = cash_in_drawer(tx, settings.currency)
    number = last_number(tx) + 1
    return ShiftOpened(
        device=tx.desk.device,
        desk_number=tx.desk.number,
        number=number,
        cashier_name=person_name(tx, tx.person),
        left_minor=left,
        float_minor=left if float_minor is None else rules.checked_float(float_minor),
        first=number == 1,
        currency=settings.currency,
        business_day=business_day(tx.now, settings.time_zone, settings.cutoff_hour).isoformat(),
    )


@command(Right.CLOSE_OWN_SHIFT)
def count_drawer(tx: Transaction, *, count: Count, card_minor: int | None = None) -> DrawerCounted:
    """Save a blind count; `card_minor` is the terminal's own total. What should be there is in the answer, not before."""
    shift = may_close(tx)
    if card_minor is not None and card_minor < 0:
        raise Refusal("amount_is_negative", N_("The amount is below zero. Type it without the minus"))
    bounded(card_minor or 0)
    return DrawerCounted(
        shift=shift,
        count=count,
        counted_minor=count.total_minor,
        expected_minor=cash_in_drawer(tx, shift_shown(tx, shift).currency),
        card_minor=card_minor,
    )


def may_close(tx: Transaction) -> Id:
    """The open shift, if the actor may count and close it: its owner, or somebody with the right to close any."""
    shift = open_shift_id(tx)
    if shift_shown(tx, shift).opened_by != tx.person:
        require(tx.actor, Right.CLOSE_ANY_SHIFT)
    return shift


def open_shift_id(tx: Transaction) -> Id:
    """The open shift of this drawer. Raises Refusal when there is none: no money moves without a shift."""
    if tx.shift is None:
        raise Refusal("shift_is_closed", N_("No shift is open. Open it with F12"))
    return tx.shift
