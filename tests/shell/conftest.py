from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.app.bootstrap import DeskParts, open_desk
from desktop.app.cli.shell import Shell
from shared.core.clock import ManualClock

NOON = 1_795_244_064_000


class Asking:
    """A shell in this process, asked line by line."""

    def __init__(self, desk: DeskParts) -> None:
        self.desk = desk
        self.shell = Shell(desk)

    def line(self, line: bytes | None) -> dict[str, Any]:
        """The answer to raw bytes."""
        answer: dict[str, Any] = msgspec.json.decode(self.shell.answer(line))
        return answer

    def ask(self, **asked: Any) -> dict[str, Any]:
        """The answer to a request."""
        return self.line(msgspec.json.encode(asked))

    def ok(self, **asked: Any) -> Any:
        """The answer to a request that is granted."""
        answer = self.ask(**asked)
        assert "ok" in answer, answer
        return answer["ok"]

    def enter(self, name: str = "Юлия Белова", pin: str = "271854") -> Any:
        """Somebody of the demo club signs in."""
        return self.ok(sign_in={"staff": name, "pin": pin})


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Asking]:
    """A desk that was never set up."""
    desk = open_desk(tmp_path / "desk", clock=ManualClock(NOON), is_test=True)
    yield Asking(desk)
    desk.close()


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Asking]:
    """The demo club, without its printer."""
    desk = open_desk(tmp_path / "desk", clock=ManualClock(NOON), is_test=True, demo=True)
    yield Asking(desk)
    desk.close()
