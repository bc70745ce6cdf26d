"""What teams are worth: the chance that a call finds one, its true cost, and the concave steps that the model uses.

A call ends served (a team of its own area goes), late (a neighbour's team goes) or missed. Teams answer
independently; a team answers when it is not busy (Erlang loss) and picks up (`answer_chance`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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


@cache
def nobody(load: float, teams: int, answer_chance: float) -> float:
    """Return the chance that none of an area's own teams is free and answers."""
    return (1.0 - answer_chance * (1.0 - busy_share(load, teams))) ** teams


@dataclass(frozen=True)
class SlotCalls:
    """The calls of one slot: per area its shift, rate, load and neighbours (as positions in this same list)."""

    shifts: tuple[int, ...]
    rates: tuple[float, ...]
    loads: tuple[float, ...]
    most: tuple[int, ...]
    neighbours: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Outcome:
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
    )


def endings(calls: SlotCalls, coverage: Coverage, teams: Sequence[int]) -> list[tuple[float, float]]:
    """Return per area the chances (no home team, no neighbour's team either) with `teams` full teams per area."""
    none = [nobody(load, n, coverage.answer_chance) for load, n in zip(calls.loads, teams, strict=True)]
    return [(own, math.prod([none[other] for other in near])) for own, near in zip(none, calls.neighbours, strict=True)]


def true_cost(calls: SlotCalls, coverage: Coverage, teams: Sequence[int]) -> Outcome:
    """Return what a slot's calls cost with `teams` full teams per area, in points of Coverage."""
    late = missed = 0.0
    for rate, (own, near) in zip(calls.rates, endings(calls, coverage, teams), strict=True):
        late += rate * own * (1.0 - near)
        missed += rate * own * near
    return Outcome(late=late, missed=missed, points=late * coverage.late + missed * coverage.missed)


@dataclass(frozen=True)
class Steps:
    """Calls saved by each further team: per area from waiting (priced late), per slot from being missed (the rest).

    `home[area][k]` calls find a home team because of the area's team k+1; `pooled[m]` calls are not missed because
    of the slot's team m+1, wherever it is. Both fall from step to step, so that teams fill them in order.
    """

    home: tuple[tuple[float, ...], ...]
    pooled: tuple[float, ...]


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


def steps(calls: SlotCalls, coverage: Coverage) -> Steps:
    """Return the concave steps of a slot, fitted at the roster that places each next team where it saves most.

    A price per area alone is wrong twice: with borrowing a fourth team saves little while an empty city costs all.
    """
    home = tuple(
        falling(
            [
                rate * (nobody(load, n, coverage.answer_chance) - nobody(load, n + 1, coverage.answer_chance))
                for n in range(most)
            ]
        )
        for rate, load, most in zip(calls.rates, calls.loads, calls.most, strict=True)
    )
    teams = [0] * len(calls.rates)
    saved: list[float] = []
    before = true_cost(calls, coverage, teams)
    for _ in range(sum(calls.most)):
        tried = []
        for area, most in enumerate(calls.most):
            if teams[area] < most:
                more = [n + (place == area) for place, n in enumerate(teams)]
                tried.append((true_cost(calls, coverage, more).points, area, more))
        _, _, teams = min(tried)
        after = true_cost(calls, coverage, teams)
        saved.append(max(0.0, before.missed - after.missed))
        before = after
    return Steps(home=home, pooled=falling(saved))


def stepped(calls: SlotCalls, fitted: Steps, coverage: Coverage, teams: Sequence[int]) -> float:
    """Return the points that the steps charge a slot with `teams` full teams per area: what the model and check read.

    Compare `true_cost`: the steps need only rank rosters as it does.
    """
    waiting = sum(sum(home[n:]) for home, n in zip(fitted.home, teams, strict=True))
    lost = sum(fitted.pooled[sum(teams) :])
    return coverage.late * waiting + (coverage.missed - coverage.late) * lost
