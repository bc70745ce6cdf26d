"""Primary and backup: how many duties of one tier a person may hold in the period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from solver.columns import Columns
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Rule, broken


def _rows(columns: Columns) -> None:
    names = sorted({seat.tier for seat in columns.period.problem.seats if seat.tier})
    most = np.array([float(group.most_per_tier) for group in columns.period.groups])
    for name in names:
        of_tier = np.array([seat.tier == name for seat in columns.period.problem.seats], dtype=bool)
        chosen = np.flatnonzero(of_tier[columns.seat] & (most[columns.person] > 0))
        people, row = np.unique(columns.person[chosen], return_inverse=True)
        columns.limit("tiers", row.astype(np.int64), chosen, 1.0, most[people], person=people, size=len(people))


def _check(roster: Roster, person: int) -> Iterator[Violation]:
    most = roster.period.groups[person].most_per_tier
    held = Counter(roster.period.seat(duty.seat).tier for duty in roster.duties[person])
    for tier, times in sorted(held.items()):
        if tier and 0 < most < times:
            name = roster.period.person(person).name
            sentence = f"{name} holds {times} {tier} duties; {most} is the limit in this period."
            yield broken(roster, "tiers", times - most, sentence, person=person)


TIERS = Rule("tiers", "Duties per tier", "person", _check, rows=_rows)
