"""What can be said of a Problem before it is solved: seats nobody can take, places that hours do not reach, rules that
never bind, and locks that contradict each other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec
import numpy as np

from solver.check import check_roster
from solver.columns import Ints
from solver.formulate import grid_of, period_of
from solver.period import Period, saturday
from solver.problem import CITY, Problem
from solver.role_names import role_words
from solver.roster import Roster
from solver.wording import counted, number, tr

SHOWN = 3


class Finding(msgspec.Struct, frozen=True):
    """One thing to know before solving: its kind, a sentence, and how much of it there is (places, hours, locks)."""

    kind: str
    sentence: str
    amount: float


class _Asked:
    """The seats to come that a plan should fill, and who may take them by every rule that looks at one duty alone."""

    def __init__(self, period: Period) -> None:
        self.period = period
        seats = period.problem.seats
        self.seats = [n for n, seat in enumerate(seats) if not seat.optional and not period.has_begun(n)]
        columns = grid_of(period)
        wanted = np.isin(columns.seat, np.array(self.seats, dtype=np.int64))
        self.person: Ints = columns.person[wanted]
        self.seat: Ints = columns.seat[wanted]

    def places(self, seats: Iterable[int]) -> int:
        """Return the places of some seats."""
        return sum(self.period.seat(seat).count for seat in seats)

    def name(self, seat: int) -> tuple[str, str, str]:
        """Return the area, role and shift that a seat is of, whatever its date."""
        return self.period.shift(seat).area, self.period.seat(seat).role, self.period.slot(seat).template


def lint(problem: Problem) -> tuple[Finding, ...]:
    """Return what can be said of a Problem before it is solved, what costs places first; nothing: all is well."""
    period = period_of(problem)
    asked = _Asked(period)
    found = [*_nobody(asked), *_out_of_reach(asked), *_unspoken(asked), *_contradictions(period)]
    return (*sorted(found, key=lambda finding: -finding.amount), *_never_binds(asked))


def _nobody(asked: _Asked) -> Iterator[Finding]:
    """Seats that nobody at all may take: no role, no area, no credential, or everybody who could is away."""
    open_ = set(asked.seats) - set(asked.seat.tolist())
    groups: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for seat in sorted(open_):
        groups[asked.name(seat)].append(seat)
    for (area, role, template), seats in groups.items():
        first = asked.period.slot(seats[0]).date
        places = asked.places(seats)
        sentence = counted(
            places,
            "Nobody can take the {role} seat of {area}, {shift}, on {first}: no role, area, credential or time fits.",
            "Nobody can take {n} {role} seats of {area}, {shift}, the first on {first}: no role, area, credential or "
            "time fits.",
            role=role_words(role), area=_area(area), shift=template, first=first,
        )  # fmt: skip
        yield Finding("nobody_eligible", sentence, float(places))


def _out_of_reach(asked: _Asked) -> Iterator[Finding]:
    """Places that the people there are can never fill, however they are put: the most that hours and dates allow."""
    whole = _Reach(asked, asked.seats)
    of_role: defaultdict[str, list[int]] = defaultdict(list)
    for seat in asked.seats:
        of_role[asked.period.seat(seat).role].append(seat)
    reaches = {role: _Reach(asked, seats) for role, seats in of_role.items()}
    lacking = {role: reach for role, reach in reaches.items() if reach.lack}
    for role, reach in lacking.items():
        yield Finding("out_of_reach", reach.sentence(tr("{role} seats", role=role_words(role))), reach.lack)
    if whole.lack > sum(reach.lack for reach in lacking.values()):
        yield Finding("out_of_reach", whole.sentence(tr("seats")), whole.lack)


class _Reach:
    """The most places of some seats that can be filled at once: a flow from people's hours to the places they fit.

    Each person counts for as many duties as fit their ceiling, and once for each slot; rest and everything that looks
    at several duties is left out, so no plan reaches further.
    """

    def __init__(self, asked: _Asked, seats: list[int]) -> None:
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import maximum_flow

        period, wanted = asked.period, np.isin(asked.seat, np.array(seats, dtype=np.int64))
        self.places = asked.places(seats)
        slots = np.array(period.slot_of_seat, dtype=np.int64)
        person, seat = asked.person[wanted], asked.seat[wanted]
        self.people = len(set(person.tolist()))
        shortest = min((period.slot(n).end - period.slot(n).start for n in seats), default=1)
        is_hard = "ceiling" in period.hard
        most = [who.ceiling // shortest if is_hard else len(slots) for who in period.problem.people]
        self.hours = max((period.person(n).ceiling / 60 for n in set(person.tolist())), default=0.0) if is_hard else 0.0
        # Source, people, people on slots, seats, sink: a person is on a slot once.
        on_slot = {key: n for n, key in enumerate(sorted(set(zip(person.tolist(), slots[seat].tolist(), strict=True))))}
        first_person, first_slot = 1, 1 + len(most)
        first_seat = first_slot + len(on_slot)
        sink = first_seat + len(slots)
        arrows: dict[tuple[int, int], int] = {(0, first_person + n): count for n, count in enumerate(most) if count}
        arrows |= {(first_person + who, first_slot + n): 1 for (who, _), n in on_slot.items()}
        for who, place in zip(person.tolist(), seat.tolist(), strict=True):
            arrows[first_slot + on_slot[who, int(slots[place])], first_seat + place] = 1
        arrows |= {(first_seat + place, sink): period.seat(place).count for place in seats}
        rows, columns = np.array(list(arrows), dtype=np.int64).reshape(-1, 2).T
        graph = csr_matrix((np.array(list(arrows.values()), dtype=np.int32), (rows, columns)), shape=(sink + 1,) * 2)
        self.lack = float(self.places - int(maximum_flow(graph, 0, sink).flow_value))

    def sentence(self, what: str) -> str:
        """Say how many places stay open whatever is planned."""
        people = counted(self.people, "{n} person", "{n} people")
        if self.hours:
            return tr(
                "{lack} of {places} {what} can never be filled: {people}, {hours} h each at most.",
                lack=number(self.lack, ",.0f"), places=number(self.places), what=what, people=people,
                hours=number(self.hours, ".0f"),
            )  # fmt: skip
        return tr(
            "{lack} of {places} {what} can never be filled: {people} can take them, on the days they are free.",
            lack=number(self.lack, ",.0f"), places=number(self.places), what=what, people=people,
        )  # fmt: skip


def _unspoken(asked: _Asked) -> Iterator[Finding]:
    """Wanted languages that nobody speaks where they are wanted."""
    period, problem = asked.period, asked.period.problem
    areas = sorted({shift.area for shift in problem.shifts if shift.area != CITY})
    for language in problem.languages:
        speakers = [person for person in problem.people if language.name in person.languages]
        if not speakers:
            yield Finding("language", tr("Nobody speaks {language}.", language=language.name), float(len(areas)))
            continue
        for area in areas if language.each_area else ():
            if not any(area in person.serves for person in speakers):
                shifts = sum(
                    shift.area == area and not period.problem.slots[shift.slot].begun for shift in problem.shifts
                )
                yield Finding(
                    "language",
                    tr("Nobody who serves {area} speaks {language}.", area=area, language=language.name),
                    float(shifts),
                )


def _contradictions(period: Period) -> Iterator[Finding]:
    """Hard rules that the locked places to come break by themselves: no plan can keep both."""
    locked = [(person, seat) for person, seat in period.locked if not period.has_begun(seat)]
    history = [(person, seat) for person, seat in period.locked if period.has_begun(seat)]
    before = Counter((v.rule, v.person) for v in check_roster(Roster(period, history)) if v.hard)
    for violation in check_roster(Roster(period, [*history, *locked])):
        if violation.hard:
            if before[violation.rule, violation.person]:
                before[violation.rule, violation.person] -= 1
                continue
            sentence = tr("Locked places contradict a rule: {sentence}", sentence=violation.sentence)
            yield Finding("contradiction", sentence, 1.0)


def _never_binds(asked: _Asked) -> Iterator[Finding]:
    """Limits that no plan can reach: they are kept by themselves, and changing them changes nothing."""
    period, problem = asked.period, asked.period.problem
    nights = len({slot.date for slot in problem.slots if slot.night})
    weekends = len({saturday(slot.date) for slot in problem.slots if slot.weekend})
    used = {group.name: group for group in problem.groups if any(who.group == group.name for who in problem.people)}
    for name, group in used.items():
        if "nights_in_a_row" in period.hard and group.nights_in_a_row >= nights > 0:
            yield _idle(tr("Nights in a row of {group}", group=name), group.nights_in_a_row, nights)
        if "weekends" in period.hard and group.weekends >= weekends > 0:
            yield _idle(tr("Weekends of {group}", group=name), group.weekends, weekends)
    for name in used:
        most = _most_hours(asked, name)
        least = min(who.ceiling for who in problem.people if who.group == name) / 60
        if "ceiling" in period.hard and 0 < most <= least:
            yield _idle(tr("The hours ceiling of {group}", group=name), least, most)
    likes, apart = period.pairs
    for rule, pairs in (("partners_liked", likes), ("partners_apart", apart)):
        setting = period.setting(rule)
        if not pairs and rule == "partners_apart" and setting.hard:
            yield Finding("never_binds", tr("Nobody is to be kept apart: that rule has nothing to do."), 0.0)


def _idle(limit: str, allowed: float, most: float) -> Finding:
    sentence = tr(
        "{limit} never binds: {allowed} are allowed, and there are {most} at most.",
        limit=limit, allowed=number(allowed, ",.0f"), most=number(most, ",.0f"),
    )  # fmt: skip
    return Finding("never_binds", sentence, allowed)


def _most_hours(asked: _Asked, group: str) -> float:
    """Return the hours of all slots that anybody of a group may take a seat on; zero where nobody may."""
    period = asked.period
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, seat in zip(asked.person.tolist(), asked.seat.tolist(), strict=True):
        if period.person(person).group == group:
            found[person].add(period.slot_of_seat[seat])
    slots = period.problem.slots
    return max((math.fsum(slots[n].end - slots[n].start for n in mine) / 60 for mine in found.values()), default=0.0)


def _area(name: str) -> str:
    return tr("the city") if name == CITY else name
