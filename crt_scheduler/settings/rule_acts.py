"""Rules as a coordinator sets them: every rule with its title, how it is kept, and back to how it was shipped."""

from __future__ import annotations

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import planning, remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import RuleSetting
from solver.explain import TITLES
from solver.rules import DEFAULTS, RULES
from solver.wording import tr

PRICED_ONLY = ("missed_calls", "late_calls")
"""What these two count cannot be forbidden, only made dear."""
SOFT_POINTS = 100.0
"""What a rule that was hard costs once it no longer is, until a price is given: a tenth of a missed call."""


class RuleRow(msgspec.Struct, frozen=True):
    """A rule and how it is kept: hard, or with points per unit; `is_default` as shipped."""

    rule: str
    title: str
    hard: bool
    points: float
    is_default: bool
    may_be_hard: bool


def rules(session: Session) -> tuple[RuleRow, ...]:
    """Return every rule that can be set, in the order a refusal is explained."""
    settings = planning.rules(session)
    return tuple(
        RuleRow(
            rule=rule.name,
            title=rule.title,
            hard=settings[rule.name].hard,
            points=settings[rule.name].points,
            is_default=settings[rule.name] == DEFAULTS[rule.name],
            may_be_hard=rule.name not in PRICED_ONLY,
        )
        for rule in RULES
        if rule.name in settings
    )


def reset_rule(session: Session, rule: str) -> None:
    """Keep a rule as it was shipped; raises CrtError for a rule that does not exist."""
    if rule not in DEFAULTS or rule == planning.PRICED_BY_SEAT:
        raise CrtError(tr("No rule is called {rule!r}.", rule=rule), remedies.LIST_RULES)
    if rule in PRICED_ONLY:
        planning.set_rule(session, rule, hard=False, points=DEFAULTS[rule].points)
        return
    row = session.scalar(select(RuleSetting).where(RuleSetting.rule == rule))
    if row is not None:
        session.delete(row)
        session.flush()


def _reset(_: Session, rule: str) -> str:
    return tr("Reset “{rule}”", rule=TITLES.get(rule, rule))


RESET = Act(reset_rule, _reset)
