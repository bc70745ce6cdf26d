"""Rules and their prices: hard or not is ticked, points are typed; every edit is one act that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale

from crt_scheduler import planning
from crt_scheduler.settings import rule_acts
from crt_scheduler.settings.rule_acts import RuleRow
from ui.desk import Desk
from ui.list_model import Column
from ui.words import tr

TITLE, HARD, POINTS, CALLS, SHIPPED = range(5)
CALL_POINTS = 1000


class Prices:
    """The acts on a rule and the columns that do them; `fault` is told what is wrong with typed points, or nothing."""

    def __init__(self, desk: Desk, fault: Callable[[str], object]) -> None:
        self._desk, self._fault = desk, fault

    def columns(self) -> tuple[Column[RuleRow], ...]:
        """Return what is shown of a rule: its name, whether it is hard, its price, and whether it was changed."""
        return (
            Column(head=tr("Rule"), words=lambda row: row.title),
            Column(
                head=tr("Never broken"),
                words=lambda row: tr("hard") if row.hard else "",
                ticked=lambda row: row.hard if row.may_be_hard else None,
                take=self._take_hard,
            ),
            Column(
                head=tr("Points"),
                words=lambda row: "" if row.hard else _shown(row.points),
                is_right=True,
                written=lambda row: None if row.hard else f"{row.points:g}",
                take=self._take_points,
            ),
            Column(
                head=tr("Missed calls"),
                words=lambda row: "" if row.hard else _shown(row.points / CALL_POINTS),
                is_right=True,
                colour="secondary",
            ),
            Column(
                head=tr("As shipped"), words=lambda row: "" if row.is_default else tr("changed"), colour="secondary"
            ),
        )

    def _take_hard(self, row: RuleRow, hard: bool) -> bool:
        return self._set(row, hard=hard, points=0.0 if hard else row.points or rule_acts.SOFT_POINTS)

    def _take_points(self, row: RuleRow, typed: Any) -> bool:
        """Take typed points; what cannot be read is said and changes nothing."""
        points, is_number = QLocale().toDouble(str(typed).strip())
        if not is_number:
            points, is_number = QLocale.c().toDouble(str(typed).strip())
        if not is_number:
            self._fault(tr("“{}” is no number. Type the points of {}, such as 40.").format(typed, row.title.lower()))
            return False
        return points == row.points or self._set(row, hard=False, points=points)

    def _set(self, row: RuleRow, *, hard: bool, points: float) -> bool:
        self._fault("")
        return bool(self._desk.do(planning.SET_RULE(row.rule, hard=hard, points=points)))

    def reset(self, row: RuleRow) -> bool:
        """Keep a rule as it was shipped."""
        self._fault("")
        return bool(self._desk.do(rule_acts.RESET(row.rule)))


def _shown(number: float) -> str:
    return QLocale().toString(float(number), "g", 6).replace("-", "\N{MINUS SIGN}")
