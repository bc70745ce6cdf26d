"""What teams are worth: the chance that a call finds one, its true cost, and the steps by which the model charges it.

A call ends served (a team of its own area goes), late (a neighbour's team goes) or missed. Teams answer
independently; a team answers when it is not busy (Erlang loss) and picks up (`Shift.answers`).
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from solver.problem import CITY, Coverage, Problem

Floats = npt.NDArray[np.float64]


def erlang_loss(load: float, teams: int) -> float:
    """Return the share of calls that find all teams busy (Erlang B); `load` in calls times service time over slot."""
    lost = 1.0
    for count in range(1, teams + 1):
        lost = load * lost / (count + load * lost)
    return lost


def busy_share(load: float, teams: int) -> float:
    """Return the share of time that one of `teams` teams is out on a call; 0 without a team."""
    return load * (1.0 - erlang_loss(load, teams)) / teams if teams else 0.0


@lru_cache(maxsize=1 << 16)
def nobody(load: float, teams: int, answer_chance: float) -> float:
    """Return the chance that none of an area's own teams is free and answers."""
    return (1.0 - answer_chance * (1.0 - busy_share(load, teams))) ** teams


class SlotCalls(msgspec.Struct, frozen=True):
    """The calls of one slot: per area its shift, rate, load, neighbours (as positions in this same list) and answers.

    `answers` is the chance that a team of the area answers.
    """

    shifts: tuple[int, ...]
    rates: tuple[float, ...]
    loads: tuple[float, ...]
    most: tuple[int, ...]
    neighbours: tuple[tuple[int, ...], ...]
    answers: tuple[float, ...]


class Outcome(msgspec.Struct, frozen=True):
    """Expected calls of a slot that end late and missed, and their points."""

    late: float
    missed: float
    points: float


def slot_calls(problem: Problem, slot: int, shifts: Sequence[int]) -> SlotCalls:
    """Return the calls of a slot over its area shifts (those of CITY are left out by the caller's list)."""
    when = problem.slots[slot]
    chosen = [s for s in shifts if problem.shifts[s].area != CITY]
    place = {problem.shifts[s].area: position for position, s in enumerate(chosen)}
    near = {area.name: area.neighbours for area in problem.areas}
    rates = tuple(problem.shifts[s].calls for s in chosen)
    per_call = problem.coverage.service_minutes / max(1, when.end - when.start)
    return SlotCalls(
        shifts=tuple(chosen),
        rates=rates,
        loads=tuple(rate * per_call for rate in rates),
        most=tuple(problem.shifts[s].teams for s in chosen),
        neighbours=tuple(
            tuple(place[a] for a in near.get(problem.shifts[s].area, ()) if a in place and place[a] != place[own])
            for s, own in ((s, problem.shifts[s].area) for s in chosen)
        ),
        answers=tuple(problem.shifts[s].answers or problem.coverage.answer_chance for s in chosen),
    )


def endings(calls: SlotCalls, teams: Sequence[int]) -> list[tuple[float, float]]:
    """Return per area the chances (no home team, no neighbour's team either) with `teams` full teams per area."""
    none = [nobody(load, n, q) for load, n, q in zip(calls.loads, teams, calls.answers, strict=True)]
    return [(own, math.prod([none[other] for other in near])) for own, near in zip(none, calls.neighbours, strict=True)]


def true_cost(calls: SlotCalls, coverage: Coverage, teams: Sequence[int]) -> Outcome:
    """Return what a slot's calls cost with `teams` full teams per area, in points of Coverage."""
    late = missed = 0.0
    for rate, (own, near) in zip(calls.rates, endings(calls, teams), strict=True):
        late += rate * own * (1.0 - near)
        missed += rate * own * near
    return Outcome(late=late, missed=missed, points=late * coverage.late + missed * coverage.missed)


class Pool(msgspec.Struct, frozen=True):
    """Areas whose teams help the same calls, and how many of these are missed by the pull of the teams there.

    `missed[n]` calls beyond those that a full plan misses find nobody at the pull `marks[n]`; straight between marks.
    """

    areas: tuple[int, ...]
    marks: tuple[float, ...]
    missed: tuple[float, ...]


class Steps(msgspec.Struct, frozen=True):
    """What each further team saves: per area from waiting (priced late), per pool from being missed (the rest).

    `home[area][k]` calls find a home team because of the area's team k+1. A pool is an area with its neighbours
    (areas with the same ones share it). The chance that none of its teams comes is a product over its areas, so each
    team adds its own `pull[area][k]` to a sum, and the calls missed are a falling convex curve of that sum.
    """

    home: tuple[tuple[float, ...], ...]
    pull: tuple[tuple[float, ...], ...]
    pools: tuple[Pool, ...]


