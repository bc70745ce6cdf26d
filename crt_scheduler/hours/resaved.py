"""Cells of our own sheets as spreadsheet programs leave them: dates in another country's order, ids without zeros."""

from __future__ import annotations

import datetime as dt

from crt_scheduler import dates, times

ONE_DAY = dt.timedelta(days=1)
MEANT = {
    "prefers": ("yes", "y", "x", "ok", "okay", "free", "available", "can", "✓", "✔", "ja", "si", "sí", "oui"),
    "rather_not": ("if needed", "if need be", "only if needed", "if necessary", "maybe"),
    "cannot": ("no", "n", "can't", "cant", "can not", "unavailable", "not available", "away", "off", "nein", "non"),
}
"""What else people write for a grade: who says yes to a shift offers it."""
_GRADES = {word: grade for grade, words in MEANT.items() for word in words}


def grade_of(words: str) -> str:
    """Return the grade that a word such as Wants, if needed or x stands for; a word that is none stays as it is."""
    plain = " ".join(words.casefold().replace("_", " ").replace("-", " ").replace("\u2019", "'").split()).strip(".!")
    return _GRADES.get(plain, plain.replace(" ", "_"))


def is_same_id(cell: str, code: str) -> bool:
    """Is a cell the id it was written as? A program may have taken 0071 for the number 71."""
    if cell.casefold() == code.casefold():
        return True
    return cell.isdecimal() and code.isdecimal() and int(cell) == int(code)


def is_same_date(cell: str, date: dt.date) -> bool:
    """Is a cell the date it was written as, in whatever order?"""
    return date in _readings(cell)


def date_in_month(cell: str, month: str) -> str:
    """Return the date of a cell as 2027-01-31 where only one order puts it into the month, or into the nights beside.

    A cell that is no date, or could be two, stays as it is.
    """
    days = times.month_days(month)
    for first, last in ((days[0], days[-1]), (days[0] - ONE_DAY, days[-1] + ONE_DAY)):
        found = {date for date in _readings(cell) if first <= date <= last}
        if len(found) == 1:
            return found.pop().isoformat()
    return cell


def _readings(cell: str) -> set[dt.date]:
    found = set()
    for order in dates.ORDERS:
        try:
            found.add(dates.date_in(cell, order))
        except ValueError:
            continue
    return found
