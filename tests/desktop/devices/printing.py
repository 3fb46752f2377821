"""Parts the printer tests share: a store of print jobs in memory and a real simulator on a loopback port."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.devices.escpos import Rendered, render
from desktop.devices.print_queue import JobState, News, PrintJob, PrintQueue, may_become
from desktop.devices.printer import NetworkPrinter, Patience, Printer
from desktop.devices.printer_settings import PAPER_80_MM, Proof
from desktop.devices.simulator.server import PrinterSimulator
from shared.core.paper import Blank, Cut, Pair, Paper, Qr, Rule, Text, to_bytes

PATIENT = Patience(connect=30.0, write=30.0, answer=15.0, proof=30.0, look=0.1, goodbye=0.2)
"""For printers that answer: far longer than any machine is slow."""

SHORT = Patience(connect=30.0, write=1.0, answer=1.0, proof=2.0, look=0.2, goodbye=0.2)
"""For printers that never answer: the test waits this long for nothing."""

RECEIPT = Paper(
    (
        Text("Клуб на Лесной", align="center", bold=True, double=True),
        Text("ООО «Пример», ИНН 0000000000", align="center"),
        Blank(),
        Pair("Чек 148-0213", "21.11.2026 19:22"),
        Rule(),
        Text("Red Bull 0,25 л"),
        Pair("  2 × 180,00, скидка 18,00", "342,00"),
        Rule(),
        Pair("ИТОГО", "342,00", bold=True, double=True),
        Text("НЕ ФИСКАЛЬНЫЙ", align="center"),
        Qr("148-0213-K7M4"),
        Text("148-0213-K7M4", align="center"),
        Cut(),
    )
)


class JobsInMemory:
    """Print jobs in a dictionary, with every state they went through."""

    def __init__(self) -> None:
        self.jobs: dict[str, PrintJob] = {}
        self.history: dict[str, list[tuple[JobState, str]]] = {}
        self._lock = threading.Lock()

    def add(self, job: PrintJob) -> None:
        with self._lock:
            self.jobs[job.job_id] = job
            self.history[job.job_id] = []

    def next_queued(self, printer_id: str) -> PrintJob | None:
        with self._lock:
            mine = (job for job in self.jobs.values() if job.printer_id == printer_id)
            return next((job for job in mine if job.state is JobState.QUEUED), None)

    def left_sending(self, printer_id: str) -> Sequence[str]:
        with self._lock:
            mine = (job for job in self.jobs.values() if job.printer_id == printer_id)
            return [job.job_id for job in mine if job.state is JobState.SENDING]

    def mark(self, job_id: str, state: JobState, cause: str) -> None:
        with self._lock:
            job = self.jobs[job_id]
            assert may_become(job.state, state), (job.state, state)
            self.jobs[job_id] = replace(job, state=state, cause=cause)
            self.history[job_id].append((state, cause))


class Bench:
    """A queue, its store, its news and the simulated printer at the end of the wire."""

    def __init__(self, simulator: PrinterSimulator, proof: Proof = "status", printer: Printer | None = None) -> None:
        self.simulator = simulator
        self.jobs = JobsInMemory()
        self.news: list[News] = []
        self.now_ms = 0
        self.printer = printer or network_printer(simulator, proof)
        self.queue = PrintQueue("bar", self.printer, self.jobs, rendered, lambda: self.now_ms, self.news.append)

    def add(self, job_id: str, paper: Paper = RECEIPT) -> None:
        self.jobs.add(PrintJob(job_id, "bar", "receipt", to_bytes(paper)))

    def state(self, job_id: str) -> tuple[str, str]:
        job = self.jobs.jobs[job_id]
        return job.state.value, job.cause


def rendered(paper: Paper) -> Rendered:
    return render(paper, PAPER_80_MM)


def network_printer(simulator: PrinterSimulator, proof: Proof = "status", patience: Patience = PATIENT) -> NetworkPrinter:
    return NetworkPrinter(simulator.host, simulator.port, proof, monotonic=time.monotonic, patience=patience)


def eventually(happened: Callable[[], bool]) -> None:
    """Wait for another thread; the limit is far beyond any machine's slowness."""
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def on_first_line(simulator: PrinterSimulator, happens: Callable[[], None]) -> None:
    """Let something happen to the printer while it is in the middle of a receipt."""

    def changed() -> None:
        if simulator.paper:
            simulator.changed = lambda: None
            happens()

    simulator.changed = changed
