"""Payload and link: what happened, and its place in the log of the desk that saw it happen."""

from typing import Any

import msgspec

from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger import canonical

PAYLOAD_BYTES_MAX = 64 * 1024
CHAIN_START = bytes(32)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Stream positions the desk had applied when it made the operation: causality without clocks."""

    org: int
    branch: int


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who, where and when; part of the payload and immutable for ever.

    `wall` and `offset` are milliseconds: the desk's raw clock and the last measured distance to the server's.
    `mono` counts milliseconds since `boot`. Clocks are evidence; they never order and never refuse.
    """

    op: Id
    kind: str
    version: int
    branch: Id
    actor: Id
    seen: Seen
    wall: int
    mono: int
    boot: Id
    offset: int = 0
    shift: Id | None = None
    approver: Id | None = None

    @property
    def at(self) -> int:
        """The best known moment of the event, milliseconds UTC."""
        return self.wall + self.offset


class Payload(Envelope, frozen=True, kw_only=True, omit_defaults=True):
    """Envelope and body as they were written."""

    body: msgspec.Raw


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a payload in one desk's chain; may be issued again under a new epoch.

    `n` is gapless from 1 within (device, epoch); `prev` is the hash of the link before it.
    """

    device: Id
    epoch: int
    n: int
    prev: bytes
    body_hash: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of the link; the same n with the same hash is a retry, with another hash a fork."""
        return canonical.digest(canonical.encode(self))


def encode_payload(envelope: Envelope, body: Any) -> bytes:
    """Canonical payload bytes. Raises Refusal when they would exceed 64 KiB."""
    members = {name: getattr(envelope, name) for name in Envelope.__struct_fields__}
    members = {name: value for name, value in members.items() if value is not None and (name != "offset" or value)}
    data = canonical.encode(members | {"body": body})
    if len(data) > PAYLOAD_BYTES_MAX:
        raise Refusal("operation_too_large", N_("Too much at once. Split it into smaller parts"), bytes=len(data))
    return data


def decode_payload(data: bytes) -> Payload:
    """Payload of canonical bytes; the body stays raw. Raises NotCanonical."""
    canonical.check(data)
    return read_back(data)


def read_back(data: bytes) -> Payload:
    """Payload of bytes that are known to be canonical, because they were just written. Raises NotCanonical."""
    try:
        return _PAYLOAD.decode(data)
    except msgspec.ValidationError as error:
        raise canonical.NotCanonical(str(error)) from error


_PAYLOAD = msgspec.json.Decoder(Payload)
