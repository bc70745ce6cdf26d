"""Availability: what each responder said of their time, as one grade per slot; and the act of wishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import month_answers, roster, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.kept import kept
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.tables import Assignment, Availability, Shift, ShiftTemplate, StandDown, Wish
from solver.problem import GRADES, Slot
from solver.wording import Sayings, say_date, tr

GRADE_NAMES = ("cannot", "rather_not", "prefers", "wants")
FREE = "free"
GRADE_WORDS = Sayings(
    {"cannot": "cannot", "rather_not": "would rather not", "prefers": "prefers", "wants": "wants", FREE: FREE}
)
LETTERS: dict[str, str] = {name: letter for letter, name in GRADES.items()}

Bools = NDArray[np.bool_]
BY_ORDER = attrgetter("order")


class Said(NamedTuple):
    """One thing a responder said of their time; dates and weekdays local, no hours: the whole day."""

    first: dt.date | None
    last: dt.date | None
    weekdays: int
    start: dt.time | None
    end: dt.time | None
    grade: str


class Spoken(NamedTuple):
    """One thing said as the slots of a period hear it: which of them, with which letter, and what it outranks.

    Slots lie in a number, a byte each and the first one lowest: whole months are laid over each other in a few steps.
    """

    order: tuple[bool, int]
    slots: int
    """255 at every slot that it speaks of."""
    letters: int
    """The letter at every slot that it speaks of."""
    is_cannot: bool


class Rest(msgspec.Struct, frozen=True):
    """A stand-down, in minutes since 1970; `begun` are the shifts of the person that ran when it began."""

    start: int
    end: int
    begun: tuple[tuple[int, int], ...] = ()


class HasStatus(Protocol):
    """Somebody with a status and a first day on the team."""

    @property
    def status(self) -> str: ...
    @property
    def status_until(self) -> dt.date | None: ...
    @property
    def joined(self) -> dt.date | None: ...


class Days:
    """The slots of a period against the days around it: which hours of which day touch which slot.

    Hours that touch a slot at all count for cannot and rather_not; prefers and wants mean the slots that start in them.
    """

    def __init__(self, slots: tuple[Slot, ...], zone: str) -> None:
        self._start = np.array([slot.start for slot in slots], dtype=np.int64)
        self._end = np.array([slot.end for slot in slots], dtype=np.int64)
        self._zone = zone
        self.dates = [s.date for s in slots]
        first, last = min(self.dates), max(self.dates)
        # a day before the period can still reach into its first night, a day after into its last one
        self._days = list(times.days_between(first - dt.timedelta(days=1), last + dt.timedelta(days=1)))
        self._ordinal = np.array([day.toordinal() for day in self._days])
        self._weekday = np.array([day.weekday() for day in self._days])
        self.ordinals = np.array([date.toordinal() for date in self.dates])
        self._known: dict[tuple[dt.time | None, dt.time | None, bool], Bools] = {}
        self._spoken: dict[Said, Spoken] = {}
        self._every = int.from_bytes(b"\1" * len(slots), "little")

    def spoken(self, said: Said) -> Spoken:
        """Return one thing said as the slots hear it; many people say the same."""
        if said not in self._spoken:
            heard = int.from_bytes((self._slots_of(said) * np.uint8(255)).tobytes(), "little")
            is_dated = said.first is not None or said.last is not None
            order = (is_dated, GRADE_NAMES.index(said.grade))
            self._spoken[said] = Spoken(order, heard, heard & self.filled(said.grade), said.grade == "cannot")
        return self._spoken[said]

    def filled(self, grade: str) -> int:
        """Return a number with the letter of a grade at every slot."""
        return self._every * ord(LETTERS[grade])

    def letters_of(self, filled: int) -> str:
        """Return the letters that lie in a number, one per slot."""
        return filled.to_bytes(len(self.dates), "little").decode("ascii")

    def _slots_of(self, said: Said) -> Bools:
        on = (said.weekdays >> self._weekday & 1).astype(bool)
        if said.first is not None:
            on &= self._ordinal >= said.first.toordinal()
        if said.last is not None:
            on &= self._ordinal <= said.last.toordinal()
        touch = said.grade in ("cannot", "rather_not")
        found: Bools = self._touched(said.start, said.end, touch=touch)[on].any(axis=0)
        return found

    def slots_in(self, rest: Rest) -> Bools:
        """Return the slots that a stand-down touches, but for shifts that were worked until it began."""
        found: Bools = (self._start < rest.end) & (self._end > rest.start)
        for start, end in rest.begun:
            found &= (self._start != start) | (self._end != end)
        return found

    def begin_in(self, start: int, end: int) -> Bools:
        """Return the slots that begin in a stretch, in minutes since 1970."""
        found: Bools = (self._start >= start) & (self._start < end)
        return found

    def _touched(self, start: dt.time | None, end: dt.time | None, *, touch: bool) -> Bools:
        place = (start, end, touch)
        if place not in self._known:
            self._known[place] = self._touches(start or dt.time(), end or dt.time(), touch=touch)
        return self._known[place]

    def _touches(self, start: dt.time, end: dt.time, *, touch: bool) -> Bools:
        """Return days x slots: does the stretch that begins on the day speak of the slot?"""
        spans = [times.span(day, start, end, self._zone) for day in self._days]
        begin = np.array([times.minutes(b) for b, _ in spans])[:, None]
        finish = np.array([times.minutes(e) for _, e in spans])[:, None]
        if touch:
            result: Bools = (self._start < finish) & (self._end > begin)
            return result
        return (self._start >= begin) & (self._start < finish)


def grades(days: Days, said: Iterable[Said], wishes: Iterable[tuple[int, str]], off: Mapping[str, Bools]) -> str:
    """Return one letter of GRADES per slot for one responder, off as `taken_off` says.

    What was said of single dates outranks what was said of every week, a wish outranks both, and cannot outranks all.
    `wishes` are (slot, grade).
    """
    return taken_off(_told(days, said, wishes), off)


def taken_off(letters: str, off: Mapping[str, Bools]) -> str:
    """Return the letters of a responder with the slots they are off.

    `off` holds slots on leave, in stand-down, with a debrief owed or before joining, by grade name; the last outranks.
    """
    if not off:
        return letters
    found = np.frombuffer(letters.encode("ascii"), dtype=np.uint8).copy()
    for grade, slots in off.items():
        found[slots] = ord(LETTERS[grade])
    return found.tobytes().decode("ascii")


def _told(days: Days, said: Iterable[Said], wishes: Iterable[tuple[int, str]]) -> str:
    letters, cannot = days.filled("free"), 0
    for thing in sorted(map(days.spoken, said), key=BY_ORDER):
        if thing.is_cannot:
            cannot |= thing.slots
        else:
            letters ^= (letters & thing.slots) ^ thing.letters
    for slot, grade in wishes:
        place = 255 << 8 * slot
        if grade == "cannot":
            cannot |= place
        else:
            letters ^= (letters & place) ^ (days.filled(grade) & place)
    return days.letters_of(letters ^ (letters & cannot) ^ (days.filled("cannot") & cannot))


def told_by(session: Session, days: Days, places: Mapping[tuple[dt.date, int], int]) -> dict[int, str]:
    """Return the letters of each responder who said or wishes anything; `places` gives the slot of date and template.

    They are kept, so let nobody change them.
    """
    rests_on = frozenset({"availability", "wish", "shift_template", "programme"})
    key = ("told", days.dates[0], days.dates[-1])
    return kept(session, key, rests_on, lambda: _told_by(session, days, places))


def told_of(
    session: Session, days: Days, places: Mapping[tuple[dt.date, int], int], few: Collection[int]
) -> dict[int, str]:
    """Return what `told_by` does, of a few responders alone (row numbers)."""
    return _told_by(session, days, places, few)


def _told_by(
    session: Session, days: Days, places: Mapping[tuple[dt.date, int], int], few: Collection[int] | None = None
) -> dict[int, str]:
    said, wishes = said_by(session, days.dates[0], days.dates[-1], few), wishes_by(session, places)
    wishes = {who: wished for who, wished in wishes.items() if few is None or who in few}
    return {who: _told(days, said.get(who, ()), wishes.get(who, ())) for who in (*said, *wishes)}


def said_by(
    session: Session, first: dt.date, last: dt.date, few: Collection[int] | None = None
) -> dict[int, list[Said]]:
    """Return what each responder (row number), or each of a few, said that may touch the dates from first to last."""
    a = Availability
    early, late = first - dt.timedelta(days=1), last + dt.timedelta(days=1)
    query = select(a.responder_id, a.first, a.last, a.weekdays, a.start, a.end, a.grade).where(
        (a.first.is_(None)) | (a.first <= late), (a.last.is_(None)) | (a.last >= early)
    )
    if few is not None:
        query = query.where(a.responder_id.in_(few))
    found: dict[int, list[Said]] = {}
    for responder, begin, until, weekdays, start, end, grade in plain_rows(session, query.order_by(a.id)):
        found.setdefault(responder, []).append(Said(begin, until, weekdays, start, end, grade))
    return found


def wishes_by(session: Session, places: Mapping[tuple[dt.date, int], int]) -> dict[int, list[tuple[int, str]]]:
    """Return each responder's wishes as (slot, grade); `places` gives the slot of a date and template row number."""
    found: dict[int, list[tuple[int, str]]] = {}
    for wish in session.execute(select(Wish.responder_id, Wish.date, Wish.template_id, Wish.grade)):
        slot = places.get((wish.date, wish.template_id))
        if slot is not None:
            found.setdefault(wish.responder_id, []).append((slot, wish.grade))
    return found


