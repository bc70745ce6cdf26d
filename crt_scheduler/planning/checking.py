"""Which rules a month's roster breaks or pays for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.planning.asking import problem
from crt_scheduler.planning.begun import begun_until, unbegun
from crt_scheduler.tables import Responder
from solver import problem as asked
from solver import result as answered
from solver.check import check as check_roster
from solver.check import check_hard
from solver.wording import tr


def check(session: Session, month: str, *, now: dt.datetime) -> list[answered.Violation]:
    """Return every rule the month's roster breaks or pays for from `now` on, places that fit no seat first."""
    return violations(problem(session, month, now=now), roster.month_rows(session, month))


def violations(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return every rule that a frozen month and its assignments break or pay for, places that fit no seat first.

    What was worked counts as worked, but what has begun breaks nothing any more: see `history`.
    """
    return [*_strays(frozen, rows), *check_roster(frozen, frozen.current)]


def history(frozen: asked.Problem, rows: list[AssignmentRow]) -> list[answered.Violation]:
    """Return the hard rules that were broken by what has begun, which no plan can mend any more."""
    return _history(frozen, _hard(frozen, rows)) if begun_until(frozen) is not None else []


def hard_and_history(
    frozen: asked.Problem, rows: Sequence[AssignmentRow], *, slots: Container[int] | None = None
) -> list[answered.Violation]:
    """Return the hard rules among `violations`, then `history`; with `slots` given, of the slots these alone."""
    hard = _hard(frozen, rows, slots)
    return [*hard, *_history(frozen, hard, slots)] if begun_until(frozen) is not None else hard


def _history(
    frozen: asked.Problem, hard: list[answered.Violation], slots: Container[int] | None = None
) -> list[answered.Violation]:
    known = {violation.sentence for violation in hard}
    whole = check_hard(unbegun(frozen), frozen.current, slots=slots)
    return [found for found in whole if found.sentence not in known]


def _hard(
    frozen: asked.Problem, rows: Sequence[AssignmentRow], slots: Container[int] | None = None
) -> list[answered.Violation]:
    """Return the hard rules among `violations`."""
    return [*_strays(frozen, rows), *check_hard(frozen, frozen.current, slots=slots)]


def _strays(frozen: asked.Problem, rows: Sequence[AssignmentRow]) -> list[answered.Violation]:
    """Return the places to come that fit no seat, or whose holder is off the team."""
    until = begun_until(frozen)
    placed = {(asked.shift_key(frozen, frozen.seats[a.seat].shift), a.person) for a in frozen.current}
    return [
        answered.Violation(
            rule="roles",
            hard=True,
            amount=1.0,
            points=0.0,
            sentence=tr(
                "{name} is on {shift} as {role}, but is off the team or that seat is gone. Take them off it.",
                name=row.name,
                shift=row.shift,
                role=row.role,
            ),
            person=row.person,
            shift=row.shift,
        )
        for row in rows
        if (row.shift, row.person) not in placed and (until is None or row.start > until)
    ]


def broken(session: Session, month: str, *, now: dt.datetime) -> list[str]:
    """Return a sentence per hard rule that the month's roster breaks, or broke on what has begun: for a hand's act.

    None while there is nobody to roster.
    """
    if session.scalar(select(Responder.id).where(Responder.status != "inactive")) is None:
        return []
    frozen, rows = problem(session, month, now=now), roster.month_rows(session, month)
    return [violation.sentence for violation in hard_and_history(frozen, rows)]
