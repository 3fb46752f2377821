"""Old versions of operations stay readable for ever: each step lifts a body by one version."""

from collections.abc import Callable
from typing import Any

Body = dict[str, Any]
Upcast = Callable[[Body], Body]


def upcast(kind: str, *, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register the step from `from_version` of a kind to the next one."""

    def register(function: Upcast) -> Upcast:
        if (kind, from_version) in _UPCASTS:
            raise TypeError(f"{kind} has two upcasts from version {from_version}")
        _UPCASTS[kind, from_version] = function
        return function

    return register


def upcasts() -> dict[tuple[str, int], Upcast]:
    """Every registered step."""
    return _UPCASTS


_UPCASTS: dict[tuple[str, int], Upcast] = {}
