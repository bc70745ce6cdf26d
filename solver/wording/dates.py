"""Dates: days, months and weekdays in the language in use, each way of telling one under one name.

English is written day first, as the pages of this app always did; other languages as CLDR has them (Babel).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, Literal

from solver.wording.catalogue import used

Way = Literal[
    "day",
    "day year",
    "long day",
    "long day year",
    "weekday day",
    "weekday day year",
    "weekday long day",
    "long weekday long day",
    "long weekday long day year",
    "month",
    "long month",
    "month year",
    "short month year",
    "weekday",
    "long weekday",
]
"""How a date is told: `day` is 9 Jan, `long day` 9 January, `weekday day` Sat 9 Jan, `month year` January 2027."""

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _short(date: dt.date) -> str:
    return _SHORT[date.month - 1]


def _long(date: dt.date) -> str:
    return _LONG[date.month - 1]


def _weekday(date: dt.date) -> str:
    return _WEEKDAYS[date.weekday()]


_ENGLISH: Final[dict[Way, Callable[[dt.date], str]]] = {
    "day": lambda d: f"{d.day} {_short(d)}",
    "day year": lambda d: f"{d.day} {_short(d)} {d.year}",
    "long day": lambda d: f"{d.day} {_long(d)}",
    "long day year": lambda d: f"{d.day} {_long(d)} {d.year}",
    "weekday day": lambda d: f"{_weekday(d)[:3]} {d.day} {_short(d)}",
    "weekday day year": lambda d: f"{_weekday(d)[:3]} {d.day} {_short(d)} {d.year}",
    "weekday long day": lambda d: f"{_weekday(d)[:3]} {d.day} {_long(d)}",
    "long weekday long day": lambda d: f"{_weekday(d)} {d.day} {_long(d)}",
    "long weekday long day year": lambda d: f"{_weekday(d)} {d.day} {_long(d)} {d.year}",
    "month": _short,
    "long month": _long,
    "month year": lambda d: f"{_long(d)} {d.year}",
    "short month year": lambda d: f"{_short(d)} {d.year % 100:02}",
    "weekday": lambda d: _weekday(d)[:3],
    "long weekday": _weekday,
}
_SKELETONS: Final[dict[Way, str]] = {
    "day": "MMMd",
    "day year": "yMMMd",
    "long day": "MMMMd",
    "long day year": "yMMMMd",
    "weekday day": "MMMEd",
    "weekday day year": "yMMMEd",
    "weekday long day": "MMMMEd",
    "month year": "yMMMM",
    "short month year": "yyMMM",
}
"""CLDR's skeletons of the ways that hold more than one part."""
_PARTS: Final[dict[Way, str]] = {"month": "LLL", "long month": "LLLL", "weekday": "ccc", "long weekday": "cccc"}
"""CLDR's patterns of a part that stands alone."""


def say_date(day: dt.date, way: Way = "day") -> str:
    """Return a date as the language in use tells it."""
    if used().is_english:
        return _ENGLISH[way](day)
    return _other(day, way)


def weekday(number: int, way: Literal["weekday", "long weekday"] = "weekday") -> str:
    """Return the name of a weekday, Monday being 0."""
    return say_date(dt.date(2024, 1, 1 + number), way)


def month(number: int, way: Literal["month", "long month"] = "long month") -> str:
    """Return the name of a month, January being 1."""
    return say_date(dt.date(2024, number, 1), way)


def _other(day: dt.date, way: Way) -> str:
    from babel.dates import format_date, format_skeleton

    language = used().language
    if way == "long weekday long day":
        return f"{_other(day, 'long weekday')}, {_other(day, 'long day')}"
    if way == "long weekday long day year":
        return format_date(day, "full", locale=language)
    if way in _PARTS:
        return format_date(day, _PARTS[way], locale=language)
    return format_skeleton(_SKELETONS[way], day, locale=language)
