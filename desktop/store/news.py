"""Who wants to hear what changed: watchers of concepts, told once however many changes came together."""

import threading
from collections.abc import Callable, Iterable

Deliver = Callable[[Callable[[], None]], None]
"""Runs a function where its hearers live: Qt on the UI thread, a shell at once."""


class News:
    """Watchers by concept; `tell` may be called on any thread, watchers are called through `deliver`."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._watchers: dict[str, list[Callable[[], None]]] = {}
        self._pending: set[str] = set()

    def watch(self, concept: str, hear: Callable[[], None]) -> Callable[[], None]:
        """Call `hear` after changes to a concept; answers how to stop."""
        with self._lock:
            self._watchers.setdefault(concept, []).append(hear)
        return lambda: self._watchers[concept].remove(hear)

    def tell(self, concepts: Iterable[str]) -> None:
        """Something of these concepts changed and is durable."""
        with self._lock:
            told_already = bool(self._pending)
            self._pending.update(concepts)
            if told_already or not self._pending:
                return
        self._deliver(self._spread)

    def _spread(self) -> None:
        with self._lock:
            concepts, self._pending = self._pending, set()
            hearers = {hear: None for concept in sorted(concepts) for hear in self._watchers.get(concept, ())}
        for hear in hearers:
            hear()
