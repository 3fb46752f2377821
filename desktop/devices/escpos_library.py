"""The only file that touches python-escpos, and it uses it as a renderer alone: laid lines in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from escpos.printer import Dummy
from PIL import Image

from desktop.devices.printer_settings import PrinterSettings
from shared.core.paper import Cut, Laid, LaidLine, Qr

_QR_QUIET_MODULES = 4
_QR_MODULE_DOTS_MAX = 6
_QR_LEVEL_M = 1
_TEAR_OFF_LINES = 6

# The library prints nothing for a cut or an image its profile does not know; this one knows all, the settings decide.
_PROFILE = "TM-T20II"


def payload(laid: Sequence[Laid], settings: PrinterSettings) -> bytes:
    """The bytes of one print job; every character must exist on the code page."""
    printer = Dummy(profile=_PROFILE)
    printer.hw("INIT")
    if settings.leave_chinese_mode:
        printer._raw(b"\x1c.")
    # After ESC @ the printer is back on its own page whatever the library believes.
    printer._raw(b"\x1bt" + bytes((settings.slot,)))
    for line in laid:
        match line:
            case LaidLine():
                printer.set(bold=line.bold, double_width=line.double, double_height=line.double, normal_textsize=not line.double)
                printer._raw(line.text.encode(settings.code_page) + b"\n")
            case Qr():
                _qr(printer, line.data, settings)
            case Cut():
                _cut(printer, settings)
    output: bytes = printer.output
    return output


def _qr(printer: Dummy, data: str, settings: PrinterSettings) -> None:
    matrix = segno.make_qr(data, error="m").matrix
    module = min(_QR_MODULE_DOTS_MAX, settings.dots // (len(matrix) + 2 * _QR_QUIET_MODULES))
    if not settings.native_qr:
        printer.image(_qr_picture(matrix, module, settings.dots))
        return
    # The library centres no native code, and the blank lines are its quiet zone.
    printer._raw(b"\n")
    printer.set(align="center")
    printer.qr(data, ec=_QR_LEVEL_M, size=module, native=True)
    printer.set(align="left")
    printer._raw(b"\n")


def _qr_picture(matrix: Sequence[Sequence[int]], module_dots: int, dots: int) -> Image.Image:
    """The code with its quiet zone, shifted to the middle: not every printer centres a raster by itself."""
    side = (len(matrix) + 2 * _QR_QUIET_MODULES) * module_dots
    quiet = _QR_QUIET_MODULES * module_dots
    code = Image.new("L", (len(matrix), len(matrix)))
    code.putdata([0 if module else 255 for row in matrix for module in row])
    picture = Image.new("L", ((dots + side) // 2, side), 255)
    dark = code.resize((side - 2 * quiet, side - 2 * quiet), Image.Resampling.NEAREST)
    picture.paste(dark, ((dots - side) // 2 + quiet, quiet))
    return picture


def _cut(printer: Dummy, settings: PrinterSettings) -> None:
    match settings.cutter:
        case "none":
            printer.print_and_feed(_TEAR_OFF_LINES)
        case "full":
            printer.cut("FULL")
        case "partial":
            printer.cut("PART")
