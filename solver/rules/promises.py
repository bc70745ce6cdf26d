"""Promises: what was told or confirmed is dear to drop, what is locked or has begun stays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.columns import Columns
from solver.period import Period
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.rules.rest import where_words
from solver.rules.rule import Check, Emit, Off, Rule, broken
from solver.wording import tr


def _like_seats(period: Period, seat: int) -> list[int]:
    """Return the seats of the same shift, role and tier: moving between them breaks no promise."""
    place = period.seat(seat)
    same = (place.role, place.tier)
    return [o for o in period.seats_of_shift[place.shift] if (period.seat(o).role, period.seat(o).tier) == same]


def _promised_rows(state: str) -> Emit:
    def emit(columns: Columns) -> None:
        for person, kept in columns.period.promised.items():
            for seat, held in kept:
                if held == state:
                    _stays(columns, state, person, _like_seats(columns.period, seat), columns.period.seat(seat).shift)

    return emit


def _stays(columns: Columns, rule: str, person: int, seats: list[int], shift: int) -> None:
    mine = columns.of_person(person)
    mine = mine[np.isin(columns.seat[mine], seats)]
    columns.limit(rule, np.zeros(len(mine), np.int64), mine, -1.0, -1.0, person=person, shift=shift, size=1)


def _promised_check(state: str) -> Check:
    def check(roster: Roster, person: int) -> Iterator[Violation]:
        for seat, held in roster.period.promised.get(person, ()):
            if held == state and not any(roster.holds(person, s) for s in _like_seats(roster.period, seat)):
                name = roster.period.person(person).name
                was = tr("was told") if state == "told" else tr("has confirmed")
                sentence = tr(
                    "{name} {was} and is no longer on ({where}).", name=name, was=was, where=where_words(roster, seat)
                )
                yield broken(roster, state, 1, sentence, person=person, shift=roster.period.seat(seat).shift)

    return check


def _lock_rows(columns: Columns) -> None:
    """A hard lock fixes its column already; a weighted one costs points when the person is taken off."""
    if not columns.period.setting("locks").hard:
        for person, seat in columns.period.locked:
            _stays(columns, "locks", person, [seat], columns.period.seat(seat).shift)


def joins_history(roster: Roster, person: int, seat: int) -> Violation:
    """Return the violation of whoever is put on a shift that has begun, however locks are kept."""
    where = where_words(roster, seat)
    sentence = tr("{where} has begun: nobody is added. Correct by hand who worked it.", where=where)
    return _of_history(roster, person, seat, sentence[0].upper() + sentence[1:])


def _leaves_history(roster: Roster, person: int, seat: int) -> Violation:
    name, where = roster.period.person(person).name, where_words(roster, seat)
    return _of_history(
        roster,
        person,
        seat,
        tr("{name} was on {where}, which has begun: nobody is taken off it.", name=name, where=where),
    )


def _of_history(roster: Roster, person: int, seat: int, sentence: str) -> Violation:
    period = roster.period
    return Violation(
        rule="locks", hard=True, amount=1, points=0.0, sentence=sentence,
        person=period.person(person).id, shift=period.key(period.seat(seat).shift),
    )  # fmt: skip


def _locks(roster: Roster, person: int) -> Iterator[Violation]:
    period = roster.period
    for duty in roster.duties[person]:
        if period.has_begun(duty.seat) and duty.seat not in period.worked[person]:
            yield joins_history(roster, person, duty.seat)
    for owner, seat in period.locked_of.get(person, ()):
        if period.has_begun(seat):
            if not roster.holds(owner, seat):
                yield _leaves_history(roster, owner, seat)
        elif not roster.holds(owner, seat):
            name = roster.period.person(person).name
            sentence = tr(
                "{name} is locked there ({where}). Unlock the seat to change it.",
                name=name,
                where=where_words(roster, seat),
            )
            yield broken(roster, "locks", 1, sentence, person=person, shift=roster.period.seat(seat).shift)


TOLD = Rule(
    "told",
    "Told, then changed",
    "Each person who was told of a shift and is taken off it.",
    "person",
    _promised_check("told"),
    rows=_promised_rows("told"),
    usual=Setting(points=25),
)
CONFIRMED = Rule(
    "confirmed",
    "Confirmed, then changed",
    "Each person who confirmed a shift and is taken off it.",
    "person",
    _promised_check("confirmed"),
    rows=_promised_rows("confirmed"),
    usual=Setting(points=100),
)
LOCKS = Rule(
    "locks",
    "Locked assignments stay",
    "A locked place stays as it is, and so does a shift that has begun.",
    "person",
    _locks,
    rows=_lock_rows,
    off=Off("Locked"),
)
