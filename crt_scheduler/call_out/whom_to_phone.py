"""The call-out: whom to phone for a call, best first, each place with its reason, and who is left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler.call_out.answer_rates import BAND_WORDS, BANDS, Rate, Rates, band_of
from crt_scheduler.call_out.scene import Person, Scene, people_of, scene_of
from crt_scheduler.call_words import clock_words
from crt_scheduler.calls import call_rows
from crt_scheduler.calls.call_values import ANY_FAITH
from crt_scheduler.calls.on_shift import Duty
from solver.wording import tr

GROUPS = ("on shift", "backup", "neighbour", "others")
TOLD = 3
"""Answers in a band of hours from which a person's own rate is told."""


@dataclass(frozen=True)
class Place:
    """One person to phone: of which group (GROUPS), why here, and what they answered to this call last."""

    code: str
    name: str
    role: str
    group: str
    area: str
    reason: str
    phone: str
    phone_words: str
    chance: float
    answer: str = ""
    answered: dt.datetime | None = None


@dataclass(frozen=True)
class LeftOut:
    """Somebody who would be on the list, and why they are not."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class CallOut:
    """Whom to call out for a call at a moment: the team's places and the clergy's, best first."""

    call: int
    at: dt.datetime
    team: tuple[Place, ...]
    clergy: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]


def call_out(
    session: Session, call_id: int, *, now: dt.datetime, everyone: bool = False, learnt: Rates | None = None
) -> CallOut:
    """Return whom to call out now: those on shift there, backup, neighbours on shift, and with `everyone` all others.

    An all-call asks everyone. Nobody is named who is at another call, stands down, is unavailable, or lacks a
    credential. `learnt` are answer rates already known.
    """
    call = call_rows.call(session, call_id)
    people = people_of(session)
    scene = scene_of(session, call, now, people, everyone=everyone or call.kind == "all_call", learnt=learnt)
    found: list[tuple[Any, Place]] = []
    left_out: list[LeftOut] = []
    for who in people.values():
        placed = _group(scene, who)
        if placed is None:
            continue
        group, duty = placed
        why_not = _why_not(scene, who, group)
        if why_not == "has left the team":
            continue
        if why_not:
            left_out.append(LeftOut(who.code, who.name, f"{who.name} {_is(why_not)}."))
        else:
            found.append((_rank(scene, who, group, duty), _place(scene, who, group, duty)))
    ranked = [place for _, place in sorted(found, key=lambda pair: pair[0])]
    return CallOut(
        call=call_id,
        at=now,
        team=tuple(place for place in ranked if place.role != "clergy"),
        clergy=tuple(place for place in ranked if place.role == "clergy"),
        left_out=tuple(sorted(left_out, key=lambda one: one.name)),
    )


def _is(why: str) -> str:
    """Return what keeps somebody off as the rest of a sentence about them."""
    return (
        tr("is {why}", why=why)
        if why.startswith(("at ", "on "))
        else tr("cannot: {why}", why=why)
        if "expired" in why
        else why
    )


def _group(scene: Scene, who: Person) -> tuple[int, Duty | None] | None:
    """Return which group somebody is asked in, as a place in GROUPS, with their duty then; None: they are not asked."""
    if who.kind == "clergy" and not scene.call.clergy_wanted:
        return None
    running = [duty for duty in scene.duties.get(who.id, ()) if duty.start <= scene.at < duty.end]
    placed = [(_group_of(scene, who, duty), duty) for duty in running]
    known = [(group, duty) for group, duty in placed if group is not None]
    if known:
        group, duty = min(known, key=lambda pair: (pair[0], pair[1].start))
        return group, duty
    if not scene.everyone:
        return None
    return len(GROUPS) - 1, (running[0] if running else None)


def _group_of(scene: Scene, who: Person, duty: Duty) -> int | None:
    if duty.area in (scene.area, None) and duty.tier == "backup":
        return 1
    if duty.area == scene.area or (duty.area is None and who.kind == "clergy"):
        return 0
    if duty.area is None:  # the city's duty lead steps in where the area's own people do not answer
        return 1
    return 2 if duty.area in scene.near else None


def _why_not(scene: Scene, who: Person, group: int) -> str:
    """Return what keeps somebody off the list; nothing where they can be called."""
    if who.id in scene.off:
        return scene.off[who.id]
    role = _role(scene, who)
    missing = sorted(scene.wanted.get(role, frozenset()) - scene.held.get(who.id, set()))
    if missing:
        return tr("has no valid {missing}", missing=missing[0])
    if who.kind == "clergy" and not _serves(scene, who):
        return tr(
            "serves {names}, not {tradition}",
            names=", ".join(who.traditions) or "no tradition on record",
            tradition=scene.call.tradition,
        )
    if GROUPS[group] == "others":
        return _resting(scene, who)
    return ""


def _serves(scene: Scene, who: Person) -> bool:
    wanted = scene.call.tradition
    return not wanted or wanted in who.traditions or ANY_FAITH in who.traditions


def _resting(scene: Scene, who: Person) -> str:
    """Say that somebody off shift rests after a duty that has just ended."""
    rest = scene.rest.get(who.kind, dt.timedelta())
    ended = [duty.end for duty in scene.duties.get(who.id, ()) if scene.at - rest < duty.end <= scene.at]
    if not ended:
        return ""
    until = clock_words(max(ended) + rest, scene.zone, beside=scene.at)
    return tr("rests after a shift until {until}", until=until)


def _role(scene: Scene, who: Person) -> str:
    return "clergy" if who.kind == "clergy" else who.role


def _rank(scene: Scene, who: Person, group: int, duty: Duty | None) -> tuple[Any, ...]:
    """Return what the list is sorted by: group, tradition, debrief, lead, language, home area, load, rate of answers.

    Who owes a debrief goes after everyone of the group, who has had much of late after their like.
    """
    role = _role(scene, who)
    order = ("lead", "responder", "clergy", "trainee").index(role)
    speaks = bool(scene.call.language) and scene.call.language in who.languages
    own_faith = bool(scene.call.tradition) and scene.call.tradition in who.traditions
    chance = _rate(scene, who).chance
    is_near = who.area == scene.area or who.area in scene.near
    return (
        group, not own_faith, who.id in scene.owing, order, not speaks,
        group == len(GROUPS) - 1 and (who.area != scene.area, not is_near), who.code in scene.exposed,
        -round(chance, 6), who.code,
    )  # fmt: skip


def _rate(scene: Scene, who: Person) -> Rate:
    return scene.rates.of(who.id, band_of(scene.at, scene.zone))


def _place(scene: Scene, who: Person, group: int, duty: Duty | None) -> Place:
    phone, phone_words = scene.phones.of(who.code)
    said = [answer for answer in scene.call.answers if answer.code == who.code]
    on_it = {went.code for went in scene.call.responders}
    return Place(
        code=who.code,
        name=who.name,
        role=_role(scene, who),
        group=GROUPS[group],
        area=scene.areas.get(who.area, "") if who.area else "",
        reason=". ".join((", ".join(_reasons(scene, who, group, duty)), *_rate_words(scene, who))) + ".",
        phone=phone,
        phone_words=phone_words,
        chance=round(_rate(scene, who).chance, 4),
        answer=said[-1].answer if said else "accepted" if who.code in on_it else "",
        answered=said[-1].at if said else None,
    )


def _reasons(scene: Scene, who: Person, group: int, duty: Duty | None) -> Iterable[str]:
    until = tr(" until {clock}", clock=clock_words(duty.end, scene.zone, beside=scene.at)) if duty else ""
    here = scene.areas[duty.area] if duty and duty.area else tr("the city")
    yield {
        "on shift": tr("On shift in {here}{until}", here=here, until=until),
        "backup": tr("Backup for {here}{until}", here=here, until=until)
        if duty and duty.tier
        else tr("Duty lead for {here}{until}", here=here, until=until),
        "neighbour": tr("Neighbour {here}, on shift{until}", here=here, until=until),
        "others": tr("On shift in {here}{until}", here=here, until=until) if duty else _home_words(scene, who),
    }[GROUPS[group]]
    role = _role(scene, who)
    if role == "lead":
        yield tr("a lead")
    if role == "trainee":
        yield tr("a trainee, beside a lead only")
    if scene.call.language and scene.call.language in who.languages:
        yield tr("speaks {language}", language=scene.call.language)
    if role == "clergy" and scene.call.tradition:
        yield scene.call.tradition if scene.call.tradition in who.traditions else tr("serves any faith")
    if who.id in scene.owing:
        yield tr("owes a debrief, so others first")
    if who.code in scene.exposed:
        yield tr("went to {exposed}, so others first", exposed=scene.exposed[who.code])


def _home_words(scene: Scene, who: Person) -> str:
    if who.area is None:
        return tr("Off shift")
    return tr("Off shift, lives in {areas}", areas=scene.areas[who.area])


def _rate_words(scene: Scene, who: Person) -> Iterable[str]:
    rate = _rate(scene, who)
    if rate.asked >= TOLD:
        band = BANDS[band_of(scene.at, scene.zone)]
        when = BAND_WORDS[band]
        yield tr("Accepted {accepted} of {asked} calls {when}", accepted=rate.accepted, asked=rate.asked, when=when)
