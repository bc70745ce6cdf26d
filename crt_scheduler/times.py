"""The only place of local time: wall time and zone to UTC instants, across clock changes."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from crt_scheduler.errors import CrtError
from solver.wording import say_date, tr

UTC = dt.UTC
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = dt.timedelta(minutes=1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALL_WEEK = 127
Clock = Literal["12", "24"]
"""How an hour is told: 6:00 PM or 18:00."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that a date or an instant may lie in: spreadsheets' empty dates are of 1900, and a year or a zone's offset
either way must still be a date. What lies outside is a slip of the pen."""


class Zone(str):
    """A zone's name that knows how its people tell the hour; what tells one asks for it, as a plain name cannot say."""

    clock: Clock

    def __new__(cls, name: str, clock: Clock = "24") -> Zone:
        """Return the name with a clock of 12 or 24 hours."""
        made = super().__new__(cls, name)
        made.clock = clock
        return made


def zone(name: str) -> ZoneInfo:
    """Return the IANA zone; raises CrtError for a name that no zone has."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise CrtError(
            tr("No time zone is called {name!r}. Use a name such as America/Los_Angeles.", name=name)
        ) from fault


def instant(date: dt.date, wall: dt.time, zone_name: str) -> dt.datetime:
    """Return the UTC instant of a wall time on a date.

    In a doubled hour the first pass is meant; a wall time that a spring night skips moves forward by the gap
    (PEP 495, fold=0).
    """
    local = dt.datetime.combine(date, wall.replace(tzinfo=None), tzinfo=zone(zone_name))
    return local.astimezone(UTC)


def instant_after(moment: dt.datetime, date: dt.date, wall: dt.time, zone_name: str) -> dt.datetime:
    """Return the UTC instant of a wall time on a date; in a doubled hour the first pass that lies after a moment.

    Where neither pass lies after the moment, the last one is returned: it is for the caller to refuse.
    """
    first = instant(date, wall, zone_name)
    local = dt.datetime.combine(date, wall.replace(tzinfo=None, fold=1), tzinfo=zone(zone_name))
    return first if first > moment else max(first, local.astimezone(UTC))


def span(date: dt.date, start: dt.time, end: dt.time, zone_name: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the UTC start and end of a shift from wall times; an end not after the start is on the next day.

    A night over a clock change is therefore 11 or 13 hours: hours come from instants. Only a start inside the hour
    that a spring night skips could pass the end by moving forward; such a shift keeps its length on the wall clock.
    """
    last = date if end > start else date + dt.timedelta(days=1)
    begin, finish = instant(date, start, zone_name), instant(last, end, zone_name)
    if finish <= begin:
        finish = begin + (dt.datetime.combine(last, end) - dt.datetime.combine(date, start))
    return begin, finish


def local(moment: dt.datetime, zone_name: str) -> dt.datetime:
    """Return a UTC instant as wall time of the zone."""
    return moment.astimezone(zone(zone_name))


