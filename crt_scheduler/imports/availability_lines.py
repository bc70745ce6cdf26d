"""A line of availability as a file gives it: whose, which days and hours, and how good they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

FREE = "free"
"""The word for a day that keeps nobody from anything: nothing is kept of it, but what an earlier file said goes."""
GRADES = ("cannot", "rather_not", "prefers", "wants", FREE)


@dataclass(frozen=True)
class AvailabilityDraft:
    """One line of availability; no dates mean always, no hours the whole day, an end before the start the next day."""

    responder_id: int
    first: dt.date | None
    last: dt.date | None
    weekdays: int
    start: dt.time | None
    end: dt.time | None
    grade: str
    note: str
    changes: int | None = None
    """The line of an earlier file that this one takes the place of."""
    is_dropped: bool = False
    """Is the line that it `changes` taken out, with nothing in its place?"""