LEAST_CHANCE = 1e-9
"""A chance that no team comes is taken as no smaller, so that it has a logarithm."""
STRAIGHT = 1e-4
"""The curve is drawn straight where that is wrong by no more than this share of a pool's calls."""
MANY_SUMS = 4096
NO_PULL = 1e-9


def steps(calls: SlotCalls) -> Steps:
    """Return the steps of a slot, by which model and check charge what `true_cost` does, up to a constant.

    A price per further team in the city, or in a pool, is wrong: it takes the mean over where those teams are. So
    drawn the steps undercharged the true cost of whole months by 0.7 to 0.9 %; drawn over the pull, by 0.01 %.
    """
    return _steps(calls.rates, calls.loads, calls.most, calls.neighbours, calls.answers)


@lru_cache(maxsize=1 << 10)
def _steps(
    calls: tuple[float, ...],
    loads: tuple[float, ...],
    most: tuple[int, ...],
    neighbours: tuple[tuple[int, ...], ...],
    answers: tuple[float, ...],
) -> Steps:
    """Return the steps of a slot from the parts of SlotCalls: one weekday of a month is much like the next."""
    none = [
        [nobody(load, n, chance) for n in range(teams + 1)]
        for load, teams, chance in zip(loads, most, answers, strict=True)
    ]
    home = tuple(
        tuple(rate * (before - after) for before, after in pairwise(chances))
        for rate, chances in zip(calls, none, strict=True)
    )
    pull = tuple(tuple(_log(before) - _log(after) for before, after in pairwise(chances)) for chances in none)
    rates: dict[tuple[int, ...], float] = {}
    for area, near in enumerate(neighbours):
        helping = tuple(sorted({area, *near}))
        rates[helping] = rates.get(helping, 0.0) + calls[area]
    return Steps(home, pull, tuple(_pool(areas, rate, [pull[a] for a in areas]) for areas, rate in rates.items()))


def _log(chance: float) -> float:
    return math.log(max(chance, LEAST_CHANCE))


def _pool(areas: tuple[int, ...], rate: float, pulls: Sequence[Sequence[float]]) -> Pool:
    """Return a pool whose marks are the sums of pull that its areas can reach: there the curve is exact."""
    sums = np.zeros(1)
    for pull in pulls:
        sums = np.add.outer(sums, np.concatenate([[0.0], np.cumsum(pull)])).ravel()
        if len(sums) > MANY_SUMS:
            sums = _told_apart(sums)
    marks = _told_apart(sums)
    marks = marks[np.diff(marks, prepend=-1.0) > NO_PULL]
    missed = rate * (np.exp(-marks) - math.exp(-float(marks[-1])))
    return Pool(areas, tuple(marks.tolist()), tuple(missed.tolist()))


def _told_apart(marks: Floats) -> Floats:
    """Return the first and last of marks that lie together: between those the curve is as good as straight.

    A chord over the width w is wrong by exp(-mark) x w^2 / 8 at most, so marks may lie further apart as it falls.
    """
    marks = np.sort(marks)
    place = np.floor(2.0 / math.sqrt(8.0 * STRAIGHT) * (1.0 - np.exp(-marks / 2.0)))
    is_edge = np.diff(place, prepend=-1.0, append=np.inf) > 0
    return np.asarray(marks[is_edge[:-1] | is_edge[1:]])


def stepped(fitted: Steps, coverage: Coverage, teams: Sequence[int]) -> float:
    """Return the points that the steps charge a slot with `teams` full teams per area, beyond those of a full plan."""
    waiting = sum(sum(home[n:]) for home, n in zip(fitted.home, teams, strict=True))
    return coverage.late * waiting + (coverage.missed - coverage.late) * unmet(fitted, teams)


def unmet(fitted: Steps, teams: Sequence[int]) -> float:
    """Return the calls that the steps count as missed beyond what a full plan misses."""
    pulls = [sum(pull[:n]) for pull, n in zip(fitted.pull, teams, strict=True)]
    return sum(_missed(pool, sum(pulls[area] for area in pool.areas)) for pool in fitted.pools)


def _missed(pool: Pool, pull: float) -> float:
    """Return the calls that a pool misses at a pull: straight between its marks."""
    after = bisect(pool.marks, pull)
    if after == len(pool.marks):
        return pool.missed[-1]
    part = (pull - pool.marks[after - 1]) / (pool.marks[after] - pool.marks[after - 1])
    return pool.missed[after - 1] + part * (pool.missed[after] - pool.missed[after - 1])
