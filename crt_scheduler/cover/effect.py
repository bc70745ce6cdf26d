"""What it would change if somebody else took a place, in two or three short sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from crt_scheduler import times
from crt_scheduler.cover.place import Place, called, given_name, minutes_of
from solver.problem import CITY
from solver.wording import say_date, tr


def effect(place: Place, number: int, *, promise: str = "") -> str:
    """Return what it changes if the person with that number takes the place: languages, hours, whom to phone."""
    return " ".join([*_languages(place, number), _hours(place, number), *_phone(place, number, promise)])


def _languages(place: Place, number: int) -> Iterator[str]:
    if place.shift.area == CITY or place.seat.optional:
        return
    beside = {name for person in place.beside for name in person.languages}
    now = beside | set(place.who.languages if place.holder >= 0 else ())
    then = beside | set(place.problem.people[number].languages)
    for language in place.problem.languages:
        name = language.name
        if not language.each_area:
            continue
        if name in then:
            yield tr("{name} stays covered.", name=name) if name in now else tr("{name} is covered.", name=name)
        elif name in now:
            yield tr("Nobody on this shift speaks {name} any more.", name=name)


def _hours(place: Place, number: int) -> str:
    minutes = place.slot.end - place.slot.start
    after = times.hours_words(minutes_of(place.roster, number) + minutes)
    name = place.problem.people[number].name
    if place.holder < 0:
        return tr("{given_name} has {after} then.", given_name=given_name(name), after=after)
    taker, giver = called(name, place.who.name)
    return tr(
        "{taker} has {after}, {giver} {hours}.",
        taker=taker,
        after=after,
        giver=giver,
        hours=times.hours_words(minutes_of(place.roster, place.holder) - minutes),
    )


def _phone(place: Place, number: int, promise: str) -> Iterator[str]:
    if place.holder >= 0 and promise:
        giver = called(place.problem.people[number].name, place.who.name)[1]
        yield tr("Phone both: {giver} {promise}.", giver=giver, promise=promise)


def promise_words(state: str, told: dt.date | None) -> str:
    """Return what a holder was promised: was told on 28 April; nothing for a draft."""
    if state == "told":
        return tr("was told on {date}", date=say_date(told, "long day")) if told else tr("was told")
    return tr("has confirmed") if state in ("confirmed", "done") else ""
