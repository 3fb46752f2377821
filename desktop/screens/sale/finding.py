"""Small questions the sale asks about goods and people."""

from collections.abc import Iterable, Mapping

import msgspec

from desktop.store.store import Store
from shared.catalog.queries import barcodes_of
from shared.core.errors import Refusal
from shared.sales.cart import Cart, CartItem, CartLine
from shared.sales.queries import Offer, offer, scan
from shared.staff.queries import colleagues
from shared.staff.rules import RIGHTS, Right

FOUND_MOST = 50
"""A list longer than this is not read; another letter is typed."""
WHO_MOST = 3


def tiles_by_place(offers: Iterable[Offer]) -> Mapping[int, Offer]:
    """What lies on each tile; when two desks gave one place to different goods, the first by name."""
    placed: dict[int, Offer] = {}
    for shown in offers:
        placed.setdefault(shown.tile, shown)
    return placed


def barcode_for(store: Store, of: Offer) -> str:
    """Any barcode of the goods; empty when they have none."""
    return next(iter(store.read(barcodes_of, product_id=of.product_id)), "")


def who_may_settle(store: Store) -> tuple[str, ...]:
    """Names of people who may give an unknown code its goods."""
    return tuple(person.name for person in store.read(colleagues) if Right.SETTLE_SCAN in RIGHTS[person.role])[:WHO_MOST]


def renewed(store: Store, cart: Cart) -> Cart:
    """The cart at the catalogue's prices of now; what is no longer sold is gone. Raises Refusal."""
    for line in cart.lines:
        item = _item_now(store, line)
        if item is None:
            cart = cart.remove(line.line_no)
        elif item.price_minor != line.price_minor:
            fields = {name: getattr(item, name) for name in CartItem.__struct_fields__}
            now = msgspec.structs.replace(line, **fields)
            cart = msgspec.structs.replace(cart, lines=tuple(now if each is line else each for each in cart.lines))
    return cart


def _item_now(store: Store, line: CartLine) -> CartItem | None:
    if line.barcode:
        try:
            offers = store.read(scan, text=line.barcode).offers
        except Refusal:
            offers = ()
        for each in offers:
            if each.product_id == line.product_id:
                return each.item
    now = store.read(offer, product_id=line.product_id)
    return now.item if now is not None else None
