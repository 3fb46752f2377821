"""Canonical bytes: one value has one spelling, so hashes can be compared and bytes are kept as they came."""

import hashlib
import unicodedata
from typing import Any

import msgspec

from shared.core.errors import Refusal
from shared.core.text import N_


class NotCanonical(ValueError):
    """These bytes are not the canonical spelling of what they say."""


def encode(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no blanks, NFC text, integers only. Refuses text that no database can keep."""
    try:
        data = msgspec.json.encode(value, order="sorted")
    except UnicodeEncodeError as fault:  # half a sign, as in a file name in an unknown alphabet
        raise _unreadable() from fault
    if b"\\u0000" in data and _has_zero(msgspec.json.decode(data)):
        raise _unreadable()
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


def _unreadable() -> Refusal:
    return Refusal("text_unreadable", N_("The text holds signs that cannot be kept. Type it anew"))


def _has_zero(value: Any) -> bool:
    match value:
        case str():
            return "\x00" in value
        case dict():
            return any(_has_zero(part) for pair in value.items() for part in pair)
        case list():
            return any(_has_zero(item) for item in value)
        case _:
            return False


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
