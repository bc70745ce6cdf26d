"""Times of an entry as people type them: local wall time to instants, and a sentence beside each part that is wrong."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from crt_scheduler import dates, times
from crt_scheduler.errors import Fault
from crt_scheduler.hours.ledger_values import LONGEST, Stretch
from solver.wording import tr

LONGEST_OVER_MIDNIGHT = 16 * 60
"""Minutes after which an end without a date is rather a slip than the next morning."""
LONGEST_TIME = len("12:00:00 p.m.")
"""Letters beyond which a text is no time alone: it has a date."""
EARLY = dt.timedelta(hours=3)
"""How long before its anchor something may begin."""
_WHOLE_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]0{1,2}:00(:00)?)?$")
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)(?::00)?$")


@dataclass
class _Reader:
    """Reads the parts of one entry and gathers what is wrong with them."""

    zone: times.Zone
    order: str
    anchor: dt.datetime | None = None
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, part: str, sentence: str) -> None:
        self.faults.append(Fault(part, sentence))

    def date(self, text: str) -> dt.date | None:
        try:
            return dates.date_in(text, self.order) if text else None
        except ValueError as fault:
            self.refuse("date", f"{text} {fault}.")
            return None


def read(
    *,
    date: str = "",
    start: str = "",
    end: str = "",
    minutes: str = "",
    zone: times.Zone,
    now: dt.datetime,
    order: str = "iso",
    anchor: dt.datetime | None = None,
) -> tuple[Stretch | None, tuple[Fault, ...]]:
    """Return the stretch that typed words mean, or what is wrong with them, part by part.

    Times are wall time of the zone, with or without their date; an end at or before the start by the clock is in the
    second pass of a doubled hour or, without a date of its own, on the next day. Minutes alone need a date. With an
    `anchor`, such as the start of a night shift, a clock time well before it is on the next day.
    """
    reader = _Reader(zone, order, anchor)
    if not date and start and not end and _WHOLE_DAY.match(start.strip()):  # with an end, midnight is a time
        date, start = start, ""
    day = reader.date(date.strip())
    begin = _begin(reader, day, start.strip(), date.strip())
    length = _length(reader, minutes.strip())
    finish = _end(reader, begin, end.strip())
    if not reader.faults:
        _refuse_missing(reader, day, begin, finish, length)
    if reader.faults:
        return None, tuple(reader.faults)
    if begin is not None and finish is None and length is not None:
        finish = begin + dt.timedelta(minutes=length)
    found = _stretch(reader, day, begin, finish, length)
    _refuse_unlikely(reader, found, now)
    return (None, tuple(reader.faults)) if reader.faults else (found, ())


def _begin(reader: _Reader, day: dt.date | None, text: str, date: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        if len(text) > LONGEST_TIME:
            return dates.moment_in(text, reader.order, reader.zone)
        wall = dates.time_in(text)
    except (ValueError, OverflowError) as fault:
        return _moment(reader, "start", text, fault)
    if day is None:
        if not date:
            reader.refuse("date", tr("Give the date, such as 2027-01-31."))
        return None
    if reader.anchor is not None and times.instant(day, wall, reader.zone) < reader.anchor - EARLY:
        day += dt.timedelta(days=1)
    return _shown(reader, "start", text, day, wall)


def _shown(reader: _Reader, part: str, text: str, day: dt.date, wall: dt.time) -> dt.datetime | None:
    """Return the instant at which the clocks showed a time, or refuse the one that they skipped."""
    try:
        return dates.wall_moment(day, wall, reader.zone)
    except ValueError as fault:
        reader.refuse(part, f"{text} {fault}.")
        return None


def _moment(reader: _Reader, part: str, text: str, fault: Exception) -> dt.datetime | None:
    """Return the instant of a date and a time, or refuse the text for the reason found before."""
    try:
        return dates.moment_in(text, reader.order, reader.zone)
    except (ValueError, OverflowError) as own:
        reader.refuse(part, f"{text} {own if len(text) > LONGEST_TIME else fault}.")
        return None


def _end(reader: _Reader, begin: dt.datetime | None, text: str) -> dt.datetime | None:
    if not text:
        return None
    if begin is None:
        if not reader.faults:
            reader.refuse("start", tr("Give the start too, or the minutes alone."))
        return None
    try:
        wall = dates.time_in(text)
    except ValueError as fault:
        found = _moment(reader, "end", text, fault)
        if found is None or found > begin:
            return found
        # the same clock time again: the second pass of a doubled hour, if there is one
        local = times.local(found, reader.zone)
        return times.instant_after(begin, local.date(), local.time(), reader.zone)
    ended = _clock_end(begin, wall, reader.zone)
    local = times.local(ended, reader.zone)
    return ended if local.time() == wall else _shown(reader, "end", text, local.date(), wall)


def _clock_end(begin: dt.datetime, wall: dt.time, zone: times.Zone) -> dt.datetime:
    """Return the end at a wall time: on the day it began if that lies after it, else on the next."""
    local = times.local(begin, zone)
    same = times.instant_after(begin, local.date(), wall, zone)
    if same > begin or wall == local.time().replace(second=0, microsecond=0):
        return same
    following = times.instant(local.date() + dt.timedelta(days=1), wall, zone)
    return following if following - begin <= dt.timedelta(minutes=LONGEST_OVER_MIDNIGHT) else same


def _length(reader: _Reader, text: str) -> int | None:
    if not text:
        return None
    clock = _DURATION.match(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    reader.refuse("minutes", tr("{text} is not a length; write minutes such as 90, or hours as 1:30.", text=text))
    return None


def _refuse_missing(
    reader: _Reader, day: dt.date | None, begin: dt.datetime | None, finish: dt.datetime | None, length: int | None
) -> None:
    if begin is not None and finish is None and length is None:
        reader.refuse("end", tr("Give the end too, or the minutes."))
    elif begin is None and length is None:
        reader.refuse("start" if day else "date", tr("Give start and end, or a date and the minutes."))
    elif begin is None and day is None:
        reader.refuse("date", tr("Give the date, such as 2027-01-31."))


def _stretch(
    reader: _Reader, day: dt.date | None, begin: dt.datetime | None, finish: dt.datetime | None, length: int | None
) -> Stretch:
    if begin is None or finish is None:
        assert day is not None and length is not None
        return Stretch(day, None, None, length)
    minutes = times.minutes(finish) - times.minutes(begin)
    began = times.local(begin, reader.zone).date()
    if minutes <= 0:
        at = times.stamp(finish, reader.zone)
        words = tr("The end {at} is not after the start. Correct one of them; a later day needs its date.", at=at)
        reader.refuse("end", words)
    elif length is not None and length != minutes:
        reader.refuse(
            "minutes",
            tr(
                "Start and end make {minutes} minutes, not {length}. Leave one of the two out.",
                minutes=minutes,
                length=length,
            ),
        )
    elif day is not None and began != day and reader.anchor is None:
        reader.refuse("date", tr("The start lies on {began}, not on {day}. Correct one of them.", began=began, day=day))
    return Stretch(began, begin, finish, minutes)


def _refuse_unlikely(reader: _Reader, found: Stretch, now: dt.datetime) -> None:
    if reader.faults:
        return
    if (found.end is not None and found.end > now) or found.date > times.local(now, reader.zone).date():
        part = "end" if found.end is not None else "date"
        reader.refuse(part, tr("This lies in the future. Log hours after they were given."))
    elif not 0 < found.minutes <= LONGEST:
        part = "minutes" if found.end is None else "end"
        reader.refuse(
            part,
            tr("One entry has from 1 minute to {longest} hours. Split a longer one by day.", longest=LONGEST // 60),
        )
