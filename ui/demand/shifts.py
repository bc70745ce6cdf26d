"""The table of areas and shifts: calls, teams and the chance that a call finds one, with a line at the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crt_scheduler.truth.ladder import AreaShift
from ui.demand.slider import chance, percent
from ui.list_model import Column
from ui.words import tr

AREA, CHANCE = 0, 5


@dataclass(frozen=True)
class Shown:
    """What the table shows: rows for a target, and whether it counts teams that neighbours lend."""

    rows: tuple[AreaShift, ...]
    share: float
    borrowing: bool
    month: str

    def chance(self, row: AreaShift) -> float:
        """Return the chance that the target is about."""
        return row.p_team if self.borrowing else row.p_own

    def other(self, row: AreaShift) -> float:
        """Return the other chance."""
        return row.p_own if self.borrowing else row.p_team


def columns(shown: Shown) -> tuple[Column[AreaShift], ...]:
    """Return what is shown of an area's shift for a target; the chance has a line at the target, and says it."""
    team, own = tr("A call finds a team"), tr("Own area")

    def column(
        head: str, words: Callable[[AreaShift], str], by: Callable[[AreaShift], Any], *, is_right: bool = True
    ) -> Column[AreaShift]:
        def aloud(row: AreaShift) -> str:
            said = tr("{area} {shift}: {chance}")
            return said.format(area=row.area, shift=row.shift, chance=words(row))

        return Column(head=head, words=words, by=by, is_right=is_right, tip=aloud, aloud=aloud)

    def chance_aloud(row: AreaShift) -> str:
        is_short = shown.chance(row) < shown.share
        said = tr("{area} {shift}: {chance}, below the target") if is_short else tr("{area} {shift}: {chance}")
        return said.format(area=row.area, shift=row.shift, chance=chance(shown.chance(row)))

    return (
        column(tr("Area"), lambda row: row.area, lambda row: row.area, is_right=False),
        column(tr("Shift"), lambda row: row.shift.capitalize(), lambda row: row.shift, is_right=False),
        column(tr("Calls in {}").format(shown.month), lambda row: f"{row.calls:.1f}", lambda row: row.calls),
        column(tr("Least teams"), lambda row: "1", lambda row: 1),
        column(tr("Target teams"), lambda row: row.words, lambda row: row.teams),
        Column(
            head=(team if shown.borrowing else own) + tr(" (line: {})").format(percent(shown.share)),
            head_tip=tr("Each third of the bar is ten times fewer calls that find no team: 90, 99, 99.9 %"),
            words=lambda row: chance(shown.chance(row)),
            by=shown.chance,
            tip=chance_aloud,
            aloud=chance_aloud,
        ),
        column(own if shown.borrowing else team, lambda row: chance(shown.other(row)), shown.other),
    )
