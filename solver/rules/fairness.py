"""A fair share of the year: nights, holidays and expected calls beyond what a person may still take."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from solver.columns import Columns
from solver.period import Period
from solver.problem import Person, Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rule import Check, Emit, Rule, broken
from solver.wording import tr

Load = Callable[[Period, int], float]
"""What one duty on a seat adds to a person's load."""


def _rows(rule: str, load: Load, share: Callable[[Person], float]) -> Emit:
    def emit(columns: Columns) -> None:
        period = columns.period
        of_seat = np.array([load(period, seat) for seat in range(len(period.problem.seats))], dtype=float)
        shares = np.array([max(0.0, share(person)) for person in period.problem.people])
        chosen = np.flatnonzero(of_seat[columns.seat] > 0)
        people, row = np.unique(columns.person[chosen], return_inverse=True)
        weight = of_seat[columns.seat[chosen]]
        columns.limit(rule, row.astype(np.int64), chosen, weight, shares[people], person=people, size=len(people))

    return emit


def _check(rule: str, load: Load, share: Callable[[Person], float], what: str) -> Check:
    def check(roster: Roster, person: int) -> Iterator[Violation]:
        who = roster.period.person(person)
        carried = sum(load(roster.period, duty.seat) for duty in roster.duties[person])
        fair = max(0.0, share(who))
        if carried > fair + 1e-9:
            sentence = tr(
                "{name} carries {carried:.3g} {what}; a fair share is {fair:.3g}.",
                name=who.name,
                carried=carried,
                what=tr(what),
                fair=fair,
            )
            yield broken(roster, rule, carried - fair, sentence, person=person)

    return check


def _fair(
    rule: str, title: str, holds: str, load: Load, share: Callable[[Person], float], what: str, usual: Setting
) -> Rule:
    return Rule(
        rule,
        title,
        holds,
        "person",
        _check(rule, load, share, what),
        rows=_rows(rule, load, share),
        of_duties=True,
        usual=usual,
    )


FAIR_NIGHTS = _fair(
    "fair_nights", "A fair share of nights",
    "Each night beyond what is left of a person's fair share of the year.",
    lambda period, seat: float(period.slot(seat).night), lambda person: person.nights, "nights",
    usual=Setting(points=4),
)  # fmt: skip
FAIR_HOLIDAYS = _fair(
    "fair_holidays", "A fair share of holidays",
    "Each duty on a public holiday beyond what is left of a person's fair share of the year.",
    lambda period, seat: float(period.slot(seat).holiday), lambda person: person.holidays, "holidays",
    usual=Setting(points=10),
)  # fmt: skip
FAIR_CALLS = _fair(
    "fair_calls", "A fair share of calls",
    "Each expected call beyond what is left of a person's fair share of the year.",
    lambda period, seat: period.shift(seat).calls, lambda person: person.calls, "expected calls",
    usual=Setting(points=10),
)  # fmt: skip
