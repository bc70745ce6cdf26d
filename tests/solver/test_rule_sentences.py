"""The numbers a coordinator reads in a rule's sentence are those of the roster, and its points are theirs."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from solver.problem import Duty, Slot
from tests.solver.build import THURSDAY, found, lead, placed, problem, responder, slot


def at(template: str, minutes: int) -> Slot:
    """Thursday's slot, later by some minutes."""
    when = slot(THURSDAY, template)
    return msgspec.structs.replace(when, start=when.start + minutes, end=when.end + minutes)


@pytest.mark.parametrize(("minutes", "hours"), [(450, "7.5"), (719, "11.9833"), (30, "0.5")])
def test_too_little_rest_is_told_in_the_hours_there_are(minutes: int, hours: str) -> None:
    day, night = slot(), at("night", minutes)
    (within,) = found(problem([lead("Lea")], [day, night]), placed(("lea", 0), ("lea", 3)), "rest")
    assert within.sentence == f"Lea has {hours} h rest before West, Thu 7 January night; 12 h are needed."
    eve = THURSDAY - dt.timedelta(days=1)
    for start, end in ((day.start - minutes - 720, day.start - minutes), (day.end + minutes, day.end + minutes + 720)):
        around = (Duty("lea", eve, start, end, True, False),)
        (beside,) = found(problem([lead("Lea")], [day], around=around), placed(("lea", 0)), "rest")
        assert beside.sentence == (
            f"Lea has {hours} h rest between West, Thu 7 January day and a duty on Wed 6 January outside this period; "
            "12 h are needed."
        )


def test_calls_that_wait_or_are_missed_are_told_and_priced_by_the_call() -> None:
    given = problem([lead("Lea"), responder("Ana")])
    (late,), (missed,) = (found(given, placed(), rule) for rule in ("late_calls", "missed_calls"))
    assert f": {late.amount:.2f} more calls must wait for a neighbour." in late.sentence
    assert missed.sentence == f"0 of 1 team in the city: {missed.amount:.2f} more calls find nobody."
    assert 0 < missed.amount <= late.amount < 1
    coverage = given.coverage
    assert late.points == pytest.approx(coverage.late * late.amount)
    assert missed.points == pytest.approx((coverage.missed - coverage.late) * missed.amount)
    assert not found(given, placed(("lea", 0), ("ana", 1)), "late_calls")


@pytest.mark.parametrize(
    ("rule", "share", "said"),
    [
        ("fair_nights", {"nights": 1.25}, "Lea carries 2 nights; a fair share is 1.25."),
        ("fair_calls", {"calls": 0.25}, "Lea carries 0.4 expected calls; a fair share is 0.25."),
        ("fair_holidays", {"holidays": -0.5}, "Lea carries 2 holidays; a fair share is 0."),
    ],
)
def test_more_than_a_fair_share_is_told_with_both_and_priced_by_what_is_over(
    rule: str, share: dict[str, float], said: str
) -> None:
    slots = [slot(THURSDAY, "night", holiday=True), slot(THURSDAY + dt.timedelta(days=3), "night", holiday=True)]
    (over,) = found(problem([lead("Lea", **share)], slots), placed(("lea", 0), ("lea", 3)), rule)
    assert over.sentence == said
    carried = {"fair_nights": 2, "fair_calls": 0.4, "fair_holidays": 2}[rule]
    assert over.amount == pytest.approx(carried - max(0, *share.values()))
    assert over.points == pytest.approx(over.amount * {"fair_nights": 4}.get(rule, 10))
