"""Full qualified teams on a roster, and how its calls are expected to end: served, late or missed (the true cost)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from solver import coverage
from solver import problem as asked
from solver.answering import team_answer
from solver.formulate import period_of
from solver.period import Period
from solver.roster import Roster
from solver.rules.availability import LEAVE, STAND_DOWN
from solver.rules.fitness import AREAS, CREDENTIALS, ROLES

FIT = (ROLES, AREAS, CREDENTIALS, LEAVE, STAND_DOWN)
"""Who breaks one of these is on the list but not in a team, however the rule is priced."""


class CellEnds(msgspec.Struct, frozen=True):
    """One area-shift: calls expected, full teams, and the chances that a call there is served, late or missed."""

    shift: int
    date: dt.date
    template: str
    area: str
    calls: float
    teams: int
    p_served: float
    p_late: float
    p_missed: float

    @property
    def p_team(self) -> float:
        """The chance that a call finds a team of its own area or of a neighbour."""
        return self.p_served + self.p_late


class CityEnds(msgspec.Struct, frozen=True):
    """One shift over all areas: calls expected, full teams, and the chance that one of its calls finds a team."""

    date: dt.date
    template: str
    calls: float
    teams: int
    p_team: float


class Truth(msgspec.Struct, frozen=True):
    """How a month's calls are expected to end, per area-shift and in all; `points` is the true cost."""

    cells: tuple[CellEnds, ...]
    city: tuple[CityEnds, ...]
    calls: float
    served: float
    late: float
    missed: float
    points: float

    @property
    def p_team(self) -> float:
        """The share of calls that find a team; 1 without calls."""
        return 1.0 - self.missed / self.calls if self.calls else 1.0


def planned(problem: asked.Problem) -> list[int]:
    """Return the teams per shift that the month has seats for, as if every seat were filled."""
    return [shift.teams for shift in problem.shifts]


def seated(problem: asked.Problem, on: Roster | None = None) -> list[int]:
    """Return the full teams per shift of the roster as it stands; `on` is `fit` of the Problem, where it is known.

    A team is whole or nothing. Who lacks a role or area, whose blocking credential has expired by that day, who is
    on leave or standing down makes none. More teams than planned all count.
    """
    roster = fit(problem) if on is None else on
    return [_full(roster, roster.period, shift) for shift in range(len(problem.shifts))]


def as_seated(problem: asked.Problem, on: Roster | None = None) -> asked.Problem:
    """Return the Problem with every shift answered as surely as those on its roster answer; `on` as for `seated`."""
    roster = fit(problem) if on is None else on
    shifts = (msgspec.structs.replace(s, answers=team_answer(roster, n)) for n, s in enumerate(problem.shifts))
    return msgspec.structs.replace(problem, shifts=tuple(shifts))


def fit(problem: asked.Problem) -> Roster:
    """Return the roster as it stands, of those who are fit to be in a team."""
    period = period_of(problem)
    roster = Roster(period)
    for person, seat in sorted({(period.person_of[a.person], a.seat) for a in problem.current}):
        if not any(True for rule in FIT if rule.on_seat for _ in rule.on_seat(roster, person, seat)):
            roster.add(person, seat)
    return roster


def _full(roster: Roster, period: Period, shift: int) -> int:
    parts = period.team_seats[shift]
    return min((len(roster.on_seat[seat]) // per_team for seat, per_team in parts), default=0)


def ends(
    problem: asked.Problem, teams: Sequence[int], *, service_minutes: float | None = None, scale: float = 1.0
) -> Truth:
    """Return how calls end with `teams` full teams per shift, by the true cost (Erlang loss, answers, borrowing).

    `service_minutes` replaces the Problem's length of a response; `scale` multiplies every expected call.
    """
    given = _adjusted(problem, service_minutes, scale)
    return ends_of(given, calls_by_slot(given), teams)


def calls_by_slot(problem: asked.Problem) -> tuple[tuple[int, coverage.SlotCalls], ...]:
    """Return the calls of each slot that is rostered by area."""
    slots = enumerate(_area_shifts(problem))
    return tuple((slot, coverage.slot_calls(problem, slot, shifts)) for slot, shifts in slots if shifts)


def ends_of(given: asked.Problem, calls_of: Sequence[tuple[int, coverage.SlotCalls]], teams: Sequence[int]) -> Truth:
    """Return how calls end as `ends` does, of a Problem whose `calls_by_slot` are known: for who tries many teams."""
    cells: list[CellEnds] = []
    city: list[CityEnds] = []
    for slot, held in calls_of:
        found = _slot_ends(given, slot, held, teams)
        cells += found
        city.append(_city(given.slots[slot], found))
    late = sum(cell.calls * cell.p_late for cell in cells)
    missed = sum(cell.calls * cell.p_missed for cell in cells)
    calls = sum(cell.calls for cell in cells)
    points = late * given.coverage.late + missed * given.coverage.missed
    return Truth(tuple(cells), tuple(city), calls, calls - late - missed, late, missed, points)


def _adjusted(problem: asked.Problem, service_minutes: float | None, scale: float) -> asked.Problem:
    minutes = problem.coverage.service_minutes if service_minutes is None else service_minutes
    return msgspec.structs.replace(
        problem,
        shifts=tuple(msgspec.structs.replace(shift, calls=shift.calls * scale) for shift in problem.shifts),
        coverage=msgspec.structs.replace(problem.coverage, service_minutes=minutes),
    )


def _area_shifts(problem: asked.Problem) -> list[list[int]]:
    """Return the area-shifts of each slot."""
    found: list[list[int]] = [[] for _ in problem.slots]
    for n, shift in enumerate(problem.shifts):
        if shift.area != asked.CITY:
            found[shift.slot].append(n)
    return found


def _slot_ends(problem: asked.Problem, slot: int, calls: coverage.SlotCalls, teams: Sequence[int]) -> list[CellEnds]:
    when = problem.slots[slot]
    chances = coverage.endings(calls, [teams[shift] for shift in calls.shifts])
    return [
        CellEnds(
            shift=shift,
            date=when.date,
            template=when.template,
            area=problem.shifts[shift].area,
            calls=problem.shifts[shift].calls,
            teams=teams[shift],
            p_served=1.0 - own,
            p_late=own * (1.0 - near),
            p_missed=own * near,
        )
        for shift, (own, near) in zip(calls.shifts, chances, strict=True)
    ]


def _city(when: asked.Slot, cells: list[CellEnds]) -> CityEnds:
    calls = sum(cell.calls for cell in cells)
    weight = [cell.calls if calls else 1.0 for cell in cells]
    chance = sum(w * cell.p_team for w, cell in zip(weight, cells, strict=True)) / sum(weight)
    return CityEnds(when.date, when.template, calls, sum(cell.teams for cell in cells), chance)
