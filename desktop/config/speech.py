"""How documents speak: the language in force, in the core's own words for it."""

from desktop.config import i18n
from shared.core import money
from shared.core.calendar import local_time


class DocumentSpeech:
    """`shared.core.text.Speech` for receipts and reports."""

    def tr(self, text: str, **params: str | int) -> str:
        """A marked sentence in the language in force, placeholders filled."""
        return i18n.tr(text, **params)

    def amount(self, amount_minor: int, currency: str) -> str:
        """An amount without its symbol, always with minor units."""
        return i18n.decimal(amount_minor, money.currency(currency).exponent)

    def quantity(self, quantity_milli: int) -> str:
        """A quantity without its unit."""
        return i18n.quantity(quantity_milli)

    def moment(self, at: int, time_zone: str) -> str:
        """Date and time of an instant on a document."""
        local = local_time(at, time_zone)
        return f"{i18n.day_numbers(local.date())} {i18n.clock(local)}"
