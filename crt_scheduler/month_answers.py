"""Who was asked when they can in a month, and who answered: a yes counts as much as a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import moment, roster, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.tables import MonthAnswer, Responder
from solver.wording import Sayings, counted, tr

FILE, SHEET, TYPED, OWN, SAID, RECORD = "file", "sheet", "typed", "own", "said", "record"
SOURCE_WORDS = Sayings(
    {
        FILE: "by a file",
        SHEET: "by an availability sheet",
        TYPED: "typed here",
        OWN: "at the responders' desk",
        SAID: "told the coordinator",
        RECORD: "on record before",
    }
)
"""What brought an answer, as a person reads it."""
PASSING = frozenset((TYPED, RECORD))
"""What may have been said in passing: it is no answer to being asked later."""
Month = dt.date | None
"""The first day of a month; None: every week."""


class Heard(msgspec.Struct, frozen=True):
    """An answer that an act takes down: whose (row number), and of which month (None: of every week)."""

    responder_id: int
    month: Month


class Noted(NamedTuple):
    """What is on record of one person and month: when they were asked, and when and by what they answered."""

    asked: dt.datetime | None
    asked_again: dt.datetime | None
    answered: dt.datetime | None
    source: str


class PersonAnswer(msgspec.Struct, frozen=True):
    """How one person stands in a month: when they were asked, and when and how they answered.

    `state` is answered, week (what they said of every week holds) or waiting.
    """

    id: str
    name: str
    email: str
    status: str
    status_until: dt.date | None
    asked: dt.datetime | None
    asked_again: dt.datetime | None
    answered: dt.datetime | None
    source: str
    state: str

    @property
    def has_answered(self) -> bool:
        """Have they said when they can?"""
        return self.state != "waiting"


def month_start(day: dt.date) -> dt.date:
    """Return the first day of a day's month, by which its answers are kept."""
    return day.replace(day=1)


def months_begun(first: dt.date | None, last: dt.date | None) -> Month:
    """Return the month that a line of availability answers for: the one it begins in, or None for every week."""
    day = first or last
    return None if day is None else month_start(day)


def note(session: Session, heard: Iterable[Heard], source: str) -> int:
    """Take down answers, each in the place of an earlier one of the same person and month; return how many.

    Who says what holds every week answers for the months they have been asked for, too.
    """
    wanted = {(each.responder_id, each.month) for each in heard}
    if not wanted:
        return 0
    now, rows = moment.of(session), _rows(session, {who for who, _ in wanted})
    weekly = {who for who, month in wanted if month is None}
    this_month = month_start(now.date())
    open_ = {
        key
        for key, row in rows.items()
        if key[0] in weekly and key[1] is not None and key[1] >= this_month and row.asked and not row.source
    }
    for key in sorted(wanted | open_, key=lambda key: (key[0], key[1] or dt.date.min)):
        row = rows.get(key)
        if row is None:
            row = MonthAnswer(responder_id=key[0], month=key[1])
            session.add(row)
        row.answered, row.source = now, source
    session.flush()
    return len(wanted)


def note_one(session: Session, responder_id: int, month: Month, source: str = TYPED) -> None:
    """Take down the answer of one person."""
    note(session, [Heard(responder_id, month)], source)


def unheard(session: Session, heard: Iterable[Heard]) -> frozenset[Heard]:
    """Return those of some answers that are not on record yet."""
    wanted = frozenset(heard)
    there = _rows(session, {each.responder_id for each in wanted}) if wanted else {}
    known = {Heard(*key) for key, row in there.items() if row.source}
    return wanted - known


def note_asked(session: Session, month: str, codes: Collection[str]) -> None:
    """Take down that people are asked for a month now; raises CrtError for a stranger or a word that is no month."""
    first, now = times.parse_month(month), moment.of(session)
    people = [roster.person(session, code) for code in codes]
    rows = _rows(session, {who.id for who in people})
    for who in people:
        row = rows.get((who.id, first))
        if row is None:
            session.add(MonthAnswer(responder_id=who.id, month=first, asked=now))
        elif row.asked is None:
            row.asked = now
        else:
            row.asked_again = now
    session.flush()


