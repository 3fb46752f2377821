"""A desk beside the simplest thing that could be one: dicts and lists. Whatever people do, both must say the same."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.books import accounts
from shared.books.queries import balance, trial_balance
from shared.catalog.commands import change_product
from shared.catalog.rules import ProductFields
from shared.core.errors import Refusal
from shared.ledger import log, rebuild
from shared.reports.commands import close_shift
from shared.reports.shift_report import x_report
from shared.sales.commands import LineAsked, TenderAsked, complete_sale
from shared.sales.queries import receipts
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.queries import cash_in_drawer, closed_shifts
from shared.shifts.rules import Count, report_gaps
from shared.staff.rules import Role
from shared.stock.commands import CountedGoods, record_stock
from shared.stock.queries import levels_of
from tests.support import engines
from tests.support.ledger import LedgerDesk

EXAMPLES = 25
STEPS = 30


@dataclass
class NaiveDesk:
    """What people believe after what they did. Amounts in kopecks, pieces in units."""

    drawer: int = 0
    safe: int = 0
    card: int = 0
    short: int = 0
    prices: dict[str, int] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    receipts: list[int] = field(default_factory=list)
    shift_open: bool = False
    shift_receipts: list[int] = field(default_factory=list)
    shift_cash: int = 0
    counted: int | None = None
    count_op: str = ""
    closed: list[int] = field(default_factory=list)


class DeskMachine(RuleBasedStateMachine):
    """Rules are what people do; invariants compare all the desk knows with the naive one."""

    goods = Bundle("goods")

    def __init__(self) -> None:
        super().__init__()
        self.engine = engines.sqlite()
        self.connection = self.engine.connect()
        self.connection.begin()
        self.desk = LedgerDesk(self.connection).opens_club()
        self.desk.as_(self.desk.hires(Role.OWNER))
        self.naive = NaiveDesk()
        self.last: tuple[str, dict[str, Any]] | None = None

    def teardown(self) -> None:
        self.connection.close()
        self.engine.dispose()

    def tries(self, *args: Any, **kwargs: Any) -> bool:
        """Ask; a refusal must leave nothing behind, as the invariants then see."""
        try:
            self.desk.does(*args, **kwargs)
        except Refusal:
            return False
        return True

    @initialize(target=goods, price=st.integers(1, 50_000))
    def begins(self, price: int) -> str:
        """The day starts with something to sell and a shift to sell it in; what else happens is left to chance."""
        self.opens(100_000)
        return self._added(price)

    @rule(target=goods, price=st.integers(0, 50_000))
    def adds_goods(self, price: int) -> str:
        return self._added(price)

    def _added(self, price: int) -> str:
        product = self.desk.stocks(f"Item {len(self.naive.prices)}", price)
        self.naive.prices[product], self.naive.pieces[product] = price, 0
        return product

    @rule(product=goods, price=st.integers(0, 50_000))
    def reprices(self, product: str, price: int) -> None:
        self.desk.does(change_product, product_id=product, fields=ProductFields(price_minor=price))
        self.naive.prices[product] = price

    @rule(product=goods, pieces=st.integers(0, 20), cost=st.none() | st.integers(0, 10_000))
    def counts_stock(self, product: str, pieces: int, cost: int | None) -> None:
        self.desk.does(record_stock, goods=(CountedGoods(product, pieces * 1_000, cost),))
        self.naive.pieces[product] = pieces

    @rule(extra=st.none() | st.integers(-30_000, 30_000))
    def opens(self, extra: int | None) -> None:
        found = None if extra is None else self.naive.drawer + extra
        may = not self.naive.shift_open and (found is None or found >= 0)
        assert self.tries(open_shift, float_minor=found) is may
        if may:
            if found is not None:
                if self.naive.closed:
                    self.naive.short += self.naive.drawer - found
                self.naive.drawer = found
            self.naive.shift_open, self.naive.shift_receipts, self.naive.shift_cash = True, [], 0
            self.naive.counted = None

    @rule(
        lines=st.lists(st.tuples(goods, st.integers(1, 5)), min_size=1, max_size=4),
        card=st.none() | st.integers(0, 100),
        more=st.integers(-5_000, 5_000),
    )
    def sells(self, lines: list[tuple[str, int]], card: int | None, more: int) -> None:
        asked = tuple(
            LineAsked(product_id=product, quantity_milli=pieces * 1_000, price_minor=self.naive.prices[product])
            for product, pieces in lines
        )
        total = sum(self.naive.prices[product] * pieces for product, pieces in lines)
        by_card = total * card // 100 if card is not None else 0
        due = total - by_card
        tenders = [TenderAsked(TenderKind.CARD, by_card)] if card is not None else []
        if card != 100:
            tenders.append(TenderAsked(TenderKind.CASH, due + more))
        if due == 0 and card is None:  # a free sale takes nothing; what it refuses is settled by tests of its own
            return
        # A card takes what it takes; cash pays what remains, and neither may be nothing.
        paid = by_card > 0 or card is None
        if card != 100:
            paid = paid and due > 0 and more >= 0
        op = self.desk.ids.new_id()
        arguments = {"lines": asked, "tenders": tuple(tenders)}
        may = self.naive.shift_open and paid
        assert self.tries(complete_sale, op=op, **arguments) is may, (total, tenders)
        if may:
            self.last = op, arguments
            self.naive.receipts.append(total)
            self.naive.shift_receipts.append(total)
            self.naive.card += by_card
            cash = due if card != 100 else 0
            self.naive.drawer += cash
            self.naive.shift_cash += cash
            for product, pieces in lines:
                self.naive.pieces[product] -= pieces

    @precondition(lambda self: self.naive.shift_open)
    @rule(product=goods, pieces=st.integers(1, 5), more=st.integers(0, 5_000))
    def sells_for_cash(self, product: str, pieces: int, more: int) -> None:
        self.sells([(product, pieces)], None, more)

    @precondition(lambda self: self.naive.shift_open)
    @rule(first=goods, second=goods, card=st.sampled_from((30, 100)))
    def sells_by_card(self, first: str, second: str, card: int) -> None:
        self.sells([(first, 1), (second, 2)], card, 0)

    @precondition(lambda self: self.naive.shift_open)
    @rule(share=st.integers(0, 100))
    def counts_and_closes(self, share: int) -> None:
        self.counts_drawer(0)
        self.closes(share, "")

    @precondition(lambda self: self.last is not None)
    @rule()
    def presses_pay_again(self) -> None:
        assert self.last is not None
        op, arguments = self.last
        assert not self.desk.does(complete_sale, op=op, **arguments).fresh

    @rule(product=goods)
    def sells_at_a_stale_price(self, product: str) -> None:
        line = LineAsked(product_id=product, price_minor=self.naive.prices[product] + 1)
        assert not self.tries(complete_sale, lines=(line,), tenders=(TenderAsked(TenderKind.CASH, 100_000),))

    @rule(off=st.sampled_from((0, 0, 0, -700, 250)))
    def counts_drawer(self, off: int) -> None:
        counted = max(0, self.naive.drawer + off)
        op = self.desk.ids.new_id()
        pieces = Count(((1, counted % 1_000), (1_000, counted // 1_000)))
        assert self.tries(count_drawer, op=op, count=pieces) is self.naive.shift_open
        if self.naive.shift_open:
            self.naive.counted, self.naive.count_op = counted, op

    @precondition(lambda self: self.naive.counted is not None)
    @rule(share=st.integers(0, 100), reason=st.sampled_from(("", "wrong_change")))
    def closes(self, share: int, reason: str) -> None:
        counted = self.naive.counted
        assert counted is not None
        out = counted * share // 100
        asked: dict[str, Any] = {"count": self.naive.count_op, "taken_out_minor": out, "reason": reason}
        recorded = None
        try:
            recorded = self.desk.does(close_shift, **asked)
        except Refusal as refusal:
            moved, needs_reason = refusal.code == "count_again", refusal.code == "reason_needed"
            assert moved or (needs_reason and not reason and counted != self.naive.drawer)
            return
        difference = counted - self.naive.drawer
        assert difference == 0 or reason
        assert recorded.body.difference_minor == difference  # type: ignore[attr-defined]
        self.naive.short -= difference
        self.naive.drawer, self.naive.safe = counted - out, self.naive.safe + out
        self.naive.closed.append(difference)
        self.naive.shift_open, self.naive.counted = False, None

    @invariant()
    def money_is_where_people_believe_it_is(self) -> None:
        reading = self.desk.reading
        assert cash_in_drawer(reading, "RUB") == self.naive.drawer
        assert balance(reading, accounts.SAFE, "RUB") == self.naive.safe
        assert balance(reading, accounts.CARD, "RUB") == self.naive.card
        assert balance(reading, accounts.CASH_DIFFERENCE, "RUB") == self.naive.short
        assert -balance(reading, accounts.GOODS_SOLD, "RUB") == sum(self.naive.receipts)
        assert set(trial_balance(reading).values()) <= {0}

    @invariant()
    def goods_are_where_people_believe_they_are(self) -> None:
        levels = levels_of(self.desk.reading, list(self.naive.pieces))
        assert {product: level.quantity_milli for product, level in levels.items()} == {
            product: pieces * 1_000 for product, pieces in self.naive.pieces.items()
        }
        assert balance(self.desk.reading, accounts.STOCK, "RUB") == sum(level.value_minor for level in levels.values())

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        shown = self.desk.asks(receipts, most=500)
        count = len(self.naive.receipts)
        assert [one.number for one in shown] == [f"1-{number:04d}" for number in range(count, 0, -1)]
        assert [one.total_minor for one in reversed(shown)] == self.naive.receipts
        closed = self.desk.asks(closed_shifts)
        assert [one.z_number for one in closed] == [f"1-{number:04d}" for number in range(len(self.naive.closed), 0, -1)]
        assert [one.difference_minor for one in reversed(closed)] == self.naive.closed

    @invariant()
    def the_report_tells_the_shift(self) -> None:
        if not self.naive.shift_open:
            return
        report = self.desk.asks(x_report)
        assert report_gaps(report) == ()
        assert (report.sale_count, report.revenue_minor) == (len(self.naive.shift_receipts), sum(self.naive.shift_receipts))
        assert report.drawer.sales_minor == self.naive.shift_cash
        assert report.drawer.expected_minor == self.naive.drawer

    @invariant()
    def every_sum_and_every_link_is_true(self) -> None:
        assert rebuild.wrong_sums(self.connection) == []
        assert log.broken_links(self.connection, self.desk.desk.chain) == []


def test_a_desk_says_what_the_simplest_desk_says() -> None:
    """What happened is counted, for a machine that never sells would prove nothing."""
    sold: list[int] = []
    closed: list[int] = []

    class Watched(DeskMachine):
        def teardown(self) -> None:
            sold.append(len(self.naive.receipts))
            closed.append(len(self.naive.closed))
            super().teardown()

    run_state_machine_as_test(Watched, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS))
    assert sum(sold) >= EXAMPLES
    assert sum(count > 1 for count in sold) >= EXAMPLES // 8
    assert sum(closed) >= EXAMPLES // 8
