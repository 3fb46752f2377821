"""Closing a shift: the Z report asks every concept, so this command stands above them."""

from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command, require
from shared.reports.shift_report import expected_card, shift_report
from shared.shifts import rules
from shared.shifts.commands import may_close
from shared.shifts.operations import ShiftClosed
from shared.shifts.queries import CountShown, cash_in_drawer, last_count, last_z_number, printed_number, shift_shown
from shared.shifts.rules import CountedSum
from shared.staff.queries import person_name
from shared.staff.rules import Right

REASONS = {
    "wrong_change": N_("Wrong change given"),
    "no_change": N_("No small change, rounded for the guest"),
    "unknown": N_("Not known, looking for it"),
}
NOTE_LENGTH_MAX = 500


@command(Right.CLOSE_OWN_SHIFT)
def close_shift(tx: Transaction, *, count: Id, reason: str = "", note: str = "", taken_out_minor: int = 0) -> ShiftClosed:
    """Close the shift on a saved count. A difference needs a reason, a large one somebody with the right to accept it."""
    shift = may_close(tx)
    shown = shift_shown(tx, shift)
    saved = last_count(tx, shift)
    expected = cash_in_drawer(tx, shown.currency)
    if saved is None or saved.op != count:
        raise Refusal("count_first", N_("Count the drawer first. The newest count closes the shift"))
    if saved.expected_minor != expected:
        raise Refusal("count_again", N_("Money moved after the count. Count once more"))
    difference = rules.difference(saved.counted_minor, expected)
    _check_reason(difference, reason, note)
    if rules.needs_lead(difference, branch_settings(tx).difference_limit_minor):
        require(tx.actor, Right.ACCEPT_DIFFERENCE)
    rules.left_for_next(saved.counted_minor, taken_out_minor)
    number = last_z_number(tx) + 1
    counted = _counted(tx, saved, expected, expected_card(tx, shift), reason)
    return ShiftClosed(
        shift=shift,
        desk_number=tx.desk.number,
        counted_minor=saved.counted_minor,
        expected_minor=expected,
        taken_out_minor=taken_out_minor,
        reason=reason,
        note=note,
        z_series=tx.desk.series,
        z_number=number,
        report=shift_report(tx, shift, "z", printed_number(tx.desk.series, number), counted),
        currency=shown.currency,
        business_day=shown.business_day,
    )


def _check_reason(difference_minor: int, reason: str, note: str) -> None:
    if len(max(reason, note, key=len)) > NOTE_LENGTH_MAX:
        raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=NOTE_LENGTH_MAX)
    if difference_minor and reason not in REASONS:
        raise Refusal(
            "reason_needed", N_("The drawer differs by {difference_minor}. Give a reason"), difference_minor=difference_minor
        )


def _counted(tx: Transaction, saved: CountShown, expected: int, card_minor: int, reason: str) -> tuple[CountedSum, ...]:
    cash = CountedSum("cash", expected, saved.counted_minor, reason, person_name(tx, tx.actor.approver or tx.person))
    if saved.card_minor is None:
        return (cash,)
    return (cash, CountedSum("card", card_minor, saved.card_minor))
