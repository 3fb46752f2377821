"""What the guest hands over, as a value: cash as typed, a card for the rest or for a part, and what follows from both."""

from dataclasses import dataclass, replace

from shared.core.errors import Refusal
from shared.core.text import N_
from shared.sales.commands import TenderAsked
from shared.sales.rules import EXACT_CASH, CashRounding, Settlement, TenderKind, cash_due, settle


@dataclass(frozen=True, slots=True)
class Payment:
    """A sale being paid, amounts in minor units. What is typed belongs to `active`; None stands for "exactly what is due"."""

    total_minor: int
    rounding: CashRounding = EXACT_CASH
    active: TenderKind = TenderKind.CASH
    cash_minor: int | None = None
    card_minor: int | None = None
    has_card: bool = False

    @property
    def card_part_minor(self) -> int:
        """What the card pays: as declared, or whatever the typed cash leaves."""
        if not self.has_card:
            return 0
        if self.card_minor is not None:
            return self.card_minor
        cash = self.cash_minor or 0
        return self.total_minor - cash if cash < self.total_minor else self.total_minor

    @property
    def cash_due_minor(self) -> int:
        """What remains for cash, rounded as cash is."""
        return cash_due(self.total_minor, self.card_part_minor, self.rounding)

    @property
    def takes_cash(self) -> bool:
        """Whether anything remains for cash."""
        return self.card_part_minor < self.total_minor

    @property
    def rounding_minor(self) -> int:
        """What rounding adds to the cash part."""
        return self.cash_due_minor - (self.total_minor - self.card_part_minor) if self.takes_cash else 0

    @property
    def cash_handed_minor(self) -> int:
        """Cash in the hand: as typed, or exactly what is due."""
        return self.cash_due_minor if self.cash_minor is None else self.cash_minor

    @property
    def change_minor(self) -> int:
        """What goes back to the guest; below zero while something is missing."""
        return self.cash_handed_minor - self.cash_due_minor if self.takes_cash else 0

    @property
    def received_minor(self) -> int | None:
        """What stands in the field."""
        return self.card_minor if self.active is TenderKind.CARD else self.cash_minor

    @property
    def taken_minor(self) -> int:
        """What the way forward will take in."""
        return self.card_part_minor + (self.cash_handed_minor if self.takes_cash else 0)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to ask; after a part by card the cash row comes first."""
        return not (self.active is TenderKind.CARD and self.takes_cash and self.cash_minor is None)

    @property
    def tenders(self) -> tuple[TenderAsked, ...]:
        """Payments as the sale is asked with."""
        card = (TenderAsked(TenderKind.CARD, self.card_part_minor),) if self.has_card else ()
        cash = (TenderAsked(TenderKind.CASH, self.cash_handed_minor),) if self.takes_cash else ()
        return card + cash

    def settlement(self) -> Settlement:
        """What the payments come to. Refuses what the sale would refuse."""
        return settle(self.total_minor, [(tender.kind, tender.tendered_minor) for tender in self.tenders], self.rounding)

    def type_amount(self, amount_minor: int | None) -> "Payment":
        """Another amount in the field."""
        if self.active is TenderKind.CARD:
            return replace(self, card_minor=amount_minor)
        return replace(self, cash_minor=amount_minor)

    def use_card(self) -> "Payment":
        """The card key: what was typed is paid by card and the rest in cash; with nothing typed the card pays all."""
        typed = self.cash_minor if self.active is TenderKind.CASH else None
        if typed and typed < self.total_minor:
            return replace(self, has_card=True, card_minor=typed, cash_minor=None, active=TenderKind.CASH)
        return replace(self, has_card=True, card_minor=None, cash_minor=None, active=TenderKind.CARD)

    def rest_by_card(self) -> "Payment":
        """The card pays whatever the typed cash leaves. Refuses when it leaves nothing."""
        if self.cash_minor is not None and self.cash_minor >= self.total_minor:
            raise Refusal("nothing_remains_for_card", N_("The cash covers everything. Del takes it away"))
        return replace(self, has_card=True, card_minor=None, active=TenderKind.CARD)

    def select(self, kind: TenderKind) -> "Payment":
        """The row a person walked to; leaving a card that had no amount of its own gives it up."""
        if kind is TenderKind.CARD:
            return replace(self, has_card=True, active=kind)
        keeps = self.has_card and (self.card_minor is not None or self.cash_minor is not None)
        return replace(self, has_card=keeps, active=kind)

    def remove(self) -> "Payment":
        """Take the chosen payment away, or the other one when the chosen is empty."""
        if self.active is TenderKind.CASH and self.cash_minor is not None:
            return replace(self, cash_minor=None)
        return replace(self, has_card=False, card_minor=None, active=TenderKind.CASH)
