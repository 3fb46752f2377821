"""The durable print queue: what may happen to a job, and the one worker that serves one printer.

A job is sent once. After its first byte nothing repeats it but a person, who gets a new job marked as a duplicate.
"""

from __future__ import annotations

import enum
import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

import msgspec

from desktop.devices.escpos import Rendered, Unprintable
from desktop.devices.printer import Link, NotSent, OutcomeUnknown, Printer
from desktop.devices.printer_settings import Pulse
from shared.core.paper import Line, Paper, from_bytes, marked, to_bytes

RETRY_SECONDS = 2.0
"""How often a printer that is out of paper or away is looked at again."""

DRAWER_PATIENCE_MS = 5_000
"""A drawer that opens later than this would open on the next guest."""

_RECOVERABLE = ("cutter", "error")

_log = logging.getLogger(__name__)


class JobState(enum.StrEnum):
    """Where a print job stands."""

    QUEUED = "queued"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    CANCELLED = "cancelled"


NEXT_STATES: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.QUEUED: frozenset({JobState.QUEUED, JobState.SENDING, JobState.FAILED, JobState.CANCELLED}),
        JobState.SENDING: frozenset({JobState.QUEUED, JobState.CONFIRMED, JobState.UNCONFIRMED}),
        # Only a person knows what lies in the tray.
        JobState.UNCONFIRMED: frozenset({JobState.CONFIRMED, JobState.FAILED}),
        JobState.CONFIRMED: frozenset(),
        JobState.FAILED: frozenset(),
        JobState.CANCELLED: frozenset(),
    }
)


def may_become(old: JobState, new: JobState) -> bool:
    """Whether a job may go from one state to the other; a store checks it at every mark."""
    return new in NEXT_STATES[old]


class JobSettled(Exception):
    """Somebody settled this job meanwhile, so it is not to be touched any more."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper for one printer. `copy` is 0 for the original; `cause` is a key of `CAUSES` or empty."""

    job_id: str
    printer_id: str
    kind: str
    paper: bytes
    copy: int = 0
    state: JobState = JobState.QUEUED
    cause: str = ""


class PrintJobs(Protocol):
    """The store of print jobs. Every mark is durable when it returns."""

    def next_queued(self, printer_id: str) -> PrintJob | None:
        """The oldest queued job of a printer."""

    def left_sending(self, printer_id: str) -> Sequence[str]:
        """Ids of the jobs that were being sent when the program stopped."""

    def mark(self, job_id: str, state: JobState, cause: str) -> None:
        """Put a job into a state. Raises JobSettled when `may_become` says no."""


@dataclass(frozen=True, slots=True)
class JobMoved:
    """A job changed its state or the cause it waits for; `replaced` characters had no place on the code page."""

    job_id: str
    state: JobState
    cause: str = ""
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class DrawerAsked:
    """The drawer was sent its pulse, or was not and why."""

    reason: str
    cause: str = ""


News = JobMoved | DrawerAsked


def duplicate_of(job: PrintJob, job_id: str, head: tuple[Line, ...], foot: tuple[Line, ...]) -> PrintJob:
    """A new job with the same content between marks that say it is a copy; the first job stays as it is."""
    return replace(
        job,
        job_id=job_id,
        paper=to_bytes(marked(from_bytes(job.paper), head, foot)),
        copy=job.copy + 1,
        state=JobState.QUEUED,
        cause="",
    )


@dataclass(frozen=True, slots=True)
class _DrawerRequest:
    pulse: Pulse
    reason: str
    asked_at: int


