"""Pictures of every screen of the demo club, for documents and for machines without a display."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.bootstrap import DeskParts
from desktop.app.demo import club, known_pins
from desktop.app.main_window import MainWindow
from desktop.design.theme import look
from desktop.widgets.dialog import Dialog
from shared.shifts.commands import open_shift
from shared.shifts.queries import current_shift
from shared.staff.queries import colleagues
from shared.staff.rules import Role

_TURNS = 4
_SCANNED = 3
_SALES = 2
PLAIN = ("report", "receipts", "review", "goods", "goods_import", "settings", "shift_close")


class Pictures:
    """Walks a window of the demo club through its screens; `draw` calls back at each with its name."""

    def __init__(self, app: QApplication, window: MainWindow, parts: DeskParts) -> None:
        self._app, self._window, self._parts = app, window, parts

    def draw(self, folder: Path) -> list[Path]:
        """One PNG a screen, named by its place in the day. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        made: list[Path] = []
        for number, name in enumerate(self.walk(), 1):
            path = folder / f"{number:02}_{name}.png"
            if not picture(self._window).save(str(path)):
                raise OSError(f"cannot write {path}")
            made.append(path)
        return made

    def walk(self) -> Iterator[str]:
        """The name of each screen while it stands in the window, drawn and at rest."""
        window = self._window
        scale = look().tokens.scale
        window.resize(look().px("screen_width") * 100 // scale, look().px("screen_height") * 100 // scale)
        window.show()
        yield self._at_rest("sign_in")
        self._sign_in(Role.CASHIER)
        window.go("sale")
        for start in range(_SALES):
            self._fill_cart(start)
            window.actions_here.trigger("sale.pay")
            self._at_rest("")
            for dialog in self._dialogs():
                dialog.accepted.emit()
            self._at_rest("")
        self._fill_cart(0)
        yield self._at_rest("sale")
        yield from self._over("sale.pay", "pay")
        yield from self._over("help.keys", "keys")
        yield from self._over("app.menu", "menu")
        self._sign_in(Role.OWNER)
        window.go("sale")
        for name in PLAIN:
            if window.navigator.knows(name):
                window.go(name)
                yield self._at_rest(name)
                window.navigator.back()
        window.go("first_run")
        yield self._at_rest("first_run")

    def _over(self, action: str, name: str) -> Iterator[str]:
        if self._window.actions_here.trigger(action):
            yield self._at_rest(name)
            for dialog in self._dialogs():
                dialog.dismiss()
            self._at_rest("")

    def _dialogs(self) -> list[Dialog]:
        return [dialog for dialog in self._window.findChildren(Dialog) if dialog.isVisible()]

    def _fill_cart(self, start: int) -> None:
        """Scan a few goods that nobody is asked about."""
        plain = [each for each in club().goods if each.barcode and each.age_mark is None]
        for goods in plain[start * _SCANNED : (start + 1) * _SCANNED]:
            self._window.scan(goods.barcode)
            self._at_rest("")

    def _sign_in(self, role: Role) -> None:
        store, session = self._parts.store, self._parts.session
        person = next(each for each in store.read(colleagues) if each.role is role)
        session.sign_in_now(person.staff_id, known_pins()[person.name])
        if store.read(current_shift) is None:
            args = {"float_minor": club().branch.get("float_minor", 0)}
            store.do(open_shift, op=store.new_op(), actor=session.actor, args=args)

    def _at_rest(self, name: str) -> str:
        for _ in range(_TURNS):
            self._parts.store.settle()
            QCoreApplication.sendPostedEvents()
            self._app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return name


def picture(window: QWidget) -> QImage:
    """What the window shows, in one pixel for each logical one."""
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QWidget.render(window, painter, window.rect().topLeft())
    painter.end()
    return image
