"""Printing as the program uses it: papers follow operations, one worker serves the printer, the drawer opens apart.

A paper is queued in the transaction of its sale, so there is never one without the other. A drawer pulse is asked for
after the sale is durable and is never kept for later.
"""

import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.config.settings import PrinterChoice, Settings
from desktop.config.speech import DocumentSpeech
from desktop.devices.escpos import Rendered, render
from desktop.devices.print_queue import (
    DrawerAsked,
    JobSettled,
    JobState,
    News,
    PrintJob,
    PrintQueue,
    PrintWorker,
    duplicate_of,
    may_become,
)
from desktop.devices.printer import FilePrinter, NetworkPrinter, Printer
from desktop.devices.printer_settings import PAPER_80_MM, PrinterSettings, drawer_pulse
from desktop.store import print_jobs
from desktop.store.news import Deliver
from desktop.store.print_jobs import PRINTER, StoredJob
from desktop.store.store import Store, at_once
from shared.branches.queries import branch_settings
from shared.core.clock import HOUR_MS, Clock
from shared.core.errors import Refusal
from shared.core.ids import Id, derived_id
from shared.core.paper import Blank, Cut, Pair, Paper, Rule, Text, marked, to_bytes
from shared.core.text import N_
from shared.ledger.log import Recorded
from shared.ledger.transaction import Reading
from shared.reports.paper import report_paper
from shared.sales.operations import ReceiptReprinted, SaleCompleted
from shared.sales.queries import sale_document
from shared.sales.receipt import document_of, duplicate_marks, receipt
from shared.sales.rules import TenderKind
from shared.shifts.operations import ShiftClosed
from shared.shifts.rules import ShiftReport
from shared.staff.queries import person_name

STALE_MS = HOUR_MS
"""Papers that waited longer when a printer is set up are not wanted any more."""
STOP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class PrintingState:
    """What screens show of printing. `cause` and `drawer_cause` are keys of `printer_status.CAUSES`, empty when all is well."""

    has_printer: bool = False
    cause: str = ""
    waiting: int = 0
    unconfirmed: int = 0
    failed: int = 0
    drawer_cause: str = ""


