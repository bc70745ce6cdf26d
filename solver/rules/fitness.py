"""Who may take a seat: credentials valid on the day, a role the seat accepts, an area the person serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from solver.columns import Columns
from solver.period import day_words
from solver.problem import CITY, Person, Seat, Shift
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Rule, broken, every_duty
from solver.wording import say_date, tr


def _credentials_grid(columns: Columns) -> None:
    problem = columns.period.problem
    dates = np.array([slot.date.toordinal() for slot in problem.slots], dtype=np.int64)[columns.slot_of_seat]
    amount = np.zeros(columns.allowed.shape)
    wanted = {seat.credential for seat in problem.seats if seat.credential}
    of_seat = np.array([seat.credential for seat in problem.seats], dtype="U64") if wanted else None
    for index, person in enumerate(problem.people):
        for credential in person.credentials:
            if credential.blocking and credential.until:
                amount[index] += dates > credential.until.toordinal()
        for name in wanted:
            ends = [
                c.until.toordinal() if c.until else dt.date.max.toordinal()
                for c in person.credentials
                if c.name == name
            ]
            amount[index] += (of_seat == name[:64]) & (dates > max(ends, default=0))
    columns.price_cells("credentials", amount)


def _credentials(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, wanted = roster.period.person(person), roster.period.seat(seat).credential
    if not who.credentials and not wanted:
        return
    date, shift = roster.period.slot(seat).date, roster.period.seat(seat).shift
    for credential in who.credentials:
        if credential.blocking and credential.until and credential.until < date:
            after = credential.until + dt.timedelta(days=1)
            sentence = tr(
                "{name} expired {date}. {who_name} is off shifts from {date2}.",
                name=credential.name,
                date=say_date(credential.until, "long day"),
                who_name=who.name,
                date2=say_date(after, "long day"),
            )
            yield broken(roster, "credentials", 1, sentence, person=person, shift=shift)
    if wanted and not any(c.name == wanted and (not c.until or c.until >= date) for c in who.credentials):
        sentence = tr(
            "{name} holds no valid {wanted} on {day}; this seat asks for it.",
            name=who.name,
            wanted=wanted,
            day=day_words(date),
        )
        yield broken(roster, "credentials", 1, sentence, person=person, shift=shift)


def _roles_grid(columns: Columns) -> None:
    problem = columns.period.problem
    amount = np.ones(columns.allowed.shape)
    held = [frozenset(person.roles) for person in problem.people]
    for accepts in {seat.accepts for seat in problem.seats}:
        fits = np.array([bool(roles.intersection(accepts)) for roles in held], dtype=bool)
        seats = np.array([seat.accepts == accepts for seat in problem.seats], dtype=bool)
        amount[np.ix_(fits, seats)] = 0.0
    columns.price_cells("roles", amount)


def _roles(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, place = roster.period.person(person), roster.period.seat(seat)
    if not any(role in place.accepts for role in who.roles):
        roles, wanted = " and ".join(who.roles) or tr("nothing yet"), " or ".join(place.accepts).replace("_", " ")
        sentence = tr(
            "{name} is {roles}; this {role} seat takes {wanted}.",
            name=who.name,
            roles=roles,
            role=place.role.replace("_", " "),
            wanted=wanted,
        )
        yield broken(roster, "roles", 1, sentence, person=person, shift=place.shift)


def _areas_grid(columns: Columns) -> None:
    problem = columns.period.problem
    never, away = np.zeros(columns.allowed.shape), np.zeros(columns.allowed.shape)
    for area in {shift.area for shift in problem.shifts} - {CITY}:
        here = np.array([problem.shifts[seat.shift].area == area for seat in problem.seats], dtype=bool)
        never[:, here] = np.array([area not in person.serves for person in problem.people], dtype=float)[:, None]
        away[:, here] = np.array([_is_away(person, area) for person in problem.people], dtype=float)[:, None]
    columns.price_cells("areas", never)
    columns.price_cells("neighbour", away)


def _is_away(person: Person, area: str) -> bool:
    return person.home not in ("", area) and area in person.serves


def _areas(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, area = roster.period.person(person), roster.period.shift(seat).area
    if area != CITY and area not in who.serves:
        sentence = tr("{name} does not serve the area ({where}).", name=who.name, where=where_words(roster, seat))
        yield broken(roster, "areas", 1, sentence, person=person, shift=roster.period.seat(seat).shift)


def _neighbour(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, area = roster.period.person(person), roster.period.shift(seat).area
    if area != CITY and _is_away(who, area):
        sentence = tr(
            "{name} of {home} helps out ({where}).", name=who.name, home=who.home, where=where_words(roster, seat)
        )
        yield broken(roster, "neighbour", 1, sentence, person=person, shift=roster.period.seat(seat).shift)


def takes(person: Person, seat: Seat, shift: Shift) -> bool:
    """Say whether a person has a role the seat accepts and serves its area: the people worth asking at all."""
    return any(role in seat.accepts for role in person.roles) and (shift.area == CITY or shift.area in person.serves)


CREDENTIALS = Rule(
    "credentials",
    "Credentials valid",
    "Nobody is on call once a blocking credential has expired; a seat that asks for one gets somebody who holds it.",
    "person",
    every_duty(_credentials),
    grid=_credentials_grid,
    on_seat=_credentials,
    of_duties=True,
)
ROLES = Rule(
    "roles",
    "A role the seat takes",
    "Whoever takes a seat has a role that it accepts.",
    "person",
    every_duty(_roles),
    grid=_roles_grid,
    on_seat=_roles,
    of_duties=True,
)
AREAS = Rule(
    "areas",
    "An area they serve",
    "Nobody is on call in an area they do not serve.",
    "person",
    every_duty(_areas),
    grid=_areas_grid,
    on_seat=_areas,
    of_duties=True,
)
NEIGHBOUR = Rule(
    "neighbour",
    "Away from home area",
    "Each duty in an area that is not the person's home.",
    "person",
    every_duty(_neighbour),
    on_seat=_neighbour,
    of_duties=True,
)
