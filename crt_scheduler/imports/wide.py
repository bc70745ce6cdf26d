"""Availability as polls and grids have it, put into one row for each person and day.

A column a date (with or without a shift), a column a weekday, several dates in one cell, shifts' letters in a cell, and
sign-ups of a shift: each becomes rows with from, to, weekdays, start, end and grade, on the line they came from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crt_scheduler import dates, remedies, times
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import date_orders
from crt_scheduler.imports.change_plan import made_column
from crt_scheduler.sheets import Row, Sheet
from solver.wording import tr

LEAST_DATES, LEAST_WEEKDAYS = 2, 4
"""Columns of dates, and of weekdays, from which on a table is a grid."""
FROM, TO, START, END, GRADE, WEEKDAYS = map(made_column, ("from", "to", "start", "end", "grade", "weekdays"))
MADE: Final[Mapping[str, str]] = {
    "from": FROM, "to": TO, "start": START, "end": END, "grade": GRADE, "weekdays": WEEKDAYS,
}  # fmt: skip
"""The made column of each field."""
FREE, CANNOT = "free", "cannot"
DAY: Final = 24 * 60
Hours = tuple[dt.time, dt.time]

_BRACKET = re.compile(r"\[([^\[\]]*)\]\s*$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b\d{{4}}(?P<iso>[-/.])\d{{1,2}}(?P=iso)\d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?P<sign>[-/.])\d{{1,2}}(?:(?P=sign)\d{{2,4}})?\b(?!\s*[ap]\.?m\b|:)"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?[ \t-]+{_MONTH}(?:,?[ \t-]+\d{{2,4}}\b(?![ \t]*{_MONTH}))?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;,\n&+/]|\band\b|,\s*and\b|\s)\s*", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday|\.)?s?\b,?", re.IGNORECASE)
_HOURS = re.compile(
    r"(\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m?\.?)?)\s*(?:-|\u2013|to)\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m?\.?)?)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[/+&,;\s]+")


@dataclass(frozen=True)
class Column:
    """One column of a grid: its name, the text of its date (or a weekday's number), and the hours it is about."""

    name: str
    date: str = ""
    weekday: int | None = None
    hours: Hours | None = None


@dataclass(frozen=True)
class Unfolded:
    """The table with a row for each person and day, the mapping of its made columns, and what is to be said of it."""

    sheet: Sheet
    mapping: dict[str, str]
    notes: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    """The columns of the days, where the table was a grid."""
    offers: tuple[str, ...] = ()
    """What of `Decisions` would change the rows: `only`, where cells name shifts."""


def days(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are named for a date, or for a weekday where there are enough of them; else none."""
    dated = tuple(name for name in header if _date_text(name))
    if len(dated) >= LEAST_DATES:
        return dated
    weekly = tuple(name for name in header if _weekday(name) is not None)
    return weekly if len({_weekday(name) for name in weekly}) >= LEAST_WEEKDAYS else ()


def unfolded(
    sheet: Sheet,
    mapping: Mapping[str, str],
    *,
    shifts: Mapping[str, Hours],
    near: dt.date,
    date_order: str | None = None,
    only: bool = False,
) -> Unfolded:
    """Return a table of availability with one row for each person and day; one that is a list already as it is.

    `shifts` are the hours of the programme's shifts by name; dates without a year are those nearest to `near`. A
    letter or name of a shift in a cell says that the person can do it; with `only`, that they cannot do the others.
    Raises CrtError for dates that cannot be read or could be two, and for two columns of one day and hours.
    """
    hinted = _hinted(sheet, mapping)
    sheet, mapping, hints = hinted.sheet, hinted.mapping, hinted.notes
    names = days([name for name in sheet.header if name not in mapping.values()])
    if names and not mapping.get("grade") and not mapping.get("from"):
        return _grid(sheet, dict(mapping), names, shifts, near, date_order, only=only, hints=hints)
    found = _listed(sheet, dict(mapping), near, date_order)
    timed = _timed(found.sheet, found.mapping, shifts)
    return Unfolded(timed.sheet, timed.mapping, (*hints, *found.notes, *timed.notes))


def _hinted(sheet: Sheet, mapping: Mapping[str, str]) -> Unfolded:
    """Return a table without grades with some, where the name of its dates, or its being a sign-up, says them."""
    column = mapping.get("from", "")
    grade = grade_of(column) or (SIGNED_UP if is_sign_up(sheet.header) else "")
    if mapping.get("grade") or not column or not grade:
        return Unfolded(sheet, dict(mapping), ())
    rows = tuple(replace(row, cells={**row.cells, GRADE: grade if row.cells.get(column) else ""}) for row in sheet.rows)
    kept = tuple(row for row in rows if row.cells[GRADE])
    what = f"“{column}”" if grade_of(column) else tr("Each row is a sign-up, which")
    note = tr("{what} says “{grade}” of its dates.", what=what, grade=grade)
    return Unfolded(replace(sheet, header=(*sheet.header, GRADE), rows=kept), {**mapping, "grade": GRADE}, (note,))


def _timed(sheet: Sheet, mapping: dict[str, str], shifts: Mapping[str, Hours]) -> Unfolded:
    """Return a list that names shifts instead of hours with the hours of each."""
    if mapping.get("start") or mapping.get("end"):
        return Unfolded(sheet, mapping, ())
    for column in [name for name in sheet.header if name.casefold() in ITEMS and name not in mapping.values()]:
        hours = {text: _hours(text, shifts) for text in {row.cells[column] for row in sheet.rows}}
        if any(hours.values()):
            break
    else:
        return Unfolded(sheet, mapping, ())
    rows = tuple(replace(row, cells={**row.cells, **_clock(hours[row.cells[column]])}) for row in sheet.rows)
    made = {**mapping, "start": START, "end": END}
    return Unfolded(
        replace(sheet, header=(*sheet.header, START, END), rows=rows),
        made,
        (tr("{column} was read as a shift.", column=column),),
    )


def _clock(hours: Hours | None) -> dict[str, str]:
    start, end = (f"{each:%H:%M}" for each in hours) if hours else ("", "")
    return {START: start, END: end}


_CANNOT = re.compile(r"unavail|not avail|cannot|can ?not|can'?t|blackout|days? off|vacation|away|block", re.IGNORECASE)
_CAN = re.compile(r"avail|can (?:work|serve|do|take)|free", re.IGNORECASE)
SIGNED_UP = "prefers"
"""What a sign-up says: the weakest word for wanting the shift."""
ITEMS = ("item", "shift", "slot", "sign up", "signup")


def grade_of(column: str) -> str:
    """Return what the name of a column of dates says of all of them: Unavailable dates; nothing where it says none."""
    return CANNOT if _CANNOT.search(column) else FREE if _CAN.search(column) else ""


def is_sign_up(header: Sequence[str]) -> bool:
    """Is this the export of a sign-up, a row for each person who took a place?"""
    return any(re.sub(r"\W+", " ", name.casefold()).strip() in ("sign up", "signup") for name in header)


def _grid(
    sheet: Sheet,
    mapping: dict[str, str],
    names: Sequence[str],
    shifts: Mapping[str, Hours],
    near: dt.date,
    date_order: str | None,
    *,
    only: bool,
    hints: Sequence[str] = (),
) -> Unfolded:
    texts = [_spoken(name) for name in names]
    what = tr("{names} to {names2}", names=names[0], names2=names[-1])
    order = date_orders.order_among(texts, file=sheet.path.name, what=what, said=date_order, near=near)
    columns = [_column(sheet, name, shifts, order, near) for name in names]
    _refuse_twice(sheet, columns)
    letters = _letters(shifts, {row.cells[name].casefold() for row in sheet.rows for name in names})
    rest = [name for name in sheet.header if name not in names]
    rows, by_letter = [], False
    for row in sheet.rows:
        kept = {name: row.cells[name] for name in rest}
        for column in columns:
            text = row.cells[column.name]
            parts = _shifts_in(text, letters) if column.hours is None else ()
            by_letter = by_letter or bool(parts)
            for hours, grade in _said(text, parts, shifts, only=only) if parts else [(column.hours, text)]:
                if grade:
                    rows.append(replace(row, cells={**kept, **_cells(column, hours, grade)}))
    made = {ours: theirs for ours, theirs in MADE.items() if ours != "to"}
    title = tr("{names} to {names2}", names=names[0], names2=names[-1])
    renamed = tuple(
        replace(row, cells={title if name == GRADE else name: cell for name, cell in row.cells.items()}) for row in rows
    )
    made["grade"] = title
    notes = [*hints, tr("{count} columns were read as days: {title}.", count=len(names), title=title)]
    if by_letter and not only:
        notes.append(
            tr(
                "A shift's name or letter in a cell says that the person can do that shift, and nothing of the "
                "others of the day. {remedy}",
                remedy=remedies.ONLY.words(),
            )
        )
    header = (*rest, *(made[ours] for ours in made))
    return Unfolded(
        replace(sheet, header=header, rows=renamed),
        {**mapping, **made},
        tuple(notes),
        tuple(columns),
        ("only",) if by_letter else (),
    )


def _cells(column: Column, hours: Hours | None, grade: str) -> dict[str, str]:
    weekday = "" if column.weekday is None else times.WEEKDAYS[column.weekday]
    return {FROM: column.date, **_clock(hours), GRADE: grade, WEEKDAYS: weekday}


def _date_text(name: str) -> str:
    """Return the text of the one date that a column's name holds, in its last brackets if it has some; else nothing."""
    found = [each[0] for each in _DATE.finditer(_core(name))]
    return found[0] if len(found) == 1 else ""


def _spoken(name: str) -> str:
    """Return a column's date with its weekday, which tells the order of month and day and must be right."""
    weekday, text = _WEEKDAY.search(_core(name)), _date_text(name)
    return f"{weekday[0].rstrip(',')} {text}" if weekday and text else text


def _core(name: str) -> str:
    bracket = _BRACKET.search(name)
    return bracket[1] if bracket else name


def _weekday(name: str) -> int | None:
    found = _WEEKDAY.findall(_core(name))
    return times.WEEKDAYS.index(found[0].capitalize()[:3]) if len(found) == 1 else None


def _column(sheet: Sheet, name: str, shifts: Mapping[str, Hours], order: str, near: dt.date) -> Column:
    core, text = _core(name), _date_text(name)
    hours = _hours(core.replace(text, " ", 1), shifts)
    if not text:
        return Column(name, weekday=_weekday(name), hours=hours)
    try:
        day = dates.date_in(_spoken(name), order, near=near)
    except ValueError as fault:
        raise CrtError(
            tr("{name}: the column “{name2}” {fault}.", name=sheet.path.name, name2=name, fault=fault)
        ) from fault
    return Column(name, date=day.isoformat(), hours=hours)


def _hours(text: str, shifts: Mapping[str, Hours]) -> Hours | None:
    """Return the hours that the words beside a date name: a shift's, or from one time to another."""
    words = set(re.findall(r"\w+", text.casefold()))
    named = [name for name in shifts if set(re.findall(r"\w+", name.casefold())) <= words]
    if len(named) == 1:
        return shifts[named[0]]
    found = _HOURS.search(text)
    if found is None:
        return None
    try:
        return dates.time_in(found[1].strip()), dates.time_in(found[2].strip())
    except ValueError:
        return None


def _refuse_twice(sheet: Sheet, columns: Sequence[Column]) -> None:
    seen: dict[tuple[str, int | None, Hours | None], str] = {}
    for column in columns:
        key = (column.date, column.weekday, column.hours)
        if key in seen:
            raise CrtError(
                tr(
                    "{name}: the columns “{seen}” and “{column_name}” are of one day, and no shift or "
                    "hours tell them apart. Name the shift as the programme does, or its hours such as 18:00-06:00.",
                    name=sheet.path.name,
                    seen=seen[key],
                    column_name=column.name,
                )
            )
        seen[key] = column.name


def _letters(shifts: Mapping[str, Hours], cells: Collection[str]) -> dict[str, str]:
    """Return the shifts by the texts that name them in these cells: their names, and their first letters.

    Letters count only where two shifts' letters are used and nobody answers y: an N beside a Y is a no, not a night.
    """
    found = {name.casefold(): name for name in shifts}
    firsts = [name.casefold()[:1] for name in shifts]
    single = {first: name for first, name in zip(firsts, shifts, strict=True) if firsts.count(first) == 1}
    used = {letter for cell in cells for part in _SIGNS.split(cell) for letter in part if set(part) <= set(single)}
    return found | single if len(used) > 1 and not {"y", "yes"} & set(cells) else found


def _shifts_in(text: str, letters: Mapping[str, str]) -> tuple[str, ...]:
    """Return the shifts that a cell names, by name or letter (D, N, D/N, DN), where it names nothing else."""
    parts = [part for part in _SIGNS.split(text.casefold()) if part]
    parts = [each for part in parts for each in ([part] if part in letters else part)]
    if not parts or any(part not in letters for part in parts):
        return ()
    return tuple(dict.fromkeys(letters[part] for part in parts))


def _said(
    text: str, parts: Sequence[str], shifts: Mapping[str, Hours], *, only: bool
) -> Iterator[tuple[Hours | None, str]]:
    """Yield what a cell says of hours: free for the shifts it names, and with `only` not for those apart from them."""
    for name, hours in shifts.items():
        if name in parts:
            yield hours, FREE
        elif only and not any(_overlap(hours, shifts[each]) for each in parts):
            yield hours, CANNOT


def _overlap(one: Hours, other: Hours) -> bool:
    """Do two shifts of a day have an hour in common? One that ends when it starts lasts the whole day."""
    spans = [(_minute(start), _minute(end) + (DAY if end <= start else 0)) for start, end in (one, other)]
    (first, last), (begin, finish) = spans
    return first < finish and begin < last


def _minute(at: dt.time) -> int:
    return at.hour * 60 + at.minute


def _listed(sheet: Sheet, mapping: dict[str, str], near: dt.date, date_order: str | None) -> Unfolded:
    """Return a list whose cells hold several dates with one row for each."""
    column = mapping.get("from", "")
    if column not in sheet.header or not any(_is_several(row.cells[column]) for row in sheet.rows):
        return Unfolded(sheet, mapping, ())
    every = [each[0] for row in sheet.rows for each in _DATE.finditer(row.cells[column])]
    order = date_orders.order_among(every, file=sheet.path.name, what=column, said=date_order, near=near)
    rows = [each for row in sheet.rows for each in _split(row, column, order, near)]
    note = tr(
        "{count:,} cells of {column} hold {count2:,} dates or stretches of dates.",
        count=len(sheet.rows),
        column=column,
        count2=len(rows),
    )
    made = {**mapping, "from": FROM, "to": TO}
    return Unfolded(replace(sheet, header=(*sheet.header, FROM, TO), rows=tuple(rows)), made, (note,))


def _is_several(text: str) -> bool:
    return sum(1 for _ in _DATE.finditer(text)) > 1


def _split(row: Row, column: str, order: str, near: dt.date) -> Iterator[Row]:
    """Yield a row for each date of a cell, or stretch of them (12/20-12/22); one not understood stays whole."""
    text = row.cells[column]
    found = list(_DATE.finditer(text))
    ends = [0, *(each.end() for each in found)]
    between = [_WEEKDAY.sub("", text[ends[n] : each.start()]) for n, each in enumerate(found)]
    rest = _WEEKDAY.sub("", text[ends[-1] :]).strip(" ,;.")
    is_clear = bool(found) and not rest and not between[0].strip() and all(_joins(each) for each in between[1:])
    if not is_clear:
        yield replace(row, cells={**row.cells, FROM: text, TO: ""})
        return
    stretches: list[list[str]] = []
    for gap, each in zip(between, found, strict=True):
        try:
            day = dates.date_in(each[0], order, near=near).isoformat()
        except ValueError:
            day = each[0]  # the reader names what cannot be read, with its line
        if stretches and _SPAN.fullmatch(gap) and len(stretches[-1]) == 1:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    for first, *last in stretches:
        yield replace(row, cells={**row.cells, FROM: first, TO: last[0] if last else ""})


def _joins(gap: str) -> bool:
    return _SPAN.fullmatch(gap) is not None or all(_BETWEEN.fullmatch(part) for part in re.findall(r"\S+|\s+", gap))
