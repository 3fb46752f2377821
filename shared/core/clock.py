"""Time as a port: the core never asks the machine itself."""

import time
from typing import Protocol

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS


class Clock(Protocol):
    """What a desk knows of time; clocks are evidence, they never order and never refuse."""

    @property
    def boot(self) -> str:
        """Identity of this run of the monotonic counter."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970 UTC as the machine believes them; may jump either way."""

    def mono_ms(self) -> int:
        """Milliseconds of a counter that never goes back within one `boot`."""


class SystemClock:
    """The machine's own clocks."""

    def __init__(self, boot: str) -> None:
        self.boot = boot

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


class ManualClock:
    """A clock that moves only when told; for tests, simulations and test folders."""

    def __init__(self, wall_ms: int, boot: str = "00000000-0000-7000-8000-000000000000") -> None:
        self.boot = boot
        self._wall_ms = wall_ms
        self._mono_ms = 0

    def wall_ms(self) -> int:
        return self._wall_ms

    def mono_ms(self) -> int:
        return self._mono_ms

    def advance(self, milliseconds: int) -> None:
        """Let time pass on both counters."""
        self._wall_ms += milliseconds
        self._mono_ms += milliseconds

    def set_wall(self, wall_ms: int) -> None:
        """Somebody changed the date: the wall jumps, the counter does not."""
        self._wall_ms = wall_ms
