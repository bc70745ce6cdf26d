"""What people, their fields and grades are called on screen, in the person's language."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from PySide6.QtCore import QLocale

from crt_scheduler.imports import kinds
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.people.people_list import Held, PersonLine
from crt_scheduler.person_fields import BY_NAME
from ui.words import tr

GRADE_ORDER = ("cannot", "rather_not", "prefers", "wants", "free")
SIGNS = {"cannot": "C", "rather_not": "R", "prefers": "P", "wants": "W", "free": ""}


def grade_words(grade: str) -> str:
    """Return a grade as people say it."""
    return {
        "cannot": tr("cannot"),
        "rather_not": tr("would rather not"),
        "prefers": tr("prefers"),
        "wants": tr("wants"),
        "free": tr("free"),
    }[grade]


def role_words(kind: str, role: str) -> str:
    """Return what somebody is: their role, or clergy."""
    field, word = ("kind", kind) if kind == "clergy" else ("role", role)
    return tr(dict(BY_NAME[field].choices)[word])


def status_words(status: str, until: dt.date | None = None) -> str:
    """Return a status with its last day, where it has one."""
    plain = tr(dict(BY_NAME["status"].choices)[status])
    return tr("{} until {}").format(plain, date_words(until)) if until and status != "active" else plain


def field_label(field: str) -> str:
    """Return the label of a field of people or of a file; a credential keeps its own name."""
    found = BY_NAME.get(field) or kinds.FIELDS.get(field)
    return tr(found.title) if found is not None else field.removeprefix(CREDENTIAL)


def date_words(day: dt.date | None) -> str:
    """Return a date as people read it here, such as 9 Jan 2027."""
    if day is None:
        return ""
    return f"{day.day} {QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)} {day.year}"


def weekday_words(day: int, *, short: bool = False) -> str:
    """Return a weekday's name, Monday being 0."""
    return QLocale().standaloneDayName(
        day + 1, QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    )


def day_date_words(day: dt.date) -> str:
    """Return a date with its weekday, such as Sat 9 Jan 2027."""
    return f"{weekday_words(day.weekday(), short=True)} {date_words(day)}"


def left_words(held: Held) -> str:
    """Return how long a credential still lasts, in words."""
    if held.days_left is None:
        return tr("for ever")
    if held.days_left < 0:
        return tr("expired yesterday") if held.days_left == -1 else tr("expired {} days ago").format(-held.days_left)
    if held.days_left == 0:
        return tr("last day today")
    return tr("1 day left") if held.days_left == 1 else tr("{} days left").format(f"{held.days_left:,}")


@lru_cache(maxsize=2000)
def _dialled(phone: str, country: str) -> str:
    from crt_scheduler.responders.phone_numbers import phone_words  # its tables wait until after the first paint

    return phone_words(phone, country) if phone else ""


def phone_words(line: PersonLine) -> str:
    """Return a person's phone number as people there dial it."""
    return _dialled(line.phone, line.country)


def dialled(phone: str, line: PersonLine) -> str:
    """Return another number of a person's as people there dial it."""
    return _dialled(phone, line.country)


def hours_words(minutes: int) -> str:
    """Return minutes as h:mm."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def person_count(count: int) -> str:
    """Return a count of people."""
    return tr("1 person") if count == 1 else tr("{} people").format(f"{count:,}")
