"""Why a seat is open, and who could take it at what price."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import msgspec

from solver.check import blocked, check_person, check_slot
from solver.coverage import true_cost
from solver.formulate import period_of
from solver.problem import Assignment, Problem
from solver.result import OpenSeat, Placed, Violation
from solver.roster import Roster, from_assignments
from solver.rules import RULES
from solver.rules.fitness import takes
from solver.wording import Sayings, counted, tr

OFF = {rule.name: rule.off for rule in RULES if rule.off is not None}
"""What is said of people whom a rule keeps off a place."""
TITLES = Sayings({rule.name: rule.called for rule in RULES})
"""What each rule is called in a sentence."""
FEW = 5
"""So many candidates are weighed in full for a sentence: the slot's rules take most of the time, and seldom decide."""


class Candidate(msgspec.Struct, frozen=True):
    """A person for a seat: the change in points if seated, and the sentence that blocks them ("" when legal)."""

    person: str
    name: str
    seat: int
    points: float
    blocked: str
    rule: str
    points_by_rule: dict[str, float]


def candidates(
    problem: Problem, assignments: Iterable[Assignment | Placed], shift: int, role: str | None = None
) -> list[Candidate]:
    """Return everybody whose role and area fit a seat of the shift, legal ones first, cheapest first."""
    roster = from_assignments(period_of(problem), assignments)
    seats = [s for s in roster.period.seats_of_shift[shift] if role in (None, roster.period.seat(s).role)]
    found = [candidate(roster, person, seat) for seat in seats for person in fitting(roster, seat)]
    return sorted(found, key=lambda c: (bool(c.blocked), c.points, c.name, c.seat))


def fitting(roster: Roster, seat: int) -> list[int]:
    """Return the people not on a shift yet whose role and area fit one of its seats."""
    place, shift = roster.period.seat(seat), roster.period.shift(seat)
    on_it = set(roster.on_shift(place.shift))
    people = roster.period.problem.people
    return [p for p, person in enumerate(people) if p not in on_it and takes(person, place, shift)]


def candidate(roster: Roster, person: int, seat: int) -> Candidate:
    """Return what seating a person would change; the roster is as before afterwards."""
    block = blocked(roster, person, seat)
    slot = roster.period.slot_of_seat[seat]
    change = _change(roster, person, seat, lambda: check_person(roster, person) + check_slot(roster, slot))
    who = roster.period.person(person)
    return Candidate(
        person=who.id, name=who.name, seat=seat, points=sum(change.values()),
        blocked=block.sentence if block else "", rule=block.rule if block else "", points_by_rule=change,
    )  # fmt: skip


def _change(roster: Roster, person: int, seat: int, read: Callable[[], list[Violation]]) -> dict[str, float]:
    """Return the points per rule that seating a person adds to what `read` finds."""
    return _added(roster, person, seat, _points(read()), read)


def _added(
    roster: Roster, person: int, seat: int, before: dict[str, float], read: Callable[[], list[Violation]]
) -> dict[str, float]:
    """Return the points per rule that seating a person adds to those of before."""
    roster.add(person, seat)
    after = _points(read())
    roster.remove(person, seat)
    change = {rule: after.get(rule, 0.0) - before.get(rule, 0.0) for rule in sorted({*after, *before})}
    return {rule: points for rule, points in change.items() if abs(points) > 1e-9}


def _points(violations: list[Violation]) -> defaultdict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for violation in violations:
        total[violation.rule] += violation.points
    return total


def open_seats(problem: Problem, roster: Roster, *, reasons: bool = True) -> tuple[OpenSeat, ...]:
    """Return every place to come that nobody holds (optional ones left out), dearest first, each with the reason.

    Without `reasons` the words are left empty, which takes milliseconds instead of seconds on an empty month.
    """
    why = Why(roster) if reasons else None
    found = [seat for shift in range(len(problem.shifts)) for seat in open_on(roster, shift, why)]
    return tuple(sorted(found, key=lambda s: (-s.points, -s.expected_missed_calls, s.date, s.shift, s.role, s.tier)))


def open_on(roster: Roster, shift: int, why: Why | None = None) -> list[OpenSeat]:
    """Return every place of a shift that nobody holds, optional ones left out; none once it has begun.

    Each has its reason where there is somebody to ask why.
    """
    period = roster.period
    if period.problem.slots[period.problem.shifts[shift].slot].begun:
        return []
    parts = dict(period.team_seats[shift])
    worth: dict[tuple[int, int], tuple[float, float, float]] | None = None
    found: list[OpenSeat] = []
    for index in period.seats_of_shift[shift]:
        seat = period.seat(index)
        missing = 0 if seat.optional else seat.count - len(roster.on_seat[index])
        reason = why.reason_open(index) if why and missing > 0 else ""
        for place in range(max(0, missing)):
            worth = _team_worth(roster, shift) if worth is None else worth
            team = (len(roster.on_seat[index]) + place) // parts[index] if index in parts else -1
            missed, late, points = worth.get((index, team), (0.0, 0.0, 0.0 if seat.team else seat.points))
            slot = period.slot(index)
            found.append(
                OpenSeat(
                    date=slot.date, shift=slot.template, area=period.shift(index).area, role=seat.role,
                    expected_missed_calls=missed, expected_late_calls=late, points=points,
                    reason=reason, tier=seat.tier,
                )
            )  # fmt: skip
    return found


