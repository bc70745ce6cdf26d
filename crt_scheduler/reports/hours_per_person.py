"""Hours per person: time on call from the roster, and every kind of the ledger beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler.hours.ledger_values import KINDS, kind_words
from crt_scheduler.reports import called, gather
from crt_scheduler.reports.printed import Column, Figure, Plain, Printed, Table
from crt_scheduler.reports.report_value import Home, Report
from crt_scheduler.reports.team_pages import NAMED, hours_plot
from solver.wording import mark, tr


@dataclass(frozen=True)
class PersonHours:
    """One responder's minutes by kind; `kinds` follow KINDS of the gathering."""

    code: str
    name: str
    kind: str
    on_call: int
    kinds: tuple[int, ...]
    ledger: int
    """Minutes in the ledger, on-call time apart: an hour of two kinds at once counts once."""
    waiting: int
    calls: int


@dataclass(frozen=True)
class HoursReport:
    """Hours of every responder who gave any, by name."""

    first: dt.date
    last: dt.date
    people: tuple[PersonHours, ...]


def hours_report(session: Session, first: dt.date, last: dt.date, *, now: dt.datetime) -> HoursReport:
    """Return the hours of everybody who gave any from first to last."""
    gather.refuse_backwards(first, last)
    ledger = gather.ledger_by_person(session, first, last)
    once = gather.once(session, first, last, KINDS)
    on_call = gather.on_call(session, first, last, now=now)
    calls, _ = called.calls_by_person(session, first, last)
    people = []
    for member in gather.members(session):
        held, minutes = ledger.get(member.id, Counter()), on_call.get(member.code, 0)
        if held or minutes or calls[member.id]:
            people.append(_person(member, held, once.get(member.id, Counter()).total(), minutes, calls[member.id]))
    return HoursReport(first, last, tuple(people))


def _person(member: gather.Member, held: Counter[str], once: int, on_call: int, calls: int) -> PersonHours:
    return PersonHours(
        code=member.code,
        name=member.name,
        kind=member.kind,
        on_call=on_call,
        kinds=tuple(held[kind] for kind in KINDS),
        ledger=once,
        waiting=held["waiting"],
        calls=calls,
    )


def _page(report: HoursReport, home: Home) -> Printed:
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
    tables = (hours_plot([p.on_call for p in people]), Table(tr("Hours per person"), columns, rows))
    return Printed(
        tr("Hours per person"), home.programme, report.first, report.last, home.made, figures, tables, notes, tr(NAMED)
    )


def _answer(report: HoursReport) -> dict[str, Any]:
    people = [
        {
            "person": p.code, "name": p.name, "kind": p.kind, "on_call_minutes": p.on_call,
            **{f"{kind}_minutes": minutes for kind, minutes in zip(KINDS, p.kinds, strict=True)},
            "waiting_minutes": p.waiting, "calls": p.calls,
        }
        for p in report.people
    ]  # fmt: skip
    return {"people": people}


REPORT = Report(
    "hours",
    title=mark("Hours"),
    act=mark("Report hours per person"),
    help=mark("Report the hours of each person, by kind."),
    of=HoursReport,
    gather=lambda session, wish, now: hours_report(session, wish.first, wish.last, now=now),
    page=_page,
    answer=_answer,
    is_empty=lambda report: not report.people,
)
