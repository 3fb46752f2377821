"""Settling matters."""

from shared.core.errors import Refusal
from shared.core.text import N_
from shared.ledger.transaction import Transaction, command
from shared.review.operations import MatterSettled
from shared.review.queries import settled_matters
from shared.staff.rules import Right

NOTE_LENGTH_MAX = 500


@command(Right.SETTLE_MATTERS)
def settle_matter(tx: Transaction, *, matter: str, resolution: str, note: str = "") -> MatterSettled:
    """Say how a matter is settled. Settling it a second time is refused."""
    if matter in settled_matters(tx):
        raise Refusal("already_settled", N_("Somebody has settled this already"))
    if len(max(matter, resolution, note, key=len)) > NOTE_LENGTH_MAX:
        raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=NOTE_LENGTH_MAX)
    return MatterSettled(matter=matter, resolution=resolution, note=note)
