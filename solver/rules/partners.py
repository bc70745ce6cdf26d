"""Partners: pairs who like to serve together, and pairs kept apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Columns, Ints
from solver.period import day_words
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Off, Rule, broken, matters
from solver.wording import counting, tr


def _to_come(columns: Columns, person: int) -> Ints:
    """Return a person's choices on shifts that have not begun."""
    mine = columns.of_person(person)
    return mine[columns.to_come[mine]]


def _liked_rows(columns: Columns) -> None:
    """A column per liked pair and shift both could take, carried by each of the two."""
    points = columns.period.setting("partners_liked").points
    if columns.period.setting("partners_liked").hard or points >= 0:
        return
    for one, other in columns.period.pairs[0]:
        first, second = _to_come(columns, one), _to_come(columns, other)
        for shift in np.intersect1d(columns.shift[first], columns.shift[second]):
            together = columns.add("partners_liked", np.array([points]), whole=False)
            for mine in (first, second):
                here = mine[columns.shift[mine] == shift]
                column = np.concatenate([here, together])
                weight = np.append(-np.ones(len(here)), 1.0)
                columns.rows(
                    "partners_liked", np.zeros(len(column), np.int64), column, weight, 0.0, person=one, shift=int(shift)
                )


def _apart_rows(columns: Columns) -> None:
    """One row per pair and shift both could take; where a shift may be held twice, one per pair of their seats."""
    once = columns.period.setting("one_at_a_time").hard
    for one, other in columns.period.pairs[1]:
        first, second = _to_come(columns, one), _to_come(columns, other)
        if once:
            shared = np.intersect1d(columns.shift[first], columns.shift[second])
            both = np.concatenate([first, second])
            both = both[np.isin(columns.shift[both], shared)]
            row = np.searchsorted(shared, columns.shift[both])
        else:
            mine, theirs = np.nonzero(columns.shift[first][:, None] == columns.shift[second][None, :])
            both = np.concatenate([first[mine], second[theirs]])
            row, shared = np.tile(np.arange(len(mine)), 2), columns.shift[first[mine]]
        columns.limit("partners_apart", row, both, 1.0, 1.0, person=one, shift=shared, size=len(shared))


def _liked(roster: Roster, slot: int) -> Iterator[Violation]:
    setting = roster.period.setting("partners_liked")
    if setting.hard or setting.points >= 0:
        return
    for one, other, shift, _ in _together(roster, slot, roster.period.pairs[0]):
        sentence = tr(
            "{name} and {name2} serve together, as they like.", name=_name(roster, one), name2=_name(roster, other)
        )
        yield broken(roster, "partners_liked", 1, sentence, person=one, shift=shift)


def _apart(roster: Roster, slot: int) -> Iterator[Violation]:
    if not matters(roster, "partners_apart"):
        return
    date = day_words(roster.period.problem.slots[slot].date)
    for one, other, shift, times in _together(roster, slot, roster.period.pairs[1]):
        sentence = tr(
            "{name} and {name2} are kept apart, but share a shift on {date}.",
            name=_name(roster, one),
            name2=_name(roster, other),
            date=date,
        )
        yield broken(roster, "partners_apart", times, sentence, person=one, shift=shift)


def _together(roster: Roster, slot: int, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (one, other, shift, times they meet: 1 unless seats are held twice) per pair that shares a shift."""
    if not pairs:
        return
    held = {shift: roster.on_shift(shift) for shift in roster.period.shifts_of_slot[slot]}
    busy = {person for people in held.values() for person in people}
    for one, other in pairs:
        if one in busy and other in busy:
            for shift, people in held.items():
                if one in people and other in people:
                    yield one, other, shift, people.count(one) * people.count(other)


def _name(roster: Roster, person: int) -> str:
    return roster.period.person(person).name


PARTNERS_LIKED = Rule(
    "partners_liked",
    "Partners together",
    "Each shift that two share who like to serve together.",
    "slot",
    _liked,
    rows=_liked_rows,
    usual=Setting(points=-3),
)
PARTNERS_APART = Rule(
    "partners_apart",
    "Kept apart",
    "Each shift that two share who are kept apart.",
    "slot",
    _apart,
    rows=_apart_rows,
    usual=Setting(points=60),
    off=Off("Kept apart", counting("{n} is kept apart from somebody there", "{n} are kept apart from somebody there")),
)