def local_minutes(moments: NDArray[np.int64], zone_name: str) -> NDArray[np.int64]:
    """Return UTC minutes since 1970 as wall-clock minutes since 1970, a whole array at once.

    The zone is asked once per UTC day, and per moment only on days whose offset changes.
    """
    days, place = np.unique(moments // 1440, return_inverse=True)
    begins = np.array(sorted({*days.tolist(), *(days + 1).tolist()}), dtype=np.int64)
    there = np.array([_offset(int(day) * 1440, zone_name) for day in begins], dtype=np.int64)
    first, last = (there[np.searchsorted(begins, day)] for day in (days, days + 1))
    offsets = first[place]
    for n in np.flatnonzero((first != last)[place]):
        offsets[n] = _offset(int(moments[n]), zone_name)
    result: NDArray[np.int64] = moments + offsets
    return result


def steady_offset(start: int, end: int, zone_name: str) -> int | None:
    """Return the minutes that a zone's clocks are ahead of UTC on the days of a stretch; None where they change.

    The stretch is in UTC minutes since 1970, its end not included.
    """
    there = {_offset(day * 1440, zone_name) for day in range(start // 1440, (end - 1) // 1440 + 2)}
    return there.pop() if len(there) == 1 else None


@lru_cache(maxsize=1 << 14)
def _offset(minute: int, zone_name: str) -> int:
    """Return the minutes that a zone's clocks are ahead at a minute since 1970."""
    local = from_minutes(minute).astimezone(zone(zone_name))
    return round((local.utcoffset() or dt.timedelta()).total_seconds() / 60)


def minutes(moment: dt.datetime) -> int:
    """Return whole minutes since 1970-01-01T00:00Z."""
    return (moment - EPOCH) // MINUTE


def moment(words: str) -> dt.datetime:
    """Return an instant written in ISO 8601, in UTC where it names no zone; raises CrtError for anything else."""
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError as fault:
        raise CrtError(tr("{shown} is not a time. Write it as 2026-12-15T09:00Z.", shown=shown(words))) from fault
    refuse_far(found.year, words)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def date(words: str) -> dt.date:
    """Return a date written YYYY-MM-DD; raises CrtError for anything else and for a year that cannot be meant."""
    try:
        found = dt.date.fromisoformat(words)
    except ValueError as fault:
        raise CrtError(tr("{shown} is not a date. Write it as 2027-01-09.", shown=shown(words))) from fault
    refuse_far(found.year, words)
    return found


def is_near(year: int) -> bool:
    """Can a year be meant at all?"""
    return FIRST_YEAR <= year <= LAST_YEAR


def refuse_far(year: int, words: str) -> None:
    """Raise CrtError for a year that cannot be meant, with what was typed."""
    if not is_near(year):
        raise CrtError(
            tr(
                "{shown} lies outside the years {first_year} to {last_year}. Check the year.",
                shown=shown(words),
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            )
        )


def shown(words: str, *, most: int = 60) -> str:
    """Return what somebody typed as a sentence repeats it: in quotes, cut where it runs on."""
    return repr(words if len(words) <= most else f"{words[:most]}…")


def from_minutes(count: int) -> dt.datetime:
    """Return the UTC instant of whole minutes since 1970-01-01T00:00Z."""
    return EPOCH + dt.timedelta(minutes=count)


def month_days(month: str) -> list[dt.date]:
    """Return the dates of a month written YYYY-MM; raises CrtError for anything else."""
    first = parse_month(month)
    count = calendar.monthrange(first.year, first.month)[1]
    return [first + dt.timedelta(days=n) for n in range(count)]


def parse_month(month: str) -> dt.date:
    """Return the first day of a month written YYYY-MM; raises CrtError for anything else.

    A year beside those allowed is let through, so that the months beside the first and the last one have a name.
    """
    try:
        if len(month) != len("2027-01"):
            raise ValueError(month)
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError as fault:
        raise CrtError(tr("{shown} is not a month. Write it as 2027-01.", shown=shown(month))) from fault
    if not FIRST_YEAR - 1 <= first.year <= LAST_YEAR + 1:
        refuse_far(first.year, month)
    return first


def month_of(date: dt.date) -> str:
    """Return the month of a date as YYYY-MM."""
    return f"{date.year:04d}-{date.month:02d}"


def next_month(date: dt.date) -> str:
    """Return the month after the one that holds the date, as YYYY-MM."""
    return month_of((date.replace(day=1) + dt.timedelta(days=32)).replace(day=1))


def previous_month(month: str) -> str:
    """Return the month before a month written YYYY-MM."""
    return month_of(parse_month(month) - dt.timedelta(days=1))


def month_words(month: str) -> str:
    """Return a month written YYYY-MM as people say it, such as January 2027."""
    return say_date(parse_month(month), "month year")


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield each date from first to last, both included."""
    for n in range((last - first).days + 1):
        yield first + dt.timedelta(days=n)


def weekday_mask(names: list[str]) -> int:
    """Return a bit mask (Monday is bit 0) of weekday names such as Mon; no names mean every day.

    Raises CrtError for a word that is no weekday.
    """
    if not names:
        return ALL_WEEK
    mask = 0
    for name in names:
        short = name.strip()[:3].title()
        if short not in WEEKDAYS or len(name.strip()) < 2:
            raise CrtError(tr("{name!r} is not a weekday. Use {names}.", name=name, names=", ".join(WEEKDAYS)))
        mask |= 1 << WEEKDAYS.index(short)
    return mask


def weekday_names(mask: int) -> list[str]:
    """Return the weekday names of a bit mask, Monday first."""
    return [name for bit, name in enumerate(WEEKDAYS) if mask >> bit & 1]


def on_weekday(date: dt.date, mask: int) -> bool:
    """Is the date on one of the weekdays of the mask?"""
    return bool(mask >> date.weekday() & 1)


def day_words(date: dt.date) -> str:
    """Return a date as people say it, such as Sat 3 May 2027."""
    return say_date(date, "weekday day year")


def clock_words(wall: dt.time | dt.datetime, clock: Clock) -> str:
    """Return a wall time as a clock of 12 or 24 hours tells it: 6:00 PM or 18:00."""
    if clock == "24":
        return f"{wall:%H:%M}"
    return f"{wall.hour % 12 or 12}:{wall.minute:02d} {'AM' if wall.hour < 12 else 'PM'}"


def hour_words(hour: int, clock: Clock) -> str:
    """Return a whole hour (24 ends the day) as a clock of 12 or 24 hours tells it in little room: 6 PM or 18."""
    if clock == "24":
        return f"{hour:02d}"
    return f"{hour % 12 or 12} {'AM' if hour % 24 < 12 else 'PM'}"


def shift_words(start: dt.time, end: dt.time, clock: Clock) -> str:
    """Return the hours of a shift in little room, minutes only where there are some: 18–06 or 6 PM–6 AM."""
    return "–".join(clock_words(wall, clock) if wall.minute else hour_words(wall.hour, clock) for wall in (start, end))


def clock_at(moment: dt.datetime, zone_name: Zone) -> str:
    """Return the wall time of an instant as the people of the zone tell it."""
    return clock_words(local(moment, zone_name), clock_of(zone_name))


def stamp(moment: dt.datetime, zone_name: Zone) -> str:
    """Return an instant as a list tells it: its local date and wall time, such as 2027-01-31 18:05."""
    return f"{local(moment, zone_name).date()} {clock_at(moment, zone_name)}"


def clock_of(zone_name: Zone) -> Clock:
    """Return the clock that a zone's people read."""
    return zone_name.clock


def week_from(first: int) -> tuple[int, ...]:
    """Return the seven weekdays (Monday is 0) of a week that begins with one of them."""
    return tuple((first + n) % 7 for n in range(7))


def hours_words(count: int) -> str:
    """Return minutes as h:mm, such as 36:00."""
    sign = "-" if count < 0 else ""
    return f"{sign}{abs(count) // 60}:{abs(count) % 60:02d}"
