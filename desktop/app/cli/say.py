"""Words for whoever started the program from a command line."""

import sys


def say(text: str = "") -> None:
    """An answer, on standard output."""
    print(text)


def warn(text: str) -> None:
    """What went wrong, on standard error."""
    print(text, file=sys.stderr)
