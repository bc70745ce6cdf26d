"""One person's page: who they are, what they hold, their usual week and dates, and what they did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster, times
from crt_scheduler.errors import CrtError
from crt_scheduler.people import people_list, usual_week
from crt_scheduler.people import ranges as dated
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import (
    Area,
    Assignment,
    CredentialKind,
    Division,
    Responder,
    Shift,
    ShiftTemplate,
    WantedLanguage,
)
from solver.problem import CITY
from solver.wording import tr

MONTHS = 12


@dataclass(frozen=True)
class Duty:
    """One shift of a person; `minutes` on call, in local date."""

    date: dt.date
    template: str
    area: str
    role: str
    tier: str
    minutes: int
    is_night: bool
    state: str

    @property
    def is_weekend(self) -> bool:
        """Does it start on a Saturday or Sunday?"""
        return self.date.weekday() >= 5


@dataclass(frozen=True)
class MonthWorked:
    """What a person carries in one month: minutes, shifts, nights, shifts that start on a weekend."""

    month: str
    minutes: int
    shifts: int
    nights: int
    weekends: int


@dataclass(frozen=True)
class PersonPage:
    """Everything a coordinator sees of one person; `months` are the twelve that end with the month asked for."""

    line: PersonLine
    month: str
    zone: times.Zone
    today: dt.date
    week: usual_week.Week
    ranges: tuple[dated.Range, ...]
    wishes: tuple[dated.Wished, ...]
    months: tuple[MonthWorked, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Choices:
    """What a person's fields can be chosen from: areas, divisions by area, languages, credentials, everyone's name."""

    areas: tuple[str, ...]
    divisions: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    credentials: tuple[str, ...]
    traditions: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def page(session: Session, code: str, month: str, *, now: dt.datetime) -> PersonPage:
    """Return the page of a person, with hours of the month and days left as of `now`.

    Past dates and wishes are left out. Raises CrtError for an unknown person.
    """
    who = roster.person(session, code)
    zone = customs.zone_of(programme_of(session))
    today = times.local(now, zone).date()
    line = next(iter(people_list.lines(session, month, now=now, code=who.code)), None)
    if line is None:
        raise CrtError(tr("{name} is gone from the records. Choose another person.", name=who.name))
    duties = _duties(session, who)
    return PersonPage(
        line=line,
        month=month,
        zone=zone,
        today=today,
        week=usual_week.week(session, who.code),
        ranges=dated.ranges(session, who.code, since=today),
        wishes=dated.wishes(session, who.code, since=today),
        months=_months(duties, month),
        duties=duties,
    )


def choices(session: Session) -> Choices:
    """Return what there is to choose from; languages are those the programme wants, then others people speak."""
    areas = {row.id: row.name for row in session.scalars(select(Area).order_by(Area.id))}
    wanted = list(session.scalars(select(WantedLanguage.name).order_by(WantedLanguage.id)))
    spoken = sorted({name for names in session.scalars(select(Responder.languages).distinct()) for name in names})
    followed = session.scalars(select(Responder.traditions).distinct())
    return Choices(
        areas=tuple(areas.values()),
        divisions=tuple(
            (row.name, areas[row.area_id]) for row in session.scalars(select(Division).order_by(Division.name))
        ),
        languages=tuple(dict.fromkeys([*wanted, *spoken])),
        credentials=tuple(session.scalars(select(CredentialKind.name).order_by(CredentialKind.id))),
        traditions=tuple(sorted({name for names in followed for name in names})),
        people=tuple((code, name) for code, name in session.execute(select(Responder.code, Responder.name))),
    )


def _duties(session: Session, who: Responder) -> tuple[Duty, ...]:
    """Return every shift of a person, newest first."""
    areas = {row.id: row.name for row in session.scalars(select(Area))}
    query = (
        select(
            *(Shift.date, Shift.start, Shift.end, Shift.area_id, ShiftTemplate.name, ShiftTemplate.night),
            *(Assignment.role, Assignment.tier, Assignment.state),
        )
        .join(Assignment, Assignment.shift_id == Shift.id)
        .join(ShiftTemplate, Shift.template_id == ShiftTemplate.id)
        .where(Assignment.responder_id == who.id)
        .order_by(Shift.start.desc())
    )
    return tuple(
        Duty(
            date=date,
            template=template,
            area=areas.get(area or 0, CITY),
            role=role,
            tier=tier,
            minutes=times.minutes(end) - times.minutes(start),
            is_night=night,
            state=state,
        )
        for date, start, end, area, template, night, role, tier, state in session.execute(query)
    )


def _months(duties: tuple[Duty, ...], last: str) -> tuple[MonthWorked, ...]:
    wanted = [last]
    while len(wanted) < MONTHS:
        wanted.append(times.previous_month(wanted[-1]))
    by_month: dict[str, list[Duty]] = {}
    for duty in duties:
        by_month.setdefault(times.month_of(duty.date), []).append(duty)
    return tuple(_worked(month, by_month.get(month, [])) for month in reversed(wanted))


def _worked(month: str, duties: list[Duty]) -> MonthWorked:
    return MonthWorked(
        month,
        minutes=sum(duty.minutes for duty in duties),
        shifts=len(duties),
        nights=sum(duty.is_night for duty in duties),
        weekends=sum(duty.is_weekend for duty in duties),
    )
