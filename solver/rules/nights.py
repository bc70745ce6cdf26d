"""Nights in a row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import numpy as np

from solver.columns import Columns
from solver.period import Period, day_words
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Off, Rule, broken, plural
from solver.wording import counting, tr


def _room(period: Period, person: int, first: int, most: int) -> int:
    """Return the nights that a window of `most` + 1 dates from ordinal `first` leaves beside the fixed ones outside.

    Nights that have begun are never too many: no plan can take them back.
    """
    fixed = sum(duty.night and first <= duty.date.toordinal() <= first + most for duty in period.around[person])
    held = (period.slot(seat) for seat in period.worked[person])
    worked = sum(slot.night and first <= slot.date.toordinal() <= first + most for slot in held)
    return max(0, most - fixed, worked)


def _rows(columns: Columns) -> None:
    """One row per person and window of N + 1 dates: at most N nights in it, fixed nights outside the period counted."""
    period = columns.period
    slots = period.problem.slots
    night = np.array([slot.night for slot in slots], dtype=bool)
    date = np.array([slot.date.toordinal() for slot in slots], dtype=np.int64)
    chosen = np.flatnonzero(night[columns.slot])
    limits = np.array([group.nights_in_a_row for group in period.groups], dtype=np.int64)
    bound = np.array([bool(period.around[n] or period.worked[n]) for n in range(len(limits))], dtype=bool)
    for most in np.unique(limits):
        mine = chosen[limits[columns.person[chosen]] == most]
        if not len(mine):
            continue
        span = int(date.max() - date.min()) + 2 * int(most) + 2
        column = np.repeat(mine, most + 1)
        first = date[columns.slot[column]] - np.tile(np.arange(most + 1), len(mine))
        keys, row = np.unique(columns.person[column] * span + first - date.min() + most, return_inverse=True)
        person, start = keys // span, keys % span + date.min() - most
        room = np.full(len(keys), float(most))
        for key in np.flatnonzero(bound[person]).tolist():
            room[key] = _room(period, int(person[key]), int(start[key]), int(most))
        apart = np.unique(np.stack([row, date[columns.slot[column]]]), axis=1)
        keep = (np.bincount(apart[0], minlength=len(keys)) > room) | (not period.setting("one_at_a_time").hard)
        number = np.cumsum(keep) - 1
        part = keep[row]
        columns.limit("nights_in_a_row", number[row[part]], column[part], 1.0, room[keep], person=person[keep])


def _check(roster: Roster, person: int) -> Iterator[Violation]:
    """Yield one violation for each run of nights that is too long, whatever month its nights are in."""
    most = roster.period.groups[person].nights_in_a_row
    slots = roster.period.problem.slots
    nights = Counter([slots[d.slot].date.toordinal() for d in roster.duties[person] if slots[d.slot].night])
    if nights.total() <= most - sum(duty.night for duty in roster.period.around[person]):
        return  # too few for any run of them to be too long
    held: set[int] = set()
    over: dict[int, int] = {}
    for first in sorted({date - back for date in nights for back in range(most + 1)}):
        count = sum(nights[date] for date in range(first, first + most + 1))
        too_many = count - _room(roster.period, person, first, most)
        if too_many > 0:
            held = held or set(nights) | {d.date.toordinal() for d in roster.period.around[person] if d.night}
            begin = _end_of_run(held, next(date for date in range(first, first + most + 1) if date in held), -1)
            over[begin] = over.get(begin, 0) + too_many
    for begin, amount in over.items():
        days = [day_words(dt.date.fromordinal(date)) for date in (begin, _end_of_run(held, begin, 1))]
        sentence = tr(
            "{name} has more than {plural} in a row, from {days} to {days2}.",
            name=roster.period.person(person).name,
            plural=plural(most, "night"),
            days=days[0],
            days2=days[1],
        )
        yield broken(roster, "nights_in_a_row", amount, sentence, person=person)


def _end_of_run(held: set[int], date: int, step: int) -> int:
    """Return the first (step -1) or last (1) night of the run of nights that a date is in."""
    while date + step in held:
        date += step
    return date


NIGHTS_IN_A_ROW = Rule(
    "nights_in_a_row",
    "Nights in a row",
    "Nobody has more nights in a row than their group's limit, those around the period included.",
    "person",
    _check,
    rows=_rows,
    of_duties=True,
    off=Off(
        "Too many nights in a row",
        counting("{n} has had enough nights in a row", "{n} have had enough nights in a row"),
    ),
)
