"""The five steps: what is asked, with the fields that ask it."""

from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.config import i18n
from desktop.config.choices import CASH_ROUNDINGS, LANGUAGES, PRINTERS, THEMES, TIME_ZONES
from desktop.config.i18n import percent, tr
from desktop.design.theme import theme
from desktop.design.tokens import TEXT_SIZES
from desktop.screens.first_run.answers import OWN_RATE, TAXES_READY, Answers
from desktop.screens.first_run.view_model import FirstRunState, FirstRunViewModel, Secret
from desktop.widgets.base import Column, Label, Row, reveal
from desktop.widgets.card import Card
from desktop.widgets.combo import Combo
from desktop.widgets.fields import FormField, LineEdit, MoneyInput
from desktop.widgets.labels import Note
from desktop.widgets.pin_boxes import PIN_LENGTH_MAX
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.segmented import Segmented
from shared.core.money import CURRENCIES
from shared.core.text import N_

HUNDREDTHS: Final = 100


class Step(Column):
    """One step. `title` and `lead` stand above it; `first` takes the focus."""

    title: str = ""
    lead: str = ""

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(gap="l")
        self._model = model
        self._fields: dict[str, FormField] = {}

    @property
    def first(self) -> QWidget:
        """Where the focus goes when the step appears."""
        return next(iter(self._fields.values())).field

    def show_state(self, state: FirstRunState) -> None:
        """Show answers and problems in the language in force."""
        for name, form in self._fields.items():
            form.show_error(state.problems.get(name, ""))

    def focus_on(self, name: str) -> None:
        """Go to the field that must be mended."""
        if name in self._fields:
            self._fields[name].field.setFocus()

    def secret(self) -> Secret | None:
        """What must not be kept; only the last step has it."""
        return None

    def _line(self, name: str, label: str = "") -> LineEdit:
        line = LineEdit()
        self._fields[name] = FormField(label, line)
        line.textEdited.connect(lambda text: self._model.change(**{name: text}))
        return line

    def _put(self, answers: Answers, *names: str) -> None:
        for name in names:
            line = self._fields[name].field
            # The caret of whoever types stays where it is.
            if isinstance(line, QLineEdit) and line.text() != getattr(answers, name):
                line.setText(getattr(answers, name))


class LookStep(Step):
    """Language, theme and text size; the window itself shows what was chosen."""

    title, lead = N_("Language and look"), N_("The window changes at once. Everything can be changed any day.")

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(model)
        self._language, self._theme, self._size = Segmented((("", "-"),)), ChoiceList(), Segmented((("", "-"),))
        self._heads = [Label("", "small", "muted") for _ in range(3)]
        for head, control in zip(self._heads, (self._language, self._theme, self._size), strict=True):
            self.add(Column(head, control, gap="xs"))
        change = model.settings.change
        self._language.chosen.connect(lambda index: change(language=LANGUAGES[index][0]))
        self._theme.chosen.connect(lambda index: change(theme=THEMES[index][0]))
        self._size.chosen.connect(lambda index: change(text_size=TEXT_SIZES[index]))

    @property
    def first(self) -> QWidget:
        return self._theme

    def show_state(self, state: FirstRunState) -> None:
        now = self._model.settings.now
        for head, words in zip(self._heads, (tr("Language"), tr("Theme"), tr("Text size")), strict=True):
            head.setText(words)
        self._language.show_segments([("", name) for _, name in LANGUAGES], [c for c, _ in LANGUAGES].index(i18n.language()))
        self._theme.setAccessibleName(tr("Theme"))
        choices = [Choice(tr(name), key=str(number)) for number, (_, name) in enumerate(THEMES, 1)]
        self._theme.show_choices(choices, [code for code, _ in THEMES].index(now.theme))
        sizes = [("", percent(size * HUNDREDTHS)) for size in TEXT_SIZES]
        self._size.show_segments(sizes, TEXT_SIZES.index(theme().look.tokens.scale))


