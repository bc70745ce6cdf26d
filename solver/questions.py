"""Questions of a roster, asked of the solver as a program that keeps the month: a line of JSON each, a line back.

They travel as tagged values, so that whoever asks needs no OR-Tools: that is loaded where they are answered.
"""

from __future__ import annotations

import datetime as dt

import msgspec

FILL, OVER_CEILING, ACTING, BORROW, LEAVE = "fill", "over_ceiling", "acting_lead", "borrow", "leave"
"""The kinds of ways out of an open seat."""


class Change(msgspec.Struct, frozen=True):
    """One place that is taken or given up: whose, which seat, and which of the two."""

    person: int
    seat: int
    added: bool


class Way(msgspec.Struct, frozen=True):
    """One way out: its kind, what it means in a sentence, its price (points of the whole roster), what changes.

    `verified`: it was solved again to the end, and the check finds no hard rule newly broken but the one it opens.
    """

    kind: str
    sentence: str
    points: float
    changes: tuple[Change, ...]
    verified: bool


class Out(msgspec.Struct, frozen=True):
    """Who is out, from the first date to the last (none: from the start, to the end of the period)."""

    person: str
    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, date: dt.date) -> bool:
        """Are they out on a date?"""
        return (self.first is None or date >= self.first) and (self.last is None or date <= self.last)


class Replanned(msgspec.Struct, frozen=True):
    """What planning again changes: places (person, seat, added), whom to phone, and what the roster then costs.

    `bound` is what no other change of the same days could undercut; None: that is not known.
    """

    changes: tuple[Change, ...]
    people_to_phone: tuple[str, ...]
    objective: float
    bound: float | None
    is_legal: bool


class Help(msgspec.Struct, frozen=True):
    """One more person who would help: of which kind, where, speaking what; a sentence; missed calls saved a month."""

    kind: str
    area: str
    language: str
    sentence: str
    calls: float
    verified: bool


class Repairs(msgspec.Struct, frozen=True, tag="repairs"):
    """Which ways out are there for an open seat?"""

    seat: int


class WhatIf(msgspec.Struct, frozen=True, tag="whatif"):
    """What would filling an open seat within the rules take?"""

    seat: int


class Replan(msgspec.Struct, frozen=True, tag="replan"):
    """What mends the month without some people, changing at most so many places?"""

    out: tuple[Out, ...]
    most: int | None = None


class Value(msgspec.Struct, frozen=True, tag="value"):
    """What would help an area most: one more person of which kind?"""

    area: str


Question = Repairs | WhatIf | Replan | Value


class Ways(msgspec.Struct, frozen=True, tag="ways"):
    """The ways out, cheapest first."""

    ways: tuple[Way, ...]


class Mended(msgspec.Struct, frozen=True, tag="mended"):
    """The month without some people; none where so few changes do not do it."""

    plan: Replanned | None


class Helps(msgspec.Struct, frozen=True, tag="helps"):
    """One more person of each kind, most helpful first."""

    helps: tuple[Help, ...]


Answer = Ways | Mended | Helps
TO_QUESTION: msgspec.json.Decoder[Question] = msgspec.json.Decoder(Question)
TO_ANSWER: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)
