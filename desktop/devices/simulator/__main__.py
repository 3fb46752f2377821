"""Run the simulated printer on its own: `python -m desktop.devices.simulator --port 9100`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from desktop.config.i18n import set_language
from desktop.devices.simulator.server import PrinterSimulator
from desktop.devices.simulator.window import SimulatorWindow


def main(argv: Sequence[str] | None = None) -> int:
    """Show one printer until its window is closed."""
    parser = argparse.ArgumentParser(description="A receipt printer made of software.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--columns", type=int, default=48)
    parser.add_argument("--language", default="ru")
    arguments = parser.parse_args(argv)
    application = QApplication(sys.argv[:1])
    set_language(arguments.language)
    with PrinterSimulator(arguments.host, arguments.port, arguments.columns) as simulator:
        window = SimulatorWindow(simulator)
        window.show()
        return application.exec()


if __name__ == "__main__":
    sys.exit(main())
