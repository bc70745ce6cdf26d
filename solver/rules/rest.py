"""One duty at a time, and rest between duties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from solver.columns import Bools, Columns, Ints
from solver.period import day_words
from solver.problem import CITY, Duty, Slot
from solver.result import Violation
from solver.roster import OnCall, Roster
from solver.rules.rule import Off, Rule, broken
from solver.wording import counting, tr


def both_hard(columns: Columns) -> bool:
    """Say whether duties of a person exclude each other outright, so that cliques of them may be written."""
    return columns.period.setting("rest").hard and columns.period.setting("one_at_a_time").hard


def cliques(columns: Columns, picked: Ints) -> tuple[Ints, Ints]:
    """Return (row, column position) of the largest sets of picked columns of which a person can hold only one.

    A duty keeps a person busy from its start until its end plus rest; as in any interval graph, each largest set of
    overlapping ones meets at the start of one of them.
    """
    problem = columns.period.problem
    starts = np.array([slot.start for slot in problem.slots], dtype=np.int64)
    ends = np.array([slot.end for slot in problem.slots], dtype=np.int64)
    rests = np.array([group.rest_minutes for group in columns.period.groups], dtype=np.int64)
    points = np.unique(starts)
    rows, members, offset = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for rest in np.unique(rests):
        meets = (starts[None, :] <= points[:, None]) & (points[:, None] < ends[None, :] + rest)
        for point, meeting in enumerate(meets):
            inside = (meets & meeting).sum(1) == meeting.sum()
            inside[point] = False
            same = (meets == meeting).all(1)
            if (inside & ~same).any() or same[:point].any():
                continue  # contained in a larger set
            chosen = picked[(rests[columns.person[picked]] == rest) & meeting[columns.slot[picked]]]
            row = np.cumsum(np.diff(columns.person[chosen], prepend=-1) > 0) - 1  # choices lie in order of person
            rows.append(row + offset)
            members.append(chosen)
            offset += int(row[-1]) + 1 if len(row) else 0
    return np.concatenate(rows), np.concatenate(members)


def _told_apart(row: Ints, member: Ints) -> tuple[Ints, Ints]:
    """Drop rows with a single column, which say nothing, and number the others from 0."""
    keep = np.bincount(row, minlength=1)[row] > 1
    return np.unique(row[keep], return_inverse=True)[1].astype(np.int64), member[keep]


def _write(columns: Columns, rule: str) -> None:
    """Write a rule over pairs of slots: as cliques when both rules are hard, else one priced row per clashing pair."""
    if both_hard(columns):
        if rule == "rest":  # rest is never negative, so its cliques hold those of one_at_a_time
            row, member = _told_apart(*cliques(columns, np.arange(len(columns.person), dtype=np.int64)))
            first = np.unique(row, return_index=True)[1]
            # Begun duties that clash among themselves stay; they only leave no room for another.
            most = np.maximum(1.0, np.bincount(row, weights=~columns.to_come[member], minlength=len(first)))
            columns.rows(rule, row, member, 1.0, most, person=columns.person[member[first]])
        return
    rests = np.array([group.rest_minutes for group in columns.period.groups], dtype=np.int64)
    for rest in np.unique(rests):
        mine = rests[columns.person] == rest
        for first, second in np.argwhere(_clashes(columns.period.problem.slots, int(rest), rule)):
            begun = [columns.period.problem.slots[slot].begun for slot in (first, second)]
            if all(begun):
                continue
            one, other = np.flatnonzero(mine & (columns.slot == first)), np.flatnonzero(mine & (columns.slot == second))
            if columns.period.setting("one_at_a_time").hard and not any(begun):
                _slot_rows(columns, rule, np.union1d(one, other))
            else:
                _pair_rows(columns, rule, one, other)


def _slot_rows(columns: Columns, rule: str, chosen: Ints) -> None:
    """One row per person over two clashing slots, each held once at most: both at once is one clash."""
    people, row = np.unique(columns.person[chosen], return_inverse=True)
    columns.limit(rule, row.astype(np.int64), chosen, 1.0, 1.0, person=people)


def _pair_rows(columns: Columns, rule: str, one: Ints, other: Ints) -> None:
    """One row per pair of clashing duties: a slot may be, or was, held twice here, so slots cannot be counted."""
    first, second = np.nonzero(columns.person[one][:, None] == columns.person[other][None, :])
    first, second = one[first], other[second]
    if np.array_equal(one, other):
        first, second = first[first < second], second[first < second]
    row = np.tile(np.arange(len(first), dtype=np.int64), 2)
    columns.limit(rule, row, np.concatenate([first, second]), 1.0, 1.0, person=columns.person[first], size=len(first))


def _clashes(slots: tuple[Slot, ...], rest: int, rule: str) -> Bools:
    """Return which pairs of slots clash (upper triangle; the diagonal is a slot held twice)."""
    found = np.zeros((len(slots), len(slots)), dtype=bool)
    for first, one in enumerate(slots):
        for second in range(first, len(slots)):
            other = slots[second]
            if rule == "one_at_a_time":
                found[first, second] = overlaps(one, other)
            else:
                found[first, second] = not overlaps(one, other) and gap(one, other) < rest
    return found


def _around(columns: Columns, rule: str) -> None:
    """Keep each person's duties outside the period: fixed, they close or price the slots they clash with."""
    slots = columns.period.problem.slots
    clashes = np.zeros((len(columns.period.problem.people), len(slots)), dtype=np.int16)
    for person, duties in enumerate(columns.period.around):
        rest = columns.period.groups[person].rest_minutes
        for duty in duties:
            for slot, when in enumerate(slots):
                close = overlaps(when, duty)
                clashes[person, slot] += close if rule == "one_at_a_time" else not close and gap(when, duty) < rest
    columns.price_cells(rule, clashes[columns.person, columns.slot].astype(float))


