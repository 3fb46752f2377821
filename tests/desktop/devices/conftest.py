"""A simulated printer and a queue that prints on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.devices.simulator.server import PrinterSimulator
from tests.desktop.devices.printing import Bench


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    with PrinterSimulator() as simulator:
        yield simulator


@pytest.fixture
def bench(simulator: PrinterSimulator) -> Bench:
    return Bench(simulator)
