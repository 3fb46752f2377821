"""A start of the real program that says when its first window is painted and how much memory it takes, then ends.

Arguments: a data folder, or `bare` for a window and SQLAlchemy alone; then how many sales to make before the second word.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def say(**figures: float) -> None:
    """One line for the benchmark that started us."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def painted() -> None:
    """Everything was painted by now."""
    from tests.support.measure import rss_mib  # after the first paint, so that it does not count

    say(at=time.monotonic(), mib=rss_mib(os.getpid()))


def bare() -> None:
    """The least that a program of this kind needs."""
    import sqlalchemy.orm  # noqa: F401  # its loading is what is measured
    from PySide6.QtWidgets import QApplication, QWidget  # the same

    app = QApplication([])
    window = QWidget()
    window.show()
    app.processEvents()
    window.repaint()
    painted()


def real(folder: Path, sales: int) -> None:
    """The window of the desk on a data folder."""
    from PySide6.QtCore import QTimer  # the same

    from desktop.app import gui  # its loading is what is measured

    app = gui.make_app()

    def look() -> None:
        window = app.activeWindow() or next((one for one in app.topLevelWidgets() if one.isVisible()), None)
        if window is None:
            QTimer.singleShot(0, look)
            return
        window.repaint()
        painted()
        window.close()
        app.quit()

    QTimer.singleShot(0, look)
    gui.run(folder, offscreen=True)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        real(Path(sys.argv[1]), int(sys.argv[2]))
