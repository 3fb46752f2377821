"""Goods as their own screen lists them: which ones, in order, and what a page of them shows."""

import msgspec

from desktop.store.search import MOST, bound, found_ids, marks, search_goods, with_those_below
from shared.catalog.queries import ProductShown, products_by_id, products_on_tiles
from shared.catalog.search_text import fold
from shared.core.ids import Id
from shared.ledger.prepared import fetch
from shared.ledger.transaction import Reading, query
from shared.staff.rules import Right
from shared.stock.queries import levels_of

_LISTED = "SELECT product_id FROM products WHERE name IS NOT NULL AND archived IS {archived}{more} ORDER BY search, product_id"
_BARCODES = (
    "SELECT product_id, min(barcode), count(*) FROM barcodes"
    " WHERE product_id IN ({marks}) AND archived IS NOT 1 GROUP BY product_id"
)


class GoodsListed(msgspec.Struct, frozen=True):
    """A row of the list. `barcode` is the first of `barcodes`; `stock_milli` is None when the item is not counted."""

    product: ProductShown
    barcode: str
    barcodes: int
    stock_milli: int | None


@query(Right.EDIT_GOODS)
def goods_listed(read: Reading, *, text: str = "", category_id: Id | None = None, archived: bool = False) -> tuple[Id, ...]:
    """Ids of goods: all by name, or what a text finds, best first, at most 200. `archived`: only those put away."""
    if text.strip() and not archived:
        return tuple(offer.product_id for offer in search_goods(read, text=text, category_id=category_id, most=MOST))
    more, params = "", list[object]()
    if category_id is not None:
        within = with_those_below(read, category_id)
        more += f" AND category_id IN ({marks(within)})"
        params += bound(within)
    for word in fold(text).split():
        more += " AND instr(search, ?)"
        params.append(word)
    statement = _LISTED.format(archived="1" if archived else "NOT 1", more=more)
    return tuple(found_ids(read, statement, params))


@query(Right.EDIT_GOODS)
def goods_rows(read: Reading, *, products: tuple[Id, ...]) -> tuple[GoodsListed, ...]:
    """Rows of the list in the order of the given ids, at most 200; an id nobody knows is left out."""
    products = products[:MOST]
    shown = products_by_id(read, products)
    levels = levels_of(read, [product for product in products if product in shown and shown[product].tracked])
    codes = _barcodes(read, products)
    return tuple(
        GoodsListed(shown[product], *codes.get(product, ("", 0)), levels[product].quantity_milli if product in levels else None)
        for product in products
        if product in shown
    )


@query()
def tile_holders(read: Reading) -> dict[int, str]:
    """Tile → name of the goods on it."""
    return {shown.tile: shown.name for shown in products_on_tiles(read)}


def _barcodes(read: Reading, products: tuple[Id, ...]) -> dict[Id, tuple[str, int]]:
    if not products:
        return {}
    rows = fetch(read.connection, _BARCODES.format(marks=marks(products)), bound(products))
    by_key = {bytes(row[0]): (str(row[1]), int(row[2])) for row in rows}
    keys = {product: bytes.fromhex(product.replace("-", "")) for product in products}
    return {product: by_key[key] for product, key in keys.items() if key in by_key}
