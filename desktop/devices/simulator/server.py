"""The simulated printer on a TCP port, with one thread of its own and no window."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from desktop.devices.simulator.decoder import Command, Decoder
from desktop.devices.simulator.roll import DrawerPulse, Item, Mechanism, PaperCut, PrintedLine

PaperState: TypeAlias = Literal["plenty", "near_end", "out"]

RECEIVE_BYTES = 4096
BUFFER_BYTES = 65_536
"""The receive buffer; a full one stops reading, and then the sender's write stands still as with a real printer."""

_POWER_BUTTON = b"P"
_REAL_TIME = ("DLE 04", "DLE 05", "DLE 14")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is wrong with the printer. `lines_left` and `silent_after` count printed lines from now on."""

    paper: PaperState = "plenty"
    cover_open: bool = False
    offline: bool = False
    broken: bool = False
    silent: bool = False
    lines_left: int | None = None
    silent_after: int | None = None
    seconds_per_line: float = 0.0

    @property
    def stopped(self) -> bool:
        """Whether the printer prints nothing now; what it receives waits in its buffer."""
        return self.paper == "out" or self.cover_open or self.offline or self.broken or self.silent


class _Caller:
    """One connected sender."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.decoder = Decoder()
        self.wants_status = False
        self.paused = False

    def answer(self, data: bytes) -> None:
        try:
            self.connection.send(data)
        except OSError:
            # The sender hung up before the answer; the printer does not care.
            return


