"""The programme: made from a preset, found again, and areas added to it later."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes.home import home
from crt_scheduler.programmes.preset_plans import AreaPlan, Preset, SeatPlan, preset, presets
from crt_scheduler.tables import (
    Area,
    AreaNeighbour,
    CredentialKind,
    Division,
    HardCall,
    Programme,
    ResponderGroup,
    Seat,
    ShiftTemplate,
    WantedLanguage,
)
from solver.wording import counted, tr

__all__ = [
    "ADD_AREAS",
    "SET_UP",
    "AreaPlan",
    "Preset",
    "add_areas",
    "area_ids",
    "division_ids",
    "home",
    "init",
    "is_set_up",
    "preset",
    "presets",
    "programme_of",
]


def init(
    session: Session,
    plan: Preset,
    *,
    name: str,
    areas: tuple[AreaPlan, ...] = (),
    zone: str = "",
    title: str = "",
    country: str = "",
) -> Programme:
    """Make the programme of a preset, with other areas, another zone, country or a title of its own where given.

    Country and customs follow the zone (home.py). Raises CrtError if the database already has a programme, a neighbour
    is unknown, the zone or the country is none, or a country of several zones is given without one.
    """
    if session.scalar(select(Programme)) is not None:
        raise CrtError(tr("This database already has a programme."), remedies.OTHER_FILE)
    at = home(plan, zone=zone, country=country)
    programme = Programme(
        name=title.strip() or plan.name,
        preset=name,
        zone=at.zone,
        country=at.country,
        subdivision=at.subdivision,
        clock=at.clock,
        first_weekday=at.first_weekday,
        date_order=at.date_order,
        answer_chance=plan.answer_chance,
        service_minutes=plan.service_minutes,
        missed_points=plan.missed_points,
        late_points=plan.late_points,
        yearly_calls=plan.yearly_calls,
        show_partner=plan.show_partner,
        report_to=plan.report_to,
        alarm_minutes=plan.alarm_minutes,
        stand_down_hours=plan.stand_down_hours,
        silence_minutes=plan.silence_minutes,
        reach_minutes=plan.reach_minutes,
        debrief_hours=plan.debrief_hours,
        hard_cap=plan.hard_cap,
        response_cap=plan.response_cap,
        wishes_until=plan.wishes_until,
    )
    session.add(programme)
    session.flush()
    add_areas(session, areas or plan.areas)
    _templates(session, programme, plan)
    _people_rules(session, programme, plan)
    return programme


def _templates(session: Session, programme: Programme, plan: Preset) -> None:
    for template in plan.templates:
        row = ShiftTemplate(
            programme_id=programme.id,
            name=template.name,
            start=dt.time.fromisoformat(template.start),
            end=dt.time.fromisoformat(template.end),
            weekdays=times.weekday_mask(list(template.weekdays)),
            night=template.night,
            by_area=template.by_area,
            city_wide=template.city_wide,
        )
        session.add(row)
        session.flush()
        for seat in plan.seats:
            if template.name in seat.templates:
                session.add(_seat(row, seat))


def _seat(template: ShiftTemplate, seat: SeatPlan) -> Seat:
    return Seat(
        template_id=template.id,
        city_wide=seat.city_wide,
        role=seat.role,
        tier=seat.tier,
        accepts=list(seat.accepts),
        minimum=seat.minimum,
        target=seat.target,
        per_team=seat.per_team,
        optional=seat.optional,
        escort=seat.escort,
        points=seat.points,
        credential=seat.credential,
    )


def _people_rules(session: Session, programme: Programme, plan: Preset) -> None:
    for language in plan.languages:
        session.add(WantedLanguage(programme_id=programme.id, name=language.name, each_area=language.each_area))
    for group in plan.groups:
        session.add(
            ResponderGroup(
                programme_id=programme.id,
                kind=group.kind,
                floor_minutes=round(group.floor_hours * 60),
                target_minutes=round(group.target_hours * 60),
                ceiling_minutes=round(group.ceiling_hours * 60),
                rest_minutes=round(group.rest_hours * 60),
                nights_in_a_row=group.nights_in_a_row,
                weekends=group.weekends,
                most_per_tier=group.most_per_tier,
                experienced_after_days=group.experienced_after_days,
            )
        )
    for credential in plan.credentials:
        session.add(CredentialKind(programme_id=programme.id, name=credential.name, blocking=credential.blocking))
    for name in plan.hard_calls:
        session.add(HardCall(programme_id=programme.id, name=name))


def is_set_up(session: Session) -> bool:
    """Does the database hold a programme?"""
    return session.scalar(select(Programme.id)) is not None


def programme_of(session: Session) -> Programme:
    """Return the database's programme; raises CrtError if there is none yet."""
    row: Programme | None = session.scalar(select(Programme))
    if row is None:
        raise CrtError(tr("The database holds no programme yet."), remedies.MAKE_TEAM)
    return row


def add_areas(session: Session, plans: tuple[AreaPlan, ...]) -> None:
    """Add areas, or divisions and neighbours to areas there are; neighbours hold in both directions.

    Raises CrtError for a neighbour that is no area, and for the name City, which stands for all areas.
    """
    programme = programme_of(session)
    ids = {row.name: row.id for row in session.scalars(select(Area))}
    for plan in plans:
        if plan.name.casefold() == "city":
            raise CrtError(tr("No area may be called City: that name stands for all areas together."))
        if plan.name not in ids:
            row = Area(programme_id=programme.id, name=plan.name, weight=plan.weight)
            session.add(row)
            session.flush()
            ids[plan.name] = row.id
    for plan in plans:
        for other in plan.neighbours:
            if other not in ids:
                raise CrtError(
                    tr(
                        "{name} names {other!r} as a neighbour, which is no area. Add it first.",
                        name=plan.name,
                        other=other,
                    )
                )
            _join(session, ids[plan.name], ids[other])
        known = {row.name.casefold() for row in session.scalars(select(Division))}
        for division in plan.divisions:
            if division.casefold() not in known:
                session.add(Division(area_id=ids[plan.name], name=division))
    session.flush()


def _join(session: Session, one: int, other: int) -> None:
    if one == other:
        raise CrtError(tr("An area cannot be its own neighbour."))
    pairs = {(row.area_id, row.neighbour_id) for row in session.scalars(select(AreaNeighbour))}
    for pair in ((one, other), (other, one)):
        if pair not in pairs:
            session.add(AreaNeighbour(area_id=pair[0], neighbour_id=pair[1]))
    session.flush()


def area_ids(session: Session) -> dict[str, int]:
    """Return the areas by name, case folded."""
    return {row.name.casefold(): row.id for row in session.scalars(select(Area))}


def division_ids(session: Session) -> dict[str, tuple[int, int]]:
    """Return division row number and its area's row number, by division name, case folded."""
    return {row.name.casefold(): (row.id, row.area_id) for row in session.scalars(select(Division))}


def _set_up(_: Session, plan: Preset, *, title: str = "", **__: Any) -> str:
    return tr("Set up {name}", name=title.strip() or plan.name)


def _areas_added(_: Session, plans: tuple[AreaPlan, ...]) -> str:
    return counted(len(plans), "Add area {names}", "Add areas {names}", names=", ".join(plan.name for plan in plans))


SET_UP = Act(init, _set_up)
ADD_AREAS = Act(add_areas, _areas_added)
