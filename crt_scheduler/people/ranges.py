"""What a person said of some dates: adding a stretch of days with a grade, taking one back, and reading them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import month_answers, remedies, roster, times
from crt_scheduler.act import Act
from crt_scheduler.availability import GRADE_NAMES, GRADE_WORDS
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Availability, ShiftTemplate, Wish
from solver.wording import tr


@dataclass(frozen=True)
class Range:
    """One line a person said: from first to last (None: open), on some weekdays, for some hours (None: all day)."""

    number: int
    first: dt.date | None
    last: dt.date | None
    weekdays: int
    start: dt.time | None
    end: dt.time | None
    grade: str
    note: str

    def words(self, clock: times.Clock) -> str:
        """Return when, as people say it, such as Mon 1 Feb 2027 to Sun 7 Feb 2027, Sat, Sun, 18:00-06:00.

        The hours are told by a clock of 12 or 24.
        """
        parts = [_dates(self.first, self.last)]
        if self.weekdays != times.ALL_WEEK:
            parts.append(", ".join(times.weekday_names(self.weekdays)))
        if self.start is not None and self.end is not None:
            parts.append(f"{times.clock_words(self.start, clock)}-{times.clock_words(self.end, clock)}")
        return ", ".join(part for part in parts if part) or tr("every day")


@dataclass(frozen=True)
class Wished:
    """What a person wishes for one shift of one date."""

    date: dt.date
    template: str
    grade: str


def _dates(first: dt.date | None, last: dt.date | None) -> str:
    if first is not None and first == last:
        return times.day_words(first)
    begin = times.day_words(first) if first else ""
    if last is None:
        return tr("from {begin}", begin=begin) if begin else ""
    return tr("{begin} to {day}", begin=begin, day=times.day_words(last)).strip()


def ranges(session: Session, code: str, *, since: dt.date | None = None) -> tuple[Range, ...]:
    """Return what a person said of dates, in their order; with `since` only what reaches that day or a later one."""
    return tuple(
        line
        for line in said(session, code)
        if (line.first or line.last) and (since is None or line.last is None or line.last >= since)
    )


def said(session: Session, code: str) -> tuple[Range, ...]:
    """Return every line a person said, those of every week first; raises CrtError for an unknown person."""
    who = roster.person(session, code)
    rows = session.scalars(select(Availability).where(Availability.responder_id == who.id))
    lines = [Range(r.id, r.first, r.last, r.weekdays, r.start, r.end, r.grade, r.note) for r in rows]
    return tuple(sorted(lines, key=lambda line: (line.first or dt.date.min, line.last or dt.date.max, line.number)))


def say(
    session: Session,
    code: str,
    grade: str,
    *,
    first: dt.date | None,
    last: dt.date | None,
    note: str = "",
    weekdays: int = times.ALL_WEEK,
    start: dt.time | None = None,
    end: dt.time | None = None,
) -> int:
    """Note a grade for a stretch of dates and return the line's number; no `last` means until further notice.

    Raises CrtError for an unknown person or grade, no date, dates in the wrong order, and a line that is there already.
    """
    who = roster.person(session, code)
    if grade not in GRADE_NAMES:
        raise CrtError(tr("{grade!r} is not a grade. Use one of: {names}.", grade=grade, names=", ".join(GRADE_NAMES)))
    if first is None and last is None:
        raise CrtError(tr("Give the first day. What holds every week belongs in the week."))
    if first is not None and last is not None and last < first:
        raise CrtError(
            tr("{day} is before {day2}. Exchange the two.", day=times.day_words(last), day2=times.day_words(first))
        )
    if (start is None) != (end is None):
        raise CrtError(tr("Give both hours, or neither for the whole day."))
    line = (first, last, weekdays, start, end, grade)
    if any((r.first, r.last, r.weekdays, r.start, r.end, r.grade) == line for r in said(session, code)):
        raise CrtError(tr("{name} has said so already. Change the dates, or leave it as it is.", name=who.name))
    row = Availability(
        responder_id=who.id, first=first, last=last, weekdays=weekdays, start=start, end=end, grade=grade, note=note
    )
    session.add(row)
    session.flush()
    month_answers.note_one(session, who.id, month_answers.months_begun(first, last))
    return row.id


def unsay(session: Session, code: str, number: int) -> None:
    """Take back one line a person said; raises CrtError if it is not theirs or no longer there."""
    who = roster.person(session, code)
    row = session.get(Availability, number)
    if row is None or row.responder_id != who.id:
        raise CrtError(
            tr("{name} has no line {number}.", name=who.name, number=number), remedies.SEE_AVAILABLE.of(code=who.code)
        )
    session.delete(row)
    session.flush()


def _noted(session: Session, number: int, code: str, *_: Any, **__: Any) -> str:
    line = next(line for line in said(session, code) if line.number == number)
    who = roster.person(session, code)
    return tr(
        "{name}: {said}, {when}",
        name=who.name,
        said=GRADE_WORDS[line.grade],
        when=line.words(customs.clock_of(programme_of(session))),
    )


def _taken_back(session: Session, code: str, number: int) -> str:
    clock = customs.clock_of(programme_of(session))
    when = next((line.words(clock) for line in said(session, code) if line.number == number), "")
    return tr("{name}: took back {when}", name=roster.person(session, code).name, when=when)


SAY = Act(say, _noted, names_answer=True)
UNSAY = Act(unsay, _taken_back)


def wishes(session: Session, code: str, *, since: dt.date | None = None) -> tuple[Wished, ...]:
    """Return a person's wishes for single shifts by date; with `since` only those of that day and later."""
    who = roster.person(session, code)
    query = (
        select(Wish.date, ShiftTemplate.name, Wish.grade)
        .join(ShiftTemplate, Wish.template_id == ShiftTemplate.id)
        .where(Wish.responder_id == who.id)
        .order_by(Wish.date, ShiftTemplate.id)
    )
    return tuple(Wished(*row) for row in session.execute(query) if since is None or row[0] >= since)