class PrinterSimulator:
    """A printer on `host` and `port` (0 picks a free one); a context manager that runs while it is open.

    `changed` is called in the simulator's thread whenever paper, drawer or conditions changed.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, columns: int = 48, changed: Callable[[], None] = lambda: None
    ) -> None:
        self.columns = columns
        self._listener = socket.create_server((host, port))
        self.host, self.port = self._listener.getsockname()[:2]
        self.changed = changed
        self._lock = threading.Lock()
        self._conditions = Conditions()
        self._items: list[Item] = []
        self._pulses: list[DrawerPulse] = []
        self._mechanism = Mechanism(columns)
        self._buffer: deque[tuple[_Caller, Command]] = deque()
        self._buffered = 0
        self._next_work = 0.0
        self._callers: list[_Caller] = []
        self._selector = selectors.DefaultSelector()
        self._bell, self._bell_button = socket.socketpair()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="printer simulator", daemon=True)

    def __enter__(self) -> PrinterSimulator:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to listen."""
        for ear in (self._listener, self._bell):
            ear.setblocking(False)
            self._selector.register(ear, selectors.EVENT_READ)
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody and end the thread."""
        self._stopping = True
        self._bell_button.send(b"\0")
        self._thread.join()
        for caller in self._callers:
            caller.connection.close()
        self._selector.close()
        for ear in (self._listener, self._bell, self._bell_button):
            ear.close()

    @property
    def conditions(self) -> Conditions:
        """What is wrong now."""
        with self._lock:
            return self._conditions

    def set(self, conditions: Conditions) -> None:
        """Change what is wrong; the printer goes on with its buffer when nothing stops it any more."""
        with self._lock:
            self._conditions = conditions
        self._bell_button.send(b"\0")
        self.changed()

    @property
    def paper(self) -> tuple[Item, ...]:
        """Everything that came out since the paper was torn off."""
        with self._lock:
            return tuple(self._items)

    @property
    def pulses(self) -> tuple[DrawerPulse, ...]:
        """Every time the drawer was kicked."""
        with self._lock:
            return tuple(self._pulses)

    def tear_off(self) -> tuple[Item, ...]:
        """Take the paper away."""
        with self._lock:
            items, self._items = tuple(self._items), []
        self.changed()
        return items

    def power_cycle(self) -> None:
        """Switch off and on: the buffer is lost, callers are cut off."""
        self._bell_button.send(_POWER_BUTTON)

    def _run(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select(self._pause()):
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._bell:
                    if _POWER_BUTTON in self._bell.recv(RECEIVE_BYTES):
                        self._lose_everything()
                    self._tell_subscribers()
                elif key.data in self._callers:  # the power button, pressed a moment ago, may have cut this one off
                    self._receive(key.data)
            self._work()
            self._read_on()

    def _pause(self) -> float | None:
        if not self._buffer or self.conditions.stopped:
            return None
        return max(0.0, self._next_work - time.monotonic())

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        connection.setblocking(False)
        caller = _Caller(connection)
        self._callers.append(caller)
        self._selector.register(connection, selectors.EVENT_READ, caller)

    def _receive(self, caller: _Caller) -> None:
        try:
            data = caller.connection.recv(RECEIVE_BYTES)
        except OSError:
            data = b""
        if not data:
            self._hang_up(caller)
            return
        for command in caller.decoder.feed(data):
            if command.name in _REAL_TIME:
                self._answer_at_once(caller, command)
            else:
                self._buffer.append((caller, command))
                self._buffered += len(command.data)
        if self._buffered >= BUFFER_BYTES:
            self._selector.unregister(caller.connection)
            caller.paused = True

    def _read_on(self) -> None:
        for caller in self._callers:
            if caller.paused and self._buffered < BUFFER_BYTES:
                self._selector.register(caller.connection, selectors.EVENT_READ, caller)
                caller.paused = False

    def _hang_up(self, caller: _Caller) -> None:
        if not caller.paused:
            self._selector.unregister(caller.connection)
        caller.connection.close()
        self._callers.remove(caller)

    def _lose_everything(self) -> None:
        for caller in list(self._callers):
            self._hang_up(caller)
        self._buffer.clear()
        self._buffered = 0
        self._read_on()
        self._mechanism = Mechanism(self.columns)

    def _answer_at_once(self, caller: _Caller, command: Command) -> None:
        now = self.conditions
        if now.silent:
            return
        if command.name == "DLE 04":
            caller.answer(bytes((real_time_status(now, command.data[0]),)))
        elif command.name == "DLE 05" and command.data[0] == 2 and now.broken:
            self._buffer.clear()
            self._buffered = 0
            self.set(replace(now, broken=False))
        elif command.name == "DLE 14" and command.data[0] == 1 and not now.broken:
            self._mechanism.pulse(command.data[1], command.data[2] * 100)
            self._collect()

    def _work(self) -> None:
        """Execute what is in the buffer until something stops it."""
        while self._buffer and not (now := self.conditions).stopped:
            if now.seconds_per_line and time.monotonic() < self._next_work:
                return
            caller, command = self._buffer.popleft()
            self._buffered -= len(command.data)
            if not self._answer_in_order(caller, command, now):
                self._mechanism.execute(command)
                if self._collect():
                    self._next_work = time.monotonic() + now.seconds_per_line

    def _answer_in_order(self, caller: _Caller, command: Command, now: Conditions) -> bool:
        match command.name:
            case "GS r":
                asks_for_paper = command.data[0] in (1, 49)
                caller.answer(b"\x03" if asks_for_paper and now.paper == "near_end" else b"\x00")
            case "GS ( H":
                caller.answer(b"\x37\x22" + command.data[5:9] + b"\x00")
            case "GS I":
                caller.answer(b"_CLUBKASSA\x00" if command.data[0] >= 65 else b"\x20")
            case "GS a":
                caller.wants_status = bool(command.data[0])
                if caller.wants_status:
                    caller.answer(automatic_status(now))
            case _:
                return False
        return True

    def _tell_subscribers(self) -> None:
        now = self.conditions
        for caller in self._callers:
            if caller.wants_status and not now.silent:
                caller.answer(automatic_status(now))

    def _collect(self) -> bool:
        """Move what came out to where others see it; True when it was paper."""
        items, pulses = self._mechanism.take_items(), self._mechanism.take_pulses()
        if not items and not pulses:
            return False
        with self._lock:
            self._items += items
            self._pulses += pulses
            self._conditions = _worn(self._conditions, sum(not isinstance(item, PaperCut) for item in items))
        self.changed()
        return bool(items)


def _worn(now: Conditions, lines: int) -> Conditions:
    """The conditions after some more lines: paper runs out, a weak printer falls silent."""
    if now.lines_left is not None:
        left = now.lines_left - lines
        now = replace(now, lines_left=left) if left > 0 else replace(now, lines_left=None, paper="out")
    if now.silent_after is not None:
        left = now.silent_after - lines
        now = replace(now, silent_after=left) if left > 0 else replace(now, silent_after=None, silent=True)
    return now


def real_time_status(now: Conditions, question: int) -> int:
    """The answer to DLE EOT 1 to 4."""
    bits = 0x12
    match question:
        case 1:
            bits |= 0x08 if now.stopped else 0
        case 2:
            bits |= (0x04 if now.cover_open else 0) | (0x20 if now.paper == "out" else 0) | (0x40 if now.broken else 0)
        case 3:
            bits |= 0x08 if now.broken else 0
        case 4:
            bits |= {"plenty": 0x00, "near_end": 0x0C, "out": 0x6C}[now.paper]
    return bits


def automatic_status(now: Conditions) -> bytes:
    """Four bytes of automatic status back."""
    first = 0x10 | (0x08 if now.stopped else 0) | (0x20 if now.cover_open else 0)
    second = 0x08 if now.broken else 0
    third = {"plenty": 0x00, "near_end": 0x03, "out": 0x0F}[now.paper]
    return bytes((first, second, third, 0x00))


def printed_lines(items: tuple[Item, ...]) -> tuple[str, ...]:
    """The text lines of some paper, without empty ones."""
    return tuple(item.text.strip() for item in items if isinstance(item, PrintedLine) and item.text.strip())
