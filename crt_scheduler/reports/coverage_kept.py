"""Coverage kept: the seats that were held, and what the rosters promised beside a replay of the calls that came."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import planning, times
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import Standing
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports import called, gather
from crt_scheduler.reports.printed import Column, Figure, Printed, Table
from crt_scheduler.reports.report_value import Home, Report
from crt_scheduler.reports.team_pages import COUNTS
from crt_scheduler.truth import backtest
from solver.wording import mark, tr

MOST_MONTHS = 36
"""Each month is forecast and replayed, which takes up to a second."""


@dataclass(frozen=True)
class Kept:
    """One month: seats held of seats wanted, and calls that were promised a team and that meet one in a replay."""

    month: str
    seats: int
    held: int
    calls: int
    unanswered: int
    promised: float | None
    replayed: float | None


@dataclass(frozen=True)
class CoverageReport:
    """Coverage as the rosters promised it, beside a replay of the calls that came."""

    first: dt.date
    last: dt.date
    until: dt.date
    """The last day that is looked at: no later than the day of the report."""
    months: tuple[Kept, ...]

    @property
    def calls(self) -> int:
        """Calls replayed."""
        return sum(month.calls for month in self.months if month.promised is not None)

    @property
    def promised(self) -> float | None:
        """The promise over all calls replayed."""
        return self._share([(month.calls, month.promised) for month in self.months])

    @property
    def replayed(self) -> float | None:
        """What the calls met."""
        return self._share([(month.calls, month.replayed) for month in self.months])

    def _share(self, parts: list[tuple[int, float | None]]) -> float | None:
        known = [(calls, share) for calls, share in parts if share is not None]
        total = sum(calls for calls, _ in known)
        return sum(calls * share for calls, share in known) / total if total else None


def coverage_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> CoverageReport:
    """Return the months from first to last that have a roster; days still to come are left out.

    Raises CrtError for more than three years.
    """
    gather.refuse_backwards(first, last)
    log = backtest.logged(session)
    unanswered = Counter(call.month for call in called.calls(session, first, last) if not call.came)
    end = min(last, times.local(now, programme_of(session).zone).date())
    months = [month for month in gather.months_with_roster(session) if _touches(month, first, end)]
    refuse_too_many(months)
    kept = []
    for month in months:
        days = times.month_days(month)
        standing = planning.standing(session, month, now=now)
        if standing.is_rostered:
            span = (max(first, days[0]), min(end, days[-1]))
            kept.append(_kept(session, standing, log, span, unanswered[month], now=now))
    return CoverageReport(first, last, end, tuple(kept))


def refuse_too_many(months: list[str]) -> None:
    """Raise CrtError for more months than can be replayed while somebody waits."""
    if len(months) > MOST_MONTHS:
        raise CrtError(tr("{count} months are too many to replay. Choose at most three years.", count=len(months)))


def _touches(month: str, first: dt.date, last: dt.date) -> bool:
    days = times.month_days(month)
    return days[0] <= last and days[-1] >= first


def _kept(
    session: Session, standing: Standing, log: backtest.Logged, span: tuple[dt.date, dt.date], unanswered: int,
    *, now: dt.datetime,
) -> Kept:  # fmt: skip
    """Return one month: the seats of its days in the span, and the replay of the calls that came in them."""
    first, last = span
    seats, held = _seats(standing, first, last, now=now)
    calls = log.between(first, last)
    found = backtest.of_log(session, standing, log, first=first, last=last) if len(calls.date) else None
    return Kept(
        month=standing.problem.period,
        seats=seats,
        held=held,
        calls=len(calls.date),
        unanswered=unanswered,
        promised=found.promised_p_team if found else None,
        replayed=found.replayed_p_team if found else None,
    )


def _seats(standing: Standing, first: dt.date, last: dt.date, *, now: dt.datetime) -> tuple[int, int]:
    """Return the seats of a month's days in the span whose shifts have begun, without optional ones, and those held."""
    frozen, begun = standing.problem, times.minutes(now)
    taken = Counter(assignment.seat for assignment in frozen.current)
    seats = held = 0
    for number, seat in enumerate(frozen.seats):
        slot = frozen.slots[frozen.shifts[seat.shift].slot]
        if not seat.optional and first <= slot.date <= last and slot.start <= begun:
            seats += seat.count
            held += min(seat.count, taken[number])
    return seats, held


def _page(report: CoverageReport, home: Home) -> Printed:
    """Return coverage kept, month by month."""
    seats, held = sum(month.seats for month in report.months), sum(month.held for month in report.months)
    figures = (
        Figure(
            "seats_share",
            tr("Seats held"),
            held / seats if seats else None,
            "share",
            tr("{held:,} of {seats:,}", held=held, seats=seats),
        ),
        Figure("promised", tr("Promised"), report.promised, "share", tr("of calls find a team, as the rosters stood")),
        Figure(
            "replayed", tr("Replayed"), report.replayed, "share", tr("of {calls:,} calls that came", calls=report.calls)
        ),
        Figure("unanswered", tr("Calls nobody went to"), sum(month.unanswered for month in report.months)),
    )
    columns = (
        Column(tr("Month"), "month"),
        Column(tr("Seats")),
        Column(tr("Held")),
        Column(tr("Calls")),
        Column(tr("Nobody went")),
        Column(tr("Promised"), "share"),
        Column(tr("Replayed"), "share"),
    )
    rows = tuple((m.month, m.seats, m.held, m.calls, m.unanswered, m.promised, m.replayed) for m in report.months)
    held_rows = tuple((m.month, m.held / m.seats if m.seats else None) for m in report.months)
    tables = (
        Table(tr("Promised against replayed"), columns, rows),
        Table(
            tr("Seats held"),
            (Column(tr("Month"), "month"), Column(tr("Share"), "share")),
            held_rows,
            plot=tr("Share"),
            axis=tr("Month"),
        ),
    )
    notes = (
        tr(
            "Promised: the share of calls for which the roster foresaw a team, own or lent by a neighbour. Replayed:"
            " the same roster against the calls that came."
        ),
        tr("Members who have left are not counted on past rosters; optional seats are left out."),
        tr("Shifts that had not begun and days after {day} are not looked at.", day=times.day_words(report.until)),
    )
    return Printed(
        tr("Coverage kept"), home.programme, report.first, report.last, home.made, figures, tables, notes, tr(COUNTS)
    )


def _answer(report: CoverageReport) -> dict[str, Any]:
    return {
        "calls": report.calls,
        "promised_p_team": report.promised,
        "replayed_p_team": report.replayed,
        "months": msgspec.to_builtins(report.months),
    }


REPORT = Report(
    "coverage",
    title=mark("Coverage"),
    act=mark("Report coverage: promised against replayed"),
    help=mark("Report the seats held, and what rosters promised beside a replay of the calls that came."),
    of=CoverageReport,
    gather=lambda session, wish, now: coverage_report(session, wish.first, wish.last, now=now),
    page=_page,
    answer=_answer,
    is_empty=lambda report: not report.months,
    adding=mark("Replaying the calls of {} on their rosters, month by month."),
    nothing=mark("No roster is kept from {first} to {last}, so there is nothing to replay calls on."),
)
