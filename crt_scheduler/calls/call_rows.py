"""Calls as frozen rows: what screens, the command line and reports get of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.tables import Area, Call, CallAnswer, CallResponder, Division, Incident, Responder
from solver.wording import tr

AT_ONCE = 500


class Went(NamedTuple):
    """One responder at a call, with times of their own."""

    code: str
    name: str
    role: str
    departed: dt.datetime | None
    arrived: dt.datetime | None
    cleared: dt.datetime | None
    home: dt.datetime | None

    @property
    def is_there(self) -> bool:
        """Have they arrived on scene and not left it?"""
        return self.arrived is not None and self.cleared is None and self.home is None


class Answered(msgspec.Struct, frozen=True):
    """What one responder answered, and when; `reason` of those who declined."""

    code: str
    name: str
    at: dt.datetime
    answer: str
    reason: str
    available: str


class CallRow(msgspec.Struct, frozen=True):
    """One call; `state` is open, on scene, clear or closed, `heard` when somebody on scene was last heard from."""

    id: int
    number: str
    case: int
    kind: str
    at: dt.datetime
    area: str
    division: str
    type: str
    agency: str
    unit: str
    notified: dt.datetime
    dispatched: dt.datetime | None
    on_scene: dt.datetime | None
    clear: dt.datetime | None
    closed: dt.datetime | None
    signed_by: str
    heard: dt.datetime | None
    scene: str
    language: str
    clergy_wanted: bool
    tradition: str
    consent: bool
    clergy_on_scene: dt.datetime | None
    served: int | None
    adults: int | None
    children: int | None
    services: tuple[str, ...]
    referrals: tuple[str, ...]
    follow_up_due: dt.date | None
    follow_up_done: dt.date | None
    hard: str
    safety_issue: bool
    responders: tuple[Went, ...]
    miles: tuple[tuple[str, float], ...]
    answers: tuple[Answered, ...]

    @property
    def state(self) -> str:
        """How far the call is: open, on scene, clear, closed."""
        if self.closed is not None:
            return "closed"
        if any(one.is_there for one in self.responders):
            return tr("on scene")
        if self.clear is not None:
            return "clear"
        return tr("on scene") if self.on_scene is not None else "open"

    @property
    def is_called_out(self) -> bool:
        """Is somebody on it?"""
        return bool(self.responders)

    def silent_since(self, now: dt.datetime, minutes: int) -> dt.datetime | None:
        """Return when somebody on scene was last heard from, if that is too long ago; else None."""
        if self.state != "on scene":
            return None
        last = self.last_word
        return last if last is not None and now - last >= dt.timedelta(minutes=minutes) else None

    @property
    def last_word(self) -> dt.datetime | None:
        """When whoever is on scene, clergy too, was last heard from: the longest silent of them; None: nobody is."""
        if self.state != "on scene":
            return None
        arrived = [one.arrived for one in self.responders if one.is_there and one.arrived is not None]
        since = min(arrived, default=self.on_scene)
        return max((moment for moment in (self.heard, since) if moment is not None), default=None)


def calls(session: Session, first: dt.date, last: dt.date) -> tuple[CallRow, ...]:
    """Return the calls that came in from first to last (local dates), oldest first."""
    zone = customs.zone_of(programme_of(session))
    begin = times.instant(first, dt.time(), zone)
    end = times.instant(last + dt.timedelta(days=1), dt.time(), zone)
    query = _query().where(Call.notified >= begin, Call.notified < end)
    return tuple(_rows(session, session.execute(query.order_by(Call.notified, Call.id)).all()))


def unfinished(session: Session) -> tuple[CallRow, ...]:
    """Return the calls that nobody has signed off, oldest first."""
    query = _query().where(Call.closed.is_(None)).order_by(Call.notified, Call.id)
    return tuple(_rows(session, session.execute(query).all()))


def running(session: Session) -> tuple[CallRow, ...]:
    """Return the calls that are going on: not signed off, and not clear or with somebody still there; oldest first."""
    gone = CallResponder
    there = select(gone.id).where(
        gone.call_id == Call.id, gone.arrived.is_not(None), gone.cleared.is_(None), gone.home.is_(None)
    )
    query = _query().where(Call.closed.is_(None), Call.clear.is_(None) | there.exists())
    query = query.order_by(Call.notified, Call.id)
    return tuple(_rows(session, session.execute(query).all()))


def call(session: Session, call_id: int) -> CallRow:
    """Return one call; raises CrtError if there is none."""
    found = list(_rows(session, session.execute(_query().where(Call.id == call_id)).all()))
    if not found:
        raise CrtError(tr("That call is gone from the records. Choose another one."))
    return found[0]


def _query() -> Any:
    incident = (Incident.at, Area.name, Division.name, Incident.type, Incident.agency)
    return (
        select(Call, *incident)
        .join(Incident, Call.incident_id == Incident.id)
        .join(Area, Incident.area_id == Area.id)
        .outerjoin(Division, Incident.division_id == Division.id)
    )


def _rows(session: Session, found: Sequence[Any]) -> Iterator[CallRow]:
    numbers = [row[0].id for row in found]
    went, miles, said = _went(session, numbers), _miles(session, numbers), _answers(session, numbers)
    for row, at, area, division, kind, agency in found:
        yield CallRow(
            id=row.id, number=row.number, case=row.case, kind=row.kind, at=at, area=area, division=division or "",
            type=kind, agency=agency, unit=row.unit, notified=row.notified, dispatched=row.dispatched,
            on_scene=row.on_scene, clear=row.clear, closed=row.closed, signed_by=row.signed_by, heard=row.heard,
            scene=row.scene, language=row.language, clergy_wanted=row.clergy_wanted, tradition=row.tradition,
            consent=row.consent, clergy_on_scene=row.clergy_on_scene, served=row.served, adults=row.adults,
            children=row.children, services=tuple(row.services), referrals=tuple(row.referrals),
            follow_up_due=row.follow_up_due, follow_up_done=row.follow_up_done, hard=row.hard,
            safety_issue=row.safety_issue, responders=tuple(went.get(row.id, ())),
            miles=tuple(miles.get(row.id, ())), answers=tuple(said.get(row.id, ())),
        )  # fmt: skip


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[n : n + AT_ONCE] for n in range(0, len(numbers), AT_ONCE))


def _went(session: Session, numbers: list[int]) -> dict[int, list[Went]]:
    """Return who went to each call, lead first."""
    gone, who = CallResponder, Responder
    found: dict[int, list[Went]] = {}
    for part in _parts(numbers):
        columns = (gone.call_id, who.code, who.name, gone.role, gone.departed, gone.arrived, gone.cleared, gone.home)
        query = select(*columns).join(who, gone.responder_id == who.id).where(gone.call_id.in_(part))
        ordered = query.order_by(gone.role != "lead", gone.role == "clergy", gone.id)
        for number, *values in session.execute(ordered).all():
            found.setdefault(number, []).append(Went._make(values))
    return found


def _miles(session: Session, numbers: list[int]) -> dict[int, list[tuple[str, float]]]:
    gone = CallResponder
    found: dict[int, list[tuple[str, float]]] = {}
    for part in _parts(numbers):
        query = select(gone.call_id, Responder.code, gone.miles).join(Responder, gone.responder_id == Responder.id)
        for number, code, miles in session.execute(query.where(gone.call_id.in_(part), gone.miles.is_not(None))):
            found.setdefault(number, []).append((code, miles or 0.0))
    return found


def _answers(session: Session, numbers: list[int]) -> dict[int, list[Answered]]:
    said, who = CallAnswer, Responder
    found: dict[int, list[Answered]] = {}
    for part in _parts(numbers):
        columns = (said.call_id, who.code, who.name, said.at, said.answer, said.reason, said.available)
        query = select(*columns).join(who, said.responder_id == who.id).where(said.call_id.in_(part))
        for number, code, name, at, answer, reason, available in session.execute(query.order_by(said.at, said.id)):
            found.setdefault(number, []).append(Answered(code, name, at, answer, reason, available))
    return found
