"""What would help a month most: one more person of each kind, each put in and solved again, by what that saves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from statistics import median

from msgspec.structs import replace

from solver.again import Again
from solver.explain import open_seats
from solver.period import Period
from solver.problem import CITY, Assignment, Person, Problem
from solver.questions import Help
from solver.result import Placed
from solver.role_names import role_words
from solver.wording import number, tr

SLOTS = 8
"""The dearest slots of an area that one more person is tried on: 48 hours are four duties, chosen among these."""
CALL = 1000.0
"""Points of a missed call."""


def what_helps(problem: Problem, assignments: Collection[Assignment | Placed], area: str) -> tuple[Help, ...]:
    """Return one more person of each kind in an area by what they save a month, most first.

    Each is put into the month and the slots of the area that lack most are solved again, with and without them: about a
    CPU second each on a city.
    """
    again = Again(problem, assignments)
    slots = _dearest(again, area)
    without = again.solve(slots, keep=0.0) if slots else None
    found = []
    for kind, language, person in _kinds(again.period, area) if without is not None else ():
        more = Again(replace(problem, people=(*problem.people, person)), assignments)
        with_them = more.solve(slots, keep=0.0)
        if with_them is None or without is None:
            continue
        saved = again.objective + without.points - (more.objective + with_them.points)
        found.append(
            Help(kind, area, language, _sentence(kind, area, language, saved), saved / CALL,
                 without.is_proven and with_them.is_proven)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.calls, each.kind, each.language)))


def _dearest(again: Again, area: str) -> frozenset[int]:
    """Return the slots of an area whose open seats cost most."""
    period = again.period
    costs: Counter[int] = Counter()
    slot_of = {(slot.date, slot.template): n for n, slot in enumerate(period.problem.slots)}
    for each in open_seats(period.problem, again.roster, reasons=False):
        if each.area == area:
            costs[slot_of[each.date, each.shift]] += max(1, round(each.points))
    return frozenset(slot for slot, _ in costs.most_common(SLOTS))


def _kinds(period: Period, area: str) -> Iterator[tuple[str, str, Person]]:
    """Yield one more lead, one for nights, and a responder for each wanted language, as people of the area are."""
    problem = period.problem
    like = [who for who in problem.people if "lead" in who.roles or "responder" in who.roles]
    if not like:
        return
    group = Counter(who.group for who in like).most_common(1)[0][0]
    mine = [who for who in like if who.group == group]
    usual = replace(
        mine[0], id="+", name=tr("one more"), roles=("lead",), experienced=True, home=area, serves=(area,),
        languages=(),
        grades="", credentials=tuple(replace(c, until=None) for c in mine[0].credentials), floor=0,
        target=int(median(who.target for who in mine)), ceiling=int(median(who.ceiling for who in mine)),
        nights=9.0, weekends=9.0, holidays=9.0, calls=99.0, likes=(), apart=(), answers=(),
    )  # fmt: skip
    yield "lead", "", usual
    night = "".join("." if slot.night else "c" for slot in problem.slots)
    if "." in night and "c" in night:
        yield "night_lead", "", replace(usual, grades=night)
    yield "responder", "", replace(usual, roles=("responder",))
    for language in problem.languages:
        yield "speaker", language.name, replace(usual, roles=("responder",), languages=(language.name,))


def _sentence(kind: str, area: str, language: str, saved: float) -> str:
    place = tr("the city") if area == CITY else area
    calls = number(max(0.0, saved / CALL), ".2f")
    if kind == "speaker":
        return tr(
            "One more responder in {area} who speaks {language}: {calls} missed calls saved a month.",
            area=place, language=language, calls=calls,
        )  # fmt: skip
    if kind == "night_lead":
        return tr("One more lead in {area} for nights: {calls} missed calls saved a month.", area=place, calls=calls)
    return tr(
        "One more {role} in {area}: {calls} missed calls saved a month.", role=role_words(kind), area=place, calls=calls
    )
