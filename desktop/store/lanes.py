"""One thread that does one thing after another: what people wait for first, the rest between."""

import threading
from collections import deque
from collections.abc import Callable, Iterator

Job = Callable[[], None]
"""Something to do; it never raises."""
Steps = Iterator[Job]
"""Work in pieces of a few milliseconds each; the next piece is made when nobody waits."""


class Lanes:
    """A worker thread with a lane for people and a lane for background work.

    `idle` is called when nothing was asked for `idle_seconds`.
    """

    def __init__(self, name: str, idle: Job | None = None, idle_seconds: float = 1.0) -> None:
        self._wake = threading.Condition()
        self._people: deque[Job] = deque()
        self._background: deque[Steps] = deque()
        self._idle = idle
        self._idle_seconds = idle_seconds
        self._closing = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Do something as soon as possible. Raises RuntimeError after `close`."""
        with self._wake:
            if self._closing:
                raise RuntimeError("the store is closed")
            self._people.append(job)
            self._wake.notify()

    def put_steps(self, steps: Steps) -> None:
        """Do something in pieces whenever nobody waits. Raises RuntimeError after `close`."""
        with self._wake:
            if self._closing:
                raise RuntimeError("the store is closed")
            self._background.append(steps)
            self._wake.notify()

    @property
    def people_wait(self) -> bool:
        """Whether background work should end its piece now."""
        return bool(self._people)

    @property
    def is_current(self) -> bool:
        """Whether the caller is this thread."""
        return threading.current_thread() is self._thread

    def close(self) -> None:
        """Finish what people asked for, drop background work and end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if not self.is_current:
            self._thread.join()

    def _work(self) -> None:
        rested = False
        made: Job | None = None
        while True:
            with self._wake:
                while not (self._people or self._background or self._closing):
                    if not self._wake.wait(None if rested else self._idle_seconds) and not rested:
                        break
                job = self._people.popleft() if self._people else None
                if job is None and self._closing:
                    return
                steps = self._background[0] if job is None and self._background else None
            if job is None and steps is not None:
                if made is None:  # making a piece takes a while too, so people are looked for before it is done
                    made = next(steps, None)
                    if made is None:
                        self._background.popleft()
                    continue
                job, made = made, None
            if job is not None:
                job()
                rested = False
            else:
                if self._idle is not None:
                    self._idle()
                rested = True
