"""Languages: one speaker on every area shift, or one in the city, who counts beside a full team only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Bools, Columns, Ints
from solver.problem import CITY, Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Rule, broken
from solver.rules.teams import first_teams
from solver.wording import tr


def _speakers(columns: Columns, language: str) -> Bools:
    return np.array([language in person.languages for person in columns.period.problem.people], dtype=bool)


def _heard(columns: Columns, rule: str, chosen: Ints, points: float) -> tuple[Ints, Ints]:
    """Add a column per shift that some of the chosen choices are on: 1 when a full team there has one of them.

    Return (shift, column). Where no team is seated, whoever is there counts. `points` is gained with each.
    """
    first_team = first_teams(columns)
    shifts, row = np.unique(columns.shift[chosen], return_inverse=True)
    heard = columns.add(rule, np.full(len(shifts), -points), whole=False)
    size = len(shifts)
    columns.rows(
        rule,
        np.concatenate([row.astype(np.int64), np.arange(size)]), np.concatenate([chosen, heard]),
        np.concatenate([np.full(len(chosen), -1.0), np.ones(size)]), 0.0, shift=shifts, size=size,
    )  # fmt: skip
    seated = np.flatnonzero(first_team[shifts] >= 0)
    column = np.concatenate([heard[seated], first_team[shifts[seated]]])
    weight = np.repeat([1.0, -1.0], len(seated))
    row = np.tile(np.arange(len(seated)), 2)
    columns.rows(rule, row, column, weight, 0.0, shift=shifts[seated], size=len(seated))
    return shifts, heard


def _area_rows(columns: Columns) -> None:
    problem, setting = columns.period.problem, columns.period.setting("languages_area")
    wanted = [s for s, shift in enumerate(problem.shifts) if shift.area != CITY and not problem.slots[shift.slot].begun]
    if not setting.hard and setting.points <= 0:
        return
    for language in problem.languages:
        if not language.each_area:
            continue
        chosen = np.flatnonzero(_speakers(columns, language.name)[columns.person] & np.isin(columns.shift, wanted))
        shifts, heard = _heard(columns, "languages_area", chosen, 0.0 if setting.hard else setting.points)
        if setting.hard:
            row = np.searchsorted(np.array(wanted, dtype=np.int64), shifts)
            columns.rows("languages_area", row, heard, -1.0, -1.0, shift=np.array(wanted), size=len(wanted))
        else:
            columns.constant += setting.points * len(wanted)


def _city_rows(columns: Columns) -> None:
    setting = columns.period.setting("languages_city")
    slots = np.array([slot for slot, shifts in enumerate(columns.period.covered) if shifts], dtype=np.int64)
    if not setting.hard and setting.points <= 0:
        return
    place = np.full(len(columns.period.problem.slots), -1, dtype=np.int64)
    place[slots] = np.arange(len(slots))
    slot_of_shift = np.array([shift.slot for shift in columns.period.problem.shifts], dtype=np.int64)
    for language in columns.period.problem.languages:
        if not language.each_area:
            chosen = np.flatnonzero(_speakers(columns, language.name)[columns.person] & (place[columns.slot] >= 0))
            shifts, heard = _heard(columns, "languages_city", chosen, 0.0)
            columns.limit("languages_city", place[slot_of_shift[shifts]], heard, -1.0, -1.0, size=len(slots))


def _spoken(roster: Roster, shift: int) -> set[str]:
    """Return the languages spoken on a shift by anybody, beside a full team or not."""
    return {name for person in roster.on_shift(shift) for name in roster.period.person(person).languages}


def _counts(roster: Roster, shift: int) -> bool:
    """Say whether who is on a shift counts: there is a full team, or the shift seats none."""
    return not roster.period.team_seats[shift] or roster.teams(shift) > 0


def _area(roster: Roster, slot: int) -> Iterator[Violation]:
    period = roster.period
    wanted = [language.name for language in period.problem.languages if language.each_area]
    for shift in period.shifts_of_slot[slot] if wanted else ():
        area = period.problem.shifts[shift].area
        if area == CITY:
            continue
        spoken, counts = _spoken(roster, shift), _counts(roster, shift)
        for language in wanted:
            if language not in spoken:
                sentence = tr("Nobody on shift in {area} speaks {language}.", area=area, language=language)
                yield broken(roster, "languages_area", 1, sentence, shift=shift)
            elif not counts:
                sentence = tr(
                    "{language} is spoken in {area}, but not beside a full team.", language=language, area=area
                )
                yield broken(roster, "languages_area", 1, sentence, shift=shift)


def _city(roster: Roster, slot: int) -> Iterator[Violation]:
    period = roster.period
    if not period.covered[slot]:
        return
    shifts = period.shifts_of_slot[slot]
    anywhere = set().union(*(_spoken(roster, shift) for shift in shifts))
    counted = set().union(*(_spoken(roster, shift) for shift in shifts if _counts(roster, shift)))
    when = period.problem.slots[slot]
    for language in period.problem.languages:
        if not language.each_area and language.name not in counted:
            if language.name in anywhere:
                sentence = tr("{name} is spoken in the city then, but not beside a full team.", name=language.name)
            else:
                sentence = tr("Nobody in the city speaks {name} then.", name=language.name)
            where = f"{when.date.isoformat()}/{when.template}/{CITY}"
            yield broken(roster, "languages_city", 1, sentence, where=where)


LANGUAGES_AREA = Rule(
    "languages_area",
    "Languages in each area",
    "Each shift of an area, and language wanted in every area, that nobody beside a full team there speaks.",
    "slot",
    _area,
    rows=_area_rows,
    usual=Setting(points=20),
)
LANGUAGES_CITY = Rule(
    "languages_city",
    "Languages in the city",
    "Each time, and language wanted in the city, that nobody on call speaks; on a shift with teams, beside a full one.",
    "slot",
    _city,
    rows=_city_rows,
    usual=Setting(points=5),
)
