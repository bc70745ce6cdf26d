"""The programme and what it is made of: areas, shifts, seats, groups, rules, credentials wanted."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


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
    stand_down_hours: Mapped[int]
    """Hours a responder stands down after the shift of a hard call."""
    silence_minutes: Mapped[int]
    """Minutes without a word from somebody on scene before the lead phones."""
    reach_minutes: Mapped[int]
    """Minutes within which a team should be on scene."""
    debrief_hours: Mapped[int]
    """Hours from now on in which an overdue debrief keeps its owner off shifts."""
    hard_cap: Mapped[int]
    """Hard calls of one person in 90 days that are enough to talk about; 0: no cap."""
    response_cap: Mapped[int]
    """Responses of one person in 30 days beyond which others go first; 0: no cap."""
    wishes_until: Mapped[int]
    """The day of the month before until which responders wish for themselves."""
    clock: Mapped[str]
    """12, 24, or auto: as in its country."""
    first_weekday: Mapped[str]
    """The day a week begins with, such as monday, or auto."""
    date_order: Mapped[str]
    """What a file leaves open: us (month first), eu, iso, ask, or auto."""
    __table_args__ = args(
        UniqueConstraint("name"),
        CheckConstraint("answer_chance > 0 AND answer_chance <= 1", name="answer_chance_is_a_chance"),
    )


class Area(Record):
    """A bureau or zone rostered on its own; `weight` is its share of calls until the log teaches better."""

    __tablename__ = "area"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    weight: Mapped[float]
    __table_args__ = args(UniqueConstraint("programme_id", "name"))


class AreaNeighbour(Record):
    """One area that can lend a team to another (kept in both directions)."""

    __tablename__ = "area_neighbour"
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    neighbour_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    __table_args__ = args(
        UniqueConstraint("area_id", "neighbour_id"),
        CheckConstraint("area_id <> neighbour_id", name="not_its_own_neighbour"),
    )


class Division(Record):
    """A police division inside an area: where a person lives and an incident happens."""

    __tablename__ = "division"
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str]
    __table_args__ = args(UniqueConstraint("name"))


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
    __table_args__ = args(
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
    __table_args__ = args(
        UniqueConstraint("template_id", "city_wide", "role", "tier"),
        CheckConstraint("minimum <= target", name="minimum_within_target"),
    )


class WantedLanguage(Record):
    """A language wanted in every area-shift, or somewhere in the city."""

    __tablename__ = "wanted_language"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    each_area: Mapped[bool]
    __table_args__ = args(UniqueConstraint("programme_id", "name"))


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
    __table_args__ = args(
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
    __table_args__ = args(UniqueConstraint("programme_id", "rule"))


class CredentialKind(Record):
    """A training, check or licence the team keeps; a blocking one keeps its owner off shifts once expired."""

    __tablename__ = "credential_kind"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    blocking: Mapped[bool]
    __table_args__ = args(UniqueConstraint("programme_id", "name"))
