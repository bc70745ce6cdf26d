"""What kinds and states of hours are called on screen, in the person's language."""

from __future__ import annotations

import datetime as dt

from crt_scheduler import times
from crt_scheduler.planning.pacing import Pace
from ui.words import tr


def kind_words(kind: str) -> str:
    """Return a kind of hours as people say it."""
    return {
        "response": tr("Response"),
        "travel": tr("Travel"),
        "training_given": tr("Training given"),
        "training_received": tr("Training received"),
        "meeting": tr("Meeting"),
        "event": tr("Event"),
        "office": tr("Office"),
        "follow_up": tr("Follow-up"),
    }[kind]


def state_words(state: str) -> str:
    """Return a state of hours as people say it."""
    return {"logged": tr("Logged"), "approved": tr("Approved")}[state]


def clock_words(moment: dt.datetime | None, zone: times.Zone) -> str:
    """Return the local clock time of an instant."""
    return "" if moment is None else times.clock_at(moment, zone)


def hours(minutes: int) -> str:
    """Return minutes as hours, such as 6 h or 6:30 h."""
    return tr("{} h").format(minutes // 60 if minutes % 60 == 0 else times.hours_words(minutes))


def pace_words(pace: Pace) -> str:
    """Say how somebody's month goes, such as "will miss by 6 h unless 1 more shift of 12 h is taken"."""
    if not pace.short:
        return tr("keeps the promise") if pace.owed else tr("owes nothing this month")
    if pace.is_over:
        return tr("missed by {}").format(hours(pace.short))
    by, length, count = hours(pace.short), hours(pace.shift), pace.shifts_missing
    if count == 1:
        return tr("will miss by {by} unless one more shift of {length} is taken").format(by=by, length=length)
    words = tr("will miss by {by} unless {count} more shifts of {length} are taken")
    return words.format(by=by, count=count, length=length)
