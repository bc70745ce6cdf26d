"""Frozen figures of the year report; minutes and cents are whole numbers, shares run from 0 to 1, dates are local."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """What an hour was worth in a year, in cents, in a region, and who says so; `typed` by hand for this report."""

    year: int
    region: str
    cents: int
    source: str
    typed: bool = False


@dataclass(frozen=True)
class Worth:
    """The minutes of one year and what they are worth at its rate, rounded once to the cent."""

    rate: Rate
    minutes: int
    cents: int


@dataclass(frozen=True)
class Value:
    """What hours are worth: which hours count (`basis`), year by year, each at its own rate."""

    basis: str
    years: tuple[Worth, ...]

    @property
    def cents(self) -> int:
        """The sum of the years."""
        return sum(year.cents for year in self.years)

    @property
    def minutes(self) -> int:
        """The minutes counted."""
        return sum(year.minutes for year in self.years)


@dataclass(frozen=True)
class Reach:
    """Minutes from notified to on scene: nearest-rank median and 90th percentile, and who came within the target.

    `without` are responses that lack one of the two times; `spread` counts responses by stretch of minutes.
    """

    timed: int
    without: int
    median: int | None
    ninetieth: int | None
    within: int
    target: int
    spread: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float | None:
        """The share of timed responses within the target."""
        return self.within / self.timed if self.timed else None


@dataclass(frozen=True)
class Slice:
    """The responses of one type, area, month or hour: how many, people who went, people served, median reach."""

    name: str
    responses: int
    person_responses: int
    served: int
    reach: int | None


@dataclass(frozen=True)
class YearReport:
    """What the team did from first to last; on-call time and time of responses are kept apart."""

    first: dt.date
    last: dt.date
    responses: int
    unanswered: int
    """Calls that nobody went to."""
    person_responses: int
    people_served: int
    adults: int
    children: int
    not_counted: int
    """Responses without a number of people served."""
    response_minutes: int
    on_call_minutes: int
    kinds: tuple[tuple[str, int], ...]
    """Minutes of every kind in the ledger."""
    waiting: int
    """Minutes of the ledger that are not approved yet."""
    reach: Reach
    by_type: tuple[Slice, ...]
    by_area: tuple[Slice, ...]
    by_month: tuple[Slice, ...]
    by_hour: tuple[Slice, ...]
    value: Value | None
    missing_rate: str = ""
    """The sentence that asks for a rate where the value is missing."""
