"""Bytes that were ever written mean the same for ever."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, select

from shared.ledger import canonical, upcast
from shared.ledger import operation as registry
from shared.ledger.effects import Effects
from shared.ledger.envelope import Envelope, decode_payload
from shared.ledger.operation import Operation, UnknownKind, operation, read_body, reducer
from shared.ledger.tables import operations
from tests.support import engines
from tests.support.ledger import LedgerDesk
from tests.support.strategies import product_kinds
from tests.wire import vectors
from tests.wire.day import whole_day

FILES = sorted(vectors.GOLDEN.glob("*.json"))


@pytest.fixture(scope="module")
def day() -> Iterator[Connection]:
    """A database after the day of tests/wire/day.py."""
    with engines.undone(engines.sqlite()) as connection:
        whole_day(LedgerDesk(connection))
        yield connection


def test_every_kind_has_a_golden_vector() -> None:
    assert product_kinds()
    assert [path.name for path in vectors.missing()] == [], "run: python -m tests.wire.vectors"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_bytes_mean_what_they_meant(path: Path) -> None:
    for vector in vectors.load(path):
        payload = vector.payload.encode()
        canonical.check(payload)
        assert vectors.effects_of(payload).decode() == vector.effects
        kind, _, version = path.stem.partition(".v")
        known = decode_payload(payload)
        assert (known.kind, known.version) == (kind, int(version))


def test_no_golden_vector_was_changed_or_taken_away() -> None:
    """The list is part of the promise: a line is only ever added, together with its file."""
    promised = dict(line.split() for line in (vectors.GOLDEN / vectors.PROMISED).read_text(encoding="utf-8").splitlines())
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES}
    assert there == promised


def test_every_kind_happens_in_a_day(day: Connection) -> None:
    happened = set(day.execute(select(operations.c.kind)).scalars())
    assert happened == set(product_kinds())


def test_vectors_never_overwrite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vectors, "GOLDEN", tmp_path)
    kept = vectors.file_of("branch_changed", 1)
    kept.write_text("[]\n", encoding="utf-8")
    written = vectors.add_missing()
    assert {path.name for path in written} == {path.name for path in FILES} - {kept.name}
    assert kept.read_text(encoding="utf-8") == "[]\n"
    assert vectors.add_missing() == []


def test_a_kind_this_build_does_not_know_is_kept_unread(day: Connection) -> None:
    payload = decode_payload(day.scalars(select(operations.c.payload)).first() or b"")
    for stranger in (
        msgspec.structs.replace(payload, kind="horoscope_read"),
        msgspec.structs.replace(payload, version=payload.version + 1),
    ):
        with pytest.raises(UnknownKind):
            read_body(stranger)


@pytest.fixture
def greeting(monkeypatch: pytest.MonkeyPatch) -> type[Operation]:
    """A kind that has had three versions: `to`, then `name`, then `names`."""
    monkeypatch.setattr(registry, "_OPERATIONS", dict(registry._OPERATIONS))
    monkeypatch.setattr(registry, "_REDUCERS", dict(registry._REDUCERS))
    monkeypatch.setattr(upcast, "_UPCASTS", {})

    @operation("test_greeted", version=3)
    class Greeted(Operation, frozen=True):
        names: tuple[str, ...]

    @reducer(Greeted)
    def _(op: Greeted, env: Envelope) -> Effects:
        yield from ()

    @upcast.upcast("test_greeted", from_version=1)
    def _(body: upcast.Body) -> upcast.Body:
        return {"name": body["to"]}

    @upcast.upcast("test_greeted", from_version=2)
    def _(body: upcast.Body) -> upcast.Body:
        return {"names": [body["name"]]}

    return Greeted


@pytest.mark.parametrize(("version", "body"), [(1, {"to": "Anna"}), (2, {"name": "Anna"}), (3, {"names": ["Anna"]})])
def test_every_older_version_is_lifted_to_the_newest(
    day: Connection, greeting: type[Operation], version: int, body: dict[str, object]
) -> None:
    payload = decode_payload(day.scalars(select(operations.c.payload)).first() or b"")
    old = msgspec.structs.replace(payload, kind="test_greeted", version=version, body=msgspec.Raw(msgspec.json.encode(body)))
    assert read_body(old) == greeting(names=("Anna",))


def test_every_version_since_the_first_can_be_lifted() -> None:
    for kind, cls in product_kinds().items():
        assert [step for step in range(1, cls.version) if (kind, step) not in upcast.upcasts()] == []
