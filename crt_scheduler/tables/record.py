"""What every table shares: constraints' names, values that read as written, row numbers that are never used again."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, MetaData, Time, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Unreadable(sqlite3.DatabaseError):
    """A value in the file that is none of those that are ever written there: the file is damaged."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def _read_by(read: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """Return a reader of values that raises Unreadable for one that makes no sense to it."""

    def loaded(value: Any) -> Any:
        try:
            return value if read is None else read(value)
        except (ValueError, TypeError) as fault:
            raise Unreadable("a value makes no sense") from fault

    return loaded


class Day(TypeDecorator[dt.date]):
    """A date, told from a damaged one."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Load as a date; a year of duties brings each of its own many times."""
        return lru_cache(maxsize=1 << 12)(_read_by(super().result_processor(dialect, coltype)))


class TimeOfDay(TypeDecorator[dt.time]):
    """A local wall time, told from a damaged one."""

    impl = Time
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Load as a time; a year of duties brings each of its own many times."""
        return lru_cache(maxsize=1 << 12)(_read_by(super().result_processor(dialect, coltype)))


class Words(TypeDecorator[list[str]]):
    """A list of words, told from a damaged one."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Load as a list."""
        return _read_by(super().result_processor(dialect, coltype))


class Instant(TypeDecorator[dt.datetime]):
    """A UTC instant: aware in Python, naive UTC in the database (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[dt.datetime | None], str | None]:
        """Store as naive UTC; a value without a zone is a fault."""
        return _stored

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], dt.datetime | None]:
        """Load as aware UTC."""
        return _loaded


def _stored(value: dt.datetime | None) -> str | None:
    """Return an instant as SQLAlchemy writes it for SQLite: its own way takes six times as long, and years have many.

    A value without a zone raises TypeError.
    """
    if value is None:
        return None
    if value.tzinfo is None:
        raise TypeError("an instant needs a zone")
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=1 << 13)
def _loaded(value: str | None) -> dt.datetime | None:
    """Return an instant as it is kept; every person of a shift brings the same two."""
    try:
        return None if value is None else dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
    except (ValueError, TypeError) as fault:
        raise Unreadable("an instant makes no sense") from fault


class Record(DeclarativeBase):
    """The base of every table.

    Row numbers are never reused (AUTOINCREMENT), so a journal image names one row for life.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        list[str]: Words,
        dt.date: Day,
        dt.time: TimeOfDay,
        dt.datetime: Instant,
    }
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)


def args(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_autoincrement": True})
