"""Fairness: how hours, nights, weekends and calls are spread, and who was never called."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler.reports import called, gather
from crt_scheduler.reports.printed import Column, Figure, Printed, Table, shown
from crt_scheduler.reports.report_value import Home, Report
from crt_scheduler.reports.team_pages import MOST_BARS, NAMED, hours_plot
from crt_scheduler.reports.year import ranked
from solver.wording import Sayings, mark, tr

BUSIEST = 12
"""Percent: in a sister organisation so many of the volunteers got most of the calls, and newcomers left."""
KINDS = ("volunteer", "clergy")
AXES = ("on_call", "nights", "weekends", "calls")
GROUP_WORDS = Sayings({"volunteer": "the volunteers", "clergy": "the clergy"})
AXIS_WORDS = Sayings(
    {"on_call": "On-call hours", "nights": "Night shifts", "weekends": "Weekend shifts", "calls": "Calls"}
)
SPREAD_NOTE = mark("10th, median and 90th of a hundred people; the share that the busiest 12 % carried.")


@dataclass(frozen=True)
class Load:
    """What one responder carried; `asked` counts answers to call-outs."""

    code: str
    name: str
    kind: str
    joined: dt.date | None
    on_call: int
    shifts: int
    nights: int
    weekends: int
    calls: int
    asked: int

    @property
    def never_called(self) -> bool:
        """Was this responder neither called out nor at any call?"""
        return not self.calls and not self.asked


@dataclass(frozen=True)
class Spread:
    """How one thing is spread over the team, and the share that the busiest 12 % carried."""

    name: str
    total: int
    lowest: int
    tenth: int
    median: int
    ninetieth: int
    highest: int
    busiest: float | None


@dataclass(frozen=True)
class Group:
    """Volunteers, or clergy: how many they are, how many 12 % of them are, and how things are spread over them."""

    kind: str
    people: int
    busy: int
    spreads: tuple[Spread, ...]

    def of(self, name: str) -> Spread:
        """Return the spread of one thing."""
        return next(spread for spread in self.spreads if spread.name == name)


@dataclass(frozen=True)
class FairReport:
    """How evenly the team carried hours, nights, weekends and calls: volunteers first, clergy apart from them."""

    first: dt.date
    last: dt.date
    groups: tuple[Group, ...]
    people: tuple[Load, ...]

    @property
    def never_called(self) -> tuple[Load, ...]:
        """Who was on the team and never called."""
        return tuple(person for person in self.people if person.never_called)


def fair_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> FairReport:
    """Return how evenly the team carried the days from first to last.

    The team is everybody who is active or on leave and joined by the last day, and whoever was on call or at a call.
    """
    gather.refuse_backwards(first, last)
    minutes, duties = gather.on_call(session, first, last, now=now), gather.duties(session, first, last, now=now)
    calls, asked = called.calls_by_person(session, first, last)
    people = []
    for member in gather.members(session):
        duty = duties.get(member.id, gather.Duty())
        is_on_team = member.status != "inactive" and (member.joined is None or member.joined <= last)
        if is_on_team or duty.shifts or calls[member.id]:
            people.append(
                Load(
                    code=member.code,
                    name=member.name,
                    kind=member.kind,
                    joined=member.joined,
                    on_call=minutes.get(member.code, 0),
                    shifts=duty.shifts,
                    nights=duty.nights,
                    weekends=duty.weekends,
                    calls=calls[member.id],
                    asked=asked[member.id],
                )
            )
    return FairReport(first, last, tuple(_group(kind, people) for kind in KINDS), tuple(people))


def _group(kind: str, people: list[Load]) -> Group:
    """Return how things are spread over the volunteers, or the clergy."""
    mine = [person for person in people if person.kind == kind]
    busy = math.ceil(len(mine) * BUSIEST / 100)
    spreads = tuple(spread(axis, [getattr(person, axis) for person in mine], busy) for axis in AXES)
    return Group(kind, len(mine), busy, spreads)


def spread(name: str, carried: list[int], busy: int) -> Spread:
    """Return how numbers, one for each person, are spread; `busy` people are the busiest."""
    ordered = sorted(carried)
    total = sum(ordered)
    return Spread(
        name=name,
        total=total,
        lowest=ordered[0] if ordered else 0,
        tenth=ranked(ordered, 10) or 0,
        median=ranked(ordered, 50) or 0,
        ninetieth=ranked(ordered, 90) or 0,
        highest=ordered[-1] if ordered else 0,
        busiest=sum(ordered[-busy:]) / total if total and busy else None,
    )


def _page(report: FairReport, home: Home) -> Printed:
    """Return fairness as figures, the spread, and who was never called."""
    never, team = report.never_called, report.groups[0]
    calls, hours = team.of("calls"), team.of("on_call")
    busy = tr("{busy:,} volunteers", busy=team.busy) if team.busy != 1 else "1 volunteer"
    figures = (
        Figure(
            "people",
            tr("On the team"),
            len(report.people),
            note=tr("{people:,} of them volunteers", people=team.people),
        ),
        Figure(
            "busiest_share", tr("Calls of the busiest 12 %"), calls.busiest, "share", tr("carried by {busy}", busy=busy)
        ),
        Figure("never_called", tr("Never called"), len(never), note=tr("neither called out nor at a call")),
        Figure(
            "median_calls",
            tr("Median calls"),
            calls.median,
            note=tr("lowest {lowest}, highest {highest}", lowest=calls.lowest, highest=calls.highest),
        ),
        Figure("median_hours", tr("Median on call"), hours.median, "minutes", _ends(hours)),
    )
    people = tuple(
        (p.name, p.code, p.kind, p.joined, p.on_call, p.shifts, p.nights, p.weekends, p.asked, p.calls)
        for p in report.people
    )
    who = (
        Column(tr("Name"), "text"),
        Column(tr("Id"), "text"),
        Column(tr("Kind"), "text"),
        Column(tr("Joined"), "date"),
    )
    load = (
        Column(tr("On call"), "minutes"),
        *(Column(words) for words in (tr("Shifts"), tr("Nights"), tr("Weekend shifts"), tr("Answers"), tr("Calls"))),
    )
    tables = (
        *(_spread_table(group) for group in report.groups if group.people),
        _calls_plot([person.calls for person in report.people if person.kind == team.kind]),
        hours_plot([person.on_call for person in report.people if person.kind == team.kind]),
        Table(
            tr("Never called"),
            (*who, *load[:2]),
            tuple((p.name, p.code, p.kind, p.joined, p.on_call, p.shifts) for p in never),
        ),
        Table(tr("What each carried"), (*who, *load), people),
    )
    notes = (
        tr(
            "The team: everybody active or on leave who had joined by the last day, and whoever was on call or at a"
            " call."
        ),
        tr(
            "The plots, the median and the busiest 12 % are of volunteers; clergy are matched to calls and stand apart."
        ),
        tr("A list for care, never a score: promised hours differ, and so do areas."),
    )
    days = (report.first, report.last)
    return Printed(tr("Fairness"), home.programme, *days, home.made, figures, tables, notes, tr(NAMED))


def _ends(spread: Spread) -> str:
    return tr(
        "lowest {shown}, highest {shown2}",
        shown=shown(spread.lowest, "minutes"),
        shown2=shown(spread.highest, "minutes"),
    )


def _spread_table(group: Group) -> Table:
    """Return the spread of everything as text, for its rows have unlike units."""
    columns = tuple(
        Column(words, "text" if n == 0 else "figure")
        for n, words in enumerate(
            ("", tr("All"), tr("Lowest"), "10th", tr("Median"), "90th", tr("Highest"), "Busiest 12 %")
        )
    )
    rows = []
    for each in group.spreads:
        unit = "minutes" if each.name == "on_call" else "count"
        ends = (each.total, each.lowest, each.tenth, each.median, each.ninetieth, each.highest)
        rows.append((AXIS_WORDS[each.name], *(shown(end, unit) for end in ends), shown(each.busiest, "share")))
    title = tr("Spread over {group_words}", group_words=GROUP_WORDS[group.kind])
    return Table(title, columns, tuple(rows), note=tr(SPREAD_NOTE))


def _calls_plot(calls: list[int]) -> Table:
    most = max(calls, default=0)
    step = most // MOST_BARS + 1
    names = [str(n) if step == 1 else f"{n}-{n + step - 1}" for n in range(0, most + 1, step)]
    rows = tuple(
        (name, sum(n <= count < n + step for count in calls))
        for name, n in zip(names, range(0, most + 1, step), strict=True)
    )
    columns = (Column(tr("Calls"), "text"), Column(tr("People")))
    return Table(tr("Calls each went to"), columns, rows, tr("People"), axis=tr("Calls"))


def _answer(report: FairReport) -> dict[str, Any]:
    return {
        "groups": {
            group.kind: {
                "people": group.people, "busy_people": group.busy,
                "spread": {each.name: _without_name(each) for each in group.spreads},
            }
            for group in report.groups
        },
        "never_called": [person.code for person in report.never_called],
        "people": msgspec.to_builtins(report.people),
    }  # fmt: skip


def _without_name(each: Any) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(each)
    return {key: value for key, value in found.items() if key != "name"}


REPORT = Report(
    "fairness",
    title=mark("Fairness"),
    act=mark("Report fairness: who carries calls, who was never called"),
    help=mark("Report how hours, nights, weekends and calls are spread, and who was never called."),
    of=FairReport,
    gather=lambda session, wish, now: fair_report(session, wish.first, wish.last, now=now),
    page=_page,
    answer=_answer,
    is_empty=lambda report: not report.people,
)
