"""The only way an amount moves."""

from shared.books.tables import Posting
from shared.core.ids import Id
from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope


def post(env: Envelope, currency: str, business_day: str, *amounts: tuple[str, int], shift: Id | None = None) -> Effects:
    """Balanced postings of one operation, as (account, amount in minor units); zero amounts are left out.

    `shift` names the shift when it is not the one the operation was made in. An unbalanced set is a bug.
    """
    total = sum(amount for _, amount in amounts)
    if total != 0:
        raise AssertionError(f"{env.kind} {env.op}: postings sum to {total}, not to zero")
    for line, (account, amount) in enumerate(pair for pair in amounts if pair[1] != 0):
        yield insert(
            Posting,
            branch_id=env.branch,
            op=env.op,
            line=line,
            account=account,
            currency=currency,
            amount_minor=amount,
            shift_id=shift or env.shift,
            business_day=business_day,
            at=env.at,
        )
