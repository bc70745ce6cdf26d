"""What is wrong with a Problem before anybody plans with it, in its own terms."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from solver.limits import MOST_MEANT, MOST_PLACES
from solver.problem import CITY, GRADES, Problem, shift_key
from solver.rules import DEFAULTS


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
            yield f"The Problem has {len(rows):,} {name}; plan {MOST_PLACES:,} at most at a time."
        for index, row in enumerate(rows):
            yield from (f"{name} {index} has the {field} {value:.3g}, which cannot be meant." for field, value
                        in _numbers(row) if not -MOST_MEANT <= value <= MOST_MEANT)  # fmt: skip
    yield from (f"Coverage has the {field} {value:.3g}, which cannot be meant." for field, value
                in _numbers(problem.coverage) if not 0 <= value <= MOST_MEANT)  # fmt: skip
    places = sum(seat.count for seat in problem.seats)
    if places > MOST_PLACES:
        yield f"The seats have {places:,} places; plan {MOST_PLACES:,} at most at a time."
    for name, rule in problem.rules.items():
        if not -MOST_MEANT <= rule.points <= MOST_MEANT:
            yield f"The rule {name} has a price of {rule.points:.3g} points, which cannot be meant."


def _numbers(row: msgspec.Struct) -> Iterator[tuple[str, float]]:
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, int | float):
            yield field, value


def _shifts(problem: Problem) -> Iterator[str]:
    areas = {area.name for area in problem.areas} | {CITY}
    for index, slot in enumerate(problem.slots):
        if slot.end <= slot.start:
            yield f"Slot {index} ({slot.date} {slot.template}) ends before it starts."
    for index, shift in enumerate(problem.shifts):
        if not 0 <= shift.slot < len(problem.slots):
            yield f"Shift {index} names slot {shift.slot}; there are {len(problem.slots)} slots."
        elif shift.area not in areas:
            yield f"Shift {index} is in {shift.area}, which is no area of the Problem."
        if shift.calls < 0 or shift.teams < 0:
            yield f"Shift {index} has fewer than zero calls or teams."
        if not 0 <= shift.answers <= 1:
            yield f"Shift {index} has teams that answer with a chance of {shift.answers:g}; give one from 0 to 1."
    for area in problem.areas:
        yield from (f"{area.name} has an unknown neighbour, {n}." for n in area.neighbours if n not in areas)
    yield from (f"Seat {i} names shift {s.shift}; there are {len(problem.shifts)} shifts."
                for i, s in enumerate(problem.seats) if not 0 <= s.shift < len(problem.shifts))  # fmt: skip


def _seats(problem: Problem) -> Iterator[str]:
    with_team = {seat.shift for seat in problem.seats if seat.team}
    for index, seat in enumerate(problem.seats):
        where = f"Seat {index} ({shift_key(problem, seat.shift)}, {seat.role})"
        teams = problem.shifts[seat.shift].teams
        if seat.count < 1:
            yield f"{where} has no place."
        elif seat.team and (teams < 1 or seat.count % teams):
            yield f"{where} has {seat.count} places, which {teams} teams cannot share."
        if not seat.accepts:
            yield f"{where} accepts no role."
        if seat.points < 0:
            yield f"{where} has a price below zero."
    for index, shift in enumerate(problem.shifts):
        if shift.teams and index not in with_team:
            yield f"Shift {shift_key(problem, index)} counts {shift.teams} teams but has no team seat."


def _people(problem: Problem) -> Iterator[str]:
    areas = {area.name for area in problem.areas} | {"", CITY}
    groups = {group.name for group in problem.groups}
    seen: set[str] = set()
    bands = {slot.bands for slot in problem.slots if slot.bands}
    for person in problem.people:
        if person.id in seen:
            yield f"Two people have the id {person.id}."
        seen.add(person.id)
        if person.group not in groups:
            yield f"{person.name} is in the group {person.group}, which the Problem does not describe."
        if person.grades and len(person.grades) != len(problem.slots):
            yield f"{person.name} has {len(person.grades)} availability letters for {len(problem.slots)} slots."
        for letter in sorted(set(person.grades) - set(GRADES)):
            yield f"{person.name} has the availability letter {letter!r}, which means nothing."
        for area in (person.home, *person.serves):
            if area not in areas:
                yield f"{person.name} serves {area}, which is no area of the Problem."
        if person.answers and (min(person.answers) < 0 or any(len(person.answers) != len(b) for b in bands)):
            yield f"{person.name} answers in {len(person.answers)} bands of hours, which are not those of every slot."
    for group in problem.groups:
        if min(group.rest_minutes, group.nights_in_a_row, group.weekends, group.most_per_tier) < 0:
            yield f"The group {group.name} has a limit below zero."


def _fixed(problem: Problem) -> Iterator[str]:
    known = {person.id for person in problem.people}
    for assignment in problem.current:
        if assignment.person not in known:
            yield f"The roster names {assignment.person}, who is not among the people."
        if not 0 <= assignment.seat < len(problem.seats):
            yield f"The roster names seat {assignment.seat}; there are {len(problem.seats)} seats."
    for duty in problem.around:
        if duty.person not in known:
            yield f"A duty outside the period names {duty.person}, who is not among the people."


def _rules(problem: Problem) -> Iterator[str]:
    for name in problem.rules:
        if name not in DEFAULTS:
            yield f"There is no rule {name}. Rules are: {', '.join(sorted(DEFAULTS))}."
    coverage = problem.coverage
    if not 0 <= coverage.answer_chance <= 1 or not 0 <= coverage.late <= coverage.missed:
        yield "Coverage asks for a chance from 0 to 1 and a late call that costs no more than a missed one."
