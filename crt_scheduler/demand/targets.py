"""Targets: the share of calls that must find a full team, in the city or an area, and the teams that takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Area, AreaTarget
from solver import coverage
from solver import problem as asked
from solver.wording import tr

MARGIN = 0.03
"""Planned this much above the target: Erlang's loss is 3-4 points too kind on real, clustered calls (DEMAND.md)."""
LAST_WITH_MARGIN = 0.95
MOST_TEAMS = 6
"""No area-shift is given more teams, whatever the target."""
LEAST, MOST = 50.0, 99.9


class Targets(msgspec.Struct, frozen=True):
    """The shares (0 to 1) chosen: for the city, and for areas that have their own."""

    city: float | None
    areas: dict[str, float]

    def __bool__(self) -> bool:
        return self.city is not None or bool(self.areas)

    def share(self, area: str) -> float | None:
        """Return the share of an area's calls that must find a team; None: none was chosen."""
        return self.areas.get(area, self.city)


def chosen(session: Session) -> Targets:
    """Return the targets as chosen."""
    names: dict[int, str] = {area.id: area.name for area in session.scalars(select(Area))}
    rows = list(session.scalars(select(AreaTarget).order_by(AreaTarget.id)))
    city = next((row.share for row in rows if row.area_id is None), None)
    return Targets(city, {names[row.area_id]: row.share for row in rows if row.area_id is not None})


def set_target(session: Session, percent: float, area: str = "") -> None:
    """Choose the share of calls, in percent, that must find a full team: in the city, or in one area.

    Raises CrtError for a share outside 50 to 99.9 and for an area that is none.
    """
    if not LEAST <= percent <= MOST:
        raise CrtError(
            tr(
                "{percent:g} % is no target. Choose from {least:g} to {most:g}, such as 90, 95 or 99.",
                percent=percent,
                least=LEAST,
                most=MOST,
            )
        )
    number = _area(session, area) if area else None
    row: AreaTarget | None = next((t for t in session.scalars(select(AreaTarget)) if t.area_id == number), None)
    if row is None:
        session.add(AreaTarget(programme_id=programme_of(session).id, area_id=number, share=percent / 100.0))
    else:
        row.share = percent / 100.0
    session.flush()


def choose(session: Session, percents: Mapping[str, float]) -> None:
    """Choose several targets as one act: percent by area, the city's under the empty name; raises as `set_target`."""
    for area, percent in percents.items():
        set_target(session, percent, area)


def clear(session: Session, area: str = "") -> None:
    """Drop every target, or only an area's own: second teams go again where most calls come within promised hours.

    Raises CrtError for an area that is none or has no target of its own.
    """
    number = _area(session, area) if area else None
    rows = [row for row in session.scalars(select(AreaTarget)) if number in (None, row.area_id)]
    if area and not rows:
        raise CrtError(
            tr(
                "{area} has no target of its own, so none was cleared. The city's is cleared without an area.",
                area=area,
            )
        )
    for row in rows:
        session.delete(row)
    session.flush()


def _aimed(_: Session, percents: Mapping[str, float]) -> str:
    parts = [
        (
            tr("{percent:g} % of calls in {area}", percent=percent, area=area)
            if area
            else tr("{percent:g} % of calls", percent=percent)
        )
        for area, percent in percents.items()
    ]
    return tr("Aim at {targets}", targets=", ".join(parts))


def _cleared(_: Session, area: str = "") -> str:
    return tr("Clear the target of {area}", area=area) if area else tr("Clear the targets")


CHOOSE = Act(choose, _aimed)
CLEAR = Act(clear, _cleared)


def _area(session: Session, name: str) -> int:
    known = {area.name.casefold(): area.id for area in session.scalars(select(Area).order_by(Area.id))}
    if name.casefold() not in known:
        names = ", ".join(session.scalars(select(Area.name).order_by(Area.id)))
        raise CrtError(tr("No area is called {name!r}. There are: {names}.", name=name, names=names))
    return known[name.casefold()]


