"""Backtest: the logged calls of a stretch against a month's roster, what was promised beside what they meet."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np
from sqlalchemy.orm import Session

from crt_scheduler import demand, planning, remedies
from crt_scheduler.demand.forecast_values import TIMELESS, date_of, day_number, distinct
from crt_scheduler.demand.log_arrays import calls_in, entries, shifts_of
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import Standing
from crt_scheduler.truth.replay import Bools, Floats, Ints
from crt_scheduler.truth.stretch import Log, Played, ground, play
from solver.wording import mark, tr

MAPPING = mark(
    "Each logged shift is played on a shift of the month with the same weekday and template, its weeks in turn."
)


LOADED = 1.5
"""Points below the promise that chance does not explain: Erlang's loss leaves out calls answered next door."""


class MonthEnds(msgspec.Struct, frozen=True):
    """One month of the log: calls, how they ended (expected counts), shares promised and replayed."""

    month: str
    calls: int
    served: float
    late: float
    missed: float
    promised_p_team: float
    replayed_p_team: float


class Backtest(msgspec.Struct, frozen=True):
    """A replay of logged calls on a month's teams; counts are expectations, shares run from 0 to 1.

    `at_once` are calls that came while another of their area was running, `at_once_by_chance` as many as evenly
    spread calls would give; `nights_with_two` are night shifts in which two calls of one area ran at once.
    """

    first: dt.date
    last: dt.date
    calls: int
    served: float
    late: float
    missed: float
    promised_p_team: float
    replayed_p_team: float
    difference_points: float
    nights_with_two: int
    at_once: float
    at_once_by_chance: float
    without_time: int
    teams_of: str
    mapping: str
    sentence: str
    cause: str
    """Whether chance, clusters or sheer numbers explain the difference."""
    months: tuple[MonthEnds, ...]


def backtest(
    session: Session, month: str, *, now: dt.datetime, first: dt.date | None = None, last: dt.date | None = None,
    seed: int = 1,
) -> Backtest:  # fmt: skip
    """Replay the log from first to last (local dates, default its last twelve months) on the month's teams.

    Raises CrtError if the log holds no call with a time of day in that stretch.
    """
    if first and last and first > last:
        raise CrtError(tr("{first} is after {last}.", first=first, last=last), remedies.EARLIER_DATE)
    log = logged(session)
    return of_log(session, planning.standing(session, month, now=now), log, first=first, last=last, seed=seed)


def of_log(
    session: Session, standing: Standing, log: Logged, *,
    first: dt.date | None = None, last: dt.date | None = None, seed: int = 1,
) -> Backtest:  # fmt: skip
    """Replay a stretch of a log already read on a month as it stands; raises CrtError as `backtest` does."""
    if not len(log.date):
        raise CrtError(tr("No calls with a time of day are logged."), remedies.IMPORT_CALLS)
    end = last or date_of(int(log.date.max()))
    begin = first or _year_before(end)
    kept = log.between(begin, end)
    if not len(kept.date):
        raise CrtError(tr("No call is logged from {begin} to {end}.", begin=begin, end=end), remedies.OTHER_DATES)
    templates = demand.area_templates(session)
    where = ground(standing.seated, standing.teams, [template.name for template in templates])
    played = play(kept.calls, where, first=day_number(begin), last=day_number(end), seed=seed)
    night = np.array([*(template.night for template in templates), False])
    return _told(standing, played, kept, begin, end, night)


def _year_before(day: dt.date) -> dt.date:
    """Return the first day of the twelve months that end with a day."""
    try:
        return day.replace(year=day.year - 1) + dt.timedelta(days=1)
    except ValueError:  # 29 February
        return dt.date(day.year - 1, 3, 1)


class Logged(msgspec.Struct, frozen=True):
    """The log in order of time with each call's local date; `timeless` are the dates of calls without a time of day."""

    calls: Log
    date: Ints
    timeless: Ints

    def between(self, first: dt.date, last: dt.date) -> Logged:
        """Return the calls from first to last (local dates)."""
        begin, end, all_ = day_number(first), day_number(last), self.calls
        kept = (self.date >= begin) & (self.date <= end)
        calls = Log(all_.minute[kept], all_.day[kept], all_.template[kept], all_.area[kept], all_.minutes[kept])
        return Logged(calls, self.date[kept], self.timeless[(self.timeless >= begin) & (self.timeless <= end)])


