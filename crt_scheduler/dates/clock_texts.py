"""One time of day as people write it: 18:05, 6:05 PM, 6p, 18.05, 1805, noon, or a spreadsheet's part of a day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from crt_scheduler.dates.day_texts import COUNTED
from solver.wording import mark, tr

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?(?:m\.?)?)?$", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?\s?(?:m\.?)?$", re.IGNORECASE)
_POINT = re.compile(r"(\d{1,2})[.h](\d{2})\s*(?:([ap])\.?\s?(?:m\.?)?)?$", re.IGNORECASE)
_PACKED = re.compile(r"(\d{1,2})(\d{2})$")
_NO_DAY = re.compile(r"(?:1899-12-3[01]|1900-01-0[01])[ T]")
"""The day that programs give a time without a date."""
_PART = re.compile(r"0?\.\d+(?:e-\d+)?$|0$|1$", re.IGNORECASE)
_EITHER = re.compile(r"0?\.\d{2}$")
WORDS: Final = {"noon": 12, "midday": 12, "mediodia": 12, "mediodía": 12, "midnight": 0, "medianoche": 0}
NOT_A_TIME: Final = mark("is not a time; write it as 18:00")


def time_in(text: str, way: str = "") -> dt.time:
    """Return the wall time of a text (24:00 and midnight are 00:00).

    `way` is what its column's order says: where it ends in COUNTED, numbers below one are parts of a day, as a
    spreadsheet keeps times. Elsewhere 0.25 could be that or a quarter past midnight, and is refused.
    Raises ValueError with the reason for what is no time.
    """
    bare = _NO_DAY.sub("", text.strip())
    if bare.casefold() in WORDS:
        return dt.time(WORDS[bare.casefold()])
    if _PART.match(bare):
        return _part(bare, is_counted=way.endswith(COUNTED))
    hour, minute, second, half = _parts(bare)
    if half and not 1 <= hour <= 12:
        raise ValueError(tr("is not a time; write it as 18:00 or 6:00 PM"))
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(tr("is not a time of day; write it as 18:00"))
    return dt.time(hour, minute, second)


def is_part_only(text: str) -> bool:
    """Can the text be nothing but a spreadsheet's part of a day, such as 0.75 or 0.753472?"""
    return bool(_PART.match(text)) and text not in ("0", "1") and (not _EITHER.match(text) or int(text[-2:]) > 59)


def is_part(text: str) -> bool:
    """Can the text be a spreadsheet's part of a day at all?"""
    return bool(_PART.match(text))


def is_end_of_day(text: str) -> bool:
    """Is this the 24:00 that ends a day?"""
    return text.strip().startswith("24")


def _parts(text: str) -> tuple[int, int, int, str]:
    """Return hour, minute, second, and a or p where it is said."""
    if found := _CLOCK.match(text):
        return int(found[1]), int(found[2]), int(found[3] or 0), found[4] or ""
    if found := _HOUR.match(text):
        return int(found[1]), 0, 0, found[2]
    if found := _POINT.match(text):
        return int(found[1]), int(found[2]), 0, found[3] or ""
    if found := _PACKED.match(text):
        return int(found[1]), int(found[2]), 0, ""
    raise ValueError(tr(NOT_A_TIME))


def _part(text: str, *, is_counted: bool) -> dt.time:
    if not is_counted and not is_part_only(text) and float(text):
        raise ValueError(tr("may be a part of a day, as a spreadsheet keeps times, or a time; write it as 18:00"))
    seconds = round(float(text) * 86_400)
    return (dt.datetime.min + dt.timedelta(seconds=seconds % 86_400)).time()
