"""Rights, roles and what a PIN must satisfy."""

import itertools
from enum import StrEnum

import msgspec

from shared.core.clock import MINUTE_MS
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_

LOCAL_OWNER: Id = "00000000-0000-7000-8000-00000000000a"
"""Who acts while a data folder has no owner yet, and for set-up tasks started on the PC itself; recorded as such."""

FAILURES_MAX = 5
LOCKOUT_MS = 5 * MINUTE_MS
PIN_DIGITS_MIN = 4
PIN_DIGITS_MAX = 12
APPROVER_DIGITS_MIN = 6


class Right(StrEnum):
    """One thing a person may be allowed to do."""

    SIGN_IN = "sign_in"
    SELL = "sell"
    OPEN_SHIFT = "open_shift"
    CLOSE_OWN_SHIFT = "close_own_shift"
    CLOSE_ANY_SHIFT = "close_any_shift"
    ACCEPT_DIFFERENCE = "accept_difference"
    SEE_EXPECTED_CASH = "see_expected_cash"
    REPRINT = "reprint"
    SETTLE_SCAN = "settle_scan"
    DISCOUNT = "discount"
    EDIT_GOODS = "edit_goods"
    RECORD_STOCK = "record_stock"
    SEE_COST = "see_cost"
    SETTLE_MATTERS = "settle_matters"
    LIFT_LOCKOUT = "lift_lockout"
    EDIT_STAFF = "edit_staff"
    CHANGE_SETTINGS = "change_settings"
    EXPORT_BOOKS = "export_books"


class Role(StrEnum):
    """The four base roles, each with all rights of the one before."""

    CASHIER = "cashier"
    SHIFT_LEAD = "shift_lead"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"


_CASHIER = frozenset({Right.SIGN_IN, Right.SELL, Right.OPEN_SHIFT, Right.CLOSE_OWN_SHIFT, Right.REPRINT})
_SHIFT_LEAD = _CASHIER | {
    Right.CLOSE_ANY_SHIFT,
    Right.ACCEPT_DIFFERENCE,
    Right.SEE_EXPECTED_CASH,
    Right.SETTLE_SCAN,
    Right.DISCOUNT,
    Right.RECORD_STOCK,
    Right.SETTLE_MATTERS,
    Right.LIFT_LOCKOUT,
}
_ADMINISTRATOR = _SHIFT_LEAD | {Right.EDIT_GOODS, Right.SEE_COST, Right.EDIT_STAFF, Right.CHANGE_SETTINGS}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASHIER: _CASHIER,
    Role.SHIFT_LEAD: _SHIFT_LEAD,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
    Role.OWNER: frozenset(Right),
}

ROLE_NAMES: dict[Role, str] = {
    Role.CASHIER: N_("Cashier"),
    Role.SHIFT_LEAD: N_("Shift lead"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.OWNER: N_("Owner"),
}


class HashedPin(msgspec.Struct, frozen=True):
    """A PIN as it may be kept: a peppered bcrypt hash and how many digits it had."""

    hash: str
    digits: int


def check_pin(pin: str) -> str:
    """A PIN of 4 to 12 digits that is not one digit repeated or a plain run. Raises Refusal."""
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS_MIN <= len(pin) <= PIN_DIGITS_MAX):
        raise Refusal("bad_pin", N_("A PIN has {least} to {most} digits"), least=PIN_DIGITS_MIN, most=PIN_DIGITS_MAX)
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise Refusal("weak_pin", N_("This PIN is the first anybody would try. Choose another one"))
    return pin


def check_digits(role: Role, digits: int) -> None:
    """Who approves for others needs a longer PIN. Raises Refusal."""
    if role is not Role.CASHIER and digits < APPROVER_DIGITS_MIN:
        raise Refusal(
            "pin_too_short_for_role",
            N_("Who approves for others needs a PIN of at least {least} digits"),
            least=APPROVER_DIGITS_MIN,
        )


def may_edit(editor: frozenset[str], role: Role) -> None:
    """Nobody gives, or takes from, a person rights that they do not hold themselves. Raises Refusal."""
    if not RIGHTS[role] <= editor:
        raise Refusal("role_above_own", N_("You cannot edit somebody with more rights than you have"))
