"""A club that is set up, in a temporary folder: everything a desk has, with real PINs, for tests of screens and windows."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from pytestqt.qtbot import QtBot

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.gui import Delivery
from desktop.config.secrets import PIN_PEPPER, FileSecrets, MemorySecrets
from desktop.store.pins import Pins
from desktop.store.session import SignedIn, local_owner
from shared.branches.commands import set_up_branch
from shared.branches.operations import BranchFields
from shared.branches.rules import TaxRateGiven
from shared.core.clock import ManualClock
from shared.ledger.log import Recorded
from shared.ledger.operation import Operation
from shared.shifts.commands import open_shift
from shared.staff.commands import add_person
from shared.staff.queries import colleagues
from shared.staff.rules import HashedPin, Role

SATURDAY_MORNING: Final = 1_795_244_064_000
"""21 November 2026, 09:54 in Moscow."""
RECOVERY_CODE: Final = "2345-6789-ABCD-EFGH-JKLM"
STAFF: Final = (
    ("Анна Соколова", Role.CASHIER, "4826"),
    ("Марат Каримов", Role.CASHIER, "5937"),
    ("Пётр Лазарев", Role.SHIFT_LEAD, "604182"),
    ("Юлия Белова", Role.OWNER, "738295"),
)
PINS: Final = {name: pin for name, _role, pin in STAFF}


_PEPPER: Final = b"one pepper for every test club.."


@cache
def _hashed(pin: str) -> HashedPin:
    """Hashing takes long on purpose; one club's hashes serve all, for all have one pepper."""
    return _pins().hash_pin(pin)


@cache
def _hashed_code() -> str:
    return _pins().hash_code(RECOVERY_CODE)


def _pins() -> Pins:
    secrets = MemorySecrets()
    secrets.put(PIN_PEPPER, _PEPPER)
    return Pins(secrets)


class ClubForTests:
    """A desk with a club, four people and no goods. What threads hand over runs on the thread of the test, under Qt."""

    def __init__(self, root: Path, *, set_up: bool = True) -> None:
        self.root = root
        self.clock = ManualClock(SATURDAY_MORNING)
        self.deliver = Delivery()
        root.mkdir(parents=True, exist_ok=True)
        FileSecrets(root / "secrets.json").put(PIN_PEPPER, _PEPPER)
        self.parts = self._open()
        if set_up:
            self._set_up()

    def _open(self) -> DeskParts:
        return open_desk(self.root, deliver=self.deliver, clock=self.clock, is_test=True, keyring_allowed=False)

    def _set_up(self) -> None:
        fields = BranchFields(name="Клуб на Лесной", time_zone="Europe/Moscow", currency="RUB")
        self.does(set_up_branch, fields=fields, tax_rates=(TaxRateGiven("Без НДС", 0, is_default=True),))
        for name, role, pin in STAFF:
            code = _hashed_code() if role is Role.OWNER else None
            self.does(add_person, name=name, role=role, pin=_hashed(pin), recovery_hash=code)

    def does(self, command: Callable[..., Operation], **args: Any) -> Recorded:
        """Ask a command as whoever is signed in, or as the local owner, and wait. Raises Refusal, NotSaved."""
        session, store = self.parts.session, self.parts.store
        actor = session.actor if session.person is not None else local_owner()
        return store.do(command, op=store.new_op(), actor=actor, args=args)

    def id_of(self, name: str) -> str:
        """The id of a person by name."""
        return next(each.staff_id for each in self.parts.store.read(colleagues) if each.name == name)

    def signs_in(self, name: str = "Анна Соколова") -> SignedIn:
        """Sign somebody in and wait."""
        return self.parts.session.sign_in_now(self.id_of(name), PINS[name])

    def opens_shift(self, name: str = "Анна Соколова", float_minor: int = 300_000) -> None:
        """Sign somebody in and open the shift with change in the drawer."""
        self.signs_in(name)
        self.does(open_shift, float_minor=float_minor)

    def settles(self, qtbot: QtBot) -> None:
        """Wait until everything asked so far is done and told."""
        self.parts.store.settle()
        told: list[bool] = []
        self.parts.session.aside(lambda _pins: None, told.append, told.append)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(told))

    def restart(self) -> None:
        """Stop in good order and start again."""
        self.parts.close()
        self.parts = self._open()

    def close(self) -> None:
        self.parts.close()
