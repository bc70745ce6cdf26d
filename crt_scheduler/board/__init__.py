"""The board: a month's roster as one frozen value that every screen reads, so that their figures agree."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, planning, roster, times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import PublishedVersion, Responder, Roster
from solver import explain
from solver import problem as asked
from solver.formulate import period_of
from solver.result import OpenSeat, Violation
from solver.roster import from_assignments

Sentences = Mapping[tuple[str, str], tuple[str, ...]]


class Column(msgspec.Struct, frozen=True):
    """One slot of the board: a date and a shift template; instants in UTC, `slot` its number in the Problem."""

    slot: int
    date: dt.date
    template: str
    start: dt.datetime
    end: dt.datetime
    night: bool
    weekend: bool
    holiday: bool


class Line(msgspec.Struct, frozen=True):
    """One responder on the board; minutes on call this month beside those owed; `grades` a letter per Problem slot.

    `broken` are the sentences of hard rules that the whole month breaks, such as too many weekends.
    """

    person: str
    name: str
    kind: str
    role: str
    home: str
    languages: tuple[str, ...]
    minutes: int
    floor: int
    target: int
    ceiling: int
    grades: str
    broken: tuple[str, ...]


class Place(msgspec.Struct, frozen=True):
    """One assignment on the board, with the columns it covers and a sentence per hard rule it breaks."""

    row: AssignmentRow
    first: int
    last: int
    broken: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Who and which shift: what selections and links name a place by."""
        return self.row.person, self.row.shift


class Published(msgspec.Struct, frozen=True):
    """When a month last went out, and as which version."""

    version: int
    at: dt.datetime


class Board(msgspec.Struct, frozen=True):
    """A month as it stands: columns in order of time, people by area then name, places, open seats, violations.

    `gaps` are dearest first; `problem` is the frozen question behind it (`problem.current` the roster), for
    explanations; `revision` the journal's number it was read at.
    """

    month: str
    zone: times.Zone
    first_weekday: int
    programme: str
    areas: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    gaps: tuple[OpenSeat, ...]
    violations: tuple[Violation, ...]
    problem: asked.Problem
    published: Published | None
    revision: int

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The hard rules that are broken."""
        return tuple(violation for violation in self.violations if violation.hard)

    @property
    def seats(self) -> int:
        """How many places the month has, optional ones left out."""
        return sum(seat.count for seat in self.problem.seats if not seat.optional)


def board(session: Session, month: str, *, now: dt.datetime) -> Board:
    """Return the month's board, also while nobody is on the team or on call yet."""
    frozen = planning.problem_if_any(session, month, now=now)
    rows = roster.month_rows(session, month)
    violations = tuple(planning.violations(frozen, rows))
    broken = _broken(violations)
    columns, programme = _columns(frozen), programme_of(session)
    view = from_assignments(period_of(frozen), frozen.current)
    return Board(
        month=month,
        zone=customs.zone_of(programme),
        first_weekday=customs.first_weekday_of(programme),
        programme=programme.name,
        areas=tuple(area.name for area in frozen.areas),
        columns=columns,
        lines=_lines(session, frozen, rows, broken),
        places=_places(rows, columns, broken),
        gaps=explain.open_seats(frozen, view, reasons=False),
        violations=violations,
        problem=frozen,
        published=published(session, month),
        revision=journal.revision(session),
    )


def _columns(frozen: asked.Problem) -> tuple[Column, ...]:
    """Return the slots that areas are rostered in; where a programme has none, every slot."""
    by_area = {shift.slot for shift in frozen.shifts if shift.area != asked.CITY}
    slots = [(n, slot) for n, slot in enumerate(frozen.slots) if n in by_area or not by_area]
    return tuple(
        Column(
            slot=n,
            date=slot.date,
            template=slot.template,
            start=times.from_minutes(slot.start),
            end=times.from_minutes(slot.end),
            night=slot.night,
            weekend=slot.weekend,
            holiday=slot.holiday,
        )
        for n, slot in sorted(slots, key=lambda pair: (pair[1].start, pair[0]))
    )


def _lines(session: Session, frozen: asked.Problem, rows: list[AssignmentRow], broken: Sentences) -> tuple[Line, ...]:
    minutes: dict[str, int] = defaultdict(int)
    for row in rows:
        minutes[row.person] += times.minutes(row.end) - times.minutes(row.start)
    query = select(Responder.code, Responder.kind, Responder.role)
    known = {code: (kind, role) for code, kind, role in session.execute(query)}
    order = {area.name: n for n, area in enumerate(frozen.areas)}
    lines = [
        _line(person, *known[person.id], minutes[person.id], broken.get((person.id, ""), ()))
        for person in frozen.people
    ]
    return tuple(sorted(lines, key=lambda line: (line.kind == "clergy", order.get(line.home, len(order)), line.name)))


def _line(person: asked.Person, kind: str, role: str, minutes: int, broken: tuple[str, ...]) -> Line:
    return Line(
        person=person.id,
        name=person.name,
        kind=kind,
        role=role,
        home=person.home,
        languages=person.languages,
        minutes=minutes,
        floor=person.floor,
        target=person.target,
        ceiling=person.ceiling,
        grades=person.grades,
        broken=broken,
    )


def _places(rows: list[AssignmentRow], columns: tuple[Column, ...], broken: Sentences) -> tuple[Place, ...]:
    number = {(column.date, column.template): n for n, column in enumerate(columns)}
    found = []
    for row in rows:
        covered = number.get((row.date, row.template))
        first, last = (covered, covered) if covered is not None else _covered(row, columns)
        sentences = (*broken.get((row.person, row.shift), ()), *broken.get(("", row.shift), ()))
        found.append(Place(row, first, last, sentences))
    return tuple(found)


def _covered(row: AssignmentRow, columns: tuple[Column, ...]) -> tuple[int, int]:
    """Return the first and last column a city-wide duty overlaps, such as a clergy's 24 hours; (-1, -1): none."""
    over = [n for n, column in enumerate(columns) if column.start < row.end and column.end > row.start]
    return (over[0], over[-1]) if over else (-1, -1)


def _broken(violations: tuple[Violation, ...]) -> Sentences:
    """Return the sentences of broken hard rules by person and shift; either is empty where a rule names just one."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for violation in violations:
        if violation.hard:
            found[violation.person, violation.shift].append(violation.sentence)
    return {key: tuple(sentences) for key, sentences in found.items()}


def published(session: Session, month: str) -> Published | None:
    """Return a month's newest version and when it went out; None if it never did."""
    row = session.execute(
        select(PublishedVersion.version, PublishedVersion.at)
        .join(Roster, PublishedVersion.roster_id == Roster.id)
        .where(Roster.month == month)
        .order_by(PublishedVersion.version.desc())
        .limit(1)
    ).first()
    return None if row is None else Published(row.version, row.at)
