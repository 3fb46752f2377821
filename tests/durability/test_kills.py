"""The program is killed at random moments of a day; nothing that was answered is lost or doubled."""

import os
import random
from pathlib import Path

from tests.support.killed_day import KilledDay, check

KILLS = int(os.environ.get("CLUBKASSA_KILLS", "60"))
SEED = int(os.environ.get("CLUBKASSA_SEED", "20261121"))


def test_what_was_answered_is_there_once_after_any_kill(tmp_path: Path) -> None:
    day = KilledDay(tmp_path / "desk", random.Random(SEED))
    day.set_up()
    day.go_on(KILLS)
    day.finish()
    check(day)
