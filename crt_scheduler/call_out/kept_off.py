"""Who cannot be called out at a moment, and why: on scene, standing down, away, unavailable, credential expired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.call_words import clock_words, name_words
from crt_scheduler.tables import (
    Availability,
    Call,
    CallResponder,
    Credential,
    CredentialKind,
    Responder,
    Shift,
    ShiftTemplate,
    StandDown,
    Wish,
)
from solver.wording import say_date, tr


def kept_off(
    session: Session, at: dt.datetime, zone: times.Zone, *, call_id: int = 0, are_asked: bool = False
) -> dict[int, str]:
    """Return by row number why each person who cannot go at a moment cannot; `call_id` is the call they are asked to.

    Where people `are_asked` themselves when they can come, what they said of their time before does not count.

    Where there are several reasons, the first of: at another call, standing down, on leave, unavailable, credential.
    """
    found: dict[int, str] = {}
    for number, words in (
        *_on_scene(session, at, zone, call_id),
        *_standing_down(session, at, zone),
        *_away(session, times.local(at, zone).date()),
        *(() if are_asked else _unavailable(session, at, zone)),
        *_expired(session, times.local(at, zone).date()),
    ):
        found.setdefault(number, words)
    return found


def _on_scene(session: Session, at: dt.datetime, zone: times.Zone, call_id: int) -> Iterator[tuple[int, str]]:
    """Whoever is on another call from departure (else from the call) until clear; a call signed off is over."""
    gone = CallResponder
    query = (
        select(
            gone.responder_id, gone.departed, gone.arrived, gone.cleared, gone.home, Call.notified, Call.clear,
            Call.closed, Call.number, Call.case,
        )
        .join(Call, gone.call_id == Call.id)
        .where(
            Call.id != call_id, Call.notified <= at, or_(gone.cleared.is_(None), gone.cleared > at),
            or_(gone.home.is_(None), gone.home > at), or_(Call.closed.is_(None), Call.closed > at),
        )
    )  # fmt: skip
    for number, departed, arrived, cleared, home, notified, clear, closed, name, case in session.execute(query):
        start, end = departed or arrived or notified, cleared or home or clear or closed
        if start <= at and (end is None or end > at):
            yield (
                number,
                tr("at {name} since {clock}", name=name_words(name, case), clock=clock_words(start, zone, beside=at)),
            )


def _standing_down(session: Session, at: dt.datetime, zone: times.Zone) -> Iterator[tuple[int, str]]:
    rows = session.scalars(
        select(StandDown).where(StandDown.lifted.is_(None), StandDown.start <= at, StandDown.end > at)
    )
    for row in rows:
        end = times.local(row.end, zone)
        day = say_date(end, "weekday day")
        yield row.responder_id, tr("stands down until {day} {clock}", day=day, clock=clock_words(row.end, zone))


def _away(session: Session, day: dt.date) -> Iterator[tuple[int, str]]:
    columns = (Responder.id, Responder.status, Responder.status_until, Responder.joined)
    query = select(*columns).where(or_(Responder.status != "active", Responder.joined > day))
    for number, status, until, joined in session.execute(query):
        if status == "inactive":
            yield number, tr("has left the team")
        elif status == "leave" and (until is None or until >= day):
            yield number, tr("on leave until {date}", date=say_date(until)) if until else tr("on leave")
        elif joined is not None and joined > day:
            yield number, tr("joins on {date}", date=say_date(joined))


def _unavailable(session: Session, at: dt.datetime, zone: str) -> Iterator[tuple[int, str]]:
    """Whoever said cannot: for this hour, by date or weekday, or for the shift that is running."""
    local = times.local(at, zone)
    today, yesterday, wall = local.date(), local.date() - dt.timedelta(days=1), local.time().replace(tzinfo=None)
    said = Availability
    columns = (said.responder_id, said.first, said.last, said.weekdays, said.start, said.end)
    query = select(*columns).where(
        said.grade == "cannot", or_(said.first.is_(None), said.first <= today),
        or_(said.last.is_(None), said.last >= yesterday),
    )  # fmt: skip
    for number, first, last, weekdays, start, end in session.execute(query):
        begin, until = start or dt.time(), end or dt.time()
        is_over_midnight = until <= begin
        for day in (today, yesterday) if is_over_midnight else (today,):
            is_in = (wall >= begin) if day == today else (wall < until)
            if not is_over_midnight:
                is_in = begin <= wall < until
            in_dates = (first is None or first <= day) and (last is None or day <= last)
            if is_in and in_dates and times.on_weekday(day, weekdays):
                yield number, tr("said they cannot then")
    wished = (
        select(Wish.responder_id)
        .join(Shift, (Shift.date == Wish.date) & (Shift.template_id == Wish.template_id))
        .where(Wish.grade == "cannot", Shift.start <= at, Shift.end > at)
    )
    yield from ((number, tr("said they cannot take this shift")) for number in session.scalars(wished))
    yield from _wished_without_shift(session, at, zone, (yesterday, today))


def _wished_without_shift(
    session: Session, at: dt.datetime, zone: str, days: tuple[dt.date, ...]
) -> Iterator[tuple[int, str]]:
    """Wishes for a shift that nobody is on yet: its hours come from the template."""
    query = (
        select(Wish.responder_id, Wish.date, ShiftTemplate.start, ShiftTemplate.end)
        .join(ShiftTemplate, Wish.template_id == ShiftTemplate.id)
        .where(Wish.grade == "cannot", Wish.date.in_(days))
    )
    for number, day, start, end in session.execute(query):
        begin, until = times.span(day, start, end, zone)
        if begin <= at < until:
            yield number, tr("said they cannot take this shift")


def _expired(session: Session, day: dt.date) -> Iterator[tuple[int, str]]:
    query = (
        select(Credential.responder_id, CredentialKind.name, Credential.expires)
        .join(CredentialKind, Credential.kind_id == CredentialKind.id)
        .where(CredentialKind.blocking, Credential.expires < day)
    )
    for number, name, expires in session.execute(query):
        if expires is not None:
            yield number, tr("{name} expired {date}", name=name, date=say_date(expires, "day year"))


def held(session: Session, day: dt.date) -> dict[int, set[str]]:
    """Return the names of the credentials each person holds that are valid on a day."""
    query = (
        select(Credential.responder_id, CredentialKind.name)
        .join(CredentialKind, Credential.kind_id == CredentialKind.id)
        .where(or_(Credential.expires.is_(None), Credential.expires >= day))
    )
    found: dict[int, set[str]] = {}
    for number, name in session.execute(query):
        found.setdefault(number, set()).add(name)
    return found
