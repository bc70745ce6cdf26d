"""What a target costs: hours a month against those promised and those kept, and the nearest that can be afforded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import planning, remedies
from crt_scheduler.demand.full_teams import ends
from crt_scheduler.demand.targets import Targets, chosen, teams_for
from solver import problem as asked
from solver.wording import tr

KEPT = 0.8
"""Part of the promised hours that volunteers are seen to give (DOMAIN.md)."""
CHOICES = (0.90, 0.95, 0.99)
LADDER = tuple(percent / 100.0 for percent in range(99, 49, -1))


class Need(msgspec.Struct, frozen=True):
    """What one set of targets takes in a month: teams, hours on call, the share of calls that then find a team.

    `alone_hours` is what it takes if no area may borrow a neighbour's team.
    """

    share: float | None
    teams: int
    hours: float
    alone_hours: float
    p_team: float
    p_served: float
    is_affordable: bool


class TargetCell(msgspec.Struct, frozen=True):
    """The teams that the target asks for in one area-shift, and the chance that a call then finds one."""

    date: dt.date
    shift: str
    area: str
    calls: float
    teams: int
    p_team: float


class Budget(msgspec.Struct, frozen=True):
    """A month's targets beside its hours: promised by volunteers, and kept (80 % of them)."""

    city: float | None
    areas: dict[str, float]
    hours_promised: float
    hours_kept: float
    chosen: Need | None
    choices: tuple[Need, ...]
    nearest: float | None
    cells: tuple[TargetCell, ...]
    sentence: str


def budget(session: Session, month: str, *, now: dt.datetime) -> Budget:
    """Return what the month's targets take, what 90, 95 and 99 % would, and the dearest that can be afforded."""
    frozen = planning.standing(session, month, now=now).problem
    promised = hours_promised(frozen)
    targets, kept = chosen(session), KEPT * promised
    one = one_each(frozen)
    mine = _need(one, targets, kept) if targets else None
    choices = tuple(_need(one, Targets(share, {}), kept) for share in CHOICES)
    nearest = next((s for s in LADDER if _need(one, Targets(s, {}), kept).is_affordable), None)
    teams = teams_for(one, targets) if targets else [shift.teams for shift in frozen.shifts]
    cells = tuple(
        TargetCell(c.date, c.template, c.area, c.calls, c.teams, round(c.p_team, 4)) for c in ends(frozen, teams).cells
    )
    return Budget(
        targets.city, targets.areas, round(promised, 1), round(kept, 1), mine, choices, nearest, cells,
        _sentence(mine, kept, nearest),
    )  # fmt: skip


def hours_promised(frozen: asked.Problem) -> float:
    """Return the hours on call that the month's volunteers promise, after what they carry over."""
    return sum(person.target for person in frozen.people if "clergy" not in person.roles) / 60.0


def one_each(frozen: asked.Problem) -> asked.Problem:
    """Return the Problem with one team in every shift that seats teams, and seats for just that."""
    replace = msgspec.structs.replace
    most = [max(1, shift.teams) for shift in frozen.shifts]
    return replace(
        frozen,
        shifts=tuple(replace(shift, teams=min(1, shift.teams)) for shift in frozen.shifts),
        seats=tuple(
            replace(seat, count=seat.count // most[seat.shift]) if seat.team else seat for seat in frozen.seats
        ),
    )


def _need(one: asked.Problem, targets: Targets, kept: float) -> Need:
    teams = teams_for(one, targets)
    hours = hours_of(one, teams)
    truth = ends(one, teams)
    served = truth.served / truth.calls if truth.calls else 1.0
    alone = hours_of(one, teams_for(one, targets, borrowing=False))
    return Need(
        targets.city, sum(teams), round(hours, 1), round(alone, 1), round(truth.p_team, 4), round(served, 4),
        hours <= kept,
    )  # fmt: skip


def hours_of(one: asked.Problem, teams: Sequence[int]) -> float:
    """Return the volunteers' hours on call: every place of every team, and plain places such as the duty lead's."""
    total = 0
    for seat in one.seats:
        if not seat.optional and "clergy" not in seat.accepts:
            slot = one.slots[one.shifts[seat.shift].slot]
            total += seat.count * (teams[seat.shift] if seat.team else 1) * (slot.end - slot.start)
    return total / 60.0


def _sentence(mine: Need | None, kept: float, nearest: float | None) -> str:
    """Say whether the targets can be afforded, and if not the nearest that can."""
    if mine is None:
        return tr(
            "No target is chosen: second teams go where most calls come. {remedy}",
            remedy=remedies.CHOOSE_TARGET.words(),
        )
    cost = tr(
        "The target takes {hours:,.0f} hours a month; {kept:,.0f} are expected to be kept", hours=mine.hours, kept=kept
    )
    if mine.is_affordable:
        return tr(
            "{cost}. {p_team:.1%} of calls then find a team, {p_served:.1%} one of their own area.",
            cost=cost,
            p_team=mine.p_team,
            p_served=mine.p_served,
        )
    if nearest is None:
        return tr(
            "{cost}: not affordable, nor is one team in every shift. Leave seats open where fewest calls come.",
            cost=cost,
        )
    return tr(
        "{cost}: not affordable. The nearest that is: {nearest:.0%} of calls in the city.", cost=cost, nearest=nearest
    )
