"""What a sender may believe: real sockets, real faults."""

from __future__ import annotations

import itertools
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

from desktop.devices.printer import FilePrinter, NetworkLink, NetworkPrinter, NotSent, OutcomeUnknown, Patience
from desktop.devices.printer_settings import Proof
from desktop.devices.printer_status import NO_ANSWER
from desktop.devices.simulator.roll import PaperCut, PrintedLine
from desktop.devices.simulator.server import Conditions, PrinterSimulator, printed_lines
from tests.desktop.devices.printing import PATIENT, RECEIPT, SHORT, eventually, network_printer, rendered


def test_a_printer_that_is_not_there_was_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotSent, match="no_connection"):
        NetworkPrinter("127.0.0.1", port, "status", monotonic=time.monotonic).connect()


def test_a_silent_printer_is_unknown_and_neither_ready_nor_stopped(simulator: PrinterSimulator) -> None:
    simulator.set(Conditions(silent=True))
    with network_printer(simulator, patience=SHORT).connect() as link:
        assert link.status() == NO_ANSWER


def test_a_late_answer_is_not_taken_for_the_next_one(simulator: PrinterSimulator) -> None:
    """The first answer arrives after its question was given up; read as the next one it would say that the cover is open."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = NetworkPrinter("127.0.0.1", server.getsockname()[1], "status", monotonic=time.monotonic, patience=SHORT)
        link = printer.connect()
        other, _ = server.accept()
        with link, other:
            assert link.status() == NO_ANSWER
            other.sendall(b"\x16")
            answers = threading.Thread(target=_answer_fine, args=(other,))
            answers.start()
            assert link.status().state == "ready"
            answers.join()


def _answer_fine(connection: socket.socket) -> None:
    # The question that was given up is still in the pipe, three more follow.
    asked = b""
    while len(asked) < 3:
        asked += connection.recv(3)
    for _ in range(3):
        asked = b""
        while len(asked) < 3:
            asked += connection.recv(3)
        connection.sendall(b"\x12")


@pytest.mark.parametrize(
    ("proof", "reply"), [("process_id", b"\x37\x22zzzz\x00"), ("process_id", b"\x00"), ("status", b"\x37\x22zzzz\x00")]
)
def test_the_proof_of_another_job_proves_nothing(proof: Proof, reply: bytes) -> None:
    with _peer(proof, reply) as (link, _), pytest.raises(OutcomeUnknown, match="no_answer"):
        link.send(b"x\n")


def test_an_answer_that_was_there_before_the_job_proves_nothing() -> None:
    with _peer("status", b"") as (link, other):
        other.sendall(b"\x00")
        with pytest.raises(OutcomeUnknown, match="no_answer"):
            link.send(b"x\n")


def test_a_printer_that_stops_right_after_its_proof_is_not_believed() -> None:
    with _peer("status", b"\x00", {2: 0x16}, PATIENT) as (link, _), pytest.raises(OutcomeUnknown, match="cover_open"):
        link.send(b"x\n")


def test_a_roll_that_ends_with_the_receipt_is_told() -> None:
    with _peer("status", b"\x0c", patience=PATIENT) as (link, _), pytest.raises(OutcomeUnknown, match="paper_out"):
        link.send(b"x\n")


@contextmanager
def _peer(
    proof: Proof, reply: bytes, status: Mapping[int, int] = MappingProxyType({}), patience: Patience = SHORT
) -> Iterator[tuple[NetworkLink, socket.socket]]:
    """A link to a printer that answers the end of a job with `reply`, and status questions well unless told otherwise."""

    def answers() -> None:
        while data := other.recv(4096):
            if b"\x1dr\x01" in data or b"\x1d(H" in data:
                other.sendall(reply)
            for question in re.findall(b"\x10\x04(.)", data):
                other.sendall(bytes((status.get(question[0], 0x12),)))

    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = NetworkPrinter("127.0.0.1", server.getsockname()[1], proof, monotonic=time.monotonic, patience=patience)
        link = printer.connect()
        other, _ = server.accept()
        thread = threading.Thread(target=answers)
        thread.start()
        with other:
            with link:
                yield link, other
            thread.join()


def test_a_printer_that_hangs_up_after_the_first_bytes_leaves_an_unknown_outcome() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = NetworkPrinter("127.0.0.1", server.getsockname()[1], "status", monotonic=time.monotonic, patience=SHORT)
        link = printer.connect()
        other, _ = server.accept()
        other.close()
        with link, pytest.raises(OutcomeUnknown, match="broken_off"):
            link.send(b"x\n" * 10)


def test_a_clock_that_runs_out_ends_the_wait_for_a_proof(simulator: PrinterSimulator) -> None:
    hours = itertools.count(step=3_600)
    printer = NetworkPrinter(simulator.host, simulator.port, "status", monotonic=lambda: float(next(hours)), patience=SHORT)
    with printer.connect() as link, pytest.raises(OutcomeUnknown, match="no_answer"):
        link.send(b"x\n")


def test_status_can_be_asked_while_a_long_receipt_prints(simulator: PrinterSimulator) -> None:
    simulator.set(Conditions(seconds_per_line=0.02))
    with network_printer(simulator, "none").connect() as first, network_printer(simulator).connect() as second:
        with pytest.raises(OutcomeUnknown, match="no_proof"):
            first.send(rendered(RECEIPT).payload)
        assert second.status().state == "ready"
    eventually(lambda: simulator.paper[-1:] == (PaperCut(partial=True),))


def test_every_process_id_is_new_and_printable(simulator: PrinterSimulator) -> None:
    printer = network_printer(simulator, "process_id")
    for number in range(200):
        with printer.connect() as link:
            link.send(f"{number}\n".encode())
    assert printed_lines(simulator.paper) == tuple(str(number) for number in range(200))


def test_paper_survives_a_sender_that_hangs_up_at_once(simulator: PrinterSimulator) -> None:
    with socket.create_connection((simulator.host, simulator.port)) as connection:
        connection.sendall(rendered(RECEIPT).payload)
    eventually(lambda: simulator.paper[-1:] == (PaperCut(partial=True),))
    assert isinstance(simulator.paper[0], PrintedLine)


def test_two_senders_at_once_do_not_disturb_each_others_answers(simulator: PrinterSimulator) -> None:
    def prints(name: str) -> None:
        for _ in range(20):
            with network_printer(simulator, "process_id").connect() as link:
                link.send(f"{name}\n".encode())

    threads = [threading.Thread(target=prints, args=(name,)) for name in ("bar", "till")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(printed_lines(simulator.paper)) == ["bar"] * 20 + ["till"] * 20


def test_a_file_collects_the_bytes_of_its_jobs(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "receipts.bin")
    for payload in (b"one", b"two"):
        with printer.connect() as link:
            assert link.status().state == "ready"
            link.send(payload)
    assert (tmp_path / "receipts.bin").read_bytes() == b"onetwo"


def test_a_full_disk_before_the_first_byte_is_not_sent() -> None:
    with FilePrinter(Path("/dev/full")).connect() as link, pytest.raises(NotSent, match="no_connection"):
        link.send(rendered(RECEIPT).payload)


def test_a_place_that_does_not_exist_is_no_connection(tmp_path: Path) -> None:
    with pytest.raises(NotSent, match="no_connection"):
        FilePrinter(tmp_path / "missing" / "file").connect()
