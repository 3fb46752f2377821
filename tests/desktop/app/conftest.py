from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app.bootstrap import DeskParts, open_desk
from shared.core.clock import ManualClock
from shared.core.ids import Id
from shared.staff.queries import colleagues

NOON = 1_795_244_064_000


class DemoDesk:
    """The demo club at noon, with its simulated printer, and a clock that is moved by hand."""

    def __init__(self, root: Path) -> None:
        self.clock = ManualClock(NOON)
        self.parts: DeskParts = open_desk(root, clock=self.clock, is_test=True, demo=True)

    def person(self, name: str) -> Id:
        """The id of somebody who works here."""
        return next(one.staff_id for one in self.parts.store.read(colleagues) if one.name == name)

    def close(self) -> None:
        self.parts.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DemoDesk]:
    desk = DemoDesk(tmp_path / "desk")
    yield desk
    desk.close()
