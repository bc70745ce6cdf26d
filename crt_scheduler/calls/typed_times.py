"""Times as typed beside a ringing telephone: 0213 or 2:13, local, and the right one of two on a clock change."""

from __future__ import annotations

import datetime as dt
import re

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from solver.wording import say_date, tr

_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?\s?(?:m\.?)?)?$", re.IGNORECASE)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](.+)$")
SOON = dt.timedelta(hours=1)
"""A time so little ahead is a slip, not yesterday's."""
LONGEST = dt.timedelta(hours=12)
"""How long after the time before it a bare clock time may lie, past midnight."""


def moment(words: str, *, now: dt.datetime, zone: times.Zone, after: dt.datetime | None = None) -> dt.datetime:
    """Return the instant of a time as typed: nothing or "now", 0213, 2:13, or 2027-01-09 02:13.

    A bare clock time is the last one that has passed; with `after`, the first one after that moment, so that 01:30 to
    01:30 on the night the clocks go back is one hour. Raises CrtError for what is no time.
    """
    text = words.strip()
    if text.casefold() in ("", "now"):
        return now
    dated = _DATED.match(text)
    if dated:
        return _dated(text, dated, zone, after)
    wall = clock(text)
    if after is None:
        today = times.local(now, zone).date()
        if times.local(now, zone).time() >= wall:
            _there(passes(today, wall, zone)[0], wall, zone)
        elif passes(today, wall, zone)[0] - now <= SOON:
            said = times.clock_words(wall, times.clock_of(zone))
            told = tr(
                "{said} has not come yet; it is {clock}. Type a time that has passed",
                said=said,
                clock=times.clock_at(now, zone),
            )
            raise CrtError(
                tr(
                    "{told}, or with its date: {today} {said}.",
                    told=told,
                    today=today - dt.timedelta(days=1),
                    said=said,
                )
            )
        passed = [one for day in (today - dt.timedelta(days=1), today) for one in passes(day, wall, zone) if one <= now]
        return _there(max(passed), wall, zone)
    first = times.local(after, zone).date()
    days = (first, first + dt.timedelta(days=1))
    later = [one for day in days for one in passes(day, wall, zone) if after < one <= min(after + LONGEST, now)]
    same = [one for one in passes(first, wall, zone) if one == _minute(after)]
    twice = len(passes(first, wall, zone)) == 2
    if same and not (twice and later):
        return after
    return _there(min(later) if later else passes(first, wall, zone)[-1], wall, zone)


def near(words: str, *, beside: dt.datetime, now: dt.datetime, zone: times.Zone) -> dt.datetime:
    """Return the instant of a time as typed in place of another: a bare clock time is the one nearest to that.

    Raises CrtError for what is no time.
    """
    text = words.strip()
    if text.casefold() in ("", "now") or _DATED.match(text):
        return moment(text, now=now, zone=zone)
    wall, day = clock(text), times.local(beside, zone).date()
    days = (day + dt.timedelta(days=n) for n in (-1, 0, 1))
    found = [one for each in days for one in passes(each, wall, zone) if one <= max(now, beside)]
    return _there(min(found, key=lambda one: abs(one - beside)), wall, zone)


def _there(found: dt.datetime, wall: dt.time, zone: times.Zone) -> dt.datetime:
    """Return an instant found for a wall time; raises CrtError where the clocks skipped that time."""
    local = times.local(found, zone)
    if local.time() != wall:
        day, said = say_date(local, "long day"), times.clock_words(wall, times.clock_of(zone))
        raise CrtError(
            tr(
                "On {day} the clocks skipped {said}. Type a time before or after that, or {local:%H%M}.",
                day=day,
                said=said,
                local=local,
            )
        )
    return found


def coming(words: str, *, now: dt.datetime, zone: times.Zone) -> dt.datetime:
    """Return the instant of a time to come as typed: nothing or "now", 0213, 2:13, or 2027-01-09 02:13.

    A bare clock time is the first one from now on. Raises CrtError for what is no time.
    """
    text = words.strip()
    if text.casefold() in ("", "now"):
        return now
    if dated := _DATED.match(text):
        return _dated(text, dated, zone, None)
    wall, today = clock(text), times.local(now, zone).date()
    days = (today + dt.timedelta(days=n) for n in range(2))
    return _there(min(one for day in days for one in passes(day, wall, zone) if one >= _minute(now)), wall, zone)


def _minute(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def _dated(text: str, found: re.Match[str], zone: times.Zone, after: dt.datetime | None) -> dt.datetime:
    if re.search(r"(Z|[+-]\d{2}:?\d{2})$", text):
        return times.moment(text)
    day = times.date(found[1])
    wall = clock(found[2])
    both = passes(day, wall, zone)
    return _there(next((one for one in both if after is None or one > after), both[0]), wall, zone)


def clock(words: str) -> dt.time:
    """Return the wall time of 0213, 213, 2:13, 02.13, 2:13 AM or 2p; raises CrtError for anything else."""
    found = _CLOCK.match(words.strip())
    hour, minute, half = (int(found[1]), int(found[2] or 0), (found[3] or "").lower()) if found else (24, 0, "")
    is_whole = bool(found and (found[2] or half))
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        is_whole = False
    if not is_whole or hour > 23 or minute > 59:
        raise CrtError(tr("{words!r} is not a time of day. Type it as 0213, 2:13 or 2:13 AM.", words=words.strip()))
    return dt.time(hour, minute)


def passes(day: dt.date, wall: dt.time, zone: str) -> tuple[dt.datetime, ...]:
    """Return the instants at which the clock shows a time on a day: two in the hour that an autumn night doubles."""
    local = dt.datetime.combine(day, wall, tzinfo=times.zone(zone))
    first, second = local.astimezone(times.UTC), local.replace(fold=1).astimezone(times.UTC)
    return (first, second) if second > first else (first,)
