"""One timestamp as people and programs write it, in whatever parts, as the UTC instant it means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from crt_scheduler import times
from crt_scheduler.dates.clock_texts import is_end_of_day, time_in
from crt_scheduler.dates.day_texts import COUNTED, counted_in, date_in
from solver.wording import mark, tr

_OFFSET = re.compile(r"\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)$", re.IGNORECASE)
_PACKED = re.compile(r"(\d{8})[T ]?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?$")
_T = re.compile(r"(?<=\d)T(?=\d)", re.IGNORECASE)
NO_MOMENT = mark("is not a date and a time; write it as 2027-01-31 18:05")


class SkippedTime(ValueError):
    """A wall time that the clocks skipped; `moved` is the instant it would be if they had been set late."""

    def __init__(self, date: dt.date, wall: dt.time, moved: dt.datetime, clock: times.Clock) -> None:
        self.moved, self.words = (
            moved,
            tr("{clock} on {day}", clock=times.clock_words(wall, clock), day=times.day_words(date)),
        )
        super().__init__(tr("cannot be: the clocks skipped {words}; write the time that they showed", words=self.words))


def moment_in(text: str, order: str, zone: times.Zone) -> dt.datetime:
    """Return the UTC instant of a timestamp: wall time of the zone, unless it bears an offset, Z or UTC.

    Any date that `date_in` reads before any time that `time_in` reads; 202701311805; a date joined with a time cell
    (2027-01-31 00:00:00 18:05:00); in an order that ends in COUNTED a spreadsheet's or a program's number. Raises
    ValueError with the reason, and SkippedTime, which is one.
    """
    if len(text) > 10 and text[4] == "-" == text[7]:
        try:
            read = dt.datetime.fromisoformat(text)
        except ValueError:
            return _spoken(text, order, zone)
        if not times.is_near(read.year):
            raise ValueError(tr("has a year that cannot be meant; write it as 2027-01-31"))
        return read.astimezone(times.UTC) if read.tzinfo else wall_moment(read.date(), read.time(), zone)
    if order.endswith(COUNTED) and (counted := counted_in(text)) is not None:
        return counted if counted.tzinfo else wall_moment(counted.date(), counted.time(), zone)
    return _spoken(text, order, zone)


def wall_moment(date: dt.date, wall: dt.time, zone: times.Zone) -> dt.datetime:
    """Return the UTC instant of a wall time (in a doubled hour the first pass); raises SkippedTime."""
    found = times.instant(date, wall, zone)
    if times.local(found, zone).time() != wall:
        raise SkippedTime(date, wall, found, times.clock_of(zone))
    return found


def _spoken(text: str, order: str, zone: times.Zone) -> dt.datetime:
    bare, offset = _without_offset(text)
    if packed := _PACKED.match(bare):
        parts = (packed[1], f"{packed[2]}:{packed[3]}:{packed[4] or '00'}")
        return _moment(parts, order, zone, offset)
    if bare.casefold().endswith(("midnight", "medianoche")):
        raise ValueError(tr("may be the midnight that begins the day or that ends it; write 00:00 or 24:00"))
    why = tr(NO_MOMENT)
    for parts in _splits(_T.sub(" ", bare)):
        try:
            return _moment(parts, order, zone, offset)
        except SkippedTime:
            raise
        except ValueError as fault:
            why = str(fault) if ":" in parts[1] and parts[1][0].isdigit() else why
    raise ValueError(why)


def _without_offset(text: str) -> tuple[str, dt.tzinfo | None]:
    """Return the text without the offset that it ends in, and that; after a date alone -05 is a day."""
    found = _OFFSET.search(text)
    bare = text[: found.start()] if found else text
    if found is None or not (":" in bare or _PACKED.match(bare)):
        return text, None
    if found[1]:
        return bare, times.UTC
    hours, minutes = int(found[3]), int(found[4] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(tr("has an offset from UTC that no place has; write it as 2027-01-31 18:05"))
    apart = dt.timedelta(hours=hours, minutes=minutes)
    return bare, dt.timezone(apart if found[2] == "+" else -apart)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a text into a date and a time: the last word, the last two (6:05 PM), three (6 p. m.)."""
    words = text.split()
    for count in range(1, min(4, len(words))):
        yield " ".join(words[:-count]), " ".join(words[-count:])


def _moment(parts: tuple[str, str], order: str, zone: times.Zone, offset: dt.tzinfo | None) -> dt.datetime:
    day, clock = parts
    wall, date = time_in(clock, order), date_in(day, order)
    if is_end_of_day(clock):
        date += dt.timedelta(days=1)
    if offset is None:
        return wall_moment(date, wall, zone)
    return dt.datetime.combine(date, wall, tzinfo=offset).astimezone(times.UTC)
