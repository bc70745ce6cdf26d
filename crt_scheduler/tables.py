"""The records: typed mapped classes with named constraints; dates local, instants UTC, durations in minutes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[dt.datetime]):
    """A UTC instant: aware in Python, naive UTC in the database (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Store as naive UTC; a value without a zone is a fault."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant needs a zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Load as aware UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Record(DeclarativeBase):
    """The base of every table.

    Row numbers are never reused (AUTOINCREMENT), so a journal image names one row for life.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[str]: JSON, dt.datetime: Instant}
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)


def _args(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_autoincrement": True})


class Programme(Record):
    """One programme of a team: its zone, what a call costs, how fast and how surely a team answers."""

    __tablename__ = "programme"
    name: Mapped[str]
    preset: Mapped[str]
    zone: Mapped[str]
    country: Mapped[str]
    subdivision: Mapped[str]
    answer_chance: Mapped[float]
    service_minutes: Mapped[float]
    missed_points: Mapped[float]
    late_points: Mapped[float]
    yearly_calls: Mapped[float]
    """Hand-set calls a year, used until the incident log takes over."""
    show_partner: Mapped[bool]
    report_to: Mapped[str]
    alarm_minutes: Mapped[int]
    __table_args__ = _args(
        UniqueConstraint("name"),
        CheckConstraint("answer_chance > 0 AND answer_chance <= 1", name="answer_chance_is_a_chance"),
    )


class Area(Record):
    """A bureau or zone rostered on its own; `weight` is its share of calls until the log teaches better."""

    __tablename__ = "area"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    weight: Mapped[float]
    __table_args__ = _args(UniqueConstraint("programme_id", "name"))


class AreaNeighbour(Record):
    """One area that can lend a team to another (kept in both directions)."""

    __tablename__ = "area_neighbour"
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    neighbour_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    __table_args__ = _args(
        UniqueConstraint("area_id", "neighbour_id"),
        CheckConstraint("area_id <> neighbour_id", name="not_its_own_neighbour"),
    )


class Division(Record):
    """A police division inside an area: where a person lives and an incident happens."""

    __tablename__ = "division"
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str]
    __table_args__ = _args(UniqueConstraint("name"))


class ShiftTemplate(Record):
    """A shift as wall time on weekdays; `city_wide` ones have a single shift for all areas."""

    __tablename__ = "shift_template"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    start: Mapped[dt.time]
    end: Mapped[dt.time]
    weekdays: Mapped[int]
    night: Mapped[bool]
    by_area: Mapped[bool]
    city_wide: Mapped[bool]
    __table_args__ = _args(
        UniqueConstraint("programme_id", "name"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays_is_a_mask"),
    )


class Seat(Record):
    """A kind of place in every shift of a template; `per_team` seats are one each for every full team."""

    __tablename__ = "seat"
    template_id: Mapped[int] = mapped_column(ForeignKey("shift_template.id"))
    city_wide: Mapped[bool]
    role: Mapped[str]
    tier: Mapped[str]
    accepts: Mapped[list[str]]
    minimum: Mapped[int]
    target: Mapped[int]
    per_team: Mapped[bool]
    optional: Mapped[bool]
    escort: Mapped[bool]
    points: Mapped[float]
    credential: Mapped[str]
    __table_args__ = _args(
        UniqueConstraint("template_id", "city_wide", "role", "tier"),
        CheckConstraint("minimum <= target", name="minimum_within_target"),
    )


class WantedLanguage(Record):
    """A language wanted in every area-shift, or somewhere in the city."""

    __tablename__ = "wanted_language"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    each_area: Mapped[bool]
    __table_args__ = _args(UniqueConstraint("programme_id", "name"))


class ResponderGroup(Record):
    """The limits a kind of responder is rostered under: hours a month in minutes, rest, nights, weekends, tiers."""

    __tablename__ = "responder_group"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str]
    floor_minutes: Mapped[int]
    target_minutes: Mapped[int]
    ceiling_minutes: Mapped[int]
    rest_minutes: Mapped[int]
    nights_in_a_row: Mapped[int]
    weekends: Mapped[int]
    most_per_tier: Mapped[int]
    experienced_after_days: Mapped[int]
    __table_args__ = _args(
        UniqueConstraint("programme_id", "kind"),
        CheckConstraint("floor_minutes <= ceiling_minutes", name="floor_under_ceiling"),
    )


class RuleSetting(Record):
    """How a rule is kept: hard, or weighted with points per unit (1,000 points are one missed call)."""

    __tablename__ = "rule_setting"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    rule: Mapped[str]
    hard: Mapped[bool]
    points: Mapped[float]
    __table_args__ = _args(UniqueConstraint("programme_id", "rule"))


class CredentialKind(Record):
    """A training, check or licence the team keeps; a blocking one keeps its owner off shifts once expired."""

    __tablename__ = "credential_kind"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    blocking: Mapped[bool]
    __table_args__ = _args(UniqueConstraint("programme_id", "name"))


class Responder(Record):
    """A volunteer or member of the clergy; `code` is the team's own id for the person."""

    __tablename__ = "responder"
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    status: Mapped[str]
    status_until: Mapped[dt.date | None]
    joined: Mapped[dt.date | None]
    home_division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    home_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    languages: Mapped[list[str]]
    traditions: Mapped[list[str]]
    email: Mapped[str]
    phone: Mapped[str]
    target_minutes: Mapped[int | None]
    __table_args__ = _args(
        UniqueConstraint("code"),
        CheckConstraint("kind IN ('volunteer', 'clergy')", name="kind_is_known"),
        CheckConstraint("role IN ('lead', 'responder', 'trainee')", name="role_is_known"),
        CheckConstraint("status IN ('active', 'leave', 'inactive')", name="status_is_known"),
    )


class ResponderArea(Record):
    """An area other than home that a responder serves."""

    __tablename__ = "responder_area"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    __table_args__ = _args(UniqueConstraint("responder_id", "area_id"))


class Credential(Record):
    """One responder's credential and the last day it is valid (none: for ever)."""

    __tablename__ = "credential"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("credential_kind.id"))
    expires: Mapped[dt.date | None]
    __table_args__ = _args(UniqueConstraint("responder_id", "kind_id"))


