"""Which entry of the ledger a line of hours is: by person, kind and start, by its call, or by its date and minutes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crt_scheduler.hours.ledger_values import CALL_KINDS, TRAVEL, EntryRow, Stretch


@dataclass(frozen=True, slots=True)
class HoursLine:
    """What a line says: its number in the file, whose (row number and id), what kind, when, at which call, its state.

    The call is a row number and a name (None and empty: no call); an empty `approved_by` says nothing.
    """

    line: int
    who: tuple[int, str]
    kind: str
    stretch: Stretch
    call: int | None
    call_name: str
    state: str
    approved_by: str


class Ledger:
    """The entries of the records, each the one of at most one line of the file."""

    def __init__(self, there: Iterable[EntryRow]) -> None:
        self._by_key: dict[str, EntryRow] = {}
        self._alike: defaultdict[tuple[object, ...], list[EntryRow]] = defaultdict(list)
        for row in there:
            self._by_key[row.key] = row
            self._alike[row.person, row.kind, row.start or row.date, None if row.start else row.minutes].append(row)
        self._ranks: Counter[str] = Counter()
        self.lines: dict[str, int] = {}
        """The line of the file that each key of an entry was taken for."""

    def same(self, line: HoursLine) -> EntryRow | None:
        """Return the entry that says the same of when and at which call, if no line before was it."""
        return next((row for row in self._free(line) if row.call == line.call_name), None)

    def known(self, line: HoursLine) -> tuple[str, EntryRow | None]:
        """Return the key of a line that is not the same as an entry, and the entry that it corrects, if any."""
        free = [row for row in self._free(line) if not (row.call and line.call_name and line.kind in CALL_KINDS)]
        if free:
            return free[0].key, free[0]
        key = self._key(line)
        return key, self._by_key.get(key)

    def _free(self, line: HoursLine) -> list[EntryRow]:
        when = line.stretch
        alike = (line.who[1], line.kind, when.start or when.date, None if when.start else when.minutes)
        return [row for row in self._alike.get(alike, ()) if row.key not in self.lines]

    def _key(self, line: HoursLine) -> str:
        when, who = line.stretch, line.who[0]
        if line.call is not None and line.kind in CALL_KINDS:
            key = f"call:{line.call}:{who}:{line.kind}"
            return f"{key}_back" if key in self.lines and line.kind == TRAVEL else key
        at = when.date.isoformat() if when.start is None else f"{when.start:%Y-%m-%dT%H:%MZ}"
        key = f"file:{who}:{line.kind}:{at}"
        if when.start is None:
            self._ranks[f"{key}/{when.minutes}"] += 1
            key += f"/{when.minutes}/{self._ranks[f'{key}/{when.minutes}']}"
        return key
