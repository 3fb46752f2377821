"""What was read once and changes seldom: settings, taxes, rights. Whoever writes forgets what the write touched."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
ANSWERS_MAX = 1_000


class Memory:
    """Answers of remembered questions, each with the tables it was read from."""

    def __init__(self) -> None:
        self._answers: dict[object, tuple[frozenset[str], Any]] = {}

    def recall(self, key: object, tables: frozenset[str], ask: Callable[[], R]) -> R:
        """The answer known under `key`, asked for when it is not known."""
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= ANSWERS_MAX:
                self._answers.clear()
            found = self._answers[key] = (tables, ask())
        answer: R = found[1]
        return answer

    def forget(self, tables: Iterable[str]) -> None:
        """These tables changed."""
        touched = frozenset(tables)
        self._answers = {key: found for key, found in self._answers.items() if not found[0] & touched}

    def forget_all(self) -> None:
        """Nothing is certain any more."""
        self._answers.clear()


class Remembering(Protocol):
    """Somebody who reads and has a memory."""

    @property
    def memory(self) -> Memory: ...


Asker = TypeVar("Asker", bound=Remembering)


def remembered(
    *tables: str,
) -> Callable[[Callable[Concatenate[Asker, P], R]], Callable[Concatenate[Asker, P], R]]:
    """Answer from memory until one of `tables` changes; arguments must be hashable and the answer immutable."""
    read_from = frozenset(tables)

    def wrap(question: Callable[Concatenate[Asker, P], R]) -> Callable[Concatenate[Asker, P], R]:
        @functools.wraps(question)
        def answer(read: Asker, /, *args: P.args, **kwargs: P.kwargs) -> R:
            key = (question, args, tuple(sorted(kwargs.items())))
            return read.memory.recall(key, read_from, lambda: question(read, *args, **kwargs))

        return answer

    return wrap
