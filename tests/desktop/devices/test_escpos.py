"""The bytes for a printer: golden ones, and what others read in them."""

from __future__ import annotations

import hashlib
import itertools
import logging
import subprocess
import sys
from typing import get_args

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.devices.escpos import QR_BYTES_MAX, Unprintable, render
from desktop.devices.printer_settings import PAPER_58_MM, PAPER_80_MM, CodePage, PrinterSettings, drawer_pulse
from desktop.devices.simulator.decoder import Command, Decoder
from desktop.devices.simulator.roll import Item, Mechanism, PaperCut, PrintedImage, PrintedLine, PrintedQr, Run
from shared.core.paper import Blank, Cut, LaidLine, Pair, Paper, Qr, Rule, Text, columns
from tests.desktop.devices.printing import RECEIPT

NORMAL = b"\x1b!\x00\x1b!\x00\x1b!\x00\x1bE\x00"
FISCAL_CODE = "t=20261121T1922&s=779.00&fn=9999078902005430&i=213&fp=1234567890&n=1"


def printed(payload: bytes, columns: int = 48) -> tuple[Item, ...]:
    mechanism = Mechanism(columns)
    for command in Decoder().feed(payload):
        mechanism.execute(command)
    return mechanism.take_items()


def plain(paper: Paper, settings: PrinterSettings = PAPER_80_MM) -> list[str]:
    return [item.text for item in printed(render(paper, settings).payload, settings.columns) if isinstance(item, PrintedLine)]


def test_golden_bytes_of_a_small_slip() -> None:
    slip = Paper((Text("Чек №1", "center", bold=True, double=True), Pair("Ёлка", "1,00"), Cut()))
    assert render(slip, PAPER_58_MM).payload == (
        b"\x1b@\x1bt\x11"
        b"\x1b!\x00\x1b!\x00\x1b!0\x1bE\x01     \x97\xa5\xaa \xfc1\n"
        + NORMAL
        + b"\xf0\xab\xaa\xa0"
        + b" " * 24
        + b"1,00\n"
        + b"\x1bd\x06"
    )


def test_no_text_gives_the_printer_an_order() -> None:
    drawer = "\x1bp\x01\x19\x19"
    result = render(Paper((Text(f"Cola {drawer}"), Pair(drawer, "1,00"))), PAPER_80_MM)
    assert b"\x1bp" not in result.payload
    assert result.replaced == 8


def test_golden_bytes_on_the_other_code_page_with_a_full_cut() -> None:
    settings = PrinterSettings(code_page="cp1251", slot=46, cutter="full", leave_chinese_mode=True)
    assert render(Paper((Text("Чек №1"), Cut())), settings).payload == (
        b"\x1b@\x1c.\x1bt\x2e" + NORMAL + b"\xd7\xe5\xea \xb91\n" + b"\x1bd\x06\x1dV\x00"
    )


def test_the_bytes_of_a_whole_receipt_stay_what_they_are() -> None:
    payload = render(RECEIPT, PAPER_80_MM).payload
    assert (len(payload), hashlib.sha256(payload).hexdigest()) == GOLDEN_RECEIPT


@pytest.mark.parametrize("settings", [PAPER_58_MM, PAPER_80_MM, PrinterSettings(code_page="cp1251", slot=46)])
def test_a_printer_prints_the_lines_that_were_laid_out(settings: PrinterSettings) -> None:
    items = printed(render(RECEIPT, settings).payload, settings.columns)
    lines = [item.text for item in items if isinstance(item, PrintedLine)]
    wanted = [line.text for line in columns(RECEIPT, settings.columns) if isinstance(line, LaidLine)]
    swap = str.maketrans({"«": '"', "»": '"', "×": "x"})
    assert lines[: len(wanted)] == [line.translate(swap) for line in wanted]


def test_a_double_line_is_printed_twice_as_wide_and_high_and_the_next_one_is_not() -> None:
    items = printed(render(Paper((Text("ИТОГО", bold=True, double=True), Text("далее"))), PAPER_80_MM).payload)
    assert items == (PrintedLine((Run("ИТОГО", True, 2, 2),)), PrintedLine((Run("далее"),)))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.sampled_from(get_args(CodePage)))
