"""Selling: what is typed and scanned becomes a receipt, and the receipt is paid."""

from collections.abc import Callable
from dataclasses import replace

from desktop.screens.sale.finding import barcode_for, renewed
from desktop.screens.sale.pay_model import PayViewModel
from desktop.screens.sale.receipt_model import ReceiptModel
from desktop.screens.sale.settle_model import SettleViewModel
from desktop.screens.sale.shelf import refreshed, searched
from desktop.screens.sale.state import (
    About,
    AgeAsked,
    Choosing,
    LastSale,
    Paying,
    SaleState,
    Settling,
)
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.queries import branch_settings
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.money import MILLI
from shared.core.text import N_
from shared.sales.cart import EMPTY_CART, History
from shared.sales.goods_field import (
    ENTER,
    TEXT_MAX,
    AddCode,
    AddFound,
    AddTile,
    ChangeQuantity,
    GoodsField,
    Intent,
    Search,
    SetQuantity,
    TakeTileBack,
)
from shared.sales.operations import SaleCompleted
from shared.sales.queries import Offer, by_quick_code, offer, scan, sold_in_shift
from shared.shifts.queries import current_shift, printed_number
from shared.staff.rules import Right

_NO_RIGHT = N_("This needs a right that you do not have. Ask the shift lead")


