"""The forecast: expected calls per area and shift, learnt from the incident log.

calls = city level x area share x shift-of-week index x month index, each shrunk towards what is known without a log
(the form and the constants that measured best on four real sets of incidents).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Area, Incident, ShiftTemplate

HALF_LIFE_DAYS = 75.0
PRIOR_DAYS = 30.0
FROZEN_DAYS = 45
PSEUDO_CALLS = 30.0
SPREAD = 5.0
"""The negative binomial's r; a month's calls vary more than a Poisson count would."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calls:
    """Logged calls as arrays: local date (days since 1970), template index and area index of the shift each fell in."""

    day: NDArray[np.int64]
    template: NDArray[np.int64]
    area: NDArray[np.int64]


@dataclass(frozen=True)
class Prior:
    """What is known without a log: calls a year, area weights, and each template's share of the day's hours."""

    yearly_calls: float
    area_weights: Floats
    template_hours: Floats


@dataclass(frozen=True)
class Forecast:
    """Expected calls: a daily city level times shares and indices; `days` of log were learnt from, `total` calls."""

    level: float
    area_share: Floats
    week_index: Floats
    """Weekday x template; 1 is a shift with its fair share by hours."""
    month_index: Floats
    template_hours: Floats
    days: int
    total: int

    def calls(self, date: dt.date, template: int, area: int) -> float:
        """Return the calls expected in one shift of one area."""
        return self.cell(date.weekday(), date.month, template, area)

    def cell(self, weekday: int, month: int, template: int, area: int) -> float:
        """Return the calls expected in one shift of one area on such a weekday (Monday 0) of such a month (1-12)."""
        return float(
            self.level
            * self.area_share[area]
            * self.template_hours[template]
            / 24.0
            * self.week_index[weekday, template]
            * self.month_index[month - 1]
        )

    def sentence(self) -> str:
        """Say what was learnt and from how much."""
        if not self.total:
            return (
                f"No calls are logged yet: {self.level * 365:.0f} calls a year by hand, shared by the areas' weights."
            )
        years = self.days / 365.25
        return (
            f"Learnt from {self.total:,} calls over {years:.1f} years; at present {self.level * 365:.0f} calls a year."
        )


def learn(calls: Calls, prior: Prior, *, until: int) -> Forecast:
    """Learn the forecast from calls before the day `until` (days since 1970, not included).

    With no calls the prior alone gives the same table; with k months of log the log takes over.
    """
    seen = calls.day < until
    day, template, area = calls.day[seen], calls.template[seen], calls.area[seen]
    first = int(day.min()) if len(day) else until
    days = np.arange(first, until)
    counts = np.bincount(day - first, minlength=len(days)).astype(float)
    return Forecast(
        level=_level(days, counts, prior.yearly_calls / 365.0, until),
        area_share=_share(area, prior.area_weights),
        week_index=_week_index(day, template, prior.template_hours),
        month_index=_month_index(days, counts),
        template_hours=prior.template_hours,
        days=len(days),
        total=len(day),
    )


def _level(days: NDArray[np.int64], counts: Floats, by_hand: float, until: int) -> float:
    weight = 0.5 ** ((until - days) / HALF_LIFE_DAYS)
    return float(((weight * counts).sum() + by_hand * PRIOR_DAYS) / (weight.sum() + PRIOR_DAYS))


def _share(area: NDArray[np.int64], weights: Floats) -> Floats:
    prior = weights / weights.sum()
    counts = np.bincount(area, minlength=len(weights))
    share: Floats = (counts + PSEUDO_CALLS * prior) / (len(area) + PSEUDO_CALLS)
    return share


def _week_index(day: NDArray[np.int64], template: NDArray[np.int64], hours: Floats) -> Floats:
    """Return weekday x template indices, +30 pseudo-calls a cell, scaled so that a week keeps its total."""
    weekday = (day + 3) % 7  # 1970-01-01 was a Thursday
    counts = np.zeros((7, len(hours)))
    np.add.at(counts, (weekday, template), 1.0)
    fair = np.broadcast_to(hours / (7.0 * hours.sum()), counts.shape)
    index = (counts + PSEUDO_CALLS) / (fair * counts.sum() + PSEUDO_CALLS)
    scaled: Floats = index / (index * fair).sum()
    return scaled