class Partner(Record):
    """Two responders who work well together (prefers) or are kept apart (avoids)."""

    __tablename__ = "partner"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    grade: Mapped[str]
    __table_args__ = _args(
        UniqueConstraint("responder_id", "other_id"),
        CheckConstraint("grade IN ('prefers', 'avoids')", name="grade_is_known"),
    )


class Availability(Record):
    """When a responder cannot, would rather not, prefers or wants to be on call: dates, weekdays, hours of the day."""

    __tablename__ = "availability"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    first: Mapped[dt.date | None]
    last: Mapped[dt.date | None]
    weekdays: Mapped[int]
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    grade: Mapped[str]
    note: Mapped[str]
    __table_args__ = _args(
        CheckConstraint("grade IN ('cannot', 'rather_not', 'prefers', 'wants')", name="grade_is_known"),
        CheckConstraint("first IS NULL OR last IS NULL OR first <= last", name="first_before_last"),
        Index(None, "responder_id"),
    )


class Wish(Record):
    """What a responder wishes for one shift template on one date; it outranks availability."""

    __tablename__ = "wish"
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("shift_template.id"))
    date: Mapped[dt.date]
    grade: Mapped[str]
    __table_args__ = _args(
        UniqueConstraint("responder_id", "template_id", "date"),
        CheckConstraint("grade IN ('cannot', 'rather_not', 'prefers', 'wants')", name="grade_is_known"),
    )


class Incident(Record):
    """One request for the team: when and where; `key` tells the same incident when its file is imported again."""

    __tablename__ = "incident"
    key: Mapped[str]
    number: Mapped[str]
    at: Mapped[dt.datetime]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    type: Mapped[str]
    agency: Mapped[str]
    duration_minutes: Mapped[int | None]
    __table_args__ = _args(UniqueConstraint("key"), Index(None, "at"))


class DemandFactor(Record):
    """A hand-set factor on the calls of some dates, in one area (none: everywhere): a holiday or an event."""

    __tablename__ = "demand_factor"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    factor: Mapped[float]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    __table_args__ = _args(
        UniqueConstraint("programme_id", "name", "first", "area_id"),
        CheckConstraint("first <= last", name="first_before_last"),
        CheckConstraint("factor > 0", name="factor_is_positive"),
    )


