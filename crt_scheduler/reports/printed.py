"""What a report prints: figures, tables, remarks; frozen once, written alike by PDF, workbook and CSV."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crt_scheduler import times
from solver.wording import say_date, tr

Plain = str | int | float | dt.date | None
"""A cell's value: minutes and cents as whole numbers, shares from 0 to 1."""
NOTHING = "–"
LEFT_UNITS = ("text", "date", "month")
"""Units whose cells stand at the left of their column."""


@dataclass(frozen=True)
class Figure:
    """One big number: its key, the words beside it, its value and unit, and a remark below."""

    key: str
    words: str
    value: Plain
    unit: str = "count"
    note: str = ""

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return shown(self.value, self.unit)


@dataclass(frozen=True)
class Column:
    """One column of a table: its name and the unit of its cells."""

    words: str
    unit: str = "count"


@dataclass(frozen=True)
class Table:
    """A table; a `plot` names what its bars are (the column of that name over the first column)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Plain, ...], ...]
    plot: str = ""
    note: str = ""
    axis: str = ""
    """What the first column is, under the bars."""

    @property
    def bars(self) -> tuple[tuple[str, float], ...]:
        """The bars of its plot: a label and a number (percent for shares)."""
        place = [column.words for column in self.columns].index(self.plot)
        scale = 100.0 if self.is_share else 1.0
        found = []
        for row in self.rows:
            cell = row[place]
            label = short_month(str(row[0])) if self.columns[0].unit == "month" else str(row[0])
            found.append((label, scale * cell if isinstance(cell, int | float) else 0.0))
        return tuple(found)

    @property
    def is_share(self) -> bool:
        """Are the bars shares?"""
        return any(column.words == self.plot and column.unit == "share" for column in self.columns)


def short_month(month: str) -> str:
    """Return a month written YYYY-MM as a short label, with its year in January."""
    first = times.parse_month(month)
    return say_date(first, "short month year") if first.month == 1 else say_date(first, "month")


@dataclass(frozen=True)
class Printed:
    """A whole report: what it is of, its figures and tables, what they count and what is left out."""

    title: str
    programme: str
    first: dt.date
    last: dt.date
    made: dt.datetime
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    left_out: str

    @property
    def period(self) -> str:
        """The days it is of, as people say them."""
        return tr("{day} to {day2}", day=times.day_words(self.first), day2=times.day_words(self.last))


def shown(value: Plain, unit: str) -> str:
    """Return a value as every form of the report prints it."""
    if value is None:
        return NOTHING
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{value:.1%}".replace("%", " %")
    if unit == "minutes":
        return f"{int(value) // 60:,}:{int(value) % 60:02d}"
    if unit == "money":
        return f"${int(value) // 100:,}.{int(value) % 100:02d}"
    if unit == "wait":
        return tr("{value} min", value=int(value))
    return f"{value:,}"
