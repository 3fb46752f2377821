"""A club that is open: set up, with goods on the shelf and a shift running, all through the real store."""

from collections.abc import Sequence
from typing import Any

from desktop.store.store import Store
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.catalog.commands import create_product
from shared.catalog.rules import ProductFields
from shared.core.ids import Id
from shared.ledger.log import Recorded
from shared.ledger.transaction import Actor
from shared.reports.commands import close_shift
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.rules import Count
from shared.staff.rules import LOCAL_OWNER

OWNER = Actor(LOCAL_OWNER, frozenset())
PRICE_MINOR = 10_000


class Till:
    """Goods of one price each; sales take them in turn."""

    def __init__(self, store: Store, goods: int = 6) -> None:
        self.store = store
        self.does(
            set_up_branch,
            fields=BranchFields(name="Club", time_zone="Europe/Moscow", currency="RUB"),
            tax_rates=(TaxRateGiven("no VAT", 0, is_default=True),),
        )
        self.goods: list[Id] = [self._stocked(number) for number in range(goods)]
        self._turn = 0
        self.opens()

    def does(self, command: Any, op: Id | None = None, **args: Any) -> Recorded:
        """Ask a command as the local owner and wait."""
        return self.store.do(command, op=op or self.store.new_op(), actor=OWNER, args=args)

    def opens(self) -> Recorded:
        """Take over the drawer as it is."""
        return self.does(open_shift)

    def sells(self, lines: int = 3) -> Recorded:
        """One sale for exact cash."""
        return self.does(complete_sale, **self.cart(lines))

    def cart(self, lines: int = 3) -> dict[str, Any]:
        """Arguments of one sale, a position of each of the next goods."""
        products: Sequence[Id] = [self.goods[(self._turn + number) % len(self.goods)] for number in range(lines)]
        self._turn += 1
        return {
            "lines": tuple(LineAsked(product_id=product) for product in products),
            "tenders": (TenderAsked(TenderKind.CASH, PRICE_MINOR * lines),),
        }

    def closes(self, cash_minor: int) -> Recorded:
        """Count the drawer right and close the shift."""
        counted = self.does(count_drawer, count=Count(((100, cash_minor // 100),)))
        return self.does(close_shift, count=counted.envelope.op)

    def _stocked(self, number: int) -> Id:
        recorded = self.does(create_product, fields=ProductFields(name=f"Cola {number}", price_minor=PRICE_MINOR))
        product: Id = recorded.body.products[0].product_id  # type: ignore[attr-defined]
        return product
