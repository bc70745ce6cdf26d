"""The days and hours that a line of availability means: a date, a stretch of dates, weekdays, or a calendar's event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crt_scheduler import dates, times
from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Field
from crt_scheduler.imports.change_plan import Reader, plain
from crt_scheduler.sheets import Sheet
from solver.wording import mark, tr

FIELDS = (
    Field(
        "from", mark("From"), "date", ("from", "first", "start date", "from date", "date", "dates", "unavailable",
        "unavailable dates", "dates unavailable", "dates not available", "blackout dates", "dates you cannot work",
        "dates you can not work", "dates you cannot serve", "dates you are unavailable", "days off", "vacation",
        "vacation dates", "available dates", "dates available", "dates you can work", "dates you can serve",
        "dates you are available", "start date time", "start date time mm dd yyyy", "date time", "when"),
    ),
    Field(
        "to", mark("To"), "date", ("to", "last", "end date", "to date", "until", "end date time",
        "end date time mm dd yyyy"),
    ),
    Field("weekdays", mark("Weekdays"), "choice", ("weekdays", "days", "weekday", "day of week")),
    Field("start", mark("Start"), "text", ("start", "start time", "from time", "begins")),
    Field("end", mark("End"), "text", ("end", "end time", "to time", "ends")),
)  # fmt: skip
ALL_DAY = "all_day_event"
EVERY_DAY = Field(ALL_DAY)
"""A field that only the export of a calendar program has, such as Outlook's."""
EVENT = {"from": "start_date", "start": "start_time", "to": "end_date", "end": "end_time"}
FOREVER = frozenset(
    (
        "forever", "for_ever", "until_further_notice", "till_further_notice", "further_notice", "ufn", "open",
        "open_ended", "open_end", "no_end", "no_end_date", "indefinite", "indefinitely", "ongoing", "permanent",
        "permanently", "always", "onwards",
    )
)  # fmt: skip
"""What says that a line has no last day; an empty cell does not."""
YES, NO = (
    frozenset(("true", "yes", "y", "1", "x", "wahr", "ja", "on")),
    frozenset(("", "false", "no", "n", "0", "falsch", "nein", "off")),
)
MIDNIGHT = dt.time()
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From a first to a last date (None: open), on weekdays, between two wall times (None: the whole day)."""

    first: dt.date | None
    last: dt.date | None
    weekdays: int = times.ALL_WEEK
    start: dt.time | None = None
    end: dt.time | None = None


def event_columns(sheet: Sheet, mapping: dict[str, str]) -> dict[str, str]:
    """Return the mapping with the columns of a calendar program's export, where the file is one."""
    header = {plain(name): name for name in sheet.header}
    if ALL_DAY not in header and not all(name in header for name in EVENT.values()):
        return mapping
    theirs = {ours: header[name] for ours, name in EVENT.items() if name in header and ours not in header}
    return theirs | ({ALL_DAY: header[ALL_DAY]} if ALL_DAY in header else {}) | mapping


def is_event(reader: Reader) -> bool:
    """Is a line an event of a calendar program, which runs from one moment to another?"""
    theirs = [reader.columns.theirs.get(ours, "") for ours in EVENT]
    return reader.columns.has(ALL_DAY) or [plain(name) for name in theirs] == list(EVENT.values())


def days_in(reader: Reader, orders: dict[str, dates.Order]) -> list[Days]:
    """Return what a line means, or nothing where it is refused.

    One date without an end means that day: an open end needs a word, such as forever.
    """
    if (moments := _moments(reader, orders)) is not None:
        return moments
    first, last = _date(reader, "from", orders), _last(reader, orders)
    start, end = _time(reader, "start", orders), _time(reader, "end", orders)
    weekdays = _weekdays(reader)
    if reader.bad:
        return []
    if is_event(reader):
        return list(_event(reader, (first, last), (start, end)))
    if bool(reader.text("start")) != bool(reader.text("end")):
        missing = "end" if reader.text("start") else "start"
        reader.refuse(missing, tr("give both start and end, or neither for the whole day"))
    if first is not None and last is None and not _is_open(reader):
        if weekdays != times.ALL_WEEK:
            reader.refuse("to", tr("give the last day these weekdays hold for, or write forever"))
        last = first
    if first is not None and last is not None and first > last:
        reader.refuse("to", tr("is before the from date {first}; exchange the two", first=first))
    return [] if reader.bad else [Days(first, last, weekdays, start, end)]


_WITH_TIME = re.compile(
    r"(.*\d)(?:T|[ ,]+|, at )(\d{1,2}(?:[:.]\d{2}){1,2} ?(?:[ap]\.?m?\.?)?|\d{1,2} ?[ap]m|noon|midnight)", re.IGNORECASE
)


