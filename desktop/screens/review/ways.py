"""How each kind of matter can be settled. A table, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.core.text import N_


@dataclass(frozen=True, slots=True)
class Way:
    """One way: `code` is kept with the settlement; some need a remark or a counted quantity."""

    code: str
    title: str
    note: str
    needs_note: bool = False
    needs_quantity: bool = False


WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    "shift_difference": (
        Way("accepted", N_("Accept the difference"), N_("The club bears it. It stays in the shift's report")),
        Way("found", N_("The reason is found"), N_("Write in the remark what it was"), needs_note=True),
        Way("with_cashier", N_("Settled with the cashier"), N_("Write in the remark how"), needs_note=True),
    ),
    "stock_below_zero": (
        Way("counted", N_("Counted on the shelf"), N_("The stock becomes what you type below"), needs_quantity=True),
        Way("delivery_late", N_("A delivery is not entered yet"), N_("It is entered later and brings the stock up")),
        Way("wrong_goods", N_("Something else was sold"), N_("Write in the remark what it was"), needs_note=True),
    ),
    "rejected_rows": (
        Way("imported_again", N_("Mended and imported again"), N_("The rows stay here as they were read")),
        Way("not_needed", N_("These rows are not needed"), N_("The goods that were taken stay as they are")),
    ),
    "print_unconfirmed": (
        Way("came_out", N_("The paper came out whole"), N_("Nothing is printed again")),
        Way("print_again", N_("It did not, or it is torn"), N_("A duplicate is printed and says that it is one")),
    ),
    "print_failed": (
        Way("not_needed", N_("The paper is not needed"), N_("The sale itself is saved")),
        Way("printed_later", N_("Printed as a copy"), N_("Copies are printed from the receipts: Ctrl+R")),
    ),
}
RESOLUTIONS: Final[Mapping[str, str]] = {way.code: way.title for ways in WAYS.values() for way in ways}