def said(session: Session, month: str, codes: Collection[str]) -> None:
    """Take down that people told the coordinator when they can in a month; raises CrtError as `note_asked` does."""
    first = times.parse_month(month)
    people = [roster.person(session, code).id for code in codes]
    if not people:
        raise CrtError(tr("Choose somebody first."))
    note(session, (Heard(who, first) for who in people), SAID)


def _asked_words(session: Session, month: str, codes: Collection[str]) -> str:
    return tr("Ask {people} for {month}", people=_counted(session, codes), month=times.month_words(month))


def _said_words(session: Session, month: str, codes: Collection[str]) -> str:
    return tr("{people} answered for {month}", people=_counted(session, codes), month=times.month_words(month))


def _counted(session: Session, codes: Collection[str]) -> str:
    if len(codes) == 1:
        return roster.person(session, next(iter(codes))).name
    return counted(len(codes), "1 person", "{} people")


ASK = Act(note_asked, _asked_words)
TELL = Act(said, _said_words)


def of_month(session: Session, month: str) -> tuple[PersonAnswer, ...]:
    """Return how everybody on the team stands in a month, by name; raises CrtError for a word that is no month."""
    first = times.parse_month(month)
    a, r = MonthAnswer, Responder
    noted = select(a.responder_id, a.month, a.asked, a.asked_again, a.answered, a.source)
    found = plain_rows(session, noted.where((a.month == first) | a.month.is_(None)))
    there = {(row.responder_id, row.month): Noted(*row[2:]) for row in found}
    people = select(r.id, r.code, r.name, r.email, r.status, r.status_until)
    team = plain_rows(session, people.where(r.status != "inactive").order_by(r.name))
    return tuple(_stands(who[1:], there.get((who.id, first)), there.get((who.id, None))) for who in team)


def waiting(session: Session, month: str) -> tuple[PersonAnswer, ...]:
    """Return who has not answered for a month; who is on leave all through it is not waited for."""
    last = times.month_days(month)[-1]
    return tuple(each for each in of_month(session, month) if not each.has_answered and not is_away(each, last))


def is_away(who: PersonAnswer, last: dt.date) -> bool:
    """Is somebody on leave until a day or longer?"""
    return who.status == "leave" and (who.status_until is None or who.status_until >= last)


def _stands(who: tuple[str, str, str, str, dt.date | None], row: Noted | None, weekly: Noted | None) -> PersonAnswer:
    asked = row.asked if row is not None else None
    state, found = "waiting", row
    if row is not None and row.source and _counts(row, asked, is_weekly=False):
        state = "answered"
    elif weekly is not None and _counts(weekly, asked, is_weekly=True):
        state, found = "week", weekly
    has = state != "waiting" and found is not None
    return PersonAnswer(
        *who,
        asked=asked,
        asked_again=row.asked_again if row is not None else None,
        answered=found.answered if found is not None and has else None,
        source=found.source if found is not None and has else "",
        state=state,
    )


def _counts(row: Noted, asked: dt.datetime | None, *, is_weekly: bool) -> bool:
    """Is it an answer to being asked? What was said in passing, or of every week, must be no older than that."""
    if asked is None or not (is_weekly or row.source in PASSING):
        return True
    return row.answered is not None and row.answered >= asked


def _rows(session: Session, people: Collection[int]) -> dict[tuple[int, Month], MonthAnswer]:
    rows = session.scalars(select(MonthAnswer))
    return {(row.responder_id, row.month): row for row in rows if row.responder_id in people}


def counts_words(people: Iterable[PersonAnswer], month: str) -> str:
    """Return how many have answered for a month and how many have not, in a sentence."""
    everyone = tuple(people)
    last = times.month_days(month)[-1]
    away = [each for each in everyone if not each.has_answered and is_away(each, last)]
    have = sum(each.has_answered for each in everyone)
    wait = len(everyone) - have - len(away)
    words = tr(
        "{month}: {have:,} of {count:,} have answered, {wait:,} have not",
        month=times.month_words(month),
        have=have,
        count=len(everyone),
        wait=wait,
    )
    return (
        counted(len(away), "{words}, {n} is on leave.", "{words}, {n} are on leave.", words=words)
        if away
        else f"{words}."
    )
