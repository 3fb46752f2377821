"""The same as in the durability suite, a thousand times; CLUBKASSA_KILLS and CLUBKASSA_SEED choose how many and which."""

import os
import random
from pathlib import Path

from tests.support.killed_day import KilledDay, check

KILLS = int(os.environ.get("CLUBKASSA_KILLS", "1000"))
SEED = int(os.environ.get("CLUBKASSA_SEED", "1"))
KILLS_A_DAY = 100


def test_what_was_answered_is_there_once_after_a_thousand_kills(tmp_path: Path) -> None:
    for number, first in enumerate(range(0, KILLS, KILLS_A_DAY)):
        day = KilledDay(tmp_path / f"desk {number}", random.Random(SEED + number))
        day.set_up()
        day.go_on(min(KILLS_A_DAY, KILLS - first))
        day.finish()
        check(day)
