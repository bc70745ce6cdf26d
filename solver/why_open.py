"""Why a month is so open: each open place put down to what binds it most, so that the parts add to what is open."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from solver.explain import TITLES, held_off, open_on
from solver.problem import CITY
from solver.role_names import role_words
from solver.roster import Roster
from solver.wording import CountedSayings, counted, tr

PRICE, NOBODY = "price", "nobody"
"""Somebody could, but it would cost more than it gains; and nobody has the role and serves the area."""
BOUND = CountedSayings({
    PRICE: ("{n} place would cost more than it gains", "{n} places would cost more than they gain"),
    NOBODY: ("nobody has the role and serves the area of {n}", "nobody has the role and serves the area of {n}"),
    "ceiling": ("of {n}, whoever could is at the hours ceiling", "of {n}, whoever could is at the hours ceiling"),
    "availability": ("of {n}, whoever could is unavailable", "of {n}, whoever could is unavailable"),
    "leave": ("of {n}, whoever could is on leave", "of {n}, whoever could is on leave"),
    "stand_down": ("of {n}, whoever could is standing down", "of {n}, whoever could is standing down"),
    "debrief": ("of {n}, whoever could owes a debrief", "of {n}, whoever could owes a debrief"),
    "credentials": ("of {n}, whoever could lacks a credential", "of {n}, whoever could lacks a credential"),
    "one_at_a_time": ("of {n}, whoever could is on call then already", "of {n}, whoever could is on call then already"),
    "rest": ("of {n}, whoever could needs more rest", "of {n}, whoever could needs more rest"),
    "nights_in_a_row": ("of {n}, whoever could had enough nights", "of {n}, whoever could had enough nights"),
    "weekends": ("of {n}, whoever could had enough weekends", "of {n}, whoever could had enough weekends"),
    "tiers": ("of {n}, whoever could holds such a duty", "of {n}, whoever could holds such a duty"),
    "escort": ("of {n}, whoever could would have no lead beside", "of {n}, whoever could would have no lead beside"),
})  # fmt: skip
"""What binds some places, as a part of a sentence."""
FEW = 3


class Part(msgspec.Struct, frozen=True):
    """Open places that one thing binds: the rule (or `price`, `nobody`), how many, and where most of them are."""

    bound: str
    places: int
    role: str
    area: str
    template: str
    there: int
    """How many of the places are of that role, area and shift."""


class WhyOpen(msgspec.Struct, frozen=True):
    """Why places of a month stay open, what binds most first; the parts' places add to `places`."""

    places: int
    seats: int
    """All places to come that should be filled, open or not."""
    parts: tuple[Part, ...]

    def sentence(self) -> str:
        """Return it in one sentence."""
        if not self.places:
            return tr("Every seat is taken.")
        said = [_said(part) for part in self.parts[:FEW]]
        rest = sum(part.places for part in self.parts[FEW:])
        if rest:
            said.append(counted(rest, "and {n} for other reasons", "and {n} for other reasons"))
        first = self.parts[0]
        where = tr(
            "most of all {role} of {area}, {shift}",
            role=role_words(first.role),
            area=tr("the city") if first.area == CITY else first.area,
            shift=first.template,
        )
        return counted(
            self.places,
            "{n} of {seats} places is open: {reasons}; {where}.",
            "{n} of {seats} places are open: {reasons}; {where}.",
            seats=self.seats,
            reasons=", ".join(said),
            where=where,
        )


def _said(part: Part) -> str:
    if part.bound in BOUND:
        return BOUND.of(part.bound, part.places)
    return tr("{places} are kept open by “{rule}”", places=part.places, rule=TITLES.get(part.bound, part.bound))


def why_open(roster: Roster) -> WhyOpen:
    """Return what binds each open place to come of a roster: what keeps off most of those with the role and the area.

    Where anybody could still come, it is the price. Takes milliseconds a place.
    """
    period = roster.period
    places: Counter[str] = Counter()
    where: defaultdict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    wanted = 0
    for shift, seats in enumerate(period.seats_of_shift):
        wanted += sum(period.seat(n).count for n in seats if not period.seat(n).optional and not period.has_begun(n))
        if not open_on(roster, shift):
            continue
        for seat in seats:
            missing = 0 if period.seat(seat).optional else period.seat(seat).count - len(roster.on_seat[seat])
            if missing > 0:
                bound = _bound(roster, seat)
                places[bound] += missing
                where[bound][period.seat(seat).role, period.shift(seat).area, period.slot(seat).template] += missing
    parts = []
    for bound, count in sorted(places.items(), key=lambda each: (-each[1], each[0])):
        (role, area, template), there = min(where[bound].items(), key=lambda each: (-each[1], each[0]))
        parts.append(Part(bound, count, role, area, template, there))
    return WhyOpen(sum(places.values()), wanted, tuple(parts))


def _bound(roster: Roster, seat: int) -> str:
    blocks, free = held_off(roster, seat)
    if free:
        return PRICE
    return blocks.most_common(1)[0][0] if blocks else NOBODY
