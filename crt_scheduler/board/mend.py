"""What to mend in a month: broken rules by date, then open seats, dearest first; and what the month costs by rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from crt_scheduler.board import Board
from crt_scheduler.cover.place import calls_words, seat_words
from solver.explain import TITLES
from solver.period import day_words
from solver.result import OpenSeat, Violation
from solver.wording import tr

LAST = "9999"
"""Where a broken rule without a date stands in order."""


@dataclass(frozen=True)
class ToMend:
    """One thing to mend: a broken rule of a person or shift, or an open seat (`role` is then its role)."""

    words: str
    person: str
    shift: str
    rule: str = ""
    role: str = ""
    tier: str = ""
    points: float = 0.0


@dataclass(frozen=True)
class Cost:
    """One rule that is broken (`hard`) or paid for, with each sentence, dearest or earliest first."""

    rule: str
    title: str
    hard: bool
    points: float
    violations: tuple[Violation, ...]

    @property
    def calls(self) -> str:
        """What it costs in missed calls; below nothing, what wishes kept are worth."""
        words = calls_words(self.points, signed=False)
        return f"−{words}" if self.points < 0 and words != "0.00" else words


def to_mend(board: Board) -> tuple[ToMend, ...]:
    """Return what to mend, in the order in which a coordinator goes through it."""
    broken = sorted(board.hard, key=lambda violation: (violation.shift or LAST, violation.person, violation.rule))
    return (*(_broken(violation) for violation in broken), *(_open(gap) for gap in board.gaps))


def _broken(violation: Violation) -> ToMend:
    return ToMend(violation.sentence, violation.person, violation.shift, rule=violation.rule)


def _open(gap: OpenSeat) -> ToMend:
    seat = seat_words(gap.role, gap.tier)
    words = tr(
        "{area}, {day} {shift}: the {seat} is open.", area=gap.area, day=day_words(gap.date), shift=gap.shift, seat=seat
    )
    shift = f"{gap.date.isoformat()}/{gap.shift}/{gap.area}"
    return ToMend(words, "", shift, role=gap.role, tier=gap.tier, points=gap.points)


def costs(board: Board) -> tuple[Cost, ...]:
    """Return every rule that is broken or paid for: broken ones first, then the dearest; wishes kept come last."""
    found: dict[tuple[str, bool], list[Violation]] = defaultdict(list)
    for violation in board.violations:
        if violation.hard or violation.points:
            found[violation.rule, violation.hard].append(violation)
    rows = [
        Cost(rule, TITLES[rule], hard, sum(v.points for v in violations), _ordered(violations))
        for (rule, hard), violations in found.items()
    ]
    return tuple(sorted(rows, key=lambda cost: (not cost.hard, -cost.points, cost.title)))


def _ordered(violations: list[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=lambda v: (-abs(v.points), v.shift or LAST, v.sentence)))
