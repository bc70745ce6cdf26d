"""What looks wrong with a part of an incident log: a silent area, a thin month, a doubled week, another clock."""

from __future__ import annotations

import datetime as dt
from statistics import median

import numpy as np
from numpy.typing import NDArray

from crt_scheduler.demand.forecast_values import distinct
from solver.wording import say_date, tr

Ints = NDArray[np.int64]

DAY = 24 * 60
EPOCH = dt.date(1970, 1, 1)
CHANCE = 1e-3
"""Chance that a healthy log is remarked upon for such a part, all of its parts together."""
LEAST_SILENT = 28
"""Days without a call from which on an area may be said to have gone silent."""
THIN = 0.3
"""Part of the calls of the months around from which down a month looks incomplete."""
LEAST_TWICE, TWICE = 5, 0.25
"""Calls of a week, and their part of all of its calls, that repeat another one to the minute."""
LEAST_SHIFTED = 60
"""Calls of a half-year below which nothing is said of its clock."""
SHOWN = 3


def area_silences(local: Ints, area: Ints, names: dict[int, str], silent: list[tuple[int, int]]) -> list[str]:
    """Look for areas whose calls stop, pause or begin late while the other areas' go on.

    A silence counts where calls half as frequent as the area's in the year beside would break it; the days on which
    the whole city is `silent` do not count.
    """
    first, last = int(local.min()) // DAY, int(local.max()) // DAY
    found = []
    for number in distinct(area).tolist():
        days = np.sort(local[area == number] // DAY)
        bounds = np.concatenate(([first - 1], distinct(days), [last + 1]))
        for n in np.flatnonzero(np.diff(bounds) > LEAST_SILENT):
            before, after = int(bounds[n]), int(bounds[n + 1])
            length = after - before - 1 - sum(max(0, min(after, b + 1) - max(before + 1, a)) for a, b in silent)
            rate = _rate_beside(days, before, after, first, last)
            if length >= LEAST_SILENT and np.exp(-rate * length / 2.0) * len(bounds) < CHANCE:
                found.append((names.get(number, ""), before + 1, after - 1))
    if not found:
        return []
    shown = [
        tr("{name} from {date} to {date2}", name=name, date=date_words(a), date2=date_words(b))
        for name, a, b in found[:SHOWN]
    ]
    shown += [tr("and {count} more", count=len(found) - SHOWN)] if len(found) > SHOWN else []
    return [
        tr(
            "No call is logged in {names}, while the other areas' calls go on. If calls are missing, import "
            "them; if the area was renamed or handed over, leave it.",
            names="; ".join(shown),
        )
    ]


def _rate_beside(days: Ints, before: int, after: int, first: int, last: int) -> float:
    """Return the calls a day of an area in the years beside a silence: the lower one, where both are in the log."""
    rates = []
    if before >= first:
        begin = max(first, before - 365)
        rates.append(_count(days, begin, before) / max(90, before - begin + 1))
    if after <= last:
        end = min(last, after + 365)
        rates.append(_count(days, after, end) / max(90, end - after + 1))
    return float(min(rates, default=0.0))


def _count(days: Ints, first: int, last: int) -> int:
    return int(np.searchsorted(days, last, side="right") - np.searchsorted(days, first))


def thin_months(local: Ints, area: Ints, names: dict[int, str], silent: list[tuple[int, int]]) -> list[str]:
    """Look for whole months with far fewer calls than the months around them, in the city or in one area."""
    month = (local // DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first, last = int(month.min()) + 1, int(month.max()) - 1  # those in which the log begins and ends may be parts
    if last - first < 3:
        return []
    city = _thin(month, first, last, silent)
    found = [("", each, count, usual) for each, count, usual in city]
    thin = {each for each, _, _ in city}
    for number in distinct(area).tolist():
        own = _thin(month[area == number], first, last, silent)
        found += [(names.get(number, ""), each, count, usual) for each, count, usual in own if each not in thin]
    if not found:
        return []
    shown = [
        tr(
            "{month} holds {count:,} calls{value}, the months around about {usual:,}",
            month=_month_words(each),
            count=count,
            value=f" in {name}" if name else "",
            usual=usual,
        )
        for name, each, count, usual in found[:SHOWN]
    ]
    more = tr("; and {count} more months", count=len(found) - SHOWN) if len(found) > SHOWN else ""
    return [
        tr(
            "{names}{more}: if calls are missing, import them; if so few came, leave it.",
            names="; ".join(shown),
            more=more,
        )
    ]


def _thin(month: Ints, first: int, last: int, silent: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return the thin months: each, its calls and how many are usual around it."""
    counts = np.bincount(month[(month >= first) & (month <= last)] - first, minlength=last - first + 1).tolist()
    found = []
    for n, count in enumerate(counts):
        usual = float(median(counts[max(0, n - 3) : n] + counts[n + 1 : n + 4]))
        if count == 0 or count > THIN * usual or _is_silent(first + n, silent):  # without calls: a silence
            continue
        if _below(count, 0.8 * usual) * len(counts) < CHANCE:
            found.append((first + n, count, round(usual)))
    return found


def _below(count: int, expected: float) -> float:
    """Return a bound on the chance of so few calls where more are expected (Chernoff's, of a Poisson number)."""
    return float(np.exp(-(expected - count + (count * np.log(count / expected) if count else 0.0))))


def _is_silent(month: int, silent: list[tuple[int, int]]) -> bool:
    """Has the city a silence, told of already, within the month?"""
    begin, end = (int(np.datetime64(m, "M").astype("datetime64[D]").astype(np.int64)) for m in (month, month + 1))
    return any(a < end and b >= begin for a, b in silent)


def doubled_weeks(local: Ints, again: Ints) -> list[str]:
    """Look for seven days in which many calls (`again`, their minutes) repeat one of that minute, area and type."""
    days, repeats = np.sort(local // DAY), np.sort(again // DAY)
    found: list[tuple[int, int]] = []
    for begin in distinct(repeats).tolist():
        count = _count(repeats, begin, begin + 6)
        if count < LEAST_TWICE or count < TWICE * _count(days, begin, begin + 6):
            continue
        end = int(repeats[np.searchsorted(repeats, begin + 6, side="right") - 1])
        if found and begin <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    shown = [tr("{date} to {date2}", date=date_words(a), date2=date_words(b)) for a, b in found[:SHOWN]]
    shown += [tr("and {count} more", count=len(found) - SHOWN)] if len(found) > SHOWN else []
    return [tr("Many calls from {names} are logged twice", names="; ".join(shown))] if found else []


def shifted(local: Ints, hours: range) -> str:
    """Return in words the half-years whose daily turn lies so many hours later than that of the others, or nothing.

    The turn is the mean direction of the times on a 24 h clock (first harmonic), with its standard error.
    """
    timed = local[local % DAY != 0]
    if not hours or len(timed) < 2 * LEAST_SHIFTED:
        return ""
    half = (timed // DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 6
    turn = np.exp(2j * np.pi * (timed % DAY) / DAY)
    later = [each for each in distinct(half).tolist() if _is_later(turn, half == each, hours)]
    later += [n for y in distinct(half // 2) if _is_later(turn, half // 2 == y, hours) for n in (2 * y, 2 * y + 1)]
    kept = (half >= min(later, default=0)) & (half <= max(later, default=-1))
    if 2 * int(kept.sum()) > len(half) or not _is_later(turn, kept, hours):
        return ""
    return tr(
        "{date} to {date2}",
        date=date_words(int(timed[kept].min() // DAY)),
        date2=date_words(int(timed[kept].max() // DAY)),
    )


def _is_later(turn: NDArray[np.complex128], part: NDArray[np.bool_], hours: range) -> bool:
    """Does a part of the log turn later than the rest by some of the hours, and clearly not at the same time?"""
    if min(int(part.sum()), int((~part).sum())) < LEAST_SHIFTED:
        return False
    (ours, our_error), (others, others_error) = (_mean(turn[each]) for each in (part, ~part))
    error = float(np.hypot(our_error, others_error))
    apart = (ours - others + 12.0) % 24.0 - 12.0
    return abs(apart) > 4.0 * error and hours[0] - 1.5 <= apart <= hours[-1] + 1.5


def _mean(turn: NDArray[np.complex128]) -> tuple[float, float]:
    """Return the hour of the mean direction and its standard error."""
    mean = turn.mean()
    length = max(1e-9, float(abs(mean)))
    return float(np.angle(mean)) / (2 * np.pi) * 24.0, 24.0 / (2 * np.pi) / (2.0 * len(turn)) ** 0.5 / length


def date_words(day: int) -> str:
    """Return a day since 1970 as people say it, such as 5 May 2027."""
    date = EPOCH + dt.timedelta(days=int(day))
    return say_date(date, "long day year")


def _month_words(month: int) -> str:
    return say_date(dt.date(1970 + month // 12, month % 12 + 1, 1), "month year")
