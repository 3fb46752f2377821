"""Golden vectors: bytes that were once written, and the effects they mean for ever.

`python -m tests.wire.vectors` adds vectors for kinds and versions that have none. It never changes one that is there: a
version of a kind never changes its meaning; what must change becomes a new version with an upcast.
"""

import hashlib
from pathlib import Path

import msgspec
from sqlalchemy import select

from shared.ledger.effects import encode_effects
from shared.ledger.log import read
from shared.ledger.operation import reduce
from shared.ledger.tables import operations
from tests.support import engines
from tests.support.ledger import LedgerDesk
from tests.support.strategies import product_kinds
from tests.wire.day import whole_day

GOLDEN = Path(__file__).parent / "golden"
PROMISED = "promised.txt"
"""Every file of vectors with its SHA-256; lines are only ever added."""
PER_KIND_MAX = 3


class Vector(msgspec.Struct, frozen=True):
    """Payload bytes and the bytes of their effects, both canonical JSON, as text."""

    payload: str
    effects: str


def file_of(kind: str, version: int) -> Path:
    """Where the vectors of a version of a kind lie."""
    return GOLDEN / f"{kind}.v{version}.json"


def load(path: Path) -> tuple[Vector, ...]:
    """The vectors of a file."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Vector, ...])


def effects_of(payload: bytes) -> bytes:
    """What this build takes payload bytes to mean."""
    envelope, body = read(payload)
    return encode_effects(reduce(body, envelope))


def missing() -> list[Path]:
    """Files that a version in force lacks."""
    files = [file_of(kind, cls.version) for kind, cls in product_kinds().items()]
    return [path for path in files if not path.exists()]


def add_missing() -> list[Path]:
    """Write vectors of a whole day for what has none; answers what was written."""
    wanted = missing()
    engine = engines.sqlite()
    with engine.begin() as connection:
        whole_day(LedgerDesk(connection))
        made: dict[Path, list[Vector]] = {}
        for row in connection.execute(select(operations.c.payload).order_by(operations.c.n)):
            envelope, _ = read(row.payload)
            made.setdefault(file_of(envelope.kind, envelope.version), []).append(
                Vector(row.payload.decode(), effects_of(row.payload).decode())
            )
    for path in wanted:
        if path not in made:
            raise SystemExit(f"nothing of this kind happens in tests/wire/day.py yet: {path.stem}")
        text = msgspec.json.format(msgspec.json.encode(made[path][:PER_KIND_MAX]), indent=1).decode() + "\n"
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        with (GOLDEN / PROMISED).open("a", encoding="utf-8", newline="\n") as promised:
            promised.write(f"{path.name} {hashlib.sha256(text.encode()).hexdigest()}\n")
    return wanted


if __name__ == "__main__":
    add_missing()
