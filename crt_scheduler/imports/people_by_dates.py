"""A file of availability as people by dates: what each says of each day, who is in doubt, and who says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crt_scheduler import times
from crt_scheduler.month_answers import PersonAnswer

OPEN, MIXED = "open", "mixed"
"""What a day holds beside a grade: a word without a meaning yet, and hours that differ."""
SURE, ASKED, BAD = "sure", "asked", "bad"
"""How sure it is whom a line means: surely, a question is open, or nobody is like that."""
CAN = frozenset(("free", "prefers", "wants"))
WHOLE_DAYS = 62
"""Days up to which every day between the first and the last has a column; else only those that are spoken of."""
MOST_DAYS = 124
UTC = times.Zone("UTC")
Hours = tuple[dt.time | None, dt.time | None]


@dataclass(frozen=True)
class Day:
    """A column: a date, or a weekday (Monday is 0) of what holds every week."""

    date: dt.date | None
    weekday: int


@dataclass(frozen=True)
class Mark:
    """What somebody says of a day: a grade, open or mixed; its hours and words, and the cell of the file it is from.

    `cell` is line and column, where exactly one cell of the file says it.
    """

    grade: str
    parts: tuple[tuple[Hours, str, str], ...]
    cell: tuple[int, str] | None = None


@dataclass(frozen=True)
class PollPerson:
    """A row: the name (as on record where it is sure), the id or nothing, the lines, and a mark by column."""

    name: str
    code: str
    lines: tuple[int, ...]
    state: str
    marks: Mapping[int, Mark]
    cells: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    """The cell of the file for each column, where there is exactly one, filled in or not."""

    @property
    def is_silent(self) -> bool:
        """Is every day blank?"""
        return not self.marks


@dataclass(frozen=True)
class Poll:
    """The table: its days, its people, how many of the file's cells each grade has, and who has not answered.

    `month` is the one that most days are of; `waiting` are people of the team who answered neither here nor before.
    """

    days: tuple[Day, ...]
    people: tuple[PollPerson, ...]
    month: str = ""
    waiting: tuple[PersonAnswer, ...] = ()
    zone: times.Zone = UTC
    is_cut: bool = False
    """Are there more days than are shown?"""

    def free(self, column: int) -> int:
        """Return how many people can on a day, of those it is sure about."""
        return sum(column in p.marks and p.marks[column].grade in CAN for p in self.people if p.state == SURE)

    def counts(self) -> dict[str, int]:
        """Return how many days of people have each grade."""
        found: dict[str, int] = {}
        for person in self.people:
            for mark in person.marks.values():
                found[mark.grade] = found.get(mark.grade, 0) + 1
        return found


@dataclass(frozen=True)
class Told:
    """What one line says of some days: its line, the word as written, its grade or open, dates, weekdays and hours."""

    line: int
    text: str
    grade: str
    first: dt.date | None
    last: dt.date | None
    weekdays: int
    hours: Hours


@dataclass(frozen=True)
class Whose:
    """Whom a line means."""

    name: str
    code: str = ""
    state: str = SURE


def poll(
    told: Sequence[Told],
    whose: Mapping[int, Whose],
    *,
    columns: Mapping[dt.date | int, Collection[str]],
    waiting: Iterable[PersonAnswer] = (),
    month: str = "",
    zone: times.Zone = UTC,
) -> Poll:
    """Put lines together by person and day; a later line counts for the same hours.

    `whose` holds every line of the file, those that say nothing too; `columns` the columns of each date or weekday.
    """
    days, is_cut = _days(told)
    places = {day.date if day.date is not None else day.weekday: n for n, day in enumerate(days)}
    lines: dict[tuple[str, int], list[int]] = {}
    for line, who in whose.items():
        lines.setdefault((who.code, 0) if who.code else ("", line), []).append(line)
    by_line: dict[int, list[Told]] = {}
    for each in told:
        by_line.setdefault(each.line, []).append(each)
    people = []
    for own in lines.values():
        who = whose[own[0]]
        cells = _cells(own, columns, places) if len(own) == 1 else {}
        marks = _marks([each for line in own for each in by_line.get(line, ())], places, cells)
        people.append(PollPerson(who.name, who.code, tuple(own), who.state, marks, cells))
    return Poll(days, tuple(people), month, tuple(waiting), zone, is_cut)


def _cells(
    lines: Sequence[int], columns: Mapping[dt.date | int, Collection[str]], places: Mapping[dt.date | int, int]
) -> dict[int, tuple[int, str]]:
    single = {day: next(iter(names)) for day, names in columns.items() if len(names) == 1 and day in places}
    return {places[day]: (lines[0], name) for day, name in single.items()}


def _marks(
    told: Iterable[Told], places: Mapping[dt.date | int, int], cells: Mapping[int, tuple[int, str]]
) -> dict[int, Mark]:
    parts: dict[int, dict[Hours, tuple[str, str]]] = {}
    for each in told:
        for day in _spoken(each, places):
            parts.setdefault(places[day], {})[each.hours] = (each.grade, each.text)
    return {place: _mark(said, cells.get(place)) for place, said in parts.items()}


def _mark(said: Mapping[Hours, tuple[str, str]], cell: tuple[int, str] | None) -> Mark:
    grades = {grade for grade, _ in said.values()}
    grade = OPEN if OPEN in grades else grades.pop() if len(grades) == 1 else MIXED
    return Mark(grade, tuple((hours, each, text) for hours, (each, text) in said.items()), cell)


def _spoken(told: Told, places: Mapping[dt.date | int, int]) -> Iterable[dt.date | int]:
    """Yield the days with a column that a line speaks of."""
    if told.first is None and told.last is None:
        return [day for day in range(7) if told.weekdays >> day & 1 and day in places]
    if told.first is not None and told.first == told.last:
        return [told.first] if told.first in places else []
    return [
        day
        for day in places
        if isinstance(day, dt.date)
        and (told.first is None or day >= told.first)
        and (told.last is None or day <= told.last)
        and times.on_weekday(day, told.weekdays)
    ]


def _days(told: Sequence[Told]) -> tuple[tuple[Day, ...], bool]:
    """Return a column for each weekday of what holds every week, and for each date; and whether there are too many."""
    weekly = [Day(None, n) for n in range(7)] if any(each.first is None and each.last is None for each in told) else []
    ends = {day for each in told for day in (each.first, each.last) if day is not None}
    if not ends:
        return tuple(weekly), False
    first, last = min(ends), max(ends)
    if (last - first).days < WHOLE_DAYS:
        dates = list(times.days_between(first, last))
    else:
        dates = sorted(ends | {day for each in told for day in _between(each)})
    return (*weekly, *(Day(day, day.weekday()) for day in dates[:MOST_DAYS])), len(dates) > MOST_DAYS


def _between(told: Told) -> Iterable[dt.date]:
    if told.first is None or told.last is None or told.first == told.last:
        return ()
    return times.days_between(told.first, min(told.last, told.first + dt.timedelta(days=MOST_DAYS)))