def _team_worth(roster: Roster, shift: int) -> dict[tuple[int, int], tuple[float, float, float]]:
    """Return (missed, late, points) per open place of each missing team, keyed by (seat, team).

    A missing team's worth is the true cost without it less the true cost with it, shared by its open places.
    """
    period = roster.period
    slot = period.problem.shifts[shift].slot
    calls = period.slot_calls[slot]
    if not calls or shift not in calls.shifts:
        return {}
    area = calls.shifts.index(shift)
    teams = [roster.teams(s) for s in calls.shifts]
    worth: dict[tuple[int, int], tuple[float, float, float]] = {}
    for team in range(teams[area], period.problem.shifts[shift].teams):
        fewer = [team if place == area else n for place, n in enumerate(teams)]
        more = [team + 1 if place == area else n for place, n in enumerate(teams)]
        without = true_cost(calls, period.problem.coverage, fewer)
        with_it = true_cost(calls, period.problem.coverage, more)
        places = {
            seat: (team + 1) * per_team - max(team * per_team, len(roster.on_seat[seat]))
            for seat, per_team in period.team_seats[shift]
        }
        shared = max(1, sum(max(0, n) for n in places.values()))
        for seat in places:
            worth[seat, team] = (
                (without.missed - with_it.missed) / shared, (without.late - with_it.late) / shared,
                (without.points - with_it.points) / shared,
            )  # fmt: skip
    return worth


def held_off(roster: Roster, seat: int) -> tuple[Counter[str], list[int]]:
    """Return how many of those with the role and the area each hard rule keeps off a place, and whom none does."""
    blocks: Counter[str] = Counter()
    free: list[int] = []
    for person in fitting(roster, seat):
        block = blocked(roster, person, seat)
        if block is None:
            free.append(person)
        else:
            blocks[block.rule] += 1
    return blocks, free


class Why:
    """Why places of a roster are open. What people cost as it stands is read once for all places."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._own: dict[int, dict[str, float]] = {}
        self._slot: dict[int, dict[str, float]] = {}

    def reason_open(self, seat: int) -> str:
        """Return why nobody holds a place: who is blocked by what, or who could come and at what price."""
        if self.roster.period.has_begun(seat):
            return tr("The shift has begun: nobody is asked any more.")
        blocks, free = held_off(self.roster, seat)
        if free:
            return self._could(seat, free)
        if not blocks:
            return tr("Nobody has the role and serves the area.")
        words = [_count_words(rule, count) for rule, count in blocks.most_common()]
        return tr("Nobody free: {names}.", names=", ".join(words))

    def _own_points(self, person: int, seat: int) -> dict[str, float]:
        """Return the points that a duty adds to a person's own rules; the slot's rules are left out."""
        if person not in self._own:
            self._own[person] = _points(check_person(self.roster, person))
        return _added(self.roster, person, seat, self._own[person], lambda: check_person(self.roster, person))

    def _points_there(self, person: int, seat: int) -> dict[str, float]:
        """Return the points that a duty adds to the rules of its slot."""
        slot = self.roster.period.slot_of_seat[seat]
        if slot not in self._slot:
            self._slot[slot] = _points(check_slot(self.roster, slot))
        return _added(self.roster, person, seat, self._slot[slot], lambda: check_slot(self.roster, slot))

    def _could(self, seat: int, free: list[int]) -> str:
        """Name the cheapest of those who could come: the few whose own rules cost least are weighed with the slot's."""
        own = {person: self._own_points(person, seat) for person in free}
        few = sorted(free, key=lambda person: (sum(own[person].values()), person))[:FEW]
        weighed = {person: own[person] | self._points_there(person, seat) for person in few}
        best = min(few, key=lambda person: sum(weighed[person].values()))
        return _could_words(self.roster, seat, len(free), best, weighed[best])


def reason_open(roster: Roster, seat: int) -> str:
    """Return why nobody holds a place: who is blocked by what, or who could come and at what price."""
    return Why(roster).reason_open(seat)


def _could_words(roster: Roster, seat: int, count: int, best: int, by_rule: dict[str, float]) -> str:
    """Say that so many could come, the cheapest of whom changes these points per rule."""
    points, name = sum(by_rule.values()), roster.period.person(best).name
    dearest = max(by_rule, key=lambda rule: by_rule[rule], default="")
    because = f": {TITLES[dearest].lower()}" if dearest and by_rule[dearest] > 0 else ""
    said = {"points": points, "name": name, "because": because}
    partner = _open_partner(roster, seat) if dearest == "alone" else ""
    if count == 1 and points >= 0 and not partner:
        return tr("1 could take it, but would cost more than it gains ({points:+.0f} points, {name}{because}).", **said)
    least = tr("least: {points:+.0f} points, {name}{because}", **said)
    if points < 0:
        return tr("{count} could take it ({least}).", count=count, least=least)
    if partner:
        return tr(
            "{count} could take it, but nobody is sent out alone: the {partner} seat of this team is open too.",
            count=count,
            partner=partner,
        )
    return tr("{count} could take it, but each would cost more than it gains ({least}).", count=count, least=least)


def _open_partner(roster: Roster, seat: int) -> str:
    """Return the role of another open seat of the same team, or "" if there is none."""
    period = roster.period
    for other, _ in period.team_seats[period.seat(seat).shift]:
        if other != seat and len(roster.on_seat[other]) < period.seat(other).count:
            return period.seat(other).role
    return ""


def _count_words(rule: str, count: int) -> str:
    off = OFF.get(rule)
    if off is not None and off.counted is not None:
        return counted(count, *off.counted)
    return counted(count, "{n} is kept off by “{rule}”", "{n} are kept off by “{rule}”", rule=TITLES.get(rule, rule))
