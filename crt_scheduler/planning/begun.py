"""What of a month has begun and is history, shifts by their names, and a month nobody could be rostered in."""

from __future__ import annotations

import datetime as dt

import msgspec

from crt_scheduler import roster, times
from crt_scheduler.errors import CrtError
from solver import problem as asked
from solver import result as answered
from solver.wording import tr


def begun_until(frozen: asked.Problem) -> dt.datetime | None:
    """Return the start of the newest shift that had begun when a Problem was frozen; None if none had."""
    starts = [slot.start for slot in frozen.slots if slot.begun]
    return times.from_minutes(max(starts)) if starts else None


def reopened(frozen: asked.Problem, name: roster.ShiftName) -> asked.Problem:
    """Return a Problem as if one shift had not begun; raises CrtError if the programme has no such shift."""
    wanted = frozen.shifts[shift_number(frozen, name)].slot
    slots = (msgspec.structs.replace(s, begun=s.begun and n != wanted) for n, s in enumerate(frozen.slots))
    return msgspec.structs.replace(frozen, slots=tuple(slots))


def is_over(frozen: asked.Problem) -> bool:
    """Has every shift of a frozen month begun, so that nothing of it can be planned?"""
    return all(slot.begun for slot in frozen.slots)


def unbegun(frozen: asked.Problem) -> asked.Problem:
    """Return a Problem as if nothing had begun: what its history broke and cost."""
    return msgspec.structs.replace(frozen, slots=tuple(msgspec.structs.replace(s, begun=False) for s in frozen.slots))


def refuse_hopeless(frozen: asked.Problem) -> None:
    """Raise CrtError if the month is over, or an expired blocking credential keeps everyone off the rest of it."""
    if is_over(frozen):
        raise CrtError(
            tr(
                "{month} is over: each of its shifts has begun, so nothing is left to plan. "
                "Correct by hand who worked them, or choose a month to come.",
                month=times.month_words(frozen.period),
            )
        )
    first = min(slot.date for slot in frozen.slots if not slot.begun)

    def is_expired(who: asked.Person) -> bool:
        return any(c.blocking and c.until is not None and c.until < first for c in who.credentials)

    if all(is_expired(person) for person in frozen.people):
        raise CrtError(
            tr(
                "Nobody can be rostered in {period}: a blocking credential of each of {count} people "
                "has expired. Import people with the new expiry dates.",
                period=frozen.period,
                count=len(frozen.people),
            )
        )


def shift_number(frozen: asked.Problem, name: roster.ShiftName) -> int:
    """Return the position of a shift in the Problem; raises CrtError if the programme has no such shift."""
    for n in range(len(frozen.shifts)):
        if asked.shift_key(frozen, n).casefold() == str(name).casefold():
            return n
    raise CrtError(
        tr(
            "There is no shift {name}. Shifts are named like {shift_key}.",
            name=name,
            shift_key=asked.shift_key(frozen, 0),
        )
    )


def is_at(seat: answered.OpenSeat, name: roster.ShiftName) -> bool:
    """Is the open seat one of that shift?"""
    return (seat.date, seat.shift, seat.area.casefold()) == (name.date, name.template, name.area.casefold())
