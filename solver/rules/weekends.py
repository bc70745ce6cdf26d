"""Weekends on call: how many a person may work, and a fair share of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from solver.columns import Columns, Floats, Ints
from solver.period import Period, saturday
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import both_hard, cliques
from solver.rules.rule import Off, Rule, broken, plural
from solver.wording import counting, tr


def _weekend_columns(columns: Columns) -> tuple[Ints, Ints]:
    """Return (person, column) of one column per person and weekend, 1 when the person is on call in it.

    It covers whole cliques of duties that exclude each other (Saturday, Saturday night with Sunday day, Sunday), not
    one duty at a time: on a city this lifted the LP bound from 36,458 to 37,542, the optimum being 37,572.
    """
    if "weekends" in columns.shared:
        return columns.shared["weekends"]
    slots = columns.period.problem.slots
    inside = np.array([slot.weekend for slot in slots], dtype=bool)
    name = np.array([saturday(slot.date).toordinal() for slot in slots], dtype=np.int64)
    chosen = np.flatnonzero(inside[columns.slot])
    key = columns.person[chosen] * 10_000_000 + name[columns.slot[chosen]]
    keys, which = np.unique(key, return_inverse=True)
    fixed = np.zeros(len(keys))
    np.maximum.at(fixed, which, columns.fixed()[chosen])
    worked = columns.add("weekends", np.zeros(len(keys)), lower=fixed)
    weekend_of = np.full(len(columns.person), -1, dtype=np.int64)
    weekend_of[chosen] = which
    if both_hard(columns) and columns.is_tight:
        row, member = cliques(columns, chosen)
        pairs = np.unique(row * len(keys) + weekend_of[member], return_inverse=True)
        row, owner = pairs[1].astype(np.int64), pairs[0] % max(1, len(keys))
    else:
        row, member, owner = np.arange(len(chosen), dtype=np.int64), chosen, which.astype(np.int64)
    size = len(owner)
    # Duties that clash among themselves yet have begun stand in one clique: the weekend covers them all.
    covers = np.maximum(1.0, np.bincount(row, weights=~columns.to_come[member], minlength=size))
    columns.rows(
        "weekends",
        np.concatenate([row, np.arange(size)]), np.concatenate([member, worked[owner]]),
        np.concatenate([np.ones(len(row)), -covers]), 0.0, person=keys[owner] // 10_000_000, size=size,
    )  # fmt: skip
    columns.shared["weekends"] = (keys // 10_000_000, worked)
    columns.shared["weekend_names"] = (keys % 10_000_000, worked)
    return columns.shared["weekends"]


def _at_most(columns: Columns, rule: str, most: Floats, held: Sequence[frozenset[dt.date]]) -> None:
    """Limit each person's weekends; those in `held` are on call whatever is planned, and `most` leaves them out."""
    person, column = _weekend_columns(columns)
    names = columns.shared["weekend_names"][0]
    ours = {(who, name.toordinal()) for who, weekends in enumerate(held) for name in weekends}
    if ours:
        free = np.array([key not in ours for key in zip(person.tolist(), names.tolist(), strict=True)], dtype=bool)
        person, column = person[free], column[free]
    people, row, count = np.unique(person, return_inverse=True, return_counts=True)
    keep = count > most[people]
    number, part = np.cumsum(keep) - 1, keep[row]
    columns.limit(rule, number[row[part]], column[part], 1.0, most[people[keep]], person=people[keep])


def _most(period: Period, person: int, held: frozenset[dt.date]) -> int:
    """Return the weekends a person may be on call, or is by what no plan takes back: begun shifts, duties outside."""
    worked = {saturday(slot.date) for slot in map(period.slot, period.worked[person]) if slot.weekend}
    return max(period.groups[person].weekends, len(worked | held))


def _limit_rows(columns: Columns) -> None:
    held = columns.period.weekends_outside
    most = [_most(columns.period, person, mine) - len(mine) for person, mine in enumerate(held)]
    _at_most(columns, "weekends", np.array(most, dtype=float), held)


def _fair_rows(columns: Columns) -> None:
    _at_most(columns, "fair_weekends", np.array([max(0.0, p.weekends) for p in columns.period.problem.people]), ())


def weekends_worked(roster: Roster, person: int) -> int:
    """Return the number of weekends of the period in which a person has a duty of the period."""
    return len(_weekends(roster, person))


def _weekends(roster: Roster, person: int) -> set[dt.date]:
    slots = roster.period.problem.slots
    return {saturday(slots[d.slot].date) for d in roster.duties[person] if slots[d.slot].weekend}


def _limit(roster: Roster, person: int) -> Iterator[Violation]:
    held = roster.period.weekends_outside[person]
    most, worked = _most(roster.period, person, held), len(_weekends(roster, person) | held)
    if worked > most:
        limit = roster.period.groups[person].weekends
        sentence = tr(
            "{name} is on call on {plural}; {limit} is the limit.",
            name=roster.period.person(person).name,
            plural=plural(worked, "weekend"),
            limit=limit,
        )
        yield broken(roster, "weekends", worked - most, sentence, person=person)


def _fair(roster: Roster, person: int) -> Iterator[Violation]:
    who, worked = roster.period.person(person), weekends_worked(roster, person)
    share = max(0.0, who.weekends)
    if worked > share + 1e-9:
        sentence = tr(
            "{name} is on call on {plural}; a fair share is {share:.1f}.",
            name=who.name,
            plural=plural(worked, "weekend"),
            share=share,
        )
        yield broken(roster, "fair_weekends", worked - share, sentence, person=person)


WEEKENDS = Rule(
    "weekends",
    "Weekends at most",
    "Nobody is on call on more weekends of the period than their group's limit, those around it included.",
    "person",
    _limit,
    rows=_limit_rows,
    off=Off("Enough weekends", counting("{n} has worked enough weekends", "{n} have worked enough weekends")),
)
FAIR_WEEKENDS = Rule(
    "fair_weekends",
    "A fair share of weekends",
    "Each weekend beyond what is left of a person's fair share of the year.",
    "person",
    _fair,
    rows=_fair_rows,
    of_duties=True,
    usual=Setting(points=4),
)
