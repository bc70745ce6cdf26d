"""Dates as people type them: 9 jan, 2027-01-09, tomorrow, a weekday, a month."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from PySide6.QtCore import QLocale

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from ui.match import folded
from ui.words import tr

AHEAD = 2
"""How many coming Fridays "fri" offers."""
NUMBERS = re.compile(r"\d+")


def dates_in(words: str, *, today: dt.date) -> list[dt.date]:
    """Return the dates that the words may mean, likeliest first; none for words that name no date."""
    query = folded(words).replace(",", " ").replace(".", " ").strip()
    if not query:
        return []
    exact = _iso(query)
    if exact:
        return [exact]
    near = [today + dt.timedelta(days=n) for n, name in _near() if len(query) > 2 and folded(name).startswith(query)]
    return near or _weekdays(query, today) or _day_and_month(query, today)


def months_in(words: str, *, today: dt.date) -> list[str]:
    """Return the months that the words name as YYYY-MM: a name, a name and year, or 2027-01."""
    query = folded(words).replace(",", " ").strip()
    if re.fullmatch(r"\d{4}-\d{2}", query):
        return [query] if _date(int(query[:4]), int(query[5:]), 1) else []
    name, _, year = query.partition(" ")
    if year and not re.fullmatch(r"\d{4}", year):
        return []
    years = [int(year)] if year else [today.year, today.year + 1]
    found = [_date(each, month, 1) for each in years for month in _months(name)]
    return [f"{day:%Y-%m}" for day in found if day and (year or day >= today.replace(day=1) - dt.timedelta(days=92))]


def _near() -> list[tuple[int, str]]:
    return [(0, tr("today")), (1, tr("tomorrow")), (-1, tr("yesterday"))]


def _iso(query: str) -> dt.date | None:
    try:
        return times.date(query) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", query) else None
    except CrtError:
        return None


def _weekdays(query: str, today: dt.date) -> list[dt.date]:
    if len(query) < 3:
        return []
    for number, names in enumerate(_day_names(QLocale().name()), 1):
        if any(name.startswith(query) for name in names):
            first = today + dt.timedelta(days=(number - today.isoweekday()) % 7)
            return [first + dt.timedelta(days=7 * week) for week in range(AHEAD)]
    return []


def _day_and_month(query: str, today: dt.date) -> list[dt.date]:
    """Return 9 jan, jan 9, 9 january 2027: without a year, the one nearest to half a year from today."""
    numbers = [int(number) for number in NUMBERS.findall(query)]
    names = NUMBERS.sub(" ", query).split()
    if len(names) != 1 or not 1 <= len(numbers) <= 2:
        return []
    day, *year = numbers if numbers[0] <= 31 else numbers[::-1]
    months = _months(names[0])
    years = year or [today.year, today.year + 1]
    found = [_date(each, month, day) for each in years for month in months]
    return [date for date in found if date and (year or date >= today - dt.timedelta(days=92))]


def _months(name: str) -> list[int]:
    if len(name) < 3:
        return []
    every = enumerate(_month_names(QLocale().name()), 1)
    return [month for month, names in every if any(called.startswith(name) for called in names)]


@cache
def _day_names(language: str) -> list[set[str]]:
    """Return the names of Monday to Sunday, in the person's language and in English."""
    return [{folded(locale.dayName(n)) for locale in _locales(language)} for n in range(1, 8)]


@cache
def _month_names(language: str) -> list[set[str]]:
    """Return the names of January to December, in the person's language and in English."""
    return [
        {folded(name) for locale in _locales(language) for name in (locale.monthName(n), locale.standaloneMonthName(n))}
        for n in range(1, 13)
    ]


def _locales(language: str) -> tuple[QLocale, QLocale]:
    return QLocale(language), QLocale.c()


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if times.is_near(year) else None
    except ValueError:
        return None
