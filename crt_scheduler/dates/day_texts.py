"""One date as people write it, read in an order of month and day; what has two meanings is refused, never guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from crt_scheduler import times
from solver.wording import mark, tr

COUNTED: Final = "+counted"
"""Ends an order whose column counts days since 1900, as spreadsheets do, or seconds since 1970, as programs do."""
Order = str
"""us, eu or iso, with COUNTED behind it where the column's bare numbers are days or seconds."""
ORDERS: Final[tuple[Order, ...]] = ("us", "eu", "iso")
PIVOT: Final = 69
"""From this two-digit year on the 1900s are meant, as POSIX has it: 68 is 2068 and 69 is 1969."""
MOST_APART: Final = 330
"""Days that a date without a year lies at most from the month that is meant."""
EXCEL_DAY_0: Final = dt.date(1899, 12, 30)
"""What a spreadsheet counts days from (its 29 February 1900, which never was, lies before any date that is meant)."""
WRITE: Final = mark("write it as 2027-01-31")
NO_YEAR: Final = mark("has no year; {write}")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)$")
_SPOKEN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?$")
_TH = r"(?:st|nd|rd|th|\.|º)?"
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}}){_TH}[\s\-/]*(?:(?:de|of) )?([a-z]{{3,10}})\.?(?:[\s\-/,]+(?:del? )?'?(\d{{4}}|\d{{2}}))?$"
)
_NAMED_DAY = re.compile(rf"([a-z]{{3,10}})\.?([\s\-/]*)(\d{{1,2}}){_TH}(?:[\s\-/,]+'?(\d{{4}}|\d{{2}}))?$")
_YEAR_NAMED = re.compile(r"(\d{4})[\s\-/]+([a-z]{3,10})\.?[\s\-/]+(\d{1,2})$")
_MIDNIGHT = re.compile(r"[ T](?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)? ?am)$", re.IGNORECASE)
_DAYS = re.compile(r"[1-9]\d{4}(\.\d+)?$")
_SECONDS = re.compile(r"(\d{10})(\d{3})?(?:\.0+)?$")
_WEEKDAY = re.compile(r"([a-z]{2,9})\b[.,]* ?(?=\S)")
_WEEKDAYS: Final = (
    ("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miercoles"), ("thursday", "jueves"),
    ("friday", "viernes"), ("saturday", "sabado"), ("sunday", "domingo"),
)  # fmt: skip
_MONTHS: Final = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre", "setiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip


def _short(names: tuple[tuple[str, ...], ...], letters: int) -> dict[str, int]:
    """Return the place of each name, whole or cut to so many letters or more ("sept")."""
    places = enumerate(names)
    return {word[:n]: place for place, words in places for word in words for n in range(letters, len(word) + 1)}


MONTHS: Final = _short(_MONTHS, 3)
WEEKDAYS: Final = _short(_WEEKDAYS, 3) | {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}


def date_in(text: str, order: str, *, near: dt.date | None = None) -> dt.date:
    """Return the date of a text; only 1/9/2027 and its like need the order (us: month first, eu: day first, iso: none).

    Read in any order are 2027-01-09, 2027.1.9, 9.1.2027, 20270109, 9 Jan 2027, Jan 9, 2027, 9-Jan-27 and 9 de enero
    de 2027, with or without a weekday, which must be right. Years of two digits are 1969 to 2068. With `near` a
    date without a year has the one that brings it nearest (and makes its weekday right). In an order that ends in
    COUNTED bare numbers are read as days or seconds. Raises ValueError with the reason for anything else.
    """
    plain = _MIDNIGHT.sub("", text).strip().rstrip(",")
    found = _ISO.match(plain) or _PACKED.match(plain)
    if found:
        return _date(int(found[1]), int(found[found.re.groups - 1]), int(found[found.re.groups]))
    if order.endswith(COUNTED) and (counted := counted_in(plain)) is not None:
        return _whole_day(counted)
    weekday, (year, month, day) = _read(fold(plain), order.removesuffix(COUNTED))
    if year is None:
        return _nearest(month, day, weekday, near)
    date = _date(year, month, day)
    if weekday is not None and date.weekday() != weekday:
        raise ValueError(
            tr(
                "is a {day}, not a {weekdays}; correct one of them",
                day=times.day_words(date)[:3],
                weekdays=times.WEEKDAYS[weekday],
            )
        )
    return date


