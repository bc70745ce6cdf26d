"""The sample city's past roster: a quick fair roster that keeps rest, hours, nights and weekends."""

from __future__ import annotations

import datetime as dt

import numpy as np

from crt_scheduler import times
from crt_scheduler.programmes import Preset
from crt_scheduler.sample import draw
from crt_scheduler.sample.loads import Bools, Loads, Slot
from crt_scheduler.sample.sample_availability import Weekly
from crt_scheduler.sample.sample_people import TEAM, Person
from crt_scheduler.sheets import Cell

HEADER = ("date", "shift", "area", "role", "person", "tier")
CITY = "City"
DAY, NIGHT = (dt.time(6), dt.time(18)), (dt.time(18), dt.time(6))
ROLES_OF = {"lead": ("lead",), "responder": ("responder", "lead"), "duty_lead": ("lead",), "trainee": ("trainee",)}
TRAINEE_RIDES = 0.3
SECOND_PAIRS, MOST_SECOND = 0.445, 0.6
"""How often a team of seven times the city's has a second pair in an area; smaller teams have them less often."""


def year(
    rng: np.random.Generator, plan: Preset, people: list[Person], week: Weekly, first: dt.date, *, years: int = 1
) -> list[list[Cell]]:
    """Return roster.csv for the `years` before `first`; seats nobody can take stay open."""
    volunteers = Loads(plan, [person for person in people if person.kind == "volunteer"], week)
    clergy = Loads(plan, [person for person in people if person.kind == "clergy"], week)
    second = second_pairs(len(people))
    tiers = {tier: np.zeros(len(clergy.ids), dtype=bool) for tier in ("primary", "backup")}
    rows: list[list[Cell]] = []
    for date in times.days_between(first.replace(year=first.year - years), first - dt.timedelta(days=1)):
        if date.day == 1:
            for had in tiers.values():
                had[:] = False
        rows += _clergy_day(rng, clergy, tiers, _slot(date, dt.time(6), dt.time(6), plan.zone, night=False))
        for night in (False, True):
            slot = _slot(date, *(NIGHT if night else DAY), plan.zone, night=night)
            rows += _half_day(rng, plan, volunteers, slot, second)
    return rows


def second_pairs(people: int) -> float:
    """Return how often an area has a second pair: never in a team of the city's size, often in a large one."""
    return min(MOST_SECOND, SECOND_PAIRS * max(0, people - TEAM) / (2000 - TEAM))


def _slot(date: dt.date, start: dt.time, end: dt.time, zone: str, *, night: bool) -> Slot:
    begins, ends = times.span(date, start, end, zone)
    return Slot(date, night, times.minutes(begins), times.minutes(ends), times.month_of(date))


def _half_day(rng: np.random.Generator, plan: Preset, volunteers: Loads, slot: Slot, second: float) -> list[list[Cell]]:
    """Fill the seats of one half-day: the duty lead, then a pair in each area, in an order that changes."""
    shift = "night" if slot.night else "day"
    free = volunteers.may(slot)
    rows: list[list[Cell]] = []
    paired: set[str] = set()
    for area, role in _seats(rng, plan, second):
        if role in ("responder", "trainee") and area not in paired:
            continue  # never alone, never without a lead
        chosen = _choose(rng, volunteers, free, area, role)
        if chosen is None:
            paired -= {area} if role == "lead" else set()
            continue
        if role == "lead":
            paired.add(area)
        free[chosen] = False
        volunteers.take(chosen, slot)
        rows.append([str(slot.date), shift, area, role, volunteers.ids[chosen], ""])
    return rows


def _seats(rng: np.random.Generator, plan: Preset, second: float) -> list[tuple[str, str]]:
    """Return the seats to fill, by area and role."""
    seats = [(CITY, "duty_lead")]
    for area in draw.some(rng, [area.name for area in plan.areas], len(plan.areas)):
        pair = [(area, "lead"), (area, "responder")]
        seats += pair
        seats += [(area, "trainee")] if draw.chance(rng, TRAINEE_RIDES) else []
        seats += pair if second and draw.chance(rng, second) else []
    return seats


def _choose(rng: np.random.Generator, loads: Loads, free: Bools, area: str, role: str) -> int | None:
    """Return the one whose turn it is: furthest below their monthly hours, then least so far, at home first."""
    able = free & np.logical_or.reduce([loads.has_role[each] for each in ROLES_OF[role]])
    if area != CITY:
        able &= loads.serves[area]
    numbers = np.flatnonzero(able)
    if not len(numbers):
        return None
    luck = rng.random(len(numbers))
    away = 0.0 if area == CITY else np.where(loads.lives_in[area][numbers], 0.0, 0.4)
    spare_lead = np.where(loads.has_role["lead"][numbers], 0.5, 0.0) if role == "responder" else 0.0
    month = loads.month_minutes[numbers] / loads.owed[numbers]
    turn = month + away + spare_lead + loads.total[numbers] / 20_000 + 0.3 * luck
    return int(numbers[np.argmin(turn)])


def _clergy_day(rng: np.random.Generator, clergy: Loads, tiers: dict[str, Bools], slot: Slot) -> list[list[Cell]]:
    """Give one member of the clergy the primary and another the backup duty, each tier once a month at most."""
    rows: list[list[Cell]] = []
    for tier, had in tiers.items():
        numbers = np.flatnonzero(clergy.may_24h(slot) & ~had)
        if len(numbers):
            turns = clergy.total[numbers] + 2000 * rng.random(len(numbers))
            chosen = int(numbers[np.argmin(turns)])
            had[chosen] = True
            clergy.take(chosen, slot)
            rows.append([str(slot.date), "24h", CITY, "clergy", clergy.ids[chosen], tier])
    return rows
