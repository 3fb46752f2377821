"""What the first run asks, and what follows from the answers."""

from typing import Any, Final

import msgspec

from desktop.config.settings import PrinterChoice, PrinterKind
from shared.branches.operations import BranchFields
from shared.branches.rules import BranchSettings, TaxRateGiven
from shared.core.errors import Refusal
from shared.core.money import RoundingWay
from shared.core.text import N_

STEPS: Final = (N_("Language and look"), N_("The club"), N_("Taxes"), N_("Drawer and printer"), N_("People and PINs"))
LOOK, CLUB, TAXES, DRAWER, PEOPLE = range(5)
OWN_RATE: Final = "own"
NOBODY: Final = "00000000-0000-0000-0000-000000000000"
"""The club of a sample has no id yet."""

TAXES_READY: Final = (
    ("none", N_("Without VAT"), 0, N_("simplified system up to the limit, patent, professional income")),
    ("vat5", N_("VAT 5 %"), 500, N_("simplified system, lower rate")),
    ("vat7", N_("VAT 7 %"), 700, N_("simplified system, second rate")),
    ("vat10", N_("VAT 10 %"), 1_000, N_("goods of the reduced list")),
    ("vat20", N_("VAT 20 %"), 2_000, N_("general system before 2026")),
    ("vat22", N_("VAT 22 %"), 2_200, N_("general system from 2026")),
)


class Answers(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answers so far; PINs are never among what is kept. Amounts in minor units, `own_rate_bp` in basis points."""

    step: int = LOOK
    name: str = ""
    time_zone: str = "Europe/Moscow"
    currency: str = "RUB"
    legal_name: str = ""
    tax_number: str = ""
    address: str = ""
    receipt_footer: str = ""
    tax: str = "none"
    own_rate_bp: int = 0
    float_minor: int = 300_000
    difference_limit_minor: int = 30_000
    cash_step_minor: int = 0
    printer: PrinterKind = "none"
    host: str = ""
    port: int = 9100
    folder: str = ""
    owner: str = ""
    cashier: str = ""

    def to_keep(self) -> dict[str, Any]:
        """What is written into the settings so that the set-up can be left and taken up."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept

    @property
    def fields(self) -> BranchFields:
        """The club as its set-up takes it."""
        return BranchFields(
            name=self.name,
            legal_name=self.legal_name,
            tax_number=self.tax_number,
            address=self.address,
            receipt_footer=self.receipt_footer,
            time_zone=self.time_zone,
            currency=self.currency,
            cash_step_minor=self.cash_step_minor,
            cash_rounding=RoundingWay.DOWN,
            difference_limit_minor=self.difference_limit_minor,
            float_minor=self.float_minor,
        )

    @property
    def tax_rate(self) -> TaxRateGiven:
        """The rate for new goods, without its translated name."""
        ready = {key: (name, rate) for key, name, rate, _note in TAXES_READY}
        name, rate = ready.get(self.tax, ("", self.own_rate_bp))
        return TaxRateGiven(name, rate, included=True, is_default=True)

    @property
    def printer_choice(self) -> PrinterChoice:
        """Where papers will go."""
        return PrinterChoice(kind=self.printer, host=self.host, port=self.port, folder=self.folder)

    def settings(self) -> BranchSettings:
        """The club as documents see it, for the sample receipt."""
        known = {name: value for name, value in self.fields.given().items() if value != ""}
        return msgspec.convert({"branch_id": NOBODY, "name": "", **known}, BranchSettings)


def answers_from(kept: dict[str, Any]) -> Answers:
    """Take up a set-up that was left; one that cannot be read begins anew."""
    try:
        return msgspec.convert(kept, Answers)
    except msgspec.ValidationError:
        return Answers()


def check_printer(answers: Answers) -> None:
    """Raises Refusal when a printer was chosen but not where it is."""
    if answers.printer == "network" and not answers.host.strip():
        raise Refusal("printer_without_address", N_("Type the printer's address, for example 192.168.0.50, or choose Later"))
    if answers.printer == "file" and not answers.folder.strip():
        raise Refusal("printer_without_folder", N_("Type the folder or the device file, or choose Later"))
