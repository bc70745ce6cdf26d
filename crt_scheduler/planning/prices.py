"""What each rule costs or forbids, and setting it."""

from __future__ import annotations

import math

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import RuleSetting
from solver import problem as asked
from solver.explain import TITLES
from solver.rules import DEFAULTS
from solver.wording import tr

PRICED_BY_SEAT = "open_seats"
"""Duty lead and clergy seats carry their own price; there is no one price to set."""


def rules(session: Session) -> dict[str, asked.Setting]:
    """Return every rule's setting: the default, or what the coordinator set instead."""
    programme = programme_of(session)
    settings = {rule: setting for rule, setting in DEFAULTS.items() if rule != PRICED_BY_SEAT}
    for row in session.scalars(select(RuleSetting)):
        settings[row.rule] = asked.Setting(row.hard, row.points)
    settings["missed_calls"] = asked.Setting(points=programme.missed_points)
    settings["late_calls"] = asked.Setting(points=programme.late_points)
    return settings


def set_rule(session: Session, rule: str, *, hard: bool, points: float) -> None:
    """Make a rule hard, or weighted with points per unit.

    Raises CrtError for a rule that does not exist, and for a missed or late call without a price of its own.
    """
    programme = programme_of(session)
    if rule not in DEFAULTS or rule == PRICED_BY_SEAT:
        raise CrtError(tr("No rule is called {rule!r}.", rule=rule), remedies.LIST_RULES)
    if not math.isfinite(points):
        raise CrtError(tr("Give the points as a number, such as 40."))
    if rule in ("missed_calls", "late_calls"):
        if hard or points < 0:
            raise CrtError(tr("A missed or late call has a price and is never forbidden."), remedies.GIVE_POINTS)
        if rule == "missed_calls":
            programme.missed_points = points
        else:
            programme.late_points = points
        session.flush()
        return
    row: RuleSetting | None = session.scalar(select(RuleSetting).where(RuleSetting.rule == rule))
    if row is None:
        session.add(RuleSetting(programme_id=programme.id, rule=rule, hard=hard, points=points))
    else:
        row.hard, row.points = hard, points
    session.flush()


def _set(_: Session, rule: str, *, hard: bool, points: float) -> str:
    title = TITLES.get(rule, rule)
    if hard:
        return tr("Make “{rule}” hard", rule=title)
    return tr("Set “{rule}” to {points:g} points", rule=title, points=points)


SET_RULE = Act(set_rule, _set)
