"""Commands and queries: what people may ask for, by name, with the right it takes.

A command reads, decides and returns one operation, or raises a Refusal; whoever runs it records the operation.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, get_type_hints

import msgspec
from sqlalchemy import Connection, Executable

from shared.core.clock import Clock
from shared.core.errors import Refusal
from shared.core.ids import Id, IdMaker
from shared.core.text import N_
from shared.ledger import canonical, log
from shared.ledger.envelope import Envelope
from shared.ledger.memory import Memory
from shared.ledger.operation import Operation
from shared.ledger.prepared import Prepared

P = ParamSpec("P")
R = TypeVar("R")


class Desk(msgspec.Struct, frozen=True):
    """The desk on which something is asked: its branch, its number on printed documents, its chain."""

    device: Id
    epoch: int
    branch: Id
    number: int

    @property
    def chain(self) -> log.Chain:
        return log.Chain(self.device, self.epoch)

    @property
    def series(self) -> str:
        """Prefix of printed numbers; it names the epoch from the second on, so a restored desk repeats no number."""
        return f"{self.number}" if self.epoch == 1 else f"{self.number}.{self.epoch}"


class Actor(msgspec.Struct, frozen=True):
    """Who asks: a person with the rights in force now, and the second person who approved, if any."""

    staff: Id
    rights: frozenset[str]
    approver: Id | None = None


@dataclass(frozen=True)
class Reading:
    """What a query may use."""

    connection: Connection
    desk: Desk
    now: int
    """Milliseconds UTC by the desk's clock."""
    memory: Memory = field(default_factory=Memory, kw_only=True)

    def rows(self, statement: Executable | Prepared, **values: Any) -> list[Any]:
        """Rows of a statement; `values` fill its `bindparam`s. Building a statement costs six times its execution, and
        SQLAlchemy's way to the driver as much again, so what the till asks at every key stands `Prepared` at module level."""
        if isinstance(statement, Prepared):
            return statement.rows(self.connection, **values)
        return list(self.connection.execute(statement, values))

    def first(self, statement: Executable | Prepared, **values: Any) -> Any | None:
        """The first row, or None."""
        if isinstance(statement, Prepared):
            return statement.first(self.connection, **values)
        return self.connection.execute(statement, values).first()

    def scalar(self, statement: Executable | Prepared, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.first(statement, **values)
        return None if row is None else row[0]


@dataclass(frozen=True)
class Transaction(Reading):
    """What a command may use."""

    op: Id
    """The id the operation will have; row ids derive from it."""
    actor: Actor
    shift: Id | None
    """The open shift of this desk's drawer."""
    ids: IdMaker

    @property
    def person(self) -> Id:
        return self.actor.staff


Prepare = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """One thing people may ask to be done."""

    name: str
    right: str
    function: Callable[..., Operation]
    arguments: type[msgspec.Struct]
    states: type[Operation]


@dataclass(frozen=True)
class Query:
    """One thing people may ask to know. `right` is None for what anybody at the desk may see."""

    name: str
    right: str | None
    function: Callable[..., Any]
    arguments: type[msgspec.Struct]
    answers: Any


def command(right: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a command: a function `(tx, *, …) -> Operation`."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        name, arguments, states = _signature(function)
        if name in _COMMANDS or not issubclass(states, Operation):
            raise TypeError(f"command {name}: declared twice, or it returns no operation")
        _COMMANDS[name] = Command(name, right, function, arguments, states)  # type: ignore[arg-type]
        return function

    return register


def query(right: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a query: a function `(read, *, …) -> answer`, where the answer is a msgspec type."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        name, arguments, answers = _signature(function)
        if name in _QUERIES:
            raise TypeError(f"query {name} is declared twice")
        _QUERIES[name] = Query(name, right, function, arguments, answers)
        return function

    return register


def run(tx: Transaction, clock: Clock, asked: Command, arguments: Mapping[str, Any]) -> log.Recorded:
    """Decide and record within the caller's transaction; the same `op` again answers what was recorded first.

    Raises Refusal when the actor lacks the right or the rules say no.
    """
    request_hash = canonical.digest(canonical.encode([asked.name, dict(arguments)]))
    if before := log.find(tx.connection, tx.op, request_hash):
        return before
    require(tx.actor, asked.right)
    body = asked.function(tx, **arguments)
    envelope = Envelope(
        op=tx.op,
        kind=body.kind,
        version=body.version,
        branch=tx.desk.branch,
        shift=tx.shift,
        actor=tx.actor.staff,
        approver=tx.actor.approver,
        seen=log.seen(tx.connection, tx.desk.branch),
        wall=tx.now,
        mono=clock.mono_ms(),
        boot=clock.boot,
    )
    return log.record(tx.connection, tx.desk.chain, envelope, body, request_hash)


def require(actor: Actor, right: str | None) -> None:
    """Raises Refusal unless the actor holds the right."""
    if right is not None and right not in actor.rights:
        raise Refusal("no_right", N_("This needs a right that you do not have. Ask the shift lead"), right=right)


def commands() -> dict[str, Command]:
    """Every registered command, in order of name."""
    return dict(sorted(_COMMANDS.items()))


def queries() -> dict[str, Query]:
    """Every registered query, in order of name."""
    return dict(sorted(_QUERIES.items()))


def command_of(function: Callable[..., Any]) -> Command:
    """The registration of a command function."""
    return _COMMANDS[function.__name__]


def query_of(function: Callable[..., Any]) -> Query:
    """The registration of a query function."""
    return _QUERIES[function.__name__]


def _signature(function: Callable[..., Any]) -> tuple[str, type[msgspec.Struct], Any]:
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    fields: list[Any] = [
        (parameter.name, hints[parameter.name])
        if parameter.default is parameter.empty
        else (parameter.name, hints[parameter.name], parameter.default)
        for parameter in parameters
    ]
    name = function.__name__
    arguments = msgspec.defstruct(name, fields, kw_only=True, frozen=True, forbid_unknown_fields=True)
    return name, arguments, hints["return"]


_COMMANDS: dict[str, Command] = {}
_QUERIES: dict[str, Query] = {}
