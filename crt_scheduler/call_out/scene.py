"""What a call-out looks at, read once: the call, who is where, what keeps whom off, how surely people answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.call_out import kept_off
from crt_scheduler.call_out.answer_rates import Rates, band_of, rates
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.on_shift import Duty, duties_around, neighbours
from crt_scheduler.care import debriefs
from crt_scheduler.care.exposure import exposure
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Area, Responder, ResponderGroup, Seat


@dataclass(frozen=True)
class Person:
    """A responder as a ranking sees one."""

    id: int
    code: str
    name: str
    kind: str
    role: str
    area: int | None
    languages: tuple[str, ...]
    traditions: tuple[str, ...]
    phone: str


@dataclass(frozen=True)
class Scene:
    """What a ranking looks at, read once: the call, who is where, and what keeps whom off."""

    call: CallRow
    at: dt.datetime
    zone: times.Zone
    area: int
    near: frozenset[int]
    areas: Mapping[int, str]
    duties: Mapping[int, list[Duty]]
    off: Mapping[int, str]
    held: Mapping[int, set[str]]
    wanted: Mapping[str, frozenset[str]]
    rest: Mapping[str, dt.timedelta]
    owing: frozenset[int]
    """Who owes an overdue debrief."""
    exposed: Mapping[str, str]
    """By id, why somebody has had much of late."""
    rates: Rates
    phones: PhoneBook
    everyone: bool


def people_of(session: Session) -> dict[int, Person]:
    """Return everyone on the team by row number."""
    of = Responder
    columns = (of.id, of.code, of.name, of.kind, of.role, of.home_area_id, of.languages, of.traditions, of.phone)
    found = session.execute(select(*columns).where(of.status != "inactive").order_by(of.code))
    return {row[0]: Person(*row[:6], languages=tuple(row[6]), traditions=tuple(row[7]), phone=row[8]) for row in found}


def scene_of(
    session: Session, call: CallRow, at: dt.datetime, people: Mapping[int, Person], *, everyone: bool,
    learnt: Rates | None,
) -> Scene:  # fmt: skip
    """Return what a ranking of these people for a call at a moment looks at."""
    programme = programme_of(session)
    areas = dict(session.execute(select(Area.id, Area.name).order_by(Area.id)).all())
    area = next(number for number, name in areas.items() if name == call.area)
    groups = session.execute(select(ResponderGroup.kind, ResponderGroup.rest_minutes))
    return Scene(
        call=call,
        at=at,
        zone=customs.zone_of(programme),
        area=area,
        near=neighbours(session, area),
        areas=areas,
        duties=duties_around(session, at),
        off=kept_off.kept_off(session, at, customs.zone_of(programme), call_id=call.id),
        held=kept_off.held(session, times.local(at, customs.zone_of(programme)).date()),
        wanted=_credentials(session),
        rest={kind: dt.timedelta(minutes=minutes) for kind, minutes in groups},
        owing=debriefs.overdue(session, now=at),
        exposed={one.person: one.why for one in exposure(session, now=at) if one.is_over},
        rates=learnt or rates(session, band=band_of(at, customs.zone_of(programme))),
        phones=PhoneBook({who.code: who.phone for who in people.values()}, programme.country),
        everyone=everyone,
    )


def _credentials(session: Session) -> dict[str, frozenset[str]]:
    """Return the credentials that the seats of each role ask for."""
    found: dict[str, set[str]] = {}
    for role, name in session.execute(select(Seat.role, Seat.credential).where(Seat.credential != "")):
        found.setdefault(role, set()).add(name)
    return {role: frozenset(names) for role, names in found.items()}