def test_any_text_at_all_prints_as_text_within_the_paper(text: str, page: CodePage) -> None:
    settings = PrinterSettings(code_page=page, slot={"cp866": 17, "cp1251": 46}[page])
    items = printed(render(Paper((Text(text), Pair(text, text))), settings).payload)
    assert all(isinstance(item, PrintedLine) and item.wide <= 48 for item in items)


def test_a_name_cannot_smuggle_a_command() -> None:
    payload = render(Paper((Text("Вася\x1bp\x00\x19\x19\x1dV\x00\x10\x14\x01\x00\x01"),)), PAPER_80_MM).payload
    names = {command.name for command in Decoder().feed(payload)}
    assert names == {"ESC @", "ESC t", "ESC !", "ESC E", "text", "lf"}


def test_typographic_signs_become_those_of_the_page_without_a_warning() -> None:
    result = render(Paper((Text("«Пример» — 2 × 5 − 1 … ‘a’ 10 ₽"),)), PAPER_80_MM)
    assert printed(result.payload) == (PrintedLine((Run("\"Пример\" - 2 x 5 - 1 .. 'a' 10 р."),)),)
    assert result.replaced == 0


def test_letters_without_a_place_get_a_neighbour_and_are_counted() -> None:
    result = render(Paper((Text("Қазақ café naïve 寿"),)), PAPER_80_MM)
    assert printed(result.payload) == (PrintedLine((Run("Казак cafe naive ?"),)),)
    assert result.replaced == 5


def test_the_sign_of_the_rouble_is_the_printers_own_choice() -> None:
    assert plain(Paper((Pair("Итого", "5 ₽"),)), PrinterSettings(rouble="руб"))[0].endswith("5 руб")


@pytest.mark.parametrize("settings", [PAPER_58_MM, PAPER_80_MM])
@pytest.mark.parametrize("data", ["148-0213-K7M4", FISCAL_CODE, "https://club.example/r/" + "x" * 200])
def test_a_stranger_reads_the_printed_code(settings: PrinterSettings, data: str) -> None:
    (raster,) = printed(render(Paper((Qr(data),)), settings).payload, settings.columns)
    assert isinstance(raster, PrintedImage)
    assert raster.width_bytes * 8 <= settings.dots
    (code,) = zxingcpp.read_barcodes(_picture(raster))
    assert code.text == data
    # In the middle of the paper and with four modules of white on each side.
    left, right = code.position.top_left.x, code.position.top_right.x
    assert abs((left + right) / 2 - settings.dots / 2) < 8
    assert code.position.top_left.y >= 4 * 2


def test_a_printer_that_draws_codes_gets_the_text_of_the_code() -> None:
    settings = PrinterSettings(native_qr=True)
    items = printed(render(Paper((Qr("гость"), Text("x"))), settings).payload)
    assert items[1] == PrintedQr("гость", 6, "center")
    assert items[3] == PrintedLine((Run("x"),))


@pytest.mark.parametrize("data", ["", "я" * QR_BYTES_MAX])
def test_a_code_no_telephone_could_read_is_refused(data: str) -> None:
    with pytest.raises(Unprintable, match="qr_too_long"):
        render(Paper((Qr(data),)), PAPER_80_MM)


def test_the_longest_code_fits_the_narrowest_paper() -> None:
    (raster,) = printed(render(Paper((Qr("x" * QR_BYTES_MAX),)), PAPER_58_MM).payload, 32)
    assert isinstance(raster, PrintedImage)
    (code,) = zxingcpp.read_barcodes(_picture(raster))
    assert code.text == "x" * QR_BYTES_MAX


def test_the_cut_is_the_printers_own_setting() -> None:
    paper = Paper((Text("x"), Cut()))
    assert printed(render(paper, PrinterSettings(cutter="full")).payload)[-1] == PaperCut(partial=False)
    assert printed(render(paper, PrinterSettings(cutter="partial")).payload)[-1] == PaperCut(partial=True)
    assert printed(render(paper, PrinterSettings(cutter="none")).payload)[-1] == PrintedLine()


def test_no_stored_payload_opens_the_drawer_or_asks_the_printer() -> None:
    everything = Paper((*RECEIPT.lines, Blank(), Rule(), Qr(FISCAL_CODE), Cut()))
    names = {command.name for command in Decoder().feed(render(everything, PAPER_80_MM).payload)}
    assert not names & {"ESC p", "DLE 04", "DLE 14", "GS r", "GS ( H", "unknown"}


