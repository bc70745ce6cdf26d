"""What a picture of demand shows: calls by weekday and hour, the level month by month, promised beside replayed."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np
from sqlalchemy.orm import Session

from crt_scheduler import demand, planning, times
from crt_scheduler.demand.log_arrays import shifts_of
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.truth.backtest import Backtest, logged, of_log
from crt_scheduler.truth.replay import Floats, Ints

PSEUDO_CALLS = 30.0
"""Calls that weigh for an even spread over a shift's hours until the log teaches better (as in the forecast)."""
MONTHS_BACK = 36


class LevelMonth(msgspec.Struct, frozen=True):
    """One month: calls logged (nan: none yet), expected and its 80 % band (nan where no forecast was frozen)."""

    month: dt.date
    came: float
    expected: float
    low: float
    high: float


class Seen(msgspec.Struct, frozen=True):
    """Everything one picture shows; `heat` is area x weekday (Monday first) x hour, in expected calls per hour.

    Its weeks are drawn from the weekday `first` on, and its hours told by `clock`.
    """

    month: str
    areas: tuple[str, ...]
    heat: Floats
    level: tuple[LevelMonth, ...]
    replay: Backtest | None
    first: int = 0
    clock: times.Clock = "24"


def seen(session: Session, standing: planning.Standing) -> Seen:
    """Return what the picture of a month shows; without a log nothing is replayed."""
    log = logged(session)
    at_home = programme_of(session)
    local = times.local_minutes(log.calls.minute, at_home.zone)
    replay = of_log(session, standing, log) if len(local) else None
    names = tuple(area.name for area in demand.areas(session))
    week = heat(session, standing, local, len(names))
    level = _level(session, standing, local)
    first, clock = customs.first_weekday_of(at_home), customs.clock_of(at_home)
    return Seen(standing.problem.period, names, week, level, replay, first, clock)


def heat(session: Session, standing: planning.Standing, local: Ints, areas: int) -> Floats:
    """Spread each shift's expected calls over its hours as the log has them, shrunk towards an even spread.

    `local` are the logged calls' wall-clock minutes since 1970; the answer is area x weekday x hour, calls an hour.
    """
    week, first = shifts_of(session), times.parse_month(standing.problem.period)
    came = np.bincount(local % 1440 // 60, minlength=24).astype(float)
    came = np.roll(came, 1) / 4 + came / 2 + np.roll(came, -1) / 4  # an hour of one year's log is mostly chance
    result = np.zeros((areas, 7, 24))
    template, before = week.template[::60].reshape(7, 24), week.before[::60].reshape(7, 24)
    for number in {n for n in template.ravel().tolist() if n >= 0}:
        hours = (template == number).any(axis=0)
        even = hours / hours.sum()
        share = (np.where(hours, came, 0.0) + PSEUDO_CALLS * even) / (came[hours].sum() + PSEUDO_CALLS)
        for weekday, hour in np.argwhere(template == number).tolist():
            began = (weekday - int(before[weekday, hour])) % 7
            for area in range(areas):
                result[area, weekday, hour] = standing.forecast.cell(began, first.month, number, area) * share[hour]
    return result


def _level(session: Session, standing: planning.Standing, local: Ints) -> tuple[LevelMonth, ...]:
    rolled = {times.parse_month(each.month): each for each in demand.rolling(session)}
    days = (local // 1440).astype("datetime64[D]").astype("datetime64[M]")
    found = []
    for month, count in zip(*np.unique(days, return_counts=True), strict=True):
        first = month.astype("datetime64[D]").astype(dt.date)
        each = rolled.get(first)
        known = (each.expected, float(each.low), float(each.high)) if each else (np.nan,) * 3
        found.append(LevelMonth(first, float(count), *known))
    ahead, story = times.parse_month(standing.problem.period), standing.forecast.story
    calls = standing.truth.calls
    part = calls / story.yearly if story.yearly else 0.0
    past = [each for each in found if each.month < ahead][-MONTHS_BACK:]
    return (*past, LevelMonth(ahead, np.nan, calls, story.low * part, story.high * part))
