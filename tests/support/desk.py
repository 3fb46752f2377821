"""A real desk in a temporary folder: its store, its clock, somebody who asks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.store.questions import Questions
from desktop.store.store import Store
from shared.core.clock import ManualClock
from shared.ledger.log import Recorded
from shared.ledger.operation import Operation
from shared.ledger.transaction import Actor
from tests.support import tiny

NOON = 1_768_478_400_000
"""15 January 2026, 12:00 UTC."""


class DeskForTests:
    """One desk; `restart` closes and opens it as a new start of the program would."""

    def __init__(self, root: Path, questions: Questions = tiny.TINY, actor: Actor = tiny.WRITER) -> None:
        self.root = root
        self.clock = ManualClock(NOON)
        self.actor = actor
        self._questions = questions
        self.store = self.open()

    def open(self) -> Store:
        """A new start of the program on this folder; the old store must have been closed."""
        return Store.open(self.root, self.clock, questions=self._questions, is_test=True)

    def does(self, command: Callable[..., Operation], op: str | None = None, **args: Any) -> Recorded:
        """Ask a command and wait. Raises Refusal, NotSaved."""
        return self.store.do(command, op=op or self.store.new_op(), actor=self.actor, args=args)

    def notes(self, topic: str = "bar", worth: int = 1, op: str | None = None) -> Recorded:
        """The smallest operation there is."""
        return self.does(tiny.note, op, topic=topic, words=("one", "two"), worth=worth)

    def topics(self) -> dict[str, int]:
        """Worth by topic, as the store knows it."""
        return self.store.read(tiny.topics)

    def restart(self) -> None:
        """Stop in good order and start again."""
        self.store.close()
        self.store = self.open()

    def close(self) -> None:
        self.store.close()
