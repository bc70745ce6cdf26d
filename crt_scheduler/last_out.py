"""The last one out closes: something that several threads use, and that is let go of while they are at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class LastOut:
    """Who is at work on a thing that is to be closed once: whoever leaves it last, after `close`, does it.

    SQLAlchemy's pool closes what lies in it and forgets what is out; a connection that comes back later stays open
    until Python frees it, which may be never, and holds SQLite's locks till then.
    """

    def __init__(self, let_go: Callable[[], None]) -> None:
        self._let_go = let_go
        self._lock = Lock()
        self._inside = 0
        self._is_closed = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be at work; after `close` the last to end lets go, also one that began only then."""
        with self._lock:
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if self._is_closed and not self._inside:
                    self._let_go()

    def close(self) -> None:
        """Let go now, or have whoever is at work do so."""
        with self._lock:
            self._is_closed = True
            if not self._inside:
                self._let_go()
