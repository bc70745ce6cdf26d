"""Putting a backup in the records' place, in one transaction; what was there is backed up first."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress
from pathlib import Path

from crt_scheduler import disk, held, remembered
from crt_scheduler.backups import backup_names, faults
from crt_scheduler.backups.admitting import mode_of, refuse_no_backup
from crt_scheduler.backups.backup_names import uid_of
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.copying import back_up, drop, make_empty, sync, unfinished
from crt_scheduler.backups.sound import is_open_elsewhere, put_aside, refuse_unsound
from crt_scheduler.errors import CrtError
from crt_scheduler.lineage import Seen


def restore(
    path: Path, backup: Path, *, now: dt.datetime, known: frozenset[str], application: int, force: bool = False
) -> Path | None:
    """Put a backup in the database's place; the database as it was is backed up first and that path returned.

    Raises CrtError if the backup is missing, damaged, foreign, newer or (without `force`) another team's; then
    nothing has changed.
    """
    refuse_no_backup(path, backup, known=known, application=application, force=force)
    try:
        kept = _kept(path, backup, now=now, known=known, application=application)
        _exchange(path, backup, kept)
    except sqlite3.Error as fault:
        raise CrtError(faults.sentence(path, fault)) from fault
    except OSError as fault:
        raise CrtError(faults.disk_sentence(path, fault)) from fault
    return kept


def _exchange(path: Path, backup: Path, kept: Path | None) -> None:
    """Put the backup there; where that fails the one made before is dropped again, and what was known stays known."""
    before = remembered.recall(path)
    try:
        _remember(path, backup)
        _put(path, backup)
    except BaseException:
        remembered.note(path, uid=before.uid, number=before.number, mark=before.mark, at=before.at)
        if kept is not None and kept.parent == backup_names.folder(path):
            kept.unlink(missing_ok=True)
        raise


def _kept(path: Path, backup: Path, *, now: dt.datetime, known: frozenset[str], application: int) -> Path | None:
    """Keep what is there now: as a backup where it is sound, under another name where it is damaged."""
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        refuse_unsound(path, known=known, application=application)
    except CrtError:
        if not path.exists():  # it was damaged, and is kept under the name of such
            return None
        if is_open_elsewhere(path) or not _was_here(path, backup):
            raise  # newer, held, or not ours: it is not for us to replace
        return put_aside(path, "damaged")
    return back_up(path, backup_names.dated_name(path, now, "before-restore"))


def _was_here(path: Path, backup: Path) -> bool:
    """Did the team whose backup this is have its records at the path, so that what lies there now is their wreck?"""
    known = remembered.recall(path).uid
    return bool(known) and not uid_of(path) and uid_of(backup) == known


def _put(path: Path, backup: Path) -> None:
    """Write the backup over the records in one transaction, or beside their place and then into it."""
    if path.is_file() and path.stat().st_size:
        with connected(backup, mode_of(backup)) as source, connected(path) as target:
            source.backup(target)
            with suppress(sqlite3.Error):  # it is restored by now; a full disk only leaves it in the log a while
                target.execute("PRAGMA journal_mode = WAL")
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as others who read let it
        return
    disk.make_folder(path.parent, [])
    part = unfinished(path)
    try:
        make_empty(part)
        with connected(backup, mode_of(backup)) as source, connected(part) as target:
            source.backup(target)
        with connected(part) as target:
            target.execute("PRAGMA journal_mode = WAL")
        sync(part)
        for ending in held.ENDINGS[1:]:
            held.beside(path, ending).unlink(missing_ok=True)
        part.replace(path)
        disk.sync_folder(path.parent)
    finally:
        drop(part)


def _remember(path: Path, backup: Path) -> None:
    """Let this computer know where the records will end, before they do: a log that ends there is then their own."""
    with connected(backup, mode_of(backup)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(journal_act)")}
        mark = "mark" if "mark" in columns else "''"
        last = connection.execute(f"SELECT id, {mark}, at FROM journal_act ORDER BY id DESC LIMIT 1").fetchone()
    seen = Seen() if last is None else Seen(last[0], last[1])
    when = None if last is None else _at(last)
    remembered.note(path, is_for_good=True, uid=uid_of(backup), number=seen.number, mark=seen.mark, at=when)


def _at(last: tuple[int, str, str]) -> dt.datetime:
    return dt.datetime.fromisoformat(last[2]).replace(tzinfo=dt.UTC)
