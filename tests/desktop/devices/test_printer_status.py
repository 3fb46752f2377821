"""Replies of a printer are told apart byte by byte, and no answer is never called fine."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.printer_status import (
    CAUSES,
    Automatic,
    InOrder,
    PrinterStatus,
    ProcessDone,
    RealTime,
    Reply,
    ReplyParser,
    from_real_time,
    paper_is_out,
)
from desktop.devices.simulator.server import Conditions, automatic_status, real_time_status

# Examples of the Epson manuals for DLE EOT and GS r.
FINE = 0x12


@pytest.mark.parametrize(
    ("printer", "offline", "errors", "roll", "state", "causes"),
    [
        (FINE, FINE, FINE, FINE, "ready", ()),
        (FINE, FINE, FINE, 0x1E, "ready", ("paper_near_end",)),
        (0x1A, 0x32, FINE, 0x7E, "stopped", ("paper_out",)),
        (0x1A, 0x16, FINE, FINE, "stopped", ("cover_open",)),
        (0x1A, 0x52, 0x1A, FINE, "stopped", ("cutter",)),
        (0x1A, 0x52, 0x52, FINE, "stopped", ("hot",)),
        (0x1A, 0x52, 0x32, FINE, "stopped", ("error",)),
        (0x1A, 0x52, 0x12, FINE, "stopped", ("error",)),
        (0x1A, FINE, FINE, FINE, "stopped", ("offline",)),
        (0x1A, 0x36, FINE, 0x7E, "stopped", ("paper_out", "cover_open")),
        (0x16, FINE, FINE, FINE, "ready", ()),
    ],
)
def test_status_bits_mean_what_the_manual_says(
    printer: int, offline: int, errors: int, roll: int, state: str, causes: tuple[str, ...]
) -> None:
    status = from_real_time(printer, offline, errors, roll)
    assert (status.state, status.causes) == (state, causes)


def test_the_first_stopping_cause_is_the_one_to_tell() -> None:
    assert PrinterStatus("ready", ("paper_near_end",)).cause == ""
    assert PrinterStatus("stopped", ("paper_near_end", "cover_open")).cause == "cover_open"
    assert PrinterStatus("unknown", ("no_answer",)).cause == "no_answer"


def test_every_cause_has_a_sentence() -> None:
    named = {cause for bits in itertools.product(range(256), repeat=2) for cause in from_real_time(bits[0], bits[1], 0, 0).causes}
    named |= {cause for bits in itertools.product(range(256), repeat=2) for cause in from_real_time(0, 0, *bits).causes}
    assert named <= set(CAUSES)


@pytest.mark.parametrize(("bits", "out"), [(0x00, False), (0x03, False), (0x0C, True), (0x0F, True)])
def test_the_answer_in_order_tells_the_end_of_the_roll(bits: int, out: bool) -> None:
    assert paper_is_out(InOrder(bits)) is out


REPLIES: list[tuple[bytes, Reply | None]] = [
    (b"\x12", RealTime(0x12)),
    (b"\x7e", RealTime(0x7E)),
    (b"\x00", InOrder(0x00)),
    (b"\x0c", InOrder(0x0C)),
    (b"\x37\x22abcd\x00", ProcessDone(b"abcd")),
    (b"\x37\x22\x12\x12\x12\x12\x00", ProcessDone(b"\x12\x12\x12\x12")),
    (b"\x37\x21\x40\x00", None),
    (b"\x10\x00\x0c\x0f", Automatic(b"\x10\x00\x0c\x0f")),
    (b"\x11", None),
    (b"\x13", None),
    (b"\xff", None),
]


@given(st.lists(st.sampled_from(REPLIES), max_size=12), st.lists(st.integers(0, 60), max_size=8))
def test_mixed_replies_are_told_apart_however_the_network_cuts_them(
    sent: list[tuple[bytes, Reply | None]], cuts: list[int]
) -> None:
    data = b"".join(reply for reply, _ in sent)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    parser = ReplyParser()
    got = [reply for start, end in itertools.pairwise(edges) for reply in parser.feed(data[start:end])]
    assert got == [reply for _, reply in sent if reply is not None]


@given(st.binary(max_size=400))
def test_noise_on_the_line_is_survived(noise: bytes) -> None:
    parser = ReplyParser()
    parser.feed(noise)
    for _ in range(100):
        parser.feed(b"\x12")
    assert RealTime(0x12) in parser.feed(b"\x12\x12\x12\x12")


@pytest.mark.parametrize(
    ("conditions", "state", "causes"),
    [
        (Conditions(), "ready", ()),
        (Conditions(paper="near_end"), "ready", ("paper_near_end",)),
        (Conditions(paper="out"), "stopped", ("paper_out",)),
        (Conditions(cover_open=True), "stopped", ("cover_open",)),
        (Conditions(broken=True), "stopped", ("cutter",)),
        (Conditions(offline=True), "stopped", ("offline",)),
    ],
)
def test_the_simulator_says_what_is_wrong_with_it(conditions: Conditions, state: str, causes: tuple[str, ...]) -> None:
    status = from_real_time(*(real_time_status(conditions, question) for question in (1, 2, 3, 4)))
    assert (status.state, status.causes) == (state, causes)
    (reply,) = ReplyParser().feed(automatic_status(conditions))
    assert isinstance(reply, Automatic)