def test_golden_bytes_of_the_drawer_pulse() -> None:
    assert drawer_pulse(PAPER_80_MM).command == b"\x1bp\x00\x32\x32"
    assert drawer_pulse(PrinterSettings(drawer_pin=5, pulse_ms=5_000)).command == b"\x1bp\x01\xff\xff"
    assert drawer_pulse(PrinterSettings(drawer_command="real_time", pulse_ms=200)).command == b"\x10\x14\x01\x00\x02"


def test_the_library_is_loaded_at_the_first_print_and_not_before() -> None:
    code = "import sys, desktop.devices.print_queue; sys.exit('escpos' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_library_leaves_the_programs_log_alone() -> None:
    handlers = list(logging.getLogger().handlers)
    render(RECEIPT, PAPER_80_MM)
    assert logging.getLogger().handlers == handlers


COMMAND_HEADS = [
    b"\x1d(k",
    b"\x1dv0",
    b"\x1d(H",
    b"\x1dk",
    b"\x1dV",
    b"\x1b*",
    b"\x1b",
    b"\x1d",
    b"\x10",
    b"\x1c",
    b"\x1c(",
    b"\n",
]
STREAMS = st.lists(st.one_of(st.sampled_from(COMMAND_HEADS), st.binary(max_size=12)), max_size=30).map(b"".join)


@given(STREAMS, st.lists(st.integers(0, 300), max_size=6))
def test_the_decoder_reads_any_bytes_the_same_however_they_are_cut(data: bytes, cuts: list[int]) -> None:
    pieces = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    decoder = Decoder()
    commands = [command for start, end in itertools.pairwise(pieces) for command in decoder.feed(data[start:end])]
    assert _joined(commands) == _joined(Decoder().feed(data))
    mechanism = Mechanism(48)
    for command in commands:
        mechanism.execute(command)


def test_the_simulator_reads_what_a_stranger_wrote() -> None:
    """Bytes of receiptline 4.0.4 for the same kind of receipt, page 866."""
    assert [item.text for item in printed(STRANGER) if isinstance(item, PrintedLine)] == [
        "          КЛУБ НА ЛЕСНОЙ",
        "Чек 148-0213                          21.11.2026",
    ]


def _joined(commands: list[Command]) -> list[Command]:
    """Texts that only a cut has parted are one again."""
    joined: list[Command] = []
    for command in commands:
        if joined and command.name == joined[-1].name == "text":
            joined[-1] = Command("text", joined[-1].data + command.data)
        else:
            joined.append(command)
    return joined


def _picture(raster: PrintedImage) -> Image.Image:
    image = Image.frombytes("1", (raster.width_bytes * 8, raster.height), bytes(0xFF ^ byte for byte in raster.bits))
    return image.convert("L")


GOLDEN_RECEIPT = (8688, "121a32287f0c272e9943a4d7bd9b80c2829f064105f814d2b38be81c725a7783")

STRANGER = (
    b"\x1b@\x1da\x00\x1bM0\x1c(A\x02\x000\x00\x1b \x00\x1cS\x00\x00\x1b2\x1b{\x00\x1c.\x1b-0\x1c-0\x1bE0\x1dB0"
    b"\x1d!\x00\x1dL\x00\x00\x1dW@\x02\x1ba\x00\x1b$\x00\x00\x1b\\x\x00\x1b-0\x1c-0\x1bE0\x1dB0\x1d!\x00\x1d!\x11"
    b"\x1bt\x11\x8a\x8b\x93\x81 \x8d\x80 \x8b\x85\x91\x8d\x8e\x89\n\x1b-0\x1c-0\x1bE0\x1dB0\x1d!\x00\x1dL\x00\x00"
    b"\x1dW@\x02\x1ba\x00\x1b$\x00\x00\x1b\\\x00\x00\x1b-0\x1c-0\x1bE0\x1dB0\x1d!\x00\x1bt\x11\x97\xa5\xaa 148-0213"
    b"\x1b$ \x01\x1b\\\xa8\x00\x1b-0\x1c-0\x1bE0\x1dB0\x1d!\x0021.11.2026\n"
)
