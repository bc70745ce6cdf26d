"""Words of the Today view: roles, shifts and moments as a coordinator says them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale

from crt_scheduler import times
from solver.wording import say_date
from ui.words import tr


def role_words(role: str, tier: str) -> str:
    """Return what a person is on a shift; a plain responder needs no word."""
    tiers = {"primary": tr("Primary"), "backup": tr("Backup")}
    roles = {"lead": tr("Lead"), "responder": "", "trainee": tr("Trainee"), "duty_lead": tr("Duty lead")}
    return tiers.get(tier) or roles.get(role, role.replace("_", " ").capitalize())


def seat_words(role: str, tier: str) -> str:
    """Return the name of a seat, such as lead or clergy backup."""
    known = {"lead": tr("lead"), "responder": tr("responder"), "trainee": tr("trainee"), "duty_lead": tr("duty lead")}
    return " ".join(word for word in (known.get(role, role.replace("_", " ")), tier) if word)


def state_words(state: str) -> str:
    """Return a promise state in words."""
    known = {
        "draft": tr("draft, not told"),
        "told": tr("told, not confirmed"),
        "confirmed": tr("confirmed"),
        "done": tr("done"),
    }
    return known.get(state, state)


def post_words(area: str, kind: str) -> str:
    """Return the name of a line: an area, the city or the clergy."""
    return {"city": tr("City"), "clergy": tr("Clergy")}.get(kind, area)


def shift_words(name: str) -> str:
    """Return a shift's name as a heading says it."""
    return name[:1].upper() + name[1:]


def clock(moment: dt.datetime, zone: times.Zone) -> str:
    """Return the wall time of an instant, such as 18:00, or 6:00 PM where people say so."""
    return times.clock_at(moment, zone)


def until_words(moment: dt.datetime, now: dt.datetime, zone: times.Zone) -> str:
    """Return a time as wall time, with its weekday where it is not within a day."""
    words = clock(moment, zone)
    if abs(moment - now) < dt.timedelta(hours=24):
        return words
    return f"{day_short(times.local(moment, zone).date())} {words}"


def day_short(date: dt.date) -> str:
    """Return a date as weekday and day of month, such as Tue 15."""
    return f"{QLocale().dayName(date.isoweekday(), QLocale.FormatType.ShortFormat)} {date.day}"


def day_long(date: dt.date) -> str:
    """Return a whole date, such as Tuesday 15 December 2026."""
    return say_date(date, "long weekday long day year")


def date_words(date: dt.date) -> str:
    """Return a date of this year, such as 18 Dec."""
    return say_date(date)


def month_words(month: str) -> str:
    """Return a month written YYYY-MM, such as January 2027."""
    first = times.parse_month(month)
    return f"{QLocale().standaloneMonthName(first.month)} {first.year}"
