"""A marked duplicate of the desk's last receipt, from any screen."""

from collections.abc import Callable

from desktop.config.i18n import refusal_text, tr
from desktop.store.errors import NotSaved
from desktop.store.session import Session
from desktop.store.store import Store
from shared.core.errors import Refusal
from shared.sales.commands import reprint_receipt

Tell = Callable[[str, str], None]
"""Says a sentence with an icon."""


def reprint_last(store: Store, session: Session, tell: Tell) -> None:
    """Ask for the duplicate and tell what became of it."""

    def printed(_recorded: object) -> None:
        tell(tr("A duplicate is being printed. You can go on selling"), "printer")

    def failed(no: Refusal | NotSaved) -> None:
        tell(refusal_text(Refusal(no.code, no.text, **no.params)), "circle-x")

    if session.person is not None:
        store.write(reprint_receipt, op=store.new_op(), actor=session.actor, args={}, then=printed, failed=failed)
