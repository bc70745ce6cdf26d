"""Dates and times as people write them: ISO, month first or day first, decided by the whole column, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.imports.plan import Columns

Order = Literal["us", "eu", "iso"]
ORDERS: tuple[Order, ...] = ("us", "eu", "iso")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_SPOKEN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?m?\.?$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?(\.0+)?$")
_OFFSET = re.compile(r"\s*(Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)


class UnclearDates(CrtError):
    """A column of dates that two orders fit; `us` and `eu` are what `value` would mean with month or day first."""

    def __init__(self, file: str, column: str, value: str) -> None:
        self.file, self.column, self.value = file, column, value
        self.us, self.eu = (date_in(_day_part(value), order) for order in ("us", "eu"))
        super().__init__(
            f"{file}, column {column}: is {value} {times.day_words(self.us)} or {times.day_words(self.eu)}? No date in "
            "the file says which. Import again with --dates us (month first) or --dates eu (day first); --dates iso "
            "takes only 2027-01-31."
        )


@dataclass(frozen=True)
class Evidence:
    """What a column's own values say of its order: a value only one order fits, and one that both fit differently."""

    us: str = ""
    eu: str = ""
    either: str = ""


def orders(columns: Columns, dates: tuple[str, ...], said: str | None) -> dict[str, Order]:
    """Return the order of each date column in the file.

    `said` (us, eu, iso) settles it; else the column's own values do, else the file's other date columns. Raises
    CrtError asking for --dates where nothing does, and where one column holds both orders.
    """
    if said is not None and said not in ORDERS:
        raise CrtError(f"--dates {said} is not known. Use us (month first), eu (day first) or iso.")
    held = [ours for ours in dates if columns.has(ours)]
    if said is not None:
        return dict.fromkeys(held, next(order for order in ORDERS if order == said))
    evidence = {ours: _evidence(columns, ours) for ours in held}
    decided = {ours: _decided(columns, ours, found) for ours, found in evidence.items()}
    others: set[Order] = {order for order in decided.values() if order is not None}
    sole: Order = next(iter(others)) if len(others) == 1 else "us"
    result: dict[str, Order] = {}
    for ours, own in decided.items():
        if own is None and evidence[ours].either and len(others) != 1:
            raise UnclearDates(columns.sheet.path.name, columns.named(ours), evidence[ours].either)
        result[ours] = sole if own is None else own
    return result


def _evidence(columns: Columns, ours: str) -> Evidence:
    us = eu = either = ""
    name = columns.named(ours)
    for row in columns.sheet.rows:
        found = _SPOKEN.match(_day_part(row.cells[name]))
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            eu = eu or row.cells[name]
        elif second > 12 >= first:
            us = us or row.cells[name]
        elif first != second and times.is_near(int(found[4])):
            either = either or row.cells[name]
    return Evidence(us, eu, either)


def _day_part(text: str) -> str:
    return text.partition(" ")[0].rstrip(",")


def _decided(columns: Columns, ours: str, found: Evidence) -> Order | None:
    if found.us and found.eu:
        raise CrtError(
            f"{columns.sheet.path.name}, column {columns.named(ours)}: {found.us} has the month first and {found.eu} "
            "the day first. Write every date as 2027-01-31, or say which with --dates us|eu|iso."
        )
    return "us" if found.us else "eu" if found.eu else None


def date_in(text: str, order: str) -> dt.date:
    """Return the date of a text in an order; ISO and d.m.yyyy are read in any. Raises ValueError with the reason."""
    plain = _MIDNIGHT.sub("", text)
    found = _ISO.match(plain)
    if found:
        return _date(int(found[1]), int(found[3]), int(found[4]))
    found = _SPOKEN.match(plain)
    if found is None or (order == "iso" and found[2] != "."):
        raise ValueError("is not a date; write it as 2027-01-31")
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if order == "eu" or found[2] == ".":
        return _date(year, second, first)
    return _date(year, first, second)


def _date(year: int, month: int, day: int) -> dt.date:
    if not times.is_near(year):
        raise ValueError("has a year that cannot be meant; write it as 2027-01-31")
    try:
        return dt.date(year, month, day)
    except ValueError as fault:
        raise ValueError("is no day of the calendar; write it as 2027-01-31") from fault


def time_in(text: str) -> dt.time:
    """Return the wall time of HH:MM, HH:MM:SS or 6:30 PM (24:00 is midnight); raises ValueError with the reason."""
    found = _TIME.match(text)
    if found is None:
        raise ValueError("is not a time; write it as 18:00")
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("is not a time; write it as 18:00 or 6:00 PM")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("is not a time of day; write it as 18:00")
    return dt.time(hour, minute, second)


def moment_in(text: str, order: str, zone: str) -> dt.datetime:
    """Return the UTC instant of a timestamp: wall time of the zone, unless it bears an offset or Z.

    Raises ValueError with the reason.
    """
    if len(text) > 10 and text[4] == "-":
        try:
            read = dt.datetime.fromisoformat(text)
        except ValueError:
            return _spoken_moment(text, order, zone)
        _date(read.year, read.month, read.day)
        return times.instant(read.date(), read.time(), zone) if read.tzinfo is None else read.astimezone(times.UTC)
    return _spoken_moment(text, order, zone)


def _spoken_moment(text: str, order: str, zone: str) -> dt.datetime:
    offset = _OFFSET.search(text)
    bare = text[: offset.start()] if offset and ":" in text[: offset.start()] else text
    parts = re.split(r"[ T,]+", bare, maxsplit=1)
    if len(parts) < 2:
        raise ValueError("is not a date and a time; write it as 2027-01-31 18:05")
    date, wall = date_in(parts[0], order), time_in(parts[1])
    if parts[1].startswith("24"):
        date += dt.timedelta(days=1)
    if bare is text:
        return times.instant(date, wall, zone)
    return dt.datetime.fromisoformat(f"{date}T{wall}{text[len(bare) :].strip().upper()}").astimezone(times.UTC)