def wish(session: Session, name: roster.ShiftName, code: str, grade: str) -> None:
    """Note what a person wishes for a shift (any area of it); the grade "none" takes the wish back.

    Raises CrtError for an unknown person, shift or grade.
    """
    who = roster.person(session, code)
    template: ShiftTemplate | None = session.scalar(select(ShiftTemplate).where(ShiftTemplate.name == name.template))
    if template is None:
        raise CrtError(tr("No shift is called {template!r}.", template=name.template))
    if grade not in (*GRADE_NAMES, "none"):
        raise CrtError(
            tr("{grade!r} is not a grade. Use one of: {names}, or none.", grade=grade, names=", ".join(GRADE_NAMES))
        )
    row: Wish | None = session.scalar(
        select(Wish).where(Wish.responder_id == who.id, Wish.template_id == template.id, Wish.date == name.date)
    )
    if row is not None and grade == "none":
        session.delete(row)
    elif row is not None:
        row.grade = grade
    elif grade != "none":
        session.add(Wish(responder_id=who.id, template_id=template.id, date=name.date, grade=grade))
    session.flush()
    if grade != "none":
        month_answers.note_one(session, who.id, month_answers.month_start(name.date))


def wished(session: Session, name: roster.ShiftName, code: str, grade: str) -> str:
    """Return what a wish is called in the journal, such as "Ana Cano: wish for Sat 6 Feb 2027 night, wants"."""
    who, when = roster.person(session, code), f"{say_date(name.date, 'weekday day year')} {name.template}"
    if grade == "none":
        return tr("{name}: no wish for {when}", name=who.name, when=when)
    said = GRADE_WORDS.get(grade, grade)
    return tr("{name}: wish for {when}, {said}", name=who.name, when=when, said=said)


