"""Whose answers a file of availability brings, and for which months: a yes counts though nothing else is kept of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from crt_scheduler import month_answers, times
from crt_scheduler.imports.people_by_dates import Poll
from crt_scheduler.month_answers import Heard, Month
from solver.wording import tr

FRINGE = 4
"""A month with fewer than a fourth of the days of the fullest one only borders on it, and is not what was asked for."""


class Line(Protocol):
    """One line of availability, as a file brings it."""

    @property
    def responder_id(self) -> int: ...
    @property
    def first(self) -> dt.date | None: ...
    @property
    def last(self) -> dt.date | None: ...


LookOver = Callable[[Session, dict[str, str], Sequence[Line], dt.datetime], Poll]
"""Shows a file as people by dates: given its dates' orders, the lines that come in or are there, and now."""


def answered(session: Session, mentioned: Sequence[Line], changed: Iterable[Line]) -> tuple[Heard, ...]:
    """Return the answers to take down: those not on record yet, and those that say something else than before."""
    months = _months(mentioned)
    heard = _heard(mentioned, months)
    fresh = month_answers.unheard(session, heard) | (heard & _heard(changed, months))
    return tuple(sorted(fresh, key=lambda each: (each.responder_id, each.month or dt.date.min)))


def notes(mentioned: Sequence[Line]) -> tuple[str, ...]:
    """Say for which months the people of a file answer."""
    months = _months(mentioned)
    if not months:
        return ()
    people = len({each.responder_id for each in _heard(mentioned, months)})
    who = tr("1 person answers") if people == 1 else tr("{people:,} people answer", people=people)
    words = [times.month_words(times.month_of(month)) for month in sorted(m for m in months if m is not None)]
    return (
        tr("{who} for {names}.", who=who, names=" and ".join([*(["every week"] if None in months else []), *words])),
    )


def month_of(mentioned: Sequence[Line]) -> str:
    """Return the month that most days of a file are of, or nothing where it speaks of every week alone."""
    days = _days(mentioned)
    found = max((month for month in days if month is not None), key=lambda month: len(days[month]), default=None)
    return "" if found is None else times.month_of(found)


def _heard(lines: Iterable[Line], months: Collection[Month]) -> frozenset[Heard]:
    found = (Heard(each.responder_id, month_answers.months_begun(each.first, each.last)) for each in lines)
    return frozenset(each for each in found if each.month in months)


def _months(mentioned: Sequence[Line]) -> frozenset[Month]:
    days = _days(mentioned)
    most = max((len(found) for month, found in days.items() if month is not None), default=0)
    return frozenset(month for month, found in days.items() if month is None or len(found) * FRINGE >= most)


def _days(mentioned: Sequence[Line]) -> dict[Month, set[dt.date | None]]:
    """Return the days on which lines begin, by month."""
    found: dict[Month, set[dt.date | None]] = defaultdict(set)
    for each in mentioned:
        found[month_answers.months_begun(each.first, each.last)].add(each.first or each.last)
    return found
