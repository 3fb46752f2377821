"""The shared core by itself, on any engine: a desk that decides and records, without a store around it."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection

from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import create_product
from shared.catalog.rules import ProductFields
from shared.core.clock import MINUTE_MS, ManualClock
from shared.core.errors import Refusal
from shared.core.ids import Id, IdMaker
from shared.ledger import log
from shared.ledger.log import Recorded
from shared.ledger.operation import Operation
from shared.ledger.transaction import Actor, Desk, Reading, Transaction, command_of, run
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.queries import open_shift_of
from shared.staff.commands import add_person
from shared.staff.queries import rights_of
from shared.staff.rules import LOCAL_OWNER, HashedPin, Role
from tests.support.strategies import Made

NOON = 1_768_478_400_000
"""15 January 2026, 12:00 UTC, 15:00 in Moscow."""
BRANCH: Id = "0b000000-0000-7000-8000-000000000001"
DEVICE: Id = "0d000000-0000-7000-8000-000000000001"
PIN = HashedPin("not a real hash", 6)
CLUB = BranchFields(name="Club", time_zone="Europe/Moscow", currency="RUB", difference_limit_minor=50_000)
NO_TAX = TaxRateGiven("No tax", 0, is_default=True)
VAT = TaxRateGiven("VAT 20 %", 2000)


class LedgerDesk:
    """One desk over one connection. Every verb is a command of the product, decided and recorded at once."""

    def __init__(self, connection: Connection, device: Id = DEVICE, branch: Id = BRANCH, number: int = 1, epoch: int = 1) -> None:
        self.connection = connection
        self.clock = ManualClock(NOON)
        self.desk = Desk(device=device, epoch=epoch, branch=branch, number=number)
        draws = itertools.count(int(device[-2:], 16) << 32)
        self.ids = IdMaker(self.clock, lambda size: next(draws).to_bytes(size, "big"))
        self.actor = Actor(LOCAL_OWNER, frozenset())

    @property
    def reading(self) -> Reading:
        """What queries read through."""
        return Reading(self.connection, self.desk, self.clock.wall_ms())

    def as_(self, staff: Id, approver: Id | None = None) -> "LedgerDesk":
        """Let somebody else work from here on."""
        self.actor = Actor(staff, frozenset(), approver)
        return self

    def transaction(self, op: Id | None = None, rights: frozenset[str] | None = None) -> Transaction:
        """What a command would be given now."""
        now = self.reading
        held = rights_of(now, self.actor.staff)
        if self.actor.approver is not None:
            held |= rights_of(now, self.actor.approver)
        return Transaction(
            connection=self.connection,
            desk=self.desk,
            now=now.now,
            op=op or self.ids.new_id(),
            actor=Actor(self.actor.staff, held if rights is None else rights, self.actor.approver),
            shift=open_shift_of(now),
            ids=self.ids,
        )

    def does(
        self, command: Callable[..., Operation], op: Id | None = None, rights: frozenset[str] | None = None, **arguments: Any
    ) -> Recorded:
        """Ask a command. Raises Refusal; then nothing has changed."""
        self.clock.advance(1000)
        return run(self.transaction(op, rights), self.clock, command_of(command), arguments)

    def refuses(self, command: Callable[..., Operation], **arguments: Any) -> str:
        """The code with which a command is refused; a command that goes through is a failure."""
        with pytest.raises(Refusal) as refused:
            self.does(command, **arguments)
        assert str(refused.value)
        return refused.value.code

    def asks(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """The answer of a query."""
        return query(self.reading, **arguments)

    def opens_club(self, fields: BranchFields = CLUB, rates: Sequence[TaxRateGiven] = (NO_TAX, VAT)) -> "LedgerDesk":
        """The first set-up."""
        self.does(set_up_branch, fields=fields, tax_rates=tuple(rates), desk_name="Bar")
        return self

    def hires(self, role: Role, name: str = "Anna") -> Id:
        """Somebody new, added by the local owner."""
        before, self.actor = self.actor, Actor(LOCAL_OWNER, frozenset())
        secret = "hash of a recovery code" if role is Role.OWNER else None
        body = self.does(add_person, name=name, role=role, pin=PIN, recovery_hash=secret).body
        self.actor = before
        return body.staff_id  # type: ignore[attr-defined,no-any-return]

    def stocks(self, name: str, price_minor: int | None, **fields: Any) -> Id:
        """A new product, made by the local owner."""
        before, self.actor = self.actor, Actor(LOCAL_OWNER, frozenset())
        barcodes = fields.pop("barcodes", ())
        given = ProductFields(name=name, price_minor=price_minor, **fields)
        body = self.does(create_product, fields=given, barcodes=barcodes).body
        self.actor = before
        return body.products[0].product_id  # type: ignore[attr-defined,no-any-return]

    def sells(self, *lines: LineAsked, cash: int | None = None, card: int | None = None, **more: Any) -> Recorded:
        """Take payment in cash, by card or both, minor units."""
        tenders = [TenderAsked(TenderKind.CARD, card)] if card is not None else []
        if cash is not None:
            tenders.append(TenderAsked(TenderKind.CASH, cash))
        return self.does(complete_sale, lines=lines, tenders=tuple(tenders), **more)

    def waits(self, minutes: int) -> None:
        """Let time pass."""
        self.clock.advance(minutes * MINUTE_MS)


def record_all(connection: Connection, history: list[Made], device: Id = DEVICE) -> list[Recorded]:
    """Operations as one desk would have written them down, one after another."""
    return [log.record(connection, log.Chain(device, 1), envelope, body) for envelope, body in history]
