"""What the solver is asked: the records of a month frozen as a Problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, demand, fairness, frame, journal, roster, team, times
from crt_scheduler.call_out import team_rate
from crt_scheduler.fairness import Worked
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.planning.prices import rules
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import WantedLanguage
from solver import problem as asked

Members = Callable[[Session, frame.Frame, availability.Days, list[Worked]], list[team.Member]]


AROUND_DAYS = 7
"""Days before and after the month whose duties rest, nights and weekends must respect."""


def problem(session: Session, month: str, *, now: dt.datetime) -> asked.Problem:
    """Freeze everything a solver needs to plan the month.

    A shift that has begun by `now` is history: whoever is on it stays, nobody is added, and its open seats are not
    asked for. Locked places keep their people too. Raises CrtError if there is nobody to roster.
    """
    forecast = month_forecast(session, month, now=now)
    return freeze(session, month, forecast, team.members, now=now)


def month_forecast(session: Session, month: str, *, now: dt.datetime) -> demand.Forecast:
    """Return the calls to come in a month, as learnt by the local day of `now`."""
    today = times.local(now, programme_of(session).zone).date()
    return demand.forecast(session, times.parse_month(month), today=today)


def problem_of_few(session: Session, month: str, few: frozenset[str], *, now: dt.datetime) -> asked.Problem:
    """Freeze the month as `problem` does, with a few people alone and without what only prices look at.

    Their hard rules read the same; a rule of fair shares, and how surely people answer, cannot be told from it.
    Of the year before, the last month alone is read, and how teams answer only where a target makes seats of it.
    """
    programme = programme_of(session)
    plan = _as_of(frame.frame(session, programme, month), now)
    before = times.month_days(times.previous_month(month))
    days = availability.Days(plan.slots, programme.zone)
    everyone = team.members(session, plan, days, fairness.worked(session, before[0], before[-1]))
    promised = sum(member.target for member in everyone if member.record.kind == "volunteer")
    answering = frame.seating(session)
    forecast = month_forecast(session, month, now=now)
    wanted = frame.places(session, plan, forecast, promised=promised, answering=answering)
    rows = roster.rows(session, plan.days[0], plan.days[-1])
    wanted = _with_history(plan, wanted, rows)
    members = [member for member in everyone if member.record.code in few]
    shares = {member.record.id: fairness.NOTHING for member in members}
    told = availability.told_of(session, days, plan.places, [member.record.id for member in members])
    people = team.persons(session, plan, days, members, shares, {}, now=now, told=told)
    return _frozen(session, plan, wanted, members, people, rows, frame.prices(programme, forecast, answering), now=now)


def freeze(
    session: Session, month: str, forecast: demand.Forecast, members_of: Members, *, now: dt.datetime
) -> asked.Problem:
    """Freeze a month for a forecast and whoever `members_of` finds on the team."""
    programme = programme_of(session)
    plan = _as_of(frame.frame(session, programme, month), now)
    duties = fairness.worked_before(session, plan.days[0])
    days = availability.Days(plan.slots, programme.zone)
    members = members_of(session, plan, days, duties)
    promised = sum(member.target for member in members if member.record.kind == "volunteer")
    answering = team_rate.answering(session)
    wanted = frame.places(session, plan, forecast, promised=promised, answering=answering)
    rows = roster.rows(session, plan.days[0], plan.days[-1])
    wanted = _with_history(plan, wanted, rows)
    answered = fairness.answered(session, plan.days[0] - fairness.YEAR, plan.days[0])
    shares = team.fair_shares(session, plan, members, duties, forecast, wanted, answered)
    people = team.persons(session, plan, days, members, shares, answering.factors, now=now)
    return _frozen(session, plan, wanted, members, people, rows, frame.prices(programme, forecast, answering), now=now)


def _frozen(
    session: Session,
    plan: frame.Frame,
    wanted: frame.Places,
    members: list[team.Member],
    people: tuple[asked.Person, ...],
    rows: list[AssignmentRow],
    prices: asked.Coverage,
    *,
    now: dt.datetime,
) -> asked.Problem:
    """Return the Problem of a month's places, of its people and of who holds which place."""
    codes = {member.record.id: member.record.code for member in members}
    return asked.Problem(
        period=times.month_of(plan.days[0]),
        zone=programme_of(session).zone,
        areas=frame.neighbourhood(session, plan),
        slots=plan.slots,
        shifts=wanted.shifts,
        seats=wanted.seats,
        languages=tuple(
            asked.Language(row.name, row.each_area)
            for row in session.scalars(select(WantedLanguage).order_by(WantedLanguage.id))
        ),
        groups=tuple(_group(member) for member in {m.group.kind: m for m in members}.values()),
        people=people,
        rules=rules(session),
        coverage=prices,
        current=current(plan.slots, wanted.shifts, wanted.seats, rows, frozenset(codes.values()), now=now),
        around=_around(session, plan, codes),
        revision=journal.revision(session),
    )


