"""Which shift is open, and what earlier ones ended with."""

import msgspec
from sqlalchemy import Executable, and_, bindparam, func, select

from shared.books import accounts
from shared.books.queries import balance
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.memory import remembered
from shared.ledger.order import newest_first
from shared.ledger.transaction import Reading, query
from shared.shifts.rules import ShiftReport
from shared.shifts.tables import DrawerCount, Shift, ShiftClose
from shared.staff.rules import Right


class ShiftShown(msgspec.Struct, frozen=True):
    """A shift as the status bar shows it. The drawer belongs to `opened_by`."""

    shift_id: Id
    number: int
    opened_by: Id
    cashier_name: str
    opened_at: int
    float_minor: int
    currency: str
    business_day: str


class ClosedShift(msgspec.Struct, frozen=True):
    """A closed shift in the list of Z reports."""

    shift_id: Id
    number: int
    cashier_name: str
    closed_at: int
    z_number: str
    difference_minor: int
    reason: str
    note: str
    left_minor: int


class CountShown(msgspec.Struct, frozen=True):
    """A saved count with what should have been there; `op` names it when the shift is closed."""

    op: Id
    counted_minor: int
    expected_minor: int
    card_minor: int | None
    counted_by: Id
    counted_at: int


@remembered("shifts", "shift_closes")
def open_shift_of(read: Reading) -> Id | None:
    """The open shift of this desk's drawer."""
    row = read.first(_NEWEST, branch=read.desk.branch, device=read.desk.device)
    return row[0] if row is not None and row[1] is None else None


_NEWEST = (
    select(Shift.shift_id, ShiftClose.op)
    .join(
        ShiftClose,
        and_(ShiftClose.branch_id == Shift.branch_id, ShiftClose.shift_id == Shift.shift_id),
        isouter=True,
    )
    .where(Shift.branch_id == bindparam("branch"), Shift.device_id == bindparam("device"))
    .order_by(Shift.number.desc())
    .limit(1)
)


@query()
def current_shift(read: Reading) -> ShiftShown | None:
    """The shift now open on this desk, or nothing."""
    shift = open_shift_of(read)
    return shift_shown(read, shift) if shift else None


@remembered("shifts")
def shift_shown(read: Reading, shift: Id) -> ShiftShown:
    """One shift. Raises Refusal for an id nobody knows."""
    row = read.first(
        select(
            Shift.shift_id,
            Shift.number,
            Shift.opened_by,
            Shift.cashier_name,
            Shift.opened_at,
            Shift.float_minor,
            Shift.currency,
            Shift.business_day,
        ).where(Shift.branch_id == read.desk.branch, Shift.shift_id == shift)
    )
    if row is None:
        raise Refusal("unknown_shift", N_("There is no such shift on this desk"))
    return ShiftShown(*row)


def last_number(read: Reading) -> int:
    """Number of the newest shift of this desk; 0 before the first."""
    number = read.scalar(
        select(func.max(Shift.number)).where(Shift.branch_id == read.desk.branch, Shift.device_id == read.desk.device)
    )
    return int(number or 0)


def last_z_number(read: Reading) -> int:
    """The newest Z number of this desk's series; 0 before the first."""
    number = read.scalar(
        select(func.max(ShiftClose.z_number)).where(
            ShiftClose.branch_id == read.desk.branch, ShiftClose.z_series == read.desk.series
        )
    )
    return int(number or 0)


def cash_in_drawer(read: Reading, currency: str) -> int:
    """What the books say is in this desk's drawer, minor units."""
    return balance(read, accounts.drawer(read.desk.number), currency)


def last_count(read: Reading, shift: Id) -> CountShown | None:
    """The newest saved count of a shift."""
    counts = select(
        DrawerCount.op,
        DrawerCount.counted_minor,
        DrawerCount.expected_minor,
        DrawerCount.card_minor,
        DrawerCount.counted_by,
        DrawerCount.counted_at,
    ).where(DrawerCount.branch_id == read.desk.branch, DrawerCount.shift_id == shift)
    row = read.first(newest_first(counts, DrawerCount.op).limit(1))
    return CountShown(*row) if row is not None else None


@query()
def closed_shifts(read: Reading, *, most: int = 50) -> tuple[ClosedShift, ...]:
    """The newest closed shifts of this desk."""
    return _closed(read, _CLOSES.limit(min(most, 500)))


_CLOSES = (
    select(
        Shift.shift_id,
        Shift.number,
        Shift.cashier_name,
        ShiftClose.closed_at,
        ShiftClose.z_series,
        ShiftClose.z_number,
        ShiftClose.difference_minor,
        ShiftClose.reason,
        ShiftClose.note,
        ShiftClose.left_minor,
    )
    .join(ShiftClose, and_(ShiftClose.branch_id == Shift.branch_id, ShiftClose.shift_id == Shift.shift_id))
    .where(Shift.branch_id == bindparam("branch"), Shift.device_id == bindparam("device"))
    .order_by(Shift.number.desc())
)
_DIFFERING = _CLOSES.where(ShiftClose.difference_minor != 0)


def _closed(read: Reading, statement: Executable) -> tuple[ClosedShift, ...]:
    rows = read.rows(statement, branch=read.desk.branch, device=read.desk.device)
    return tuple(
        ClosedShift(row[0], row[1], row[2], row[3], printed_number(row[4], row[5]), row[6], row[7], row[8], row[9])
        for row in rows
    )


@query(Right.SEE_EXPECTED_CASH)
def z_report(read: Reading, *, shift_id: Id) -> ShiftReport:
    """The frozen report of a closed shift."""
    text = read.scalar(select(ShiftClose.report).where(ShiftClose.branch_id == read.desk.branch, ShiftClose.shift_id == shift_id))
    if text is None:
        raise Refusal("shift_not_closed", N_("This shift is not closed yet. Its report so far is X"))
    return msgspec.json.decode(text, type=ShiftReport)


def differing_closes(read: Reading) -> tuple[ClosedShift, ...]:
    """Closed shifts whose drawer differed, newest first."""
    return _closed(read, _DIFFERING)


@remembered("shift_closes", "shifts")
def differing_shifts(read: Reading) -> tuple[Id, ...]:
    """Ids of the same shifts."""
    return tuple(shift.shift_id for shift in differing_closes(read))


def printed_number(series: str, number: int) -> str:
    """A number as it stands on paper: `1-0213`, `1.2-0001` after the desk was restored once."""
    return f"{series}-{number:04d}"
