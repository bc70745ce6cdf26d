"""Please phone: whom the coordinator might ring up, and why in a sentence. Private, for care, never a score."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler.care import debriefs, exposure, late_changes
from crt_scheduler.programmes import programme_of
from crt_scheduler.responders.phone_numbers import PhoneBook
from crt_scheduler.tables import Assignment, Call, CallAnswer, CallResponder, Responder, Shift
from solver.wording import counted, tr

BACK = dt.timedelta(days=90)
STREAK = 3
LEAST_SHIFTS = 6
"""So many shifts on call without a call happen to about one in four; with less, silence says nothing."""
KINDS = ("debrief", "exposure", "streak", "late", "never")
Reason = tuple[str, str, str]
"""A person's id, the kind of reason and its sentence."""


@dataclass(frozen=True)
class PleasePhone:
    """One person to phone: the number as stored and as dialled, and each reason as (kind, sentence)."""

    person: str
    name: str
    phone: str
    phone_words: str
    reasons: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the reasons, most pressing first."""
        return tuple(kind for kind, _ in self.reasons)


def please_phone(session: Session, *, now: dt.datetime) -> tuple[PleasePhone, ...]:
    """Return whom to phone, most pressing first. The list is shown on request only, and no export holds it."""
    on_team = select(Responder).where(Responder.status != "inactive")
    people = {row.id: row for row in session.scalars(on_team)}
    by_code = {row.code: row for row in people.values()}
    reasons: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, kind, sentence in _reasons(session, people, now):
        if code in by_code:
            reasons[code].append((kind, sentence))
    phones = PhoneBook({row.code: row.phone for row in people.values()}, programme_of(session).country)
    found = [PleasePhone(code, by_code[code].name, *phones.of(code), tuple(why)) for code, why in reasons.items()]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kinds[0])))


def _reasons(session: Session, people: dict[int, Responder], now: dt.datetime) -> Iterator[Reason]:
    for debrief in debriefs.rows(session, now=now):
        if debrief.is_overdue:
            yield debrief.person, "debrief", debrief.sentence
    for one in exposure.exposure(session, now=now):
        if one.is_over:
            yield one.person, "exposure", one.sentence
    yield from _streaks(session, people, now)
    yield from _late(session, people, now)
    yield from _never(session, people, now)


def _streaks(session: Session, people: dict[int, Responder], now: dt.datetime) -> Iterator[Reason]:
    """Yield who accepted none of their last calls; of a call only the last answer counts, and polls count nothing."""
    query = (
        select(CallAnswer.responder_id, CallAnswer.call_id, CallAnswer.answer)
        .join(Call, CallAnswer.call_id == Call.id)
        .where(CallAnswer.at > now - BACK, CallAnswer.at <= now, Call.kind == "team")
        .order_by(CallAnswer.at, CallAnswer.id)
    )
    last: dict[int, dict[int, str]] = defaultdict(dict)
    for who, call, answer in session.execute(query):
        last[who].pop(call, None)
        last[who][call] = answer
    for who, answers in last.items():
        streak = 0
        for answer in reversed(answers.values()):
            if answer == "accepted":
                break
            streak += 1
        if streak >= STREAK and who in people:
            name = people[who].name
            words = tr(
                "{name} could not go the last {streak} times they were called. Phone to ask how they are.",
                name=name,
                streak=streak,
            )
            if "wrong_number" in answers.values():
                words = tr(
                    "{name} was not reached the last {streak} times; the number may be wrong. Ask for a new one.",
                    name=name,
                    streak=streak,
                )
            yield people[who].code, "streak", words


def _late(session: Session, people: dict[int, Responder], now: dt.datetime) -> Iterator[Reason]:
    for who, count in late_changes.came_off(session, since=now - BACK, now=now).items():
        if who in people:
            words = counted(
                count,
                "{name} came off a shift less than 48 hours before the start, in 90 days.",
                "{name} came off {n} shifts less than 48 hours before the start, in 90 days.",
                name=people[who].name,
            )
            yield people[who].code, "late", words


def _never(session: Session, people: dict[int, Responder], now: dt.datetime) -> Iterator[Reason]:
    """Yield who was on call many times and never called out, most times first.

    Only shifts since the team's first logged call count: before it, nobody knows who was called.
    """
    called = set(session.scalars(select(CallAnswer.responder_id).where(CallAnswer.at > now - BACK)))
    recent = select(Call.id).where(Call.notified > now - BACK)
    called |= set(session.scalars(select(CallResponder.responder_id).where(CallResponder.call_id.in_(recent))))
    first: dt.datetime | None = session.scalar(select(func.min(Call.notified)))
    if not called or first is None:
        return
    query = (
        select(Assignment.responder_id)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.start > max(first, now - BACK), Shift.end <= now, Assignment.tier != "backup")
    )
    shifts: dict[int, int] = defaultdict(int)
    for who in session.scalars(query):
        shifts[who] += 1
    for who, count in sorted(shifts.items(), key=lambda item: -item[1]):
        if who in people and who not in called and count >= LEAST_SHIFTS:
            words = tr(
                "{name} was on call {count} times in 90 days and never called. Say it is noticed.",
                name=people[who].name,
                count=count,
            )
            yield people[who].code, "never", words
