"""Days of selling by chance on one desk, beside a plain list of what was done."""

import os
import random
from collections import Counter
from pathlib import Path

from desktop.store import upkeep
from desktop.store.folder import Folder
from desktop.store.store import Store
from shared.books import accounts
from shared.books.queries import balances
from shared.core.clock import HOUR_MS, MINUTE_MS, ManualClock
from shared.reports.shift_report import x_report
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.rules import TenderKind
from shared.stock.queries import levels_of
from tests.support.desk import NOON
from tests.support.till import PRICE_MINOR, Till

DAYS = int(os.environ.get("CLUBKASSA_DAYS", "14"))
SALES_A_DAY = int(os.environ.get("CLUBKASSA_SALES", "700"))
SEED = int(os.environ.get("CLUBKASSA_SEED", "1"))
RESTART_CHANCE = 0.003


def test_a_fortnight_of_selling_adds_up(tmp_path: Path) -> None:
    chance, clock = random.Random(SEED), ManualClock(NOON)
    store = Store.open(tmp_path / "desk", clock, is_test=True)
    till = Till(store)
    cash, cash_today, sales_today, sold = 0, 0, 0, Counter[str]()
    for _ in range(DAYS):
        for _ in range(SALES_A_DAY):
            clock.advance(chance.randint(1, 3) * MINUTE_MS // 2)
            picked = Counter(chance.choices(till.goods, k=chance.randint(1, 5)))
            due = PRICE_MINOR * picked.total()
            by_card = chance.choice((0, 0, due, PRICE_MINOR // 2))
            tenders = ((TenderKind.CARD, by_card), (TenderKind.CASH, due - by_card))
            till.does(
                complete_sale,
                lines=tuple(LineAsked(product_id=product, quantity_milli=1_000 * count) for product, count in picked.items()),
                tenders=tuple(TenderAsked(kind, amount) for kind, amount in tenders if amount),
            )
            cash_today, sales_today, sold = cash_today + due - by_card, sales_today + 1, sold + picked
            if chance.random() < RESTART_CHANCE:
                till.store.close()
                till.store = Store.open(tmp_path / "desk", clock, is_test=True)
        assert till.store.read(x_report).sale_count == sales_today
        cash += cash_today
        till.closes(cash)
        clock.advance(8 * HOUR_MS)
        till.opens()
        cash_today = sales_today = 0
    levels = till.store.read(levels_of, products=till.goods)
    assert {product: -level.quantity_milli // 1_000 for product, level in levels.items()} == {
        one: sold[one] for one in till.goods
    }
    held = {balance.account: balance.amount_minor for balance in till.store.read(balances)}
    assert held[accounts.drawer(till.store.desk.number)] == cash
    assert sum(held.values()) == 0
    till.store.close()
    assert not upkeep.verify(Folder.at(tmp_path / "desk"), clock)
