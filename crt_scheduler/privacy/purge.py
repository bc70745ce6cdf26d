"""Purging: what is past its time leaves the records, the journal's images and the old backups, for good.

The ledger of what calendars were sent stays, so that a calendar sent again is never taken for a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from crt_scheduler import backups, journal, times
from crt_scheduler.act import Act
from crt_scheduler.backups import rotation
from crt_scheduler.errors import CrtError
from crt_scheduler.privacy import copies, retention, scrub
from crt_scheduler.privacy.copies import Elsewhere
from crt_scheduler.privacy.expired_rows import Past, past
from crt_scheduler.privacy.retention import Kept, before
from crt_scheduler.programmes import programme_of
from crt_scheduler.publish import placing
from crt_scheduler.store import Store
from crt_scheduler.tables import Record
from solver.wording import mark, tr

FINAL = mark("A purge cannot be undone: what it took is gone from the records, the journal and the old backups.")
CHUNK = 500


@dataclass(frozen=True)
class Taken:
    """What goes, or went, of one kind: how many, of which days, and the day before which it is past its time."""

    kind: str
    words: str
    months: int
    before: dt.date
    count: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Purged:
    """What a purge takes: kind by kind, how many older acts it closes to undo, and the backups it deletes."""

    dry_run: bool
    kinds: tuple[Taken, ...]
    acts_closed: int
    backups: tuple[str, ...]
    newest_backup: str
    """The day of the newest backup that stays and still holds what goes; empty: there is none."""
    copies: tuple[str, ...] = ()
    """Copies that were set aside, or left unfinished, and go too."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Where files lie that a purge does not touch: they may hold what went."""
    stuck: tuple[str, ...] = ()
    """Backups and copies that could not be deleted, with the reason."""
    is_compact: bool = True
    """Was the file rewritten? If not, another program held it, and its free pages may still hold what went."""

    @property
    def is_nothing(self) -> bool:
        """Is nothing past its time?"""
        return not self.acts_closed and not self.copies and not any(kind.count for kind in self.kinds)


@dataclass(frozen=True)
class _Plan:
    taken: dict[str, tuple[Past, ...]]
    cuts: dict[str, dt.date]
    kept: tuple[Kept, ...]
    scrubs: tuple[scrub.Scrub, ...]
    zone: str
    published: tuple[str, ...]


def purge(store: Store, *, dry_run: bool = False) -> Purged:
    """Take out what is past its time as one final act, or with `dry_run` only say what would go.

    Raises CrtError if the records cannot be written; what cannot be deleted beside them is told.
    """
    if dry_run:
        with store.read() as session:
            return _told(store, _plan(session, store.now), dry_run=True)
    with store.read() as session:  # an act that takes nothing is no act: it would close this person's undo for naught
        plan = _plan(session, store.now)
        told = _told(store, plan, dry_run=False)
    if told.acts_closed or any(part.days for parts in plan.taken.values() for part in parts):
        told = _purged(store)
    stuck = copies.remove(Path(name) for name in (*told.backups, *told.copies))
    return replace(told, is_compact=_compacted(store), stuck=stuck)


def _purged(store: Store) -> Purged:
    """Back the records up, which the retention of backups ends in its time, then take what is past its own."""
    kept = store.back_up(backups.dated_name(store.path, store.now, "before-purge"))
    try:
        return store.do(PURGE(store)).answer
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def _take_all(session: Session, store: Store) -> Purged:
    plan = _plan(session, store.now)
    _take(session, plan)
    return _told(store, plan, dry_run=False)


PURGE = Act(_take_all, mark("Purge what is past its time"), final=lambda *_: tr(FINAL))


def _compacted(store: Store) -> bool:
    """Rewrite the file, so that nothing of what went is left in it; False while another program holds it."""
    try:
        store.compact()
    except CrtError:
        return False
    return True


def _plan(session: Session, now: dt.datetime) -> _Plan:
    zone = programme_of(session).zone
    today = times.local(now, zone).date()
    kept = retention.kept(session)
    cuts = {kind.kind: before(today, kind.months) for kind in kept}
    taken = {kind.kind: past(session, kind.kind, cuts[kind.kind], zone) for kind in kept if kind.kind != "backups"}
    old = {act for part in taken["journal"] for act in part.days}
    rows = [part for name, parts in taken.items() if name != "journal" for part in parts]
    scrubs = (scrub.of_acts(session, old), scrub.of_rows(session, rows, but=old))
    return _Plan(taken, cuts, kept, scrubs, zone, placing.folders(session))


def _take(session: Session, plan: _Plan) -> None:
    """Empty and delete rows past the recorder, which would keep what is to be forgotten."""
    connection = session.connection()
    rows = [part for name, parts in plan.taken.items() if name != "journal" for part in parts if part.days]
    for part in rows:
        table = Record.metadata.tables[part.table]
        for keys in _chunks(part.days):
            here = table.c.id.in_(keys)
            if part.emptied:
                connection.execute(table.update().where(here).values(part.emptied))
            else:
                connection.execute(table.delete().where(here))
    for each in plan.scrubs:
        scrub.apply(session, each)
    journal.touch(session, {part.table for part in rows})


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    every = list(keys)
    return (every[n : n + CHUNK] for n in range(0, len(every), CHUNK))


def _told(store: Store, plan: _Plan, *, dry_run: bool) -> Purged:
    def day_of(backup: backups.Backup) -> dt.date:
        return times.local(backup.at, plan.zone).date()

    listed = rotation.everywhere(store.path)
    old = [backup for backup in listed if day_of(backup) < plan.cuts["backups"]]
    younger = [backup for backup in listed if backup not in old]
    lines = []
    for kind in plan.kept:
        days = [day for part in plan.taken.get(kind.kind, ()) for day in part.days.values()]
        days = [day_of(backup) for backup in old] if kind.kind == "backups" else days
        first, last = min(days, default=None), max(days, default=None)
        lines.append(Taken(kind.kind, kind.words, kind.months, plan.cuts[kind.kind], len(days), first, last))
    aside = [copy for copy in copies.copies(store.path) if _is_past(copy, plan) and not copies.is_in_use(copy)]
    return Purged(
        dry_run=dry_run,
        kinds=tuple(lines),
        acts_closed=len({act for each in plan.scrubs for act in each.by_act}),
        backups=tuple(str(backup.path) for backup in old),
        newest_backup=str(day_of(younger[0])) if younger else "",
        copies=tuple(str(copy.path) for copy in aside),
        elsewhere=(*copies.elsewhere(plan.published), *copies.unreached(store.path)),
    )


def _is_past(copy: copies.Copy, plan: _Plan) -> bool:
    """Is a copy past the time of backups? What was never finished is of no use at any time."""
    return copy.is_unfinished or times.local(copy.at, plan.zone).date() < plan.cuts["backups"]