class Roster(Record):
    """The roster of one month; `version` counts how often it was published (0: never)."""

    __tablename__ = "roster"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[str]
    version: Mapped[int]
    __table_args__ = _args(UniqueConstraint("programme_id", "month"))


class PublishedVersion(Record):
    """One publication of a month: when, by whom, and the digest of the roster that went out."""

    __tablename__ = "published_version"
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    version: Mapped[int]
    at: Mapped[dt.datetime]
    who: Mapped[str]
    digest: Mapped[str]
    __table_args__ = _args(UniqueConstraint("roster_id", "version"))


class Shift(Record):
    """One shift on one date in one area (none: city-wide), with its instants frozen when it was made."""

    __tablename__ = "shift"
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("shift_template.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    key: Mapped[str]
    date: Mapped[dt.date]
    start: Mapped[dt.datetime]
    end: Mapped[dt.datetime]
    __table_args__ = _args(
        UniqueConstraint("key"),
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index(None, "date"),
    )


class Assignment(Record):
    """One responder on one seat of a shift, with its promise state and lock."""

    __tablename__ = "assignment"
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    responder_id: Mapped[int] = mapped_column(ForeignKey("responder.id"))
    role: Mapped[str]
    tier: Mapped[str]
    state: Mapped[str]
    locked: Mapped[bool]
    __table_args__ = _args(
        UniqueConstraint("shift_id", "responder_id"),
        CheckConstraint("state IN ('draft', 'told', 'confirmed', 'done')", name="state_is_known"),
        Index(None, "responder_id"),
    )


class AreaTarget(Record):
    """The share of calls (0 to 1) that must find a full team, in one area or (none) in the whole city."""

    __tablename__ = "area_target"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    share: Mapped[float]
    __table_args__ = _args(
        UniqueConstraint("programme_id", "area_id"),
        CheckConstraint("share > 0 AND share < 1", name="share_is_a_share"),
    )


class JournalAct(Record):
    """One act, undo or redo: what was done, by whom, when; `of` is the act an undo took back or a redo repeated."""

    __tablename__ = "journal_act"
    label: Mapped[str]
    who: Mapped[str]
    at: Mapped[dt.datetime]
    kind: Mapped[str]
    of: Mapped[int | None]
    final: Mapped[str]
    """Why it cannot be undone; empty where it can."""
    undone: Mapped[bool]
    __table_args__ = _args(CheckConstraint("kind IN ('act', 'undo', 'redo')", name="kind_is_known"), Index(None, "who"))


class JournalRows(Record):
    """The before and after images of every row of one table that one act touched, in one compressed batch."""

    __tablename__ = "journal_rows"
    act_id: Mapped[int] = mapped_column(ForeignKey("journal_act.id"))
    table_name: Mapped[str]
    images: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = _args(Index(None, "act_id"))


class CalendarEvent(Record):
    """What one calendar file last said of one person's shift; never undone, because it has gone out.

    `calendar` is the file (calendars/V001.ics or roster/Valley-2027-01.ics); no foreign keys, so that it outlives
    the roster it speaks of.
    """

    __tablename__ = "calendar_event"
    calendar: Mapped[str]
    responder_code: Mapped[str]
    shift_key: Mapped[str]
    uid: Mapped[str]
    sequence: Mapped[int]
    changed: Mapped[dt.datetime]
    start: Mapped[dt.datetime]
    end: Mapped[dt.datetime]
    summary: Mapped[str]
    description: Mapped[str]
    location: Mapped[str]
    cancelled: Mapped[bool]
    __table_args__ = _args(
        UniqueConstraint("calendar", "shift_key", "responder_code"),
        UniqueConstraint("uid"),
        Index(None, "end"),
    )


class CalendarSent(Record):
    """What each responder was last sent: version, time, digest."""

    __tablename__ = "calendar_sent"
    responder_code: Mapped[str]
    version: Mapped[int]
    at: Mapped[dt.datetime]
    digest: Mapped[str]
    __table_args__ = _args(UniqueConstraint("responder_code"))


NOT_RESTORED = frozenset(
    {"journal_act", "journal_rows", "calendar_event", "calendar_sent", "alembic_version", "sqlite_sequence"}
)
"""Tables that undo leaves alone: the journal itself, the sent-ledger and counters."""
