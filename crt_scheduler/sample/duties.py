"""The sample city's roster of the year before: a quick fair roster that keeps rest, hours, nights and weekends."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from crt_scheduler import times
from crt_scheduler.programmes import Preset
from crt_scheduler.sample import draw
from crt_scheduler.sample.availability import Weekly
from crt_scheduler.sample.people import Person
from crt_scheduler.sheets import Cell

HEADER = ("date", "shift", "area", "role", "person", "tier")
CITY = "City"
DAY, NIGHT = (dt.time(6), dt.time(18)), (dt.time(18), dt.time(6))
REST, CEILING, MOST_NIGHTS, MOST_WEEKENDS = 12 * 60, 48 * 60, 2, 2
ROLES_OF = {"lead": ("lead",), "responder": ("responder", "lead"), "duty_lead": ("lead",), "trainee": ("trainee",)}


@dataclass(eq=False)
class _Load:
    """What one person has done so far, for the limits and for a fair turn; nobody's is another's, however equal."""

    person: Person
    blocked: frozenset[tuple[int, int]]
    places: frozenset[str]
    total: int = 0
    ends: int = 0
    nights: set[int] = field(default_factory=set)
    minutes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    weekends: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    tiers: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class _Slot:
    date: dt.date
    night: bool
    start: int
    end: int
    month: str

    @property
    def weekend(self) -> int | None:
        """The number of the weekend the shift begins on, if it does."""
        return (self.date.toordinal() - 6) // 7 if self.date.weekday() > 4 else None


def year(
    rng: np.random.Generator, plan: Preset, people: list[Person], week: Weekly, first: dt.date
) -> list[list[Cell]]:
    """Return roster.csv for the twelve months before `first`; seats nobody can take stay open."""
    start = first.replace(year=first.year - 1)
    loads = [_load(plan, person, week) for person in people]
    volunteers = [load for load in loads if load.person.kind == "volunteer"]
    clergy = [load for load in loads if load.person.kind == "clergy"]
    rows: list[list[Cell]] = []
    for date in times.days_between(start, first - dt.timedelta(days=1)):
        rows += _clergy_day(rng, plan.zone, clergy, date)
        for night in (False, True):
            slot = _slot(date, *(NIGHT if night else DAY), plan.zone, night=night)
            rows += _half_day(rng, plan, volunteers, slot)
    return rows


def _slot(date: dt.date, start: dt.time, end: dt.time, zone: str, *, night: bool) -> _Slot:
    begins, ends = times.span(date, start, end, zone)
    return _Slot(date, night, times.minutes(begins), times.minutes(ends), times.month_of(date))


def _load(plan: Preset, person: Person, week: Weekly) -> _Load:
    home = next(area for area in plan.areas if area.name == person.area)
    places = person.areas or (home.name, *home.neighbours)
    return _Load(person, week[person.id], frozenset(places))


def _half_day(rng: np.random.Generator, plan: Preset, volunteers: list[_Load], slot: _Slot) -> list[list[Cell]]:
    """Fill the seats of one half-day: the duty lead, then a pair in each area, in an order that changes."""
    shift = "night" if slot.night else "day"
    free = [load for load in volunteers if _may(load, slot)]
    rows: list[list[Cell]] = []
    seats = [(CITY, "duty_lead")]
    for area in draw.some(rng, [area.name for area in plan.areas], len(plan.areas)):
        seats += [(area, "lead"), (area, "responder")]
        seats += [(area, "trainee")] if draw.chance(rng, 0.3) else []
    paired: set[str] = set()
    for area, role in seats:
        if role in ("responder", "trainee") and area not in paired:
            continue  # never alone, never without a lead
        chosen = _choose(rng, free, slot, area, role)
        if chosen is None:
            continue
        if role == "lead":
            paired.add(area)
        free.remove(chosen)
        _take(chosen, slot)
        rows.append([str(slot.date), shift, area, role, chosen.person.id, ""])
    return rows


def _may(load: _Load, slot: _Slot) -> bool:
    """May the person be on call in the half-day, by week, joining, hours, rest, nights and weekends?"""
    day = slot.date.toordinal()
    if (slot.date.weekday(), int(slot.night)) in load.blocked or slot.date < load.person.joined:
        return False
    if slot.start - load.ends < REST or load.minutes[slot.month] + slot.end - slot.start > CEILING:
        return False
    if slot.night and {day - n for n in range(1, MOST_NIGHTS + 1)} <= load.nights:
        return False
    taken = load.weekends[slot.month]
    return slot.weekend is None or slot.weekend in taken or len(taken) < MOST_WEEKENDS


def _choose(rng: np.random.Generator, free: list[_Load], slot: _Slot, area: str, role: str) -> _Load | None:
    """Return the one whose turn it is: furthest below their monthly hours, then least this year, at home first."""
    able = [load for load in free if load.person.role in ROLES_OF[role] and (area == CITY or area in load.places)]
    if not able:
        return None
    luck = rng.random(len(able))

    def turn(n: int) -> float:
        load = able[n]
        month = load.minutes[slot.month] / (load.person.target_hours * 60)
        away = 0.0 if area in (CITY, load.person.area) else 0.4
        spare_lead = 0.5 if role == "responder" and load.person.role == "lead" else 0.0
        return month + away + spare_lead + load.total / 20_000 + 0.3 * float(luck[n])

    return able[min(range(len(able)), key=turn)]


def _take(load: _Load, slot: _Slot) -> None:
    load.total += slot.end - slot.start
    load.minutes[slot.month] += slot.end - slot.start
    load.ends = slot.end
    if slot.night:
        load.nights.add(slot.date.toordinal())
    if slot.weekend is not None:
        load.weekends[slot.month].add(slot.weekend)


def _clergy_day(rng: np.random.Generator, zone: str, clergy: list[_Load], date: dt.date) -> list[list[Cell]]:
    """Give one member of the clergy the primary and another the backup duty, each tier once a month at most."""
    slot = _slot(date, dt.time(6), dt.time(6), zone, night=False)
    rows: list[list[Cell]] = []
    for tier in ("primary", "backup"):
        able = [load for load in clergy if (slot.month, tier) not in load.tiers and _may_24h(load, slot)]
        if able:
            turns = [load.total + 2000 * luck for load, luck in zip(able, rng.random(len(able)).tolist(), strict=True)]
            chosen = able[turns.index(min(turns))]
            chosen.tiers.add((slot.month, tier))
            _take(chosen, slot)
            rows.append([str(date), "24h", CITY, "clergy", chosen.person.id, tier])
    return rows


def _may_24h(load: _Load, slot: _Slot) -> bool:
    return _may(load, slot) and (slot.date.weekday(), 1) not in load.blocked
