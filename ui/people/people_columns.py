"""The columns of the list of people: what each shows, sorts by and lets be edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crt_scheduler.people.people_list import PersonLine
from ui.list_model import Column
from ui.people.people_words import hours_words, left_words, phone_words, role_words, status_words
from ui.words import tr

COLUMNS = ("name", "role", "home_area", "languages", "phone", "hours", "expires", "status", "email", "id")
EDITED = {
    "name": "name",
    "role": "role",
    "home_area": "home_area",
    "languages": "languages",
    "phone": "phone",
    "email": "email",
    "hours": "target_hours",
    "status": "status",
}
"""The field that an edit of a column changes."""
FOREVER = 10**6
By = Callable[[PersonLine], Any]


def columns() -> tuple[Column[PersonLine], ...]:
    """Return what is shown of a person, in the order of COLUMNS; editors hold a text as a file would write it."""
    return (
        Column(head=tr("Name"), words=_name, by=_then_name(_name), written=_name, wide=176),
        Column(
            head=tr("Role"),
            words=_role,
            by=_then_name(_role),
            written=lambda line: None if line.kind == "clergy" else line.role,
            wide=88,
        ),
        Column(head=tr("Area"), words=_area, by=_then_name(_area), written=_area, tip=_areas, wide=90),
        Column(
            head=tr("Languages"),
            words=_languages,
            by=_then_name(_languages),
            written=lambda line: "; ".join(line.languages),
            tip=lambda line: _languages(line) if len(line.languages) > 1 else None,
            wide=120,
        ),
        Column(
            head=tr("Phone"), words=phone_words, by=_then_name(lambda line: line.phone), written=phone_words, wide=122
        ),
        _hours_column(),
        Column(
            head=tr("First to expire"),
            words=_expires,
            by=_then_name(_days_left),
            tip=lambda line: "\n".join(f"{held.name}: {left_words(held)}" for held in line.credentials),
            wide=206,
        ),
        Column(
            head=tr("Status"),
            words=_status,
            by=_then_name(_status),
            written=lambda line: line.status,
            wide=150,
        ),
        Column(head=tr("E-mail"), words=_email, by=_then_name(_email), written=_email, wide=180),
        Column(head=tr("Id"), words=lambda line: line.id, by=_then_name(lambda line: line.id), wide=64),
    )


def _hours_column() -> Column[PersonLine]:
    """Return the hours of the month beside the promise, sorted by how far they are from it."""
    return Column(
        head=tr("Hours"),
        words=lambda line: tr("{} of {}").format(hours_words(line.minutes), hours_words(line.promised_minutes)),
        by=_then_name(lambda line: line.minutes - line.promised_minutes),
        is_right=True,
        written=lambda line: "" if line.target_minutes is None else f"{line.target_minutes / 60:g}",
        tip=_wish,
        wide=112,
    )


def _then_name(key: By) -> By:
    """Return what a column is sorted by, people alike by name: texts whatever their case."""

    def by(line: PersonLine) -> Any:
        found = key(line)
        return (found.casefold() if isinstance(found, str) else found, line.name, line.id)

    return by


def _name(line: PersonLine) -> str:
    return line.name


def _role(line: PersonLine) -> str:
    return role_words(line.kind, line.role)


def _area(line: PersonLine) -> str:
    return line.home_area


def _areas(line: PersonLine) -> str:
    parts = [line.home_division, tr("also {}").format(", ".join(line.areas)) if line.areas else ""]
    return ", ".join(part for part in parts if part)


def _languages(line: PersonLine) -> str:
    return ", ".join(line.languages)


def _expires(line: PersonLine) -> str:
    held = line.first_to_expire
    return "" if held is None else f"{left_words(held)}, {held.name}"


def _days_left(line: PersonLine) -> int:
    held = line.first_to_expire
    return FOREVER if held is None or held.days_left is None else held.days_left


def _status(line: PersonLine) -> str:
    return status_words(line.status, line.status_until)


def _email(line: PersonLine) -> str:
    return line.email


def _wish(line: PersonLine) -> str:
    return tr("wishes for {} shifts a month").format(line.shifts_a_month) if line.shifts_a_month else ""
