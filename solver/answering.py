"""How surely the teams of a roster answer: the shift's own chance, moved by who is on it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from solver.problem import Person, Slot
from solver.roster import Roster


def factor(person: Person, slot: Slot) -> float:
    """Return how surely a person answers in a slot beside the team: 1 is as the team, and for whoever is unknown."""
    if not person.answers or not slot.bands:
        return 1.0
    return sum(mine * part for mine, part in zip(person.answers, slot.bands, strict=True))


def team_answer(roster: Roster, shift: int) -> float:
    """Return the chance that a team of a shift answers with those who are on it.

    A team answers when each of its parts does; which of the people on a part are in which team is not decided, so
    each part counts with the mean of its people.
    """
    period = roster.period
    problem = period.problem
    chance = problem.shifts[shift].answers or problem.coverage.answer_chance
    slot = problem.slots[problem.shifts[shift].slot]
    for seat, per_team in period.team_seats[shift]:
        chance *= _mean([factor(period.person(person), slot) for person in roster.on_seat[seat]]) ** per_team
    return min(1.0, chance)


def _mean(factors: Sequence[float]) -> float:
    return fmean(factors) if factors else 1.0
