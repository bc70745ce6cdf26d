"""A person's usual week: one grade for each weekday and shift, read from and written to what was said of every week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import month_answers, roster, times
from crt_scheduler.act import Act
from crt_scheduler.availability import FREE as FREE
from crt_scheduler.availability import GRADE_NAMES
from crt_scheduler.availability import GRADE_WORDS as GRADE_WORDS
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Availability, Responder, Seat, ShiftTemplate
from solver.wording import tr
from solver.wording.dates import weekday

DAY_NAMES = times.DAY_NAMES
DAY, WEEK = 1440, 7 * 1440


@dataclass(frozen=True)
class Span:
    """A stretch of a week: minutes after Monday midnight, and how many it lasts; it may run past Sunday midnight."""

    begin: int
    length: int


@dataclass(frozen=True)
class Cell:
    """One shift of a usual week: the weekday it starts on (Monday is 0) and its template's name."""

    weekday: int
    template: str


@dataclass(frozen=True)
class Column:
    """A shift template as the grid shows one."""

    template: str
    start: dt.time
    end: dt.time
    night: bool


@dataclass(frozen=True)
class Week:
    """A person's usual week; `grades` holds free or a grade for every cell whose shift runs on that weekday."""

    columns: tuple[Column, ...]
    grades: Mapping[Cell, str]
    first: int = 0
    """The weekday that the week begins with (Monday is 0)."""
    clock: times.Clock = "24"
    """How the hours of shifts are told."""

    @property
    def days(self) -> tuple[int, ...]:
        """The weekdays in the order people read them."""
        return times.week_from(self.first)


def week(session: Session, code: str) -> Week:
    """Return the usual week of a person: the shifts that have a seat for them, with the grade a planner hears.

    What was said of single dates is not part of it. Raises CrtError for an unknown person.
    """
    who = roster.person(session, code)
    columns = _columns(session, who)
    spans: dict[Cell, Span] = {}
    for column, mask in columns:
        spans |= _cells(column, mask)
    rows = _standing(session, who)
    grades = {cell: _grade(rows, span) for cell, span in spans.items()}
    at_home = programme_of(session)
    first, clock = customs.first_weekday_of(at_home), customs.clock_of(at_home)
    return Week(tuple(column for column, _ in columns), grades, first, clock)


def set_grade(session: Session, code: str, weekday: int, template: str, grade: str) -> None:
    """Say one cell of a person's usual week; free takes back what was said of it. No other cell changes by splitting.

    Raises CrtError for an unknown person, shift or grade, and where an overlapping shift says otherwise.
    """
    if grade not in (*GRADE_NAMES, FREE):
        raise CrtError(
            tr(
                "{grade!r} is not a grade. Use one of: {names}, or {free}.",
                grade=grade,
                names=", ".join(GRADE_NAMES),
                free=FREE,
            )
        )
    who = roster.person(session, code)
    found = {column.template.casefold(): (column, mask) for column, mask in _columns(session, who)}
    column, mask = found.get(template.casefold(), (None, 0))
    if column is None:
        known = ", ".join(each.template for each, _ in found.values())
        raise CrtError(
            tr("{name} has no {template} shifts. Name one of: {known}.", name=who.name, template=template, known=known)
        )
    if not 0 <= weekday < 7 or not mask >> weekday & 1:
        days = ", ".join(times.weekday_names(mask))
        raise CrtError(
            tr("{template} shifts run on {days} only. Name one of these days.", template=column.template, days=days)
        )
    spans: dict[Cell, Span] = {}
    for each, days_of in found.values():
        spans |= _cells(each, days_of)
    _say_cell(session, who, Cell(weekday, column.template), column, spans, grade)
    month_answers.note_one(session, who.id, None)


def set_grades(session: Session, code: str, cells: Collection[Cell], grade: str) -> None:
    """Say several cells of a person's usual week alike; raises CrtError as set_grade does."""
    for cell in cells:
        set_grade(session, code, cell.weekday, cell.template, grade)


def graded(session: Session, code: str, cells: Collection[Cell], grade: str, **_: Any) -> str:
    """Return what setting cells is called in the journal, such as "Ana Cano: Saturday night, cannot"."""
    who, said = roster.person(session, code), GRADE_WORDS.get(grade, grade)
    if len(cells) != 1:
        return tr("{name}: {n} shifts of the week, {said}", name=who.name, n=len(cells), said=said)
    (cell,) = cells
    known = {column.template.casefold(): column.template for column, _ in _columns(session, who)}
    template = known.get(cell.template.casefold(), cell.template)
    day = weekday(cell.weekday, "long weekday")
    return tr("{name}: {day} {shift}, {said}", name=who.name, day=day, shift=template, said=said)


SET_GRADES = Act(set_grades, graded)


def weekday_of(word: str) -> int:
    """Return the number of a weekday people type (Monday is 0); raises CrtError for any other word."""
    return times.weekday_mask([word]).bit_length() - 1