def aim(share: float) -> float:
    """Return the chance to plan for: 3 points above the target up to 95 %, then half way to certainty, never falling.

    Three points above 96 % would ask for more than half way above 97 %: a higher target must not cost less.
    """
    return share + MARGIN if share <= LAST_WITH_MARGIN else max(LAST_WITH_MARGIN + MARGIN, (1.0 + share) / 2.0)


def slots_of(problem: asked.Problem) -> tuple[coverage.SlotCalls, ...]:
    """Return the calls of each slot over the area-shifts that have teams."""
    by_slot: dict[int, list[int]] = {}
    for n, shift in enumerate(problem.shifts):
        if shift.area != asked.CITY and shift.teams:
            by_slot.setdefault(shift.slot, []).append(n)
    return tuple(coverage.slot_calls(problem, slot, shifts) for slot, shifts in by_slot.items())


class Alike(msgspec.Struct, frozen=True):
    """Slots with the same calls in the same areas: one of them, all of them, and what calls find by teams, once known.

    What is known of some teams are the chances per area that nobody comes: of the area or beside it, of the area.
    """

    calls: coverage.SlotCalls
    slots: tuple[coverage.SlotCalls, ...]
    known: dict[tuple[int, ...], tuple[list[float], list[float]]]

    def nobody(self, teams: tuple[int, ...], *, borrowing: bool) -> list[float]:
        """Return per area the chance that a call of one of the slots finds no team; `borrowing`: nor one near."""
        found = self.known.get(teams)
        if found is None:
            ends = coverage.endings(self.calls, teams)
            found = self.known[teams] = [own * near for own, near in ends], [own for own, _ in ends]
        return found[0] if borrowing else found[1]


def alike(problem: asked.Problem) -> tuple[Alike, ...]:
    """Return a Problem's slots together that are alike: most of a month are like another of the same weekday."""
    found: dict[object, list[coverage.SlotCalls]] = {}
    for calls in slots_of(problem):
        areas = tuple(problem.shifts[n].area for n in calls.shifts)
        found.setdefault((areas, calls.rates, calls.loads, calls.neighbours, calls.answers), []).append(calls)
    return tuple(Alike(slots[0], tuple(slots), {}) for slots in found.values())


def teams_for(
    problem: asked.Problem, targets: Targets, *, borrowing: bool = True, groups: tuple[Alike, ...] | None = None
) -> list[int]:
    """Return the fewest teams per shift with which every area-shift's calls find one as surely as its target asks.

    One team each, then one more at a time where it mends most. Without `borrowing` only an area's own teams count.
    Who tries many targets gives `alike` of the Problem, which is the same for all.
    """
    result = [shift.teams for shift in problem.shifts]
    for group in alike(problem) if groups is None else groups:
        aims = [aim(targets.share(problem.shifts[n].area) or 0.0) for n in group.calls.shifts]
        fewest = _fewest(group, aims, borrowing=borrowing)
        for slot in group.slots:
            for n, teams in zip(slot.shifts, fewest, strict=True):
                result[n] = teams
    return result


def _fewest(group: Alike, aims: Sequence[float], *, borrowing: bool) -> tuple[int, ...]:
    let = [1.0 - wanted for wanted in aims]

    def short(teams: tuple[int, ...]) -> float:
        missed = group.nobody(teams, borrowing=borrowing)
        return sum([miss - may for miss, may in zip(missed, let, strict=True) if miss > may])

    teams = (1,) * len(aims)
    left = short(teams)
    while left > 1e-12:
        more = [(*teams[:area], n + 1, *teams[area + 1 :]) if n < MOST_TEAMS else None for area, n in enumerate(teams)]
        tried = [(short(each), area) for area, each in enumerate(more) if each]
        if not tried or min(tried)[0] >= left:
            break
        left, best = min(tried)
        teams = more[best] or teams
    return teams
