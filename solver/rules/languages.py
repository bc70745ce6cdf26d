"""Languages: one speaker on every area shift, or one in the city."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Bools, Columns
from solver.problem import CITY
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Rule, broken
from solver.wording import tr


def _speakers(columns: Columns, language: str) -> Bools:
    return np.array([language in person.languages for person in columns.period.problem.people], dtype=bool)


def _area_rows(columns: Columns) -> None:
    problem = columns.period.problem
    wanted = [s for s, shift in enumerate(problem.shifts) if shift.area != CITY and not problem.slots[shift.slot].begun]
    shifts = np.array(wanted, dtype=np.int64)
    place = np.full(len(problem.shifts), -1, dtype=np.int64)
    place[shifts] = np.arange(len(shifts))
    for language in problem.languages:
        if language.each_area:
            chosen = np.flatnonzero(_speakers(columns, language.name)[columns.person] & (place[columns.shift] >= 0))
            row = place[columns.shift[chosen]]
            columns.limit("languages_area", row, chosen, -1.0, -1.0, shift=shifts, size=len(shifts))


def _city_rows(columns: Columns) -> None:
    slots = np.array([slot for slot, shifts in enumerate(columns.period.covered) if shifts], dtype=np.int64)
    place = np.full(len(columns.period.problem.slots), -1, dtype=np.int64)
    place[slots] = np.arange(len(slots))
    for language in columns.period.problem.languages:
        if not language.each_area:
            chosen = np.flatnonzero(_speakers(columns, language.name)[columns.person] & (place[columns.slot] >= 0))
            row = place[columns.slot[chosen]]
            columns.limit("languages_city", row, chosen, -1.0, -1.0, size=len(slots))


def _area(roster: Roster, slot: int) -> Iterator[Violation]:
    period = roster.period
    wanted = [language.name for language in period.problem.languages if language.each_area]
    for shift in period.shifts_of_slot[slot] if wanted else ():
        area = period.problem.shifts[shift].area
        if area == CITY:
            continue
        spoken = {name for person in roster.on_shift(shift) for name in period.person(person).languages}
        for language in wanted:
            if language not in spoken:
                sentence = tr("Nobody on shift in {area} speaks {language}.", area=area, language=language)
                yield broken(roster, "languages_area", 1, sentence, shift=shift)


def _city(roster: Roster, slot: int) -> Iterator[Violation]:
    period = roster.period
    if not period.covered[slot]:
        return
    spoken = {
        name
        for s in period.shifts_of_slot[slot]
        for person in roster.on_shift(s)
        for name in period.person(person).languages
    }
    when = period.problem.slots[slot]
    for language in period.problem.languages:
        if not language.each_area and language.name not in spoken:
            sentence = tr("Nobody in the city speaks {name} then.", name=language.name)
            where = f"{when.date.isoformat()}/{when.template}/{CITY}"
            yield broken(roster, "languages_city", 1, sentence, where=where)


LANGUAGES_AREA = Rule(
    "languages_area",
    "Languages in each area",
    "Each shift of an area, and language wanted in every area, that nobody on it speaks.",
    "slot",
    _area,
    rows=_area_rows,
)
LANGUAGES_CITY = Rule(
    "languages_city",
    "Languages in the city",
    "Each time, and language wanted in the city, that nobody on call speaks.",
    "slot",
    _city,
    rows=_city_rows,
)
