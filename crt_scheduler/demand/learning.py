"""Learning the forecast from arrays of calls: pure, and blind to everything from the frozen day on."""

from __future__ import annotations

import numpy as np

from crt_scheduler.demand import level as levels
from crt_scheduler.demand import shape, spread, story
from crt_scheduler.demand.forecast_values import (
    OUTSIDE,
    SPREAD,
    TIMELESS,
    Calls,
    Floats,
    Forecast,
    Ints,
    Prior,
    date_of,
    day_number,
    month_of,
    weekday_of,
)


def learn(calls: Calls, prior: Prior, *, until: int) -> Forecast:
    """Learn the forecast from calls before the day `until` (days since 1970, not included).

    With no calls the prior alone gives the same table; with k months of log the log takes over.
    """
    later = int((calls.day >= until).sum())
    seen = calls.between(int(calls.day.min()) if len(calls.day) else until, until)
    if not len(seen.day):
        return _by_hand(prior, later, until)
    by_hand = prior.yearly_calls / story.YEAR
    first, last = int(seen.day.min()), int(seen.day.max())
    end = levels.known_until(last, until, first=first, total=len(seen.day), by_hand=by_hand)
    days = np.arange(first, end)
    counts = np.bincount(seen.day - first, minlength=len(days)).astype(float)
    jump = levels.jump(counts, end=end)
    jumped = 0 if jump is None else day_number(jump.since) - first
    months = shape.month_index(month_of(days), counts, jumped=jumped)
    pull = months[month_of(days)]
    found = levels.level(counts, pull, end=end, until=until, by_hand=by_hand, jumped=jumped)
    hours = prior.week_hours()
    week = _week(seen, days, hours)
    share = shape.area_share(seen.area, until - seen.day.astype(float) - 0.5, prior.area_weights)
    known = levels.lagged(counts, pull)
    return Forecast(
        level=found.daily,
        area_share=share,
        week_index=week[:, :-1],
        month_index=months,
        template_hours=hours[:, :-1],
        days=len(days),
        total=len(seen.day),
        spread=_spread(seen, days, known, months, week * hours / 24.0, share),
        service=spread.service(seen.minutes, usual=prior.service_minutes),
        story=story.Story(
            total=len(seen.day),
            first=date_of(first),
            last=date_of(end - 1),
            yearly=found.daily * story.YEAR,
            variation=levels.drift(counts, pull, known, jumped=jumped),
            jump=jump,
            silent_since=date_of(last) if end < until else None,
            by_hand=prior.yearly_calls,
            hand_part=found.hand_part,
            outside=int((seen.template == OUTSIDE).sum()),
            timeless=int((seen.template == TIMELESS).sum()),
            later=later,
            frozen=date_of(until),
        ),
    )


def _by_hand(prior: Prior, later: int, until: int) -> Forecast:
    hours = prior.week_hours()[:, :-1]
    weights = prior.area_weights
    return Forecast(
        level=prior.yearly_calls / story.YEAR,
        area_share=weights / weights.sum() if weights.sum() else np.zeros(len(weights)),
        week_index=np.ones(hours.shape),
        month_index=np.ones(12),
        template_hours=hours,
        days=0,
        total=0,
        spread=SPREAD,
        service=spread.service(np.zeros(0), usual=prior.service_minutes),
        story=story.Story(
            total=0,
            first=None,
            last=None,
            yearly=prior.yearly_calls,
            variation=levels.UNSURE_BY_HAND,
            by_hand=prior.yearly_calls,
            later=later,
            frozen=date_of(until),
        ),
    )


def _week(seen: Calls, days: Ints, hours: Floats) -> Floats:
    """Return weekday x template indices with, as last column, that of the hours no shift covers."""
    timed = seen.template != TIMELESS
    template = np.where(seen.template == OUTSIDE, hours.shape[1] - 1, seen.template)[timed]
    seen_days = np.bincount(weekday_of(days), minlength=7).astype(float)
    return shape.week_index(weekday_of(seen.day[timed]), template, hours, seen_days)


def _spread(
    seen: Calls,
    days: Ints,
    known: Floats,
    months: Floats,
    week: Floats,
    share: Floats,
) -> float:
    """Return the spread of shifts around what was known 45 days ahead, over the months of the log."""
    span = levels.BLOCK_DAYS * int(np.isfinite(known).sum())
    if not span or (seen.template == TIMELESS).mean() > 0.1:
        return SPREAD
    first = int(days[-1]) + 1 - span
    kept = (seen.day >= first) & (seen.template >= 0)
    counts = np.zeros((span, week.shape[1] - 1, len(share)))
    np.add.at(counts, (seen.day[kept] - first, seen.template[kept], seen.area[kept]), 1.0)
    daily = np.repeat(known[np.isfinite(known)], levels.BLOCK_DAYS) * months[month_of(days[-span:])]
    expected = daily[:, None, None] * week[weekday_of(days[-span:])][:, :-1, None] * share[None, None, :]
    return spread.spread(counts, expected)
