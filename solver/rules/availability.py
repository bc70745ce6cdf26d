"""What people said about a slot: cannot, leave, stand-down, a debrief owed, and wishes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from solver.columns import Columns
from solver.problem import GRADES, Grade, Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import HARD, Emit, Off, OnSeat, Rule, broken, every_duty, matters
from solver.wording import Sayings, counting

WORDS: Sayings[Grade] = Sayings(
    {
        "cannot": "{name} cannot come ({where}).",
        "not_joined": "{name} has not joined yet or is inactive then ({where}).",
        "leave": "{name} is on leave ({where}).",
        "stand_down": "{name} is standing down after a hard call ({where}).",
        "debrief": "{name} owes the debrief of a hard call: hold it before this shift ({where}).",
        "rather_not": "{name} would rather not ({where}).",
        "prefers": "{name} prefers this duty ({where}).",
        "wants": "{name} wants this duty ({where}).",
    }
)
"""The sentence for each grade but free."""


def _grid(rule: str, grades: tuple[Grade, ...]) -> Emit:
    letters = [letter for letter, grade in GRADES.items() if grade in grades]

    def emit(columns: Columns) -> None:
        concerned = np.isin(_letters(columns), letters)
        columns.price_cells(rule, concerned[columns.person, columns.slot].astype(float))

    return emit


def _letters(columns: Columns) -> npt.NDArray[np.str_]:
    """Return what each person said of each slot, read once."""
    if columns.letters is None:
        problem = columns.period.problem
        blank = "." * len(problem.slots)
        said = "".join(person.grades or blank for person in problem.people)
        letters = np.frombuffer(said.encode("utf-32-le"), dtype="U1") if said else np.zeros(0, dtype="U1")
        columns.letters = letters.reshape(len(problem.people), len(problem.slots))
    return columns.letters


def _on_seat(rule: str, grades: tuple[Grade, ...]) -> OnSeat:
    def check(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
        grade = roster.period.grade(person, seat)
        if grade in grades and matters(roster, rule):
            sentence = WORDS.say(grade, name=roster.period.person(person).name, where=where_words(roster, seat))
            yield broken(roster, rule, 1, sentence, person=person, shift=roster.period.seat(seat).shift)

    return check


def _said(rule: str, title: str, holds: str, *grades: Grade, usual: Setting = HARD, off: Off | None = None) -> Rule:
    """Return the rule that looks at one or two grades of availability."""
    on_seat, letters = _on_seat(rule, grades), "".join(letter for letter, grade in GRADES.items() if grade in grades)
    check = every_duty(on_seat, letters)
    return Rule(
        rule, title, holds, "person", check, grid=_grid(rule, grades), on_seat=on_seat, of_duties=True,
        said=letters, usual=usual, off=off,
    )  # fmt: skip


AVAILABILITY = _said(
    "availability", "Available",
    "Nobody is on call when they cannot come, have not joined yet or are inactive.", "cannot", "not_joined",
    off=Off("Unavailable", counting("{n} is unavailable", "{n} are unavailable")),
)  # fmt: skip
LEAVE = _said(
    "leave",
    "On leave",
    "Nobody is on call while on leave.",
    "leave",
    off=Off("On leave", counting("{n} is on leave", "{n} are on leave")),
)
STAND_DOWN = _said(
    "stand_down",
    "Standing down",
    "Nobody is on call while standing down after a hard call.",
    "stand_down",
    off=Off("Standing down", counting("{n} is standing down", "{n} are standing down")),
)
DEBRIEF = _said(
    "debrief", "Debrief held before",
    "Whoever owes an overdue debrief is off the shifts of the next days until it is held.", "debrief",
    off=Off("Owe a debrief", counting("{n} owes a debrief", "{n} owe a debrief")),
)  # fmt: skip
RATHER_NOT = _said(
    "wishes_rather_not",
    "Would rather not",
    "Each duty that somebody would rather not do.",
    "rather_not",
    usual=Setting(points=15),
)
PREFERS = _said(
    "wishes_prefers",
    "Prefers",
    "Each duty that somebody prefers.",
    "prefers",
    usual=Setting(points=-4),
)
WANTS = _said(
    "wishes_wants",
    "Wants",
    "Each duty that somebody wants.",
    "wants",
    usual=Setting(points=-8),
)
