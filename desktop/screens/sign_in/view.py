"""Who works here at the left of the pad; the hour, the club and its shift at the far left."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.choices import LANGUAGES
from desktop.config.i18n import clock, day, money, tr
from desktop.config.paths import APP_NAME
from desktop.config.settings import Settings
from desktop.design.theme import look
from desktop.screens.sign_in.dialogs import CodeShown, ForgottenPin, LiftLock
from desktop.screens.sign_in.view_model import Person, SignInState, SignInViewModel
from desktop.widgets.base import Column, Dressed, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.chip import Chip
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import Icon, Note
from desktop.widgets.numpad import NumPad
from desktop.widgets.pin_boxes import PinBoxes
from desktop.widgets.row_choice import Choice, ChoiceList
from desktop.widgets.search_field import SearchField
from desktop.widgets.status_bar import Mark
from shared.core.calendar import local_time
from shared.staff.rules import FAILURES_MAX, LOCKOUT_MS, ROLE_NAMES

_SECOND_MS: Final = 1_000
_MINUTE_MS: Final = 60_000
_LARGE_TEXT: Final = 150


class _Fact(Row):
    """An icon and a few words about the desk."""

    def __init__(self) -> None:
        super().__init__(gap="s")
        self._icon, self._words = Icon("", size="icon_state"), Label(wrap=True)
        self.add(self._icon)
        self.add(self._words, stretch=1)

    def show_fact(self, icon: str, words: str, color: str = "text") -> None:
        self._icon.show_icon(icon, color)
        self._words.setText(words)
        self._words.set_color(color)


class _Side(Dressed, QWidget):
    """The hour, the club, its shift, languages and look."""

    def __init__(self, settings: Settings, actions: Actions) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._clock, self._date = Label("", "clock"), Label("", "lead", "muted")
        self._club = Label("", "dialog_title", wrap=True)
        self._facts = [_Fact() for _ in range(4)]
        self._box = QVBoxLayout(self)
        self._box.addWidget(Row(Mark("sign_in_mark"), Label(APP_NAME, "brand"), gap="m"))
        self._box.addStretch(2)
        for widget in (self._clock, self._date):
            self._box.addWidget(widget)
        self._box.addWidget(Column(self._club, Column(*self._facts, gap="m"), gap="m", insets=("none", "xl", "none", "none")))
        self._box.addStretch(6)
        self._chips: dict[str, Chip] = {}
        foot = Row(gap="xs")
        for code, name in LANGUAGES:
            chip = self._chips[code] = Chip(name)
            chip.clicked.connect(lambda _checked=False, code=code: settings.change(language=code))
            foot.add(chip)
        foot.add_stretch()
        self._look = Button("", key_of("app.menu"), role="quiet", icon="contrast", dense=True)
        self._look.clicked.connect(lambda: actions.trigger("app.menu"))
        foot.add(self._look)
        self._box.addWidget(foot)
        self.dress()

    def restyle(self) -> None:
        inset = look().px("sign_in_inset")
        self._box.setContentsMargins(inset, inset, inset, inset)
        self._box.setSpacing(0)
        self.setFixedWidth(look().px("sign_in_side"))
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look().color("surface"))
        self.setPalette(palette)

    def show_time(self, at: int, time_zone: str) -> None:
        moment = local_time(at, time_zone)
        self._clock.setText(clock(moment))
        self._date.setText(day(moment.date(), weekday="long"))

    def show_state(self, state: SignInState, printer_text: str) -> None:
        self._club.setText(tr("{club}, desk {number}", club=state.branch, number=state.desk_number))
        first, second, third, fourth = self._facts
        if state.shift is not None:
            since = clock(local_time(state.shift.opened_at, state.time_zone))
            words = tr("Shift {number} is open since {time}", number=state.shift.number, time=since)
            second.show_fact("user", tr("The drawer: {name}", name=state.shift.cashier_name))
        elif state.closed_number:
            left = money(state.left_minor, state.currency)
            words = tr("Shift {number} is closed, change {left}", number=state.closed_number, left=left)
        else:
            words = tr("No shift yet: the first one counts the change")
        first.show_fact("clock", words)
        reveal(second, state.shift is not None)
        third.show_fact("printer", printer_text or tr("The printer is ready"), "warn" if printer_text else "text")
        fourth.show_fact("shield-check", tr("Everything is saved on this desk"), "ok")
        for code, chip in self._chips.items():
            chip.setChecked(code == i18n.language())
        self._look.set_text(tr("Appearance"))


class _Scroll(QScrollArea):
    """Shows what large text pushes out of the window; the arrows belong to the list of people."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class SignInView(Dressed, QWidget):
    """The whole window while nobody is signed in."""

    def __init__(self, model: SignInViewModel, actions: Actions, settings: Settings) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._side = _Side(settings, actions)
        self._line = Rule(vertical=True)
        self._people = ChoiceList(tr("Who works"), gap="m")
        self._search = SearchField(tr("Name"))
        self._boxes, self._pad = PinBoxes(), NumPad()
        self._enter = Button("", "Enter", role="primary", stretch=True)
        self._note = Note("", "info")
        self._name = Label("", color="muted")
        self._build()
        self._connect()
        self._ticking = QTimer(self)
        self._ticking.setInterval(_SECOND_MS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        self.setFocusProxy(self._boxes)
        self.dress()
        self.render()

    def _build(self) -> None:
        self._who, self._how = Label("", "title"), Label("", color="muted")
        self._missing, self._find = Label("", "small", "muted"), Label("", "small", "muted")
        hint = Row(Icon("circle-help"), self._missing, KeyCap(key_of("sign_in.find")), self._find)
        hint.add_stretch()
        self._hint = hint
        head = Column(self._who, self._how)
        left = Column(head, self._people, hint, self._search, gap="l")
        left.add_stretch()
        self._left = left
        self._pin_title = Label(tr("PIN"), "title")
        self._forgot = Button("", key_of("sign_in.forgot"), role="quiet", dense=True)
        head = Column(self._pin_title, self._name)
        right = Column(head, self._boxes, self._pad, self._enter, self._note, self._forgot, gap="l")
        right.box.setAlignment(self._forgot, Qt.AlignmentFlag.AlignLeft)
        right.add_stretch()
        self._right = right
        area = QWidget()
        self._area = QHBoxLayout(area)
        self._area.addStretch()
        self._area.addWidget(left)
        self._area.addWidget(right)
        self._area.addStretch()
        scroll = _Scroll()
        scroll.setWidget(area)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._side)
        across.addWidget(self._line)
        across.addWidget(scroll, 1)
        self._search.hide()

    def _connect(self) -> None:
        model, boxes = self._model, self._boxes
        model.changed.connect(self.render)
        model.pin_wanted.connect(boxes.put)
        model.new_code.connect(self._show_code)
        self._people.chosen.connect(self._picked)
        boxes.changed.connect(model.typed)
        boxes.entered.connect(model.enter)
        self._pad.digit.connect(boxes.type_digit)
        self._pad.erased.connect(boxes.erase)
        self._pad.entered.connect(boxes.enter)
        self._enter.clicked.connect(boxes.enter)
        self._forgot.clicked.connect(self._show_forgotten)
        self._search.textChanged.connect(model.find)
        self._search.returnPressed.connect(boxes.setFocus)
        self._actions.bind("sign_in.find", self._show_search, self)
        self._actions.bind("sign_in.forgot", self._show_forgotten, self)
        self._actions.bind("sign_in.lift", self._show_lift, self)

    def restyle(self) -> None:
        px, space = look().px, look().space
        large = look().tokens.scale >= _LARGE_TEXT
        self._side.setVisible(not large)
        self._line.setVisible(not large)
        self._left.setFixedWidth(px("sign_in_people") if not large else px("sign_in_people") * 3 // 4)
        self._right.setFixedWidth(px("sign_in_pad"))
        self._area.setSpacing(px("sign_in_gap") if not large else space("xl"))
        top = px("sign_in_top") if not large else space("xl")
        self._area.setContentsMargins(space("xl"), top, space("xl"), space("xl"))

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; the look and the language of the moment."""
        model, state = self._model, self._model.state
        self._side.show_state(state, model.printer_trouble())
        self._side.show_time(model.now, state.time_zone)
        self._who.setText(tr("Who works"))
        self._how.setText(tr("A digit before the PIN picks, ↑ ↓ too"))
        self._missing.setText(tr("Not in the list?"))
        self._find.setText(tr("find by name"))
        self._search.setPlaceholderText(tr("Name"))
        self._forgot.set_text(tr("Forgot the PIN"))
        self._people.show_choices([self._choice(n, each) for n, each in enumerate(state.people, 1)], state.current)
        self._name.setText(state.person.name if state.person else "")
        self._boxes.set_length(state.pin_digits)
        if state.error:
            self._boxes.set_wrong(True)
        self._enter.set_text(tr("Sign in") if state.shift else tr("Sign in and open the shift"))
        self._show_note()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ pick a person; Esc leaves the search."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._model.move(step)
        elif event.key() == Qt.Key.Key_Escape and self._search.isVisible():
            self._search.clear()
            self._search.hide()
            self._boxes.setFocus()
        else:
            super().keyPressEvent(event)

    def _choice(self, number: int, person: Person) -> Choice:
        state = self._model.state
        said = [tr(ROLE_NAMES[person.role])]
        if person.last_sign_in_at is not None:
            said.append(self._when(person.last_sign_in_at))
        pin = state.pins_shown.get(person.name, "")
        return Choice(person.name, " · ".join(said), str(number), tr("PIN {pin}", pin=pin) if pin else "", person=True)

    def _when(self, at: int) -> str:
        zone = self._model.state.time_zone
        then, today = local_time(at, zone), local_time(self._model.now, zone).date()
        if then.date() == today:
            return tr("today at {time}", time=clock(then))
        if then.date() == today - timedelta(days=1):
            return tr("yesterday at {time}", time=clock(then))
        return day(then.date())

    def _show_note(self) -> None:
        state = self._model.state
        left = self._model.seconds_locked()
        self._actions.set_enabled("sign_in.lift", left > 0, tr("Nobody is locked out. Type the PIN, then Enter"), self)
        if left:
            time = f"{left // 60}:{left % 60:02}"
            words = tr("Too many wrong PINs. Signing in opens in {time}. A shift lead opens it at once: F9", time=time)
            self._note.show_note(words, "lock", "danger")
        elif state.error and not state.locked_until:
            self._note.show_note(state.error, "circle-x", "danger")
        else:
            words = tr(
                "After {count} wrong PINs signing in closes for {minutes} minutes. A shift lead opens it sooner.",
                count=FAILURES_MAX,
                minutes=LOCKOUT_MS // _MINUTE_MS,
            )
            self._note.show_note(words, "info")

    def _tick(self) -> None:
        if self.isVisible():
            self._side.show_time(self._model.now, self._model.state.time_zone)
            if self._model.state.locked_until:
                self._show_note()

    def _picked(self, index: int) -> None:
        self._model.pick(index)
        self._boxes.setFocus()

    def _show_search(self) -> None:
        reveal(self._search, True)
        self._search.setFocus()

    def _show_forgotten(self) -> None:
        if self._model.state.person is not None:
            ForgottenPin(self._model).open_over(self.window())

    def _show_lift(self) -> None:
        LiftLock(self._model).open_over(self.window())

    def _show_code(self, code: str) -> None:
        CodeShown(code).open_over(self.window())
