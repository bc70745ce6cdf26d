"""Rolling origin: month after month the forecast as it was frozen 45 days ahead, beside what came."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np

from crt_scheduler import times
from crt_scheduler.demand.forecast_values import Calls, Factor, Floats, Forecast, Prior, date_of, day_number, distinct
from crt_scheduler.demand.learning import learn
from crt_scheduler.demand.level import FROZEN_DAYS
from crt_scheduler.demand.spread import band

LEAST_DAYS = 180
"""Days of log before the frozen day that a month needs to be looked at."""


class Rolled(msgspec.Struct, frozen=True):
    """One month: calls that came and that were expected, with the 80 % band of the total as it was frozen ahead.

    Deviances are mean Poisson deviances per area-shift; `inside` is the part of area-shifts within their own bands.
    """

    month: str
    came: int
    expected: float
    low: int
    high: int
    deviance: float
    area_mean: float
    inside: float

    @property
    def is_within(self) -> bool:
        """Did the month's total lie in its band?"""
        return self.low <= self.came <= self.high


def deviance(came: Floats, expected: Floats) -> float:
    """Return the mean Poisson deviance, 2 (y log(y / mu) - (y - mu)); an expectation of none is taken as 1e-9."""
    mu = np.maximum(expected, 1e-9)
    part = came * np.log(np.where(came > 0, came, 1.0) / mu)
    return float(2.0 * (part - came + mu).mean()) if came.size else 0.0


def counted(calls: Calls, prior: Prior, first: int, last: int) -> Floats:
    """Return the calls that came per day x template x area from the day `first` to before the day `last`."""
    kept = calls.between(first, last)
    timed = kept.template >= 0
    result = np.zeros((last - first, prior.template_hours.shape[-1], len(prior.area_weights)))
    np.add.at(result, (kept.day[timed] - first, kept.template[timed], kept.area[timed]), 1.0)
    return result


def months(first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return the calendar months from `first` to before `last`, as first day and day after; the ends may be parts."""
    result = []
    while first < last:
        after = min(times.parse_month(times.next_month(first)), last)
        result.append((first, after))
        first = after
    return result


def frozen_ahead(calls: Calls, prior: Prior, first: dt.date) -> Forecast:
    """Return the forecast of a month as it stood 45 days before its first day."""
    return learn(calls, prior, until=day_number(first) - FROZEN_DAYS)


def roll(
    calls: Calls, prior: Prior, *, first: dt.date, last: dt.date, factors: tuple[Factor, ...] = ()
) -> tuple[Rolled, ...]:
    """Return each whole month from `first` to before `last` that has half a year of log before it was frozen.

    Calls without a time of day are left out, of what came and of what is learnt.
    """
    calls = calls.timed()
    if not len(calls.day):
        return ()
    begun = int(calls.day.min())
    spans = months(first.replace(day=1), last)
    return tuple(
        _month(calls, prior, *span, begun=begun, factors=factors)
        for span in spans
        if day_number(span[0]) - FROZEN_DAYS - begun >= LEAST_DAYS and span[1].day == 1
    )


def _month(
    calls: Calls, prior: Prior, first: dt.date, after: dt.date, *, begun: int, factors: tuple[Factor, ...]
) -> Rolled:
    start, end = day_number(first), day_number(after)
    forecast = frozen_ahead(calls, prior, first).with_factors(factors)
    came, expected = counted(calls, prior, start, end), forecast.cells(start, end)
    mean = counted(calls, prior, begun, start - FROZEN_DAYS).mean(axis=(0, 1))
    low, high = total_band(forecast, expected)
    bands = {value: band(value, spread=forecast.spread) for value in distinct(expected.round(4))}
    edges = np.array([bands[value] for value in expected.round(4).ravel()]).reshape(*expected.shape, 2)
    return Rolled(
        month=times.month_of(date_of(start)),
        came=int(came.sum()),
        expected=float(expected.sum()),
        low=low,
        high=high,
        deviance=deviance(came, expected),
        area_mean=deviance(came, np.broadcast_to(mean, came.shape)),
        inside=float(((came >= edges[..., 0]) & (came <= edges[..., 1])).mean()) if came.size else 1.0,
    )


def total_band(forecast: Forecast, expected: Floats, *, share: float = 0.8) -> tuple[int, int]:
    """Return the band of a period's total: chance in each shift, and the level's own drift (variances add)."""
    total = float(expected.sum())
    beyond = float((expected**2).sum()) / forecast.spread + (total * forecast.story.variation) ** 2
    return band(total, share=share, spread=total**2 / beyond) if beyond > 0 else (0, 0)