def _say_cell(
    session: Session, who: Responder, cell: Cell, column: Column, spans: dict[Cell, Span], grade: str
) -> None:
    span = spans[cell]
    for row in _standing(session, who):
        if row.grade != grade:
            _carve(session, row, span, [other for other in spans.values() if other != span])
    if grade != FREE and _grade(_standing(session, who), span) != grade:
        _add(session, who.id, cell.weekday, column.start, column.end, grade=grade, note="")
    session.flush()
    heard = _grade(_standing(session, who), span)
    if heard != grade:
        raise CrtError(
            tr(
                "{day_names} {template} overlaps another shift: {name} {grade_words} there. Set that one first.",
                day_names=DAY_NAMES[cell.weekday],
                template=cell.template,
                name=who.name,
                grade_words=GRADE_WORDS[heard],
            )
        )


def _columns(session: Session, who: Responder) -> list[tuple[Column, int]]:
    """Return the templates with a seat that takes the person (all, where none does), each with its weekdays."""
    role = "clergy" if who.kind == "clergy" else who.role
    open_to = {seat.template_id for seat in session.scalars(select(Seat)) if role in seat.accepts}
    rows = list(session.scalars(select(ShiftTemplate).order_by(ShiftTemplate.id)))
    fit = [row for row in rows if row.id in open_to] or rows
    return [(Column(row.name, row.start, row.end, row.night), row.weekdays) for row in fit]


def _cells(column: Column, mask: int) -> dict[Cell, Span]:
    return {Cell(day, column.template): _span(day, column.start, column.end) for day in range(7) if mask >> day & 1}


def _standing(session: Session, who: Responder) -> list[Availability]:
    """Return what the person said of every week: lines without dates."""
    query = select(Availability).where(
        Availability.responder_id == who.id, Availability.first.is_(None), Availability.last.is_(None)
    )
    return list(session.scalars(query.order_by(Availability.id)))


def _span(day: int, start: dt.time | None, end: dt.time | None) -> Span:
    """Return the stretch that begins on a weekday; no hours mean the whole day, an end not after the start the next."""
    begin, finish = _minute(start or dt.time()), _minute(end or dt.time())
    return Span(day * DAY + begin, (finish - begin) % DAY or DAY)


def _minute(wall: dt.time) -> int:
    return wall.hour * 60 + wall.minute


def _days(mask: int) -> Iterator[int]:
    return (day for day in range(7) if mask >> day & 1)


def _speaks(grade: str, said: Span, shift: Span) -> bool:
    """Does a stretch speak of a shift: one it touches for cannot and rather not, else one that starts in it?"""
    starts_in = (shift.begin - said.begin) % WEEK < said.length
    if grade in ("cannot", "rather_not"):
        return starts_in or (said.begin - shift.begin) % WEEK < shift.length
    return starts_in


def _grade(rows: Iterable[Availability], shift: Span) -> str:
    """Return the grade of a shift as the planner hears it: cannot first, then the most willing."""
    heard = {
        row.grade
        for row in rows
        if any(_speaks(row.grade, _span(day, row.start, row.end), shift) for day in _days(row.weekdays))
    }
    if "cannot" in heard:
        return "cannot"
    return max(heard, key=GRADE_NAMES.index, default=FREE)


def _carve(session: Session, row: Availability, shift: Span, others: list[Span]) -> None:
    """Take one shift out of a line; the part of it that speaks of other shifts stays, as lines of those hours."""
    spans = {day: _span(day, row.start, row.end) for day in _days(row.weekdays)}
    spoken = {day: said for day, said in spans.items() if _speaks(row.grade, said, shift)}
    if not spoken:
        return
    grade, note, who = row.grade, row.note, row.responder_id
    left = sum(1 << day for day in spans if day not in spoken)
    if left:
        row.weekdays = left
    else:
        session.delete(row)
    session.flush()
    for said in spoken.values():
        for other in others:
            if _speaks(grade, said, other):
                day, start, end = _part(said, other)
                _add(session, who, day, start, end, grade=grade, note=note)


def _part(said: Span, shift: Span) -> tuple[int, dt.time, dt.time]:
    """Return the part of a stretch that lies in a shift: weekday, start and end as wall times."""
    late = (shift.begin - said.begin) % WEEK
    if late < said.length:
        begin, length = shift.begin, min(shift.length, said.length - late)
    else:
        begin, length = said.begin, min(said.length, shift.length - (said.begin - shift.begin) % WEEK)
    day, minute = divmod(begin % WEEK, DAY)
    return day, _wall(minute), _wall((minute + length) % DAY)


def _wall(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def _add(session: Session, who: int, day: int, start: dt.time, end: dt.time, *, grade: str, note: str) -> None:
    """Say hours of one weekday: in the line there is of the same hours, grade and note, else in a new one."""
    query = select(Availability).where(
        Availability.responder_id == who,
        Availability.first.is_(None),
        Availability.last.is_(None),
        Availability.start == start,
        Availability.end == end,
        Availability.grade == grade,
        Availability.note == note,
    )
    row = session.scalar(query.order_by(Availability.id).limit(1))
    if row is not None:
        row.weekdays |= 1 << day
    else:
        session.add(Availability(responder_id=who, weekdays=1 << day, start=start, end=end, grade=grade, note=note))
    session.flush()
