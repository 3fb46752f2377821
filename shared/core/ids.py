"""Identity made by the client: UUIDv7 (RFC 9562), ordered by time for index locality only."""

import uuid
from collections.abc import Callable
from typing import Annotated, TypeAlias

import msgspec

from shared.core.clock import Clock

_SPELLING = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=_SPELLING, max_length=36)]
"""Canonical lower-case UUID text; whatever comes from outside in another spelling does not fit."""

_COUNTER_MAX = 0xFFF


class IdMaker:
    """Makes ids that never repeat and never go back, even when the wall clock does."""

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes]) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._last_ms = 0
        self._counter = 0

    def new_id(self) -> Id:
        """One new UUIDv7; within one millisecond, or under a clock set back, a counter keeps the order."""
        now_ms = self._clock.wall_ms()
        if now_ms > self._last_ms:
            self._last_ms, self._counter = now_ms, 0
        elif self._counter == _COUNTER_MAX:
            self._last_ms, self._counter = self._last_ms + 1, 0
        else:
            self._counter += 1
        tail = int.from_bytes(self._random_bytes(8), "big") & (2**62 - 1)
        # uuid.UUID takes eight times as long to say the same.
        text = f"{self._last_ms << 80 | 0x7 << 76 | self._counter << 64 | 0b10 << 62 | tail:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def derived_id(operation: Id, name: str) -> Id:
    """A row identity derived from the operation that creates it, so a repetition creates the same row."""
    return str(uuid.uuid5(uuid.UUID(operation), name))
