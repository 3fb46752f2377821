"""Expecting the rules to say no."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared.core.errors import Refusal


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done inside must be refused with this code."""
    with pytest.raises(Refusal) as raised:
        yield
    assert raised.value.code == code