class Printing:
    """Queues papers and serves the desk's printer. Callbacks come through `deliver`."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, deliver: Deliver = at_once) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._deliver = deliver
        self._speech = DocumentSpeech()
        self._choice = self._chosen_before = settings.now.printer
        self._worker: PrintWorker | None = None
        self._queue: PrintQueue | None = None
        self._cash_sales: queue.SimpleQueue[Id] = queue.SimpleQueue()
        self._hearers: list[Callable[[], None]] = []
        self._cause = self._drawer_cause = ""
        store.follow(SaleCompleted, self._follow_sale)
        store.follow(ReceiptReprinted, self._follow_reprint)
        store.follow(ShiftClosed, self._follow_close)
        self._stop_watching = [store.watch(concept, self._look) for concept in ("sales", "shifts", print_jobs.CONCEPT)]
        self._stop_watching.append(settings.on_change(self._chosen))

    @property
    def choice(self) -> PrinterChoice:
        """The printer in use."""
        return self._choice

    @property
    def state(self) -> PrintingState:
        """How printing is doing now."""
        counts = self._store.read(print_jobs.count_by_state)
        return PrintingState(
            has_printer=self._choice.kind != "none",
            cause=self._cause,
            waiting=counts.get(JobState.QUEUED, 0) + counts.get(JobState.SENDING, 0),
            unconfirmed=counts.get(JobState.UNCONFIRMED, 0),
            failed=counts.get(JobState.FAILED, 0),
            drawer_cause=self._drawer_cause,
        )

    def start(self) -> None:
        """Begin to serve the printer that is set up; without one, papers wait."""
        printer = printer_of(self._choice, self._clock)
        if printer is None or self._worker is not None:
            return
        jobs = _Jobs(self._store)
        self._queue = PrintQueue(PRINTER, printer, jobs, self._render, self._clock.mono_ms, self._hear)
        self._worker = PrintWorker(self._queue, PRINTER)
        self._worker.start()

    def stop(self) -> None:
        """Finish the paper at hand and let the printer go."""
        if self._worker is not None:
            self._worker.stop(STOP_SECONDS)
        self._worker = self._queue = None

    def close(self) -> None:
        """Stop, and follow the store no more."""
        self.stop()
        for stop in self._stop_watching:
            stop()

    def use(self, choice: PrinterChoice) -> None:
        """Use a printer for this run; what waited too long for one is given up. The choice in the settings stays.

        Raises NotSaved.
        """
        self.stop()
        before = self._clock.wall_ms() - STALE_MS
        self._store.keep(print_jobs.cancel_older, concept=print_jobs.CONCEPT, before=before, state=JobState.CANCELLED.value)
        self._choice = choice
        self._cause = self._drawer_cause = ""
        self.start()
        self._tell()

    def test_print(self) -> None:
        """Print a page that shows width, letters and sums. Raises Refusal without a printer, NotSaved."""
        if self._choice.kind == "none":
            raise Refusal("no_printer", N_("No printer is set up. Choose one in the settings"))
        self._add("test", self._test_paper())

    def print_report(self, report: ShiftReport, *, copy: bool = False, with_drawer: bool = True) -> None:
        """Print an X, or a Z again marked as a copy; `with_drawer` is False before a blind count. Raises NotSaved."""
        self._add(report.head.kind, report_paper(report, self._speech, with_drawer=with_drawer, copy=copy))

    def open_drawer(self, reason: str) -> None:
        """Open the drawer now, once. Raises Refusal without a printer."""
        if self._queue is None or self._worker is None:
            raise Refusal("no_printer", N_("No printer is set up. Choose one in the settings"))
        self._queue.open_drawer(drawer_pulse(settings_of(self._choice)), reason)
        self._worker.wake()

    def answer_unconfirmed(self, job: Id, came_out: bool) -> None:
        """Somebody looked at the paper: it is whole, or it is not and a marked duplicate is printed. Raises Refusal, NotSaved."""
        stored = self._store.read(print_jobs.stored_job, job=job)
        if stored is None or stored.state != JobState.UNCONFIRMED:
            raise _settled()
        if not came_out:
            again = duplicate_of(_print_job(stored), self._store.new_op(), *self._marks(stored.copy + 1))
            replacement = StoredJob(
                job=again.job_id, printer=again.printer_id, kind=again.kind, paper=again.paper, op=stored.op, copy=again.copy
            )
        if not _mark(self._store, job, JobState.CONFIRMED if came_out else JobState.FAILED, "", drop=True):
            raise _settled()
        if not came_out:
            self._store.keep(print_jobs.add, concept=print_jobs.CONCEPT, job=replacement, made_at=self._clock.wall_ms())

    def cancel(self, job: Id) -> None:
        """Give up a paper that waits. Raises Refusal when it is on its way already, NotSaved."""
        if not _mark(self._store, job, JobState.CANCELLED, "", drop=True):
            raise _settled()

    def on_change(self, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` when the printer, the drawer or a job changed; answers how to stop."""
        self._hearers.append(hear)
        return lambda: self._hearers.remove(hear)

    def _follow_sale(self, reading: Reading, recorded: Recorded) -> None:
        sale = recorded.body
        assert isinstance(sale, SaleCompleted)
        document = document_of(reading, recorded.envelope, sale)
        self._follow(reading, recorded, "receipt", receipt(document, branch_settings(reading), self._speech))
        if any(tender.kind is TenderKind.CASH for tender in sale.tenders):
            self._cash_sales.put(recorded.envelope.op)

    def _follow_reprint(self, reading: Reading, recorded: Recorded) -> None:
        asked = recorded.body
        assert isinstance(asked, ReceiptReprinted)
        club = branch_settings(reading)
        paper = receipt(sale_document(reading, sale_id=asked.sale), club, self._speech)
        moment = self._speech.moment(recorded.envelope.at, club.time_zone)
        person = person_name(reading, recorded.envelope.actor)
        head, foot = duplicate_marks(self._speech, asked.copy, moment, person)
        self._follow(reading, recorded, "receipt", marked(paper, head, foot), asked.copy, op=asked.sale)

    def _follow_close(self, reading: Reading, recorded: Recorded) -> None:
        closed = recorded.body
        assert isinstance(closed, ShiftClosed)
        self._follow(reading, recorded, "z", report_paper(closed.report, self._speech))

    def _follow(self, reading: Reading, recorded: Recorded, kind: str, paper: Paper, copy: int = 0, op: Id | None = None) -> None:
        made = recorded.envelope.op
        job = StoredJob(
            job=derived_id(made, "paper"), printer=PRINTER, kind=kind, paper=to_bytes(paper), op=op or made, copy=copy
        )
        print_jobs.add(reading.connection, job=job, made_at=reading.now)

    def _add(self, kind: str, paper: Paper) -> None:
        job = StoredJob(job=self._store.new_op(), printer=PRINTER, kind=kind, paper=to_bytes(paper))
        self._store.keep(print_jobs.add, concept=print_jobs.CONCEPT, job=job, made_at=self._clock.wall_ms())

    def _look(self) -> None:
        """Something was queued or moved: open the drawer for durable cash sales, wake the worker."""
        paid: list[Id] = []
        while not self._cash_sales.empty():
            paid.append(self._cash_sales.get())
        if paid and self._queue is not None:
            # A sale that was rolled back has left no paper, and opens nothing.
            for _ in self._store.read(print_jobs.ops_with_jobs, ops=paid):
                self._queue.open_drawer(drawer_pulse(settings_of(self._choice)), "sale")
        if self._worker is not None:
            self._worker.wake()
        self._tell()

    def _chosen(self) -> None:
        # A change of another setting leaves the printer of this run in peace.
        if self._settings.now.printer != self._chosen_before:
            self._chosen_before = self._settings.now.printer
            self.use(self._chosen_before)

    def _render(self, paper: Paper) -> Rendered:
        return render(paper, settings_of(self._choice))

    def _hear(self, news: News) -> None:
        """In the worker's thread: note what the printer did."""
        if isinstance(news, DrawerAsked):
            self._drawer_cause = news.cause
        else:
            self._cause = news.cause if news.state in (JobState.QUEUED, JobState.UNCONFIRMED) else ""
        self._deliver(self._tell)

    def _tell(self) -> None:
        for hear in tuple(self._hearers):
            hear()

    def _marks(self, copy: int) -> tuple[tuple[Text | Blank, ...], tuple[Text | Blank, ...]]:
        title = Text(self._speech.tr(N_("DUPLICATE {copy}"), copy=copy), align="center", bold=True, double=True)
        return (title, Blank()), (Blank(), Text(self._speech.tr(N_("DUPLICATE {copy}"), copy=copy), align="center", bold=True))

    def _test_paper(self) -> Paper:
        tr = self._speech.tr
        return Paper(
            (
                Text(tr(N_("TEST PAGE")), align="center", bold=True, double=True),
                Rule(),
                Text("".join(str(place % 10) for place in range(1, settings_of(self._choice).columns + 1))),
                Rule(),
                Text("Съешь ещё этих мягких французских булок, да выпей чаю"),
                Text("The quick brown fox jumps over the lazy dog"),
                Pair(tr(N_("TOTAL")), self._speech.amount(123_456, "RUB") + " ₽", bold=True, double=True),
                Cut(),
            )
        )


