"""A month's frame: its days, slots and shifts, and the seats that forecast and promised hours call for."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import demand, remedies, times
from crt_scheduler.call_out import team_rate
from crt_scheduler.call_out.answer_rates import parts
from crt_scheduler.call_out.team_rate import Answering
from crt_scheduler.demand import targets
from crt_scheduler.errors import CrtError
from crt_scheduler.fairness import YEAR, Carried
from crt_scheduler.programmes import programme_of
from crt_scheduler.public_holidays import public_holidays
from crt_scheduler.tables import Area, AreaNeighbour, Programme, Seat, ShiftTemplate
from solver import problem as asked
from solver.wording import tr


class Frame(msgspec.Struct, frozen=True):
    """The month's days and slots; `places` gives the slot of a date and template row number."""

    days: list[dt.date]
    templates: list[ShiftTemplate]
    areas: list[Area]
    holidays: frozenset[dt.date]
    slots: tuple[asked.Slot, ...]
    places: dict[tuple[dt.date, int], int]

    @property
    def by_area(self) -> list[ShiftTemplate]:
        """The templates rostered by area, in order."""
        return [template for template in self.templates if template.by_area]


def frame(session: Session, programme: Programme, month: str) -> Frame:
    """Return the month's frame; raises CrtError if the programme has no shift on any day of it."""
    days = times.month_days(month)
    templates = list(session.scalars(select(ShiftTemplate).order_by(ShiftTemplate.id)))
    free = holiday_dates(programme, [days[0] - YEAR, *days])
    slots: list[asked.Slot] = []
    places: dict[tuple[dt.date, int], int] = {}
    for day in days:
        for template in templates:
            if times.on_weekday(day, template.weekdays):
                places[day, template.id] = len(slots)
                hours = (template.name, template.start, template.end, template.night)
                slots.append(_slot(day, *hours, programme.zone, day in free))
    if not slots:
        raise CrtError(tr("The programme has no shifts."), remedies.MAKE_SHIFTS)
    return Frame(days, templates, demand.areas(session), free, tuple(slots), places)


@lru_cache(maxsize=1 << 13)
def _slot(day: dt.date, name: str, begins: dt.time, ends: dt.time, night: bool, zone: str, holiday: bool) -> asked.Slot:
    """Return a day's slot; kept, since every look at a month asks for the same ones and a clock change takes long."""
    start, end = (times.minutes(moment) for moment in times.span(day, begins, ends, zone))
    return asked.Slot(
        date=day,
        template=name,
        start=start,
        end=end,
        night=night,
        weekend=day.weekday() >= 5,
        holiday=holiday,
        bands=parts(start, end, zone),
    )


def holiday_dates(programme: Programme, days: list[dt.date]) -> frozenset[dt.date]:
    """Return the public holidays of the programme's state in the years of the days."""
    if not programme.country:
        return frozenset()
    years = sorted({day.year for day in days})
    return frozenset(public_holidays(programme.country, programme.subdivision, years))


class Places(msgspec.Struct, frozen=True):
    """The month's shifts and seats, as the solver is asked to fill them."""

    shifts: tuple[asked.Shift, ...]
    seats: tuple[asked.Seat, ...]


def seating(session: Session) -> Answering:
    """Return how surely teams answer as far as seats go: as the log teaches where a target asks for it, else by hand.

    Without a target no seat depends on it, and the log of years takes long to read.
    """
    return team_rate.answering(session) if targets.chosen(session) else team_rate.by_hand(programme_of(session))


def places(session: Session, month: Frame, forecast: demand.Forecast, *, promised: int, answering: Answering) -> Places:
    """Return shifts and seats: a team everywhere, and further teams where the target asks for them.

    Without a target, second teams go where most calls come, within the minutes promised.
    """
    kinds: dict[tuple[int, bool], list[Seat]] = {}
    for row in session.scalars(select(Seat).order_by(Seat.id)):
        kinds.setdefault((row.template_id, row.city_wide), []).append(row)
    shifts: list[asked.Shift] = []
    seats_at: list[list[Seat]] = []
    template_of = {template.id: template for template in month.templates}
    for (day, template_id), slot in month.places.items():
        template = template_of[template_id]
        if template.by_area:
            number, answers = month.by_area.index(template), answering.chance(month.slots[slot].bands)
            for n, area in enumerate(month.areas):
                calls = round(forecast.calls(day, number, n), 6)
                shifts.append(asked.Shift(slot, area.name, calls, teams=1, answers=answers))
                seats_at.append(kinds.get((template_id, False), []))
        if template.city_wide:
            shifts.append(asked.Shift(slot, asked.CITY))
            seats_at.append(kinds.get((template_id, True), []))
    wanted = targets.chosen(session)
    if wanted:
        seated = _by_target(session, month, shifts, prices(programme_of(session), forecast, answering), wanted)
    else:
        seated = _second_teams(month, shifts, seats_at, promised=promised)
    one = {row.id: _seat(row) for rows in kinds.values() for row in rows}
    seats = (_of_shift(one[row.id], n, seated[n].teams) for n, rows in enumerate(seats_at) for row in rows)
    return Places(tuple(seated), tuple(seats))


