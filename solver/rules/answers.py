"""Who answers: among people within their fair share, those who answer most surely then come first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.answering import factor
from solver.columns import Columns
from solver.period import Period
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Rule, broken, every_duty, matters
from solver.wording import tr


def _less(period: Period, person: int, slot: int) -> float:
    """Return by how much less surely than the team a person answers in a slot: 1 never, below 0 more surely."""
    return float(np.clip(1.0 - factor(period.person(person), period.problem.slots[slot]), -1.0, 1.0))


def _grid(columns: Columns) -> None:
    period = columns.period
    slots = range(len(period.problem.slots))
    less = np.zeros((len(period.problem.people), len(slots)))
    for person, who in enumerate(period.problem.people):
        if who.answers:
            less[person] = [_less(period, person, slot) for slot in slots]
    of_team = np.array([seat.team for seat in period.problem.seats], dtype=bool)
    columns.price_cells("answers", np.where(of_team[columns.seat], less[columns.person, columns.slot], 0.0))


def _on_seat(roster: Roster, person: int, seat: int) -> Iterator[Violation]:
    who, place = roster.period.person(person), roster.period.seat(seat)
    if not who.answers or not place.team or not matters(roster, "answers"):
        return
    less = _less(roster.period, person, roster.period.slot_of_seat[seat])
    if less > 0 or (less and not roster.period.setting("answers").hard):
        sentence = tr(
            "{name} answers {share:.0%} as surely as the team then ({where}).",
            name=who.name,
            share=1.0 - less,
            where=where_words(roster, seat),
        )
        yield broken(roster, "answers", less, sentence, person=person, shift=place.shift)


ANSWERS = Rule(
    "answers",
    "Who answers surely",
    "Each duty on a team, by how much less surely than the team the person answers then; a surer one is a gain.",
    "person",
    every_duty(_on_seat),
    grid=_grid,
    on_seat=_on_seat,
    of_duties=True,
    usual=Setting(points=3),
)
