"""Who could take a place instead of its holder, and who could trade a duty for it, each at what change in points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from solver.check import ON_SEAT, check_person, check_slot
from solver.explain import Candidate, fitting
from solver.formulate import period_of
from solver.problem import Assignment, Problem
from solver.result import Placed, Violation
from solver.roster import Roster, from_assignments
from solver.rules import RULES
from solver.rules.fitness import takes

ORDER = {rule.name: place for place, rule in enumerate(RULES)}
TRADES = 5
Seated = tuple[int, int]
"""A (person, seat) pair."""


class Trade(msgspec.Struct, frozen=True):
    """A person who takes the holder's place while the holder takes theirs on `gives`: legal, with its points."""

    person: str
    name: str
    gives: int
    points: float
    points_by_rule: dict[str, float]


class Weighed(msgspec.Struct, frozen=True):
    """What moving people changes: points per rule, and the first hard rule that it newly breaks (None: legal)."""

    points_by_rule: dict[str, float]
    block: Violation | None

    @property
    def points(self) -> float:
        """The change in the points of the whole roster."""
        return sum(self.points_by_rule.values())


class Scale:
    """A roster on which moves are weighed: it is as before after each, and what it costs as it stands is read once."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._people: dict[int, list[Violation]] = {}
        self._slots: dict[int, list[Violation]] = {}
        self._left: dict[Seated, list[Violation]] = {}

    def weigh(self, *, off: Sequence[Seated] = (), on: Sequence[Seated] = ()) -> Weighed:
        """Return what taking people off seats and putting others on changes, by the rules of all they touch."""
        roster = self.roster
        people = sorted({person for person, _ in (*off, *on)})
        slots = sorted({roster.period.slot_of_seat[seat] for _, seat in (*off, *on)})
        before = [self._person(person) for person in people] + [self._slot(slot) for slot in slots]
        _move(roster, off, on)
        after = [self._moved(person, off, on) for person in people] + [check_slot(roster, slot) for slot in slots]
        _move(roster, on, off)
        return Weighed(_change(before, after), _newly_broken(before, after))

    def _moved(self, person: int, off: Sequence[Seated], on: Sequence[Seated]) -> list[Violation]:
        """Read a moved person; who only leaves one seat stands as after any other such move, so that is kept."""
        mine = [seated for seated in off if seated[0] == person]
        if len(mine) != 1 or any(seated[0] == person for seated in on):
            return check_person(self.roster, person)
        if mine[0] not in self._left:
            self._left[mine[0]] = check_person(self.roster, person)
        return self._left[mine[0]]

    def _person(self, person: int) -> list[Violation]:
        if person not in self._people:
            self._people[person] = check_person(self.roster, person)
        return self._people[person]

    def _slot(self, slot: int) -> list[Violation]:
        if slot not in self._slots:
            self._slots[slot] = check_slot(self.roster, slot)
        return self._slots[slot]


def _move(roster: Roster, off: Iterable[Seated], on: Iterable[Seated]) -> None:
    for person, seat in off:
        roster.remove(person, seat)
    for person, seat in on:
        roster.add(person, seat)


def _change(before: Iterable[list[Violation]], after: Iterable[list[Violation]]) -> dict[str, float]:
    """Return the points per rule by which `after` is dearer than `before`; what stays equal is left out."""
    change: defaultdict[str, float] = defaultdict(float)
    for sign, read in ((1.0, after), (-1.0, before)):
        for violations in read:
            for violation in violations:
                change[violation.rule] += sign * violation.points
    return {rule: points for rule, points in sorted(change.items()) if abs(points) > 1e-9}


def _newly_broken(before: Iterable[list[Violation]], after: Iterable[list[Violation]]) -> Violation | None:
    """Return the first hard rule, in the order of refusal, that one person or slot breaks by more than before."""
    found: list[Violation] = []
    for stood, stands in zip(before, after, strict=True):
        broken: defaultdict[str, float] = defaultdict(float)
        for violation in stands:
            if violation.hard:
                broken[violation.rule] += violation.amount
        for violation in stood:
            if violation.hard and violation.rule in broken:
                broken[violation.rule] -= violation.amount
        worse = {rule for rule, amount in broken.items() if amount > 1e-9}
        found += sorted((v for v in stands if v.hard and v.rule in worse), key=lambda v: v in stood)
    return min(found, key=lambda violation: ORDER[violation.rule], default=None)


def scale_of(problem: Problem, assignments: Iterable[Assignment | Placed]) -> Scale:
    """Return the scale of a roster; raises KeyError for a person the Problem does not know."""
    return Scale(from_assignments(period_of(problem), assignments))


def ranked(scale: Scale, seat: int, holder: str = "", *, price_all: bool = True) -> list[Candidate]:
    """Return everybody whose role and area fit the seat, weighed instead of its holder ("": an open place).

    Legal ones first, cheapest first; points are the change of the whole roster's. Whoever is on the shift is left out.
    Without `price_all`, whoever a look at this one duty rules out is not priced: twice as fast on a city.
    """
    off = [(scale.roster.period.person_of[holder], seat)] if holder else []
    found = []
    for person in fitting(scale.roster, seat):
        refusal = None if price_all else _refusal(scale.roster, person, seat)
        found.append(_refused(scale, person, seat, refusal) if refusal else _candidate(scale, person, seat, off))
    return sorted(found, key=lambda c: (bool(c.blocked), c.points, c.name, c.person))


def _candidate(scale: Scale, person: int, seat: int, off: Sequence[Seated]) -> Candidate:
    weighed = scale.weigh(off=off, on=[(person, seat)])
    who, block = scale.roster.period.person(person), weighed.block
    return Candidate(
        person=who.id, name=who.name, seat=seat, points=weighed.points, points_by_rule=weighed.points_by_rule,
        blocked=block.sentence if block else "", rule=block.rule if block else "",
    )  # fmt: skip


def _refused(scale: Scale, person: int, seat: int, refusal: Violation) -> Candidate:
    who = scale.roster.period.person(person)
    return Candidate(who.id, who.name, seat, points=0.0, blocked=refusal.sentence, rule=refusal.rule, points_by_rule={})


def trades(scale: Scale, seat: int, holder: str, *, most: int = TRADES) -> list[Trade]:
    """Return the cheapest legal trades of the holder's place for another's, one per person, cheapest first."""
    period = scale.roster.period
    giver = period.person_of[holder]
    best: dict[int, Trade] = {}
    for person in _could_sit(scale.roster, seat):
        for theirs in _could_return(scale.roster, giver, person, seat):
            weighed = scale.weigh(off=[(giver, seat), (person, theirs)], on=[(person, seat), (giver, theirs)])
            if weighed.block is None and (person not in best or weighed.points < best[person].points):
                who = period.person(person)
                best[person] = Trade(who.id, who.name, theirs, weighed.points, weighed.points_by_rule)
    return sorted(best.values(), key=lambda trade: (trade.points, trade.name, trade.person))[:most]


def _could_sit(roster: Roster, seat: int) -> list[int]:
    return [person for person in fitting(roster, seat) if roster.duties[person] and not _refusal(roster, person, seat)]


def _could_return(roster: Roster, giver: int, person: int, seat: int) -> list[int]:
    """Return the seats of a person that the giver could take in return: another shift, not locked, open to them."""
    period = roster.period
    who, locked = period.person(giver), {held for _, held in period.locked_of.get(person, ())}
    mine = {duty.shift for duty in roster.duties[giver]}
    return [
        duty.seat
        for duty in roster.duties[person]
        if duty.seat not in locked
        and duty.shift not in mine
        and duty.shift != period.seat(seat).shift
        and takes(who, period.seat(duty.seat), period.shift(duty.seat))
        and not _refusal(roster, giver, duty.seat)
    ]


def _refusal(roster: Roster, person: int, seat: int) -> Violation | None:
    """Return the first hard rule that looks at one duty alone and keeps a person off a seat; cheap, often decisive."""
    for rule in ON_SEAT:
        if rule.name in roster.period.hard and rule.on_seat:
            for violation in rule.on_seat(roster, person, seat):
                return violation
    return None
