"""The year report as it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.hours.ledger_values import kind_words
from crt_scheduler.reports.printed import Column, Figure, Printed, Table, shown
from crt_scheduler.reports.report_value import Home, Report, Wish
from crt_scheduler.reports.year import year_report
from crt_scheduler.reports.year_values import Rate, Slice, Value, YearReport
from solver.wording import Sayings, mark, tr

LEFT_OUT = mark(
    "Left out: names of survivors and of responders, phone numbers, addresses, e-mail addresses, notes and case "
    "details. People served are counts only."
)
BASIS_WORDS = Sayings(
    {
        "response": "response hours of the ledger only; travel, training, meetings and on-call time are not counted",
        "ledger": (
            "every hour of the ledger (response, travel, training, meetings, events, office, follow-up); on-call "
            "time is not counted, because responses and travel fall inside it"
        ),
    }
)


def _page(report: YearReport, home: Home) -> Printed:
    """Return the report as figures, tables and remarks."""
    return Printed(
        title=tr("Year report"),
        programme=home.programme,
        first=report.first,
        last=report.last,
        made=home.made,
        figures=tuple(_figures(report)),
        tables=tuple(_tables(report, home.clock)),
        notes=tuple(_notes(report)),
        left_out=tr(LEFT_OUT),
    )


def _figures(report: YearReport) -> list[Figure]:
    reach = report.reach
    value = report.value
    served = (
        tr("{adults:,} adults and {children:,} children told apart", adults=report.adults, children=report.children)
        if report.adults
        else ""
    )
    figures = [
        Figure("responses", tr("Responses"), report.responses, note=tr("one team at one incident")),
        Figure(
            "person_responses",
            tr("Person-responses"),
            report.person_responses,
            note=tr("one responder at one incident"),
        ),
        Figure("people_served", tr("People served"), report.people_served, note=served),
        Figure("response_minutes", tr("Response hours"), report.response_minutes, "minutes", tr("from the ledger")),
        Figure(
            "on_call_minutes", tr("On-call hours"), report.on_call_minutes, "minutes", tr("from the roster, kept apart")
        ),
        Figure("reach_median", tr("Median to scene"), reach.median, "wait", tr("from notified to on scene")),
        Figure("reach_ninetieth", tr("90th percentile"), reach.ninetieth, "wait", tr("nine in ten were there by then")),
        Figure(
            "reach_share",
            tr("Within {target} min", target=reach.target),
            reach.share,
            "share",
            tr("of {timed:,} timed", timed=reach.timed),
        ),
    ]
    if value is not None:
        figures.append(Figure("value", tr("Value of hours"), value.cents, "money", rates_words(value)))
    return figures


def rates_words(value: Value) -> str:
    """Say at which rate hours are valued, in a few words."""
    rates = sorted({each.rate.cents for each in value.years})
    if len(rates) == 1:
        return tr("at {shown} an hour", shown=shown(rates[0], "money"))
    return tr("at {shown} to {shown2} an hour", shown=shown(rates[0], "money"), shown2=shown(rates[-1], "money"))


def _tables(report: YearReport, clock: times.Clock) -> list[Table]:
    by_hour = tuple(replace(each, name=times.hour_words(int(each.name), clock)) for each in report.by_hour)
    waits = tuple((name, count) for name, count in report.reach.spread)
    found = [
        _sliced(tr("Responses by month"), tr("Month"), report.by_month, plot=True),
        _sliced(tr("Responses by hour of the day"), tr("Hour"), by_hour, plot=True),
        Table(
            tr("Time to scene"),
            (Column(tr("Minutes"), "text"), Column(tr("Responses"))),
            waits,
            tr("Responses"),
            axis=tr("Minutes"),
        ),
        _sliced(tr("Responses by type"), tr("Type"), report.by_type),
        _sliced(tr("Responses by area"), tr("Area"), report.by_area),
        Table(
            tr("Hours by kind"),
            (Column(tr("Kind"), "text"), Column(tr("Hours"), "minutes")),
            tuple((kind_words(kind).capitalize(), minutes) for kind, minutes in report.kinds),
            note=tr("On-call hours are not in this table: responses and travel fall inside them."),
        ),
    ]
    if report.value is not None:
        found.append(_value_table(report.value))
    return found


def _sliced(title: str, name: str, slices: tuple[Slice, ...], *, plot: bool = False) -> Table:
    rows = tuple((each.name, each.responses, each.person_responses, each.served, each.reach) for each in slices)
    return Table(
        title,
        (Column(name, "month" if name == tr("Month") else "text"), *_parts()),
        rows,
        tr("Responses") if plot else "",
        axis=name,
    )


def _parts() -> tuple[Column, ...]:
    return (
        Column(tr("Responses")),
        Column(tr("Person-responses")),
        Column(tr("People served")),
        Column(tr("Median to scene"), "wait"),
    )


def _value_table(value: Value) -> Table:
    columns = (
        Column(tr("Year"), "text"),
        Column(tr("Hours counted"), "minutes"),
        Column(tr("Rate an hour"), "money"),
        Column(tr("Value"), "money"),
        Column(tr("Source of the rate"), "text"),
    )
    rows = [(str(y.rate.year), y.minutes, y.rate.cents, y.cents, source_words(y.rate)) for y in value.years]
    note = tr("Counts {basis_words}.", basis_words=BASIS_WORDS[value.basis])
    return Table(tr("Value of hours"), columns, (*rows, (tr("All"), value.minutes, None, value.cents, "")), note=note)


def source_words(rate: Rate) -> str:
    """Return who says what an hour is worth."""
    return f"{rate.source} ({rate.region})" if rate.region and not rate.typed else rate.source


def _notes(report: YearReport) -> list[str]:
    found = []
    if report.value is not None:
        sources = "; ".join(dict.fromkeys(source_words(each.rate) for each in report.value.years))
        found.append(
            tr(
                "Value: {basis_words}; {rates}; source: {sources}.",
                basis_words=BASIS_WORDS[report.value.basis],
                rates=rates_words(report.value),
                sources=sources,
            )
        )
    elif report.missing_rate:
        found.append(tr("The value of hours is not given: no rate is known for these days."))
    found.append(
        tr(
            "Response hours come from the ledger, on-call hours from the roster. They are never added up: a response "
            "falls inside on-call time."
        )
    )
    if report.waiting:
        found.append(
            tr("{hours} hours of the ledger are logged and not approved yet.", hours=times.hours_words(report.waiting))
        )
    if report.unanswered:
        found.append(
            tr(
                "Nobody went to {unanswered:,} logged calls; they are no responses and are left out.",
                unanswered=report.unanswered,
            )
        )
    if report.not_counted:
        found.append(tr("{not_counted:,} responses have no number of people served.", not_counted=report.not_counted))
    if report.reach.without:
        found.append(
            tr(
                "{without:,} responses lack the time notified or on scene and are not timed.",
                without=report.reach.without,
            )
        )
    found.append(tr("A response counts on the local day and hour its incident came."))
    return found


def _answer(report: YearReport) -> dict[str, Any]:
    parts = {
        "by_type": report.by_type, "by_area": report.by_area, "by_month": report.by_month, "by_hour": report.by_hour
    }  # fmt: skip
    return {
        "responses": report.responses,
        "unanswered": report.unanswered,
        "person_responses": report.person_responses,
        "people_served": report.people_served,
        "adults": report.adults,
        "children": report.children,
        "response_minutes": report.response_minutes,
        "on_call_minutes": report.on_call_minutes,
        "minutes_by_kind": dict(report.kinds),
        "waiting_minutes": report.waiting,
        **_worth(report.value),
        "reach": {**msgspec.to_builtins(report.reach), "share": report.reach.share},
        **{name: msgspec.to_builtins(slices) for name, slices in parts.items()},
        "left_out": tr(LEFT_OUT),
    }


def _worth(value: Value | None) -> dict[str, Any]:
    """Return what the hours are worth; `rate` is the one rate an hour, none where years have several."""
    if value is None:
        return {"value": None, "rate": None}
    cents = {each.rate.cents for each in value.years}
    rates = [
        {
            "year": each.rate.year, "region": each.rate.region, "rate": each.rate.cents / 100,
            "source": each.rate.source, "minutes": each.minutes, "value": each.cents / 100,
        }
        for each in value.years
    ]  # fmt: skip
    return {
        "value": value.cents / 100,
        "value_cents": value.cents,
        "rate": cents.pop() / 100 if len(cents) == 1 else None,
        "source": "; ".join(dict.fromkeys(source_words(each.rate) for each in value.years)),
        "basis": value.basis,
        "basis_words": BASIS_WORDS[value.basis],
        "valued_minutes": value.minutes,
        "rates": rates,
    }


def _gather(session: Session, wish: Wish, now: dt.datetime) -> YearReport:
    return year_report(
        session, wish.first, wish.last, now=now, rate=wish.rate, region=wish.region, basis=wish.basis,
        needs_rate=wish.needs_rate,
    )  # fmt: skip


def _is_empty(report: YearReport) -> bool:
    return not (report.responses or report.unanswered or report.on_call_minutes or any(m for _, m in report.kinds))


REPORT = Report(
    "year",
    title=mark("Year"),
    act=mark("Year report"),
    help=mark("Report responses, people served, hours and their value, and how soon the team was on scene."),
    of=YearReport,
    gather=_gather,
    page=_page,
    answer=_answer,
    is_empty=_is_empty,
    value=lambda report: report.value,
)