def _month_index(days: NDArray[np.int64], counts: Floats) -> Floats:
    """Return an index per month of the year, +30 pseudo-calls each, against the mean of the days seen."""
    if not len(days):
        return np.ones(12)
    month = (days.astype("datetime64[D]").astype("datetime64[M]").astype(int)) % 12
    seen = np.bincount(month, weights=counts, minlength=12)
    fair = np.bincount(month, minlength=12) * counts.mean()
    index: Floats = (seen + PSEUDO_CALLS) / (fair + PSEUDO_CALLS)
    return index


def band(mean: float, *, share: float = 0.8) -> tuple[int, int]:
    """Return the central band that holds at least `share` of a count with this mean (negative binomial, r = 5)."""
    if mean <= 0:
        return 0, 0
    tail = (1.0 - share) / 2.0
    chance = (SPREAD / (SPREAD + mean)) ** SPREAD
    step = mean / (SPREAD + mean)
    count, below = 0, chance
    low = 0 if below >= tail else None
    while below < 1.0 - tail:
        count += 1
        chance *= step * (count + SPREAD - 1.0) / count
        below += chance
        low = count if low is None and below >= tail else low
    return low or 0, count


def area_templates(session: Session) -> list[ShiftTemplate]:
    """Return the templates that are rostered by area, in order."""
    return list(session.scalars(select(ShiftTemplate).where(ShiftTemplate.by_area).order_by(ShiftTemplate.id)))


def areas(session: Session) -> list[Area]:
    """Return the areas in order."""
    return list(session.scalars(select(Area).order_by(Area.id)))


def logged(session: Session) -> Calls:
    """Return the logged incidents by the shift each fell in (local wall time of the programme's zone)."""
    zone = times.zone(programme_of(session).zone)
    place = {area.id: n for n, area in enumerate(areas(session))}
    found = session.execute(select(Incident.at, Incident.area_id)).all()
    local = [at.astimezone(zone) for at, _ in found]
    day = np.array([moment.toordinal() for moment in local], dtype=np.int64) - dt.date(1970, 1, 1).toordinal()
    minute = np.array([moment.hour * 60 + moment.minute for moment in local], dtype=np.int64)
    area = np.array([place[area_id] for _, area_id in found], dtype=np.int64)
    template, before = _template_of(area_templates(session), minute)
    return Calls(day - before, template, area)


def _template_of(
    templates: list[ShiftTemplate], minute: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each minute of the day its template index, and 1 where that shift began the day before."""
    index, before = np.zeros(1440, dtype=np.int64), np.zeros(1440, dtype=np.int64)
    for n, template in enumerate(templates):
        start = template.start.hour * 60 + template.start.minute
        length = round(_hours(template) * 60)
        for offset in range(length):
            at = start + offset
            index[at % 1440], before[at % 1440] = n, at // 1440
    return index[minute], before[minute]


def _hours(template: ShiftTemplate) -> float:
    start = template.start.hour + template.start.minute / 60
    end = template.end.hour + template.end.minute / 60
    return end - start if end > start else end - start + 24


def prior(session: Session) -> Prior:
    """Return what the programme knows without a log."""
    return Prior(
        yearly_calls=programme_of(session).yearly_calls,
        area_weights=np.array([max(area.weight, 1e-6) for area in areas(session)]),
        template_hours=np.array([_hours(template) for template in area_templates(session)]),
    )


def forecast(session: Session, first: dt.date) -> Forecast:
    """Return the forecast for a period that begins on `first`, its level frozen 45 days ahead.

    A log that ends earlier is learnt from up to its last day.
    """
    calls = logged(session)
    frozen = first.toordinal() - dt.date(1970, 1, 1).toordinal() - FROZEN_DAYS
    last = int(calls.day.max()) + 1 if len(calls.day) else frozen
    return learn(calls, prior(session), until=min(frozen, last))
