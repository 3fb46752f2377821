"""How goods come into the catalogue and change."""

from typing import Any

import msgspec

from shared.catalog.search_text import fold
from shared.catalog.tables import Barcode, Category, Product, RejectedRow
from shared.core.ids import Id
from shared.ledger.effects import Effects, insert, put
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer


class ProductPut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product made or edited. `name` and `brand` come together whenever one changes, because search reads both."""

    product_id: Id
    name: str | None = None
    brand: str | None = None
    category_id: Id | None = None
    unit: str | None = None
    price_minor: int | None = None
    tax_rate_id: Id | None = None
    age_mark: int | None = None
    code: str | None = None
    tile: int | None = None
    tracked: bool | None = None
    subject: str | None = None
    archived: bool | None = None
    barcodes: tuple[str, ...] = ()
    barcodes_removed: tuple[str, ...] = ()


class CategoryPut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A category made or edited."""

    category_id: Id
    path: str | None = None
    icon: str | None = None
    place: int | None = None
    archived: bool | None = None


@operation("products_put")
class ProductsPut(Operation, frozen=True, kw_only=True):
    """Goods were made or edited: by hand, by settling an unknown scan at the till, or by a part of an import."""

    products: tuple[ProductPut, ...]
    categories: tuple[CategoryPut, ...] = ()
    source: str = "screen"


@reducer(ProductsPut)
def _(op: ProductsPut, env: Envelope) -> Effects:
    for category in op.categories:
        yield put(Category, **_given(category))
    for product in op.products:
        fields = _given(product)
        del fields["barcodes"], fields["barcodes_removed"]
        if product.name is not None:
            fields["search"] = fold(f"{product.name} {product.brand or ''}")
        yield put(Product, **fields)
        for barcode in product.barcodes:
            yield put(Barcode, barcode=barcode, product_id=product.product_id, archived=False)
        for barcode in product.barcodes_removed:
            yield put(Barcode, barcode=barcode, product_id=product.product_id, archived=True)


class Rejected(msgspec.Struct, frozen=True):
    """A row that could not be taken: its number in the file, why, and what stood there."""

    row_no: int
    code: str
    raw: str


@operation("import_finished")
class ImportFinished(Operation, frozen=True, kw_only=True):
    """A goods file was read to its end; `rejected` holds the first rows that could not be taken."""

    file: str
    rows: int
    taken: int
    rejected_count: int
    rejected: tuple[Rejected, ...]


@reducer(ImportFinished)
def _(op: ImportFinished, env: Envelope) -> Effects:
    for line, row in enumerate(op.rejected):
        yield insert(
            RejectedRow,
            op=env.op,
            line=line,
            file=op.file,
            row_no=row.row_no,
            code=row.code,
            raw=row.raw,
            at=env.at,
        )


def _given(fields: msgspec.Struct) -> dict[str, Any]:
    return {name: value for name in fields.__struct_fields__ if (value := getattr(fields, name)) is not None}
