"""Frozen figures of the team: hours per person, fairness and coverage; minutes are whole, shares run from 0 to 1."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PersonHours:
    """One responder's minutes by kind; `kinds` follow KINDS of the gathering."""

    code: str
    name: str
    kind: str
    on_call: int
    kinds: tuple[int, ...]
    ledger: int
    """Minutes in the ledger, on-call time apart: an hour of two kinds at once counts once."""
    waiting: int
    calls: int


@dataclass(frozen=True)
class HoursReport:
    """Hours of every responder who gave any, by name."""

    first: dt.date
    last: dt.date
    people: tuple[PersonHours, ...]


@dataclass(frozen=True)
class Load:
    """What one responder carried; `asked` counts answers to call-outs."""

    code: str
    name: str
    kind: str
    joined: dt.date | None
    on_call: int
    shifts: int
    nights: int
    weekends: int
    calls: int
    asked: int

    @property
    def never_called(self) -> bool:
        """Was this responder neither called out nor at any call?"""
        return not self.calls and not self.asked


@dataclass(frozen=True)
class Spread:
    """How one thing is spread over the team, and the share that the busiest 12 % carried."""

    name: str
    total: int
    lowest: int
    tenth: int
    median: int
    ninetieth: int
    highest: int
    busiest: float | None


@dataclass(frozen=True)
class Group:
    """Volunteers, or clergy: how many they are, how many 12 % of them are, and how things are spread over them."""

    kind: str
    people: int
    busy: int
    spreads: tuple[Spread, ...]

    def of(self, name: str) -> Spread:
        """Return the spread of one thing."""
        return next(spread for spread in self.spreads if spread.name == name)


@dataclass(frozen=True)
class FairReport:
    """How evenly the team carried hours, nights, weekends and calls: volunteers first, clergy apart from them."""

    first: dt.date
    last: dt.date
    groups: tuple[Group, ...]
    people: tuple[Load, ...]

    @property
    def never_called(self) -> tuple[Load, ...]:
        """Who was on the team and never called."""
        return tuple(person for person in self.people if person.never_called)


@dataclass(frozen=True)
class Kept:
    """One month: seats held of seats wanted, and calls that were promised a team and that meet one in a replay."""

    month: str
    seats: int
    held: int
    calls: int
    unanswered: int
    promised: float | None
    replayed: float | None


@dataclass(frozen=True)
class CoverageReport:
    """Coverage as the rosters promised it, beside a replay of the calls that came."""

    first: dt.date
    last: dt.date
    until: dt.date
    """The last day that is looked at: no later than the day of the report."""
    months: tuple[Kept, ...]

    @property
    def calls(self) -> int:
        """Calls replayed."""
        return sum(month.calls for month in self.months if month.promised is not None)

    @property
    def promised(self) -> float | None:
        """The promise over all calls replayed."""
        return self._share([(month.calls, month.promised) for month in self.months])

    @property
    def replayed(self) -> float | None:
        """What the calls met."""
        return self._share([(month.calls, month.replayed) for month in self.months])

    def _share(self, parts: list[tuple[int, float | None]]) -> float | None:
        known = [(calls, share) for calls, share in parts if share is not None]
        total = sum(calls for calls, _ in known)
        return sum(calls * share for calls, share in known) / total if total else None
