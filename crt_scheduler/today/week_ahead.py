"""The next seven days: open seats per area and shift, as the heat of the Today view shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from crt_scheduler.board.openings import ShiftSeats
from crt_scheduler.today.on_call_now import CLERGY
from crt_scheduler.today.today_values import Week, WeekCell, WeekColumn, WeekLine
from solver.problem import CITY

DAYS = 7


def week(areas: Iterable[str], shifts: Sequence[ShiftSeats], *, today: dt.date, now: dt.datetime) -> Week:
    """Return seven dates from today on, each with the shifts that areas are rostered in."""
    near = [shift for shift in shifts if today <= shift.date < today + dt.timedelta(days=DAYS)]
    columns = _columns([shift for shift in near if shift.area != CITY] or near)
    lines = [_line(CITY, "city", near, columns, now)]
    lines += [_line(area, "area", near, columns, now) for area in areas]
    lines += [_line(CITY, CLERGY, near, columns, now)]
    return Week(columns, tuple(line for line in lines if any(line.cells)))


def _columns(shifts: Sequence[ShiftSeats]) -> tuple[WeekColumn, ...]:
    found = {(shift.date, shift.template): shift for shift in reversed(shifts)}
    ordered = sorted(found.values(), key=lambda shift: (shift.date, shift.start))
    return tuple(WeekColumn(shift.date, shift.template, shift.night, shift.weekend) for shift in ordered)


def _line(
    area: str, kind: str, shifts: Sequence[ShiftSeats], columns: Sequence[WeekColumn], now: dt.datetime
) -> WeekLine:
    number = {(column.date, column.template): n for n, column in enumerate(columns)}
    dates = [column.date for column in columns]
    cells: list[WeekCell | None] = [None] * len(columns)
    for shift in shifts:
        if shift.area != area or not _is_of(shift, kind) or shift.date not in dates:
            continue
        place = number.get((shift.date, shift.template))
        span = 1 if place is not None else dates.count(shift.date)
        place = dates.index(shift.date) if place is None else place
        cells[place] = _cell(shift, kind, span, is_past=shift.start <= now)
    return WeekLine(area, kind, tuple(cells))


def _is_of(shift: ShiftSeats, kind: str) -> bool:
    """Has the shift places of this line? The city's duty lead and its clergy are lines of their own."""
    return any((role == CLERGY) == (kind == CLERGY) or kind == "area" for role, _, _ in shift.kinds)


def _cell(shift: ShiftSeats, kind: str, span: int, *, is_past: bool) -> WeekCell:
    mine = [place for place in shift.open if (place.role == CLERGY) == (kind == CLERGY) or kind == "area"]
    seats = [n for role, _, n in shift.kinds if (role == CLERGY) == (kind == CLERGY) or kind == "area"]
    return WeekCell(
        shift=shift.key,
        missing=sum(place.count for place in mine),
        seats=sum(seats),
        lacks_team=shift.lacks_team,
        span=span,
        is_past=is_past,
    )
