"""How calls are told: clock times in the programme's zone, and one sentence per thing that is wrong."""

from __future__ import annotations

import datetime as dt
from typing import overload

from crt_scheduler import times
from solver.wording import say_date, tr


def clock_words(moment: dt.datetime, zone: times.Zone, *, beside: dt.datetime | None = None) -> str:
    """Return a local clock time such as 02:13; with its day where `beside` lies on another one."""
    local = times.local(moment, zone)
    if beside is not None and times.local(beside, zone).date() != local.date():
        return f"{say_date(local, 'weekday day')} {times.clock_at(moment, zone)}"
    return times.clock_at(moment, zone)


@overload
def whole_minute(moment: dt.datetime) -> dt.datetime: ...
@overload
def whole_minute(moment: dt.datetime | None) -> dt.datetime | None: ...
def whole_minute(moment: dt.datetime | None) -> dt.datetime | None:
    """Return a moment as it is told and typed, without its seconds, so that what happens in one minute is at once."""
    return None if moment is None else moment.replace(second=0, microsecond=0)


def name_words(number: str, case: int) -> str:
    """Return what a call is called: 27-0031, or 27-0031 case 2."""
    return number if case == 1 else tr("{number} case {case}", number=number, case=case)


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Return the words one may choose from."""
    return ", ".join(names)


def order_fault(
    before: str, earlier: dt.datetime | None, after: str, later: dt.datetime | None, zone: times.Zone
) -> str:
    """Return the sentence for a time that lies before the one it follows; nothing where all is well."""
    if earlier is None or later is None or later >= earlier:
        return ""
    said = clock_words(earlier, zone, beside=later)
    return tr(
        "{after} ({clock}) is before {before} ({said}). Type a later time.",
        after=after,
        clock=clock_words(later, zone),
        before=before,
        said=said,
    )


def future_fault(name: str, moment: dt.datetime | None, now: dt.datetime, zone: times.Zone) -> str:
    """Return the sentence for a time that has not come yet; nothing where all is well."""
    if moment is None or moment <= now:
        return ""
    said = clock_words(moment, zone, beside=now)
    return tr(
        "{name} ({said}) has not come yet; it is {clock}. Type a time that has passed.",
        name=name,
        said=said,
        clock=clock_words(now, zone),
    )
