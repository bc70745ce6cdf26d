"""Retention: how many months each kind of record is kept before a purge takes it; every one can be set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Retention
from solver.wording import counted, tr

MOST_MONTHS = 1200


@dataclass(frozen=True)
class Kind:
    """A kind of record: what it is called, how many months it is kept as shipped, and what a purge does to it."""

    name: str
    words: str
    months: int
    what: str


@dataclass(frozen=True)
class Kept:
    """How long one kind of record is kept here."""

    kind: str
    words: str
    months: int
    is_default: bool
    what: str


KINDS = (
    Kind(
        "call_details",
        "calls' details",
        24,
        "Unit, scene, language, tradition, services, referrals, follow-up, why it was hard and who signed are emptied. "
        "Number, place, type, times and counts of people served stay for the yearly report.",
    ),
    Kind(
        "private",
        "notes and next of kin of people who left",
        12,
        "They are emptied, so many months after the person became inactive; the person stays.",
    ),
    Kind("care", "stand-downs and debriefs", 12, "They are taken out."),
    Kind("answers", "answers to call-outs", 24, "They are taken out."),
    Kind("hours", "hours and who went to a call", 84, "They are taken out: seven years, as for tax and insurance."),
    Kind(
        "availability",
        "availability and wishes of past dates",
        12,
        "They are taken out, with who answered for those months; what holds every week stays.",
    ),
    Kind(
        "journal",
        "row images in the journal",
        24,
        "They are emptied, so that these acts cannot be undone; what was done, by whom and when stays.",
    ),
    Kind("backups", "dated backups", 12, "The files are deleted: they hold what the records no longer do."),
)
NAMES = tuple(kind.name for kind in KINDS)


def kept(session: Session) -> tuple[Kept, ...]:
    """Return how long each kind is kept; raises CrtError without a programme."""
    programme = programme_of(session)
    rows = session.scalars(select(Retention).where(Retention.programme_id == programme.id))
    own = {row.kind: row.months for row in rows}
    return tuple(Kept(k.name, tr(k.words), own.get(k.name, k.months), k.name not in own, tr(k.what)) for k in KINDS)


def set_months(session: Session, kind: str, months: int) -> None:
    """Keep a kind of record for so many months; raises CrtError for an unknown kind and a number that is none."""
    if kind not in NAMES:
        raise CrtError(
            tr("{kind!r} is not kept by the month. Name one of: {names}.", kind=kind, names=", ".join(NAMES))
        )
    if not 1 <= months <= MOST_MONTHS:
        raise CrtError(
            tr("{months} months cannot be kept. Give 1 to {most_months:,}.", months=months, most_months=MOST_MONTHS)
        )
    programme = programme_of(session)
    row: Retention | None = session.scalar(
        select(Retention).where(Retention.programme_id == programme.id, Retention.kind == kind)
    )
    if row is None:
        session.add(Retention(programme_id=programme.id, kind=kind, months=months))
    else:
        row.months = months
    session.flush()


def _set(_: Session, kind: str, months: int) -> str:
    words = next((tr(each.words) for each in KINDS if each.name == kind), kind)
    return counted(months, "Keep {what} for 1 month", "Keep {what} for {n} months", what=words)


SET_MONTHS = Act(set_months, _set)


def before(today: dt.date, months: int) -> dt.date:
    """Return the day so many months ago: what lies before it is past its time."""
    count = today.year * 12 + today.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return dt.date.min
    after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(today.day, (after - dt.timedelta(days=1)).day))
