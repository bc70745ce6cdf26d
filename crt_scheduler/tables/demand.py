"""What is known of calls to come: incidents, hand-set factors, targets."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


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
    __table_args__ = args(UniqueConstraint("key"), Index(None, "at"))


class DemandFactor(Record):
    """A hand-set factor on the calls of some dates, in one area (none: everywhere): a holiday or an event."""

    __tablename__ = "demand_factor"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    factor: Mapped[float]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    __table_args__ = args(
        UniqueConstraint("programme_id", "name", "first", "area_id"),
        CheckConstraint("first <= last", name="first_before_last"),
        CheckConstraint("factor > 0", name="factor_is_positive"),
    )


class AreaTarget(Record):
    """The share of calls (0 to 1) that must find a full team, in one area or (none) in the whole city."""

    __tablename__ = "area_target"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    share: Mapped[float]
    __table_args__ = args(
        UniqueConstraint("programme_id", "area_id"),
        CheckConstraint("share > 0 AND share < 1", name="share_is_a_share"),
    )
