"""What the store itself must ask the business."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.books.queries import trial_balance
from shared.core.ids import Id
from shared.ledger.transaction import Reading
from shared.shifts.queries import open_shift_of
from shared.staff.queries import rights_of


@dataclass(frozen=True)
class Questions:
    """Asked on the writer's thread inside each transaction, so that a right taken away is gone at once."""

    rights_of: Callable[..., frozenset[str]]
    """(reading, staff) → rights in force now."""
    open_shift_of: Callable[[Reading], Id | None]
    """The open shift of this desk's drawer."""
    trial_balance: Callable[[Reading], dict[str, int]]
    """Currency → sum over all entries; every sum must be zero."""


BUSINESS = Questions(rights_of, open_shift_of, trial_balance)
