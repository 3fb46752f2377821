"""Paper follows what is recorded, the drawer opens for cash, and nothing comes out twice by itself."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.config.settings import PrinterChoice
from desktop.devices.printing import STALE_MS
from desktop.devices.simulator.server import Conditions, PrinterSimulator, printed_lines
from desktop.store.print_jobs import PrintJobShown, print_jobs_of, unfinished_prints
from desktop.store.session import local_owner
from shared.core.clock import ManualClock
from shared.core.ids import Id
from shared.reports.commands import close_shift
from shared.reports.shift_report import x_report
from shared.sales.commands import LineAsked, TenderAsked, complete_sale, reprint_receipt
from shared.sales.queries import tiles
from shared.sales.rules import TenderKind
from shared.shifts.commands import count_drawer, open_shift
from shared.shifts.rules import Count
from tests.support.refusals import refused

WAIT_SECONDS = 30.0


class Counter:
    """The demo club with an open shift and a printer that can be troubled."""

    def __init__(self, root: Path) -> None:
        self.clock = ManualClock(1_795_244_064_000)
        self.heard = threading.Condition()
        self.desk: DeskParts = open_desk(root, clock=self.clock, is_test=True, demo=True)
        assert self.desk.simulator is not None
        self.printer: PrinterSimulator = self.desk.simulator
        self.printer.changed = self._hear
        self.desk.printing.on_change(self._hear)
        self.do(open_shift, float_minor=300_000)

    def do(self, command: Callable[..., object], **args: object) -> Id:
        store = self.desk.store
        recorded = store.do(command, op=store.new_op(), actor=local_owner(), args=args)  # type: ignore[arg-type]
        return recorded.envelope.op

    def sell(self, kind: TenderKind = TenderKind.CASH) -> Id:
        cola = next(offer for offer in self.desk.store.read(tiles) if offer.tile == 6)
        line = LineAsked(product_id=cola.product_id)
        return self.do(complete_sale, lines=(line,), tenders=(TenderAsked(kind, 11_000),))

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for what threads do; fails after half a minute."""
        with self.heard:
            assert self.heard.wait_for(true, WAIT_SECONDS), (self.desk.printing.state, self.unfinished)

    @property
    def unfinished(self) -> tuple[PrintJobShown, ...]:
        return self.desk.store.read(unfinished_prints)

    @property
    def lines(self) -> tuple[str, ...]:
        return printed_lines(self.printer.paper)

    def printed(self, words: str) -> int:
        """How often some words stand on the paper."""
        return sum(words in line for line in self.lines)

    def _hear(self) -> None:
        with self.heard:
            self.heard.notify_all()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(tmp_path / "desk")
    yield counter
    counter.printer.changed = lambda: None
    counter.desk.close()


def test_a_sale_prints_its_receipt_once_and_cash_opens_the_drawer_once(counter: Counter) -> None:
    sale = counter.sell()
    counter.until(lambda: not counter.unfinished and len(counter.printer.pulses) == 1)
    assert counter.printed("1-0001") >= 1
    assert counter.printed("Добрый Кола") == 1
    assert [job.state for job in counter.desk.store.read(print_jobs_of, op=sale)] == ["confirmed"]


def test_a_card_opens_no_drawer(counter: Counter) -> None:
    counter.sell(TenderKind.CARD)
    counter.until(lambda: not counter.unfinished)
    assert counter.printer.pulses == ()


def test_a_sale_never_waits_for_paper_and_the_paper_follows_later(counter: Counter) -> None:
    counter.printer.set(Conditions(paper="out"))
    for _ in range(3):
        counter.sell(TenderKind.CARD)
    counter.until(lambda: counter.desk.printing.state.cause == "paper_out")
    assert counter.desk.printing.state.waiting == 3
    assert counter.lines == ()
    counter.printer.set(Conditions())
    counter.until(lambda: not counter.unfinished)
    assert [counter.printed(f"Receipt 1-000{number}") for number in (1, 2, 3)] == [1, 1, 1]


def test_a_reprint_is_marked_and_counted(counter: Counter) -> None:
    counter.sell()
    counter.do(reprint_receipt)
    counter.do(reprint_receipt)
    counter.until(lambda: not counter.unfinished)
    assert counter.printed("DUPLICATE 1") == 2
    assert counter.printed("DUPLICATE 2") == 2
    assert counter.printed("Receipt 1-0001") == 3
    counter.until(lambda: len(counter.printer.pulses) == 1)


