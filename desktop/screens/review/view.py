"""The list at the left; at the right what happened, what is in order, and how to settle it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.design.theme import look
from desktop.screens.review.matter_list import MatterList, MatterRow
from desktop.screens.review.story import Story
from desktop.screens.review.view_model import WAYS_GROUP, ReviewState, ReviewViewModel
from desktop.screens.review.ways import RESOLUTIONS
from desktop.screens.review.words import GROUP_NAMES, ICONS, Told, age, moment, tell
from desktop.widgets.base import Column, Dressed, Label, Row, Rule, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chip import Badge, Chip
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import FormField, LineEdit
from desktop.widgets.labels import Icon, Note
from desktop.widgets.page import Columns, Scroll
from desktop.widgets.row_choice import Choice, ChoiceList

MILLI = 1_000
LARGE_TEXT = 150


class ReviewView(Dressed, QWidget):
    """Digits choose a way, F9 settles."""

    def __init__(self, model: ReviewViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._key_shown = ""
        self._title = Label("", "title")
        self._wait, self._done = Chip(filter_size=True), Chip(filter_size=True)
        self._list = MatterList("")
        self._calm = Note()
        self._icon, self._name, self._badge = Icon("", size="icon_tile"), Label("", "title", wrap=True), Badge()
        self._what, self._story = Label("", "body_strong"), Story()
        self._fine_title, self._fine = Label("", "body_strong"), Column()
        self._doubt_title, self._doubt = Label("", "body_strong"), Column()
        self._how, self._ways = Label("", "body_strong"), ChoiceList("")
        self._quantity = LineEdit(role="body_strong")
        self._quantity_field = FormField("", self._quantity)
        self._remark = LineEdit()
        self._remark_field = FormField("", self._remark)
        self._settled_by, self._error = Note("", "check", "ok"), Note("", "circle-x", "danger")
        self._who = Label("", "small", "muted")
        self._settle = Button("", key_of("review.settle"), role="primary")
        self._nothing = EmptyState()
        self._build()
        self._connect()
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        self.setFocusProxy(self._list)
        self.dress()
        self.render()

    def _build(self) -> None:
        chips = Row(self._wait, self._done, gap="s")
        inner = Columns(gap="s", stack_at=200)
        inner.add(self._title)
        inner.add_stretch()
        inner.add(chips)
        head = Row(inner, insets=("l", "m"))
        hint = Row(insets=("l", "m"))
        hint.add(self._calm, stretch=1)
        left = Column(gap="none", fill="surface")
        self._left = left
        left.add(head, Rule())
        left.add(self._list, stretch=1)
        left.add(hint)
        top = Row(gap="m")
        top.add(self._icon)
        top.add(self._name, stretch=1)
        top.add(self._badge)
        story = Card(self._what, self._story, gap="m")
        story.add_stretch()
        facts = Card(self._fine_title, self._fine, self._doubt_title, self._doubt, gap="m")
        facts.add_stretch()
        cards = Columns()
        cards.add(story, stretch=2)
        cards.add(facts, stretch=1)
        fields = Columns(stack_at=200)
        fields.add(self._quantity_field, stretch=1)
        fields.add(self._remark_field, stretch=3)
        self._fields = fields
        foot = Columns(gap="m", stack_at=200)
        foot.add_stretch()
        foot.add(self._who, self._settle)
        self._foot = foot
        self._matter = Column(
            top, cards, self._settled_by, self._how, self._ways, fields, self._error, foot, gap="m", insets=("xxl", "l")
        )
        self._matter.add_stretch()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(left)
        across.addWidget(Rule(vertical=True))
        self._scroll = Scroll(self._matter)
        across.addWidget(self._scroll, 1)
        across.addWidget(self._nothing, 1)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self.render)
        self._wait.clicked.connect(lambda: model.show_settled(False))
        self._done.clicked.connect(lambda: model.show_settled(True))
        self._list.row_changed.connect(self._picked)
        self._list.row_activated.connect(lambda _row: self._ways.setFocus())
        self._ways.chosen.connect(self._chosen)
        self._quantity.textChanged.connect(lambda text: model.count(_milli(text)))
        self._remark.textChanged.connect(model.remark)
        for line in (self._quantity, self._remark):
            line.returnPressed.connect(self._settle.setFocus)
        self._settle.clicked.connect(model.settle)
        self._actions.bind("review.settle", model.settle, self)

    def restyle(self) -> None:
        # The list gives way to the story when the text is large.
        wide = look().px("review_list")
        self._left.setFixedWidth(wide if look().tokens.scale < LARGE_TEXT else wide * 2 // 3)

    def render(self) -> None:  # type: ignore[override]
        """Draw the state in the language of the moment."""
        state = self._model.state
        if state.key != self._key_shown:
            self._key_shown = state.key
            focus = QApplication.focusWidget()
            if focus is not None and self._matter.isAncestorOf(focus):
                # What had the focus belongs to a matter that is gone.
                self._list.setFocus()
        self._title.setText(tr("To review"))
        self._wait.show_state(tr("Waiting"), count=str(len(state.waiting)) if state.waiting else "")
        self._done.show_state(tr("Settled"))
        self._wait.setChecked(not state.shows_settled)
        self._done.setChecked(state.shows_settled)
        self._list.setAccessibleName(tr("To review"))
        self._calm.show_note(tr("While you decide, the desk goes on working. All other records are accepted"))
        reveal(self._calm, bool(state.items))
        self._render_list(state)
        item = state.item
        reveal(self._scroll, item is not None)
        reveal(self._nothing, item is None)
        words = tr("Nothing is settled yet") if state.shows_settled else tr("Nothing waits to be reviewed")
        self._nothing.show_state(words if state.is_loaded else "", "inbox")
        self._actions.set_enabled("review.settle", bool(state.ways), words, self)
        if item is not None:
            self._icon.show_icon(*ICONS[item.kind])
            self._render_matter(state, tell(item, state))
            self._render_ways(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose a way from anywhere; Enter goes to the way forward."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._settle.setFocus(Qt.FocusReason.TabFocusReason)
        elif not self._ways.take_key(event.text()):
            super().keyPressEvent(event)

    def _render_list(self, state: ReviewState) -> None:
        rows: list[MatterRow] = []
        current, group = -1, ""
        for item in state.items:
            if WAYS_GROUP[item.kind] != group:
                group = WAYS_GROUP[item.kind]
                rows.append(MatterRow(tr(GROUP_NAMES[group])))
            if item.key == state.key:
                current = len(rows)
            told, (icon, color) = tell(item, state), ICONS[item.kind]
            at = item.settled.at if item.settled else item.at
            rows.append(MatterRow(told.listed or told.title, item.key, told.short, age(at, self._model.now), icon, color))
        self._list.show_rows(rows, current)

    def _render_matter(self, state: ReviewState, told: Told) -> None:
        self._name.setText(told.title)
        self._badge.show_state(told.badge, tone=told.tone)
        self._what.setText(tr("What happened"))
        self._story.show_events(told.events)
        self._fine_title.setText(tr("What is in order"))
        _list_notes(self._fine, told.fine, "check", "ok")
        self._doubt_title.setText(tr("What is in question"))
        _list_notes(self._doubt, told.doubtful, "circle-help", "danger")
        settled = state.item.settled if state.item else None
        if settled is not None:
            how = tr(RESOLUTIONS.get(settled.resolution, settled.resolution))
            parts = (how, settled.note, settled.person, moment(settled.at, state))
            self._settled_by.show_note(" · ".join(part for part in parts if part), "check", "ok")
        reveal(self._settled_by, settled is not None)

    def _render_ways(self, state: ReviewState) -> None:
        waits = not state.shows_settled
        self._how.setText(tr("How to settle it"))
        self._ways.setAccessibleName(tr("How to settle it"))
        choices = [Choice(tr(way.title), tr(way.note), str(number)) for number, way in enumerate(state.ways, 1)]
        self._ways.show_choices(choices, state.way)
        chosen = state.chosen
        self._quantity_field.set_label(tr("How many lie there"))
        self._remark_field.set_label(tr("Remark"))
        reveal(self._quantity_field, chosen is not None and chosen.needs_quantity)
        for line, is_kept in ((self._quantity, state.quantity_milli is not None), (self._remark, bool(state.note))):
            if not is_kept and line.text() and not line.hasFocus():
                line.clear()
        is_print = state.item is not None and state.item.kind == "print_unconfirmed"
        reveal(self._fields, waits and not is_print)
        for part in (self._how, self._ways, self._foot):
            reveal(part, waits)
        self._error.show_note(state.error, "circle-x", "danger")
        reveal(self._error, bool(state.error))
        self._who.setText(tr("{name} settles it", name=state.person))
        self._settle.set_text(tr("Settle"))
        allowed = state.may_settle or is_print
        self._settle.set_available(allowed, tr("Settling needs a shift lead"))

    def _picked(self, row: int) -> None:
        rows = self._list.rows
        if 0 <= row < len(rows) and rows[row].key:
            self._model.pick(rows[row].key)

    def _chosen(self, index: int) -> None:
        self._model.choose(index)
        chosen = self._model.state.chosen
        if chosen is not None and chosen.needs_quantity:
            self._quantity.setFocus()
        elif chosen is not None and chosen.needs_note:
            self._remark.setFocus()


def _list_notes(column: Column, sentences: tuple[str, ...], icon: str, color: str) -> None:
    column.clear()
    for sentence in sentences:
        mark = Icon(icon, color)
        line = Row(mark, gap="m")
        line.add(Label(sentence, wrap=True), stretch=1)
        line.box.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        column.add(line)


def _milli(text: str) -> int | None:
    whole, _, rest = text.strip().replace(",", ".").partition(".")
    if not (whole + rest).isascii() or not (whole + rest).isdigit() or len(rest) > 3:
        return None
    return int(whole or "0") * MILLI + int((rest or "0").ljust(3, "0"))
