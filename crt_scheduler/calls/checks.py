"""What is wrong with a call as filled in, field by field, in sentences that say what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, times
from crt_scheduler.call_words import future_fault, listed, order_fault
from crt_scheduler.calls.call_values import (
    AGENCIES,
    ANY_FAITH,
    KINDS,
    REFERRALS,
    SCENES,
    SERVICES,
    TRADITIONS,
    TYPES,
    CallDraft,
)
from crt_scheduler.errors import Fault, Refused
from crt_scheduler.programmes import area_ids, customs, division_ids, programme_of
from crt_scheduler.tables import Area, Call, Division, Incident, Responder, WantedLanguage
from solver.wording import Sayings, tr

_NUMBER = re.compile(r"(?=.*\d)(?!.*[A-Za-z]{5})[A-Za-z0-9-]{1,20}\Z")
_UNIT = re.compile(r"(?=.*\d)(?!.*[A-Za-z]{5})[A-Za-z0-9-]{1,8}\Z")
"""No five letters in a row: a number and a call sign are told apart from a name."""
_ORDER = ("at", "notified", "dispatched", "on_scene", "clear")
_NAMES = Sayings({
    "at": "The incident", "notified": "Notified", "dispatched": "Called out", "on_scene": "On scene", "clear": "Clear",
    "clergy_on_scene": "Clergy on scene",
})  # fmt: skip
MOST_SERVED = 10_000
FEW = 9
"""Choices up to which all of them are named."""


def faults(session: Session, draft: CallDraft, *, now: dt.datetime, call_id: int | None = None) -> dict[str, str]:
    """Return what is wrong by field, the first thing of each; nothing where the call can be logged as it is.

    `call_id` is the call that is being amended.
    """
    found: dict[str, str] = {}
    for field, sentence in (
        *_number(session, draft, call_id), *_place(session, draft), *_lists(session, draft),
        *_times(draft, now, customs.zone_of(programme_of(session)), is_amended=call_id is not None), *_counts(draft),
    ):  # fmt: skip
        found.setdefault(field, sentence)
    return found


def refuse(session: Session, draft: CallDraft, *, now: dt.datetime, call_id: int | None = None) -> None:
    """Raise Refused with what is wrong, the first thing of each field."""
    wrong = faults(session, draft, now=now, call_id=call_id)
    if wrong:
        raise Refused(*(Fault(field, sentence) for field, sentence in wrong.items()))


def _number(session: Session, draft: CallDraft, call_id: int | None) -> Iterator[tuple[str, str]]:
    if draft.number and not _NUMBER.match(draft.number):
        yield "number", tr("An incident number has digits, letters and dashes only. Type it as 27-0031.")
    if call_id is not None:
        yield from _other_number(session, draft, call_id)
    same = call_numbers.is_same(Call.number, draft.number)
    there = session.scalars(select(Call.id).where(same)).all() if draft.number else ()
    if there and call_id is None and not draft.another_case:
        yield (
            "number",
            tr(
                "{number} is logged already. Take the next free number, or log another case of it.", number=draft.number
            ),
        )
    if draft.another_case and not there and call_id is None:
        yield (
            "number",
            tr("No call has the number {number}. Type the number of the first case.", number=draft.number or "(none)"),
        )


def _other_number(session: Session, draft: CallDraft, call_id: int) -> Iterator[tuple[str, str]]:
    """What is wrong with the number that a logged call is to have instead."""
    row = session.get_one(Call, call_id)
    if not draft.number:
        yield "number", tr("A call keeps its number. Type it, such as {number}.", number=row.number)
    if draft.number in ("", row.number):
        return
    others = session.scalar(select(Call.id).where(Call.incident_id == row.incident_id, Call.id != row.id).limit(1))
    taken = select(Incident.id).where(Incident.id != row.incident_id)
    own = call_numbers.is_same(Incident.number, draft.number)
    taken = taken.where(own | call_numbers.is_same(Incident.key, draft.number, prefix="n:"))
    if others is not None:
        yield "number", tr("{number} has several cases, which keep it. Leave the number as it is.", number=row.number)
    elif session.scalar(taken.limit(1)) is not None:
        yield "number", tr("{number} is another incident's. Choose a number that is free.", number=draft.number)


def _place(session: Session, draft: CallDraft) -> Iterator[tuple[str, str]]:
    areas = area_ids(session)
    area = areas.get(draft.area.casefold())
    division = division_ids(session).get(draft.division.casefold()) if draft.division else None
    if draft.division and division is None:
        yield "division", tr("No division is called {division!r}. Choose one of the list.", division=draft.division)
    if area is None and (draft.area or division is None) and not draft.another_case:
        names = session.scalars(select(Area.name).order_by(Area.id)).all()
        said = tr("No area is called {area!r}.", area=draft.area) if draft.area else tr("A call needs its area.")
        yield "area", tr("{said} Choose one of: {listed}.", said=said, listed=listed(list(names)))
    if draft.another_case:
        yield from _other_place(session, draft)
    if area is not None and division is not None and division[1] != area:
        where = session.get_one(Area, division[1]).name
        yield (
            "division",
            tr(
                "{division} lies in {where}. Choose that area, or another division.",
                division=draft.division,
                where=where,
            ),
        )


def _other_place(session: Session, draft: CallDraft) -> Iterator[tuple[str, str]]:
    """What is typed of a further case that its incident says otherwise."""
    query = (
        select(Area.name, Incident.type, Incident.agency, Division.name)
        .join(Area, Incident.area_id == Area.id)
        .outerjoin(Division, Incident.division_id == Division.id)
        .where(call_numbers.is_same(Incident.number, draft.number))
    )
    known = session.execute(query.limit(1)).first()
    for name, held in zip(("area", "type", "agency", "division"), known or (), strict=False):
        said = getattr(draft, name)
        if said and said.casefold() != (held or "").casefold():
            told = (
                tr("{number} has the {name} {held}", number=draft.number, name=name, held=held)
                if held
                else tr("{number} names no {name}", number=draft.number, name=name)
            )
            yield (
                name,
                tr("{told}. A further case is of the same incident: leave it out, or take another number.", told=told),
            )


def _lists(session: Session, draft: CallDraft) -> Iterator[tuple[str, str]]:
    lists: tuple[tuple[str, str, str, Iterable[str]], ...] = (
        ("kind", draft.kind, tr("kind of call-out"), KINDS),
        ("type", draft.type, "type", types(session) if draft.type not in ("", *TYPES) else TYPES),
        ("agency", draft.agency, "agency", agencies(session) if draft.agency not in ("", *AGENCIES) else AGENCIES),
        ("scene", draft.scene, "scene", SCENES),
        ("language", draft.language, "language", languages(session) if draft.language else ()),
        ("tradition", draft.tradition, "tradition", traditions(session) if draft.tradition else ()),
        *(("services", word, "service", SERVICES) for word in draft.services),
        *(("referrals", word, "referral", REFERRALS) for word in draft.referrals),
    )
    for field, word, noun, allowed in lists:
        if word and word not in allowed:
            yield (
                field,
                tr("{word!r} is no {noun} of the list. {choose}", word=word, noun=noun, choose=_choose(tuple(allowed))),
            )
    if not draft.type and not draft.another_case:
        yield "type", tr("A call needs its type. Type its first letters, such as hom.")
    if draft.unit and not _UNIT.match(draft.unit):
        yield "unit", tr("A unit is a call sign with digits and letters only. Type it as 2A47.")
    if draft.tradition and not draft.clergy_wanted:
        yield "tradition", tr("Tick that the family asked for clergy, or leave the tradition out.")
    if draft.tradition and not draft.consent:
        yield "consent", tr("A tradition is kept only with the family's consent. Ask, and tick it; or leave it out.")


def _choose(allowed: tuple[str, ...]) -> str:
    few = tr("Choose one of: {listed}.", listed=listed(allowed))
    return (
        few if len(allowed) <= FEW else tr("Type the first letters of one, such as {allowed}.", allowed=allowed[0][:3])
    )


def _times(draft: CallDraft, now: dt.datetime, zone: times.Zone, *, is_amended: bool) -> Iterator[tuple[str, str]]:
    for name in ("at", "notified") if is_amended else ():
        if getattr(draft, name) is None:
            yield name, tr("A call keeps its time: {names}. Type it as 0213.", names=_within(_NAMES[name]))
    order = _ORDER[1:] if draft.at == draft.notified else _ORDER
    known = [(name, getattr(draft, name)) for name in order if getattr(draft, name) is not None]
    for name, moment in (*known, ("clergy_on_scene", draft.clergy_on_scene)):
        if words := future_fault(_NAMES[name], moment, now, zone):
            yield name, words
    for (before, earlier), (after, later) in pairwise(known):
        said = _within(_NAMES[before])
        if words := order_fault(said, earlier, _NAMES[after], later, zone):
            yield after, words
    came = times.local(draft.notified, zone).date() if draft.notified else None
    for name, words in (("follow_up_due", "due"), ("follow_up_done", "done")):
        date = getattr(draft, name)
        if date is not None and came is not None and date < came:
            yield name, tr("The follow-up cannot be {words} before the call. Type a later date.", words=words)
    if draft.follow_up_done is not None and draft.follow_up_done > times.local(now, zone).date():
        yield "follow_up_done", tr("That day has not come yet. Type the day it was done.")


def _within(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _counts(draft: CallDraft) -> Iterator[tuple[str, str]]:
    for name in ("served", "adults", "children"):
        value = getattr(draft, name)
        if value is not None and not 0 <= value <= MOST_SERVED:
            yield name, tr("Type how many people, from 0 to {most_served:,}.", most_served=MOST_SERVED)
    apart = (draft.adults or 0) + (draft.children or 0)
    if draft.served is not None and draft.served < apart:
        yield (
            "served",
            tr(
                "{apart} adults and children are more than {served} served. Correct one of them.",
                apart=apart,
                served=draft.served,
            ),
        )


def types(session: Session) -> tuple[str, ...]:
    """Return the types of incident there are: the usual ones, then others that the log holds."""
    return _with(TYPES, session.scalars(select(Incident.type).distinct()))


def agencies(session: Session) -> tuple[str, ...]:
    """Return who asks for the team: the usual agencies, then others that the log holds."""
    return _with(AGENCIES, session.scalars(select(Incident.agency).distinct()))


def languages(session: Session) -> tuple[str, ...]:
    """Return the languages a family may speak: English, those the programme wants, those the team speaks."""
    wanted = session.scalars(select(WantedLanguage.name).order_by(WantedLanguage.id)).all()
    spoken = {name for names in session.scalars(select(Responder.languages)) for name in names}
    return _with(("English", *wanted), spoken)


def traditions(session: Session) -> tuple[str, ...]:
    """Return the traditions a family may ask for: the usual ones and those the clergy serve."""
    served = {name for names in session.scalars(select(Responder.traditions)) for name in names}
    return _with(TRADITIONS, served - {ANY_FAITH})


def _with(usual: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    return (*usual, *sorted(name for name in set(others) - set(usual) if name))


def divisions(session: Session) -> tuple[tuple[str, str], ...]:
    """Return each division's name with its area's."""
    query = select(Division.name, Area.name).join(Area, Division.area_id == Area.id).order_by(Area.id, Division.id)
    return tuple((division, area) for division, area in session.execute(query))
