"""Steps at the left, the question in the middle, what it will look like at the right, the way on below."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.keys import key_of
from desktop.actions.registry import Actions
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.config.paths import APP_NAME
from desktop.design.theme import look, theme
from desktop.screens.first_run.answers import LOOK, PEOPLE, STEPS
from desktop.screens.first_run.steps import MAKERS, CodeCard, Step
from desktop.screens.first_run.view_model import FirstRunViewModel, step_names
from desktop.widgets.base import Column, Dressed, Label, Row, Rule, Spacer, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.goods_tile import GoodsTile, Tile
from desktop.widgets.paper_view import PaperView
from desktop.widgets.status_bar import Mark
from desktop.widgets.steps import StepIndicator

_LARGE_TEXT: Final = 150
_PAPER_COLUMNS: Final = 32


class FirstRunView(Dressed, QWidget):
    """The whole window until there is a club."""

    def __init__(self, model: FirstRunViewModel, actions: Actions) -> None:
        super().__init__()
        self._model, self._actions = model, actions
        self._shown = -1
        self._steps = [make(model) for make in MAKERS]
        self._build()
        model.changed.connect(self.render)
        model.wrong.connect(lambda name: self._step.focus_on(name))
        actions.bind("first_run.example", model.example, self)
        actions.bind("first_run.skip", model.skip, self)
        actions.bind("first_run.next", self._next, self)
        self._stop = i18n.on_language_changed(self.render)
        self.destroyed.connect(self._stop)
        theme().changed.connect(self.render)
        self.dress()
        self.render()

    @property
    def _step(self) -> Step:
        return self._steps[self._model.state.step]

    def _build(self) -> None:
        self._indicator = StepIndicator((), 0, vertical=True)
        self._later = Label("", "small", "muted", wrap=True)
        side = Column(gap="xl", insets="l", fill="surface")
        side.add(Row(Spacer("none"), Mark(), Label(APP_NAME, "body_strong"), gap="s", insets=("m", "m", "none", "none")))
        side.add(self._indicator)
        side.add(Column(Rule(), self._later, gap="xl", insets=("m", "none")))
        side.add_stretch()
        self._side = side
        self._number, self._title = Label("", "small", "muted"), Label("", "title")
        self._lead = Label("", "body", "muted", wrap=True)
        self._stack = QStackedWidget()
        for step in self._steps:
            holder = Column(step)
            holder.add_stretch()
            self._stack.addWidget(_scrolling(holder))
        self._preview = self._make_preview()
        across = Row(gap="xxl")
        across.add(self._stack, stretch=4)
        across.add(self._preview, stretch=3)
        foot = self._make_foot()
        right = Column(gap="l", insets=("xxl", "xxl", "xxl", "m"))
        right.add(Column(self._number, self._title, self._lead, gap="xs"))
        right.add(across, stretch=1)
        right.add(Rule(), foot)
        whole = Row(gap="none")
        whole.add(side, Rule(vertical=True))
        whole.add(right, stretch=1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole)

    def _make_preview(self) -> QWidget:
        self._preview_title = Label("", "small", "muted")
        self._paper, self._code = PaperView("", _PAPER_COLUMNS), CodeCard()
        self._tiles = [GoodsTile(str(number)) for number in (7, 8, 9)]
        tiles = Row(gap="s")
        tiles.add(*self._tiles, stretch=1)
        self._pay = Button("", key_of("sale.pay"), role="primary", stretch=True)
        for widget in (*self._tiles, self._pay):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._till = Card(tiles, self._pay, gap="l", ground="bg")
        self._slip = _scrolling(self._paper)
        preview = Column(self._preview_title, self._till, self._code, gap="s")
        # The slip takes all the height while it is there; the empty rest only when it is not.
        preview.add(self._slip, stretch=100)
        preview.add_stretch()
        return preview

    def _make_foot(self) -> QWidget:
        self._back = Button("", "Esc")
        self._example = Button("", key_of("first_run.example"), icon="sparkles")
        self._skip = Button("", "PgDn", role="quiet")
        self._on = Button("", "Enter", role="primary")
        self._back.clicked.connect(self._model.back)
        self._example.clicked.connect(self._model.example)
        self._skip.clicked.connect(self._model.skip)
        self._on.clicked.connect(self._next)
        foot = Row(self._back, self._example, gap="m")
        foot.add_stretch()
        foot.add(self._skip, self._on)
        return foot

    def restyle(self) -> None:
        large = look().tokens.scale >= _LARGE_TEXT
        self._side.setFixedWidth(look().px("first_run_side"))
        self._side.setVisible(not large)
        self._preview.setVisible(not large or self._model.state.step == PEOPLE)
        for tile in self._tiles:
            tile.setFixedHeight(look().px("tile_height"))

    def render(self) -> None:  # type: ignore[override]
        """Draw the state; the look and the language of the moment."""
        state, step = self._model.state, self._step
        names = step_names()
        self._indicator.show_steps(names, state.step)
        self._later.setText(tr("Connect the printer, the scanner and the server later: the desk works without them too."))
        self._number.setText(tr("Step {n} of {count}", n=state.step + 1, count=len(STEPS)))
        self._title.setText(tr(step.title))
        self._lead.setText(tr(step.lead))
        step.show_state(state)
        self._show_preview()
        self._back.set_text(tr("Back"))
        self._back.set_available(state.step > LOOK, tr("This is the first step"))
        self._example.set_text(tr("Open the example club"))
        self._skip.set_text(tr("Skip"))
        self._skip.set_available(state.may_skip, tr("A club needs a name and an owner"))
        last = tr("Creating the club…") if state.is_busy else tr("Create the club")
        self._on.set_text(last if state.step == PEOPLE else tr("Next"))
        self.restyle()
        if self._shown != state.step:
            self._shown = state.step
            self._stack.setCurrentIndex(state.step)
            self.setFocusProxy(step.first)
            step.first.setFocus()

    def _show_preview(self) -> None:
        state = self._model.state
        reveal(self._till, state.step == LOOK)
        reveal(self._slip, LOOK < state.step < PEOPLE)
        reveal(self._code, state.step == PEOPLE)
        if state.step == LOOK:
            self._preview_title.setText(tr("This is how the desk will look"))
            sandwich, hot_dog, coffee = self._tiles
            sandwich.show_tile(Tile(tr("Chicken sandwich"), i18n.money(22_000), icon="sandwich"))
            hot_dog.show_tile(Tile(tr("Hot dog"), i18n.money(19_000), icon="flame"))
            coffee.show_tile(Tile(tr("Americano 0.3 l"), i18n.money(12_000), icon="coffee"))
            self._pay.set_text(tr("Pay"))
        elif state.step < PEOPLE:
            self._preview_title.setText(tr("This is how a receipt will look"))
            self._paper.setAccessibleName(tr("This is how a receipt will look"))
            self._paper.show_paper(self._model.sample(), _PAPER_COLUMNS)
        else:
            self._preview_title.setText(tr("It is shown once"))
            self._code.show_code(state.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on.flash()
            self._next()
        elif event.key() == Qt.Key.Key_Escape:
            self._model.back()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        self._model.next(self._step.secret())


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area
