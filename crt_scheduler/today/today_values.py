"""What the Today view shows, as frozen values: instants in UTC, sentences for people, and where a click goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from crt_scheduler import times
from crt_scheduler.board.openings import OpenPlace


class OnCall(msgspec.Struct, frozen=True):
    """One person on call: role and tier, promise state, the phone as stored and as people dial it.

    `rests_until` is when the stand-down ends that keeps them off this shift; None where there is none.
    """

    person: str
    name: str
    role: str
    tier: str
    state: str
    phone: str
    phone_words: str
    shift: str
    start: dt.datetime
    end: dt.datetime
    rests_until: dt.datetime | None = None


class Watch(msgspec.Struct, frozen=True):
    """Who is on call at one post at one time, lead first, and the places nobody holds.

    `words` names the shift; `open_shift` is the one with open places ("" if none), for finding cover.
    """

    words: str
    start: dt.datetime
    end: dt.datetime
    people: tuple[OnCall, ...]
    open: tuple[OpenPlace, ...]
    lacks_team: bool
    open_shift: str = ""

    @property
    def missing(self) -> int:
        """How many places nobody holds."""
        return sum(place.count for place in self.open)


class Post(msgspec.Struct, frozen=True):
    """One line of the on-call card: an area, the city's duty lead or the clergy (the kind), now and next."""

    area: str
    kind: str
    now: Watch | None
    next: Watch | None

    @property
    def is_same_next(self) -> bool:
        """Does the same watch simply go on, as a 24-hour duty does through the change of shift?"""
        return self.now is not None and self.next is not None and self.now.start == self.next.start


class Turn(msgspec.Struct, frozen=True):
    """A shift by its name and time, as the head of a column says it."""

    words: str
    start: dt.datetime
    end: dt.datetime


class WeekColumn(msgspec.Struct, frozen=True):
    """One shift template on one of the next seven dates."""

    date: dt.date
    template: str
    night: bool
    weekend: bool


class WeekCell(msgspec.Struct, frozen=True):
    """Open seats of one shift; `span` columns wide (a 24-hour duty covers its date); `is_past` once it has begun."""

    shift: str
    missing: int
    seats: int
    lacks_team: bool
    span: int
    is_past: bool


class WeekLine(msgspec.Struct, frozen=True):
    """One area, the city's duty lead or the clergy over seven days; None where no shift runs or a cell reaches in."""

    area: str
    kind: str
    cells: tuple[WeekCell | None, ...]


class Week(msgspec.Struct, frozen=True):
    """The next seven days' coverage, today first."""

    columns: tuple[WeekColumn, ...]
    lines: tuple[WeekLine, ...]

    @property
    def missing(self) -> int:
        """How many places are open on shifts that have not begun."""
        return sum(cell.missing for line in self.lines for cell in line.cells if cell and not cell.is_past)


class CarePerson(msgspec.Struct, frozen=True):
    """One person that a care item is about, why, and how to reach them."""

    person: str
    name: str
    detail: str
    phone: str
    phone_words: str


class Care(msgspec.Struct, frozen=True):
    """Something that needs care: its kind and count, the sentence and a line of detail, whom it is about.

    `is_urgent` marks what somebody on call would notice; `go` is the view a click leads to and what to show there.
    """

    kind: str
    count: int
    sentence: str
    detail: str
    people: tuple[CarePerson, ...]
    is_urgent: bool
    go: tuple[str, Any]


class OpenCall(msgspec.Struct, frozen=True):
    """A call that goes on: what and where, how far it is, and whom to phone.

    `heard` is when somebody on scene was last heard from, `silent_at` when that will be too long ago.
    """

    id: int
    number: str
    area: str
    type: str
    place: str
    notified: dt.datetime
    words: str
    heard: dt.datetime | None
    silent_at: dt.datetime | None
    lead: str
    phone: str
    phone_words: str

    def is_silent(self, now: dt.datetime) -> bool:
        """Has nobody on scene been heard from for too long?"""
        return self.silent_at is not None and self.silent_at <= now


class MonthCard(msgspec.Struct, frozen=True):
    """The next month's roster: its state (none, draft, published, changed), open seats, when to publish it."""

    month: str
    state: str
    seats: int
    open: int
    lacking: int
    version: int
    published: dt.datetime | None
    publish_by: dt.date
    is_late: bool
    sentence: str
    detail: str


class Step(msgspec.Struct, frozen=True):
    """One step of the first run: its kind, whether it is done, may be left for later, and the month it is about."""

    kind: str
    done: bool
    skippable: bool
    sentence: str
    month: str = ""


class Today(msgspec.Struct, frozen=True):
    """What the coordinator sees first: who is on call now and next, the week ahead, and what to do.

    Without a programme everything but the steps is empty; without a roster `is_rostered` is false.
    """

    at: dt.datetime
    zone: times.Zone
    programme: str
    turn_now: Turn | None
    turn_next: Turn | None
    posts: tuple[Post, ...]
    week: Week
    care: tuple[Care, ...]
    card: MonthCard | None
    steps: tuple[Step, ...]
    is_rostered: bool
    calls: tuple[OpenCall, ...] = ()

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done and cannot be left for later; None once the team is under way."""
        return next((step for step in self.steps if not step.done and not step.skippable), None)

    @property
    def rolls_over(self) -> dt.datetime | None:
        """The instant at which somebody else is on call, or a call falls silent."""
        ends = [watch.end for post in self.posts for watch in (post.now,) if watch is not None]
        starts = [post.next.start for post in self.posts if post.next is not None and not post.is_same_next]
        silent = [call.silent_at for call in self.calls if call.silent_at is not None]
        later = [moment for moment in (*ends, *starts, *silent) if moment > self.at]
        return min(later, default=None)