def _moments(reader: Reader, orders: dict[str, dates.Order]) -> list[Days] | None:
    """Return the days between two moments (Sat 06:00 to Tue 18:00), where the dates of a line bear times; else None."""
    if reader.text("start") or reader.text("end"):
        return None
    parts = {ours: _WITH_TIME.fullmatch(reader.text(ours)) for ours in ("from", "to")}
    if not any(found is not None and _clock(found[2]) not in (None, MIDNIGHT) for found in parts.values()):
        return None  # a spreadsheet writes midnight behind every date
    read: list[dt.datetime] = []
    for ours, found in parts.items():
        try:
            if found is None:
                raise ValueError(tr("give the time too, as the other date of this line has one"))
            day = dates.date_in(found[1], orders[ours])
            read.append(dt.datetime.combine(day, dates.time_in(found[2])))
        except (ValueError, KeyError) as fault:
            reader.refuse(ours, str(fault) if isinstance(fault, ValueError) else tr("give the moment it ends"))
    if len(read) == 2 and read[0] >= read[1]:
        reader.refuse("to", tr("is before the moment it begins; exchange the two"))
    return [] if reader.bad else list(span(read[0], read[1]))


def _clock(text: str) -> dt.time | None:
    try:
        return dates.time_in(text)
    except ValueError:
        return None


def _is_open(reader: Reader) -> bool:
    return plain(reader.text("to").replace("-", " ").rstrip(".")) in FOREVER


def _last(reader: Reader, orders: dict[str, dates.Order]) -> dt.date | None:
    return None if _is_open(reader) else _date(reader, "to", orders)


def _event(
    reader: Reader, days: tuple[dt.date | None, dt.date | None], hours: tuple[dt.time | None, dt.time | None]
) -> Iterator[Days]:
    """Yield the days of an event: the date it ends on is not one of them where it lasts all day or until midnight."""
    first, last = days[0], days[1] or days[0]
    if first is None or last is None:
        reader.refuse("from", tr("an event needs the date it begins on"))
        return
    start, end = hours[0] or MIDNIGHT, hours[1] or MIDNIGHT
    is_whole = _is_all_day(reader) or not (reader.text("start") or reader.text("end"))
    if reader.bad:
        return
    if is_whole:
        start = end = MIDNIGHT
        last = max(last, first + ONE_DAY)
    if dt.datetime.combine(first, start) >= dt.datetime.combine(last, end):
        reader.refuse("end" if first == last else "to", tr("the event ends before it begins; correct one of the two"))
        return
    yield from span(dt.datetime.combine(first, start), dt.datetime.combine(last, end))


def day_before(reader: Reader, orders: dict[str, dates.Order], found: list[Days]) -> dt.date | None:
    """Return the last day of an event that ends with the day before its end date, as calendar programs write it."""
    if not (is_event(reader) and found and found[-1].end is None and reader.text("to")):
        return None
    last = found[-1].last
    return last if last is not None and last + ONE_DAY == _date(reader, "to", orders) else None


def _is_all_day(reader: Reader) -> bool:
    word = plain(reader.text(ALL_DAY))
    if word not in YES | NO:
        reader.refuse(ALL_DAY, tr("write True or False"))
    return word in YES


def span(begin: dt.datetime, finish: dt.datetime) -> Iterator[Days]:
    """Yield the days and hours between two wall times, all of them: a part of the first day, whole days, a last part.

    A night of less than a day stays one stretch.
    """
    first, last = begin.date(), finish.date()
    if begin.time() != MIDNIGHT and finish - begin < ONE_DAY:
        yield Days(first, first, start=begin.time(), end=finish.time())
        return
    if begin.time() != MIDNIGHT:
        yield Days(first, first, start=begin.time(), end=MIDNIGHT)
        first += ONE_DAY
    if first < last:
        yield Days(first, last - ONE_DAY)
    if finish.time() != MIDNIGHT:
        yield Days(last, last, start=MIDNIGHT, end=finish.time())


def _date(reader: Reader, ours: str, orders: dict[str, dates.Order]) -> dt.date | None:
    text = reader.text(ours)
    try:
        return dates.date_in(text, orders[ours]) if text else None
    except ValueError as fault:
        reader.refuse(ours, str(fault))
        return None


def _time(reader: Reader, ours: str, orders: dict[str, dates.Order]) -> dt.time | None:
    text = reader.text(ours)
    try:
        return dates.time_in(text, orders[ours]) if text else None
    except ValueError as fault:
        reader.refuse(ours, str(fault))
        return None


def _weekdays(reader: Reader) -> int:
    try:
        return times.weekday_mask(reader.several("weekdays"))
    except CrtError as fault:
        reader.refuse("weekdays", str(fault))
        return times.ALL_WEEK
