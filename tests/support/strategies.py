"""Any operation that could ever be written, made from the declared types of its body.

A new kind is covered as soon as it is registered. When free values cannot satisfy its reducer (declared sums that must
follow from lines), register a strategy for the kind or for a part of it here with `@made_by_hand`.
"""

import uuid
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

import shared.concepts  # noqa: F401  it registers the operations
from shared.core.columns import Row, row_class
from shared.core.money import CURRENCIES
from shared.ledger.effects import Effect, Insert, encode_effects
from shared.ledger.entries import Entry
from shared.ledger.envelope import Envelope, Seen, encode_payload
from shared.ledger.operation import Operation, operations, reduce
from shared.sales.operations import SaleCompleted, SoldLine
from shared.sales.rules import Discount, Tender, TenderKind
from shared.shifts.rules import Count

T = TypeVar("T")
Made = tuple[Envelope, Operation]
Factory = Callable[[], "st.SearchStrategy[Any]"]

MINOR_MAX = 10**10
BRANCHES = ("0b000000-0000-7000-8000-000000000001", "0b000000-0000-7000-8000-000000000002")
SHIFTS = ("05000000-0000-7000-8000-000000000001", "05000000-0000-7000-8000-000000000002")
PEOPLE = ("0a000000-0000-7000-8000-000000000001", "0a000000-0000-7000-8000-000000000002")
GOODS = tuple(f"0c000000-0000-7000-8000-00000000000{number}" for number in range(4))

# Beyond ASCII on purpose: composed and decomposed letters, several alphabets, signs that JSON escapes.
ALPHABET = 'abzАБЯёйеи\u0306\u0308é 0159-/"\\\n\u200b🎮ß中'
texts = st.text(ALPHABET, max_size=12)
amounts = st.integers(-MINOR_MAX, MINOR_MAX)
ids = st.sampled_from(GOODS + PEOPLE) | st.uuids(version=4).map(str)
days = st.dates().map(lambda day: day.isoformat())

# What a name says about its values; the rest follows from the type alone.
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "currency": st.sampled_from(sorted(CURRENCIES)),
    "business_day": days,
    "product_id": st.sampled_from(GOODS),
    "staff_id": st.sampled_from(PEOPLE),
    "desk_number": st.integers(1, 9),
    "category_id": ids,
    "tax_rate_id": ids,
    "about": ids,
    "device": ids,
    "shift": st.uuids(version=4).map(str),
    "sale": ids,
    "count": ids,
}
_BY_HAND: dict[type, Factory] = {}


def made_by_hand(cls: type) -> Callable[[Factory], Factory]:
    """Register the strategy of an operation, or of a part of operations, whose values depend on each other."""

    def register(factory: Factory) -> Factory:
        _BY_HAND[cls] = factory
        return factory

    return register


def product_kinds() -> dict[str, type[Operation]]:
    """The kinds of the product itself, without those that tests declare."""
    return {kind: cls for kind, cls in operations().items() if cls.__module__.startswith("shared.")}


def values_of(cls: type[T]) -> st.SearchStrategy[T]:
    """Any value of a struct."""
    factory = _BY_HAND.get(cls)
    return factory() if factory else _struct(cls)


def _struct(cls: type[T]) -> st.SearchStrategy[T]:
    described = inspect.type_info(cls)
    assert isinstance(described, inspect.StructType)
    return st.builds(cls, **{one.name: _field(one) for one in described.fields})


def _field(one: inspect.Field) -> st.SearchStrategy[Any]:
    optional = isinstance(one.type, inspect.UnionType) and one.type.includes_none
    by_name = BY_NAME.get(one.name)
    if by_name is not None and isinstance(one.type, inspect.StrType):
        return by_name
    if by_name is not None and optional and any(isinstance(part, inspect.StrType) for part in one.type.types):  # type: ignore[attr-defined]
        return st.none() | by_name
    return of_type(one.type)


def of_type(described: inspect.Type) -> st.SearchStrategy[Any]:
    """Any value of a type as msgspec describes it. Raises NotImplementedError for one that no operation has used so far."""
    match described:
        case inspect.IntType():
            return amounts
        case inspect.StrType():
            return texts
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.UnionType(types=types):
            return st.one_of(*(of_type(part) for part in types))
        case inspect.VarTupleType(item_type=item):
            return st.lists(of_type(item), max_size=4).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(of_type(item) for item in items))
        case inspect.EnumType(cls=cls):
            return st.sampled_from(list(cls))
        case inspect.LiteralType(values=values):
            return st.sampled_from(sorted(values, key=str))
        case inspect.StructType(cls=cls):
            return values_of(cls)
        case _:
            raise NotImplementedError(f"tests/support/strategies.py makes no values of {described}; add the case")


@made_by_hand(Count)
def counts() -> st.SearchStrategy[Count]:
    """A drawer counted by hand: each denomination once."""
    return st.dictionaries(st.sampled_from((500_000, 100_000, 5_000, 100)), st.integers(0, 300), max_size=4).map(
        lambda pieces: Count(tuple(pieces.items()))
    )


@made_by_hand(Discount)
def discounts() -> st.SearchStrategy[Discount]:
    """Nothing, a percentage or an amount off."""
    percentages = st.integers(0, 10_000).map(lambda percent: Discount(percent_bp=percent))
    return percentages | st.integers(0, 10**6).map(lambda amount: Discount(amount_minor=amount))


