"""Primary and backup: how many duties of one tier a person may hold in the period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from solver.columns import Columns
from solver.period import Period
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Off, Rule, broken
from solver.wording import counting, tr


def _most(period: Period, person: int, tier: str) -> int:
    """Return how many duties of a tier a person may hold, or holds on shifts that have begun; 0: no limit."""
    limit = period.groups[person].most_per_tier
    worked = sum(period.seat(seat).tier == tier for seat in period.worked[person])
    return max(limit, worked) if limit > 0 else 0


def _rows(columns: Columns) -> None:
    names = sorted({seat.tier for seat in columns.period.problem.seats if seat.tier})
    everybody = range(len(columns.period.problem.people))
    for name in names:
        most = np.array([float(_most(columns.period, person, name)) for person in everybody])
        of_tier = np.array([seat.tier == name for seat in columns.period.problem.seats], dtype=bool)
        chosen = np.flatnonzero(of_tier[columns.seat] & (most[columns.person] > 0))
        people, row = np.unique(columns.person[chosen], return_inverse=True)
        columns.limit("tiers", row.astype(np.int64), chosen, 1.0, most[people], person=people, size=len(people))


def _check(roster: Roster, person: int) -> Iterator[Violation]:
    limit = roster.period.groups[person].most_per_tier
    if limit <= 0:
        return
    held = Counter(roster.period.seat(duty.seat).tier for duty in roster.duties[person])
    for tier, times in sorted(held.items()):
        most = _most(roster.period, person, tier)
        if tier and 0 < most < times:
            name = roster.period.person(person).name
            sentence = tr(
                "{name} holds {times} {tier} duties; {limit} is the limit in this period.",
                name=name,
                times=times,
                tier=tier,
                limit=limit,
            )
            yield broken(roster, "tiers", times - most, sentence, person=person)


TIERS = Rule(
    "tiers",
    "Duties per tier",
    "Nobody holds more duties of one tier, such as backup, in the period than their group's limit.",
    "person",
    _check,
    rows=_rows,
    of_duties=True,
    off=Off("Hold such a duty already", counting("{n} holds such a duty already", "{n} hold such a duty already")),
)
