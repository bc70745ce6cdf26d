"""The log as arrays: which shift of which area each logged call fell in, read from the records at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import numpy as np
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.demand.forecast_values import OUTSIDE, TIMELESS, Calls, Floats, Ints, Prior, day_number
from crt_scheduler.kept import kept
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Area, Incident, ShiftTemplate

RESTS_ON = frozenset({"incident", "area", "programme"})
"""The tables that the log is read from."""
DAY, WEEK = 24 * 60, 7 * 24 * 60
MANY_AT_MIDNIGHT = 0.1
"""Part of the calls at 00:00 sharp above which their time is taken as missing; a log by whole hours has about 0.04."""


class Entries(msgspec.Struct, frozen=True):
    """The logged calls by number: UTC and local minutes since 1970, positions of areas, minutes taken or nan, types.

    `in_time` are their positions in order of time.
    """

    at: Ints
    local: Ints
    area: Ints
    minutes: Floats
    types: tuple[str, ...]
    in_time: Ints


class Pattern(msgspec.Struct, frozen=True):
    """A shift template as the week sees it: start and length in minutes, weekdays as a mask."""

    start: int
    length: int
    weekdays: int = times.ALL_WEEK


class Week(msgspec.Struct, frozen=True):
    """The shift that each minute of a week falls in (Monday 00:00 first), and the hours each weekday's shifts hold."""

    template: Ints
    before: Ints
    """Days since that shift began: 1 in the small hours of a night shift."""
    hours: Floats


def week(patterns: Sequence[Pattern]) -> Week:
    """Lay the shifts over a week; where two overlap, a minute belongs to the one that began last."""
    template = np.full(WEEK, OUTSIDE, dtype=np.int64)
    since = np.full(WEEK, WEEK, dtype=np.int64)
    before = np.zeros(WEEK, dtype=np.int64)
    hours = np.zeros((7, len(patterns)))
    for n, pattern in enumerate(patterns):
        offset = np.arange(min(pattern.length, DAY))
        for weekday in range(7):
            if pattern.weekdays >> weekday & 1:
                at = (weekday * DAY + pattern.start + offset) % WEEK
                won = offset < since[at]
                template[at[won]], since[at[won]] = n, offset[won]
                before[at[won]] = (pattern.start + offset[won]) // DAY
    taken = template != OUTSIDE
    began = (np.arange(WEEK) // DAY - before) % 7
    np.add.at(hours, (began[taken], template[taken]), 1.0)
    return Week(template, before, hours / 60.0)


def calls_in(shifts: Week, local: Ints, area: Ints, minutes: Floats | None = None) -> Calls:
    """Return calls by the shift they fell in, from local minutes since 1970.

    Where many lie at midnight sharp their time is missing: such a call counts for its day and for no shift.
    """
    day, minute = local // DAY, local % DAY
    at = (day + 3) % 7 * DAY + minute
    template, before = shifts.template[at], shifts.before[at]
    at_midnight = minute == 0
    if at_midnight.sum() >= 10 and at_midnight.mean() > MANY_AT_MIDNIGHT:
        template = np.where(at_midnight, TIMELESS, template)
        before = np.where(at_midnight, 0, before)
    return Calls(day - before, template, area, np.zeros(0) if minutes is None else minutes)


def area_templates(session: Session) -> list[ShiftTemplate]:
    """Return the templates that are rostered by area, in order."""
    return list(session.scalars(select(ShiftTemplate).where(ShiftTemplate.by_area).order_by(ShiftTemplate.id)))


def areas(session: Session) -> list[Area]:
    """Return the areas in order."""
    return list(session.scalars(select(Area).order_by(Area.id)))


def shifts_of(session: Session) -> Week:
    """Return the programme's week of shifts by area."""
    return week([_pattern(template) for template in area_templates(session)])


def _pattern(template: ShiftTemplate) -> Pattern:
    start = template.start.hour * 60 + template.start.minute
    end = template.end.hour * 60 + template.end.minute
    return Pattern(start, (end - start) % DAY or DAY, template.weekdays)


def logged(session: Session, *, before: dt.date | None = None) -> Calls:
    """Return the logged incidents by the shift each fell in (local wall time of the programme's zone).

    A call at or after midnight of the day `before` is dated to that day at the earliest, even in a night that began
    the evening before, so that learning up to that day cannot see it.
    """
    log = entries(session)
    local = log.local
    calls = calls_in(shifts_of(session), local, log.area, log.minutes)
    if before is None:
        return calls
    day = np.where(local // DAY >= day_number(before), np.maximum(calls.day, day_number(before)), calls.day)
    return Calls(day, calls.template, calls.area, calls.minutes)


def entries(session: Session) -> Entries:
    """Return the log as it is written; it is read once for all that look at it, so let nobody change it."""
    return kept(session, "log", RESTS_ON, lambda: _read(session))


def _read(session: Session) -> Entries:
    place = {area.id: n for n, area in enumerate(areas(session))}
    as_written = type_coerce(Incident.at, String)  # numpy reads ten years of instants faster than we make them
    query = select(as_written, Incident.area_id, Incident.duration_minutes, Incident.type).order_by(Incident.id)
    found = plain_rows(session, query)
    sharp = np.array([row[0] for row in found], dtype="datetime64[us]")
    at, in_time = sharp.astype("datetime64[m]").astype(np.int64), np.argsort(sharp, kind="stable")
    local = times.local_minutes(at, programme_of(session).zone)
    area = np.array([place[row[1]] for row in found], dtype=np.int64)
    minutes = np.array([np.nan if row[2] is None else row[2] for row in found], dtype=float)
    for each in (at, local, area, minutes, in_time):
        each.flags.writeable = False  # it is kept for whoever asks next
    return Entries(at, local, area, minutes, tuple(row[3] for row in found), in_time)


def prior(session: Session) -> Prior:
    """Return what the programme knows without a log."""
    programme = programme_of(session)
    return Prior(
        yearly_calls=programme.yearly_calls,
        area_weights=np.array([max(area.weight, 1e-6) for area in areas(session)]),
        template_hours=shifts_of(session).hours,
        service_minutes=programme.service_minutes,
    )
