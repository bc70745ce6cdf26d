"""Who is on call now and next: per area, the city's duty lead and the clergy, lead first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from crt_scheduler.board.openings import ShiftSeats
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.publish.wanted_calendars import order_of_call
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.today.today_values import OnCall, Post, Turn, Watch
from solver.problem import CITY

CLERGY = "clergy"


def turns(shifts: Sequence[ShiftSeats], now: dt.datetime) -> tuple[Turn | None, Turn | None]:
    """Return the shift that runs now and the next to start, as areas are rostered (else the whole city)."""
    by_area = [shift for shift in shifts if shift.area != CITY] or list(shifts)
    running = [shift for shift in by_area if shift.start <= now < shift.end]
    coming = min((shift.start for shift in by_area if shift.start > now), default=None)
    return _turn(running), _turn([shift for shift in by_area if shift.start == coming])


def _turn(shifts: Sequence[ShiftSeats]) -> Turn | None:
    if not shifts:
        return None
    return Turn(_names(shifts), max(shift.start for shift in shifts), min(shift.end for shift in shifts))


def posts(
    areas: Iterable[str],
    shifts: Sequence[ShiftSeats],
    rows: Sequence[AssignmentRow],
    phones: PhoneBook,
    *,
    now: dt.datetime,
    turn: dt.datetime | None,
) -> tuple[Post, ...]:
    """Return the city's post, one per area and the clergy's; `turn` is when the next shift of the areas starts.

    Instants decide: a shift that ends now is over.
    """
    roles = {place for shift in shifts if shift.area == CITY for place in _roles(shift)}
    roles |= {row.role for row in rows if row.area == CITY}
    wanted: list[tuple[str, str]] = [(CITY, "city")] if roles - {CLERGY} else []
    wanted += [(area, "area") for area in areas]
    wanted += [(CITY, CLERGY)] if CLERGY in roles else []
    return tuple(_post(area, kind, shifts, rows, phones, now=now, turn=turn) for area, kind in wanted)


def _roles(shift: ShiftSeats) -> set[str]:
    return {role for role, _, _ in shift.kinds}


def _post(
    area: str,
    kind: str,
    shifts: Sequence[ShiftSeats],
    rows: Sequence[AssignmentRow],
    phones: PhoneBook,
    *,
    now: dt.datetime,
    turn: dt.datetime | None,
) -> Post:
    def is_mine(role: str) -> bool:
        return (role == CLERGY) == (kind == CLERGY) or kind == "area"

    own = [shift for shift in shifts if shift.area == area and any(is_mine(role) for role in _roles(shift))]
    people = [row for row in rows if row.area == area and is_mine(row.role)]
    at_turn = _watch(turn, own, people, phones, is_mine) if turn is not None else None
    if at_turn is None:
        starts = [shift.start for shift in own] + [row.start for row in people]
        later = min((start for start in starts if start > now), default=None)
        at_turn = _watch(later, own, people, phones, is_mine) if later is not None else None
    return Post(area, kind, _watch(now, own, people, phones, is_mine), at_turn)


def _watch(
    moment: dt.datetime,
    shifts: Sequence[ShiftSeats],
    rows: Sequence[AssignmentRow],
    phones: PhoneBook,
    is_mine: Callable[[str], bool],
) -> Watch | None:
    """Return who is on call at a moment; None where no shift runs then."""
    running = [shift for shift in shifts if shift.start <= moment < shift.end]
    here = sorted((row for row in rows if row.start <= moment < row.end), key=order_of_call)
    if not (running or here):
        return None
    gaps = [(shift, place) for shift in running for place in shift.open if is_mine(place.role)]
    return Watch(
        words=_names(running) or " and ".join(dict.fromkeys(row.template for row in here)),
        start=max([shift.start for shift in running] + [row.start for row in here]),
        end=min([shift.end for shift in running] + [row.end for row in here]),
        people=tuple(_on_call(row, phones) for row in here),
        open=tuple(place for _, place in gaps),
        lacks_team=any(shift.lacks_team for shift in running),
        open_shift=gaps[0][0].key if gaps else "",
    )


def rested(posts: Iterable[Post], resting: Mapping[str, dt.datetime], now: dt.datetime) -> tuple[Post, ...]:
    """Return the posts with those marked who stand down then; `resting` is until when, by id."""
    return tuple(
        replace(post, now=_marked(post.now, resting, now), next=_marked(post.next, resting, now)) for post in posts
    )


def _marked(watch: Watch | None, resting: Mapping[str, dt.datetime], now: dt.datetime) -> Watch | None:
    if watch is None or not resting:
        return watch
    off = {person: end for person, end in resting.items() if end > max(now, watch.start)}
    return replace(watch, people=tuple(replace(one, rests_until=off.get(one.person)) for one in watch.people))


def _names(shifts: Iterable[ShiftSeats]) -> str:
    return " and ".join(dict.fromkeys(shift.template for shift in shifts))


def _on_call(row: AssignmentRow, phones: PhoneBook) -> OnCall:
    phone, words = phones.of(row.person)
    return OnCall(
        person=row.person,
        name=row.name,
        role=row.role,
        tier=row.tier,
        state=row.state,
        phone=phone,
        phone_words=words,
        shift=row.shift,
        start=row.start,
        end=row.end,
    )
