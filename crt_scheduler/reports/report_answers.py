"""Reports as JSON answers: the keys that programs rely on, money in dollars, times in minutes."""

from __future__ import annotations

from typing import Any

import msgspec

from crt_scheduler.hours.ledger_values import KINDS
from crt_scheduler.reports import year_page
from crt_scheduler.reports.report_files import Report
from crt_scheduler.reports.team_values import CoverageReport, FairReport, HoursReport
from crt_scheduler.reports.year_values import Value, YearReport
from solver.wording import tr


def answer(report: Report) -> dict[str, Any]:
    """Return a report as one JSON object."""
    if isinstance(report, YearReport):
        return _year(report)
    if isinstance(report, HoursReport):
        people = [
            {
                "person": p.code, "name": p.name, "kind": p.kind, "on_call_minutes": p.on_call,
                **{f"{kind}_minutes": minutes for kind, minutes in zip(KINDS, p.kinds, strict=True)},
                "waiting_minutes": p.waiting, "calls": p.calls,
            }
            for p in report.people
        ]  # fmt: skip
        return {**_period(report), "people": people}
    if isinstance(report, FairReport):
        return {
            **_period(report),
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
    return _coverage(report)


def _period(report: Report) -> dict[str, Any]:
    return {"from": report.first, "to": report.last}


def _without_name(each: Any) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(each)
    return {key: value for key, value in found.items() if key != "name"}


def _coverage(report: CoverageReport) -> dict[str, Any]:
    return {
        **_period(report),
        "calls": report.calls,
        "promised_p_team": report.promised,
        "replayed_p_team": report.replayed,
        "months": msgspec.to_builtins(report.months),
    }


def _year(report: YearReport) -> dict[str, Any]:
    parts = {
        "by_type": report.by_type, "by_area": report.by_area, "by_month": report.by_month, "by_hour": report.by_hour
    }  # fmt: skip
    return {
        **_period(report),
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
        **_value(report.value),
        "reach": {**msgspec.to_builtins(report.reach), "share": report.reach.share},
        **{name: msgspec.to_builtins(slices) for name, slices in parts.items()},
        "left_out": tr(year_page.LEFT_OUT),
    }


def _value(value: Value | None) -> dict[str, Any]:
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
        "source": "; ".join(dict.fromkeys(year_page.source_words(each.rate) for each in value.years)),
        "basis": value.basis,
        "basis_words": year_page.BASIS_WORDS[value.basis],
        "valued_minutes": value.minutes,
        "rates": rates,
    }