def _of_shift(seat: asked.Seat, shift: int, teams: int) -> asked.Seat:
    return msgspec.structs.replace(seat, shift=shift, count=seat.count * (teams if seat.team else 1))


def _seat(row: Seat) -> asked.Seat:
    """Return a kind of seat as one team has it, of no shift yet."""
    return asked.Seat(
        shift=0,
        role=row.role,
        accepts=tuple(row.accepts),
        count=max(1, row.minimum) if row.per_team else row.target,
        tier=row.tier,
        team=row.per_team,
        optional=row.optional,
        escort=row.escort,
        points=row.points,
        credential=row.credential,
    )


def neighbourhood(session: Session, month: Frame) -> tuple[asked.Area, ...]:
    """Return the areas with their neighbours, as the solver sees them."""
    names = {area.id: area.name for area in month.areas}
    near: dict[int, list[str]] = {}
    for row in session.scalars(select(AreaNeighbour).order_by(AreaNeighbour.id)):
        near.setdefault(row.area_id, []).append(names[row.neighbour_id])
    return tuple(asked.Area(area.name, tuple(sorted(near.get(area.id, [])))) for area in month.areas)


def prices(programme: Programme, forecast: demand.Forecast, answering: Answering) -> asked.Coverage:
    """Return how a call ends and what that costs: the programme's prices, and what the logs of calls taught."""
    return asked.Coverage(
        answer_chance=answering.usual,
        service_minutes=round(forecast.service_minutes, 3),
        missed=programme.missed_points,
        late=programme.late_points,
    )


def _by_target(
    session: Session, month: Frame, shifts: list[asked.Shift], prices: asked.Coverage, wanted: targets.Targets
) -> list[asked.Shift]:
    """Seat the fewest teams with which calls find one as surely as the target asks, whatever hours are promised."""
    given = asked.Problem(
        period="", zone="", areas=neighbourhood(session, month), slots=month.slots, shifts=tuple(shifts), seats=(),
        languages=(), groups=(), people=(), rules={}, coverage=prices,
    )  # fmt: skip
    found = targets.teams_for(given, wanted)
    return [msgspec.structs.replace(s, teams=n) for s, n in zip(shifts, found, strict=True)]


def _second_teams(
    month: Frame, shifts: list[asked.Shift], seats_at: list[list[Seat]], *, promised: int
) -> list[asked.Shift]:
    """Seat a second team where calls are most expected, as far as the minutes that volunteers promise reach."""

    def minutes(n: int) -> int:
        slot = month.slots[shifts[n].slot]
        return slot.end - slot.start

    needed = sum(
        minutes(n) * row.minimum
        for n, rows in enumerate(seats_at)
        for row in rows
        if not row.optional and "clergy" not in row.accepts
    )
    spare = promised - needed
    result = list(shifts)
    for n in sorted(range(len(shifts)), key=lambda n: (-shifts[n].calls, n)):
        team = [row for row in seats_at[n] if row.per_team]
        if not team or any(row.target < 2 * row.minimum for row in team):
            continue
        spare -= minutes(n) * sum(row.minimum for row in team)
        if spare < 0:
            break
        result[n] = msgspec.structs.replace(shifts[n], teams=2)
    return result


def load(month: Frame, wanted: Places, *, clergy: bool, promised: int) -> Carried:
    """Return what the month's seats will ask of volunteers or of clergy, scaled to the minutes promised."""
    nights = weekends = holidays = calls = minutes = 0.0
    for seat in wanted.seats:
        if seat.optional or ("clergy" in seat.accepts) != clergy:
            continue
        shift = wanted.shifts[seat.shift]
        slot = month.slots[shift.slot]
        nights += seat.count * slot.night
        weekends += seat.count * slot.weekend
        holidays += seat.count * slot.holiday
        calls += seat.count * shift.calls
        minutes += seat.count * (slot.end - slot.start)
    part = min(1.0, promised / minutes) if minutes else 0.0
    return Carried(nights * part, weekends * part, holidays * part, calls * part)
