"""What is wrong with a Problem before anybody plans with it, in its own terms."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from solver.limits import MOST_MEANT, MOST_PLACES
from solver.problem import CITY, GRADES, Problem, shift_key
from solver.rules import DEFAULTS
from solver.wording import tr


def validate(problem: Problem) -> list[str]:
    """Return one sentence per fault of a Problem; an empty list means it can be solved."""
    faults = [*_sizes(problem)] or [*_shifts(problem)]
    if faults:
        return faults  # seats and people are named by their shifts below
    return [*_seats(problem), *_people(problem), *_fixed(problem), *_rules(problem)]


def _sizes(problem: Problem) -> Iterator[str]:
    """Look for more than any month has, and for numbers that nothing can be: they would fill the machine."""
    parts = ("areas", "slots", "shifts", "seats", "languages", "groups", "people", "current", "around")
    for name in parts:
        rows = getattr(problem, name)
        if len(rows) > MOST_PLACES:
            yield tr(
                "The Problem has {count:,} {name}; plan {most_places:,} at most at a time.",
                count=len(rows),
                name=name,
                most_places=MOST_PLACES,
            )
        for index, row in enumerate(rows):
            yield from (
                tr(
                    "{name} {index} has the {field} {value:.3g}, which cannot be meant.",
                    name=name,
                    index=index,
                    field=field,
                    value=value,
                )
                for field, value in _numbers(row)
                if not -MOST_MEANT <= value <= MOST_MEANT
            )
    yield from (
        tr("Coverage has the {field} {value:.3g}, which cannot be meant.", field=field, value=value)
        for field, value in _numbers(problem.coverage)
        if not 0 <= value <= MOST_MEANT
    )
    places = sum(seat.count for seat in problem.seats)
    if places > MOST_PLACES:
        yield tr(
            "The seats have {places:,} places; plan {most_places:,} at most at a time.",
            places=places,
            most_places=MOST_PLACES,
        )
    for name, rule in problem.rules.items():
        if not -MOST_MEANT <= rule.points <= MOST_MEANT:
            yield tr(
                "The rule {name} has a price of {points:.3g} points, which cannot be meant.",
                name=name,
                points=rule.points,
            )


def _numbers(row: msgspec.Struct) -> Iterator[tuple[str, float]]:
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, int | float):
            yield field, value


def _shifts(problem: Problem) -> Iterator[str]:
    areas = {area.name for area in problem.areas} | {CITY}
    for index, slot in enumerate(problem.slots):
        if slot.end <= slot.start:
            yield tr(
                "Slot {index} ({date} {template}) ends before it starts.",
                index=index,
                date=slot.date,
                template=slot.template,
            )
    for index, shift in enumerate(problem.shifts):
        if not 0 <= shift.slot < len(problem.slots):
            yield tr(
                "Shift {index} names slot {slot}; there are {count} slots.",
                index=index,
                slot=shift.slot,
                count=len(problem.slots),
            )
        elif shift.area not in areas:
            yield tr("Shift {index} is in {area}, which is no area of the Problem.", index=index, area=shift.area)
        if shift.calls < 0 or shift.teams < 0:
            yield tr("Shift {index} has fewer than zero calls or teams.", index=index)
        if not 0 <= shift.answers <= 1:
            yield tr(
                "Shift {index} has teams that answer with a chance of {answers:g}; give one from 0 to 1.",
                index=index,
                answers=shift.answers,
            )
    for area in problem.areas:
        yield from (
            tr("{name} has an unknown neighbour, {n}.", name=area.name, n=n) for n in area.neighbours if n not in areas
        )
    yield from (
        tr("Seat {i} names shift {shift}; there are {count} shifts.", i=i, shift=s.shift, count=len(problem.shifts))
        for i, s in enumerate(problem.seats)
        if not 0 <= s.shift < len(problem.shifts)
    )


def _seats(problem: Problem) -> Iterator[str]:
    with_team = {seat.shift for seat in problem.seats if seat.team}
    for index, seat in enumerate(problem.seats):
        where = tr(
            "Seat {index} ({shift_key}, {role})", index=index, shift_key=shift_key(problem, seat.shift), role=seat.role
        )
        teams = problem.shifts[seat.shift].teams
        if seat.count < 1:
            yield tr("{where} has no place.", where=where)
        elif seat.team and (teams < 1 or seat.count % teams):
            yield tr(
                "{where} has {count} places, which {teams} teams cannot share.",
                where=where,
                count=seat.count,
                teams=teams,
            )
        if not seat.accepts:
            yield tr("{where} accepts no role.", where=where)
        if seat.points < 0:
            yield tr("{where} has a price below zero.", where=where)
    for index, shift in enumerate(problem.shifts):
        if shift.teams and index not in with_team:
            yield tr(
                "Shift {shift_key} counts {teams} teams but has no team seat.",
                shift_key=shift_key(problem, index),
                teams=shift.teams,
            )


def _people(problem: Problem) -> Iterator[str]:
    areas = {area.name for area in problem.areas} | {"", CITY}
    groups = {group.name for group in problem.groups}
    seen: set[str] = set()
    bands = {slot.bands for slot in problem.slots if slot.bands}
    for person in problem.people:
        if person.id in seen:
            yield tr("Two people have the id {id}.", id=person.id)
        seen.add(person.id)
        if person.group not in groups:
            yield tr(
                "{name} is in the group {group}, which the Problem does not describe.",
                name=person.name,
                group=person.group,
            )
        if person.grades and len(person.grades) != len(problem.slots):
            yield tr(
                "{name} has {count} availability letters for {count2} slots.",
                name=person.name,
                count=len(person.grades),
                count2=len(problem.slots),
            )
        for letter in sorted(set(person.grades) - set(GRADES)):
            yield tr(
                "{name} has the availability letter {letter!r}, which means nothing.", name=person.name, letter=letter
            )
        for area in (person.home, *person.serves):
            if area not in areas:
                yield tr("{name} serves {area}, which is no area of the Problem.", name=person.name, area=area)
        if person.answers and (min(person.answers) < 0 or any(len(person.answers) != len(b) for b in bands)):
            yield tr(
                "{name} answers in {count} bands of hours, which are not those of every slot.",
                name=person.name,
                count=len(person.answers),
            )
    for group in problem.groups:
        if min(group.rest_minutes, group.nights_in_a_row, group.weekends, group.most_per_tier) < 0:
            yield tr("The group {name} has a limit below zero.", name=group.name)


def _fixed(problem: Problem) -> Iterator[str]:
    known = {person.id for person in problem.people}
    for assignment in problem.current:
        if assignment.person not in known:
            yield tr("The roster names {person}, who is not among the people.", person=assignment.person)
        if not 0 <= assignment.seat < len(problem.seats):
            yield tr(
                "The roster names seat {seat}; there are {count} seats.", seat=assignment.seat, count=len(problem.seats)
            )
    for duty in problem.around:
        if duty.person not in known:
            yield tr("A duty outside the period names {person}, who is not among the people.", person=duty.person)


def _rules(problem: Problem) -> Iterator[str]:
    for name in problem.rules:
        if name not in DEFAULTS:
            yield tr("There is no rule {name}. Rules are: {names}.", name=name, names=", ".join(sorted(DEFAULTS)))
    coverage = problem.coverage
    if not 0 <= coverage.answer_chance <= 1 or not 0 <= coverage.late <= coverage.missed:
        yield tr("Coverage asks for a chance from 0 to 1 and a late call that costs no more than a missed one.")