def counted_in(text: str) -> dt.datetime | None:
    """Return the moment of a bare number: wall time for a spreadsheet's days, UTC for seconds; None for others."""
    if _DAYS.match(text):
        exact = dt.datetime.combine(EXCEL_DAY_0, dt.time()) + dt.timedelta(days=float(text), milliseconds=500)
        return exact.replace(microsecond=0)
    seconds = _SECONDS.match(text)
    if seconds and int(seconds[1]) < 7_258_118_400:  # the year 2200
        return times.EPOCH + dt.timedelta(seconds=int(seconds[1]), milliseconds=int(seconds[2] or 0))
    return None


def fold(text: str) -> str:
    """Return the text in small letters without accents and with single blanks."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.split())


def _split(text: str) -> tuple[int | None, str]:
    """Return the weekday a folded text begins or ends with, and the rest of it."""
    found = _WEEKDAY.match(text)
    if found and found[1] in WEEKDAYS and text[found.end() :]:
        return WEEKDAYS[found[1]], text[found.end() :]
    rest, _, last = text.rpartition(" ")
    last = last.strip("(),.")
    return (WEEKDAYS[last], rest.rstrip(",")) if last in WEEKDAYS and rest else (None, text)


def _read(text: str, order: str) -> tuple[int | None, tuple[int | None, int, int]]:
    """Return a folded text's weekday and parts; Mar 9 is March's, mar 9 ene a Tuesday's (martes)."""
    try:
        return None, _parts(text, order)
    except ValueError:
        weekday, rest = _split(text)
        if weekday is None:
            raise
        return weekday, _parts(rest, order)


def _parts(text: str, order: str) -> tuple[int | None, int, int]:
    """Return year (or None), month and day of a folded text without its weekday."""
    if found := _ISO.match(text):  # behind a weekday
        return int(found[1]), int(found[3]), int(found[4])
    spoken = _SPOKEN.match(text)
    if spoken:
        return _spoken(spoken, order)
    if found := _DAY_NAMED.match(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _NAMED_DAY.match(text):
        if found[4] is None and "-" in found[2]:  # a spreadsheet's Jan-27 may be the month of a year
            raise ValueError(tr(NO_YEAR, write=tr(WRITE)))
        return _year(found[4]), _month(found[1]), int(found[3])
    if found := _YEAR_NAMED.match(text):
        return int(found[1]), _month(found[2]), int(found[3])
    raise ValueError(tr("is not a date; {write}", write=tr(WRITE)))


def _spoken(found: re.Match[str], order: str) -> tuple[int | None, int, int]:
    if order == "iso" and found[2] != ".":
        raise ValueError(tr("is not a date; {write}", write=tr(WRITE)))
    first, second, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "-" and year and len(year) == 2 and first > 12 and 0 < int(year) < 32:
        raise ValueError(tr("may begin or end with its year; {write}", write=tr(WRITE)))
    is_day_first = order == "eu" or found[2] == "."
    return _year(year), *((second, first) if is_day_first else (first, second))


def _year(text: str | None) -> int | None:
    if text is None or len(text) > 2:
        return None if text is None else int(text)
    return int(text) + (1900 if int(text) >= PIVOT else 2000)


def _month(word: str) -> int:
    if word not in MONTHS:
        raise ValueError(tr("is not a date; {write}", write=tr(WRITE)))
    return MONTHS[word] + 1


def _nearest(month: int, day: int, weekday: int | None, near: dt.date | None) -> dt.date:
    """Return the date of a month and a day in the nearest year, of those in which its weekday is right."""
    if near is None:
        raise ValueError(tr(NO_YEAR, write=tr(WRITE)))
    found = []
    for year in range(near.year - 1, near.year + 2):
        try:
            found.append(_date(year, month, day))
        except ValueError:
            continue  # 29 February
    apart = sorted((abs((date - near).days), date) for date in found if weekday in (None, date.weekday()))
    if apart and apart[0][0] < MOST_APART:
        return apart[0][1]
    if weekday is not None and found:
        raise ValueError(
            tr(
                "is not a {weekdays} in any year near {year}; correct one of them",
                weekdays=times.WEEKDAYS[weekday],
                year=near.year,
            )
        )
    raise ValueError(tr("is no day of the calendar in a year near {year}; {write}", year=near.year, write=tr(WRITE)))


def _whole_day(counted: dt.datetime) -> dt.date:
    if counted.time() != dt.time():
        raise ValueError(tr("holds a time of day too; {write}", write=tr(WRITE)))
    return _date(counted.year, counted.month, counted.day)


def _date(year: int, month: int, day: int) -> dt.date:
    if not times.is_near(year):
        raise ValueError(tr("has a year that cannot be meant; {write}", write=tr(WRITE)))
    try:
        return dt.date(year, month, day)
    except ValueError as fault:
        raise ValueError(tr("is no day of the calendar; {write}", write=tr(WRITE))) from fault
