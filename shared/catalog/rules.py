"""What goods must satisfy."""

from functools import lru_cache

import msgspec

from shared.core.errors import Refusal
from shared.core.text import N_, one_line

NAME_LENGTH_MAX = 200
PATH_LENGTH_MAX = 300
CODE_LENGTH_MAX = 8
ICON_LENGTH_MAX = 40
TILES = 27
"""Three pages of nine."""
AGE_MARK_MAX = 21
PLACE_MAX = 9_999
BARCODES_MAX = 20
PRICE_MAX_MINOR = 10**12
UNITS = ("pc", "kg", "g", "l", "ml", "m", "h")
SUBJECTS = ("goods", "excise", "service")
"""Payment subjects of the fiscal formats: goods, excise goods, service."""


class ProductFields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fields of a product that are set; what is left out stays as it is. An empty text or a zero takes a value away."""

    name: str | None = None
    category: str | None = None
    brand: str | None = None
    unit: str | None = None
    price_minor: int | None = None
    tax_rate_id: str | None = None
    age_mark: int | None = None
    code: str | None = None
    tile: int | None = None
    tracked: bool | None = None
    subject: str | None = None
    archived: bool | None = None


class GoodsGiven(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of an import: new goods, or new values for goods with the same barcode, quick code or, without both, name."""

    fields: ProductFields
    barcodes: tuple[str, ...] = ()


# A part of an import asks for each name three times.
@lru_cache(maxsize=256)
def check_product_name(name: str) -> str:
    """The name trimmed. Raises Refusal when nothing is left or it is too long."""
    trimmed = one_line(name)
    if not trimmed:
        raise Refusal("name_is_empty", N_("The name is empty. Type it in"))
    if len(trimmed) > NAME_LENGTH_MAX:
        raise Refusal("name_too_long", N_("The name is longer than {most} characters. Shorten it"), most=NAME_LENGTH_MAX)
    return trimmed


def check_icon(icon: str) -> str:
    """The name of an icon. Raises Refusal when it is too long to be one."""
    if len(icon) > ICON_LENGTH_MAX:
        raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=ICON_LENGTH_MAX)
    return icon


def check_fields(fields: ProductFields) -> None:
    """Raises Refusal for the first field that cannot be."""
    if fields.name is not None:
        check_product_name(fields.name)
    for text in (fields.brand, fields.category):
        if text is not None and len(text) > PATH_LENGTH_MAX:
            raise Refusal("text_too_long", N_("The text is longer than {most} characters. Shorten it"), most=PATH_LENGTH_MAX)
    if fields.unit is not None and fields.unit not in UNITS:
        raise Refusal("unknown_unit", N_("No unit {unit}. Choose one from the list"), unit=fields.unit)
    if fields.subject is not None and fields.subject not in SUBJECTS:
        raise Refusal("unknown_subject", N_("Goods, excise goods or a service"))
    if fields.price_minor is not None and fields.price_minor < 0:
        raise Refusal("price_is_negative", N_("A price cannot be below zero. Correct it"))
    if fields.price_minor is not None and fields.price_minor > PRICE_MAX_MINOR:
        raise Refusal("price_is_too_large", N_("The price is too large. Check the number"))
    if fields.age_mark is not None and not 0 <= fields.age_mark <= AGE_MARK_MAX:
        raise Refusal("bad_age_mark", N_("An age mark lies between 0 and {most}"), most=AGE_MARK_MAX)
    if fields.tile is not None and not 0 <= fields.tile <= TILES:
        raise Refusal("bad_tile", N_("Tiles are numbered from 1 to {most}"), most=TILES)
    if fields.code and not (fields.code.isascii() and fields.code.isdigit() and len(fields.code) <= CODE_LENGTH_MAX):
        raise Refusal("bad_quick_code", N_("A quick code is up to {most} digits"), most=CODE_LENGTH_MAX)
