"""A start of the real program on the data folder named, until its first window is painted."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.app import gui
from tests.benchmarks.probe import say


def open_window(folder: Path, then: Callable[[], None]) -> None:
    """Start, paint, do something, end."""
    app = gui.make_app()

    def look() -> None:
        windows: list[QWidget] = [window for window in app.topLevelWidgets() if window.isVisible()]
        if not windows:
            QTimer.singleShot(0, look)
            return
        windows[0].repaint()
        say()
        then()
        windows[0].close()
        app.quit()

    QTimer.singleShot(0, look)
    gui.run(folder, offscreen=True)


if __name__ == "__main__":
    open_window(Path(sys.argv[1]), lambda: None)
