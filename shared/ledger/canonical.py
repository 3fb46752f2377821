"""Canonical bytes: one value has one spelling, so hashes can be compared and bytes are kept as they came."""

import hashlib
import unicodedata
from typing import Any

import msgspec


class NotCanonical(ValueError):
    """These bytes are not the canonical spelling of what they say."""


def encode(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no blanks, NFC text, integers only. Raises TypeError for a float."""
    data = msgspec.json.encode(value, order="sorted")
    text = data.decode()
    if unicodedata.is_normalized("NFC", text):
        return data
    return msgspec.json.encode(_composed(msgspec.json.decode(data)), order="sorted")


def check(data: bytes) -> None:
    """Raises NotCanonical unless `data` is canonical JSON."""
    try:
        value = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise NotCanonical(str(error)) from error
    if _has_float(value) or encode(value) != data:
        raise NotCanonical("not the canonical spelling")


def digest(*parts: bytes) -> bytes:
    """SHA-256 over the parts one after another; 32 bytes."""
    state = hashlib.sha256()
    for part in parts:
        state.update(part)
    return state.digest()


def _composed(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return {_composed(key): _composed(item) for key, item in value.items()}
        case list():
            return [_composed(item) for item in value]
        case _:
            return value


def _has_float(value: Any) -> bool:
    match value:
        case float():
            return True
        case dict():
            return any(_has_float(item) for item in value.values())
        case list():
            return any(_has_float(item) for item in value)
        case _:
            return False
