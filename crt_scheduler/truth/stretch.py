"""A stretch of days played on one month's roster: which like cells it meets, and what those had promised."""

from __future__ import annotations

import msgspec
import numpy as np

from crt_scheduler.demand.full_teams import Truth, ends
from crt_scheduler.truth.replay import Ends, Floats, Ints, Stream, at_once, replay, responses
from solver.problem import CITY, Problem

ENOUGH = 20_000
"""Calls after which further rounds of a replay change the third digit only."""
MOST_ROUNDS = 20
MONDAY = 3
"""1970-01-01 was a Thursday: days since then plus 3, over 7, number the weeks from Monday."""


class Log(msgspec.Struct, frozen=True):
    """Calls in order of time: minute (UTC), shift day (days since 1970), template and area index, minutes or nan.

    A template below 0 means that no shift ran.
    """

    minute: Ints
    day: Ints
    template: Ints
    area: Ints
    minutes: Floats


class Ground(msgspec.Struct, frozen=True):
    """A month's area-shifts as arrays: teams, calls and slots by weekday and template, areas and their neighbours."""

    problem: Problem
    teams: Ints
    answers: Floats
    """Slot x area: the chance that a team of the shift answers."""
    shift: Ints
    """Slot x area: the position of the shift in the Problem, or -1."""
    like: dict[tuple[int, int], list[int]]
    near: tuple[tuple[int, ...], ...]

    def slots(self, day: Ints, template: Ints, *, start: int) -> Ints:
        """Return the month's slot that each day and template is played on, or -1 where the month has none like it.

        Same weekday, same template, the month's weeks in order and round again, beginning with week `start`.
        """
        found = np.full(len(day), -1, dtype=np.int64)
        for (weekday, number), slots in self.like.items():
            mine = ((day + MONDAY) % 7 == weekday) & (template == number)
            found[mine] = np.array(slots)[((day[mine] + MONDAY) // 7 + start) % len(slots)]
        return found


def ground(problem: Problem, teams: tuple[int, ...], templates: list[str]) -> Ground:
    """Return the month's ground for these full teams per shift; `templates` are those rostered by area, in order."""
    names = [area.name for area in problem.areas]
    shift = np.full((len(problem.slots), len(names)), -1, dtype=np.int64)
    for n, each in enumerate(problem.shifts):
        if each.area != CITY:
            shift[each.slot, names.index(each.area)] = n
    like: dict[tuple[int, int], list[int]] = {}
    for n, slot in enumerate(problem.slots):
        if slot.template in templates:
            like.setdefault((slot.date.weekday(), templates.index(slot.template)), []).append(n)
    near = tuple(tuple(names.index(a) for a in area.neighbours if a in names) for area in problem.areas)
    on_shift = np.where(shift >= 0, np.append(np.array(teams, dtype=np.int64), 0)[shift], 0)
    usual = problem.coverage.answer_chance
    chances = np.array([*(each.answers or usual for each in problem.shifts), usual])
    return Ground(problem, on_shift, chances[shift], shift, like, near)


class Played(msgspec.Struct, frozen=True):
    """A replay beside its promise, per call: the chance promised, how it ended, whether another was running."""

    promised: Floats
    ends: Ends
    at_once: Floats
    by_chance: Floats
    """Chance per call that another of its area is running if calls came without clusters (1 - exp(-load))."""
    rounds: int


def play(log: Log, where: Ground, *, first: int, last: int, seed: int, rounds: int = 0) -> Played:
    """Replay the log on the ground from day `first` to `last` (days since 1970), averaged over rounds.

    Each round begins with another week of the month and draws anew. The promise is the true cost at the month's
    expected calls, scaled to as many calls as were logged.
    """
    count = len(log.minute)
    rounds = rounds or max(1, min(MOST_ROUNDS, ENOUGH // max(1, count)))
    scale = _scale(log, where, first=first, last=last)
    truth = ends(where.problem, _per_shift(where), scale=scale)
    found, running = _chances(truth, where)
    sums = np.zeros((5, count))
    for turn in range(rounds):
        dice = np.random.default_rng([seed, turn])
        slots = where.slots(log.day, log.template, start=seed + turn)
        drawn = responses(count, mean=where.problem.coverage.service_minutes, dice=dice)
        minutes = np.where(np.isnan(log.minutes), drawn, log.minutes)
        calls = Stream(log.minute, minutes, log.area, log.day * 64 + log.template)
        on_shift = np.where(slots[:, None] >= 0, where.teams[slots], 0)
        ended = replay(calls, on_shift, where.answers[slots], where.near, dice=dice)
        shift = np.where(slots >= 0, where.shift[slots, log.area], -1)
        sums += (found[shift], ended.served, ended.late, at_once(calls), running[shift])
    sums /= rounds
    return Played(sums[0], Ends(sums[1], sums[2]), sums[3], sums[4], rounds)


def _per_shift(where: Ground) -> list[int]:
    teams = np.zeros(len(where.problem.shifts), dtype=np.int64)
    there = where.shift >= 0
    teams[where.shift[there]] = where.teams[there]
    return [int(n) for n in teams]


def _scale(log: Log, where: Ground, *, first: int, last: int) -> float:
    """Return logged calls over those the month's rates expect in the same days."""
    days = np.arange(first, last + 1)
    calls = np.append(np.array([shift.calls for shift in where.problem.shifts]), 0.0)
    expected = 0.0
    for number in {template for _, template in where.like}:
        slots = where.slots(days, np.full(len(days), number), start=0)
        expected += float(calls[where.shift[slots[slots >= 0]]].sum())
    return len(log.minute) / expected if expected else 1.0


def _chances(truth: Truth, where: Ground) -> tuple[Floats, Floats]:
    """Return per shift P(team) and the chance that another call is running; the last entry (0) is for no shift."""
    found, running = (np.zeros(len(where.problem.shifts) + 1) for _ in range(2))
    for cell in truth.cells:
        slot = where.problem.slots[where.problem.shifts[cell.shift].slot]
        load = cell.calls * where.problem.coverage.service_minutes / (slot.end - slot.start)
        found[cell.shift], running[cell.shift] = cell.p_team, 1.0 - np.exp(-load)
    return found, running
