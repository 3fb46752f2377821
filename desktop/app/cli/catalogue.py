"""What may be asked of a desk, told to programs: every command and query with the JSON schema of its arguments."""

from typing import Any, get_args

import msgspec

from shared.ledger.transaction import Command, Query, commands, queries
from shared.staff.rules import PIN_DIGITS_MAX, PIN_DIGITS_MIN, HashedPin

_PIN = {
    "type": "string",
    "pattern": f"^[0-9]{{{PIN_DIGITS_MIN},{PIN_DIGITS_MAX}}}$",
    "description": "A PIN as it is typed; it is hashed before it is kept.",
}


def catalogue() -> dict[str, Any]:
    """Commands and queries by name: what they do, the right they take, schemas of arguments and answer."""
    return {
        "commands": {name: _command(command) for name, command in commands().items()},
        "queries": {name: _query(query) for name, query in queries().items()},
    }


def pin_fields(arguments: type[msgspec.Struct]) -> frozenset[str]:
    """Arguments that take a PIN."""
    fields = msgspec.structs.fields(arguments)
    return frozenset(field.name for field in fields if HashedPin in (field.type, *get_args(field.type)))


def _command(command: Command) -> dict[str, Any]:
    return {
        "does": _first_line(command.function.__doc__),
        "right": command.right,
        "args": _arguments(command.arguments),
        "kind": command.states.kind,
        "body": msgspec.json.schema(command.states),
    }


def _query(query: Query) -> dict[str, Any]:
    return {
        "tells": _first_line(query.function.__doc__),
        "right": query.right,
        "args": _arguments(query.arguments),
        "answer": msgspec.json.schema(query.answers),
    }


def _arguments(arguments: type[msgspec.Struct]) -> dict[str, Any]:
    schema = msgspec.json.schema(arguments)
    properties = schema["$defs"][arguments.__name__]["properties"]
    for name in pin_fields(arguments):
        properties[name] = _PIN
    return schema


def _first_line(documentation: str | None) -> str:
    return (documentation or "").strip().partition("\n")[0]
