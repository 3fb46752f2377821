"""How a club comes into being and changes its settings."""

from typing import Any

import msgspec

from shared.branches.rules import TaxRateGiven
from shared.branches.tables import Branch, DeskRow, TaxRate
from shared.core.ids import Id, derived_id
from shared.core.money import RoundingWay
from shared.ledger.effects import Effects, put
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer


class BranchFields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Settings that change; what is left out stays as it is."""

    name: str | None = None
    legal_name: str | None = None
    tax_number: str | None = None
    address: str | None = None
    receipt_footer: str | None = None
    time_zone: str | None = None
    currency: str | None = None
    cutoff_hour: int | None = None
    cash_step_minor: int | None = None
    cash_rounding: RoundingWay | None = None
    difference_limit_minor: int | None = None
    float_minor: int | None = None
    tax_system: str | None = None
    in_store_rules: str | None = None

    def given(self) -> dict[str, Any]:
        """The settings that are named."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}


@operation("branch_set_up")
class BranchSetUp(Operation, frozen=True, kw_only=True):
    """A club opens on its first desk."""

    fields: BranchFields
    tax_rates: tuple[TaxRateGiven, ...]
    device: Id
    desk_number: int
    desk_name: str = ""


@reducer(BranchSetUp)
def _(op: BranchSetUp, env: Envelope) -> Effects:
    yield put(Branch, branch_id=env.branch, **op.fields.given())
    yield put(DeskRow, device_id=op.device, branch_id=env.branch, number=op.desk_number, name=op.desk_name)
    for number, rate in enumerate(op.tax_rates):
        yield put(TaxRate, tax_rate_id=derived_id(env.op, f"tax {number}"), archived=False, **msgspec.structs.asdict(rate))


@operation("branch_changed")
class BranchChanged(Operation, frozen=True, kw_only=True):
    """Settings of a club were edited."""

    fields: BranchFields


@reducer(BranchChanged)
def _(op: BranchChanged, env: Envelope) -> Effects:
    yield put(Branch, branch_id=env.branch, **op.fields.given())


@operation("tax_rate_put")
class TaxRatePut(Operation, frozen=True, kw_only=True):
    """A tax rate was added or edited; goods sold before keep the rate of their time."""

    tax_rate_id: Id
    rate: TaxRateGiven
    archived: bool = False


@reducer(TaxRatePut)
def _(op: TaxRatePut, env: Envelope) -> Effects:
    yield put(TaxRate, tax_rate_id=op.tax_rate_id, archived=op.archived, **msgspec.structs.asdict(op.rate))
