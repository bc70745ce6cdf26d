"""The Problem: everything a solver needs to plan a period, as frozen values that travel as one line of JSON.

Times are whole minutes since 1970-01-01T00:00Z; dates are local dates of the programme's zone.
Prices are points: 1,000 points are one expected missed call.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

import msgspec

CITY = "City"
"""The area name of a shift that covers the whole city (duty lead, clergy)."""

Grade = Literal[
    "free", "cannot", "rather_not", "prefers", "wants", "leave", "stand_down", "debrief", "not_joined"
]  # fmt: skip
GRADES: dict[str, Grade] = {
    ".": "free",
    "c": "cannot",
    "r": "rather_not",
    "p": "prefers",
    "w": "wants",
    "l": "leave",
    "s": "stand_down",
    "d": "debrief",
    "j": "not_joined",
}
"""One letter per slot in `Person.grades`; c, l, s, d and j keep a person off the slot."""

PromiseState = Literal["draft", "told", "confirmed", "done"]


class Setting(msgspec.Struct, frozen=True):
    """How a rule is kept: hard (never broken by the solver), or weighted with `points` per unit of amount."""

    hard: bool = False
    points: float = 0.0


class Area(msgspec.Struct, frozen=True):
    """A bureau or zone that is rostered on its own, with the areas that can lend it a team."""

    name: str
    neighbours: tuple[str, ...] = ()


class Slot(msgspec.Struct, frozen=True):
    """One stretch of time on one date that shifts share; `night`, `weekend`, `holiday` as the programme counts them.

    `bands` is how the slot divides over the bands of hours that `Person.answers` speaks of (parts that sum to 1).
    A slot that has `begun` is history: whoever is on it stays and counts as having worked, nobody is added, its open
    places and what its teams lack cost nothing.
    """

    date: dt.date
    template: str
    start: int
    end: int
    night: bool = False
    weekend: bool = False
    holiday: bool = False
    bands: tuple[float, ...] = ()
    begun: bool = False


class Shift(msgspec.Struct, frozen=True):
    """One slot in one area (or in CITY): `calls` expected during it, `teams` full teams that it has seats for.

    `answers` is the chance that one of its teams answers; 0: as Coverage says.
    """

    slot: int
    area: str
    calls: float = 0.0
    teams: int = 0
    answers: float = 0.0


class Seat(msgspec.Struct, frozen=True):
    """`count` like places in a shift, open to people with any role in `accepts`.

    A `team` seat is one of the unlike parts of a full team (its worth lies in the teams it completes); any other
    seat costs `points` per place left open. `optional` seats cost nothing and are never reported as open.
    `escort` marks a seat that may only be filled beside as many people who can lead it (leads or experienced).
    """

    shift: int
    role: str
    accepts: tuple[str, ...]
    count: int = 1
    tier: str = ""
    team: bool = False
    optional: bool = False
    escort: bool = False
    points: float = 0.0
    credential: str = ""


class Language(msgspec.Struct, frozen=True):
    """A wanted language: at least one speaker in every area-shift (`each_area`), else one in the city per slot."""

    name: str
    each_area: bool = False


class Credential(msgspec.Struct, frozen=True):
    """A training or licence, valid through `until` (None: for ever); a blocking one keeps its owner off after that."""

    name: str
    until: dt.date | None = None
    blocking: bool = True


class Group(msgspec.Struct, frozen=True):
    """The limits that a kind of responder is rostered under."""

    name: str
    rest_minutes: int = 720
    nights_in_a_row: int = 2
    weekends: int = 2
    most_per_tier: int = 0
    """Duties of one tier in the period; 0: no limit."""


class Person(msgspec.Struct, frozen=True):
    """A responder as the solver sees one: no contacts, only what a rule asks for.

    `grades` holds one letter of GRADES per slot. `serves` are the areas a person may work in (home first).
    `floor`, `target`, `ceiling` are minutes on call in the period after carry-over. `nights`, `weekends`, `holidays`
    and `calls` are what may still be taken in the period before passing the fair share of the year so far.
    `answers` is how surely the person answers beside the team, per band of hours (1: as the team); empty: as the team.
    """

    id: str
    name: str
    group: str
    roles: tuple[str, ...]
    experienced: bool = False
    home: str = ""
    serves: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    grades: str = ""
    credentials: tuple[Credential, ...] = ()
    floor: int = 0
    target: int = 0
    ceiling: int = 0
    nights: float = 0.0
    weekends: float = 0.0
    holidays: float = 0.0
    calls: float = 0.0
    likes: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    answers: tuple[float, ...] = ()


class Duty(msgspec.Struct, frozen=True):
    """A fixed duty outside the period (last month's or next month's) that rest, nights and weekends must respect."""

    person: str
    date: dt.date
    start: int
    end: int
    night: bool = False
    weekend: bool = False


class Assignment(msgspec.Struct, frozen=True):
    """One person on one seat group (an index into `Problem.seats`)."""

    person: str
    seat: int
    locked: bool = False
    state: PromiseState = "draft"


class Coverage(msgspec.Struct, frozen=True):
    """How a call ends: chance that a team answers, minutes of a response, points of a missed and a late call."""

    answer_chance: float = 0.8
    service_minutes: float = 126.0
    missed: float = 1000.0
    late: float = 400.0


class Problem(msgspec.Struct, frozen=True):
    """A period to plan: shifts with seats, people, rules with prices, what is promised, and what lies around it.

    `current` is the roster as it stands (locked ones and those on begun slots are kept, told and confirmed ones are
    dear to change). `revision` is the journal's number when the Problem was frozen.
    """

    period: str
    zone: str
    areas: tuple[Area, ...]
    slots: tuple[Slot, ...]
    shifts: tuple[Shift, ...]
    seats: tuple[Seat, ...]
    languages: tuple[Language, ...]
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    rules: dict[str, Setting]
    coverage: Coverage = Coverage()
    current: tuple[Assignment, ...] = ()
    around: tuple[Duty, ...] = ()
    revision: int = 0


def to_json(problem: Problem) -> bytes:
    """Return the Problem as one line of JSON (UTF-8, no line break)."""
    return msgspec.json.encode(problem)


def from_json(line: bytes) -> Problem:
    """Read a Problem from one line of JSON; raises msgspec.ValidationError or DecodeError naming the field."""
    return msgspec.json.decode(line, type=Problem)


def digest(problem: Problem) -> str:
    """Return the SHA-256 of the Problem's JSON, first 16 hex digits: the same Problem has the same digest.

    `revision` is left out: it says when the Problem was frozen, not what is asked.
    """
    canonical = msgspec.json.encode(msgspec.structs.replace(problem, revision=0), order="deterministic")
    return hashlib.sha256(canonical).hexdigest()[:16]


def shift_key(problem: Problem, shift: int) -> str:
    """Return the name people use for a shift, such as 2027-01-09/night/Valley."""
    a_shift = problem.shifts[shift]
    slot = problem.slots[a_shift.slot]
    return f"{slot.date.isoformat()}/{slot.template}/{a_shift.area}"
