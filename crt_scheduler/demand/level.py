"""The city's level: calls a day at present, how far it drifts, since when it jumped, and where the log falls silent."""

from __future__ import annotations

import msgspec
import numpy as np

from crt_scheduler.demand import story
from crt_scheduler.demand.forecast_values import Floats, date_of

HALF_LIFE_DAYS = 75.0
PRIOR_DAYS = 30.0
FROZEN_DAYS = 45
"""Half-life 60-90 days, a prior worth 30 days, frozen 45 days ahead: the best of those measured on four real logs."""
LONG_HALF_LIFE_DAYS = 730.0
MOST_PRIOR_DAYS = 365.0
HAND_FADES_DAYS = 270.0
"""After nine months of log the number set by hand no longer counts."""
BLOCK_DAYS = 30
USUAL_DRIFT, USUAL_BLOCKS = 0.15, 6.0
"""Coefficient of variation of a month's level, 45 days on, and how many months of log that guess is worth."""
UNSURE_BY_HAND = 0.5
"""The same of a number set by hand: yearly volumes of such teams move by a factor of three (268, 713, 510 a year)."""
SILENCE_CHANCE = 1e-4
SOONEST_DAYS, LONGEST_AGO_DAYS = 60, 548
"""How long a jump must have lasted to be believed, and how long it is still told."""


class Level(msgspec.Struct, frozen=True):
    """Calls a day at present, and the part of it that is still the number set by hand."""

    daily: float
    hand_part: float


def level(counts: Floats, pull: Floats, *, end: int, until: int, by_hand: float, jumped: int = 0) -> Level:
    """Return the daily level on the day `until`, from counts of consecutive days that end before the day `end`.

    Recent days count most; they are shrunk towards the long mean of the log, and that towards the number by hand
    while the log is shorter than nine months. `pull` is the month index of each day, so that a level learnt in a quiet
    season is not taken for a quiet year.
    The long mean begins with day number `jumped` of the log, where its level jumped.
    """
    days = len(counts)
    age = until - end + days - np.arange(days) - 0.5
    near, far = 0.5 ** (age / HALF_LIFE_DAYS), 0.5 ** (age / LONG_HALF_LIFE_DAYS)
    hand_days = PRIOR_DAYS * max(0.0, 1.0 - days / HAND_FADES_DAYS)
    far[:jumped] = 0.0
    far_days = float((far * pull).sum()) + hand_days
    if far_days < 1e-9:  # a log so old that nothing of it counts
        return Level(by_hand, 1.0)
    mean = float((far * counts).sum() + by_hand * hand_days) / far_days
    near_days = float((near * pull).sum())
    prior = _prior_days(counts[jumped:], pull[jumped:])
    daily = float((near * counts).sum() + mean * prior) / (near_days + prior)
    return Level(daily, prior / (near_days + prior) * hand_days / far_days)


def _prior_days(counts: Floats, pull: Floats) -> float:
    """Return how many days the long mean is worth: 30, and up to a year where months differ only by chance.

    With months' own variance v (by moments) and an exponential mean of effective 2 x half-life / ln 2 days, the best
    weight of the long mean (Buehlmann) is half a day per unit of v x daily calls.
    """
    blocks = len(counts) // BLOCK_DAYS
    seen, fair = in_blocks(counts), in_blocks(pull)
    if blocks < 6 or not seen.sum():
        return PRIOR_DAYS
    fair = fair * seen.sum() / fair.sum()
    variance = (((seen - fair) ** 2).sum() - seen.sum() * (1.0 - 1.0 / blocks)) / (fair**2).sum()
    if variance <= 0:
        return MOST_PRIOR_DAYS
    return float(np.clip(0.5 / (variance * counts.mean()), PRIOR_DAYS, MOST_PRIOR_DAYS))


def in_blocks(values: Floats) -> Floats:
    """Return the sums of whole blocks of 30 days, the last one ending with the last day."""
    blocks = len(values) // BLOCK_DAYS
    result: Floats = values[len(values) - blocks * BLOCK_DAYS :].reshape(blocks, BLOCK_DAYS).sum(axis=1)
    return result