def _as_of(plan: frame.Frame, now: dt.datetime) -> frame.Frame:
    """Return the frame with every slot marked that has begun by an instant, the very start included."""
    until = times.minutes(now)
    return msgspec.structs.replace(
        plan, slots=tuple(msgspec.structs.replace(s, begun=s.start <= until) for s in plan.slots)
    )


def _with_history(plan: frame.Frame, wanted: frame.Places, rows: list[AssignmentRow]) -> frame.Places:
    """Return the places with a seat for each role and tier held on a begun shift that the programme no longer seats.

    Who worked such a seat worked its hours all the same.
    """
    shift_of = _shifts_by_name(plan.slots, wanted.shifts)
    known = {(seat.shift, seat.role, seat.tier) for seat in wanted.seats}
    gone: dict[tuple[int, str, str], None] = {}
    for row in rows:
        shift = shift_of.get((row.date, row.template, row.area))
        if shift is not None and plan.slots[wanted.shifts[shift].slot].begun:
            key = (shift, row.role, row.tier)
            gone |= {} if key in known else {key: None}
    seats = (asked.Seat(shift, role, (role,), tier=tier, optional=True) for shift, role, tier in gone)
    return msgspec.structs.replace(wanted, seats=(*wanted.seats, *seats))


def _shifts_by_name(
    slots: tuple[asked.Slot, ...], shifts: tuple[asked.Shift, ...]
) -> dict[tuple[dt.date, str, str], int]:
    return {(slots[shift.slot].date, slots[shift.slot].template, shift.area): n for n, shift in enumerate(shifts)}


def _group(member: team.Member) -> asked.Group:
    row = member.group
    return asked.Group(row.kind, row.rest_minutes, row.nights_in_a_row, row.weekends, row.most_per_tier)


def current(
    slots: tuple[asked.Slot, ...],
    shifts: tuple[asked.Shift, ...],
    seats: tuple[asked.Seat, ...],
    rows: Iterable[AssignmentRow],
    people: frozenset[str],
    *,
    now: dt.datetime,
) -> tuple[asked.Assignment, ...]:
    """Return a roster on the places of a month, without who matches no seat of it or is not among `people`."""
    shift_of = _shifts_by_name(slots, shifts)
    seat_of = {(seat.shift, seat.role, seat.tier): n for n, seat in enumerate(seats)}
    result = []
    for row in rows:
        shift = shift_of.get((row.date, row.template, row.area))
        seat = None if shift is None else seat_of.get((shift, row.role, row.tier))
        if seat is not None and row.person in people:
            begun = row.start <= now or row.state == "done"
            result.append(asked.Assignment(row.person, seat, row.locked or begun, _state(row.state)))
    return tuple(result)


def _state(word: str) -> asked.PromiseState:
    for state in ("draft", "told", "confirmed", "done"):
        if word == state:
            return state
    raise ValueError(word)


def _around(session: Session, plan: frame.Frame, codes: dict[int, str]) -> tuple[asked.Duty, ...]:
    """Return the duties just before and after the month."""
    margin = dt.timedelta(days=AROUND_DAYS)
    duties = fairness.worked(session, plan.days[0] - margin, plan.days[-1] + margin)
    return tuple(
        asked.Duty(
            person=codes[duty.responder],
            date=duty.date,
            start=times.minutes(duty.start),
            end=times.minutes(duty.end),
            night=duty.night,
            weekend=duty.weekend,
        )
        for duty in duties
        if duty.responder in codes and not plan.days[0] <= duty.date <= plan.days[-1]
    )


def problem_if_any(session: Session, month: str, *, now: dt.datetime) -> asked.Problem:
    """Freeze the month as `problem` does, also while there is nobody to roster."""
    return freeze(session, month, month_forecast(session, month, now=now), team.members_if_any, now=now)
