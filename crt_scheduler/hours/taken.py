"""Which stretches are taken, by person and kind: the same hour of one kind is not logged twice."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

from crt_scheduler.hours.values import EntryRow

Held = tuple[dt.datetime, dt.datetime, str]
"""Start, end and the key of the entry that holds it."""


class Taken:
    """The stretches of entries with known times, looked up by person and kind."""

    def __init__(self, rows: Iterable[EntryRow] = ()) -> None:
        self._held: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
        for row in rows:
            if row.start is not None and row.end is not None:
                self._held[row.person, row.kind].append((row.start, row.end, row.key))
        for held in self._held.values():
            held.sort()

    def clash(self, person: str, kind: str, start: dt.datetime, end: dt.datetime, *, but: str = "") -> Held | None:
        """Return an entry that overlaps the stretch, the one with the key `but` apart; or None."""
        held = self._held[person, kind]
        after = bisect_left(held, (end,))
        # stretches of one person and kind do not overlap each other, so only the last few before the end can touch
        for other in reversed(held[max(0, after - 3) : after]):
            if other[1] > start and other[2] != but:
                return other
        return None

    def put(self, person: str, kind: str, start: dt.datetime, end: dt.datetime, key: str) -> None:
        """Take a stretch; an earlier one of the same key is let go."""
        self.drop(person, kind, key)
        insort(self._held[person, kind], (start, end, key))

    def drop(self, person: str, kind: str, key: str) -> None:
        """Let the stretch of a key go."""
        held = self._held[person, kind]
        if key:
            held[:] = [other for other in held if other[2] != key]