class SaleViewModel(ReceiptModel):
    """One open receipt and the goods for it.

    Signals: changed — the state is new, draw it again.
    """

    def __init__(self, store: Store, session: Session, go: Callable[[str], None]) -> None:
        super().__init__(SaleState(store.read(current_shift), store.read(branch_settings).currency, EMPTY_CART.totals()))
        self._store, self._session, self._go = store, session, go
        self._tile_step: tuple[History, History] | None = None
        self._stops = [
            store.watch("shifts", self._shift_changed),
            store.watch("catalog", self._goods_changed),
            store.watch("stock", self._goods_changed),
            session.on_change(self._person_changed),
        ]
        self._person_changed()
        self._goods_changed()

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    # What is typed, scanned and found

    def press(self, key: str) -> None:
        """One character, or ENTER, BACKSPACE, ESCAPE of the goods field."""
        if self._state.shift is None or self._state.question is not None:
            return
        try:
            typed, intents = self._state.typed.press(key)
        except Refusal as no:
            self._say_no(no)
            return
        if not intents and key == ENTER and self._state.shelf.chosen is not None and not self._state.typed.text:
            intents = (AddFound(self._state.typed.quantity_milli),)
            typed = GoodsField()
        self._follow(typed, intents)

    def scan(self, code: str) -> None:
        """The scanner read a code, whatever has the focus."""
        question = self._state.question
        if isinstance(question, Paying):
            question.model.warn_of_scan()
        elif question is not None:
            self._say(N_("Finish here first, then scan again"))
        elif self._state.shift is None:
            self._say(N_("No shift is open. Open it with F12"))
        else:
            quantity = self._state.typed.quantity_milli
            self._show(typed=GoodsField())
            self._search("")
            self._try(lambda: self._add_scanned(code, quantity))

    def paste(self, text: str) -> None:
        """A text put in whole: digits are a code, anything else is searched."""
        pasted = " ".join(text.split())[:TEXT_MAX]
        if pasted.isdecimal():
            self.scan(pasted)
        elif pasted and self._is_free():
            self._follow(GoodsField(text=pasted), (Search(pasted),))

    def add_tile(self, digit: int) -> None:
        """A tile was touched."""
        if self._is_free():
            self._follow(GoodsField(), (AddTile(digit, self._state.typed.quantity_milli), *self._search_ended()))

    def add_found(self, index: int) -> None:
        """A row of the list was touched."""
        if self._is_free() and 0 <= index < len(self._state.shelf.found):
            self.point(index)
            self._follow(GoodsField(), (AddFound(self._state.typed.quantity_milli), *self._search_ended()))

    def walk(self, step: int) -> None:
        """Another row of the list; without rows another line of the receipt."""
        if self._state.shelf.found:
            self.point(self._state.shelf.current + step)
        else:
            self.walk_lines(step)

    def point(self, index: int) -> None:
        """Make a row of the list current."""
        self._show(shelf=self._state.shelf.pointed(index))
        self._look_at()

    def turn_page(self, step: int) -> None:
        """Another page of tiles."""
        self._show(shelf=self._state.shelf.turned(step))

    def pick_category(self, category_id: Id | None) -> None:
        """Show goods of one category; None shows all."""
        self._show(shelf=searched(self._store, self._state.shelf, self._state.shelf.searched, category_id))
        self._look_at()

    def walk_category(self, step: int) -> None:
        """The next category."""
        self.pick_category(self._state.shelf.next_category(step))

    def new_goods(self) -> None:
        """Goods that are not in the list: made on their own screen."""
        if self._session.may(Right.EDIT_GOODS):
            self._go("goods")
        else:
            self._say(_NO_RIGHT)

    # Paying, and the questions on the way

    def pay(self) -> None:
        """On to the payment; the document of a young guest comes first."""
        state = self._state
        if state.question is not None:
            return
        if state.shift is None:
            self.open_shift()
        elif state.cart.is_empty:
            self._say(N_("The cart is empty. Add something first"))
        elif state.cart.age_mark > state.age_confirmed:
            self._show(question=AgeAsked(state.cart.age_mark))
        else:
            self._try(self._open_payment)

    def confirm_age(self) -> None:
        """The document was looked at; it holds for this receipt."""
        if isinstance(self._state.question, AgeAsked):
            self._show(question=None, age_confirmed=self._state.question.age)
            self.pay()

    def drop_aged(self) -> None:
        """The guest is too young: take away what the age mark is on; undo brings it back."""
        if isinstance(self._state.question, AgeAsked):
            aged = [line.line_no for line in self._state.cart.lines if line.age_mark > self._state.age_confirmed]
            self._show(question=None)
            for line_no in aged:
                self._step(lambda cart, line_no=line_no: cart.remove(line_no))  # type: ignore[misc]

    def choose(self, index: int) -> None:
        """Which of several goods with one code it is."""
        question = self._state.question
        if isinstance(question, Choosing) and 0 <= index < len(question.offers):
            self._show(question=None)
            self._try(lambda: self._add(question.offers[index], question.quantity_milli, question.marking))

    def back(self) -> None:
        """Leave the open question; the receipt stays as it was."""
        self._show(question=None)

    def open_shift(self) -> None:
        """Where the drawer is taken over."""
        self._go("shift_open")

    # Inside

    def _follow(self, typed: GoodsField, intents: tuple[Intent, ...]) -> None:
        self._show(typed=typed)
        for intent in intents:
            self._try(lambda intent=intent: self._do(intent))  # type: ignore[misc]

    def _do(self, intent: Intent) -> None:
        match intent:
            case AddTile(digit, quantity):
                before = self._state.history
                self._add_tile(digit, quantity)
                self._tile_step = before, self._state.history
            case TakeTileBack():
                # Only when nothing came between, such as undo.
                if self._tile_step is not None and self._tile_step[1] is self._state.history:
                    self._put(self._tile_step[0])
                    self._show(notice=None)
            case AddCode(code, quantity):
                self._add_typed(code, quantity)
            case Search(text):
                self._search(text)
            case AddFound(quantity):
                self._add_current(quantity)
            case SetQuantity(quantity):
                self.set_quantity(quantity)
            case ChangeQuantity(by_milli):
                self.change_quantity(by_milli)

    def _add_tile(self, digit: int, quantity_milli: int) -> None:
        found = self._state.shelf.tile(digit)
        if found is None:
            raise Refusal("tile_is_empty", N_("Nothing lies on tile {tile}. Words find goods, a point begins a code"), tile=digit)
        if found.item is None:
            # A dialog here would swallow the `*` that makes the digit a multiplier.
            raise _no_price(found)
        self._add(found, quantity_milli)

    def _add_current(self, quantity_milli: int) -> None:
        chosen = self._state.shelf.chosen
        if chosen is None:
            raise Refusal("nothing_found", N_("Nothing found for {words}. Try fewer letters"), words=self._state.shelf.searched)
        self._add(chosen, quantity_milli)

    def _add_typed(self, code: str, quantity_milli: int) -> None:
        found = self._store.read(by_quick_code, code=code)
        if found:
            self._offer(found, quantity_milli)
        else:
            self._add_scanned(code, quantity_milli)

    def _add_scanned(self, code: str, quantity_milli: int) -> None:
        scanned = self._store.read(scan, text=code)
        if scanned.marking and quantity_milli != MILLI:
            raise Refusal("marking_is_one_piece", N_("Marked goods are sold one by one. Scan the next piece"))
        quantity = scanned.quantity_milli or quantity_milli
        if scanned.offers:
            self._offer(scanned.offers, quantity, scanned.marking)
        else:
            self._ask_to_settle(code, quantity)

    def _offer(self, offers: tuple[Offer, ...], quantity_milli: int, marking: str = "") -> None:
        if len(offers) == 1:
            self._add(offers[0], quantity_milli, marking)
        else:
            self._show(question=Choosing(offers, quantity_milli, marking))

    def _add(self, chosen: Offer, quantity_milli: int, marking: str = "") -> None:
        item = chosen.item
        if item is None:
            code = chosen.barcode or barcode_for(self._store, chosen)
            if not code:
                raise _no_price(chosen)
            self._ask_to_settle(code, quantity_milli, chosen)
            return
        self._step(lambda cart: cart.add(item, quantity_milli, marking))

    def _ask_to_settle(self, code: str, quantity_milli: int, of: Offer | None = None) -> None:
        model = SettleViewModel(self._store, self._session, code, quantity_milli, self._state.currency, of)
        model.setParent(self)
        model.settled.connect(self._settled)
        model.left.connect(self._close_question)
        self._show(question=Settling(model))

    def _settled(self) -> None:
        question = self._state.question
        assert isinstance(question, Settling), "only an open question is settled"
        self._close_question()
        # The code is asked again as it was scanned, so that weight and marking on a label count.
        self._try(lambda: self._add_scanned(question.model.state.code, question.model.quantity_milli))

    def _open_payment(self) -> None:
        model = PayViewModel(self._store, self._session, self._state.cart, age_confirmed=self._state.age_confirmed > 0)
        model.setParent(self)
        model.paid.connect(self._paid)
        model.left.connect(self._payment_left)
        self._show(question=Paying(model), notice=None)

    def _paid(self, sale: SaleCompleted) -> None:
        self._close_question()
        number = printed_number(sale.series, sale.number)
        last = LastSale(number, sale.total_minor + sale.rounding_minor, sale.change_minor)
        self._show(last_sale=last, typed=GoodsField())
        self._search("")
        # A paid receipt is no step that undo could take back: the history begins anew.
        self._put(History(self._state.cart.clear()))
        text = N_("Change {change_minor} · receipt {number}") if sale.change_minor else N_("Paid {paid_minor} · receipt {number}")
        self._say(text, {"change_minor": sale.change_minor, "paid_minor": last.total_minor, "number": number}, icon="check")

    def _payment_left(self) -> None:
        question = self._state.question
        is_stale = isinstance(question, Paying) and question.model.is_stale
        self._close_question()
        if is_stale:
            self._step(lambda cart: renewed(self._store, cart))
            self._say(N_("Prices are as they are now. Look at the receipt again"))

    def _close_question(self) -> None:
        question = self._state.question
        self._show(question=None)
        if isinstance(question, Paying | Settling):
            question.model.deleteLater()

    def _put(self, history: History) -> None:
        super()._put(history)
        self._look_at()

    def _search_ended(self) -> tuple[Search, ...]:
        return (Search(""),) if self._state.shelf.searched else ()

    def _search(self, text: str) -> None:
        shelf = self._state.shelf
        if text != shelf.searched:
            self._show(shelf=searched(self._store, shelf, text, shelf.category_id))
        elif not text:
            self._show(shelf=replace(shelf, current=-1))
        self._look_at()

    def _look_at(self) -> None:
        """Tell about the goods at hand: the current row of the list, else the selected line."""
        state = self._state
        at_hand = state.shelf.chosen
        if at_hand is None and state.cart.lines:
            at_hand = self._store.read(offer, product_id=state.cart.line(state.cart.selected).product_id)
        if at_hand is None or state.shift is None:
            self._show(about=None)
        elif state.about is None or state.about.offer != at_hand:
            self._show(about=About(at_hand))
            args = {"product_id": at_hand.product_id, "shift_id": state.shift.shift_id}
            self._store.load(sold_in_shift, args, lambda sold: self._sold(at_hand, sold))

    def _sold(self, at_hand: Offer, sold_milli: int) -> None:
        about = self._state.about
        if about is not None and about.offer.product_id == at_hand.product_id:
            self._show(about=replace(about, sold_milli=sold_milli))

    def _shift_changed(self) -> None:
        self._show(shift=self._store.read(current_shift))

    def _goods_changed(self) -> None:
        self._show(shelf=refreshed(self._store, self._state.shelf))
        self._look_at()

    def _person_changed(self) -> None:
        self._show(may_add_goods=self._session.may(Right.EDIT_GOODS))


def _no_price(of: Offer) -> Refusal:
    return Refusal("no_price", N_("{name} has no price. Set it in the goods list"), name=of.name)
