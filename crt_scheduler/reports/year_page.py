"""The year report as it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from crt_scheduler import times
from crt_scheduler.hours.values import kind_words
from crt_scheduler.reports.printed import Column, Figure, Printed, Table, shown
from crt_scheduler.reports.values import Rate, Slice, Value, YearReport

LEFT_OUT = (
    "Left out: names of survivors and of responders, phone numbers, addresses, e-mail addresses, notes and case "
    "details. People served are counts only."
)
BASIS_WORDS = {
    "response": "response hours of the ledger only; travel, training, meetings and on-call time are not counted",
    "ledger": "every hour of the ledger (response, travel, training, meetings, events, office, follow-up); on-call "
    "time is not counted, because responses and travel fall inside it",
}
PARTS = (
    Column("Responses"),
    Column("Person-responses"),
    Column("People served"),
    Column("Median to scene", "wait"),
)


def printed(report: YearReport, *, programme: str, made: dt.datetime, clock: times.Clock) -> Printed:
    """Return the report as figures, tables and remarks."""
    return Printed(
        title="Year report",
        programme=programme,
        first=report.first,
        last=report.last,
        made=made,
        figures=tuple(_figures(report)),
        tables=tuple(_tables(report, clock)),
        notes=tuple(_notes(report)),
        left_out=LEFT_OUT,
    )


def _figures(report: YearReport) -> list[Figure]:
    reach = report.reach
    value = report.value
    served = f"{report.adults:,} adults and {report.children:,} children told apart" if report.adults else ""
    figures = [
        Figure("responses", "Responses", report.responses, note="one team at one incident"),
        Figure("person_responses", "Person-responses", report.person_responses, note="one responder at one incident"),
        Figure("people_served", "People served", report.people_served, note=served),
        Figure("response_minutes", "Response hours", report.response_minutes, "minutes", "from the ledger"),
        Figure("on_call_minutes", "On-call hours", report.on_call_minutes, "minutes", "from the roster, kept apart"),
        Figure("reach_median", "Median to scene", reach.median, "wait", "from notified to on scene"),
        Figure("reach_ninetieth", "90th percentile", reach.ninetieth, "wait", "nine in ten were there by then"),
        Figure("reach_share", f"Within {reach.target} min", reach.share, "share", f"of {reach.timed:,} timed"),
    ]
    if value is not None:
        figures.append(Figure("value", "Value of hours", value.cents, "money", rates_words(value)))
    return figures


def rates_words(value: Value) -> str:
    """Say at which rate hours are valued, in a few words."""
    rates = sorted({each.rate.cents for each in value.years})
    if len(rates) == 1:
        return f"at {shown(rates[0], 'money')} an hour"
    return f"at {shown(rates[0], 'money')} to {shown(rates[-1], 'money')} an hour"


def _tables(report: YearReport, clock: times.Clock) -> list[Table]:
    by_hour = tuple(replace(each, name=times.hour_words(int(each.name), clock)) for each in report.by_hour)
    waits = tuple((name, count) for name, count in report.reach.spread)
    found = [
        _sliced("Responses by month", "Month", report.by_month, plot=True),
        _sliced("Responses by hour of the day", "Hour", by_hour, plot=True),
        Table("Time to scene", (Column("Minutes", "text"), Column("Responses")), waits, "Responses", axis="Minutes"),
        _sliced("Responses by type", "Type", report.by_type),
        _sliced("Responses by area", "Area", report.by_area),
        Table(
            "Hours by kind",
            (Column("Kind", "text"), Column("Hours", "minutes")),
            tuple((kind_words(kind).capitalize(), minutes) for kind, minutes in report.kinds),
            note="On-call hours are not in this table: responses and travel fall inside them.",
        ),
    ]
    if report.value is not None:
        found.append(_value_table(report.value))
    return found


def _sliced(title: str, name: str, slices: tuple[Slice, ...], *, plot: bool = False) -> Table:
    rows = tuple((each.name, each.responses, each.person_responses, each.served, each.reach) for each in slices)
    return Table(
        title,
        (Column(name, "month" if name == "Month" else "text"), *PARTS),
        rows,
        "Responses" if plot else "",
        axis=name,
    )


def _value_table(value: Value) -> Table:
    columns = (
        Column("Year", "text"),
        Column("Hours counted", "minutes"),
        Column("Rate an hour", "money"),
        Column("Value", "money"),
        Column("Source of the rate", "text"),
    )
    rows = [(str(y.rate.year), y.minutes, y.rate.cents, y.cents, source_words(y.rate)) for y in value.years]
    note = f"Counts {BASIS_WORDS[value.basis]}."
    return Table("Value of hours", columns, (*rows, ("All", value.minutes, None, value.cents, "")), note=note)


def source_words(rate: Rate) -> str:
    """Return who says what an hour is worth."""
    return f"{rate.source} ({rate.region})" if rate.region and not rate.typed else rate.source


def _notes(report: YearReport) -> list[str]:
    found = []
    if report.value is not None:
        sources = "; ".join(dict.fromkeys(source_words(each.rate) for each in report.value.years))
        found.append(f"Value: {BASIS_WORDS[report.value.basis]}; {rates_words(report.value)}; source: {sources}.")
    elif report.missing_rate:
        found.append("The value of hours is not given: no rate is known for these days.")
    found.append(
        "Response hours come from the ledger, on-call hours from the roster. They are never added up: a response "
        "falls inside on-call time."
    )
    if report.waiting:
        found.append(f"{times.hours_words(report.waiting)} hours of the ledger are logged and not approved yet.")
    if report.unanswered:
        found.append(f"Nobody went to {report.unanswered:,} logged calls; they are no responses and are left out.")
    if report.not_counted:
        found.append(f"{report.not_counted:,} responses have no number of people served.")
    if report.reach.without:
        found.append(f"{report.reach.without:,} responses lack the time notified or on scene and are not timed.")
    found.append("A response counts on the local day and hour its incident came.")
    return found
