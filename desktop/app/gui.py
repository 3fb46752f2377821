"""From the command line to a usable window."""

import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.app import faults
from desktop.app.appearance import Appearance
from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.demo import known_pins
from desktop.app.main_window import FrameParts, MainWindow
from desktop.app.navigator import FIRST_RUN, SIGN_IN
from desktop.app.pictures import Pictures
from desktop.app.reprint import reprint_last
from desktop.app.screens import Screens
from desktop.app.status import Status
from desktop.app.trouble import Trouble
from desktop.config import i18n
from desktop.config.i18n import refusal_text, tr
from desktop.config.paths import APP_NAME
from desktop.config.settings import Settings
from desktop.devices.scanner import Scan, WedgeSettings
from desktop.devices.scanner_filter import ScannerFilter, native_code_offset
from desktop.store.errors import CannotOpen
from shared.branches.queries import is_set_up
from shared.core.errors import Refusal

EXIT_DONE: Final = 0
EXIT_NO_DISPLAY: Final = 2
EXIT_CANNOT_OPEN: Final = 3
_log = logging.getLogger(__name__)


class Delivery(QObject):
    """Runs what other threads hand over on the thread of the window."""

    _handed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._handed.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        """Take a call from any thread."""
        self._handed.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Desk(QObject):
    """The window of an open desk with everything that lives as long as it does."""

    def __init__(self, app: QApplication, parts: DeskParts, appearance: Appearance, screens: Screens, log: Path) -> None:
        super().__init__()
        self._app, self._parts = app, parts
        self.status = Status(parts.store, parts.session, parts.clock, screens.printer_trouble)
        frame = FrameParts(
            parts.session, parts.settings, self.status, appearance, app.applicationVersion(), str(log),
            partial(reprint_last, parts.store, parts.session),
        )  # fmt: skip
        self.window = MainWindow(frame, screens)
        self._scanner: ScannerFilter | None = None
        self._wedge = WedgeSettings()
        self._stops = [parts.printing.on_change(self.status.refresh)]
        ready = parts.store.read(is_set_up) and not parts.session.is_setting_up
        self.window.navigator.go(SIGN_IN if ready else FIRST_RUN)

    @property
    def is_listening(self) -> bool:
        """Whether keys are held back because they may be a scanner's."""
        return self._scanner is not None and self._scanner.is_holding

    def start_devices(self) -> None:
        """After the first paint, what is not needed to be seen: the scanner, the printer, the code of the other screens."""
        self._use_scanner()
        self._stops.append(self._parts.settings.on_change(self._use_scanner))
        self._parts.printing.start()
        self.status.refresh()
        threading.Thread(target=import_module, args=("desktop.app.work_screens",), name="loader").start()

    def close(self) -> None:
        """Stop listening."""
        for stop in self._stops:
            stop()
        if self._scanner is not None:
            self._app.removeEventFilter(self._scanner)

    def _use_scanner(self) -> None:
        wedge = WedgeSettings(**self._parts.settings.now.scanner)
        if self._scanner is not None:
            if wedge == self._wedge:
                return
            self._app.removeEventFilter(self._scanner)
        self._wedge = wedge
        self._scanner = ScannerFilter(self._parts.clock.mono_ms, wedge, native_code_offset(), self)
        self._scanner.scanned.connect(self._scanned)
        self._app.installEventFilter(self._scanner)

    @Slot(object)
    def _scanned(self, scan: Scan) -> None:
        self.window.scan(scan.code)


