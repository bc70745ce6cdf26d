"""How calls and moments are named in sentences."""

from __future__ import annotations

import datetime as dt

from crt_scheduler import roster, times
from crt_scheduler.call_words import name_words
from crt_scheduler.tables import Call
from solver.wording import say_date


def call_words(call: Call) -> str:
    """Return a call's number as people say it."""
    return name_words(call.number, call.case)


def moment_words(at: dt.datetime, zone: times.Zone) -> str:
    """Return an instant as people of the zone say it, such as Sat 9 May 06:00."""
    local = times.local(at, zone)
    return f"{say_date(local, 'weekday day')} {times.clock_at(at, zone)}"


def shift_words(key: str) -> str:
    """Return a shift as people say it, such as Sat 9 Jan night, Valley."""
    name = roster.shift_name(key)
    date = name.date
    return f"{say_date(date, 'weekday day')} {name.template}, {name.area}"
