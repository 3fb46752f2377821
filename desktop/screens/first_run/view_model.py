"""The first run: answers step by step, kept at every step, written as operations at the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.config.i18n import percent, refusal_text, tr
from desktop.config.settings import PrinterChoice, Settings
from desktop.config.speech import DocumentSpeech
from desktop.screens.first_run.answers import (
    CLUB,
    DRAWER,
    LOOK,
    OWN_RATE,
    PEOPLE,
    STEPS,
    TAXES,
    Answers,
    answers_from,
    check_printer,
)
from desktop.screens.first_run.sample import sample_receipt
from desktop.store.errors import NotSaved
from desktop.store.pins import Pins, new_code
from desktop.store.session import Session, local_owner
from desktop.store.store import Store
from shared.branches.commands import set_up_branch
from shared.branches.queries import is_set_up
from shared.branches.rules import RATE_BP_MAX, TaxRateGiven, check_name, check_text
from shared.core.clock import Clock
from shared.core.errors import Refusal
from shared.core.paper import Paper
from shared.core.text import N_
from shared.ledger.operation import Operation
from shared.staff.commands import add_person
from shared.staff.queries import colleagues, owner_exists
from shared.staff.rules import APPROVER_DIGITS_MIN, Role, check_pin

CODE_TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class Secret:
    """What is typed on the last step and never kept: PINs twice, and the end of the recovery code as it was written down."""

    owner: str = ""
    owner_again: str = ""
    cashier: str = ""
    code_tail: str = ""


@dataclass(frozen=True, slots=True)
class FirstRunState:
    """Everything the screen shows. `problems`: field → sentence. `code`: the recovery code, to be written down."""

    answers: Answers
    code: str
    problems: Mapping[str, str] = field(default_factory=dict)
    is_busy: bool = False

    @property
    def step(self) -> int:
        """Index into STEPS."""
        return self.answers.step

    @property
    def may_skip(self) -> bool:
        """Whether the defaults of this step can stand."""
        return self.step not in {CLUB, PEOPLE}


class FirstRunViewModel(QObject):
    """Sets a club up.

    Signals: changed — the state is new; wrong — Next was asked and something must be mended first, carries the field.
    """

    changed = Signal()
    wrong = Signal(str)

    def __init__(
        self,
        store: Store,
        session: Session,
        settings: Settings,
        go: Callable[[str], None],
        clock: Clock,
        use_printer: Callable[[PrinterChoice], None],
        show_example: Callable[[], None],
    ) -> None:
        super().__init__()
        self._store, self._session, self.settings, self._go, self._clock = store, session, settings, go, clock
        self._use_printer, self._show_example = use_printer, show_example
        # Made once: pressing Finish twice is one club.
        self._ops = {name: store.new_op() for name in ("club", "owner", "cashier")}
        answers = answers_from(settings.now.first_run)
        self._state = FirstRunState(answers, new_code())

    @property
    def state(self) -> FirstRunState:
        """What to show."""
        return self._state

    def sample(self) -> Paper:
        """A receipt of the club as it is described so far, in the language in force."""
        return sample_receipt(self._state.answers, DocumentSpeech(), self._clock.wall_ms())

    def change(self, **answers: Any) -> None:
        """Answer something; a problem of that field is gone until Next is asked again."""
        changed = msgspec.structs.replace(self._state.answers, **answers)
        problems = {name: text for name, text in self._state.problems.items() if name not in answers}
        self._show(answers=changed, problems=problems)

    def back(self) -> None:
        """One step back."""
        if self._state.step > LOOK:
            self._turn_to(self._state.step - 1)

    def skip(self) -> None:
        """Leave this step as it is, where that is possible."""
        if self._state.may_skip:
            self._turn_to(self._state.step + 1)

    def next(self, secret: Secret | None = None) -> None:
        """Check this step and go on; on the last one make the club, for which `secret` is needed."""
        if self._state.is_busy:
            return
        problems = self._problems(secret or Secret())
        if problems:
            self._show(problems=problems)
            self.wrong.emit(next(iter(problems)))
        elif self._state.step < PEOPLE:
            self._turn_to(self._state.step + 1)
        else:
            self._finish(secret or Secret())

    def example(self) -> None:
        """Open the example club in a folder of its own; this set-up waits."""
        self._keep()
        self._show_example()

    def stop(self) -> None:
        """Keep the answers so far."""
        if self._session.is_setting_up:
            self._keep()

    def _turn_to(self, step: int) -> None:
        self._show(answers=msgspec.structs.replace(self._state.answers, step=step), problems={})
        self._keep()

    def _keep(self) -> None:
        self.settings.change(first_run=self._state.answers.to_keep())

    def _problems(self, secret: Secret) -> dict[str, str]:
        answers = self._state.answers
        checks: dict[str, Callable[[], object]] = {}
        if answers.step == CLUB:
            texts = ("legal_name", "tax_number", "address", "receipt_footer")
            checks = {name: lambda name=name: check_text(getattr(answers, name)) for name in texts}  # type: ignore[misc]
            checks = {"name": lambda: check_name(answers.name), **checks}
        elif answers.step == DRAWER:
            checks = {"printer": lambda: check_printer(answers)}
        elif answers.step == TAXES and answers.tax == OWN_RATE:
            checks = {"own_rate": lambda: _check_rate(answers.own_rate_bp)}
        elif answers.step == PEOPLE:
            checks = {
                "owner": lambda: check_name(answers.owner),
                "owner_pin": lambda: _check_owner_pin(secret.owner),
                "owner_again": lambda: _check_same(secret.owner, secret.owner_again),
                "code": lambda: self._check_code(secret.code_tail),
                "cashier_pin": lambda: check_pin(secret.cashier) if answers.cashier.strip() else None,
            }
        problems: dict[str, str] = {}
        for name, check in checks.items():
            try:
                check()
            except Refusal as no:
                problems[name] = refusal_text(no, answers.currency)
        return problems

    def _check_code(self, tail: str) -> None:
        if tail.strip().upper() != self._state.code[-CODE_TAIL:]:
            raise Refusal("code_not_written_down", N_("Write the code down, then type its last four signs here"))

    def _finish(self, secret: Secret) -> None:
        self._show(is_busy=True)
        self._session.aside(lambda pins: self._make_club(pins, secret), lambda _none: self._done(), self._refused)

    def _make_club(self, pins: Pins, secret: Secret) -> None:
        """On the thread of sign-ins. What an earlier try has made already is left as it is."""
        answers, read = self._state.answers, self._store.read
        if not read(is_set_up):
            self._do("club", set_up_branch, fields=answers.fields, tax_rates=(_named(answers.tax_rate),))
        if not read(owner_exists):
            pin, code = pins.hash_pin(secret.owner), pins.hash_code(self._state.code)
            self._do("owner", add_person, name=answers.owner, role=Role.OWNER, pin=pin, recovery_hash=code)
        name = answers.cashier.strip()
        if name and name not in {each.name for each in read(colleagues)}:
            self._do("cashier", add_person, name=name, role=Role.CASHIER, pin=pins.hash_pin(secret.cashier))

    def _do(self, part: str, command: Callable[..., Operation], **args: Any) -> None:
        self._store.do(command, op=self._ops[part], actor=local_owner(), args=args)

    def _done(self) -> None:
        choice = self._state.answers.printer_choice
        self.settings.change(first_run={}, printer=choice)
        if choice.kind != "none":
            self._use_printer(choice)
        self._go("sign_in")

    def _refused(self, no: Refusal | NotSaved) -> None:
        sentence = refusal_text(no) if isinstance(no, Refusal) else tr(no.text, **no.params)
        self._show(is_busy=False, problems={"owner_pin": sentence})
        self.wrong.emit("owner_pin")

    def _show(self, **changes: Any) -> None:
        state = replace(self._state, **changes)
        if state != self._state and isValid(self):
            self._state = state
            self.changed.emit()


def step_names() -> list[str]:
    """The steps in the language in force."""
    return [tr(name) for name in STEPS]


def _named(rate: TaxRateGiven) -> TaxRateGiven:
    """A rate under the name that goods and receipts will show, in the language of whoever sets up."""
    name = tr(rate.name) if rate.name else tr("VAT {rate}", rate=percent(rate.rate_bp))
    return TaxRateGiven(name, rate.rate_bp, rate.included, rate.is_default)


def _check_rate(rate_bp: int) -> None:
    if not 0 < rate_bp <= RATE_BP_MAX:
        raise Refusal("bad_tax_rate", N_("A tax rate lies between 0 and 100 %"))


def _check_owner_pin(pin: str) -> None:
    # First what the label of the field asks: the rule for everybody names fewer digits.
    if len(pin.strip()) < APPROVER_DIGITS_MIN:
        text = N_("Who approves for others needs a PIN of at least {least} digits")
        raise Refusal("pin_too_short_for_role", text, least=APPROVER_DIGITS_MIN)
    check_pin(pin)


def _check_same(pin: str, again: str) -> None:
    if pin != again:
        raise Refusal("pins_differ", N_("The two PINs differ. Type the second one again"))
