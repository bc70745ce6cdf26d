"""Hours on call in the period: never over the ceiling, near the target, not below the floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Columns, Floats, Ints
from solver.period import Period
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Off, Rule, broken
from solver.wording import counting, tr


def _hours(columns: Columns) -> tuple[Ints, Ints, Floats]:
    """Return (person, column, hours of the column) over all choices."""
    slots = columns.period.problem.slots
    hours = np.array([(slot.end - slot.start) / 60 for slot in slots])
    return columns.person, np.arange(len(columns.person), dtype=np.int64), hours[columns.slot]


def _promised(columns: Columns, kind: str) -> Floats:
    return np.array([getattr(person, kind) / 60 for person in columns.period.problem.people])


def _most(period: Period, person: int) -> int:
    """Return the minutes a person may be on call, or was on shifts that have begun, which no plan takes back."""
    worked = sum(slot.end - slot.start for slot in map(period.slot, period.worked[person]))
    return max(period.person(person).ceiling, worked)


def _ceiling_rows(columns: Columns) -> None:
    person, column, hours = _hours(columns)
    most = np.array([_most(columns.period, n) / 60 for n in range(len(columns.period.problem.people))])
    columns.limit("ceiling", person, column, hours, most, person=np.arange(len(most)), size=len(most))


def _floor_rows(columns: Columns) -> None:
    person, column, hours = _hours(columns)
    least = _promised(columns, "floor")
    columns.limit("floor", person, column, -hours, -least, person=np.arange(len(least)), size=len(least))


def _target_rows(columns: Columns) -> None:
    person, column, hours = _hours(columns)
    wanted = _promised(columns, "target")
    columns.limit("target", person, column, -hours, -wanted, person=np.arange(len(wanted)), size=len(wanted))


def _beyond_rows(columns: Columns) -> None:
    person, column, hours = _hours(columns)
    wanted = _promised(columns, "target")
    columns.limit("beyond", person, column, hours, wanted, person=np.arange(len(wanted)), size=len(wanted))


def hours_on_call(roster: Roster, person: int) -> float:
    """Return a person's hours on call inside the period."""
    return sum(duty.end - duty.start for duty in roster.duties[person]) / 60


def _ceiling(roster: Roster, person: int) -> Iterator[Violation]:
    who, hours = roster.period.person(person), hours_on_call(roster, person)
    most = _most(roster.period, person) / 60
    if hours > most + 1e-9:
        sentence = tr(
            "{name} has {hours:g} h on call; the ceiling is {ceiling:g} h.",
            name=who.name,
            hours=hours,
            ceiling=who.ceiling / 60,
        )
        yield broken(roster, "ceiling", hours - most, sentence, person=person)


def _floor(roster: Roster, person: int) -> Iterator[Violation]:
    who, hours = roster.period.person(person), hours_on_call(roster, person)
    if hours < who.floor / 60 - 1e-9:
        sentence = tr(
            "{name} has {hours:g} h on call; the floor is {floor:g} h.",
            name=who.name,
            hours=hours,
            floor=who.floor / 60,
        )
        yield broken(roster, "floor", who.floor / 60 - hours, sentence, person=person)


def _target(roster: Roster, person: int) -> Iterator[Violation]:
    short = roster.period.person(person).target / 60 - hours_on_call(roster, person)
    if short > 1e-9:
        yield broken(roster, "target", short, _against_target(roster, person), person=person)


def _beyond(roster: Roster, person: int) -> Iterator[Violation]:
    over = hours_on_call(roster, person) - roster.period.person(person).target / 60
    if over > 1e-9:
        yield broken(roster, "beyond", over, _against_target(roster, person), person=person)


def _against_target(roster: Roster, person: int) -> str:
    who = roster.period.person(person)
    return tr(
        "{name} has {hours:g} h on call; the target is {target:g} h.",
        name=who.name,
        hours=hours_on_call(roster, person),
        target=who.target / 60,
    )


CEILING = Rule(
    "ceiling",
    "Hours at most",
    "Nobody is on call for more hours of the period than their ceiling.",
    "person",
    _ceiling,
    rows=_ceiling_rows,
    off=Off("At the hours ceiling", counting("{n} is at the hours ceiling", "{n} are at their hours ceiling")),
)
FLOOR = Rule(
    "floor",
    "Hours at least",
    "Each hour of the period that somebody is short of their floor.",
    "person",
    _floor,
    rows=_floor_rows,
    usual=Setting(points=3),
)
TARGET = Rule(
    "target",
    "Hours as promised",
    "Each hour of the period that somebody is below their target.",
    "person",
    _target,
    rows=_target_rows,
    usual=Setting(points=0.5),
)
BEYOND = Rule(
    "beyond",
    "Hours beyond the promise",
    "Each hour of the period that somebody is above their target.",
    "person",
    _beyond,
    rows=_beyond_rows,
    usual=Setting(points=2),
)
