"""Exposure: how many responses and hard calls each responder went to lately, beside a soft cap. For care, no score."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Call, CallResponder, Responder
from solver.wording import counted, tr

SHORT, LONG = dt.timedelta(days=30), dt.timedelta(days=90)


@dataclass(frozen=True)
class Exposure:
    """One person's responses and hard calls in the last 30 and 90 days; `why` says which soft cap is passed.

    `sentence` says what to do about it; both are empty within the soft caps.
    """

    person: str
    name: str
    responses_30: int
    responses_90: int
    hard_30: int
    hard_90: int
    why: str
    sentence: str

    @property
    def is_over(self) -> bool:
        """Is one of the soft caps passed?"""
        return bool(self.sentence)


def exposure(session: Session, *, now: dt.datetime) -> tuple[Exposure, ...]:
    """Return everyone who went to a call in the last 90 days, those with most hard calls first."""
    programme = programme_of(session)
    query = (
        select(Responder.code, Responder.name, Call.notified, Call.hard)
        .join(CallResponder, CallResponder.responder_id == Responder.id)
        .join(Call, CallResponder.call_id == Call.id)
        .where(Call.notified > now - LONG, Call.notified <= now)
    )
    names: dict[str, str] = {}
    counts: dict[str, list[int]] = {}
    for code, name, at, hard in session.execute(query):
        names[code] = name
        is_late, is_hard = at > now - SHORT, bool(hard)
        for n, is_in in enumerate((is_late, True, is_late and is_hard, is_hard)):
            counts.setdefault(code, [0, 0, 0, 0])[n] += is_in
    found = [
        Exposure(
            person=code,
            name=names[code],
            responses_30=four[0],
            responses_90=four[1],
            hard_30=four[2],
            hard_90=four[3],
            why=(why := _why(four, programme.hard_cap, programme.response_cap)),
            sentence=_sentence(names[code], why),
        )
        for code, four in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.hard_90, -one.responses_90, one.name)))


def _why(counts: list[int], hard_cap: int, response_cap: int) -> str:
    responses_30, _, _, hard_90 = counts
    if 0 < hard_cap <= hard_90:
        return counted(hard_90, "{n} hard call in 90 days", "{n} hard calls in 90 days")
    if 0 < response_cap < responses_30:
        return tr("{responses_30} calls in 30 days", responses_30=responses_30)
    return ""


def _sentence(name: str, why: str) -> str:
    if not why:
        return ""
    then = (
        tr("Phone to ask how they are before the next one") if "hard" in why else tr("Let others go first for a while")
    )
    return tr("{name} went to {why}. {then}.", name=name, why=why, then=then)