class ClubStep(Step):
    """Name, place and what stands on the receipt."""

    title, lead = N_("Your club"), N_("The name stands on every receipt. The rest may stay empty.")

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(model)
        for name in ("name", "legal_name", "tax_number", "address", "receipt_footer"):
            self._line(name)
        self._zone, self._currency = Combo(), Combo()
        self._fields |= {"time_zone": FormField("", self._zone), "currency": FormField("", self._currency)}
        fields = self._fields
        legal, place = Row(gap="m"), Row(gap="m")
        legal.add(fields["legal_name"], stretch=2)
        legal.add(fields["tax_number"], stretch=1)
        place.add(fields["time_zone"], stretch=2)
        place.add(fields["currency"], stretch=1)
        self.add(fields["name"], place, legal, fields["address"], fields["receipt_footer"])
        self._zone.picked.connect(lambda key: model.change(time_zone=key))
        self._currency.picked.connect(lambda key: model.change(currency=key))

    def show_state(self, state: FirstRunState) -> None:
        labels = {
            "name": tr("Name of the club"),
            "time_zone": tr("Time zone"),
            "currency": tr("Currency"),
            "legal_name": tr("Legal name"),
            "tax_number": tr("Tax number"),
            "address": tr("Address"),
            "receipt_footer": tr("Last line of the receipt"),
        }
        for name, words in labels.items():
            self._fields[name].set_label(words)
        self._put(state.answers, "name", "legal_name", "tax_number", "address", "receipt_footer")
        self._zone.show_options([(key, tr(words)) for key, words in TIME_ZONES], state.answers.time_zone)
        codes = [(code, f"{code} {currency.symbol}") for code, currency in CURRENCIES.items()]
        self._currency.show_options(codes, state.answers.currency)
        super().show_state(state)


class TaxStep(Step):
    """The rate for new goods."""

    title, lead = N_("Taxes"), N_("The rate that new goods get. Other rates are added in the settings.")

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(model)
        self._list = ChoiceList(gap="xs", height="row_choice_touch")
        self._rate = LineEdit()
        self._fields["own_rate"] = FormField("", self._rate)
        self.add(self._list, self._fields["own_rate"])
        self._keys = [key for key, *_rest in TAXES_READY] + [OWN_RATE]
        self._list.chosen.connect(self._chosen)
        self._rate.textEdited.connect(self._typed)

    @property
    def first(self) -> QWidget:
        return self._list

    def show_state(self, state: FirstRunState) -> None:
        self._list.setAccessibleName(tr("Taxes"))
        rows = [Choice(tr(name), tr(note), str(n)) for n, (_key, name, _rate, note) in enumerate(TAXES_READY, 1)]
        rows.append(Choice(tr("Another rate"), key=str(len(rows) + 1)))
        self._list.show_choices(rows, self._keys.index(state.answers.tax))
        self._fields["own_rate"].set_label(tr("Rate, per cent"))
        reveal(self._fields["own_rate"], state.answers.tax == OWN_RATE)
        super().show_state(state)

    def _chosen(self, index: int) -> None:
        self._model.change(tax=self._keys[index])
        if self._keys[index] == OWN_RATE:
            self._rate.setFocus()

    def _typed(self, text: str) -> None:
        # A rate has two decimals as money has; what is no number counts as nothing.
        self._model.change(own_rate_bp=i18n.parse_money(text) or 0)


