"""A concept small enough to see through: notes with a count, for tests of the machinery itself."""

from typing import ClassVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.questions import Questions
from shared.core.columns import Fact, Id, IdColumn, Stream, Sum, Whole, Words
from shared.core.errors import Refusal
from shared.core.text import N_
from shared.ledger.effects import Effects, insert
from shared.ledger.envelope import Envelope
from shared.ledger.operation import Operation, operation, reducer
from shared.ledger.transaction import Actor, Reading, Transaction, command, query

ANNA = "00000000-0000-7000-8000-0000000000aa"
RIGHT = "note"
WRITER = Actor(ANNA, frozenset({RIGHT}))


class Note(Fact):
    """One line of one note."""

    __tablename__ = "tiny_notes"
    __stream__: ClassVar[Stream] = "branch"
    note_id: Mapped[Id] = mapped_column(IdColumn, primary_key=True)
    line: Mapped[Whole] = mapped_column(primary_key=True)
    topic: Mapped[Words]
    words: Mapped[Words]
    worth: Mapped[Whole]


class Topic(Sum):
    """How much was noted about a topic."""

    __tablename__ = "tiny_topics"
    __stream__: ClassVar[Stream] = "branch"
    __of__ = Note
    __key__ = ("topic",)
    __adds__: ClassVar[dict[str, str | int]] = {"worth": "worth", "notes": 1}
    topic: Mapped[Words] = mapped_column(primary_key=True)
    worth: Mapped[Whole]
    notes: Mapped[Whole]


@operation("tiny_noted")
class Noted(Operation, frozen=True):
    """Somebody noted something."""

    topic: str
    words: tuple[str, ...]
    worth: int


@reducer(Noted)
def _(op: Noted, env: Envelope) -> Effects:
    for line, words in enumerate(op.words):
        yield insert(Note, note_id=env.op, line=line, topic=op.topic, words=words, worth=op.worth)


@command(RIGHT)
def note(tx: Transaction, *, topic: str, words: tuple[str, ...], worth: int = 1) -> Noted:
    """Note something; an empty topic is refused, a worth of 13 is a bug."""
    if not topic:
        raise Refusal("no_topic", N_("A note needs a topic"))
    if worth == 13:
        raise ZeroDivisionError("a planted bug")
    return Noted(topic=topic, words=words, worth=worth)


@query()
def topics(read: Reading) -> dict[str, int]:
    """Worth by topic."""
    return {row.topic: row.worth for row in read.rows(select(Topic))}


TINY = Questions(
    rights_of=lambda read, staff: frozenset({RIGHT}) if staff == ANNA else frozenset(),
    open_shift_of=lambda read: None,
    trial_balance=lambda read: {},
)


def topic_notes() -> Select[int]:
    """How many lines were noted in all."""
    return select(func.count()).select_from(Note)
