"""The board after a change: with rows just read anew, or as a solved plan would leave it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy.orm import Session

from crt_scheduler import roster, times
from crt_scheduler.board import Board, Line, Place
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.planning import Difference
from solver import explain
from solver.formulate import period_of
from solver.problem import shift_key
from solver.result import OpenSeat, Placed
from solver.roster import from_assignments

Spans = dict[tuple[dt.date, str], tuple[int, int]]


def spans(board: Board) -> Spans:
    """Return the first and last column of each date and template; city-wide duties lie over those of others."""
    exact = {(column.date, column.template): (n, n) for n, column in enumerate(board.columns)}
    starts = [times.minutes(column.start) for column in board.columns]
    ends = [times.minutes(column.end) for column in board.columns]
    for slot in board.problem.slots:
        if (slot.date, slot.template) not in exact:
            over = [n for n in range(len(starts)) if starts[n] < slot.end and ends[n] > slot.start]
            if over:
                exact[slot.date, slot.template] = (over[0], over[-1])
    return exact


def reread(session: Session, board: Board, dates: Iterable[dt.date]) -> Board:
    """Return the board with the places of some dates read anew and its open seats; rules wait for the next board."""
    wanted = set(dates)
    rows = [row for date in sorted(wanted) for row in roster.rows(session, date, date)]
    kept = {place.key: place for place in board.places}
    over = spans(board)
    fresh = [_place(row, over, kept.get((row.person, row.shift))) for row in rows]
    after = _with_places(board, [*(place for place in board.places if place.row.date not in wanted), *fresh])
    return replace(after, gaps=_gaps(after))


def _place(row: AssignmentRow, over: Spans, known: Place | None) -> Place:
    first, last = over.get((row.date, row.template), (-1, -1))
    return Place(row, first, last, known.broken if known else ())


def _with_places(board: Board, places: list[Place]) -> Board:
    minutes: dict[str, int] = defaultdict(int)
    for place in places:
        minutes[place.row.person] += times.minutes(place.row.end) - times.minutes(place.row.start)
    return replace(board, places=tuple(places), lines=tuple(_line(line, minutes[line.person]) for line in board.lines))


def _line(line: Line, minutes: int) -> Line:
    return line if line.minutes == minutes else replace(line, minutes=minutes)


def previewed(board: Board, differences: Iterable[Difference]) -> Board:
    """Return the board as a solved plan would leave it: new places as drafts, their open seats counted anew."""
    rows = {place.key: place for place in board.places}
    frozen, names = board.problem, {line.person: line.name for line in board.lines}
    slots = {(slot.date, slot.template): slot for slot in frozen.slots}
    over = spans(board)
    for number, change in enumerate(differences):
        key = (change.person, change.shift)
        if not change.added:
            rows.pop(key, None)
            continue
        name = roster.shift_name(change.shift)
        slot = slots.get((name.date, name.template))
        if slot is None:
            continue
        row = AssignmentRow(
            id=-1 - number, shift=change.shift, date=name.date, template=name.template, area=name.area,
            role=change.role, tier=change.tier, person=change.person, name=names.get(change.person, change.person),
            start=times.from_minutes(slot.start), end=times.from_minutes(slot.end), state="draft", locked=False,
        )  # fmt: skip
        rows[key] = _place(row, over, None)
    after = _with_places(board, list(rows.values()))
    return replace(after, gaps=_gaps(after))


def _gaps(board: Board) -> tuple[OpenSeat, ...]:
    """Return the open seats of a board's places; a place that fits no seat fills none."""
    frozen = board.problem
    seat_of: dict[tuple[str, str, str], int] = {}
    for n, seat in enumerate(frozen.seats):
        seat_of.setdefault((shift_key(frozen, seat.shift), seat.role, seat.tier), n)
    known = {person.id for person in frozen.people}
    placed = [
        Placed(place.row.person, seat_of[where])
        for place in board.places
        if (where := (place.row.shift, place.row.role, place.row.tier)) in seat_of and place.row.person in known
    ]
    return explain.open_seats(frozen, from_assignments(period_of(frozen), placed), reasons=False)