@st.composite
def sold_lines(draw: st.DrawFn) -> SoldLine:
    """One position whose figures follow from each other."""
    gross = draw(st.integers(0, 10**7))
    discount = draw(st.just(0) | st.integers(0, gross))
    included = draw(st.booleans())
    tax = draw(st.integers(0, gross - discount))
    return SoldLine(
        product_id=draw(st.sampled_from(GOODS)),
        name=draw(texts),
        unit=draw(st.sampled_from(("pc", "kg"))),
        quantity_milli=draw(st.integers(1, 10**6)),
        price_minor=draw(st.integers(0, 10**6)),
        gross_minor=gross,
        discount_minor=discount,
        total_minor=gross - discount + (0 if included else tax),
        tax_rate_id=draw(st.none() | ids),
        tax_bp=draw(st.sampled_from((0, 500, 1000, 2000))),
        tax_included=included,
        tax_minor=tax,
        cost_minor=draw(st.integers(0, 10**6)),
        tracked=draw(st.booleans()),
        category_id=draw(st.none() | ids),
        category=draw(texts),
        marking=draw(st.none() | texts),
    )


@made_by_hand(SaleCompleted)
@st.composite
def sales(draw: st.DrawFn) -> SaleCompleted:
    """A sale whose declared sums follow from its lines and tenders."""
    lines = tuple(draw(st.lists(sold_lines(), min_size=1, max_size=4)))
    total = sum(line.total_minor for line in lines)
    card = draw(st.integers(0, total))
    rounding = draw(st.integers(-min(99, total - card), 99))
    change = draw(st.integers(0, 10_000))
    cash = total - card + rounding
    return SaleCompleted(
        series=draw(st.sampled_from(("1", "1.2", "2"))),
        number=draw(st.integers(1, 9999)),
        desk_number=draw(st.integers(1, 3)),
        cashier_name=draw(texts),
        lines=lines,
        tenders=(Tender(TenderKind.CARD, card, card), Tender(TenderKind.CASH, cash, cash + change)),
        gross_minor=sum(line.gross_minor for line in lines),
        discount_minor=sum(line.discount_minor for line in lines),
        tax_minor=sum(line.tax_minor for line in lines),
        total_minor=total,
        rounding_minor=rounding,
        change_minor=change,
        currency=draw(st.sampled_from(("RUB", "KZT"))),
        business_day=draw(days),
        age_confirmed=draw(st.booleans()),
        tax_system="usn_income",
    )


def bodies(kind: str) -> st.SearchStrategy[Operation]:
    """Any body of a kind."""
    return values_of(operations()[kind])


@st.composite
def envelopes(draw: st.DrawFn, kind: str) -> Envelope:
    """Any envelope for a kind."""
    return Envelope(
        op=str(draw(st.uuids(version=4))),
        kind=kind,
        version=operations()[kind].version,
        branch=draw(st.sampled_from(BRANCHES)),
        actor=draw(st.sampled_from(PEOPLE)),
        approver=draw(st.none() | st.sampled_from(PEOPLE)),
        shift=draw(st.sampled_from(SHIFTS)),
        seen=draw(st.builds(Seen, org=st.integers(0, 99), branch=st.integers(0, 99))),
        wall=draw(st.integers(10**12, 4 * 10**12)),
        offset=draw(st.just(0) | st.integers(-(10**9), 10**9)),
        mono=draw(st.integers(0, 10**12)),
        boot=str(uuid.UUID(int=7)),
    )


@st.composite
def operations_made(draw: st.DrawFn, kinds: Sequence[str] | None = None) -> Made:
    """Any operation of the product."""
    kind = draw(st.sampled_from(sorted(kinds or product_kinds())))
    return draw(envelopes(kind)), draw(bodies(kind))


def histories(size_max: int = 10, kinds: Sequence[str] | None = None) -> st.SearchStrategy[list[Made]]:
    """Operations in the order they were made; no two state a fact under the same key."""
    return st.lists(operations_made(kinds), min_size=1, max_size=size_max).map(_without_conflicts)


def _without_conflicts(history: list[Made]) -> list[Made]:
    taken: set[bytes] = set()
    kept = []
    for envelope, body in history:
        keys = {_fact_key(effect) for effect in reduce(body, envelope) if isinstance(effect, Insert)}
        keys.add(envelope.op.encode())
        if not keys & taken:
            taken |= keys
            kept.append((envelope, body))
    return kept


def _fact_key(effect: Insert) -> bytes:
    key = [column.name for column in table_of(effect.table).primary_key]
    return msgspec.json.encode([effect.table, *(effect.row[name] for name in key)])


def table_of(name: str) -> Any:
    """The declared table of a name."""
    return Row.metadata.tables[name]


def entries_of(history: list[Made], *, restarts_at: int | None = None, generation: int = 1) -> list[Entry]:
    """The stream entries an orderer would make of a history, written from the rules: at most one per stream and operation.

    From the operation `restarts_at` on the next generation begins, with positions from 1 again.
    """
    positions: dict[tuple[int, str], int] = {}
    made = []
    for number, (envelope, body) in enumerate(history):
        now = generation + (restarts_at is not None and number >= restarts_at)
        effects = reduce(body, envelope)
        for stream, of_stream in (("org", True), (envelope.branch, False)):
            part = tuple(effect for effect in effects if is_org(effect) is of_stream)
            if part:
                position = positions[now, stream] = positions.get((now, stream), 0) + 1
                made.append(
                    Entry(
                        stream=stream,
                        generation=now,
                        position=position,
                        op=envelope.op,
                        payload=encode_payload(envelope, body),
                        effects=encode_effects(part),
                    )
                )
    return made


def is_org(effect: Effect) -> bool:
    """Whether an effect belongs to the stream that all branches share."""
    return row_class(effect.table).__stream__ == "org"
