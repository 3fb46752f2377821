"""What the sale screen shows, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desktop.screens.sale.pay_model import PayViewModel
from desktop.screens.sale.settle_model import SettleViewModel
from desktop.screens.sale.shelf import Shelf
from desktop.store.errors import NotSaved
from shared.core.errors import Param, Refusal
from shared.core.money import MILLI
from shared.sales.cart import Cart, History
from shared.sales.goods_field import GoodsField
from shared.sales.queries import Offer
from shared.sales.rules import SaleTotals
from shared.shifts.queries import ShiftShown

LOW_STOCK_MILLI = 3 * MILLI
"""From here down the stock of a tile is marked."""

Problem = Refusal | NotSaved
WayBack = Literal["", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say at the foot of the receipt, untranslated; a new `serial` makes it said again."""

    serial: int
    text: str
    params: Mapping[str, Param] = field(default_factory=dict)
    way: WayBack = ""
    icon: str = "info"


@dataclass(frozen=True, slots=True)
class Choosing:
    """Several goods carry the code: which one is it."""

    offers: tuple[Offer, ...]
    quantity_milli: int
    marking: str = ""


@dataclass(frozen=True, slots=True)
class AgeAsked:
    """The document of the guest is to be looked at."""

    age: int


@dataclass(frozen=True, slots=True)
class Settling:
    """A code nobody knows, or goods without a price."""

    model: SettleViewModel


@dataclass(frozen=True, slots=True)
class Paying:
    """The payment is open."""

    model: PayViewModel


Question = Choosing | AgeAsked | Settling | Paying


@dataclass(frozen=True, slots=True)
class About:
    """The goods at hand; `sold_milli` is None until it is counted."""

    offer: Offer
    sold_milli: int | None = None


@dataclass(frozen=True, slots=True)
class LastSale:
    """The receipt that was paid last in this window."""

    number: str
    total_minor: int
    change_minor: int


@dataclass(frozen=True, slots=True)
class SaleState:
    """Everything the screen shows. `totals` are those of the receipt in `history`."""

    shift: ShiftShown | None
    currency: str
    totals: SaleTotals
    typed: GoodsField = field(default_factory=GoodsField)
    history: History = field(default_factory=History)
    shelf: Shelf = field(default_factory=Shelf)
    about: About | None = None
    notice: Notice | None = None
    question: Question | None = None
    last_sale: LastSale | None = None
    age_confirmed: int = 0
    may_add_goods: bool = False

    @property
    def cart(self) -> Cart:
        """What is in the receipt now."""
        return self.history.present
