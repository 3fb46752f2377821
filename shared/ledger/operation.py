"""Operations, their reducers and the registry of both: one line of decoration each, nothing else to edit."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import msgspec

from shared.ledger.effects import Effect, Effects
from shared.ledger.envelope import Envelope, Payload
from shared.ledger.upcast import upcasts


class Operation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The body of a fact. A kind and version never change their meaning or their defaults."""

    kind: ClassVar[str]
    version: ClassVar[int]


Op = TypeVar("Op", bound=Operation)
Reducer = Callable[[Any, Envelope], Effects]


class UnknownKind(LookupError):
    """An operation of a kind or version that this build does not know; its bytes are kept."""


def operation(kind: str, *, version: int = 1) -> Callable[[type[Op]], type[Op]]:
    """Register the newest version of an operation kind; `kind` is its name on the wire, for ever."""

    def register(cls: type[Op]) -> type[Op]:
        if kind in _OPERATIONS:
            raise TypeError(f"operation kind {kind} is declared twice")
        cls.kind, cls.version = kind, version
        _OPERATIONS[kind] = cls
        return cls

    return register


def reducer(cls: type[Operation]) -> Callable[[Reducer], Reducer]:
    """Register the pure translation of an operation into effects."""

    def register(function: Reducer) -> Reducer:
        if cls.kind in _REDUCERS:
            raise TypeError(f"{cls.kind} has two reducers")
        _REDUCERS[cls.kind] = function
        return function

    return register


def reduce(body: Operation, envelope: Envelope) -> tuple[Effect, ...]:
    """What this fact changes; the same answer on every machine, for ever."""
    return tuple(_REDUCERS[body.kind](body, envelope))


def read_body(payload: Payload) -> Operation:
    """The operation of a payload, lifted to the newest version. Raises UnknownKind, msgspec.ValidationError."""
    cls = _OPERATIONS.get(payload.kind)
    if cls is None or payload.version > cls.version:
        raise UnknownKind(f"{payload.kind} version {payload.version}")
    if payload.version == cls.version:
        return msgspec.json.decode(payload.body, type=cls)
    body = msgspec.json.decode(payload.body)
    for version in range(payload.version, cls.version):
        body = upcasts()[payload.kind, version](body)
    return msgspec.convert(body, cls)


def operations() -> dict[str, type[Operation]]:
    """Every registered kind, in order of name."""
    return dict(sorted(_OPERATIONS.items()))


def has_reducer(kind: str) -> bool:
    """Whether a kind can be applied."""
    return kind in _REDUCERS


_OPERATIONS: dict[str, type[Operation]] = {}
_REDUCERS: dict[str, Reducer] = {}