WISH = Act(wish, wished)


def rests_by(session: Session, first: dt.date, last: dt.date) -> dict[int, list[Rest]]:
    """Return the stand-downs that are not lifted and may touch the dates, by responder's row number."""
    margin = dt.timedelta(days=2)
    early = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC) - margin
    late = dt.datetime.combine(last, dt.time(), tzinfo=dt.UTC) + margin
    query = select(StandDown).where(StandDown.lifted.is_(None), StandDown.end > early, StandDown.start < late)
    found: dict[int, list[Rest]] = {}
    for row in session.scalars(query.order_by(StandDown.id)):
        begun = tuple(_running(session, row.responder_id, row.start))
        found.setdefault(row.responder_id, []).append(Rest(times.minutes(row.start), times.minutes(row.end), begun))
    return found


def _running(session: Session, responder: int, at: dt.datetime) -> Iterator[tuple[int, int]]:
    """Yield the shifts a person holds that had begun before an instant and ran on."""
    query = (
        select(Shift.start, Shift.end)
        .join(Assignment, Assignment.shift_id == Shift.id)
        .where(Assignment.responder_id == responder, Shift.start < at, Shift.end > at)
    )
    for start, end in session.execute(query):
        yield times.minutes(start), times.minutes(end)


def off_slots(days: Days, who: HasStatus, rests: Iterable[Rest] = ()) -> dict[str, Bools]:
    """Return the slots a responder is off, by grade name: in stand-down, by status or by join date.

    An inactive one is off all. The later of these outranks the earlier where both hold.
    """
    dates = days.ordinals
    off: dict[str, Bools] = {}
    for rest in rests:
        touched = days.slots_in(rest)
        off["stand_down"] = off["stand_down"] | touched if "stand_down" in off else touched
    if who.status != "active":
        until = who.status_until.toordinal() if who.status_until else dates.max()
        off["leave"] = dates <= until
    if who.joined is not None and who.joined > days.dates[0]:
        off["not_joined"] = dates < who.joined.toordinal()
    return off
