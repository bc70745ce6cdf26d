"""What changed for each person in a publication, in words with local times, and why: the act that did it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, times
from crt_scheduler.publish.calendars import Event
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.publish.rolling import event_of
from crt_scheduler.publish.sent_ledger import events_of_month
from crt_scheduler.tables import CalendarEvent, JournalAct, JournalRows, PublishedVersion, Responder, Shift
from solver.wording import mark, tr

NEW_MONTH = mark("New month")
OTHERWISE = mark("What your team shows in calendars has changed")
PLACE = ("shift_id", "responder_id", "role", "tier")
"""What of an assignment a calendar shows; its lock and promise state are the coordinator's."""


@dataclass(frozen=True)
class ShiftNews:
    """One shift of one person that a publication made new, changed or cancelled, in words, with the reason."""

    kind: str
    words: str
    why: str
    event: Event


@dataclass
class _Reasons:
    """The newest act that touched each person's place on a shift, and each shift at all."""

    own: dict[tuple[str, str], str] = field(default_factory=dict)
    shift: dict[str, str] = field(default_factory=dict)
    absent_before: set[tuple[str, str]] = field(default_factory=set)


def news(session: Session, version: PublishedVersion, month: str, zone: times.Zone) -> dict[str, tuple[ShiftNews, ...]]:
    """Return what a published version changed for each person, by id; shifts in order of time.

    Shifts that had ended when it went out are put right in calendars, but are no news to anybody.
    A row of the ledger belongs to the version whose time it bears: both are made whole seconds apart.
    """
    mine = [
        row
        for row in events_of_month(session, month)
        if row.changed == version.at and row.end > version.at and row.calendar == person_calendar(row.responder_code)
    ]
    reasons = _reasons(session, version) if version.version > 1 else None
    found: dict[str, list[ShiftNews]] = defaultdict(list)
    for row in sorted(mine, key=lambda row: (row.start, row.shift_key)):
        found[row.responder_code].append(_line(row, reasons, zone))
    return {code: tuple(lines) for code, lines in sorted(found.items())}


def _line(row: CalendarEvent, reasons: _Reasons | None, zone: times.Zone) -> ShiftNews:
    key = (row.shift_key, row.responder_code)
    kind = "cancelled" if row.cancelled else "changed"
    if not row.cancelled and (row.sequence == 0 or (reasons and key in reasons.absent_before)):
        kind = "new"
    if reasons is None:
        return ShiftNews(kind, shift_words(row, zone), tr(NEW_MONTH), event_of(row))
    why = reasons.own.get(key) or reasons.shift.get(row.shift_key) or tr(OTHERWISE)
    words = shift_words(row, zone)
    if kind == "changed" and key not in reasons.own and row.shift_key in reasons.shift:
        words += (
            tr(". Your partners changed") if "With: " in row.description else tr(". Your partner left; nobody else yet")
        )
    elif kind == "changed" and key in reasons.own:
        words += tr(". Your seat on this shift changed")
    return ShiftNews(kind, words, why, event_of(row))


def shift_words(row: CalendarEvent, zone: times.Zone) -> str:
    """Return a shift in local time, such as Sat 9 Jan 2027 18:00-06:00 (12:00 h): lead, Valley. With: Ben K."""
    hours = f"{times.clock_at(row.start, zone)}-{times.clock_at(row.end, zone)}"
    length = times.hours_words(times.minutes(row.end) - times.minutes(row.start))
    post = row.summary.removeprefix(tr("On call: "))
    detail = "" if row.cancelled or not row.description else f". {'. '.join(row.description.splitlines())}"
    return f"{times.day_words(times.local(row.start, zone).date())} {hours} ({length} h): {post}{detail}"


def _reasons(session: Session, version: PublishedVersion) -> _Reasons:
    """Read the acts between the version before and this one, oldest first."""
    acts = _publishing_acts(session)
    before = session.scalars(
        select(PublishedVersion.id).where(
            PublishedVersion.roster_id == version.roster_id, PublishedVersion.version == version.version - 1
        )
    ).first()
    since, until = acts.get(before or 0, 0), acts.get(version.id, journal.revision(session) + 1)
    reasons, names = _Reasons(), _Names(session)
    touching = select(JournalRows.act_id).where(JournalRows.table_name.in_(("assignment", "shift")))
    for act in session.scalars(
        select(JournalAct).where(JournalAct.id > since, JournalAct.id < until).order_by(JournalAct.id)
    ):
        source = act.id if act.of is None else act.of
        if session.scalar(touching.where(JournalRows.act_id == source).limit(1)) is not None:
            rows = journal.rows_of(session, source)
            names.learn(rows)
            _note(reasons, names, rows, act)
    return reasons


def _publishing_acts(session: Session) -> dict[int, int]:
    """Return the act that made each published version."""
    numbers = session.scalars(select(JournalRows.act_id).where(JournalRows.table_name == "published_version"))
    return {
        change.key: number
        for number in numbers.all()
        for change in journal.rows_of(session, number)
        if change.table == "published_version" and change.before is None
    }


class _Names:
    """Shift keys and people's ids by row number, also of rows that are gone."""

    def __init__(self, session: Session) -> None:
        self.shifts = {row.id: row.key for row in session.execute(select(Shift.id, Shift.key))}
        self.people = {row.id: row.code for row in session.execute(select(Responder.id, Responder.code))}

    def learn(self, rows: Iterable[journal.RowChange]) -> None:
        """Keep what images say of rows that are no longer there."""
        for row in rows:
            image = row.before or row.after or {}
            if row.table == "shift":
                self.shifts.setdefault(row.key, image["key"])
            elif row.table == "responder":
                self.people.setdefault(row.key, image["code"])

    def place(self, image: journal.Image | None) -> tuple[str, str] | None:
        """Return the shift's key and the person's id of an assignment's image."""
        if image is None:
            return None
        return self.shifts.get(image["shift_id"], ""), self.people.get(image["responder_id"], "")


def _note(reasons: _Reasons, names: _Names, rows: Iterable[journal.RowChange], act: JournalAct) -> None:
    arrived: set[tuple[str, str]] = set()
    left: set[tuple[str, str]] = set()
    for row in rows:
        before, after = (row.after, row.before) if act.kind == "undo" else (row.before, row.after)
        if row.table != "assignment" or _seen(before) == _seen(after):
            continue
        left.update(place for place in (names.place(before),) if place)
        arrived.update(place for place in (names.place(after),) if place)
    reasons.absent_before |= {place for place in arrived - left if place not in reasons.own}
    for place in left | arrived:
        reasons.own[place] = reasons.shift[place[0]] = act.label


def _seen(image: journal.Image | None) -> tuple[object, ...]:
    return () if image is None else tuple(image[name] for name in PLACE)
