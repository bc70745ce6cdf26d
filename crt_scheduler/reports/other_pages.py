"""Hours per person, fairness and coverage as they are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crt_scheduler import times
from crt_scheduler.hours.ledger_values import KINDS, kind_words
from crt_scheduler.reports.printed import Column, Figure, Plain, Printed, Table, shown
from crt_scheduler.reports.team_values import CoverageReport, FairReport, Group, HoursReport, Spread
from solver.wording import Sayings, mark, tr

NAMED = mark(
    "This report names responders: keep it inside the team. Left out: phone numbers, addresses, e-mail addresses, "
    "notes, reasons of absence, and everything about survivors."
)
COUNTS = mark("Left out: names, phone numbers, addresses, e-mail addresses, notes and everything about survivors.")
GROUP_WORDS = Sayings({"volunteer": "the volunteers", "clergy": "the clergy"})
AXIS_WORDS = Sayings(
    {"on_call": "On-call hours", "nights": "Night shifts", "weekends": "Weekend shifts", "calls": "Calls"}
)
SPREAD_NOTE = mark("10th, median and 90th of a hundred people; the share that the busiest 12 % carried.")
STEP_HOURS = 36
"""Hours of one bar: what a responder gives a month."""
MOST_BARS = 14


def hours_printed(report: HoursReport, *, programme: str, made: dt.datetime) -> Printed:
    """Return hours per person as figures, a plot and a table."""
    people = report.people
    columns = (
        Column(tr("Name"), "text"),
        Column(tr("Id"), "text"),
        Column(tr("Kind"), "text"),
        Column(tr("On call"), "minutes"),
        *(Column(kind_words(kind).capitalize(), "minutes") for kind in KINDS),
        Column(tr("Not approved"), "minutes"),
        Column(tr("Calls")),
    )
    rows: tuple[tuple[Plain, ...], ...] = tuple(
        (p.name, p.code, p.kind, p.on_call, *p.kinds, p.waiting, p.calls) for p in people
    )
    figures = (
        Figure("people", tr("People with hours"), len(people)),
        Figure(
            "on_call_minutes", tr("On-call hours"), sum(p.on_call for p in people), "minutes", tr("from the roster")
        ),
        Figure(
            "response_minutes", tr("Response hours"), sum(p.kinds[0] for p in people), "minutes", tr("from the ledger")
        ),
        Figure("ledger_minutes", tr("Ledger hours"), sum(p.ledger for p in people), "minutes", tr("each hour once")),
        Figure("waiting_minutes", tr("Not approved"), sum(p.waiting for p in people), "minutes", tr("of the ledger")),
    )
    notes = (
        tr(
            "On-call hours come from the roster, all others from the ledger. They are never added up: responses and "
            "travel fall inside on-call time."
        ),
    )
    tables = (_hours_plot([p.on_call for p in people]), Table(tr("Hours per person"), columns, rows))
    return Printed(
        tr("Hours per person"), programme, report.first, report.last, made, figures, tables, notes, tr(NAMED)
    )


def _hours_plot(minutes: Iterable[int]) -> Table:
    """Return how many people have how many hours on call, in bars of equal width."""
    held = list(minutes)
    step = STEP_HOURS * 60
    while max(held, default=0) >= step * MOST_BARS:
        step += STEP_HOURS * 60
    bars = range(max(held, default=0) // step + 1)
    rows = tuple(
        (f"{n * step // 60}-{(n + 1) * step // 60 - 1}", sum(n * step <= each < (n + 1) * step for each in held))
        for n in bars
    )
    columns = (Column(tr("Hours on call"), "text"), Column(tr("People")))
    return Table(tr("Spread of on-call hours"), columns, rows, tr("People"), axis=tr("Hours on call"))


def fair_printed(report: FairReport, *, programme: str, made: dt.datetime) -> Printed:
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
        _hours_plot([person.on_call for person in report.people if person.kind == team.kind]),
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
    return Printed(tr("Fairness"), programme, report.first, report.last, made, figures, tables, notes, tr(NAMED))


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


def coverage_printed(report: CoverageReport, *, programme: str, made: dt.datetime) -> Printed:
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
    return Printed(tr("Coverage kept"), programme, report.first, report.last, made, figures, tables, notes, tr(COUNTS))
