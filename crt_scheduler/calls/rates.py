"""How surely people answer: each person by hour of the day, shrunk towards the team; and what that means for the plan.

Shrinking is empirical Bayes for shares: a beta prior whose weight is found by moments from how much people really
differ (J. C. Kleinman, "Proportions with extraneous variance", J. Am. Stat. Assoc. 68, 1973, 46-54; G. Casella,
"An introduction to empirical Bayes data analysis", Am. Stat. 39, 1985, 83-87).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Assignment, Call, CallAnswer, Incident, Shift

BANDS = ("night", "morning", "afternoon", "evening")
"""Six hours each, midnight first."""
LEAST_WEIGHT, MOST_WEIGHT = 4.0, 200.0
"""Answers that the team's rate counts as beside a person's own, at the least and the most."""
HAND_WEIGHT = 40.0
"""Calls that the rate set by hand counts as beside the log."""
ENOUGH = 30
"""Calls with a pair asked from which the log moves the plan's rate."""
PAIR = 2
MEMORY = dt.timedelta(days=365)
"""How far back answers count: people change."""


@dataclass(frozen=True)
class Rate:
    """How surely one person answers in a band of hours: the shrunk chance, and the answers it rests on."""

    chance: float
    accepted: int
    asked: int


@dataclass(frozen=True)
class Rates:
    """The team's chance by band, and each person's (row number, band) where something is known of them."""

    team: tuple[float, float, float, float]
    people: Mapping[tuple[int, int], Rate]

    def of(self, responder: int, band: int) -> Rate:
        """Return a person's rate in a band; the team's for somebody never asked then."""
        return self.people.get((responder, band)) or Rate(self.team[band], 0, 0)


def band_of(at: dt.datetime, zone: str) -> int:
    """Return the band of hours of a moment, as a place in BANDS."""
    return times.local(at, zone).hour // 6


def rates(session: Session) -> Rates:
    """Return how surely people answered in the last year: the last answer to each call, a wrong number left out."""
    programme = programme_of(session)
    query = (
        select(CallAnswer.call_id, CallAnswer.responder_id, CallAnswer.at, CallAnswer.answer)
        .join(Call, CallAnswer.call_id == Call.id)
        .where(CallAnswer.answer != "wrong_number", Call.kind == "team", CallAnswer.at >= _since(session))
        .order_by(CallAnswer.at)
    )
    last = {(call, who): (at, said == "accepted") for call, who, at, said in session.execute(query)}
    counts: dict[tuple[int, int], list[int]] = {}
    bands = _bands([at for at, _ in last.values()], programme.zone)
    for ((_, who), (_, accepted)), band in zip(last.items(), bands, strict=True):
        count = counts.setdefault((who, band), [0, 0])
        count[0] += accepted
        count[1] += 1
    return shrunk(counts, hand=programme.answer_chance)


def _bands(moments: list[dt.datetime], zone: str) -> list[int]:
    minutes = np.array([times.minutes(at) for at in moments], dtype=np.int64)
    return [int(band) for band in times.local_minutes(minutes, zone) % 1440 // 360]


def shrunk(counts: Mapping[tuple[int, int], list[int]], *, hand: float) -> Rates:
    """Return rates from counts of (accepted, asked) by (person, band); `hand` is the rate without any."""
    team = []
    people: dict[tuple[int, int], Rate] = {}
    for band in range(len(BANDS)):
        mine = {who: count for (who, each), count in counts.items() if each == band}
        accepted, asked = (sum(count[n] for count in mine.values()) for n in (0, 1))
        mean = (LEAST_WEIGHT * hand + accepted) / (LEAST_WEIGHT + asked)
        team.append(mean)
        weight = weight_of([(count[0], count[1]) for count in mine.values()], mean)
        for who, (said, of) in mine.items():
            people[who, band] = Rate((weight * mean + said) / (weight + of), said, of)
    return Rates((team[0], team[1], team[2], team[3]), people)


def weight_of(counts: list[tuple[int, int]], mean: float) -> float:
    """Return how many answers the team's mean counts as: few where people differ much, many where they are alike."""
    asked = np.array([of for _, of in counts], dtype=float)
    if asked.size < 2 or asked.sum() <= asked.size or not 0 < mean < 1:
        return MOST_WEIGHT
    shares = np.array([said / of for said, of in counts])
    spread = float((asked * (shares - mean) ** 2).sum())
    alike = mean * (1 - mean)
    total, square = float(asked.sum()), float((asked**2).sum())
    # E[spread] = alike * ((1 - r) * (n - 1) + r * (total - square / total)), r the part by which people differ
    groups = asked.size - 1
    room = total - square / total - groups
    differ = (spread / alike - groups) / room if room > 0 else 0.0
    if differ <= 0:
        return MOST_WEIGHT
    return min(MOST_WEIGHT, max(LEAST_WEIGHT, 1 / min(differ, 1.0) - 1))


@dataclass(frozen=True)
class TeamRate:
    """How surely a full team answers: the chance the plan counts with, and the calls it rests on."""

    chance: float
    answered: int
    asked: int
    by_hand: float

    @property
    def is_learnt(self) -> bool:
        """Does the log move the rate?"""
        return self.asked >= ENOUGH


def team_rate(session: Session) -> TeamRate:
    """Return how surely a team on shift answers: calls where a pair of the area's shift was asked and both came.

    The rate set by hand stands alone until ENOUGH calls are logged, then counts as HAND_WEIGHT calls beside them.
    """
    hand = programme_of(session).answer_chance
    since = _since(session)
    query = (
        select(CallAnswer.call_id, CallAnswer.responder_id, CallAnswer.at, CallAnswer.answer, Incident.area_id)
        .join(Call, CallAnswer.call_id == Call.id)
        .join(Incident, Call.incident_id == Incident.id)
        .where(Call.kind == "team", CallAnswer.answer != "wrong_number", CallAnswer.at >= since)
        .order_by(CallAnswer.at)
    )
    said = session.execute(query).all()
    duties = _duties(session, since) if len(said) >= PAIR * ENOUGH else {}
    last: dict[int, dict[int, bool]] = {}
    for call, who, at, answer, area in said:
        if any(start <= at < end for start, end in duties.get((who, area), ())):
            last.setdefault(call, {})[who] = answer == "accepted"
    pairs = [sum(came.values()) >= PAIR for came in last.values() if len(came) >= PAIR]
    answered, asked = sum(pairs), len(pairs)
    chance = (HAND_WEIGHT * hand + answered) / (HAND_WEIGHT + asked) if asked >= ENOUGH else hand
    return TeamRate(round(chance, 6), answered, asked, hand)


def _since(session: Session) -> dt.datetime:
    """Return from when answers count: a year before the newest."""
    newest = session.scalar(select(func.max(CallAnswer.at)))
    return (newest or times.EPOCH + MEMORY) - MEMORY


def _duties(session: Session, since: dt.datetime) -> dict[tuple[int, int], list[tuple[dt.datetime, dt.datetime]]]:
    """Return from when until when each responder was on shift in each area."""
    query = (
        select(Assignment.responder_id, Shift.area_id, Shift.start, Shift.end)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= since.date() - dt.timedelta(days=2), Shift.area_id.is_not(None))
    )
    found: dict[tuple[int, int], list[tuple[dt.datetime, dt.datetime]]] = {}
    for who, area, start, end in session.execute(query):
        found.setdefault((who, area or 0), []).append((start, end))
    return found
