"""How surely people answer: each person by hour of the day, shrunk towards the team.

Shrinking is empirical Bayes for shares: a beta prior whose weight is found by moments from how much people really
differ (J. C. Kleinman, "Proportions with extraneous variance", J. Am. Stat. Assoc. 68, 1973, 46-54; G. Casella,
"An introduction to empirical Bayes data analysis", Am. Stat. 39, 1985, 83-87).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Call, CallAnswer, Incident
from solver.wording import Sayings

BANDS = ("night", "morning", "afternoon", "evening")
BAND_WORDS = Sayings(
    {"night": "at night", "morning": "in the morning", "afternoon": "in the afternoon", "evening": "in the evening"}
)
"""Six hours each, midnight first."""
LEAST_WEIGHT, MOST_WEIGHT = 4.0, 200.0
"""Answers that the team's rate counts as beside a person's own, at the least and the most."""
STEP = 15
"""Minutes that no band, shift or change of the clock divides."""
MEMORY = dt.timedelta(days=365)
"""How far back answers count: people change."""


class Rate(msgspec.Struct, frozen=True):
    """How surely one person answers in a band of hours: the shrunk chance, and the answers it rests on."""

    chance: float
    accepted: int
    asked: int


class Rates(msgspec.Struct, frozen=True):
    """The team's chance by band, and each person's (row number, band) where something is known of them."""

    team: tuple[float, float, float, float]
    people: Mapping[tuple[int, int], Rate]

    def of(self, responder: int, band: int) -> Rate:
        """Return a person's rate in a band; the team's for somebody never asked then."""
        return self.people.get((responder, band)) or Rate(self.team[band], 0, 0)


def band_of(at: dt.datetime, zone: str) -> int:
    """Return the band of hours of a moment, as a place in BANDS."""
    return times.local(at, zone).hour // 6


class Said(NamedTuple):
    """One answer to a call for a team: whose (row number), when and what, and the area of the call."""

    call: int
    who: int
    at: dt.datetime
    answer: str
    area: int


def said(session: Session, *, hours: Collection[int] | None = None) -> list[Said]:
    """Return what people answered in the last year, or in some hours (UTC) of it, by time; a wrong number is left out.

    What an all-call was answered is no answer to a team's call.
    """
    query = (
        select(CallAnswer.call_id, CallAnswer.responder_id, CallAnswer.at, CallAnswer.answer, Incident.area_id)
        .join(Call, CallAnswer.call_id == Call.id)
        .join(Incident, Call.incident_id == Incident.id)
        .where(CallAnswer.answer != "wrong_number", Call.kind == "team", CallAnswer.at >= since(session))
        .order_by(CallAnswer.at)
    )
    if hours is not None:
        query = query.where(extract("hour", CallAnswer.at).in_(hours))
    return [Said(*row) for row in plain_rows(session, query)]


def rates(session: Session, *, band: int | None = None, known: Iterable[Said] | None = None) -> Rates:
    """Return how surely people answered in the last year: the last answer to each call, a wrong number left out.

    With a `band` only what was answered in it is looked at: it alone is then known. `known` is what was `said` in all,
    where it has been read already.
    """
    programme = programme_of(session)
    hours = None if band is None else _hours(band, programme.zone, times.minutes(since(session)) // 1440)
    told = said(session, hours=hours) if known is None else known
    last = {(one.call, one.who): (one.at, one.answer == "accepted") for one in told}
    counts: dict[tuple[int, int], list[int]] = {}
    found = bands_of([at for at, _ in last.values()], programme.zone)
    for ((_, who), (_, accepted)), each in zip(last.items(), found, strict=True):
        count = counts.setdefault((who, each), [0, 0])
        count[0] += accepted
        count[1] += 1
    return shrunk(counts, hand=programme.answer_chance)


@lru_cache
def _hours(band: int, zone: str, first: int) -> frozenset[int]:
    """Return the hours (UTC) that lie in a band on some day of the year from a day on (days since 1970)."""
    days = np.arange(first, first + 367, dtype=np.int64) * 1440
    minutes = (days[:, None] + np.arange(0, 1440, STEP)).ravel()
    return frozenset((minutes[_band_of(minutes, zone) == band] // 60 % 24).tolist())


def bands_of(moments: list[dt.datetime], zone: str) -> list[int]:
    """Return the band of each moment, as a place in BANDS."""
    found = _band_of(np.array([times.minutes(at) for at in moments], dtype=np.int64), zone)
    return [int(band) for band in found.tolist()]


def _band_of(minutes: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Return the band of each instant (minutes since 1970), as a place in BANDS."""
    return np.asarray(times.local_minutes(minutes, zone) % 1440 // 360, dtype=np.int64)


def parts(start: int, end: int, zone: str) -> tuple[float, ...]:
    """Return how a stretch of time (minutes since 1970) divides over BANDS."""
    ahead = times.steady_offset(start, end, zone)
    if ahead is not None:
        return _parts_by_clock((start + ahead) % 1440, end - start)
    return _shares(_band_of(np.arange(start, end, STEP, dtype=np.int64), zone))


@lru_cache(maxsize=1 << 10)
def _parts_by_clock(start: int, length: int) -> tuple[float, ...]:
    """Return `parts` of a stretch by the clock on the wall, in minutes of the day: a year has few such stretches."""
    return _shares(np.arange(start, start + length, STEP, dtype=np.int64) % 1440 // 360)


def _shares(bands: NDArray[np.int64]) -> tuple[float, ...]:
    counts = np.bincount(bands, minlength=len(BANDS))
    return tuple(float(part) for part in counts / counts.sum())


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


def since(session: Session) -> dt.datetime:
    """Return from when answers count: a year before the newest."""
    newest = session.scalar(select(func.max(CallAnswer.at)))
    return (newest or times.EPOCH + MEMORY) - MEMORY
