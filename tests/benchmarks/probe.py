"""What the programs say that a benchmark starts: when, and how much memory they take by then."""

import os
import sys
import time

from tests.support.measure import rss_mib


def say() -> None:
    """One line: seconds of the machine's monotonic clock, MiB."""
    sys.stdout.write(f"{time.monotonic()} {rss_mib(os.getpid())}\n")
    sys.stdout.flush()
