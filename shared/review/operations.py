"""Settling a matter."""

from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.review.tables import Settlement


@operation("matter_settled")
class MatterSettled(Operation, frozen=True, kw_only=True):
    """A person looked at a matter and said how it is settled."""

    matter: str
    resolution: str
    note: str = ""


@reducer(MatterSettled)
def _(op: MatterSettled, env: Envelope) -> Effects:
    yield insert(
        Settlement,
        branch_id=env.branch,
        matter=op.matter,
        op=env.op,
        resolution=op.resolution,
        note=op.note,
        staff_id=env.actor,
        at=env.at,
    )
