"""The Result: a roster with the certificate that says how good it is and how that was established."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

import msgspec

Status = Literal["optimal", "feasible", "stopped"]


class Violation(msgspec.Struct, frozen=True):
    """A rule broken or paid for: `amount` in the rule's own unit, its `points`, the sentence a coordinator reads."""

    rule: str
    hard: bool
    amount: float
    points: float
    sentence: str
    person: str = ""
    shift: str = ""


class Placed(msgspec.Struct, frozen=True):
    """One person on one seat group (an index into Problem.seats)."""

    person: str
    seat: int


class OpenSeat(msgspec.Struct, frozen=True):
    """A place nobody holds: `shift` is the template's name; the calls it is expected to miss; why it is open."""

    date: dt.date
    shift: str
    area: str
    role: str
    expected_missed_calls: float
    expected_late_calls: float
    points: float
    reason: str
    tier: str = ""


class Progress(msgspec.Struct, frozen=True, tag="progress", tag_field="kind"):
    """How far a solve has come; `bound` is what no roster can undercut (None until it is known).

    `lacking` counts the shifts without a full team; `dearest` are the open seats that matter most, without reasons.
    `roster` is the best roster where it is another than the line before had, so that whoever listens has it whatever
    becomes of the solver; `work` is spent so far.
    """

    seconds: float
    objective: float
    bound: float | None
    open_seats: int
    stage: str = ""
    lacking: int = 0
    dearest: tuple[OpenSeat, ...] = ()
    roster: tuple[Placed, ...] | None = None
    work: int = 0


class Result(msgspec.Struct, frozen=True, tag="result", tag_field="kind"):
    """The best roster found, with its cost per rule, its proven bound and the digests that let it be checked again."""

    status: Status
    objective: float
    bound: float | None
    gap: float | None
    seconds: float
    work: int
    seed: int
    seats: int
    filled: int
    expected_missed_calls: float
    expected_late_calls: float
    cost_by_rule: dict[str, float]
    hard_violations: int
    open_seats: tuple[OpenSeat, ...]
    roster: tuple[Placed, ...]
    problem_digest: str
    roster_digest: str
    versions: dict[str, str]


def roster_digest(roster: tuple[Placed, ...]) -> str:
    """Return the SHA-256 of the sorted roster, first 16 hex digits."""
    rows = sorted((placed.person, placed.seat) for placed in roster)
    return hashlib.sha256(msgspec.json.encode(rows)).hexdigest()[:16]


def gap(objective: float, bound: float | None) -> float | None:
    """Return (objective - bound) / max(objective, 1), never below 0; None while no bound is known."""
    return None if bound is None else max(0.0, (objective - bound) / max(objective, 1.0))
