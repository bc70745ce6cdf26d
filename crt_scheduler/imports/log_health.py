"""What looks wrong with an incident log: its clock, missing times, duplicates, gaps, half-empty years, and parts."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.imports import log_parts
from crt_scheduler.imports.log_parts import DAY, EPOCH, date_words
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Area, Incident
from solver.wording import tr

Ints = NDArray[np.int64]

AT_ONCE = 10_000
"""Calls read from the records at a time."""
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


EMERGENCY_EBB = 7.5
"""The latest middle of the quiet half of a day of fires and medical calls: near 4, for they follow waking hours."""
_EMERGENCY = re.compile(
    r"\b(?:fires?|ems|medical|medic|paramedics?|ambulance|cardiac|stroke|overdose|breathing|unconscious|injury|falls?|"
    r"rescue|alarm|hazmat|smoke|sick|[a-z]{0,4}fd)\b",
    re.IGNORECASE,
)
"""Words in the types and agencies of calls of fire departments and ambulances."""


class Logged(msgspec.Struct, frozen=True):
    """A log as arrays: local minutes since 1970, what tells two calls of one minute apart (area and type), its area.

    `is_emergency` tells calls of fire departments and ambulances, where known; `names` are the areas'.
    """

    local: Ints
    kind: Ints
    area: Ints | None = None
    names: Mapping[int, str] = msgspec.field(default_factory=dict)
    is_emergency: NDArray[np.bool_] | None = None


def numbered(kinds: Iterable[object]) -> Ints:
    """Return a number for each kind of call, the same for equal ones."""
    each = list(kinds)
    numbers = {kind: n for n, kind in enumerate(dict.fromkeys(each))}
    return np.array([numbers[kind] for kind in each], dtype=np.int64)


class Gathered:
    """Calls as they come, kept as numbers: half a million of them take some megabytes."""

    def __init__(self) -> None:
        self._utc, self._area, self._kind = array("q"), array("q"), array("q")
        self._kinds: dict[tuple[str, str], int] = {}

    def add(self, minute: int, area: int, kind: str, agency: str) -> None:
        """Take a call at a UTC minute since 1970, of an area, a type and an agency."""
        self._utc.append(minute)
        self._area.append(area)
        self._kind.append(self._kinds.setdefault((kind, agency), len(self._kinds)))

    def extend(self, minutes: Iterable[int], areas: Iterable[int], words: Iterable[tuple[str, str]]) -> None:
        """Take many calls at once; `words` are their types and agencies."""
        kinds = self._kinds
        self._utc.extend(minutes)
        self._area.extend(areas)
        self._kind.extend([kinds.setdefault(each, len(kinds)) for each in words])

    def remarks(self, names: Mapping[int, str], *, zone: times.Zone, now: dt.datetime) -> tuple[str, ...]:
        """Return what looks wrong with all of them; `names` are the areas'."""
        utc, area, kind = (np.array(each, dtype=np.int64) for each in (self._utc, self._area, self._kind))
        types = numbered(word for word, _ in self._kinds)
        urgent = np.array(
            [bool(_EMERGENCY.search(" ".join(words).replace("_", " "))) for words in self._kinds], dtype=np.bool_
        )
        if not len(utc):
            return ()
        log = Logged(times.local_minutes(utc, zone), area * len(types) + types[kind], area, names, urgent[kind])
        return of_log(log, zone=zone, now=now)


