"""What screens, documents and commands may know of a club."""

import msgspec
from sqlalchemy import select

from shared.branches.rules import BranchSettings
from shared.branches.tables import Branch, DeskRow, TaxRate
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.memory import remembered
from shared.ledger.transaction import Reading, query


class TaxRateKnown(msgspec.Struct, frozen=True):
    """A tax rate in force; `rate_bp` in basis points."""

    tax_rate_id: Id
    name: str
    rate_bp: int
    included: bool
    is_default: bool


@query()
@remembered("branches")
def branch_settings(read: Reading) -> BranchSettings:
    """Settings of this desk's club. Raises Refusal before the first set-up."""
    row = read.first(select(*Branch.__table__.columns).where(Branch.branch_id == read.desk.branch))
    if row is None or row.name is None:
        raise Refusal("not_set_up", N_("The club is not set up yet. Start the program and answer its questions"))
    known = {name: value for name, value in row._asdict().items() if value is not None}
    known.pop("versions")
    return msgspec.convert(known, BranchSettings)


@query()
def is_set_up(read: Reading) -> bool:
    """Whether this desk's club has been set up."""
    return read.scalar(select(Branch.name).where(Branch.branch_id == read.desk.branch)) is not None


@query()
@remembered("desks")
def desk_name(read: Reading) -> str:
    """The name given to this desk, or an empty string."""
    return read.scalar(select(DeskRow.name).where(DeskRow.device_id == read.desk.device)) or ""


@query()
@remembered("tax_rates")
def tax_rates(read: Reading) -> tuple[TaxRateKnown, ...]:
    """Rates in force, the default one first."""
    rows = read.rows(
        select(TaxRate.tax_rate_id, TaxRate.name, TaxRate.rate_bp, TaxRate.included, TaxRate.is_default)
        .where(TaxRate.archived.is_(False))
        .order_by(TaxRate.is_default.desc(), TaxRate.name)
    )
    return tuple(TaxRateKnown(*row) for row in rows)