class DrawerStep(Step):
    """Change in the drawer, how much may be missing, and the printer."""

    title, lead = N_("Drawer and printer"), N_("What lies in the drawer between shifts, and where receipts come out.")

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(model)
        self._float = MoneyInput(height="field", role="body")
        self._limit = MoneyInput(height="field", role="body")
        self._rounding = Combo()
        self._kind = Segmented((("", "-"),))
        self._fields = {
            "float_minor": FormField("", self._float),
            "difference_limit_minor": FormField("", self._limit),
            "cash_step_minor": FormField("", self._rounding),
            "printer": FormField("", self._kind),
        }
        for name in ("host", "folder"):
            self._line(name)
        money = Row(gap="m")
        money.add(self._fields["float_minor"], stretch=1)
        money.add(self._fields["difference_limit_minor"], stretch=1)
        self._note = Note()
        self.add(money, self._fields["cash_step_minor"], self._fields["printer"], self._fields["host"], self._fields["folder"])
        self.add(self._note)
        self._float.amount_changed.connect(lambda amount: model.change(float_minor=amount or 0))
        self._limit.amount_changed.connect(lambda amount: model.change(difference_limit_minor=amount or 0))
        self._rounding.picked.connect(lambda key: model.change(cash_step_minor=int(key)))
        self._kind.chosen.connect(lambda index: model.change(printer=PRINTERS[index][0]))

    def show_state(self, state: FirstRunState) -> None:
        labels = {
            "float_minor": tr("Change left for the next shift"),
            "difference_limit_minor": tr("Difference a cashier may close alone"),
            "cash_step_minor": tr("Rounding of cash"),
            "printer": tr("Receipt printer"),
            "host": tr("Address of the printer"),
            "folder": tr("Folder or device file"),
        }
        for name, words in labels.items():
            self._fields[name].set_label(words)
        answers = state.answers
        for field, amount in ((self._float, answers.float_minor), (self._limit, answers.difference_limit_minor)):
            if (field.amount_minor or 0) != amount:
                field.show_amount(amount)
        self._rounding.show_options([(key, tr(words)) for key, words in CASH_ROUNDINGS], str(answers.cash_step_minor))
        self._kind.show_segments([("", tr(words)) for _, words in PRINTERS], [key for key, _ in PRINTERS].index(answers.printer))
        self._put(answers, "host", "folder")
        reveal(self._fields["host"], answers.printer == "network")
        reveal(self._fields["folder"], answers.printer == "file")
        self._note.show_note(tr("Without a printer receipts wait on this desk and can be shown on the screen"))
        super().show_state(state)


class PeopleStep(Step):
    """The owner with the recovery code, and the first cashier."""

    title, lead = N_("People and PINs"), N_("The owner may do everything. A cashier sells and counts the drawer.")

    def __init__(self, model: FirstRunViewModel) -> None:
        super().__init__(model)
        for name in ("owner", "cashier"):
            self._line(name)
        self._secrets = {name: self._hidden(name) for name in ("owner_pin", "owner_again", "cashier_pin")}
        self._tail = LineEdit()
        self._tail.setMaxLength(PIN_LENGTH_MAX)
        self._fields["code"] = FormField("", self._tail)
        pins, cashier = Row(gap="m"), Row(gap="m")
        pins.add(self._fields["owner_pin"], self._fields["owner_again"], stretch=1)
        cashier.add(self._fields["cashier"], stretch=1)
        cashier.add(self._fields["cashier_pin"], stretch=1)
        self.add(self._fields["owner"], pins, self._fields["code"], cashier)

    def show_state(self, state: FirstRunState) -> None:
        labels = {
            "owner": tr("Name of the owner"),
            "owner_pin": tr("PIN, at least 6 digits"),
            "owner_again": tr("The PIN again"),
            "code": tr("Last four signs of the recovery code at the right"),
            "cashier": tr("First cashier, may stay empty"),
            "cashier_pin": tr("PIN, at least 4 digits"),
        }
        for name, words in labels.items():
            self._fields[name].set_label(words)
        self._put(state.answers, "owner", "cashier")
        super().show_state(state)

    def secret(self) -> Secret:
        """PINs and the end of the code as typed."""
        pins = self._secrets
        return Secret(pins["owner_pin"].text(), pins["owner_again"].text(), pins["cashier_pin"].text(), self._tail.text())

    def _hidden(self, name: str) -> LineEdit:
        line = LineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(PIN_LENGTH_MAX)
        self._fields[name] = FormField("", line)
        return line


class CodeCard(Card):
    """The recovery code, for somebody with a pencil."""

    def __init__(self) -> None:
        super().__init__(tone="warn", gap="m")
        self._title, self._code, self._note = Label("", "body_strong"), Label("", "figure", wrap=True), Note()
        self.add(self._title, self._code, self._note)

    def show_code(self, code: str) -> None:
        """Show it in the language in force."""
        self._title.setText(tr("Recovery code of the owner"))
        self._code.setText(code)
        self.setAccessibleName(f"{self._title.text()} {code}")
        words = tr("Write it down and keep it apart from this PC. It is the only way in when the PIN is forgotten.")
        self._note.show_note(words, "info")


MAKERS: Final = (LookStep, ClubStep, TaxStep, DrawerStep, PeopleStep)
