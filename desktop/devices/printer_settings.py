"""What one receipt printer is and can do, and the pulse for the drawer on its back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

CodePage: TypeAlias = Literal["cp866", "cp1251"]

Proof: TypeAlias = Literal["process_id", "status", "none"]
"""How a printer shows that a job is out: echoes an id, answers a question in order, or says nothing at all."""

_PULSE_UNIT_MS = 2
_PULSE_UNITS_MAX = 255
_REAL_TIME_PULSE_UNIT_MS = 100
_REAL_TIME_PULSE_UNITS_MAX = 8


class PrinterSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one printer is and can do; nothing of it is guessed from a model name.

    `columns` of font A and `dots` across the paper, `slot` of the code page in `ESC t`, `pulse_ms` the drawer's on-time
    (2 to 510), `rouble` the letters for the sign no code page has.
    """

    columns: int = 48
    dots: int = 576
    code_page: CodePage = "cp866"
    slot: int = 17
    cutter: Literal["none", "full", "partial"] = "partial"
    native_qr: bool = False
    rouble: str = "р."
    leave_chinese_mode: bool = False
    proof: Proof = "status"
    drawer_pin: Literal[2, 5] = 2
    drawer_command: Literal["in_order", "real_time"] = "in_order"
    pulse_ms: int = 100


PAPER_80_MM = PrinterSettings()
PAPER_58_MM = PrinterSettings(columns=32, dots=384, cutter="none")


@dataclass(frozen=True, slots=True)
class Pulse:
    """The bytes that open the drawer; a real-time one passes everything that waits in the printer."""

    command: bytes
    real_time: bool


def drawer_pulse(settings: PrinterSettings) -> Pulse:
    """The pulse for a printer's drawer; sent once and at once, never stored in a print job."""
    connector = 0 if settings.drawer_pin == 2 else 1
    if settings.drawer_command == "real_time":
        units = max(1, min(_REAL_TIME_PULSE_UNITS_MAX, settings.pulse_ms // _REAL_TIME_PULSE_UNIT_MS))
        return Pulse(b"\x10\x14\x01" + bytes((connector, units)), real_time=True)
    units = max(1, min(_PULSE_UNITS_MAX, settings.pulse_ms // _PULSE_UNIT_MS))
    return Pulse(b"\x1bp" + bytes((connector, units, units)), real_time=False)