class PrintQueue:
    """Serves one printer, job by job. `step` does one thing and returns; `PrintWorker` calls it from its thread.

    `clock` gives monotonic milliseconds; `tell` hears every change, in the worker's thread.
    """

    def __init__(
        self,
        printer_id: str,
        printer: Printer,
        jobs: PrintJobs,
        render: Callable[[Paper], Rendered],
        clock: Callable[[], int],
        tell: Callable[[News], None],
    ) -> None:
        self._printer_id = printer_id
        self._printer = printer
        self._jobs = jobs
        self._render = render
        self._clock = clock
        self._tell = tell
        self._drawer: queue.SimpleQueue[_DrawerRequest] = queue.SimpleQueue()
        self._torn = False

    def settle(self, cause: str) -> None:
        """Call at start and after a fault: of a job that was being sent nobody knows how much came out."""
        for job_id in self._jobs.left_sending(self._printer_id):
            self._move(job_id, JobState.UNCONFIRMED, cause)

    def open_drawer(self, pulse: Pulse, reason: str) -> None:
        """Ask for one drawer pulse, from any thread. It is tried once and never kept for later."""
        self._drawer.put(_DrawerRequest(pulse, reason, self._clock()))

    def step(self) -> bool:
        """Open the drawer if asked, then print at most one job; False when there is nothing to do right now."""
        opened = self._serve_drawer()
        job = self._jobs.next_queued(self._printer_id)
        if job is None:
            return opened
        try:
            return self._serve(job)
        except JobSettled:
            return True

    def _serve(self, job: PrintJob) -> bool:
        rendered = self._rendered(job)
        if isinstance(rendered, str):
            self._move(job.job_id, JobState.FAILED, rendered)
            return True
        try:
            with self._printer.connect() as link:
                return self._print(job, rendered, link)
        except NotSent as fault:
            self._wait(job, fault.cause)
            return False

    def _rendered(self, job: PrintJob) -> Rendered | str:
        """The bytes of a job, or the cause why it has none."""
        try:
            return self._render(from_bytes(job.paper))
        except Unprintable as fault:
            return fault.cause
        except msgspec.MsgspecError:
            return "unreadable"
        # One paper that trips a bug must not stand before all the others for ever.
        except Exception:
            _log.exception("a print job could not be rendered: %s", job.job_id)
            return "bug"

    def _print(self, job: PrintJob, rendered: Rendered, link: Link) -> bool:
        status = link.status()
        if self._torn and status.cause in _RECOVERABLE:
            # Once: the rest of a torn receipt is thrown away, and a cutter that is still jammed needs a person.
            self._torn = False
            link.recover()
            status = link.status()
        if status.state == "stopped" or (status.state == "unknown" and self._printer.answers):
            self._wait(job, status.cause)
            return False
        # Marked before the first byte: a crash from here on leaves a job that is never sent again by itself.
        self._move(job.job_id, JobState.SENDING)
        try:
            link.send(rendered.payload)
        except NotSent as fault:
            self._move(job.job_id, JobState.QUEUED, fault.cause)
            return False
        except OutcomeUnknown as fault:
            self._torn = fault.cause != "no_proof"
            self._move(job.job_id, JobState.UNCONFIRMED, fault.cause, rendered.replaced)
            return True
        self._move(job.job_id, JobState.CONFIRMED, "", rendered.replaced)
        return True

    def _serve_drawer(self) -> bool:
        try:
            request = self._drawer.get_nowait()
        except queue.Empty:
            return False
        self._tell(DrawerAsked(request.reason, self._pulse(request)))
        return True

    def _pulse(self, request: _DrawerRequest) -> str:
        """Kick the drawer; the cause why not, or empty."""
        if self._clock() - request.asked_at > DRAWER_PATIENCE_MS:
            return "too_late"
        try:
            with self._printer.connect() as link:
                # A stopped printer would keep the pulse and open the drawer when somebody loads paper.
                if not request.pulse.real_time and (status := link.status()).state == "stopped":
                    return status.cause
                link.pulse(request.pulse.command)
        except (NotSent, OutcomeUnknown) as fault:
            return fault.cause
        return ""

    def _wait(self, job: PrintJob, cause: str) -> None:
        # The cause is written when it changes, not at every look at the printer.
        if job.cause != cause:
            self._move(job.job_id, JobState.QUEUED, cause)

    def _move(self, job_id: str, state: JobState, cause: str = "", replaced: int = 0) -> None:
        self._jobs.mark(job_id, state, cause)
        self._tell(JobMoved(job_id, state, cause, replaced))


class PrintWorker:
    """The thread of one printer. `wait` sleeps on an event for some seconds at most; a test may pass its own."""

    def __init__(
        self, print_queue: PrintQueue, name: str, wait: Callable[[threading.Event, float], object] = threading.Event.wait
    ) -> None:
        self._queue = print_queue
        self._wait = wait
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._fault = False
        self._thread = threading.Thread(target=self._run, name=f"printer {name}", daemon=True)

    def start(self) -> None:
        """Begin to print what is queued."""
        self._thread.start()

    def wake(self) -> None:
        """A job was queued or the drawer was asked for; may be called from any thread."""
        self._wake.set()

    def stop(self, seconds: float) -> bool:
        """Finish the job at hand and end the thread; False when it did not end within `seconds`."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._guarded(lambda: self._queue.settle("restarted"))
        while not self._stopping.is_set():
            self._wake.clear()
            if self._fault:
                self._fault = False
                self._guarded(lambda: self._queue.settle("bug"))
            if not self._guarded(self._queue.step):
                self._wait(self._wake, RETRY_SECONDS)

    def _guarded(self, work: Callable[[], object]) -> bool:
        try:
            return bool(work())
        # A bug or a failing store must not end printing for the rest of the day.
        except Exception:
            _log.exception("the print queue met a fault")
            self._fault = True
            return False
