"""Everything a page about a month's demand shows, as one frozen value: heat, months, area-shifts, targets, factors."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import demand, planning, times
from crt_scheduler.demand.coming import CallsByMonth, by_month
from crt_scheduler.demand.forecast_values import TIMELESS, Ints, date_of
from crt_scheduler.demand.log_arrays import area_templates, calls_in, entries, shifts_of
from crt_scheduler.imports import log_health
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.truth.ladder import AreaShift, Ladder, Trial, as_planned, climb, trial
from crt_scheduler.truth.seen import heat

WEEKS = 365.25 / 7
"""Weeks in a year: an hour of the week comes so often."""


class WeekHeat(msgspec.Struct, frozen=True):
    """Calls a year in each hour of the week, at the rate of the month shown: seven rows (Monday first) of 24."""

    area: str
    hours: tuple[tuple[float, ...], ...]
    first: int = 0
    """The weekday that people read first (Monday is 0)."""
    clock: times.Clock = "24"
    """How people tell an hour."""

    @property
    def most(self) -> float:
        """The busiest hour's calls."""
        return max(max(row) for row in self.hours)


class DemandView(msgspec.Struct, frozen=True):
    """A month's demand: the city (area empty) comes first in `heat` and `months`, then each area in order."""

    month: str
    at: dt.datetime
    """The moment it is of."""
    areas: tuple[str, ...]
    logged: int
    first_logged: dt.date | None
    last_logged: dt.date | None
    heat: tuple[WeekHeat, ...]
    changes: tuple[float, ...]
    """Hours of the day at which shifts change."""
    months: tuple[CallsByMonth, ...]
    calls: float
    yearly: float
    by_hand: float
    """Calls a year set by hand."""
    is_rostered: bool
    p_team: float
    p_own: float
    standing: tuple[AreaShift, ...]
    trial: Trial
    ladder: Ladder
    story: str
    frozen: dt.date | None
    factors: tuple[demand.FactorRow, ...]
    suggestions: tuple[demand.Suggestion, ...]
    remarks: tuple[str, ...]


def demand_view(session: Session, month: str, *, now: dt.datetime) -> DemandView:
    """Return what there is to show of a month's demand; takes seconds on a log of 100,000 calls.

    Raises CrtError if the programme has no shifts.
    """
    standing = planning.standing(session, month, now=now)
    zone, names = customs.zone_of(programme_of(session)), tuple(area.name for area in demand.areas(session))
    log = _logged(session)
    local, calls = log.local, log.calls
    truth, on, story = standing.truth, trial(session, standing), standing.forecast.story
    days = times.month_days(month)
    return DemandView(
        month=month,
        at=now,
        areas=names,
        logged=len(local),
        first_logged=date_of(int(local.min()) // 1440) if len(local) else None,
        last_logged=date_of(int(local.max()) // 1440) if len(local) else None,
        heat=heats(session, standing, log, names),
        changes=_changes(session),
        months=by_month(
            standing.forecast, local // 1440, log.area, names, month=month, today=times.local(now, zone).date()
        ),
        calls=truth.calls,
        yearly=story.yearly,
        by_hand=story.by_hand,
        is_rostered=standing.is_rostered,
        p_team=truth.p_team,
        p_own=truth.served / truth.calls if truth.calls else 1.0,
        standing=as_planned(on, standing),
        trial=on,
        ladder=climb(on),
        story=standing.forecast.sentence(),
        frozen=story.frozen,
        factors=demand.factors(session, known=calls),
        suggestions=demand.suggestions(session, days[0], days[-1], known=calls),
        remarks=log_health.of_log(_checked(log, names), zone=zone, now=now),
    )


def heat_map(session: Session, month: str, *, now: dt.datetime) -> tuple[WeekHeat, ...]:
    """Return the calls a year in each hour of the week, of the city and of each area."""
    standing = planning.standing(session, month, now=now)
    log = _logged(session)
    return heats(session, standing, log, tuple(area.name for area in demand.areas(session)))


def months_around(session: Session, month: str, *, now: dt.datetime) -> tuple[CallsByMonth, ...]:
    """Return the calls of the months around one, those that came and those its forecast expects."""
    zone, names = customs.zone_of(programme_of(session)), tuple(area.name for area in demand.areas(session))
    log = _logged(session)
    today = times.local(now, zone).date()
    learnt = demand.forecast(session, times.parse_month(month), today=today)
    return by_month(learnt, log.local // 1440, log.area, names, month=month, today=today)


def heats(session: Session, standing: planning.Standing, log: _Log, names: tuple[str, ...]) -> tuple[WeekHeat, ...]:
    """Return the heat of the city and each area from logged calls."""
    found = WEEKS * heat(session, standing, log.local[log.calls.template != TIMELESS], len(names))
    layers = [("", found.sum(axis=0)), *zip(names, found, strict=True)]
    at_home = programme_of(session)
    first, clock = customs.first_weekday_of(at_home), customs.clock_of(at_home)
    return tuple(
        WeekHeat(name, tuple(tuple(row) for row in layer.round(3).tolist()), first, clock) for name, layer in layers
    )


class _Log(msgspec.Struct, frozen=True):
    """The log read once: wall-clock minutes since 1970, positions of areas, what tells calls of a minute apart."""

    local: Ints
    area: Ints
    kinds: Ints
    calls: demand.Calls


def _logged(session: Session) -> _Log:
    log = entries(session)
    kinds = log_health.numbered(log.types) * (int(log.area.max(initial=0)) + 1) + log.area
    return _Log(log.local, log.area, kinds, calls_in(shifts_of(session), log.local, log.area))


def _checked(log: _Log, names: tuple[str, ...]) -> log_health.Logged:
    return log_health.Logged(log.local, log.kinds, log.area, dict(enumerate(names)))


def _changes(session: Session) -> tuple[float, ...]:
    """Return the hours of the day at which the shifts by area begin or end, without repeats."""
    rows = area_templates(session)
    hours = {time.hour + time.minute / 60 for row in rows for time in (row.start, row.end)}
    return tuple(sorted(hours))
