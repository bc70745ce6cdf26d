"""Who may take a seat: credentials valid on the day, a role the seat accepts, an area the person serves."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from solver.columns import Columns, Floats, Ints
from solver.period import Period, day_words
from solver.problem import CITY, Person, Seat, Setting, Shift
from solver.result import Violation
from solver.role_names import role_words
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Off, Rule, broken, every_duty
from solver.wording import counting, say_date, tr


def worth_looking_at(period: Period) -> tuple[Ints, Ints]:
    """Return (person, seat), in order, of every pair that hard roles and areas leave open, and of every locked one.

    Of a thousand people few fit a seat: a grid of all people and seats of 80 areas took 3 GB.
    """
    problem = period.problem
    by_role, by_area = period.setting("roles").hard, period.setting("areas").hard
    kinds: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for index, seat in enumerate(problem.seats):
        kinds[seat.accepts if by_role else (), problem.shifts[seat.shift].area if by_area else CITY].append(index)
    held = [frozenset(person.roles) for person in problem.people]
    served = [frozenset(person.serves) for person in problem.people]
    keys = [np.array([person * len(problem.seats) + seat for person, seat in period.locked], dtype=np.int64)]
    for (accepts, area), seats in kinds.items():
        able = range(len(held)) if not by_role else [n for n, roles in enumerate(held) if not roles.isdisjoint(accepts)]
        fit = np.array([n for n in able if area == CITY or area in served[n]], dtype=np.int64)
        keys.append((fit[:, None] * len(problem.seats) + np.array(seats, dtype=np.int64)).ravel())
    every = np.sort(np.concatenate(keys))
    person, seat_of = np.divmod(every[np.diff(every, prepend=-1) > 0], max(1, len(problem.seats)))
    return person, seat_of


def _credentials_grid(columns: Columns) -> None:
    problem = columns.period.problem
    last = dt.date.max.toordinal()
    dates = np.array([slot.date.toordinal() for slot in problem.slots], dtype=np.int64)[columns.slot]
    amount = np.zeros(len(dates))
    blocking = [
        [c.until.toordinal() for c in person.credentials if c.blocking and c.until] for person in problem.people
    ]
    for place in range(max(map(len, blocking), default=0)):
        ends = np.array([own[place] if place < len(own) else last for own in blocking], dtype=np.int64)
        amount += dates > ends[columns.person]
    of_seat = np.array([seat.credential for seat in problem.seats], dtype=object)
    for name in {seat.credential for seat in problem.seats if seat.credential}:
        held = [
            [c.until.toordinal() if c.until else last for c in person.credentials if c.name == name]
            for person in problem.people
        ]
        ends = np.array([max(own, default=0) for own in held], dtype=np.int64)
        amount += (of_seat == name)[columns.seat] & (dates > ends[columns.person])
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
    kinds = sorted({seat.accepts for seat in problem.seats})
    place = {accepts: number for number, accepts in enumerate(kinds)}
    kind_of = np.array([place[seat.accepts] for seat in problem.seats], dtype=np.int64)
    misfit = [[not set(person.roles).intersection(accepts) for accepts in kinds] for person in problem.people]
    columns.price_cells("roles", _looked_up(misfit, columns.person, kind_of[columns.seat]))


def _looked_up(table: list[list[bool]], row: Ints, column: Ints) -> Floats:
    """Return a table's cells as 0 or 1; a table without rows is asked for none."""
    return np.array(table, dtype=float)[row, column] if table else np.zeros(0)


def _roles(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, place = roster.period.person(person), roster.period.seat(seat)
    if not any(role in place.accepts for role in who.roles):
        roles, wanted = " and ".join(who.roles) or tr("nothing yet"), " or ".join(place.accepts).replace("_", " ")
        sentence = tr(
            "{name} is {roles}; this {role} seat takes {wanted}.",
            name=who.name,
            roles=roles,
            role=role_words(place.role),
            wanted=wanted,
        )
        yield broken(roster, "roles", 1, sentence, person=person, shift=place.shift)


def _areas_grid(columns: Columns) -> None:
    problem = columns.period.problem
    areas = sorted({shift.area for shift in problem.shifts})
    place = {area: number for number, area in enumerate(areas)}
    area_of = np.array([place[shift.area] for shift in problem.shifts], dtype=np.int64)[columns.shift]
    never = [[area not in (CITY, *person.serves) for area in areas] for person in problem.people]
    away = [[area != CITY and _is_away(person, area) for area in areas] for person in problem.people]
    columns.price_cells("areas", _looked_up(never, columns.person, area_of))
    columns.price_cells("neighbour", _looked_up(away, columns.person, area_of))


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
    off=Off("Credential expired or missing", counting("{n} lacks a valid credential", "{n} lack a valid credential")),
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
    off=Off("Not open to their role"),
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
    off=Off("Do not serve the area"),
)
NEIGHBOUR = Rule(
    "neighbour",
    "Away from home area",
    "Each duty in an area that is not the person's home.",
    "person",
    every_duty(_neighbour),
    on_seat=_neighbour,
    of_duties=True,
    usual=Setting(points=8),
)
