"""A menu of repairs for an open seat: each way out solved again with what it takes, priced, and leaving it open beside.

A way that a hard rule forbids is offered as what it is: the rule is opened for this one seat, and the sentence says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from solver.again import Again, Solved
from solver.explain import open_on
from solver.period import Period
from solver.problem import CITY, Assignment, Problem
from solver.questions import ACTING, BORROW, FILL, LEAVE, OVER_CEILING, Change, Way
from solver.result import Placed
from solver.role_names import role_words
from solver.wording import counted, number, say_date, tr

OVER = 12 * 60
"""Minutes that a way over the ceiling may go beyond it."""
LEADS = ("lead", "duty_lead")
SHOWN = 0.0005
"""Missed calls that are told of: fewer would read 0.000."""


def ways(problem: Problem, assignments: Collection[Assignment | Placed], seat: int) -> tuple[Way, ...]:
    """Return the ways out for an open seat, cheapest first, leaving it open among them at no price.

    A way that costs as much as one within the rules is left out: nobody is asked to bend a rule for nothing.
    """
    again = Again(problem, assignments)
    period = again.period
    missing = period.seat(seat).count - len(again.roster.on_seat[seat])
    if missing <= 0 or period.has_begun(seat):
        return ()
    slots = again.near({period.slot_of_seat[seat]}, 1)
    need = {seat: len(again.roster.on_seat[seat]) + 1}
    found: list[Way] = []
    within = again.solve(slots, fill=need)
    if within is not None:
        found.append(_way(again, FILL, tr("Within the rules"), within))
    for kind, words, opened, never in _opened(problem, period, seat):
        other = Again(opened, assignments)
        solved = other.solve(other.near({period.slot_of_seat[seat]}, 0), fill=need, never=never)
        if solved is not None and (within is None or solved.points < within.points - 1.0):
            found.append(_way(other, kind, words, solved))
    return tuple(sorted([*found, _leave(again, seat)], key=lambda way: (way.points, way.kind)))


def _opened(problem: Problem, period: Period, seat: int) -> Iterator[tuple[str, str, Problem, list[tuple[int, int]]]]:
    """Yield what else could be opened for a seat: kind, words, the Problem in which it is, and who may not use it."""
    place, area = period.seat(seat), period.shift(seat).area
    people = problem.people
    if "ceiling" in period.hard:
        more = tuple(replace(who, ceiling=who.ceiling + OVER) if who.ceiling else who for who in people)
        yield (
            OVER_CEILING,
            tr("Over the ceiling by up to {hours} h", hours=OVER // 60),
            replace(problem, people=more),
            [],
        )
    if place.role in LEADS and "responder" not in place.accepts:
        seats = list(problem.seats)
        seats[seat] = replace(place, accepts=(*place.accepts, "responder"))
        green = [
            (n, seat) for n, who in enumerate(people) if not who.experienced and not set(who.roles) & set(place.accepts)
        ]
        yield ACTING, tr("An experienced responder as acting lead"), replace(problem, seats=tuple(seats)), green
    if area != CITY:
        near = {name for each in problem.areas if each.name == area for name in each.neighbours}
        lent = tuple(
            replace(who, serves=(*who.serves, area)) if who.home in near and area not in who.serves else who
            for who in people
        )
        others = [n for n, other in enumerate(problem.seats) if problem.shifts[other.shift].area == area and n != seat]
        barred = [(n, other) for n, who in enumerate(lent) if who is not people[n] for other in others]
        if lent != people:
            yield BORROW, tr("Somebody of a neighbouring area"), replace(problem, people=lent), barred


def _leave(again: Again, seat: int) -> Way:
    shift = again.period.seat(seat).shift
    mine = [each for each in open_on(again.roster, shift) if each.role == again.period.seat(seat).role]
    missed = sum(each.expected_missed_calls for each in mine[:1])
    sentence = tr("Leave it open: no more calls are expected to find no full team.")
    if missed >= SHOWN:
        words = number(missed, ".3f")
        sentence = tr("Leave it open: {missed} more calls are expected to find no full team.", missed=words)
    return Way(LEAVE, sentence, 0.0, (), True)


def _way(again: Again, kind: str, words: str, solved: Solved) -> Way:
    return Way(
        kind=kind,
        sentence=f"{words}: {moves_words(again.period, solved.changes)}.",
        points=solved.points,
        changes=solved.changes,
        verified=solved.is_proven and solved.is_legal,
    )


def moves_words(period: Period, changes: Collection[Change]) -> str:
    """Return what people are asked, each in a phrase: who takes which seat, and what they give up for it."""
    said = []
    for person in dict.fromkeys(change.person for change in changes):
        name = period.person(person).name
        takes = [seat_words(period, c.seat) for c in changes if c.person == person and c.added]
        gives = [seat_words(period, c.seat) for c in changes if c.person == person and not c.added]
        if takes and gives:
            said.append(tr("{name} takes {takes} instead of {gives}", name=name, takes=_and(takes), gives=_and(gives)))
        elif takes:
            said.append(tr("{name} takes {takes}", name=name, takes=_and(takes)))
        else:
            said.append(tr("{name} gives up {gives}", name=name, gives=_and(gives)))
    return "; ".join(said) or counted(0, "nothing changes", "nothing changes")


def seat_words(period: Period, seat: int) -> str:
    """Return a seat as a phrase names it, such as lead, Valley, Sat 9 Jan night."""
    slot, place = period.slot(seat), period.seat(seat)
    area = period.shift(seat).area
    return tr(
        "{role}, {area}, {day} {shift}",
        role=role_words(place.role),
        area=tr("the city") if area == CITY else area,
        day=say_date(slot.date, "weekday day"),
        shift=slot.template,
    )


def _and(parts: list[str]) -> str:
    return tr(" and ").join(parts)
