"""To review: what a person must settle, found in the facts themselves."""

from typing import Literal

import msgspec

from shared.catalog.queries import products_by_id, rejected_rows, rejecting_imports
from shared.core.ids import Id
from shared.ledger.transaction import Reading, query
from shared.review.queries import settled_matters
from shared.shifts.queries import differing_closes, differing_shifts
from shared.staff.rules import Right
from shared.stock.queries import BelowZero, below_zero

MatterKind = Literal["stock_below_zero", "shift_difference", "rejected_rows"]


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to settle. `matter` is its name for `settle_matter`; the figures depend on the kind."""

    matter: str
    kind: MatterKind
    subject: str
    at: int | None = None
    amount_minor: int | None = None
    quantity_milli: int | None = None
    count: int | None = None
    about: Id
    detail: str = ""


@query()
def to_review(read: Reading) -> tuple[Matter, ...]:
    """Everything waiting, money first."""
    settled = settled_matters(read)
    found = (*_differences(read), *_below_zero(read), *_rejected(read))
    return tuple(matter for matter in found if matter.matter not in settled)


def count_to_review(read: Reading) -> int:
    """How many matters wait, without reading what they are about: the status bar asks after every sale."""
    names = {difference_name(shift) for shift in differing_shifts(read)}
    names |= {below_zero_name(level) for level in below_zero(read)}
    names |= {rejected_name(op) for op in rejecting_imports(read)}
    return len(names - settled_matters(read))


def difference_name(shift: Id) -> str:
    """What the difference of a shift is called."""
    return f"shift_difference:{shift}"


def below_zero_name(level: BelowZero) -> str:
    """What a negative level is called. A later move makes it another matter: what was settled is the level people saw."""
    return f"stock_below_zero:{level.product_id}:{level.moves}"


def rejected_name(op: Id) -> str:
    """What the rows that one import could not take are called."""
    return f"rejected_rows:{op}"


@query(Right.SETTLE_MATTERS)
def matters_settled(read: Reading) -> tuple[Matter, ...]:
    """What was settled and still stands in the facts."""
    settled = settled_matters(read)
    found = (*_differences(read), *_below_zero(read), *_rejected(read))
    return tuple(matter for matter in found if matter.matter in settled)


def _differences(read: Reading) -> list[Matter]:
    return [
        Matter(
            matter=difference_name(shift.shift_id),
            kind="shift_difference",
            subject=str(shift.number),
            at=shift.closed_at,
            amount_minor=shift.difference_minor,
            about=shift.shift_id,
            detail=shift.reason,
        )
        for shift in differing_closes(read)
    ]


def _below_zero(read: Reading) -> list[Matter]:
    levels = below_zero(read)
    shown = products_by_id(read, [level.product_id for level in levels])
    return [
        Matter(
            matter=below_zero_name(level),
            kind="stock_below_zero",
            subject=shown[level.product_id].name if level.product_id in shown else level.product_id,
            quantity_milli=level.quantity_milli,
            about=level.product_id,
        )
        for level in levels
    ]


def _rejected(read: Reading) -> list[Matter]:
    by_import: dict[Id, Matter] = {}
    for row in rejected_rows(read):
        before = by_import.get(row.op)
        by_import[row.op] = Matter(
            matter=rejected_name(row.op),
            kind="rejected_rows",
            subject=row.file,
            at=row.at,
            count=(before.count or 0) + 1 if before else 1,
            about=row.op,
        )
    return list(by_import.values())
