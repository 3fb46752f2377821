"""The card of an item while it is edited, and what of it has changed."""

from dataclasses import dataclass
from typing import Final

from shared.catalog.queries import ProductShown
from shared.catalog.rules import ProductFields
from shared.core.ids import Id

FIELD_OF: Final = {
    "name_is_empty": "name",
    "name_too_long": "name",
    "price_is_negative": "price_minor",
    "price_is_too_large": "price_minor",
    "unknown_unit": "unit",
    "bad_age_mark": "age_mark",
    "bad_quick_code": "code",
    "bad_tile": "tile",
    "barcode_in_use": "barcodes",
    "barcode_is_short": "barcodes",
    "barcode_is_misread": "barcodes",
    "too_many_barcodes": "barcodes",
    "code_is_empty": "barcodes",
    "bad_quantity": "count_milli",
    "bad_cost": "cost_minor",
    "amount_is_too_large": "cost_minor",
}
"""At which field of the card a refusal is shown."""
AGE_MARKS: Final = (0, 6, 12, 14, 16, 18, 21)
COMPARED: Final = (
    "name", "category", "brand", "unit", "price_minor", "tax_rate_id", "age_mark", "code", "tile", "tracked", "subject",
    "archived",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as the card shows it; `product_id` is empty for a new one.

    `count_milli` (thousandths) and `cost_minor` are typed only when somebody has counted what lies there.
    """

    product_id: Id = ""
    name: str = ""
    category: str = ""
    brand: str = ""
    unit: str = "pc"
    price_minor: int | None = None
    tax_rate_id: Id = ""
    age_mark: int = 0
    code: str = ""
    tile: int = 0
    tracked: bool = True
    subject: str = "goods"
    archived: bool = False
    barcodes: tuple[str, ...] = ()
    count_milli: int | None = None
    cost_minor: int | None = None


def draft_of(shown: ProductShown, barcodes: tuple[str, ...]) -> Draft:
    """The card of an item."""
    return Draft(
        product_id=shown.product_id,
        barcodes=barcodes,
        name=shown.name,
        category=shown.category,
        brand=shown.brand,
        unit=shown.unit,
        price_minor=shown.price_minor,
        tax_rate_id=shown.tax_rate_id,
        age_mark=shown.age_mark,
        code=shown.code,
        tile=shown.tile,
        tracked=shown.tracked,
        subject=shown.subject,
        archived=shown.archived,
    )


def given(draft: Draft, saved: Draft) -> ProductFields:
    """What differs, for the command. The name of a new item goes along even when it is empty, so that it is refused by name."""
    changes = {name: getattr(draft, name) for name in COMPARED if getattr(draft, name) != getattr(saved, name)}
    if not draft.product_id:
        changes["name"] = draft.name
        changes.setdefault("unit", draft.unit)
    return ProductFields(**{name: value for name, value in changes.items() if value is not None})
