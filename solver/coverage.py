"""What teams are worth: the chance that a call finds one, its true cost, and the concave steps that the model uses.

A call ends served (a team of its own area goes), late (a neighbour's team goes) or missed. Teams answer
independently; a team answers when it is not busy (Erlang loss) and picks up (`Shift.answers`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import comb

import msgspec

from solver.problem import CITY, Coverage, Problem


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
    """Areas whose teams help the same calls, and the calls saved from being missed by each further team in them."""

    areas: tuple[int, ...]
    steps: tuple[float, ...]


class Steps(msgspec.Struct, frozen=True):
    """Calls saved by each further team: per area from waiting (priced late), per pool from being missed (the rest).

    `home[area][k]` calls find a home team because of the area's team k+1. A pool is an area with its neighbours
    (areas with the same ones share it): its `steps[m]` calls are not missed because of its team m+1, in whichever of
    its areas. Steps fall, so that teams fill them in order.
    """

    home: tuple[tuple[float, ...], ...]
    pools: tuple[Pool, ...]


def falling(steps: Sequence[float]) -> tuple[float, ...]:
    """Return steps with the same sum that never rise: neighbours that do are averaged (pool adjacent violators)."""
    blocks: list[list[float]] = []
    for step in steps:
        blocks.append([step, 1.0])
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            value, weight = blocks.pop()
            before, count = blocks[-1]
            blocks[-1] = [(before * count + value * weight) / (count + weight), count + weight]
    return tuple(value for value, weight in blocks for _ in range(int(weight)))


def steps(calls: SlotCalls) -> Steps:
    """Return the concave steps of a slot.

    A price per area alone is wrong twice: with borrowing a fourth team saves little while an empty city costs all. One
    pool for the whole city is wrong once: a team helps its own area and its neighbours, not the far side of the city
    (measured on the sample city: rosters ranked against the true cost by up to 4.2 % with one pool, 0.1 % with these).
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
        falling([rate * (before - after) for before, after in pairwise(chances)])
        for rate, chances in zip(calls, none, strict=True)
    )
    rates: dict[tuple[int, ...], float] = {}
    for area, near in enumerate(neighbours):
        helping = tuple(sorted({area, *near}))
        rates[helping] = rates.get(helping, 0.0) + calls[area]
    return Steps(home, tuple(Pool(areas, _saved(rate, [none[a] for a in areas])) for areas, rate in rates.items()))


def _saved(rate: float, none: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the calls of a pool saved by its first, second, ... team, whichever of its places that team takes.

    The chance that nobody answers with m teams is the mean over all ways to fill m of the places: the coefficients of
    the product over areas of sum over n of C(places, n) x chance(n) x^n, over C(all places, m).
    """
    product = [1.0]
    for chances in none:
        ways = [comb(len(chances) - 1, n) * chance for n, chance in enumerate(chances)]
        product = [
            sum(product[m - n] * ways[n] for n in range(len(ways)) if 0 <= m - n < len(product))
            for m in range(len(product) + len(ways) - 1)
        ]
    places = len(product) - 1
    missed = [rate * weight / comb(places, m) for m, weight in enumerate(product)]
    return falling([max(0.0, before - after) for before, after in pairwise(missed)])


def stepped(fitted: Steps, coverage: Coverage, teams: Sequence[int]) -> float:
    """Return the points that the steps charge a slot with `teams` full teams per area: what the model pays.

    Compare `true_cost`: the steps need only rank rosters as it does.
    """
    waiting = sum(sum(home[n:]) for home, n in zip(fitted.home, teams, strict=True))
    return coverage.late * waiting + (coverage.missed - coverage.late) * unmet(fitted, teams)


def unmet(fitted: Steps, teams: Sequence[int]) -> float:
    """Return the calls that the steps count as missed beyond what a full plan misses."""
    return sum(sum(pool.steps[sum(teams[area] for area in pool.areas) :]) for pool in fitted.pools)
