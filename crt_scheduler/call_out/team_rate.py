"""How surely a full team answers, in all and by band of hours, and what the plan counts with for it and each person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler.call_out.answer_rates import BANDS, Said, bands_of, rates, said, since
from crt_scheduler.kept import kept
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Assignment, CallAnswer, Programme, Shift

HAND_WEIGHT = 40.0
"""Calls that the rate set by hand counts as beside the log."""
ENOUGH = 30
"""Calls with a pair asked from which the log moves the plan's rate."""
PAIR = 2
Held = dict[tuple[int, int | None], list[tuple[dt.datetime, dt.datetime]]]
"""Stretches on shift, by person and area."""
LONGEST = dt.timedelta(days=3)
"""Days that lie surely before the date of any shift that still runs: a shift and a zone take less than two."""


class TeamRate(msgspec.Struct, frozen=True):
    """How surely a full team answers: the chance the plan counts with, and the calls it rests on."""

    chance: float
    answered: int
    asked: int
    by_hand: float
    bands: tuple[float, ...]
    """The chance in each of BANDS, shrunk towards the whole."""

    @property
    def is_learnt(self) -> bool:
        """Does the log move the rate?"""
        return self.asked >= ENOUGH


def team_rate(session: Session, known: Iterable[Said] | None = None) -> TeamRate:
    """Return how surely a team on shift answers: calls where a pair of the area's shift was asked and both came.

    The rate set by hand stands alone until ENOUGH calls are logged, then counts as HAND_WEIGHT calls beside them.
    `known` is what was `said` in the last year, where it has been read already.
    """
    hand = programme_of(session).answer_chance
    last: dict[int, dict[int, bool]] = {}
    when: dict[int, dt.datetime] = {}
    for one in _on_shift(session, said(session) if known is None else known):
        last.setdefault(one.call, {})[one.who] = one.answer == "accepted"
        when.setdefault(one.call, one.at)
    pairs = {call: sum(came.values()) >= PAIR for call, came in last.items() if len(came) >= PAIR}
    answered, asked = sum(pairs.values()), len(pairs)
    if asked < ENOUGH:
        return TeamRate(hand, answered, asked, hand, (hand,) * len(BANDS))
    chance = _weighed(hand, list(pairs.values()))
    found: list[list[bool]] = [[] for _ in BANDS]
    moments = [when[call] for call in pairs]
    for came, band in zip(pairs.values(), bands_of(moments, programme_of(session).zone), strict=True):
        found[band].append(came)
    return TeamRate(round(chance, 6), answered, asked, hand, tuple(round(_weighed(chance, each), 6) for each in found))


def _weighed(before: float, came: list[bool]) -> float:
    """Return a chance known before, moved by what came: it counts as HAND_WEIGHT calls beside them."""
    return (HAND_WEIGHT * before + sum(came)) / (HAND_WEIGHT + len(came))


class Answering(msgspec.Struct, frozen=True):
    """How surely teams answer, in all and by band, and a factor per band for who is above or below the team.

    `factors` is by row number of the person.
    """

    usual: float
    bands: tuple[float, ...]
    factors: Mapping[int, tuple[float, ...]]

    def chance(self, parts: tuple[float, ...]) -> float:
        """Return the chance that a team answers in a stretch that divides so over the bands."""
        return round(sum(part * chance for part, chance in zip(parts, self.bands, strict=True)), 6)


def by_hand(programme: Programme) -> Answering:
    """Return how surely teams answer as set by hand, whatever the log says."""
    return Answering(programme.answer_chance, (programme.answer_chance,) * len(BANDS), {})


def answering(session: Session) -> Answering:
    """Return how surely teams and people answer, as the plan counts with it: as set by hand until the log teaches."""
    newest = session.scalar(select(func.max(CallAnswer.at)))
    after = None if newest is None else newest.date() + dt.timedelta(days=2)
    rests_on = frozenset({"call_answer", "call", "incident", "programme"})
    return kept(session, "answering", rests_on, lambda: _answering(session), duties_before=after)


def _answering(session: Session) -> Answering:
    told = said(session)
    team = team_rate(session, told)
    if not team.is_learnt:
        return Answering(team.chance, team.bands, {})
    known = rates(session, known=told)
    people = sorted({who for who, _ in known.people})
    factors = {
        who: tuple(round(known.of(who, band).chance / known.team[band], 4) for band in range(len(BANDS)))
        for who in people
    }
    return Answering(team.chance, team.bands, factors)


def _on_shift(session: Session, told: Iterable[Said]) -> Iterator[Said]:
    """Yield what those on shift in the area of a call answered to it.

    Whose duty it was is looked up here: to ask the database for it answer by answer takes a second after ten years.
    """
    held = _duties(session, since(session))
    for one in told:
        if any(start <= one.at < end for start, end in held.get((one.who, one.area), ())):
            yield one


def _duties(session: Session, begin: dt.datetime) -> Held:
    """Return the stretches on shift that ended after an instant, by person and area."""
    query = (
        select(Assignment.responder_id, Shift.area_id, Shift.start, Shift.end)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= begin.date() - LONGEST, Shift.end > begin, Shift.area_id.is_not(None))
    )
    found: Held = {}
    for who, area, start, end in plain_rows(session, query):
        found.setdefault((who, area), []).append((start, end))
    return found
