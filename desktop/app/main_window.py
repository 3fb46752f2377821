"""The window: status bar, strip, the screen in front, key bar; and what every key does everywhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.catalog import BY_ID
from desktop.actions.keys import function_key
from desktop.actions.registry import Actions
from desktop.app import menus
from desktop.app.appearance import Appearance
from desktop.app.frame_texts import status_items, strip_of
from desktop.app.menus import Entry, Menu
from desktop.app.navigator import HOME, SIGN_IN, WHOLE_WINDOW, Maker, Navigator
from desktop.app.status import Status
from desktop.config import i18n
from desktop.config.i18n import tr
from desktop.config.paths import APP_NAME
from desktop.config.settings import Settings
from desktop.design.theme import look
from desktop.store.session import Session
from desktop.widgets.base import Dressed
from desktop.widgets.dialog import MODAL_PROPERTY, Dialog
from desktop.widgets.key_bar import KeyBar, KeySlot
from desktop.widgets.key_overlay import KeyOverlay
from desktop.widgets.status_bar import StatusBar
from desktop.widgets.strip import Strip
from desktop.widgets.toast import Toast
from shared.core.calendar import local_time

SECOND_MS = 1_000
LEFT_BY_A_SCAN: Final = frozenset({"report", "review"})
"""Screens for looking only; a count or a form would be lost with its screen."""


@dataclass(frozen=True, slots=True)
class FrameParts:
    """What the window is built of; `version` and `log_folder` are shown under About.

    `reprint(tell)` asks for a duplicate of the last receipt.
    """

    session: Session
    settings: Settings
    status: Status
    appearance: Appearance
    version: str = ""
    log_folder: str = ""
    reprint: Callable[[Callable[[str, str], None]], None] = lambda _tell: None


class MainWindow(Dressed, QWidget):
    """One window of one desk; `screens(actions, navigator_go)` answers how to make each screen."""

    def __init__(self, parts: FrameParts, screens: Callable[[Actions, Callable[[str], None]], Mapping[str, Maker]]) -> None:
        super().__init__()
        self._parts = parts
        self.setWindowTitle(APP_NAME)
        self.setAutoFillBackground(True)
        self.actions_here = Actions(self)
        self._status_bar, self._strip, self._key_bar, self._toast = StatusBar(), Strip(), KeyBar(), Toast()
        self._stack = QStackedWidget()
        session = parts.session
        self.navigator = Navigator(
            self._stack, screens(self.actions_here, self.go), lambda: session.person.staff_id if session.person else ""
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in (self._status_bar, self._strip):
            box.addWidget(part)
        box.addWidget(self._stack, 1)
        box.addWidget(self._key_bar)
        self._toast.setParent(self)
        self._toast.hide()
        self._bind()
        self._stops = [i18n.on_language_changed(self.render), session.on_change(self._person_changed)]
        parts.status.changed.connect(self.render)
        self.navigator.changed.connect(self._screen_changed)
        self.actions_here.changed.connect(self._show_keys)
        self.actions_here.triggered.connect(self._flash)
        self.actions_here.refused.connect(self.tell)
        self._key_bar.pressed.connect(self.actions_here.press_slot)
        self._key_bar.refused.connect(self.tell)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._restore_size()
        self.dress()
        self.render()

    def go(self, name: str) -> None:
        """Bring a screen to the front."""
        if self.navigator.knows(name):
            self.navigator.go(name)

    def scan(self, code: str) -> None:
        """Hand a scanned code to the screen in front, or to the sale when that screen takes none and would lose nothing."""
        self._toast.clear()
        if self.navigator.name in LEFT_BY_A_SCAN and not is_covered(self):
            self.navigator.go(HOME)
        take = getattr(self.navigator.model, "scan", None)
        if take is not None:
            take(code)
        else:
            self.tell(tr("The scan was not taken. Finish here first, then scan again"), "scan-barcode")

    def tell(self, sentence: str, icon: str = "info") -> None:
        """Say a sentence over the foot of the window for a few seconds."""
        if sentence:
            self._toast.show_message(sentence, icon)
            self._place_toast()
            self._toast.raise_()

    def render(self) -> None:  # type: ignore[override]
        """Draw the frame anew; the screens draw themselves."""
        state = self._parts.status.state
        whole = self.navigator.name in WHOLE_WINDOW
        self._status_bar.setVisible(not whole)
        self._key_bar.setVisible(not whole)
        self._status_bar.show_items(status_items(state))
        chip = ("", "", "ok") if whole else (tr("Saved on this desk"), "shield-check", "ok")
        if state.health.state != "ok":
            chip = (tr("Look at the line below"), "triangle-alert", "warn")
        self._status_bar.show_chip(*chip)  # type: ignore[arg-type]
        strip = strip_of(state)
        if strip is None:
            self._strip.show_strip("")
        else:
            self._strip.show_strip(strip.cause, strip.rest, icon=strip.icon, tone=strip.tone)
        self._show_time()
        self._show_keys()

    def restyle(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, look().color("bg"))
        self.setPalette(palette)
        self._place_toast()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody took goes one screen back."""
        if event.key() == Qt.Key.Key_Escape:
            self.navigator.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words where they belong."""
        self._place_toast()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the size; everything asked so far is saved before the program ends."""
        size = self.normalGeometry().size()
        self._parts.settings.change(window=(size.width(), size.height(), int(self.isMaximized())))
        self._clock.stop()
        for stop in self._stops:
            stop()
        self._parts.status.stop()
        self.navigator.close()
        event.accept()

    def _bind(self) -> None:
        bind = self.actions_here.bind
        bind("help.keys", self._show_overlay, self)
        bind("app.menu", self._show_menu, self)
        bind("app.back", self.navigator.back, self)
        bind("app.larger", partial(self._parts.appearance.larger, 1), self)
        bind("app.smaller", partial(self._parts.appearance.larger, -1), self)
        # What needs somebody signed in lives as long as the key bar is seen.
        bind("app.lock", self._lock, self._key_bar)
        bind("shift.menu", self._show_shift_menu, self._key_bar)
        bind("receipts.reprint", lambda: self._parts.reprint(self.tell), self._key_bar)
        for action, screen in (
            ("goods.list", "goods"), ("receipts.list", "receipts"), ("review.open", "review"), ("settings.open", "settings"),
        ):  # fmt: skip
            if self.navigator.knows(screen):
                bind(action, partial(self.go, screen), self._key_bar)

    def _lock(self) -> None:
        self._parts.session.sign_out()
        self.go(SIGN_IN)

    def _person_changed(self) -> None:
        # Somebody was archived or the clock of a lock ran out: nobody is here, so nothing may stay in front.
        if self._parts.session.person is None and self.navigator.name not in WHOLE_WINDOW and self.navigator.name:
            self.go(SIGN_IN)
        self.render()

    def _show_overlay(self) -> None:
        covers = [child for child in self.children() if isinstance(child, Dialog) and child.isVisible()]
        if covers and isinstance(covers[-1], KeyOverlay):
            covers[-1].dismiss()
        else:
            about = covers[-1].accessibleName() if covers else screen_name(self.navigator.name)
            self._open(KeyOverlay(about, self.actions_here.overlay()))

    def _show_menu(self) -> None:
        entries = [
            Entry(tr("Theme"), lambda: self._open_list(tr("Theme"), menus.look_entries(self._parts.settings))),
            Entry(tr("Text size"), lambda: self._open_list(tr("Text size"), menus.size_entries(self._parts.settings))),
            Entry(tr("Language"), lambda: self._open_list(tr("Language"), menus.language_entries(self._parts.settings))),
            Entry(tr("About"), lambda: self._open(menus.About(self._parts.version, self._parts.log_folder))),
            Entry(tr("Quit"), self.close),
        ]
        if self.navigator.name not in WHOLE_WINDOW:
            names = [name for name in ("goods", "receipts", "review", "settings") if self.navigator.knows(name)]
            entries = [Entry(screen_name(name, in_menu=True), partial(self.go, name)) for name in names] + entries
        self._open_list(tr("Menu"), entries)

    def _show_shift_menu(self) -> None:
        shift = self._parts.status.state.shift
        if shift is None:
            entries = [
                Entry(tr("Open the shift"), partial(self.go, "shift_open")),
                Entry(tr("Earlier shifts"), partial(self.go, "report")),
            ]
            self._open_list(tr("The shift is closed"), entries)
            return
        may_close = self._parts.session.may_close(shift)
        whose = tr("The drawer belongs to {name}. A shift lead can close it", name=shift.cashier_name)
        entries = [
            Entry(tr("X report"), partial(self.go, "report")),
            Entry(tr("Cash in, cash out"), reason=tr("Comes with a later version")),
            Entry(tr("Close the shift"), partial(self.go, "shift_close") if may_close else None, reason=whose),
        ]
        self._open_list(tr("Shift {number}", number=shift.number), entries, hint="" if may_close else whose)

    def _open_list(self, title: str, entries: list[Entry], hint: str = "") -> None:
        self._open(Menu(title, entries, hint=hint))

    def _open(self, dialog: Dialog) -> None:
        dialog.closed.connect(dialog.deleteLater)
        dialog.open_over(self)

    def _screen_changed(self, _name: str) -> None:
        self._toast.clear()
        self._parts.status.refresh()
        self.render()

    def _show_keys(self) -> None:
        slots = self.actions_here.bar()
        self._key_bar.show_slots([KeySlot(slot.label, slot.icon, slot.available, slot.primary, slot.reason) for slot in slots])

    def _flash(self, action_id: str) -> None:
        self._toast.clear()
        slot = function_key(BY_ID[action_id].keys)
        if slot:
            self._key_bar.flash(slot)

    def _tick(self) -> None:
        self._parts.status.tick()
        self._show_time()

    def _show_time(self) -> None:
        state = self._parts.status.state
        moment = local_time(self._parts.status.now, state.time_zone)
        self._status_bar.show_time(i18n.day(moment.date(), weekday="short"), i18n.clock(moment))

    def _place_toast(self) -> None:
        margin = look().space("l")
        # At the left: sums and the way forward stand in the panel at the right.
        wide = min(look().px("pay_width"), max(self.width() - look().px("side_panel"), self.width() // 2) - 2 * margin)
        foot = self._key_bar.height() if self._key_bar.isVisible() else 0
        high = self._toast.heightForWidth(wide)
        self._toast.setGeometry(margin, self.height() - foot - high - margin, wide, high)

    def _restore_size(self) -> None:
        wide, high, maximised = self._parts.settings.now.window
        screen = self.screen().availableGeometry()
        wide, high = wide or look().px("screen_width"), high or look().px("screen_height")
        self.resize(min(wide, screen.width()), min(high, screen.height()))
        if maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)


def is_covered(window: QWidget) -> bool:
    """Whether a dialog lies over the window."""
    return any(child.isVisible() and child.property(MODAL_PROPERTY) for child in window.children() if isinstance(child, QWidget))


def screen_name(name: str, *, in_menu: bool = False) -> str:
    """What people call a screen."""
    names = {
        "sale": tr("sale"),
        "goods": tr("Goods") if in_menu else tr("goods"),
        "receipts": tr("Receipts") if in_menu else tr("receipts"),
        "review": tr("To review") if in_menu else tr("to review"),
        "settings": tr("Settings") if in_menu else tr("settings"),
        "sign_in": tr("sign-in"),
        "first_run": tr("first start"),
        "report": tr("report"),
        "shift_open": tr("opening the shift"),
        "shift_close": tr("closing the shift"),
        "goods_import": tr("import of goods"),
    }
    return names.get(name, "")