def logged(session: Session) -> Logged:
    """Return the logged incidents by the shift each fell in."""
    whole = entries(session)
    ordered = whole.in_time
    at, local, area = (each[ordered] for each in (whole.at, whole.local, whole.area))
    calls = calls_in(shifts_of(session), local, area)
    timed = calls.template != TIMELESS
    log = Log(at[timed], calls.day[timed], calls.template[timed], area[timed], whole.minutes[ordered][timed])
    return Logged(log, local[timed] // 1440, local[~timed] // 1440)


def _told(standing: Standing, played: Played, log: Logged, first: dt.date, last: dt.date, night: Bools) -> Backtest:
    count, served, late = len(log.date), float(played.ends.served.sum()), float(played.ends.late.sum())
    promised, replayed = float(played.promised.mean()), (served + late) / count
    at_once, by_chance = float(played.at_once.sum()), float(played.by_chance.sum())
    return Backtest(
        first=first,
        last=last,
        calls=count,
        served=round(served, 2),
        late=round(late, 2),
        missed=round(count - served - late, 2),
        promised_p_team=round(promised, 5),
        replayed_p_team=round(replayed, 5),
        difference_points=round(100 * (replayed - promised), 2),
        nights_with_two=_nights(played.at_once, log.calls, night),
        at_once=round(at_once, 1),
        at_once_by_chance=round(by_chance, 1),
        without_time=len(log.timeless),
        teams_of="roster" if standing.is_rostered else "plan",
        mapping=tr(MAPPING),
        sentence=_sentence(promised, replayed, at_once, by_chance),
        cause=_cause(promised, replayed, at_once, by_chance),
        months=_months(played, log.date),
    )


def _nights(at_once: Floats, log: Log, night: Bools) -> int:
    """Return the night shifts of one area in which a call most likely came while another was running."""
    hit = (at_once >= 0.5) & night[log.template]
    return len(set(zip(log.day[hit].tolist(), log.area[hit].tolist(), strict=True)))


def _months(played: Played, date: Ints) -> tuple[MonthEnds, ...]:
    month = date.astype("datetime64[D]").astype("datetime64[M]")
    result = []
    for each in distinct(month):
        mine = month == each
        count, served, late = (
            int(mine.sum()),
            float(played.ends.served[mine].sum()),
            float(played.ends.late[mine].sum()),
        )
        result.append(
            MonthEnds(
                month=str(each),
                calls=count,
                served=round(served, 2),
                late=round(late, 2),
                missed=round(count - served - late, 2),
                promised_p_team=round(float(played.promised[mine].mean()), 5),
                replayed_p_team=round((served + late) / count, 5),
            )
        )
    return tuple(result)


def _sentence(promised: float, replayed: float, at_once: float, by_chance: float) -> str:
    """Say how far the replay lies from the promise, and whether clusters of calls explain it."""
    points = 100 * (replayed - promised)
    side = (
        tr("as promised")
        if abs(points) < 0.05
        else tr("{points:.1f} points above it", points=points)
        if points > 0
        else tr("{points:.1f} points below it", points=-points)
    )
    cause = _cause(promised, replayed, at_once, by_chance)
    return tr(
        "Promised: {promised:.1%} of calls find a team; replayed: {replayed:.1%}, {side}. {at_once:.0f} calls came "
        "while another of their area was running, where evenly spread calls would give {by_chance:.0f}: {cause}.",
        promised=promised,
        replayed=replayed,
        side=side,
        at_once=at_once,
        by_chance=by_chance,
        cause=cause,
    )


def _cause(promised: float, replayed: float, at_once: float, by_chance: float) -> str:
    """Return what explains the difference, as the end of a sentence."""
    if at_once > 1.2 * by_chance:
        return tr("more often than chance, for calls come in clusters")
    if 100 * (replayed - promised) < -LOADED:
        return tr("no clusters, but so many calls that the teams lent to neighbours are missing at home")
    return tr("about as chance has it")