def run(
    data_dir: Path,
    *,
    demo: bool = False,
    offscreen: bool = False,
    screenshot: Path | None = None,
    language: str = "",
    theme: str = "",
) -> int:
    """Open the window on a data folder and stay until it is closed; answers the exit code.

    `screenshot`: draw every screen of the demo club into PNG files of that folder and end. `language` and `theme` hold for
    later runs too.
    """
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif _has_no_display():
        sys.stderr.write(tr("There is no display. Start it in a desktop session, or with --offscreen --screenshot DIR") + "\n")
        return EXIT_NO_DISPLAY
    app = make_app()
    if screenshot is not None:
        return _draw(app, screenshot, language=language, theme=theme)
    example = data_dir.with_name(f"{data_dir.name}-demo")
    try:
        wants_example, code = _one_club(app, data_dir, demo=demo, wait=not offscreen, language=language, theme=theme)
        if wants_example:
            _, code = _one_club(app, example, demo=True, wait=not offscreen, language=i18n.language(), theme=theme)
        return code
    finally:
        logging.shutdown()


def _one_club(app: QApplication, data_dir: Path, *, demo: bool, wait: bool, language: str, theme: str) -> tuple[bool, int]:
    """Work with one data folder until its window is closed; answers whether the example club is wanted next."""
    delivery = Delivery()
    try:
        parts = open_desk(data_dir, demo=demo, deliver=delivery)
    except (CannotOpen, Refusal) as no:
        return False, _cannot_open(app, data_dir, no, wait=wait)
    try:
        parts.settings.change(**{name: value for name, value in (("language", language), ("theme", theme)) if value})
        appearance = Appearance(app, parts.settings)
        log = faults.start_log(parts.store.folder.logs)
        wanted: list[bool] = []

        def show_example() -> None:
            wanted.append(True)
            app.closeAllWindows()

        code = _work(app, delivery, parts, appearance, Screens(parts, delivery, show_example, known_pins() if demo else {}), log)
        appearance.stop()
        return bool(wanted), code
    finally:
        parts.close()


def _draw(app: QApplication, folder: Path, *, language: str, theme: str) -> int:
    """Pictures of the demo club, made in a folder that is thrown away: nobody's shift is touched."""
    with tempfile.TemporaryDirectory() as place:
        delivery = Delivery()
        parts = open_desk(Path(place), demo=True, deliver=delivery, keyring_allowed=False)
        try:
            parts.settings.change(language=language, theme=theme or "light")
            appearance = Appearance(app, parts.settings)
            screens = Screens(parts, delivery, app.closeAllWindows, known_pins())
            desk = Desk(app, parts, appearance, screens, parts.store.folder.logs)
            made = Pictures(app, desk.window, parts).draw(folder)
            desk.window.close()
            desk.close()
            appearance.stop()
        finally:
            parts.close()
    sys.stdout.write("".join(f"{path}\n" for path in made))
    return EXIT_DONE


def make_app() -> QApplication:
    """The application object, named."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([APP_NAME])
    app.setApplicationName(APP_NAME)
    return app


def _work(app: QApplication, delivery: Delivery, parts: DeskParts, appearance: Appearance, screens: Screens, log: Path) -> int:
    desk = Desk(app, parts, appearance, screens, log.parent)
    hooks = faults.Faults(lambda sentence: delivery(lambda: desk.window.tell(tr(sentence), "triangle-alert")))
    desk.window.show()
    QTimer.singleShot(0, desk.start_devices)
    # Ctrl+C in the terminal ends the program in good order; the clock of the window lets Python notice it.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: desk.window.close())
    try:
        return app.exec()
    finally:
        signal.signal(signal.SIGINT, before)
        desk.close()
        hooks.release()


def _cannot_open(app: QApplication, data_dir: Path, no: CannotOpen | Refusal, *, wait: bool) -> int:
    appearance = Appearance(app, Settings(data_dir))
    sentence = refusal_text(no) if isinstance(no, Refusal) else tr(no.text, **no.params)
    _log.error("cannot open %s: %s", data_dir, no.code)
    sys.stderr.write(sentence + "\n")
    if wait:
        window = Trouble(sentence)
        window.show()
        app.exec()
    appearance.stop()
    return EXIT_CANNOT_OPEN


def _has_no_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
