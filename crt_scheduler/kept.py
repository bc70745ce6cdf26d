"""What was worked out of many records, kept while the tables it rests on stay as they are.

Only sessions that look have such a memory: within an act the records may be others than the journal says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import msgspec
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from crt_scheduler import journal, lineage, looked
from crt_scheduler.lineage import Seen
from crt_scheduler.tables import Shift

T = TypeVar("T")
KEPT, SEEN = "kept", "seen"
MOST = 64
"""Things kept at a time; the one kept longest goes first."""
FEW = 1_000
"""Changed duties that are looked at one by one; more of them are taken to matter."""
DUTIES = frozenset({"assignment", "shift"})


class Known(msgspec.Struct, frozen=True):
    """A value that was worked out, the last line of the journal when it was right, and the tables it was read from."""

    seen: Seen
    value: object
    tables: frozenset[str]


class Kept:
    """A store's memory of values by name and arguments."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Known] = {}

    def give_to(self, session: Session) -> None:
        """Let a session that only looks use this memory, for as long as it changes nothing."""
        session.info[KEPT] = self
        event.listen(session, "after_flush", _take_away)

    def get(
        self,
        session: Session,
        key: Hashable,
        tables: frozenset[str],
        make: Callable[[], T],
        *,
        duties_before: dt.date | None,
    ) -> T:
        """Return the value kept under a key, or make it anew if what it rests on was touched since."""
        found = self._known.get(key)
        with looked.aside(session):
            now = _as_seen(session)
            is_right = found is not None and _is_right(session, found.seen, now, tables, duties_before)
        if found is not None and is_right:
            self._known[key] = msgspec.structs.replace(found, seen=now)
            looked.also(session, found.tables)
            return cast(T, found.value)
        read: set[str] = set()
        with looked.noting(session, read):
            value = make()
        if found is None or found.seen.number <= now.number:
            self._known[key] = Known(now, value, frozenset(read))
        for oldest in list(self._known)[: max(0, len(self._known) - MOST)]:
            self._known.pop(oldest, None)
        return value


def _take_away(session: Session, _: Any) -> None:
    session.info.pop(KEPT, None)


def _as_seen(session: Session) -> Seen:
    """Return the last line of the journal as a session that only looks sees it: one moment of it, so asked for once."""
    if SEEN not in session.info:
        session.info[SEEN] = lineage.seen(session)
    seen: Seen = session.info[SEEN]
    return seen


def _is_right(session: Session, then: Seen, now: Seen, tables: frozenset[str], before: dt.date | None) -> bool:
    """Is the journal the same one, grown by acts alone that touched nothing the value rests on?"""
    if then == now:
        return True
    if then.number > now.number or not lineage.has(session, then):
        return False
    touched = journal.tables_since(session, then.number)
    if tables & touched:
        return False
    return before is None or not DUTIES & touched or not _touch_duties(session, then.number, before)


def _touch_duties(session: Session, number: int, before: dt.date) -> bool:
    """Did acts after a journal's number touch a duty or shift that starts before a date?"""
    changes = journal.changes_since(session, number, DUTIES, most=FEW)
    if changes is None:
        return True
    images = [(change.table, image) for change in changes for image in (change.before, change.after) if image]
    dates = {image["id"]: image["date"] for table, image in images if table == "shift"}
    shifts = {image["shift_id"] for table, image in images if table == "assignment"} - dates.keys()
    for shift, date in session.execute(select(Shift.id, Shift.date).where(Shift.id.in_(shifts))):
        dates[shift] = date
    return any(date < before for date in dates.values()) or not shifts <= dates.keys()


def kept(
    session: Session,
    key: Hashable,
    tables: frozenset[str],
    make: Callable[[], T],
    *,
    duties_before: dt.date | None = None,
) -> T:
    """Return what `make` works out of the tables, from memory where nothing touched them since it was worked out.

    The value must be frozen, or changed by nobody; the key names it with all that it depends on beside the tables.
    With `duties_before` it rests on the shifts that start before that date and on who held them, too.
    """
    if not is_remembering(session):
        return make()
    memory: Kept = session.info[KEPT]
    return memory.get(session, key, tables, make, duties_before=duties_before)


def is_remembering(session: Session) -> bool:
    """Is it a session that looks, has a memory and has changed nothing for itself?"""
    return KEPT in session.info and not (session.new or session.dirty or session.deleted)