def overlaps(one: Slot | OnCall | Duty, other: Slot | OnCall | Duty) -> bool:
    """Say whether two stretches of time share a minute."""
    return one.start < other.end and other.start < one.end


def gap(one: Slot | OnCall | Duty, other: Slot | OnCall | Duty) -> int:
    """Return the minutes between two stretches that do not overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def where_words(roster: Roster, seat: int) -> str:
    """Return a duty's area and time as people say it: West, Sat 9 January night."""
    period = roster.period
    area, slot = period.shift(seat).area, period.slot(seat)
    return f"{'city-wide' if area == CITY else area}, {day_words(slot.date)} {slot.template}"


def _to_come(roster: Roster, person: int) -> list[OnCall]:
    """Return a person's duties that have not begun."""
    return [duty for duty in roster.duties[person] if not roster.period.has_begun(duty.seat)]


def _pairs(roster: Roster, person: int) -> Iterator[tuple[OnCall, OnCall]]:
    """Yield each pair of a person's duties of which at least one has not begun, in order of time."""
    for one, other in combinations(roster.duties[person], 2):
        if not (roster.period.has_begun(one.seat) and roster.period.has_begun(other.seat)):
            yield one, other


def _one_at_a_time(roster: Roster, person: int) -> Iterator[Violation]:
    name = roster.period.person(person).name
    for one, other in _pairs(roster, person):
        if one.slot == other.slot:
            sentence = tr("{name} is on two seats at once ({where}).", name=name, where=where_words(roster, other.seat))
            yield broken(roster, "one_at_a_time", 1, sentence, person=person, shift=other.shift)
        elif overlaps(one, other):
            there, here = where_words(roster, one.seat), where_words(roster, other.seat)
            sentence = tr("{name} is already on call ({there}) during {here}.", name=name, there=there, here=here)
            yield broken(roster, "one_at_a_time", 1, sentence, person=person, shift=other.shift)
    for duty in _to_come(roster, person):
        for fixed in roster.period.around[person]:
            if overlaps(duty, fixed):
                sentence = tr(
                    "{name} is already on call then, on {day} outside this period.",
                    name=name,
                    day=day_words(fixed.date),
                )
                yield broken(roster, "one_at_a_time", 1, sentence, person=person, shift=duty.shift)


def _rest(roster: Roster, person: int) -> Iterator[Violation]:
    name = roster.period.person(person).name
    needed = roster.period.groups[person].rest_minutes
    for one, other in _pairs(roster, person):
        if not overlaps(one, other) and gap(one, other) < needed:
            where, hours = where_words(roster, other.seat), gap(one, other) / 60
            sentence = tr(
                "{name} has {hours:g} h rest before {where}; {needed:g} h are needed.",
                name=name,
                hours=hours,
                where=where,
                needed=needed / 60,
            )
            yield broken(roster, "rest", 1, sentence, person=person, shift=other.shift)
    for duty in _to_come(roster, person):
        for fixed in roster.period.around[person]:
            if not overlaps(duty, fixed) and gap(duty, fixed) < needed:
                hours, where, day = gap(duty, fixed) / 60, where_words(roster, duty.seat), day_words(fixed.date)
                sentence = tr(
                    "{name} has {hours:g} h rest between {where} and a duty on {day} outside this period; "
                    "{needed:g} h are needed.",
                    name=name,
                    hours=hours,
                    where=where,
                    day=day,
                    needed=needed / 60,
                )
                yield broken(roster, "rest", 1, sentence, person=person, shift=duty.shift)


ONE_AT_A_TIME = Rule(
    "one_at_a_time", "One duty at a time",
    "Nobody holds two duties that overlap, those around the period included.", "person", _one_at_a_time,
    grid=lambda columns: _around(columns, "one_at_a_time"), rows=lambda columns: _write(columns, "one_at_a_time"),
    of_duties=True,
    off=Off("On call then already", counting("{n} is already on call then", "{n} are already on call then")),
)  # fmt: skip
REST = Rule(
    "rest", "Rest between duties",
    "Between two duties lie the hours of rest of the person's group, those around the period included.",
    "person", _rest,
    grid=lambda columns: _around(columns, "rest"), rows=lambda columns: _write(columns, "rest"),
    of_duties=True,
    off=Off("Too little rest", counting("{n} needs more rest", "{n} need more rest")),
)  # fmt: skip
