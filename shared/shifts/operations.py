"""Opening, counting and closing."""

import msgspec

from shared.books import accounts
from shared.books.posting import post
from shared.core.ids import Id
from shared.ledger import canonical
from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.shifts.rules import Count, ShiftReport
from shared.shifts.tables import DrawerCount, Shift, ShiftClose


@operation("shift_opened")
class ShiftOpened(Operation, frozen=True, kw_only=True):
    """A cashier takes over a drawer. `left_minor` is what the last close left, `float_minor` what was found in it."""

    device: Id
    desk_number: int
    number: int
    cashier_name: str
    left_minor: int
    float_minor: int
    first: bool = False
    currency: str
    business_day: str


@reducer(ShiftOpened)
def _(op: ShiftOpened, env: Envelope) -> Effects:
    yield insert(
        Shift,
        branch_id=env.branch,
        shift_id=env.op,
        device_id=op.device,
        desk_number=op.desk_number,
        number=op.number,
        opened_by=env.actor,
        cashier_name=op.cashier_name,
        opened_at=env.at,
        left_minor=op.left_minor,
        float_minor=op.float_minor,
        currency=op.currency,
        business_day=op.business_day,
    )
    gap = op.float_minor - op.left_minor
    against = accounts.OPENING_CASH if op.first else accounts.CASH_DIFFERENCE
    drawer = accounts.drawer(op.desk_number)
    yield from post(env, op.currency, op.business_day, (drawer, gap), (against, -gap))


@operation("drawer_counted")
class DrawerCounted(Operation, frozen=True, kw_only=True):
    """Somebody counted the drawer without seeing what should be in it; the answer then shows both."""

    shift: Id
    count: Count
    counted_minor: int
    expected_minor: int
    card_minor: int | None = None


@reducer(DrawerCounted)
def _(op: DrawerCounted, env: Envelope) -> Effects:
    yield insert(
        DrawerCount,
        branch_id=env.branch,
        op=env.op,
        shift_id=op.shift,
        counted_by=env.actor,
        counted_at=env.at,
        counted_minor=op.counted_minor,
        expected_minor=op.expected_minor,
        denominations=canonical.encode(op.count.denominations).decode(),
        card_minor=op.card_minor,
    )


@operation("shift_closed")
class ShiftClosed(Operation, frozen=True, kw_only=True):
    """A shift ends: the difference is kept with its reason, money goes to the safe, the Z report is frozen."""

    shift: Id
    desk_number: int
    counted_minor: int
    expected_minor: int
    taken_out_minor: int
    reason: str = ""
    note: str = ""
    z_series: str
    z_number: int
    report: ShiftReport
    currency: str
    business_day: str

    @property
    def difference_minor(self) -> int:
        """Above zero is over, below zero is short."""
        return self.counted_minor - self.expected_minor


@reducer(ShiftClosed)
def _(op: ShiftClosed, env: Envelope) -> Effects:
    yield insert(
        ShiftClose,
        branch_id=env.branch,
        shift_id=op.shift,
        op=env.op,
        closed_by=env.actor,
        closed_at=env.at,
        counted_minor=op.counted_minor,
        expected_minor=op.expected_minor,
        difference_minor=op.difference_minor,
        left_minor=op.counted_minor - op.taken_out_minor,
        reason=op.reason,
        note=op.note,
        z_series=op.z_series,
        z_number=op.z_number,
        report=canonical.encode(msgspec.to_builtins(op.report)).decode(),
    )
    drawer = accounts.drawer(op.desk_number)
    yield from post(
        env,
        op.currency,
        op.business_day,
        (drawer, op.difference_minor),
        (accounts.CASH_DIFFERENCE, -op.difference_minor),
        (drawer, -op.taken_out_minor),
        (accounts.SAFE, op.taken_out_minor),
        shift=op.shift,
    )
