"""What the settings hold, who may change them, and what became of a change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import refusal_text, tr
from desktop.config.settings import PrinterChoice, Settings
from desktop.devices.printer_settings import PrinterSettings
from desktop.devices.printer_status import CAUSES
from desktop.devices.printing import Printing, settings_of
from desktop.devices.scanner import WedgeSettings
from desktop.store import backup
from desktop.store.errors import NotSaved
from desktop.store.pins import new_code
from desktop.store.session import Session
from desktop.store.store import Store
from shared.branches.commands import change_branch, put_tax_rate
from shared.branches.operations import BranchFields
from shared.branches.queries import TaxRateKnown, branch_settings, tax_rates
from shared.branches.rules import BranchSettings, TaxRateGiven
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.ledger.operation import Operation
from shared.staff.commands import add_person, change_person, set_pin
from shared.staff.queries import Colleague, all_staff
from shared.staff.rules import RIGHTS, Right, Role

CLUB, TAXES, STAFF, DEVICES, LOOK, BACKUPS = range(6)
TABS: Final = 6
_BACKUP_REASON: Final = "manual"
Done = Callable[[], None]


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything the screen shows. `problem` is a finished sentence; `newest_backup` an instant as text, or empty."""

    club: BranchSettings
    rates: tuple[TaxRateKnown, ...] = ()
    people: tuple[Colleague, ...] = ()
    rights: frozenset[str] = frozenset()
    printer: PrinterChoice = field(default_factory=PrinterChoice)
    printer_options: PrinterSettings = field(default_factory=PrinterSettings)
    printer_words: str = ""
    has_printer: bool = False
    scanner: WedgeSettings = field(default_factory=WedgeSettings)
    backups: tuple[backup.Backup, ...] = ()
    is_backing_up: bool = False
    tab: int = CLUB
    problem: str = ""

    @property
    def may_change(self) -> bool:
        """Whether club, taxes and devices are in this person's hands."""
        return Right.CHANGE_SETTINGS in self.rights

    @property
    def may_edit_staff(self) -> bool:
        """Whether people are."""
        return Right.EDIT_STAFF in self.rights

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles this person may give: none above their own."""
        return tuple(role for role, rights in RIGHTS.items() if rights <= self.rights)


class SettingsViewModel(QObject):
    """Changes settings.

    Signals: changed — the state is new; told — something was done, in words; code_made — a recovery code to write down.
    """

    changed = Signal()
    told = Signal(str)
    code_made = Signal(str)

    def __init__(
        self,
        store: Store,
        session: Session,
        settings: Settings,
        printing: Printing,
        deliver: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__()
        self._store, self._session, self.settings, self._printing, self._deliver = store, session, settings, printing, deliver
        self._state = SettingsState(store.read(branch_settings))
        self._stops = [
            store.watch("branches", self._reload),
            store.watch("staff", self._reload),
            session.on_change(self._reload),
            settings.on_change(self._reload),
            printing.on_change(self._reload),
        ]
        self._reload()

    @property
    def state(self) -> SettingsState:
        """What to show."""
        return self._state

    def open_tab(self, tab: int) -> None:
        """Show another group of settings."""
        self._show(tab=tab % TABS, problem="")

    def save_club(self, fields: Mapping[str, Any]) -> None:
        """Change what differs of the club's settings."""
        now = msgspec.structs.asdict(self._state.club)
        trimmed: dict[str, Any] = {
            name: " ".join(value.split()) if isinstance(value, str) else value for name, value in fields.items()
        }
        changed = {name: value for name, value in trimmed.items() if now.get(name) != value}
        if not changed:
            self._refuse_words(tr("Nothing was changed"))
            return
        self._write(change_branch, tr("The club is saved"), fields=BranchFields(**changed))

    def put_rate(self, rate: TaxRateGiven, tax_rate_id: Id | None = None, done: Done | None = None) -> None:
        """Add or change a rate; a new default takes the place of the old one."""
        before = [known for known in self._state.rates if known.is_default and known.tax_rate_id != tax_rate_id]

        def then() -> None:
            for known in before if rate.is_default else ():
                plain = TaxRateGiven(known.name, known.rate_bp, known.included, is_default=False)
                self._write(put_tax_rate, "", rate=plain, tax_rate_id=known.tax_rate_id)
            if done is not None:
                done()

        self._write(put_tax_rate, tr("The rate is saved"), then, rate=rate, tax_rate_id=tax_rate_id)

    def archive_rate(self, known: TaxRateKnown) -> None:
        """Take a rate out of use; the default one stays."""
        if known.is_default:
            self._refuse_words(tr("New goods get this rate. Make another one the default first"))
            return
        rate = TaxRateGiven(known.name, known.rate_bp, known.included)
        self._write(put_tax_rate, tr("The rate is out of use"), rate=rate, tax_rate_id=known.tax_rate_id, archived=True)

    def add_person(self, name: str, role: Role, pin: str, done: Done) -> None:
        """Somebody starts to work here; an owner gets a recovery code."""
        code = new_code() if role is Role.OWNER else ""

        def hashed(made: tuple[Any, str | None]) -> None:
            args = {"name": name, "role": role, "pin": made[0], "recovery_hash": made[1]}
            self._write(add_person, tr("{name} can sign in now", name=name), lambda: self._added(code, done), **args)

        self._session.aside(lambda pins: (pins.hash_pin(pin), pins.hash_code(code) if code else None), hashed, self._refuse)

    def change_person(self, person: Colleague, name: str, role: Role, pin: str, done: Done) -> None:
        """A new name, role or PIN; an empty PIN stays as it is."""
        changes: dict[str, Any] = {}
        if name != person.name:
            changes["name"] = name
        if role is not person.role:
            changes["role"] = role
        if pin:

            def hashed(made: Any) -> None:
                self._new_pin(person, made, changes, done)

            self._session.aside(lambda pins: pins.hash_pin(pin), hashed, self._refuse)
        elif changes:
            self._write(change_person, tr("{name} is saved", name=name), done, staff_id=person.staff_id, **changes)
        else:
            done()

    def archive_person(self, person: Colleague, *, archived: bool, done: Done) -> None:
        """Let somebody go, or take them back."""
        words = tr("{name} cannot sign in any more", name=person.name)
        said = words if archived else tr("{name} can sign in now", name=person.name)
        self._write(change_person, said, done, staff_id=person.staff_id, archived=archived)

    def use_printer(self, choice: PrinterChoice) -> None:
        """Keep a printer and use it at once."""
        try:
            self._printing.use(choice)
        except NotSaved as no:
            self._refuse(no)
            return
        self.settings.change(printer=choice)
        self._show(problem="")
        self.told.emit(tr("The printer is saved"))

    def test_print(self) -> None:
        """Print a page that shows width, letters and sums."""
        try:
            self._printing.test_print()
        except (Refusal, NotSaved) as no:
            self._refuse(no)
        else:
            self.told.emit(tr("The test page is on its way"))

    def use_scanner(self, wedge: WedgeSettings) -> None:
        """Keep how the scanner types."""
        self.settings.change(scanner=msgspec.to_builtins(wedge))
        self.told.emit(tr("The scanner is saved"))

    def back_up(self) -> None:
        """Make a verified backup now."""
        if self._state.is_backing_up:
            return
        self._show(is_backing_up=True, problem="")
        future = self._store.backup_now(_BACKUP_REASON)
        future.add_done_callback(lambda made: self._deliver(lambda: self._backed_up(made.exception())))

    def stop(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()
        self._stops = []

    def _new_pin(self, person: Colleague, made: Any, changes: Mapping[str, Any], done: Done) -> None:
        def then() -> None:
            if changes:
                self._write(change_person, tr("{name} is saved", name=person.name), done, staff_id=person.staff_id, **changes)
            else:
                done()

        said = "" if changes else tr("{name} has a new PIN", name=person.name)
        self._write(set_pin, said, then, staff_id=person.staff_id, pin=made)

    def _added(self, code: str, done: Done) -> None:
        done()
        if code:
            self.code_made.emit(code)

    def _backed_up(self, fault: BaseException | None) -> None:
        if fault is None:
            self.told.emit(tr("The backup is made and verified"))
        words = tr("The backup was not made: {cause}. Look at the disk, then try again", cause=str(fault)) if fault else ""
        self._show(is_backing_up=False, problem=words)
        self._reload()

    def _write(self, command: Callable[..., Operation], said: str, done: Done | None = None, **args: Any) -> None:
        def then(_recorded: object) -> None:
            self._show(problem="")
            if said:
                self.told.emit(said)
            if done is not None:
                done()

        try:
            actor = self._session.actor
        except Refusal as no:
            self._refuse(no)
            return
        self._store.write(command, op=self._store.new_op(), actor=actor, args=args, then=then, failed=self._refuse)

    def _refuse(self, no: Refusal | NotSaved) -> None:
        self._refuse_words(refusal_text(no, self._state.club.currency) if isinstance(no, Refusal) else tr(no.text, **no.params))

    def _refuse_words(self, words: str) -> None:
        # The same sentence again must be seen again.
        self._state = replace(self._state, problem="")
        self._show(problem=words)

    def _reload(self) -> None:
        person, printer = self._session.person, self._printing.state
        rights = person.rights if person else frozenset()
        choice = self.settings.now.printer
        words = tr(CAUSES.get(printer.cause, printer.cause)) if printer.cause else tr("The printer is ready")
        self._show(
            club=self._store.read(branch_settings),
            rates=self._store.read(tax_rates),
            people=self._store.read(all_staff) if Right.EDIT_STAFF in rights else (),
            rights=rights,
            printer=choice,
            printer_options=settings_of(choice),
            printer_words=words if printer.has_printer else tr("No printer is set up"),
            has_printer=printer.has_printer,
            scanner=WedgeSettings(**self.settings.now.scanner),
            backups=tuple(backup.backups(self._store.folder)),
        )

    def _show(self, **changes: Any) -> None:
        state = replace(self._state, **changes)
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()
