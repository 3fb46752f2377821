"""Finding goods by what a person types: codes first, then beginnings of words, then parts of words."""

from collections.abc import Iterator

from desktop.store.search_index import PRICED
from shared.catalog.queries import categories
from shared.catalog.search_text import fold, layout_twin
from shared.core.columns import id_bytes, id_text
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.ledger.prepared import fetch
from shared.ledger.transaction import Reading, query
from shared.sales.queries import Offer, by_quick_code, offers_by_id, scan

MOST = 200
TEXT_MAX = 100
WORDS_MAX = 8
PART_LENGTH_MIN = 3
"""Trigrams know nothing shorter."""
BARCODE_LENGTH_MIN = 4

_BY_WORDS = "SELECT product_id FROM goods_words(?) JOIN products ON products.rowid = goods_words.rowid"
_BY_PARTS = "SELECT product_id FROM goods_parts(?) JOIN products ON products.rowid = goods_parts.rowid"
_OF_CATEGORY = (
    "SELECT product_id FROM products WHERE category_id IN ({marks}) AND archived IS NOT 1 AND name IS NOT NULL"
    " ORDER BY price_minor IS NULL, name LIMIT ?"
)
_BY_BARCODE_START = (
    "SELECT barcodes.product_id FROM barcodes JOIN products USING (product_id)"
    " WHERE barcode >= ? AND barcode < ? AND barcodes.archived IS NOT 1 AND products.archived IS NOT 1 LIMIT ?"
)


@query()
def search_goods(read: Reading, *, text: str, category_id: Id | None = None, most: int = 30) -> tuple[Offer, ...]:
    """Goods that match a text, at most 200: the code itself, words that begin so, words that hold it; what has a price first.

    Every word must match. When nothing does, the same keys under the other keyboard layout are tried. An empty text lists the
    category, and nothing without one. Archived goods are never found.
    """
    most = max(0, min(most, MOST))
    text = text.strip()[:TEXT_MAX]
    within = with_those_below(read, category_id) if category_id is not None else ()
    if not text:
        return offers_by_id(read, _of_category(read, within, most))
    exact = () if within else _exact(read, text)
    found = _matching(read, fold(text), within, most)
    if not found and not exact:
        found = _matching(read, fold(layout_twin(text)), within, most)
    if not within and len(found) + len(exact) < most:
        found |= dict.fromkeys(_by_barcode_start(read, text, most))
    codes = {offer.product_id for offer in exact}
    rest = [product for product in found if product not in codes]
    return (*exact, *offers_by_id(read, rest[: max(0, most - len(exact))]))


def _exact(read: Reading, text: str) -> tuple[Offer, ...]:
    """Goods whose barcode or quick code this is."""
    by_code = by_quick_code(read, code=text) if text.isdecimal() else ()
    try:
        by_barcode = scan(read, text=text).offers if len(text) >= BARCODE_LENGTH_MIN and " " not in text else ()
    except Refusal:
        by_barcode = ()  # half a barcode is no mistake here
    return tuple({offer.product_id: offer for offer in (*by_barcode, *by_code)}.values())


def _matching(read: Reading, folded: str, within: tuple[Id, ...], most: int) -> dict[Id, None]:
    """Ids in order: priced goods before others, beginnings of words before parts of words."""
    words = folded.split()[:WORDS_MAX]
    found: dict[Id, None] = {}
    if not words:
        return found
    for statement, asked, short in _ways(words):
        if len(found) >= most:
            break
        found |= dict.fromkeys(_ask(read, statement, asked, short, within, most))
    return found


def _ways(words: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Statement, question to the index, and short words that the index cannot answer."""
    beginnings = " ".join(f'"{word}"*' for word in words)
    yield _BY_WORDS, f'{beginnings} "{PRICED}"', []
    yield _BY_WORDS, beginnings, []
    long = [word for word in words if len(word) >= PART_LENGTH_MIN]
    if long:
        yield _BY_PARTS, " ".join(f'"{word}"' for word in long), [word for word in words if len(word) < PART_LENGTH_MIN]


def _ask(read: Reading, statement: str, asked: str, short: list[str], within: tuple[Id, ...], most: int) -> Iterator[Id]:
    conditions: list[str] = []
    params: list[object] = [asked]
    for word in short:
        conditions.append("instr(' ' || search, ?)")
        params.append(" " + word)
    if within:
        conditions.append(f"category_id IN ({marks(within)})")
        params.extend(bound(within))
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    return found_ids(read, f"{statement}{where} LIMIT ?", [*params, most])


def _of_category(read: Reading, within: tuple[Id, ...], most: int) -> Iterator[Id]:
    return found_ids(read, _OF_CATEGORY.format(marks=marks(within)), [*bound(within), most])


def _by_barcode_start(read: Reading, text: str, most: int) -> Iterator[Id]:
    if not text.isdecimal() or len(text) < BARCODE_LENGTH_MIN:
        return iter(())
    return found_ids(read, _BY_BARCODE_START, [text, text + ":", most])


def with_those_below(read: Reading, category_id: Id) -> tuple[Id, ...]:
    """A category and all categories inside it; a category nobody knows holds nothing."""
    known = categories(read)
    path = next((shown.path for shown in known if shown.category_id == category_id), None)
    below = [shown.category_id for shown in known if path is not None and f"{shown.path}/".startswith(f"{path}/")]
    return tuple(below) or (category_id,)


def found_ids(read: Reading, statement: str, params: list[object]) -> Iterator[Id]:
    """Ids in the first column of a statement's rows."""
    for row in fetch(read.connection, statement, params):
        product = id_text(row[0])
        if product is not None:
            yield product


def marks(ids: tuple[Id, ...]) -> str:
    """As many parameter marks as there are ids."""
    return ", ".join("?" * len(ids))


def bound(ids: tuple[Id, ...]) -> list[object]:
    """Ids as the database keeps them."""
    return [id_bytes(product) for product in ids]
