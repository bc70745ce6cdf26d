"""What looks wrong with an incident log as a whole: its clock, missing times, duplicates, gaps, half-empty years."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Incident

Ints = NDArray[np.int64]

DAY = 24 * 60
EPOCH = dt.date(1970, 1, 1)
LEAST_FOR_CLOCK = 150
"""Calls below which nothing is said of the clock."""
EARLIEST_EBB, LATEST_EBB = 0.0, 12.0
"""Hours between which the quiet half of the day has its middle on real logs: 4 for emergency calls, 8 for fatal
crashes, 9-10 for violence, which goes on until late, 1 for an office's hours."""
SURE_TURN = 9.0
"""Calls times squared pull of the day (Rayleigh's statistic) from which on the log has a daily turn at all."""
CLEAR = 4.0
"""Standard errors that count as clear."""
MANY_AT_MIDNIGHT = 0.1
MANY_TWICE, LEAST_TWICE = 0.01, 5
HALF_YEAR, SHOWN_GAPS = 183, 3
GAP_CHANCE = 1e-3
"""Chance that a healthy log of half such rates holds a silence this long anywhere."""
HALF_FULL = 0.6


@dataclass(frozen=True)
class Logged:
    """A log as arrays: local minutes since 1970, and what tells two calls of one minute apart (area and type)."""

    local: Ints
    kind: Ints


def numbered(kinds: Iterable[object]) -> Ints:
    """Return a number for each kind of call, the same for equal ones."""
    numbers: dict[object, int] = {}
    return np.fromiter((numbers.setdefault(kind, len(numbers)) for kind in kinds), dtype=np.int64)


class Gathered:
    """Calls as they come, kept as numbers: half a million of them take eight megabytes."""

    def __init__(self) -> None:
        self._utc, self._area, self._kind = array("q"), array("q"), array("q")
        self._kinds: dict[str, int] = {}

    def add(self, at: dt.datetime, area: int, kind: str) -> None:
        """Take a call of an area and a type at an instant."""
        self._utc.append(times.minutes(at))
        self._area.append(area)
        self._kind.append(self._kinds.setdefault(kind, len(self._kinds)))

    def remarks(self, *, zone: str, now: dt.datetime) -> tuple[str, ...]:
        """Return what looks wrong with all of them."""
        utc, area, kind = (np.array(each, dtype=np.int64) for each in (self._utc, self._area, self._kind))
        return of_log(Logged(times.local_minutes(utc, zone), area * (1 << 32) + kind), zone=zone, now=now)