class _Jobs:
    """The store's list of jobs as a print queue wants it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_queued(self, printer_id: str) -> PrintJob | None:
        found = self._store.read(print_jobs.next_in_state, printer=printer_id, state=JobState.QUEUED.value)
        return None if found is None else _print_job(found)

    def left_sending(self, printer_id: str) -> Sequence[str]:
        return self._store.read(print_jobs.ids_in_state, printer=printer_id, state=JobState.SENDING.value)

    def mark(self, job_id: str, state: JobState, cause: str) -> None:
        # Somebody may have cancelled the job in the meantime; then nothing of it may be sent.
        if not _mark(self._store, job_id, state, cause, drop=state is JobState.CONFIRMED):
            raise JobSettled


def printer_of(choice: PrinterChoice, clock: Clock) -> Printer | None:
    """The way to a chosen printer; None when there is none."""
    match choice.kind:
        case "network":
            proof = settings_of(choice).proof
            return NetworkPrinter(choice.host, choice.port, proof, monotonic=lambda: clock.mono_ms() / 1000)
        case "file":
            return FilePrinter(Path(choice.folder))
        case "none":
            return None


def settings_of(choice: PrinterChoice) -> PrinterSettings:
    """What the chosen printer can do; options that this build cannot read count as not chosen."""
    try:
        return msgspec.convert(msgspec.structs.asdict(PAPER_80_MM) | choice.options, PrinterSettings)
    except msgspec.ValidationError:
        return PAPER_80_MM


def _mark(store: Store, job: Id, state: JobState, cause: str, *, drop: bool = False) -> bool:
    return store.keep(
        print_jobs.mark,
        concept=print_jobs.CONCEPT,
        job=job,
        state=state.value,
        cause=cause,
        may_leave=lambda old: may_become(JobState(old), state),
        drop=drop,
    )


def _print_job(stored: StoredJob) -> PrintJob:
    return PrintJob(
        job_id=stored.job,
        printer_id=stored.printer,
        kind=stored.kind,
        paper=stored.paper,
        copy=stored.copy,
        state=JobState(stored.state),
        cause=stored.cause,
    )


def _settled() -> Refusal:
    return Refusal("print_job_is_settled", N_("This print job is settled already"))