def of_records(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return what looks wrong with the whole log in the records."""
    calls = Gathered()
    at = type_coerce(Incident.at, String)  # as it is kept: making half a million instants takes seconds
    found = session.execute(
        select(at, Incident.area_id, Incident.type, Incident.agency).execution_options(yield_per=AT_ONCE)
    )
    for rows in found.partitions():
        texts, areas, kinds, agencies = zip(*rows, strict=True)
        minutes = np.array(texts, dtype="datetime64[m]").astype(np.int64)
        calls.extend(minutes.tolist(), areas, zip(kinds, agencies, strict=True))
    names = {area.id: area.name for area in session.scalars(select(Area))}
    return calls.remarks(names, zone=customs.zone_of(programme_of(session)), now=now)


def of_log(log: Logged, *, zone: times.Zone, now: dt.datetime) -> tuple[str, ...]:
    """Return what looks wrong with a log whose times are already those of the zone."""
    year = times.local(now, zone).year
    offsets = [times.instant(dt.date(year, month, 15), dt.time(12), zone).hour - 12 for month in (1, 7)]
    shifts = sorted((-hours + 12) % 24 - 12 for hours in offsets)
    return remarks(log, zone=zone, offsets=(shifts[0], shifts[1]), until=times.minutes(now) // DAY)


def remarks(log: Logged, *, zone: times.Zone, offsets: tuple[int, int], until: int) -> tuple[str, ...]:
    """Return a sentence for each thing that looks wrong, with what to do; none for an ordinary log.

    `offsets` are the zone's least and greatest hours from UTC over the year; `until` is today (days since 1970).
    """
    if not len(log.local):
        return ()
    silent = _silences(log.local)
    hours = range(-offsets[1], -offsets[0] + 1) if offsets[1] < 0 or offsets[0] > 0 else range(0)
    shifted = log_parts.shifted(log.local, hours)
    found = [
        _clock(log.local, zone, offsets) or _emergency_clock(log, zone, offsets) or _part_in_utc(shifted, zone),
        _midnight(log.local, zone),
        *_twice(log),
        _gaps(silent),
        *_half_full(log.local),
        _cut_short(log.local, until),
    ]
    if log.area is not None:
        names = dict(log.names)
        found += log_parts.thin_months(log.local, log.area, names, silent)
        found += log_parts.area_silences(log.local, log.area, names, silent)
    return tuple(sentence for sentence in found if sentence)


def _part_in_utc(when: str, zone: times.Zone) -> str:
    if not when:
        return ""
    return tr(
        "The calls from {when} come as much later in the day as UTC is from {zone}: the clock of that part may be "
        "UTC. If so, end each of its times with Z (2027-01-31 18:05Z), undo this import and import again.",
        when=when,
        zone=zone,
    )


def _emergency_clock(log: Logged, zone: times.Zone, offsets: tuple[int, int]) -> str:
    """Look at the clock of a log of fires and medical calls, whose night is not as late as that of violence."""
    if log.is_emergency is None or 2 * int(log.is_emergency.sum()) < len(log.local):
        return ""
    return _clock(log.local[log.is_emergency], zone, offsets, latest=EMERGENCY_EBB)


def _clock(local: Ints, zone: times.Zone, offsets: tuple[int, int], *, latest: float = LATEST_EBB) -> str:
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
    if ebb - 2.0 * error < latest or ebb + 2.0 * error > 24.0 + EARLIEST_EBB:
        return ""
    said = tr(
        "The quietest half of this log's day has its middle near {hour}; calls usually ebb in the night "
        "and the morning.",
        hour=_hour(ebb, zone),
    )
    least, most = sorted(-offset for offset in offsets)
    if most and any(EARLIEST_EBB <= (ebb - shift) % 24.0 <= latest for shift in range(least, most + 1)):
        apart = (
            f"{abs(least)}"
            if least == most
            else tr("{min} to {max}", min=min(abs(least), abs(most)), max=max(abs(least), abs(most)))
        )
        return tr(
            "{said} Its clock may be UTC instead of {zone}, {apart} hours apart. If so, end each time with Z "
            "(2027-01-31 18:05Z), undo this import and import again; if the team is asked that late, leave it.",
            said=said,
            zone=zone,
            apart=apart,
        )
    return tr(
        "{said} Its clock may be another zone's than {zone}: compare a few calls with the original record.",
        said=said,
        zone=zone,
    )


def _hour(hours: float, zone: times.Zone) -> str:
    half_hours = round(hours * 2) % 48
    return times.clock_words(dt.time(half_hours // 2, half_hours % 2 * 30), times.clock_of(zone))


def _midnight(local: Ints, zone: times.Zone) -> str:
    count = int((local % DAY == 0).sum())
    if count < 10 or count <= MANY_AT_MIDNIGHT * len(local):
        return ""
    return tr(
        "{count:,} of {count2:,} calls are at {hour} sharp, as if the time were missing: they count "
        "for their day but cannot say how many calls come by day or by night. Import a file with times if there is"
        " one.",
        count=count,
        count2=len(local),
        hour=_hour(0.0, zone),
    )


def _twice(log: Logged) -> list[str]:
    """Look for calls of one minute, area and type: more than chance brings in all, or many within a week."""
    timed = log.local % DAY != 0
    kinds, kind = np.unique(log.kind[timed], return_inverse=True)
    pairs = np.sort(log.local[timed] * len(kinds) + kind)
    again = pairs[1:][np.diff(pairs) == 0] // max(1, len(kinds))
    span = max(1, int(log.local.max() - log.local.min()))
    by_chance = float((np.bincount(kind).astype(np.float64) ** 2).sum()) / span if len(kinds) else 0.0
    do = tr(
        "if they are the same calls, remove them from the file, undo this import and import again; each counts as a "
        "call."
    )
    if len(again) >= max(LEAST_TWICE, MANY_TWICE * len(log.local) + by_chance):
        return [tr("{count:,} calls have the time, area and type of another one: {do}", count=len(again), do=do)]
    return [f"{said}: {do}" for said in log_parts.doubled_weeks(log.local[timed], again)]


def _silences(local: Ints) -> list[tuple[int, int]]:
    """Return first and last day of silences over a week that half the calls of the half-years beside would break."""
    calls = np.sort(local // DAY)
    days = calls[np.concatenate(([True], np.diff(calls) > 0))]
    found = []
    for n in np.flatnonzero(np.diff(days) > 7):
        before, after = int(days[n]), int(days[n + 1])
        rates = (_rate(calls, max(int(calls[0]), before - HALF_YEAR), before), _rate(calls, after, after + HALF_YEAR))
        if np.exp(-min(rates) * (after - before - 1) / 2.0) * len(days) < GAP_CHANCE:
            found.append((before + 1, after - 1))
    return found


def _gaps(found: list[tuple[int, int]]) -> str:
    if not found:
        return ""
    shown = [
        tr("{date} to {date2}", date=date_words(first), date2=date_words(last)) for first, last in found[:SHOWN_GAPS]
    ]
    shown += [tr("and {count} more", count=len(found) - SHOWN_GAPS)] if len(found) > SHOWN_GAPS else []
    return tr(
        "No call is logged from {names}, which is too long to be chance. If calls are missing, import "
        "them: the forecast takes those days as quiet.",
        names="; ".join(shown),
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
                tr(
                    "{first} holds {counts:,} calls, the years beside it {counts2:,} and {counts3:,}: "
                    "if the year is half full, import the rest; if fewer calls came, leave it.",
                    first=first + n,
                    counts=counts[n],
                    counts2=counts[n - 1],
                    counts3=counts[n + 1],
                )
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
    return tr(
        "{year} is logged only until {date}: if later calls are missing, import them too.",
        year=end.year,
        date=date_words(last),
    )


def _whole(count: int, local: Ints, year: int) -> float:
    """Return a year's calls scaled up to a whole year where the log begins or ends within it; 0 if it holds little."""
    january, december = ((dt.date(y, 1, 1) - EPOCH).days for y in (year, year + 1))
    first, last = max(january, int(local.min()) // DAY), min(december - 1, int(local.max()) // DAY)
    part = (last - first + 1) / (december - january)
    return count / part if part >= 0.25 else 0.0