def of_records(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return what looks wrong with the whole log in the records."""
    calls = Gathered()
    for at, area, kind in session.execute(select(Incident.at, Incident.area_id, Incident.type)).yield_per(1000):
        calls.add(at, area, kind)
    return calls.remarks(zone=programme_of(session).zone, now=now)


def of_log(log: Logged, *, zone: str, now: dt.datetime) -> tuple[str, ...]:
    """Return what looks wrong with a log whose times are already those of the zone."""
    year = times.local(now, zone).year
    offsets = [times.instant(dt.date(year, month, 15), dt.time(12), zone).hour - 12 for month in (1, 7)]
    shifts = sorted((-hours + 12) % 24 - 12 for hours in offsets)
    return remarks(log, zone=zone, offsets=(shifts[0], shifts[1]), until=times.minutes(now) // DAY)


def remarks(log: Logged, *, zone: str, offsets: tuple[int, int], until: int) -> tuple[str, ...]:
    """Return a sentence for each thing that looks wrong, with what to do; none for an ordinary log.

    `offsets` are the zone's least and greatest hours from UTC over the year; `until` is today (days since 1970).
    """
    if not len(log.local):
        return ()
    found = (
        _clock(log.local, zone, offsets),
        _midnight(log.local),
        _twice(log),
        _gaps(log.local),
        *_half_full(log.local),
        _cut_short(log.local, until),
    )
    return tuple(sentence for sentence in found if sentence)


def _clock(local: Ints, zone: str, offsets: tuple[int, int]) -> str:
    """Look where the quiet half of the day has its middle; a clock kept in UTC moves it into a western afternoon.

    The middle is opposite the mean direction of the times on a 24 h clock (first harmonic), with its standard error.
    """
    timed = local[local % DAY != 0]
    if len(timed) < LEAST_FOR_CLOCK:
        return ""
    mean = np.exp(2j * np.pi * (timed % DAY) / DAY).mean()
    if len(timed) * abs(mean) ** 2 < SURE_TURN:
        return ""
    error = float(24.0 / (2.0 * np.pi) / (2.0 * len(timed)) ** 0.5 / abs(mean))
    ebb = float(np.angle(mean) / (2.0 * np.pi) * 24.0 + 12.0) % 24.0
    if ebb - 2.0 * error < LATEST_EBB or ebb + 2.0 * error > 24.0 + EARLIEST_EBB:
        return ""
    said = (
        f"The quietest half of this log's day has its middle near {_hour(ebb)}; calls usually ebb in the night and the "
        "morning."
    )
    least, most = sorted(-offset for offset in offsets)
    if most and any(EARLIEST_EBB <= (ebb - shift) % 24.0 <= LATEST_EBB for shift in range(least, most + 1)):
        apart = f"{abs(least)}" if least == most else f"{min(abs(least), abs(most))} to {max(abs(least), abs(most))}"
        return (
            f"{said} Its clock may be UTC instead of {zone}, {apart} hours apart. If so, end each time with Z "
            "(2027-01-31 18:05Z), undo this import and import again; if the team is asked that late, leave it."
        )
    return f"{said} Its clock may be another zone's than {zone}: compare a few calls with the original record."


def _hour(hours: float) -> str:
    half_hours = round(hours * 2) % 48
    return f"{half_hours // 2}:{half_hours % 2 * 30:02d}"


def _midnight(local: Ints) -> str:
    count = int((local % DAY == 0).sum())
    if count < 10 or count <= MANY_AT_MIDNIGHT * len(local):
        return ""
    return (
        f"{count:,} of {len(local):,} calls are at 00:00 sharp, as if the time were missing: they count for their day "
        "but cannot say how many calls come by day or by night. Import a file with times if there is one."
    )


def _twice(log: Logged) -> str:
    timed = log.local % DAY != 0
    pairs = np.stack((log.local[timed], log.kind[timed]))
    again = int(timed.sum()) - np.unique(pairs, axis=1).shape[1] if timed.any() else 0
    if again < LEAST_TWICE or again < MANY_TWICE * len(log.local):
        return ""
    return (
        f"{again:,} calls have the time, area and type of another one: if they are the same calls, remove them from "
        "the file, undo this import and import again; each counts as a call."
    )


def _gaps(local: Ints) -> str:
    """Look for silences of over a week that calls half as frequent as in the half-years beside would break."""
    calls = np.sort(local // DAY)
    days = calls[np.concatenate(([True], np.diff(calls) > 0))]
    found = []
    for n in np.flatnonzero(np.diff(days) > 7):
        before, after = int(days[n]), int(days[n + 1])
        rates = (_rate(calls, max(int(calls[0]), before - HALF_YEAR), before), _rate(calls, after, after + HALF_YEAR))
        if np.exp(-min(rates) * (after - before - 1) / 2.0) * len(days) < GAP_CHANCE:
            found.append((before + 1, after - 1))
    if not found:
        return ""
    shown = [f"{_date(first)} to {_date(last)}" for first, last in found[:SHOWN_GAPS]]
    shown += [f"and {len(found) - SHOWN_GAPS} more"] if len(found) > SHOWN_GAPS else []
    return (
        f"No call is logged from {'; '.join(shown)}, which is too long to be chance. If calls are missing, import "
        "them: the forecast takes those days as quiet."
    )


def _rate(calls: Ints, first: int, last: int) -> float:
    """Return the calls a day from first to last, within the log; a stretch of under a month counts as a month."""
    count = np.searchsorted(calls, last, side="right") - np.searchsorted(calls, first)
    return float(count) / max(30, min(last, int(calls[-1])) - first + 1)


def _half_full(local: Ints) -> list[str]:
    """Look for a year with clearly fewer calls than both years beside it."""
    year = (local // DAY).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    first, counts = int(year.min()), np.bincount(year - year.min())
    found = []
    for n in range(1, len(counts) - 1):
        beside = min(_whole(counts[n - 1], local, first + n - 1), _whole(counts[n + 1], local, first + n + 1))
        if counts[n] < HALF_FULL * beside and beside - counts[n] > CLEAR * (beside + counts[n]) ** 0.5:
            found.append(
                f"{first + n} holds {counts[n]:,} calls, the years beside it {counts[n - 1]:,} and {counts[n + 1]:,}: "
                "if the year is half full, import the rest; if fewer calls came, leave it."
            )
    return found


def _cut_short(local: Ints, until: int) -> str:
    """Look for a last year of two months or more that ends long before both its December and today."""
    first, last = int(local.min()) // DAY, int(local.max()) // DAY
    end = EPOCH + dt.timedelta(days=last)
    missing = min(until, (dt.date(end.year, 12, 31) - EPOCH).days) - last
    rate = len(local) / (last - first + 1)
    held = end.timetuple().tm_yday
    if last - first < 500 or min(held, missing) < 60 or rate * missing / 2.0 < -np.log(GAP_CHANCE):
        return ""
    return f"{end.year} is logged only until {_date(last)}: if later calls are missing, import them too."


def _whole(count: int, local: Ints, year: int) -> float:
    """Return a year's calls scaled up to a whole year where the log begins or ends within it; 0 if it holds little."""
    january, december = ((dt.date(y, 1, 1) - EPOCH).days for y in (year, year + 1))
    first, last = max(january, int(local.min()) // DAY), min(december - 1, int(local.max()) // DAY)
    part = (last - first + 1) / (december - january)
    return count / part if part >= 0.25 else 0.0


def _date(day: int) -> str:
    date = EPOCH + dt.timedelta(days=int(day))
    return f"{date.day} {date:%B %Y}"
