"""Every fault of a printer ends in the state that is true, and no receipt is ever sent twice."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from desktop.devices.print_queue import DrawerAsked, JobMoved, JobState, PrintJob, PrintWorker, duplicate_of
from desktop.devices.printer import FilePrinter, NetworkPrinter
from desktop.devices.printer_settings import PAPER_80_MM, PrinterSettings, Proof, drawer_pulse
from desktop.devices.simulator.roll import DrawerPulse, PaperCut
from desktop.devices.simulator.server import Conditions, PrinterSimulator, printed_lines
from shared.core.paper import Paper, Qr, Text, from_bytes
from tests.desktop.devices.printing import PATIENT, RECEIPT, SHORT, Bench, eventually, network_printer, on_first_line

PULSE = drawer_pulse(PAPER_80_MM)


@pytest.mark.parametrize("proof", ["status", "process_id"])
def test_a_receipt_is_confirmed_when_the_printer_proves_it_is_out(simulator: PrinterSimulator, proof: Proof) -> None:
    bench = Bench(simulator, proof)
    bench.add("one")
    assert bench.queue.step()
    assert bench.state("one") == ("confirmed", "")
    assert bench.jobs.history["one"] == [(JobState.SENDING, ""), (JobState.CONFIRMED, "")]
    assert printed_lines(simulator.paper)[0] == "Клуб на Лесной"
    assert simulator.paper[-1] == PaperCut(partial=True)
    assert not bench.queue.step()


def test_jobs_come_out_in_the_order_they_were_queued(bench: Bench) -> None:
    for number in range(5):
        bench.add(str(number), Paper((Text(f"receipt {number}"),)))
    while bench.queue.step():
        continue
    assert printed_lines(bench.simulator.paper) == tuple(f"receipt {number}" for number in range(5))


@pytest.mark.parametrize(
    ("conditions", "cause"),
    [
        (Conditions(paper="out"), "paper_out"),
        (Conditions(cover_open=True), "cover_open"),
        (Conditions(offline=True), "offline"),
        (Conditions(broken=True), "cutter"),
    ],
)
def test_a_job_waits_queued_while_the_printer_cannot_print(bench: Bench, conditions: Conditions, cause: str) -> None:
    bench.add("one")
    bench.simulator.set(conditions)
    assert not bench.queue.step()
    assert bench.state("one") == ("queued", cause)
    assert not bench.simulator.paper
    bench.simulator.set(Conditions())
    assert bench.queue.step()
    assert bench.state("one") == ("confirmed", "")


def test_a_job_waits_queued_while_the_printer_says_nothing(simulator: PrinterSimulator) -> None:
    bench = Bench(simulator, printer=network_printer(simulator, patience=SHORT))
    bench.add("one")
    simulator.set(Conditions(silent=True))
    assert not bench.queue.step()
    assert bench.state("one") == ("queued", "no_answer")
    assert not simulator.paper


def test_the_cause_of_waiting_is_written_once(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(paper="out"))
    for _ in range(3):
        assert not bench.queue.step()
    assert bench.jobs.history["one"] == [(JobState.QUEUED, "paper_out")]


def test_a_job_waits_queued_while_nobody_listens(simulator: PrinterSimulator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    printer = NetworkPrinter("127.0.0.1", port, "status", monotonic=time.monotonic, patience=PATIENT)
    bench = Bench(simulator, printer=printer)
    bench.add("one")
    assert not bench.queue.step()
    assert bench.state("one") == ("queued", "no_connection")


def test_paper_that_ends_in_the_middle_leaves_an_unconfirmed_receipt_that_is_not_repeated(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(lines_left=4))
    assert bench.queue.step()
    assert bench.state("one") == ("unconfirmed", "paper_out")
    assert len(bench.simulator.paper) == 4
    assert not bench.queue.step()
    bench.simulator.set(Conditions())
    assert not bench.queue.step()
    # The printer finishes the torn receipt from its own buffer, once.
    eventually(lambda: bench.simulator.paper[-1:] == (PaperCut(partial=True),))
    assert printed_lines(bench.simulator.paper).count("Клуб на Лесной") == 1


def test_paper_near_its_end_stops_nothing(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(paper="near_end"))
    assert bench.queue.step()
    assert bench.state("one") == ("confirmed", "")


def test_a_printer_that_falls_silent_in_the_middle_leaves_an_unconfirmed_receipt(simulator: PrinterSimulator) -> None:
    bench = Bench(simulator, printer=network_printer(simulator, patience=SHORT))
    bench.add("one")
    bench.simulator.set(Conditions(silent_after=3))
    assert bench.queue.step()
    assert bench.state("one") == ("unconfirmed", "no_answer")
    assert len(bench.simulator.paper) == 3


def test_a_cover_opened_in_the_middle_is_named(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(seconds_per_line=0.05))
    on_first_line(bench.simulator, lambda: bench.simulator.set(Conditions(cover_open=True)))
    assert bench.queue.step()
    assert bench.state("one") == ("unconfirmed", "cover_open")


def test_a_printer_switched_off_in_the_middle_leaves_an_unconfirmed_receipt(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(seconds_per_line=0.05))
    on_first_line(bench.simulator, bench.simulator.power_cycle)
    assert bench.queue.step()
    assert bench.state("one") == ("unconfirmed", "broken_off")


def test_a_slow_printer_is_waited_for(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(seconds_per_line=0.03))
    assert bench.queue.step()
    assert bench.state("one") == ("confirmed", "")


def test_a_printer_that_never_answers_is_never_called_confirmed(simulator: PrinterSimulator) -> None:
    bench = Bench(simulator, "none")
    bench.add("one")
    assert bench.queue.step()
    assert bench.state("one") == ("unconfirmed", "no_proof")
    eventually(lambda: simulator.paper[-1:] == (PaperCut(partial=True),))


def test_a_job_left_in_sending_at_start_becomes_unconfirmed_and_stays_unsent(bench: Bench) -> None:
    bench.add("one")
    bench.jobs.mark("one", JobState.SENDING, "")
    bench.queue.settle("restarted")
    assert bench.state("one") == ("unconfirmed", "restarted")
    assert not bench.queue.step()
    assert not bench.simulator.paper


def test_a_paper_that_cannot_be_rendered_fails_and_lets_the_next_one_pass(bench: Bench) -> None:
    bench.add("long code", Paper((Qr("x" * 5000),)))
    bench.jobs.add(PrintJob("damaged", "bar", "receipt", b"{"))
    bench.add("good")
    while bench.queue.step():
        continue
    assert bench.state("long code") == ("failed", "qr_too_long")
    assert bench.state("damaged") == ("failed", "unreadable")
    assert bench.state("good") == ("confirmed", "")


def test_the_rest_of_a_torn_receipt_is_cleared_from_a_jammed_printer_before_the_next_one(bench: Bench) -> None:
    bench.add("torn")
    bench.add("next", Paper((Text("next"),)))
    bench.simulator.set(Conditions(seconds_per_line=0.05))
    on_first_line(bench.simulator, lambda: bench.simulator.set(Conditions(broken=True)))
    assert bench.queue.step()
    assert bench.state("torn") == ("unconfirmed", "cutter")
    assert bench.queue.step()
    assert bench.state("next") == ("confirmed", "")
    assert printed_lines(bench.simulator.paper) == ("Клуб на Лесной", "next")


def test_a_printer_jammed_before_the_job_is_left_to_a_person(bench: Bench) -> None:
    bench.add("one")
    bench.simulator.set(Conditions(broken=True))
    for _ in range(2):
        assert not bench.queue.step()
    assert bench.simulator.conditions.broken
    assert bench.state("one") == ("queued", "cutter")


def test_a_reprint_is_a_new_job_with_the_same_content_between_its_marks(bench: Bench) -> None:
    bench.add("one")
    bench.queue.step()
    first = bench.simulator.tear_off()
    original = bench.jobs.jobs["one"]
    copy = duplicate_of(original, "two", (Text("ДУБЛИКАТ"),), (Text("Копия 1"),))
    assert (copy.copy, copy.state, copy.cause) == (1, JobState.QUEUED, "")
    bench.jobs.add(copy)
    bench.queue.step()
    lines, again = printed_lines(first), printed_lines(bench.simulator.paper)
    assert again == ("ДУБЛИКАТ", *lines, "Копия 1")
    assert bench.simulator.paper[-1] == PaperCut(partial=True)
    assert from_bytes(original.paper) == RECEIPT


def test_characters_without_a_place_on_the_page_are_told(bench: Bench) -> None:
    bench.add("one", Paper((Text("Әйгерім 寿司"),)))
    bench.queue.step()
    assert bench.news[-1] == JobMoved("one", JobState.CONFIRMED, "", 4)


def test_the_drawer_opens_once_and_before_the_receipt(bench: Bench) -> None:
    bench.add("one")
    bench.queue.open_drawer(PULSE, "sale")
    assert bench.queue.step()
    assert bench.simulator.pulses == (DrawerPulse(pin=2, on_ms=100),)
    assert bench.news[0] == DrawerAsked("sale")
    assert not bench.queue.step()
    assert len(bench.simulator.pulses) == 1


def test_a_drawer_that_could_not_be_opened_is_not_opened_later(bench: Bench) -> None:
    bench.queue.open_drawer(PULSE, "sale")
    bench.now_ms += 60_000
    assert bench.queue.step()
    assert bench.news == [DrawerAsked("sale", "too_late")]
    assert not bench.simulator.pulses


def test_a_drawer_pulse_waits_for_no_paper(bench: Bench) -> None:
    bench.simulator.set(Conditions(paper="out"))
    real_time = drawer_pulse(PrinterSettings(drawer_command="real_time", drawer_pin=5))
    bench.queue.open_drawer(real_time, "sale")
    bench.queue.step()
    eventually(lambda: bench.simulator.pulses == (DrawerPulse(pin=5, on_ms=100),))


def test_a_pulse_that_would_wait_in_the_buffer_is_not_sent(bench: Bench) -> None:
    bench.simulator.set(Conditions(paper="out"))
    bench.queue.open_drawer(PULSE, "sale")
    bench.queue.step()
    assert bench.news == [DrawerAsked("sale", "paper_out")]
    bench.simulator.set(Conditions())
    bench.add("one")
    bench.queue.step()
    assert not bench.simulator.pulses


def test_the_worker_prints_when_woken_and_stops_when_told(bench: Bench) -> None:
    worker = PrintWorker(bench.queue, "bar")
    worker.start()
    bench.add("one")
    worker.wake()
    eventually(lambda: bench.state("one")[0] == "confirmed")
    assert worker.stop(30)


def test_the_worker_looks_again_at_a_printer_without_paper_until_it_has_some(simulator: PrinterSimulator) -> None:
    bench = Bench(simulator)
    waited: list[float] = []

    def wait(event: object, seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            simulator.set(Conditions())
        eventually(lambda: bench.state("one")[0] != "sending")

    bench.add("one")
    simulator.set(Conditions(paper="out"))
    worker = PrintWorker(bench.queue, "bar", wait)
    worker.start()
    eventually(lambda: bench.state("one")[0] == "confirmed")
    assert worker.stop(30)
    assert waited[:3] == [2.0, 2.0, 2.0]


def test_a_file_printer_writes_one_file_a_job_and_a_torn_folder_is_named(tmp_path: Path, simulator: PrinterSimulator) -> None:
    bench = Bench(simulator, printer=FilePrinter(tmp_path))
    bench.add("one")
    bench.add("two")
    while bench.queue.step():
        continue
    assert sorted(file.name for file in tmp_path.iterdir()) == ["000001.bin", "000002.bin"]
    assert bench.state("two") == ("confirmed", "")
    gone = Bench(simulator, printer=FilePrinter(tmp_path / "gone" / "file"))
    gone.add("one")
    assert not gone.queue.step()
    assert gone.state("one") == ("queued", "no_connection")


def test_a_buffer_that_never_empties_is_no_endless_write(simulator: PrinterSimulator) -> None:
    simulator.set(Conditions(silent_after=1))
    with network_printer(simulator, patience=SHORT).connect() as link, pytest.raises(Exception, match="no_answer"):
        link.send(b"x" * 40 + b"\n" + (b"y" * 47 + b"\n") * 300_000)


def test_half_a_reply_of_a_stranger_does_not_hang_the_queue(simulator: PrinterSimulator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        simulator.port = stranger.getsockname()[1]
        bench = Bench(simulator, printer=network_printer(simulator, patience=SHORT))
        bench.add("one")
        assert not bench.queue.step()
        assert bench.state("one") == ("queued", "no_answer")