def test_x_and_z_come_on_paper_and_z_again_says_copy(counter: Counter) -> None:
    counter.sell()
    report = counter.desk.store.read(x_report)
    counter.desk.printing.print_report(report, with_drawer=False)
    counter.until(lambda: counter.printed("X REPORT") == 1 and not counter.unfinished)
    assert counter.printed("Should be there") == 0
    count = counter.do(count_drawer, count=Count(((100, 3_110),)))
    counter.do(close_shift, count=count)
    counter.until(lambda: counter.printed("Z REPORT 1-0002") == 1 and not counter.unfinished)
    assert counter.printed("Should be there") == 1
    counter.desk.printing.print_report(report, copy=True)
    counter.until(lambda: counter.printed("COPY") == 1 and not counter.unfinished)


def test_a_paper_nobody_is_sure_of_waits_for_a_person_who_says_it_came_out(counter: Counter) -> None:
    job = _unsure(counter)
    counter.desk.printing.answer_unconfirmed(job, came_out=True)
    counter.until(lambda: not counter.unfinished)
    assert counter.printed("DUPLICATE") == 0
    with refused("print_job_is_settled"):
        counter.desk.printing.answer_unconfirmed(job, came_out=False)


def test_a_paper_that_did_not_come_out_is_printed_again_as_a_duplicate(counter: Counter) -> None:
    job = _unsure(counter)
    counter.printer.tear_off()
    counter.desk.printing.answer_unconfirmed(job, came_out=False)
    counter.until(lambda: [one.state for one in counter.unfinished] == ["failed"])
    assert counter.printed("DUPLICATE 1") == 2
    assert counter.printed("Receipt 1-0001") == 1


def test_what_waits_can_be_given_up(counter: Counter) -> None:
    counter.printer.set(Conditions(cover_open=True))
    counter.sell(TenderKind.CARD)
    counter.until(lambda: counter.desk.printing.state.cause == "cover_open")
    counter.desk.printing.cancel(counter.unfinished[0].job)
    counter.printer.set(Conditions())
    counter.desk.printing.test_print()
    counter.until(lambda: counter.printed("TEST PAGE") == 1)
    assert counter.printed("Receipt") == 0


def test_without_a_printer_papers_wait_and_old_ones_never_flood_a_new_one(counter: Counter) -> None:
    printing, printer = counter.desk.printing, counter.printer
    printing.use(PrinterChoice())
    counter.sell(TenderKind.CARD)
    assert (printing.state.has_printer, printing.state.waiting) == (False, 1)
    with refused("no_printer"):
        printing.test_print()
    counter.clock.advance(STALE_MS + 1)
    counter.sell(TenderKind.CARD)
    printing.use(PrinterChoice(kind="network", host=printer.host, port=printer.port))
    counter.until(lambda: not counter.unfinished)
    assert (counter.printed("Receipt 1-0001"), counter.printed("Receipt 1-0002")) == (0, 1)


def test_a_printer_into_a_folder_writes_one_file_for_each_paper(counter: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    counter.desk.printing.use(PrinterChoice(kind="file", folder=str(folder)))
    counter.sell(TenderKind.CARD)
    counter.sell(TenderKind.CARD)
    counter.until(lambda: not counter.unfinished)
    assert [path.name for path in sorted(folder.iterdir())] == ["000001.bin", "000002.bin"]


def _unsure(counter: Counter) -> Id:
    """A sale whose receipt broke off in the middle."""
    counter.printer.set(Conditions(lines_left=4))
    counter.sell(TenderKind.CARD)
    counter.until(lambda: [one.state for one in counter.unfinished] == ["unconfirmed"])
    counter.printer.power_cycle()
    counter.printer.set(Conditions())
    return counter.unfinished[0].job


def test_a_change_of_another_setting_leaves_the_printer_of_this_run_in_peace(counter: Counter) -> None:
    used = counter.desk.printing.choice
    assert used.kind == "network"
    counter.desk.settings.change(theme="dark")
    assert counter.desk.printing.choice == used
    counter.desk.settings.change(printer=PrinterChoice(kind="file", folder="/nowhere"))
    assert counter.desk.printing.choice.kind == "file"
