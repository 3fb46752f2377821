from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import DeskForTests


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskForTests]:
    desk = DeskForTests(tmp_path / "desk")
    yield desk
    desk.close()
