"""Asking for cover: the text to send, whom to ask first, and whose duty could be taken in return."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.cover.others import Others
from crt_scheduler.cover.place import Place, ShiftFacts, called, calls_words, facts, where_words
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.responders.phone_numbers import phone_words
from crt_scheduler.tables import Assignment, Responder, Shift
from solver.replacements import trades
from solver.wording import Sayings, say_date, tr

BEST = 5
ALSO = Sayings({"lead": "a lead", "duty_lead": "the duty lead", "clergy": "clergy", "trainee": "a trainee"})
"""What the seat of a request is called; any other seat is a responder's."""


@dataclass(frozen=True)
class Ask:
    """One person to ask for cover, with contacts for the coordinator alone, and the change in points."""

    person: str
    name: str
    phone: str
    dialled: str
    email: str
    words: str
    points: float


@dataclass(frozen=True)
class Cover:
    """A request for cover: the text to send, and whom to ask, best first."""

    text: str
    ask: tuple[Ask, ...]


@dataclass(frozen=True)
class TradeRow:
    """A trade of two duties: the partner, what they give back, the change in points, both assignments' numbers."""

    person: str
    name: str
    home: str
    gives: ShiftFacts
    points: float
    effect: str
    one: int
    other: int

    @property
    def calls(self) -> str:
        """The change in missed calls, with its sign."""
        return calls_words(self.points)


def cover_text(programme: str, shift: ShiftFacts) -> str:
    """Return the text that asks for cover: when, how long, where, which seat, how to answer; it names nobody."""
    as_what = ALSO.get(shift.role, "a responder")
    tier = f" ({shift.tier})" if shift.tier else ""
    clocks = tr("\nThe clocks change then.") if _clocks_change(shift) else ""
    return tr(
        "{programme}: can you take a shift?\n"
        "{day}, {clock}, {hours} on call, {where}, "
        "as {as_what}{tier}.{clocks}\n"
        "Answer YES or NO to this message. The first yes gets it; wait for the word before you plan on it.",
        programme=programme,
        day=times.day_words(shift.date),
        clock=shift.clock,
        hours=shift.hours,
        where=where_words(shift.area),
        as_what=as_what,
        tier=tier,
        clocks=clocks,
    )


def _clocks_change(shift: ShiftFacts) -> bool:
    offsets = [times.local(moment, shift.zone).utcoffset() for moment in (shift.start, shift.end)]
    return offsets[0] != offsets[1]


def cover(session: Session, shift: ShiftFacts, found: Others, *, now: dt.datetime, most: int = BEST) -> Cover:
    """Return the request for cover of a shift, to the best few of those who could take it.

    Raises CrtError for a shift that has begun: no message is answered in time.
    """
    if shift.start <= now:
        raise CrtError(
            tr(
                "{short} has begun: cover is asked for shifts to come. Phone who could step in, and correct by "
                "hand who worked it.",
                short=short(shift),
            )
        )
    best, programme = found.free[:most], programme_of(session)
    contacts = {
        row.code: row
        for row in session.scalars(select(Responder).where(Responder.code.in_([one.person for one in best])))
    }
    ask = tuple(
        Ask(
            person=one.person, name=one.name, phone=row.phone, dialled=phone_words(row.phone, programme.country),
            email=row.email, words=one.words, points=one.points,
        )
        for one in best
        if (row := contacts.get(one.person)) is not None
    )  # fmt: skip
    return Cover(cover_text(programme.name, shift), ask)


def trade_rows(session: Session, place: Place, *, now: dt.datetime, most: int = BEST) -> tuple[TradeRow, ...]:
    """Return the best few legal trades of a held place for another's duty that has not begun, cheapest first."""
    found = trades(place.scale, place.seat_number, place.who.id, most=most)
    zone = customs.zone_of(programme_of(session))
    asked = facts(place, zone)
    mine = _number(session, asked.key, place.who.id)
    rows = []
    for trade in found:
        theirs = Place(place.problem, place.scale, trade.gives, place.roster.period.person_of[trade.person])
        gives = facts(theirs, zone)
        number = _number(session, gives.key, trade.person)
        if mine and number and gives.start > now:
            taker, giver = called(trade.name, place.who.name)
            words = tr(
                "{taker} takes {short}, {giver} {short2}. Both must be told.",
                taker=taker,
                short=short(asked),
                giver=giver,
                short2=short(gives),
            )
            home = place.problem.people[theirs.holder].home
            rows.append(TradeRow(trade.person, trade.name, home, gives, trade.points, words, mine, number))
    return tuple(rows)


def short(shift: ShiftFacts) -> str:
    """Return a shift in few words: Sat 9 Jan night, Valley."""
    return f"{say_date(shift.date, 'weekday day')} {shift.template}, {where_words(shift.area)}"


def _number(session: Session, shift: str, person: str) -> int:
    found: int | None = session.scalar(
        select(Assignment.id)
        .join(Shift, Assignment.shift_id == Shift.id)
        .join(Responder, Assignment.responder_id == Responder.id)
        .where(Shift.key == shift, Responder.code == person)
    )
    return found or 0
