"""The sample city's log: 713 incidents a year before the month, clustered as real calls are."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np

from crt_scheduler import times
from crt_scheduler.programmes import Preset
from crt_scheduler.sample import draw
from crt_scheduler.sample.sample_people import TEAM
from crt_scheduler.sheets import Cell

HEADER = ("number", "timestamp", "area", "division", "type", "agency", "duration_min")
YEARLY = 713
MORE_YEARLY = 1287 / 1710
"""Incidents more a year for each person more: a team of 2,000 is called 2,000 times a year."""
TYPES = {
    "natural death": 27,
    "suicide": 16,
    "homicide": 14,
    "serious traffic collision": 14,
    "death notification": 10,
    "infant death": 4,
    "domestic violence": 4,
    "sexual assault": 3,
    "officer-involved shooting": 2,
    "fire": 3,
    "multi-casualty": 1,
    "other": 2,
}
AGENCIES = ("LAPD", "LAFD", "hospital")
ASKED_BY = {"fire": (15, 80, 5), "natural death": (62, 26, 12), "infant death": (45, 25, 30), "homicide": (95, 2, 3)}
USUAL = (82, 12, 6)
CLUSTERING = 5.0
"""r of the negative binomial: each half-day and area has its own luck."""
MEAN_MINUTES, VARIATION = 126.0, 0.7


def year(
    rng: np.random.Generator, plan: Preset, first: dt.date, *, years: int = 1, team: int = TEAM
) -> list[list[Cell]]:
    """Return incidents.csv in order of time: exactly `yearly` for each of the `years` before `first`."""
    start = first.replace(year=first.year - years)
    days = [start + dt.timedelta(days=n) for n in range((first - start).days)]
    counts = _counts(rng, plan, days, years * yearly(team))
    found = []
    for day, halves in zip(days, counts, strict=True):
        for night, areas in enumerate(halves):
            for area, count in zip(plan.areas, areas, strict=True):
                found += [(_shown(_moment(rng, day, night), plan.zone), area) for _ in range(count)]
    found.sort(key=lambda each: (each[0], each[1].name))
    serial: Counter[int] = Counter()
    result: list[list[Cell]] = []
    for at, area in found:
        serial[at.year] += 1
        kind = draw.one(rng, list(TYPES), list(TYPES.values()))
        agency = draw.one(rng, AGENCIES, ASKED_BY.get(kind, USUAL))
        number = f"CRT-{at.year}-{serial[at.year]:04d}"
        division = draw.one(rng, area.divisions)
        result.append([number, f"{at:%Y-%m-%d %H:%M}", area.name, division, kind, agency, _minutes(rng)])
    return result


def yearly(team: int) -> int:
    """Return how often a team of so many people is called in a year."""
    return round(YEARLY + MORE_YEARLY * (team - TEAM)) if team > TEAM else round(YEARLY * team / TEAM)


def _counts(rng: np.random.Generator, plan: Preset, days: list[dt.date], count: int) -> list[list[list[int]]]:
    """Return incidents by date, half of the day and area: more at night and on weekends, less in spring."""
    half = np.array([[_pull(day, night) for night in (False, True)] for day in days])
    weights = np.array([area.weight for area in plan.areas])
    luck = rng.gamma(CLUSTERING, 1 / CLUSTERING, size=(len(days), 2, len(plan.areas)))
    expected = half[:, :, None] * (weights / weights.sum())[None, None, :] * luck
    drawn = rng.multinomial(count, (expected / expected.sum()).ravel())
    counts: list[list[list[int]]] = drawn.reshape(expected.shape).tolist()
    return counts


def _pull(day: dt.date, night: bool) -> float:
    season = 1 + 0.08 * float(np.cos(2 * np.pi * (day.month - 8) / 12))
    if night:
        return season * 1.15 * (1.3 if day.weekday() in (4, 5) else 1.0)
    return season * 0.85 * (1.15 if day.weekday() > 4 else 1.0)


def _moment(rng: np.random.Generator, day: dt.date, night: int) -> dt.datetime:
    """Return a moment of the calendar day: 06:00-18:00, or the evening and small hours around it."""
    minute = int(rng.integers(6 * 60, 18 * 60))
    if night:
        minute = int(rng.integers(18 * 60, 24 * 60)) if draw.chance(rng, 0.58) else int(rng.integers(0, 6 * 60))
    return dt.datetime.combine(day, dt.time(minute // 60, minute % 60))


def _shown(at: dt.datetime, zone: str) -> dt.datetime:
    """Return a moment as the clocks of the city showed it: none is in the hour that they skip."""
    return times.local(times.instant(at.date(), at.time(), zone), zone).replace(tzinfo=None)


def _minutes(rng: np.random.Generator) -> int:
    """Return a lognormal response time in minutes, at least a quarter of an hour."""
    variance = float(np.log1p(VARIATION**2))
    return max(15, round(float(rng.lognormal(np.log(MEAN_MINUTES) - variance / 2, variance**0.5))))
