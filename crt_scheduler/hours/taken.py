"""Which stretches are taken, by person and kind: the same hour of one kind is not logged twice."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

from crt_scheduler.hours.ledger_values import CALL_KINDS, EntryRow

Held = tuple[dt.datetime, dt.datetime, str, str]
"""Start, end, the key of the entry that holds it, and its call (empty: none)."""


class Taken:
    """The stretches of entries with known times, looked up by person and kind."""

    def __init__(self, rows: Iterable[EntryRow] = ()) -> None:
        self._held: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
        self._longest = dt.timedelta()
        for row in rows:
            if row.start is not None and row.end is not None:
                self._held[row.person, row.kind].append((row.start, row.end, row.key, row.call))
                self._longest = max(self._longest, row.end - row.start)
        for held in self._held.values():
            held.sort()

    def clash(
        self, person: str, kind: str, start: dt.datetime, end: dt.datetime, *, call: str = "", but: str = ""
    ) -> Held | None:
        """Return an entry that overlaps the stretch, the one with the key `but` apart; or None.

        Who was at two calls at once has hours at both: that is no clash, and every sum counts them once.
        """
        held = self._held[person, kind]
        for n in range(bisect_left(held, (end,)) - 1, -1, -1):
            other = held[n]
            if other[0] + self._longest <= start:
                break
            is_other_call = kind in CALL_KINDS and call and other[3] and other[3] != call
            if other[1] > start and other[2] != but and not is_other_call:
                return other
        return None

    def put(self, person: str, kind: str, start: dt.datetime, end: dt.datetime, key: str, *, call: str = "") -> None:
        """Take a stretch; an earlier one of the same key is let go."""
        self.drop(person, kind, key)
        self._longest = max(self._longest, end - start)
        insort(self._held[person, kind], (start, end, key, call))

    def drop(self, person: str, kind: str, key: str) -> None:
        """Let the stretch of a key go."""
        held = self._held[person, kind]
        if key:
            held[:] = [other for other in held if other[2] != key]
