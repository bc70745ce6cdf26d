"""The columns of the list of people: what each shows, sorts by and lets be edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from crt_scheduler import person_fields
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.person_fields import InList, PersonField
from ui.list_model import Column
from ui.people.fields import held
from ui.people.people_words import date_words, hours_words, left_words, role_words, status_words
from ui.words import tr

_SHOWN = {
    field.in_list.name or field.name: (field, field.in_list) for field in person_fields.ALL if field.in_list is not None
}
_PLACES = {name: place.place for name, (_, place) in _SHOWN.items()} | {"expires": 7}
COLUMNS = tuple(sorted(_PLACES, key=lambda name: _PLACES[name]))
EDITED = {name: field.name for name, (field, _) in _SHOWN.items() if field.cell != "id"}
"""The field that an edit of a column changes."""
FOREVER = 10**6
By = Callable[[PersonLine], Any]


def columns() -> tuple[Column[PersonLine], ...]:
    """Return what is shown of a person, in the order of COLUMNS; editors hold a text as a file would write it."""
    found = {name: _of_field(field, place) for name, (field, place) in _SHOWN.items()}
    found["role"] = replace(
        found["role"], words=_role, by=_then_name(_role),
        written=lambda line: None if line.kind == "clergy" else line.role,
    )  # fmt: skip
    found["home_area"] = replace(found["home_area"], tip=_areas)
    found["hours"] = replace(
        found["hours"],
        words=lambda line: tr("{} of {}").format(hours_words(line.minutes), hours_words(line.promised_minutes)),
        by=_then_name(lambda line: line.minutes - line.promised_minutes),
        is_right=True,
        tip=_wish,
    )
    found["status"] = replace(found["status"], words=_status, by=_then_name(_status))
    found["expires"] = Column(
        head=tr("First to expire"),
        words=_expires,
        by=_then_name(_days_left),
        tip=lambda line: "\n".join(f"{each.name}: {left_words(each)}" for each in line.credentials),
        wide=206,
    )
    return tuple(found[name] for name in COLUMNS)


def _of_field(field: PersonField, place: InList) -> Column[PersonLine]:
    """Return the column of a field: dates and numbers as such, several one after the other, words by their titles."""

    def value(line: PersonLine) -> Any:
        return getattr(line, field.line_name)

    def words(line: PersonLine) -> str:
        if field.cell == "date":
            return date_words(value(line))
        if field.choices:
            return tr(dict(field.choices)[value(line)])
        return ", ".join(value(line)) if field.is_list else held(line, field.name)

    def by(line: PersonLine) -> Any:
        return (
            value(line)
            if field.cell == "phone"
            else value(line) or dt.date.min
            if field.cell == "date"
            else words(line)
        )

    return Column(
        head=tr(place.heading or field.title),
        words=words,
        by=_then_name(by),
        written=None if field.cell == "id" else partial(held, name=field.name),
        tip=(lambda line: words(line) if len(value(line)) > 1 else None) if field.is_list else None,
        wide=place.width,
    )


def _then_name(key: By) -> By:
    """Return what a column is sorted by, people alike by name: texts whatever their case."""

    def by(line: PersonLine) -> Any:
        found = key(line)
        return (found.casefold() if isinstance(found, str) else found, line.name, line.id)

    return by


def _role(line: PersonLine) -> str:
    return role_words(line.kind, line.role)


def _areas(line: PersonLine) -> str:
    parts = [line.home_division, tr("also {}").format(", ".join(line.areas)) if line.areas else ""]
    return ", ".join(part for part in parts if part)


def _expires(line: PersonLine) -> str:
    first = line.first_to_expire
    return "" if first is None else f"{left_words(first)}, {first.name}"


def _days_left(line: PersonLine) -> int:
    first = line.first_to_expire
    return FOREVER if first is None or first.days_left is None else first.days_left


def _status(line: PersonLine) -> str:
    return status_words(line.status, line.status_until)


def _wish(line: PersonLine) -> str:
    return tr("wishes for {} shifts a month").format(line.shifts_a_month) if line.shifts_a_month else ""
