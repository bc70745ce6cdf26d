"""A month as it stands: its full teams, and how its calls are expected to end."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import demand, team
from crt_scheduler.demand.full_teams import Truth, as_seated, ends, fit, planned, seated
from crt_scheduler.kept import kept
from crt_scheduler.planning.asking import freeze, month_forecast
from crt_scheduler.tables import Record
from solver import problem as asked
from solver.wording import tr


class Cell(msgspec.Struct, frozen=True):
    """One shift's forecast: calls with the band that holds 80 % of such months' shifts, full teams, how calls end.

    `teams` are those on the roster, or those planned while there is none; `planned` is what the seats allow.
    """

    date: dt.date
    shift: str
    area: str
    calls: float
    low: int
    high: int
    teams: int
    planned: int
    p_team: float
    p_served: float
    p_late: float
    p_missed: float


class Standing(msgspec.Struct, frozen=True):
    """A month as it stands: the Problem, full teams per shift, and whether those are the roster's or the plan's.

    `seated` is the Problem with every shift answered as surely as those on it answer.
    """

    problem: asked.Problem
    seated: asked.Problem
    forecast: demand.Forecast
    teams: tuple[int, ...]
    is_rostered: bool

    @property
    def truth(self) -> Truth:
        """How the month's calls are expected to end."""
        return ends(self.seated, self.teams)

    @property
    def words(self) -> str:
        """Whose teams these are, for people."""
        return tr("the teams on the roster") if self.is_rostered else tr("the teams planned, for nobody is on call yet")


def standing(session: Session, month: str, *, now: dt.datetime) -> Standing:
    """Return the month with the full teams of its roster, or with those planned while nobody is on call.

    It rests on nearly every table; a page that plays the log on what it shows asks for the same moment again.
    """
    every_table = frozenset(Record.metadata.tables)
    return kept(session, ("standing", month, now), every_table, lambda: _standing(session, month, now=now))


def _standing(session: Session, month: str, *, now: dt.datetime) -> Standing:
    forecast = month_forecast(session, month, now=now)
    frozen = freeze(session, month, forecast, team.members_if_any, now=now)
    has_roster = any(frozen.seats[a.seat].team for a in frozen.current)
    on = fit(frozen)
    found = seated(frozen, on) if has_roster else planned(frozen)
    return Standing(frozen, as_seated(frozen, on), forecast, tuple(found), has_roster)


def cells_of(standing: Standing) -> list[Cell]:
    """Return the forecast of every area-shift of a month, by date, shift and area.

    `p_team` is the chance that a call finds a full team that answers, of its own or a neighbouring area.
    """
    return [
        Cell(
            end.date,
            end.template,
            end.area,
            end.calls,
            *demand.band(end.calls, spread=standing.forecast.spread),
            end.teams,
            standing.problem.shifts[end.shift].teams,
            *(round(chance, 4) for chance in (end.p_team, end.p_served, end.p_late, end.p_missed)),
        )
        for end in standing.truth.cells
    ]
