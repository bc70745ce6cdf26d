"""How counts scatter around the forecast (negative binomial) and how long responses take (lognormal)."""

from __future__ import annotations

import numpy as np

from crt_scheduler.demand.forecast_values import SERVICE_MINUTES, SERVICE_VARIATION, SPREAD, Floats, Service

LEAST_CALLS = 200
"""Calls below which the spread is not learnt."""
SPREAD_ERROR = 0.1
"""How unsure 1/r = 0.2 is before a log is seen, as a standard error."""
CLOSEST, WIDEST = 100.0, 1.0
"""The bounds of a learnt r."""
SERVICE_PSEUDO = 50.0
"""Responses that the usual duration is worth."""


def spread(seen: Floats, expected: Floats) -> float:
    """Return the negative binomial's r of counts around what was expected; 5 for fewer than 200 calls.

    1/r by moments, sum((n - mu)^2 - n) / sum(mu^2), with standard error sqrt(2 / sum(mu^2)), shrunk towards 1/5.
    """
    weight = float((expected**2).sum())
    if seen.sum() < LEAST_CALLS or weight <= 0:
        return SPREAD
    found = float(((seen - expected) ** 2 - seen).sum()) / weight
    own, usual = weight / 2.0, 1.0 / SPREAD_ERROR**2
    shrunk = (found * own + usual / SPREAD) / (own + usual)
    return float(np.clip(1.0 / max(shrunk, 1e-9), WIDEST, CLOSEST))


def band(mean: float, *, share: float = 0.8, spread: float = SPREAD) -> tuple[int, int]:
    """Return the central band that holds at least `share` of a count with this mean (negative binomial)."""
    if mean < 1e-9:
        return 0, 0
    tail = (1.0 - share) / 2.0
    deviation = (mean + mean**2 / spread) ** 0.5
    counts = np.arange(1, int(mean + 12.0 * deviation) + 30)
    none = -spread * np.log1p(mean / spread)
    steps = np.log(mean / (spread + mean)) + np.log((counts + spread - 1.0) / counts)
    below = np.cumsum(np.exp(np.concatenate([[none], none + np.cumsum(steps)])))
    low, high = (int(np.searchsorted(below, edge)) for edge in (tail, 1.0 - tail))
    return low, min(high, len(counts))


def service(minutes: Floats, *, usual: float = SERVICE_MINUTES) -> Service:
    """Return how long responses take, learnt from logged durations (nan or 0: not logged) and shrunk to the usual.

    Mean and variance of the logarithms are each worth 50 responses of the usual law before any is logged.
    """
    logged = np.log(minutes[np.isfinite(minutes) & (minutes > 0)])
    n = len(logged)
    variance = float(np.log1p(SERVICE_VARIATION**2))
    middle = float(np.log(usual)) - variance / 2.0
    if n:
        part = n / (n + SERVICE_PSEUDO)
        found = float(logged.mean())
        between = part * (1.0 - part) * (found - middle) ** 2
        variance = min(part * float(logged.var()) + (1.0 - part) * variance + between, 4.0)
        middle = part * found + (1.0 - part) * middle
    return Service(float(np.exp(middle + variance / 2.0)), float(np.sqrt(np.expm1(variance))), n)
