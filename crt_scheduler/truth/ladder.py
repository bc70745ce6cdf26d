"""A ladder of targets: what each takes in hours and teams, and what calls then find, worked out once for a slider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import planning
from crt_scheduler.demand.full_teams import CellEnds, Truth, calls_by_slot, ends_of
from crt_scheduler.demand.targets import Targets, aim, alike, chosen, teams_for
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import Area
from crt_scheduler.truth.afford import KEPT, hours_of, hours_promised, one_each
from solver import problem as asked
from solver.wording import tr

STOPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.999)
"""Shares a slider stops at: closer where each further point costs more."""
USUAL = 0.95
"""The share shown while none is chosen."""


class Trial(msgspec.Struct, frozen=True):
    """A month on which targets are tried: one team in every shift, hours promised and kept, targets as chosen."""

    problem: asked.Problem
    promised: float
    kept: float
    targets: Targets


class AreaShift(msgspec.Struct, frozen=True):
    """All of a month's shifts of one kind in one area: calls, teams (in all, fewest and most in one), mean chances.

    `p_team` is the chance that a call finds a team at all, `p_own` that it finds one of its own area.
    """

    area: str
    shift: str
    calls: float
    shifts: int
    teams: int
    fewest: int
    most: int
    p_team: float
    p_own: float

    @property
    def words(self) -> str:
        """The teams of one shift, such as 1 or 1-2."""
        return f"{self.fewest}" if self.fewest == self.most else f"{self.fewest}–{self.most}"


class Taken(msgspec.Struct, frozen=True):
    """What a target takes in a month, hours of the whole city; `short` are hours beyond those kept."""

    hours: float
    short: float
    seats_short: int
    teams: int
    p_team: float
    p_own: float
    rows: tuple[AreaShift, ...]

    @property
    def is_affordable(self) -> bool:
        """Do the hours kept reach?"""
        return self.short <= 0


class Rung(msgspec.Struct, frozen=True):
    """One target: what it takes while areas borrow a neighbour's team, and if no area could."""

    share: float
    aim: float
    near: Taken
    alone: Taken


class Ladder(msgspec.Struct, frozen=True):
    """The rungs from 50 to 99.9 % for the city (area empty) or one area, and the target chosen there, if one is."""

    area: str
    promised: float
    kept: float
    chosen: float | None
    own_targets: tuple[tuple[str, float], ...]
    rungs: tuple[Rung, ...]
    nearest: float | None
    """The dearest rung that can be afforded with borrowing."""

    def rung(self, share: float) -> Rung:
        """Return the rung nearest to a share."""
        return min(self.rungs, key=lambda rung: abs(rung.share - share))


def trial(session: Session, standing: planning.Standing) -> Trial:
    """Return what targets are tried on; it holds no person, so it may be kept while the slider moves."""
    promised = hours_promised(standing.problem)
    bare = msgspec.structs.replace(one_each(standing.problem), people=(), current=(), around=())
    return Trial(bare, round(promised, 1), round(KEPT * promised, 1), chosen(session))


def ladder(session: Session, month: str, *, now: dt.datetime, area: str = "") -> Ladder:
    """Return the ladder of a month; raises CrtError for an area that is none."""
    if area and area not in set(session.scalars(select(Area.name))):
        names = ", ".join(session.scalars(select(Area.name).order_by(Area.id)))
        raise CrtError(tr("No area is called {area!r}. There are: {names}.", area=area, names=names))
    return climb(trial(session, planning.standing(session, month, now=now)), area)


def climb(on: Trial, area: str = "") -> Ladder:
    """Return the ladder of a trial: other targets stay as chosen while the city's, or one area's, is tried."""
    mine = on.targets.areas.get(area) if area else on.targets.city
    shares = sorted({*STOPS, *([mine] if mine is not None else [])})
    taken = _Takings(on)
    rungs = tuple(_rung(taken, _with(on.targets, area, share), share) for share in shares)
    nearest = max((rung.share for rung in rungs if rung.near.is_affordable), default=None)
    return Ladder(area, on.promised, on.kept, mine, tuple(sorted(on.targets.areas.items())), rungs, nearest)


def as_planned(on: Trial, standing: planning.Standing) -> tuple[AreaShift, ...]:
    """Return the area-shifts with the teams of the roster, or those planned while nobody is on call."""
    return _rows(on.problem, standing.truth.cells)


def _with(targets: Targets, area: str, share: float) -> Targets:
    if not area:
        return msgspec.structs.replace(targets, city=share)
    return msgspec.structs.replace(targets, areas={**targets.areas, area: share})


class _Takings:
    """What the targets of one trial take: its calls are laid out once, and many targets ask for the same teams."""

    def __init__(self, on: Trial) -> None:
        self._on, self._alike, self._calls = on, alike(on.problem), calls_by_slot(on.problem)
        self._known: dict[tuple[int, ...], Taken] = {}

    def of(self, targets: Targets, *, borrowing: bool) -> Taken:
        """Return what some targets take."""
        teams = tuple(teams_for(self._on.problem, targets, borrowing=borrowing, groups=self._alike))
        if teams not in self._known:
            self._known[teams] = _taken(self._on, teams, ends_of(self._on.problem, self._calls, teams))
        return self._known[teams]


def _rung(taken: _Takings, targets: Targets, share: float) -> Rung:
    near, alone = (taken.of(targets, borrowing=borrowing) for borrowing in (True, False))
    return Rung(share, aim(share), near, alone)


def _taken(on: Trial, teams: Sequence[int], truth: Truth) -> Taken:
    hours = hours_of(on.problem, teams)
    short = max(0.0, hours - on.kept)
    own = truth.served / truth.calls if truth.calls else 1.0
    seats = round(short / _seat_hours(on.problem))
    rows = _rows(on.problem, truth.cells)
    return Taken(round(hours, 1), round(short, 1), seats, sum(teams), round(truth.p_team, 6), round(own, 6), rows)


def _seat_hours(problem: asked.Problem) -> float:
    """Return the hours of the month's mean team seat."""
    slots = [problem.slots[shift.slot] for shift in problem.shifts if shift.teams] or list(problem.slots)
    return sum(slot.end - slot.start for slot in slots) / len(slots) / 60.0


def _rows(problem: asked.Problem, cells: Sequence[CellEnds]) -> tuple[AreaShift, ...]:
    """Return the cells together by area and kind of shift, in the order of the areas."""
    found: dict[tuple[str, str], list[CellEnds]] = {}
    for cell in cells:
        found.setdefault((cell.area, cell.template), []).append(cell)
    place = {area.name: n for n, area in enumerate(problem.areas)}
    return tuple(_row(found[key]) for key in sorted(found, key=lambda key: place[key[0]]))


def _row(cells: Sequence[CellEnds]) -> AreaShift:
    calls, teams = sum(cell.calls for cell in cells), [cell.teams for cell in cells]
    weights = [cell.calls if calls else 1.0 for cell in cells]
    team = sum(weight * cell.p_team for weight, cell in zip(weights, cells, strict=True)) / sum(weights)
    own = sum(weight * cell.p_served for weight, cell in zip(weights, cells, strict=True)) / sum(weights)
    return AreaShift(
        cells[0].area, cells[0].template, round(calls, 3), len(cells), sum(teams), min(teams), max(teams),
        round(team, 6), round(own, 6),
    )  # fmt: skip
