"""Goods within reach: quick tiles by page, categories, and the list a search or a category shows. Values and pure steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop.screens.sale.finding import FOUND_MOST, tiles_by_place
from desktop.store.search import search_goods
from desktop.store.store import Store
from shared.catalog.queries import CategoryShown, categories
from shared.core.ids import Id
from shared.sales.queries import Offer, tiles

PAGE_TILES = 9
"""Tiles of one page: the digits of the numpad."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """`tiles` holds the offers of every page by their place, 1 to 27; `current` is an index into `found`, -1 for none."""

    tiles: Mapping[int, Offer] = field(default_factory=dict)
    page: int = 0
    categories: tuple[CategoryShown, ...] = ()
    category_id: Id | None = None
    searched: str = ""
    found: tuple[Offer, ...] = ()
    current: int = -1

    @property
    def pages(self) -> int:
        """How many pages of tiles are in use, at least one."""
        return max(1, -(-max(self.tiles, default=1) // PAGE_TILES))

    @property
    def chosen(self) -> Offer | None:
        """The current row of the list."""
        return self.found[self.current] if 0 <= self.current < len(self.found) else None

    def tile(self, digit: int) -> Offer | None:
        """What lies under a digit on the page in front."""
        return self.tiles.get(self.page * PAGE_TILES + digit)

    def turned(self, step: int) -> "Shelf":
        """Another page of tiles, round and round."""
        return replace(self, page=(self.page + step) % self.pages)

    def pointed(self, index: int) -> "Shelf":
        """Another row current, stopping at the ends."""
        return replace(self, current=max(0, min(index, len(self.found) - 1))) if self.found else self

    def next_category(self, step: int) -> Id | None:
        """The category beside the one chosen, stopping at the ends; None is "all"."""
        ids = [None, *(shown.category_id for shown in self.categories)]
        now = ids.index(self.category_id) if self.category_id in ids else 0
        return ids[max(0, min(now + step, len(ids) - 1))]


def searched(store: Store, shelf: Shelf, text: str, category_id: Id | None) -> Shelf:
    """The list for a text within a category; the first row of what was searched for is current."""
    found = store.read(search_goods, text=text, category_id=category_id, most=FOUND_MOST)
    current = 0 if text and found else -1
    return replace(shelf, searched=text, category_id=category_id, found=found, current=current)


def refreshed(store: Store, shelf: Shelf) -> Shelf:
    """The same shelf after goods or stock changed."""
    # A chip stands for a category with everything below it.
    shown = tuple(category for category in store.read(categories) if "/" not in category.path)
    now = replace(shelf, tiles=tiles_by_place(store.read(tiles)), categories=shown)
    again = searched(store, now, shelf.searched, shelf.category_id)
    return replace(again, page=min(shelf.page, now.pages - 1), current=min(shelf.current, len(again.found) - 1))
