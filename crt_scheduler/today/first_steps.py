"""The first run's steps: what a new team has done, and what comes next."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.tables import Assignment, Availability, Incident, Programme, Responder, Roster, Shift, Wish
from crt_scheduler.today.today_values import Step
from solver.wording import counted, mark, tr

FREE = mark("With none said, everyone counts as free; amend it later.")
NO_LOG = mark("Without a log, calls are taken from the programme's usual year.")


def steps(session: Session, month: str) -> tuple[Step, ...]:
    """Return the steps in order; roster and publication are those of any month from `month` on."""
    programme = session.scalar(select(Programme.name))
    people = session.scalar(select(func.count()).select_from(Responder).where(Responder.status != "inactive")) or 0
    said = bool(session.scalar(select(exists(select(Availability.id)) | exists(select(Wish.id)))))
    calls = session.scalar(select(func.count()).select_from(Incident)) or 0
    words = times.month_words(month)
    is_rostered, is_published = _is_rostered(session, month), _is_published(session)
    return (
        Step("set_up", programme is not None, False, programme or tr("Choose the kind of programme to start from.")),
        Step("people", people > 0, False, _people(people)),
        Step("availability", said, True, tr("Known.") if said else tr(FREE)),
        Step("incidents", calls > 0, True, tr("{calls:,} calls.", calls=calls) if calls else tr(NO_LOG)),
        Step(
            "roster",
            is_rostered,
            False,
            f"{words}." if is_rostered else tr("Fill {words}, at its best.", words=words),
            month,
        ),
        Step("published", is_published, False, tr("Send {words} to everyone.", words=words), month),
    )


def _people(count: int) -> str:
    if not count:
        return tr("Drop the team's list here: CSV or XLSX.")
    return counted(count, "1 person.", "{} people.")


def _is_rostered(session: Session, month: str) -> bool:
    query = select(Assignment.id).join(Shift, Assignment.shift_id == Shift.id)
    return session.scalar(query.where(Shift.date >= times.parse_month(month)).limit(1)) is not None


def _is_published(session: Session) -> bool:
    return session.scalar(select(Roster.id).where(Roster.version > 0).limit(1)) is not None