def lagged(counts: Floats, pull: Floats) -> Floats:
    """Return the level that was known 45 days before each whole block of 30 days; nan where the log was too young."""
    blocks = len(counts) // BLOCK_DAYS
    first = len(counts) - blocks * BLOCK_DAYS
    result = np.full(blocks, np.nan)
    for n in range(blocks):
        known = first + n * BLOCK_DAYS - FROZEN_DAYS
        if known >= 60:
            seen = counts[:known]
            result[n] = level(seen, pull[:known], end=0, until=FROZEN_DAYS, by_hand=float(seen.mean())).daily
    return result


def drift(counts: Floats, pull: Floats, known: Floats, *, jumped: int = 0) -> float:
    """Return the coefficient of variation of a month's level around the one known 45 days ahead, beyond chance.

    The months that a jump took by surprise are left out: it is told on its own.
    """
    seen, expected = in_blocks(counts), known * in_blocks(pull)
    begun = len(counts) - BLOCK_DAYS * np.arange(len(seen), 0, -1)
    surprised = (begun > jumped - BLOCK_DAYS) & (begun < jumped + FROZEN_DAYS + HALF_LIFE_DAYS) & (jumped > 0)
    kept = np.isfinite(expected) & (expected > 0) & ~surprised
    seen, expected = seen[kept], expected[kept]
    usual = USUAL_DRIFT**2
    if not len(seen):
        return float(np.sqrt(usual + 1.0 / (counts.sum() + 4.0)))
    found = max(0.0, float(((seen - expected) ** 2 - expected).sum() / (expected**2).sum()))
    return float(np.sqrt((found * len(seen) + usual * USUAL_BLOCKS) / (len(seen) + USUAL_BLOCKS)))


def jump(counts: Floats, *, end: int) -> story.Jump | None:
    """Return the lasting change of level of the last 18 months that stands out most from chance, if one does.

    For each possible day the calls since are compared with those of the same days a year before, or of the year before
    that day where more than a year has passed, so that no season looks like a jump. A difference of 4.5 standard errors
    (weekly dispersion included) and a quarter of the rate counts.
    """
    days = len(counts)
    total = np.concatenate([[0.0], np.cumsum(counts)])
    at = np.arange(max(365, days - LONGEST_AGO_DAYS), days - SOONEST_DAYS, 5)
    if not len(at) or total[-1] < 30:
        return None
    until = np.minimum(at, days - 365)
    old, new = total[until] - total[at - 365] + 0.5, total[-1] - total[at] + 0.5
    change = np.log(new / (days - at)) - np.log(old / (until - at + 365))
    standing = np.abs(change) / np.sqrt(_dispersion(counts) * (1.0 / old + 1.0 / new))
    best = int(standing.argmax())
    if standing[best] < 4.5 or abs(change[best]) < np.log(1.25):
        return None
    return story.Jump(date_of(end - days + int(at[best])), float(np.exp(change[best])))


def _dispersion(counts: Floats) -> float:
    """Return the variance of weekly counts over their mean, from neighbouring weeks so that a jump does not count."""
    weeks = len(counts) // 7
    weekly = counts[-weeks * 7 :].reshape(weeks, 7).sum(axis=1)
    return float(max(1.0, (np.diff(weekly) ** 2).mean() / (2.0 * weekly.mean())))


def known_until(last: int, until: int, *, first: int, total: int, by_hand: float) -> int:
    """Return the day the log reaches to (not included): `until`, or the day after its last call.

    A silence at the end that calls so frequent would break with all but one chance in 10,000 means that the calls
    since are not logged yet; else the quiet days count.
    """
    rate = (total + by_hand * PRIOR_DAYS) / (last + 1 - first + PRIOR_DAYS)
    silence = until - last - 1
    return last + 1 if np.exp(-rate * silence / 2.0) < SILENCE_CHANCE else until
