"""A list of 100,000 goods of which only what is on the screen is read."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import overload

from desktop.store.goods_list import GoodsListed
from shared.core.ids import Id

ROWS_PER_PAGE = 50
PAGES_KEPT = 20


class PagedGoods(Sequence[GoodsListed]):
    """Rows by place; a page is read when one of its rows is looked at, and the last 20 pages are kept."""

    def __init__(self, ids: tuple[Id, ...], read: Callable[[tuple[Id, ...]], tuple[GoodsListed, ...]]) -> None:
        self._ids, self._read = ids, read
        self._pages: OrderedDict[int, tuple[GoodsListed, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> GoodsListed: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[GoodsListed]: ...
    def __getitem__(self, place: int | slice) -> GoodsListed | Sequence[GoodsListed]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if not 0 <= place < len(self._ids):
            raise IndexError(place)
        number, row = divmod(place, ROWS_PER_PAGE)
        if number in self._pages:
            self._pages.move_to_end(number)
        else:
            begin = number * ROWS_PER_PAGE
            self._pages[number] = self._read(self._ids[begin : begin + ROWS_PER_PAGE])
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return self._pages[number][row]
