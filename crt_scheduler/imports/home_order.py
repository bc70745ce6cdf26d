"""Dates that a file leaves open, read in the order of the programme's country where that is certain, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import remedies, times
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.imports.date_orders import UnclearDates
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from solver.wording import Sayings, tr

FIRST = Sayings({"us": "month first", "eu": "day first"})


def read_at_home(
    session: Session, read: Callable[..., ImportPlan[Any]], sheet: Sheet, values: Mapping[str, Any]
) -> ImportPlan[Any]:
    """Read a sheet; where its dates could be two, in the order that the programme settles, with a note that says so.

    Raises UnclearDates where the programme settles none.
    """
    try:
        return read(session, sheet, **values)
    except UnclearDates as question:
        programme = programme_of(session)
        order = customs.date_order_of(programme)
        if order is None:
            raise
        plan = read(session, sheet, **{**values, "date_order": order})
        return replace(plan, notes=(said(question, order, programme.country), *plan.notes))


def said(question: UnclearDates, order: customs.Order, country: str) -> str:
    """Return a sentence on how a date that could be two was read, with the way to the other."""
    meant, other = (question.us, "eu") if order == "us" else (question.eu, "us")
    return tr(
        "{column}: {value} was read as {day}, {first}, as in {country}; {remedy}",
        column=question.column,
        value=question.value,
        day=times.day_words(meant),
        first=FIRST[order],
        country=customs.country_words(country),
        remedy=remedies.OTHER_ORDER.of(other=other).words(),
    )
