"""Composition: the parts of a desk put together, for the window and for programs without one."""

import os
from dataclasses import dataclass
from pathlib import Path

from desktop.app import demo as demo_club
from desktop.config.secrets import Secrets, open_secrets
from desktop.config.settings import PrinterChoice, Settings
from desktop.devices.printing import Printing
from desktop.devices.simulator.server import PrinterSimulator
from desktop.store import search  # noqa: F401  it registers a query
from desktop.store.news import Deliver
from desktop.store.pins import Pins
from desktop.store.session import Session
from desktop.store.store import Store, at_once
from shared.core.clock import Clock, SystemClock
from shared.core.ids import IdMaker
from shared.shifts.queries import current_shift


@dataclass(frozen=True, slots=True)
class DeskParts:
    """An open desk. `simulator` is the demo's printer made of software; `close` lets everything go."""

    store: Store
    session: Session
    pins: Pins
    printing: Printing
    secrets: Secrets
    settings: Settings
    clock: Clock
    simulator: PrinterSimulator | None = None

    def close(self) -> None:
        """Finish what was asked and let the folder go."""
        self.printing.close()
        if self.simulator is not None:
            self.simulator.stop()
        self.session.close()
        self.store.close()


def open_desk(
    data_dir: Path,
    *,
    demo: bool = False,
    deliver: Deliver = at_once,
    clock: Clock | None = None,
    is_test: bool = False,
    keyring_allowed: bool = True,
) -> DeskParts:
    """Open a data folder, made on first use. Raises CannotOpen, Refusal when the keyring is locked.

    `demo` fills a new folder with the demo club and prints on a simulated printer unless another one is chosen; a real
    printer is served from `printing.start()` on.
    """
    clock = clock or system_clock()
    store = Store.open(data_dir, clock, deliver=deliver, is_test=is_test)
    try:
        secrets = open_secrets(data_dir, store.desk.device, keyring_allowed=keyring_allowed and not (demo or store.is_test))
        pins = Pins(secrets)
        if demo:
            demo_club.fill(store, pins)
    except BaseException:
        store.close()
        raise
    store.watch("shifts", lambda: _back_up_after_close(store))
    settings = Settings(data_dir)
    session = Session(store, pins, deliver)
    printing = Printing(store, settings, clock, deliver)
    simulator = _simulated_printer(printing) if demo and settings.now.printer.kind == "none" else None
    return DeskParts(store, session, pins, printing, secrets, settings, clock, simulator)


def system_clock() -> Clock:
    """The machine's clocks under a new name for this run."""
    return SystemClock(IdMaker(SystemClock(""), os.urandom).new_id())


def _back_up_after_close(store: Store) -> None:
    """Something happened to a shift; when none is open now, one was closed, by window or shell alike."""
    if store.read(current_shift) is None:
        store.keep_safe("shift-close")


def _simulated_printer(printing: Printing) -> PrinterSimulator:
    simulator = PrinterSimulator()
    simulator.start()
    printing.use(PrinterChoice(kind="network", host=simulator.host, port=simulator.port))
    return simulator
