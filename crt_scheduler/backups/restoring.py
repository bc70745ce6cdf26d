"""Putting a backup in the records' place: looked at first, what it would change told, what was there backed up."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import disk, held, remembered
from crt_scheduler.backups import faults, names
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.copying import back_up, drop, make_empty, sync, unfinished
from crt_scheduler.backups.names import SEALED, uid_of
from crt_scheduler.backups.sound import damage, is_open_elsewhere, put_aside, refuse_unsound
from crt_scheduler.errors import CrtError
from crt_scheduler.lineage import Seen

LEFT_OUT = frozenset({"sqlite_sequence", "alembic_version", "journal_rows", "records_identity"})
"""Tables whose rows say nothing to a coordinator."""
LABELS = 5
"""How many of the acts that would go are named."""


@dataclass(frozen=True)
class Moved:
    """How many records of one table would come, go and read differently."""

    table: str
    come: int
    go: int
    differ: int


@dataclass(frozen=True)
class Preview:
    """What restoring a backup would change: rows by table, how many acts would be gone, and the newest of those."""

    backup: Path
    at: dt.datetime | None
    """When the last act in the backup was done (UTC); None: it holds none."""
    is_same_team: bool
    tables: tuple[Moved, ...]
    acts_gone: int
    acts_back: int
    labels: tuple[str, ...]

    def sentence(self) -> str:
        """Return it as a coordinator reads it."""
        if not self.tables and not self.acts_gone and not self.acts_back:
            return f"{self.backup.name} holds just what the records hold."
        since = f"{self.acts_gone:,} act{'' if self.acts_gone == 1 else 's'} done since would be gone"
        named = f": {', '.join(f'“{label}”' for label in self.labels)}" if self.labels else ""
        more = " and others" if self.acts_gone > len(self.labels) else ""
        come, go, differ = (sum(getattr(row, kind) for row in self.tables) for kind in ("come", "go", "differ"))
        return f"{since}{named}{more}. {come:,} records would come back, {go:,} go and {differ:,} read as before."


def refuse_no_backup(path: Path, backup: Path, *, known: frozenset[str], application: int, force: bool = False) -> None:
    """Raise CrtError unless a file is a sound backup of the records at a path; `force` lets in another team's."""
    if held.is_held(backup):
        raise CrtError(f"{backup} is open as the team's records. Choose a backup from {names.folder(path)}.")
    if not backup.is_file():
        raise CrtError(f"There is no backup at {backup}.")
    if _own(path, backup):
        raise CrtError(f"{backup} is the records themselves. Choose a backup from {names.folder(path)}.")
    try:
        with connected(backup, _mode(backup)) as source:
            mark = source.execute("PRAGMA application_id").fetchone()[0]
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            if mark != application or "alembic_version" not in tables:
                raise CrtError(f"{backup} is not a backup of CRT Scheduler. Choose a file from {names.folder(path)}.")
            version = source.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            if damage(source):
                raise CrtError(f"{backup} is damaged. Choose another backup.")
    except sqlite3.Error as fault:
        if faults.is_foreign(fault):
            raise CrtError(
                f"{backup} is not a backup of CRT Scheduler. Choose a file from {names.folder(path)}."
            ) from fault
        if faults.is_damage(fault):
            raise CrtError(f"{backup} is damaged. Choose another backup.") from fault
        raise CrtError(faults.sentence(backup, fault)) from fault
    if version not in known:
        raise CrtError(f"{backup} was written by a newer version of CRT Scheduler. Install that version first.")
    if not force and not is_same_team(path, backup):
        raise CrtError(
            f"{backup} is a backup of other records than those at {path}. Choose a file from {names.folder(path)}, or "
            "add --force to put it there all the same."
        )


def is_same_team(path: Path, backup: Path) -> bool:
    """Is a backup one of these records? Where there are none any more, those last known at the path count."""
    mine = uid_of(path) or remembered.recall(path).uid
    return not mine or uid_of(backup) == mine


def _own(path: Path, backup: Path) -> bool:
    return path.exists() and held.identity(path) == held.identity(backup)


def _mode(backup: Path) -> str:
    """Return how to read a backup: whole by itself, or with a log that lies beside it."""
    log = held.beside(backup, "-wal")
    return "mode=ro" if log.exists() and log.stat().st_size else SEALED


def preview(path: Path, backup: Path, *, known: frozenset[str], application: int, force: bool = False) -> Preview:
    """Return what restoring a backup would change, writing nothing; raises CrtError as `restore` does."""
    refuse_no_backup(path, backup, known=known, application=application, force=force)
    try:
        with connected(backup, _mode(backup)) as then:
            if not path.is_file():
                return Preview(backup, _last(then), True, _compared(None, then), 0, _acts(then), ())
            with connected(path, "mode=ro") as now:
                gone, labels = _acts_gone(now, then)
                return Preview(
                    backup=backup,
                    at=_last(then),
                    is_same_team=is_same_team(path, backup),
                    tables=_compared(now, then),
                    acts_gone=gone,
                    acts_back=_acts_gone(then, now)[0],
                    labels=labels,
                )
    except sqlite3.Error as fault:
        raise CrtError(faults.sentence(path, fault)) from fault


def _lines(connection: sqlite3.Connection) -> dict[int, tuple[str, str, str]]:
    return {number: (label, who, at) for number, label, who, at in connection.execute(_JOURNAL)}


_JOURNAL = "SELECT id, label, who, at FROM journal_act ORDER BY id"


def _acts(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM journal_act").fetchone()[0])


def _last(connection: sqlite3.Connection) -> dt.datetime | None:
    found = connection.execute("SELECT at FROM journal_act ORDER BY id DESC LIMIT 1").fetchone()
    return None if found is None else dt.datetime.fromisoformat(found[0]).replace(tzinfo=dt.UTC)


def _acts_gone(now: sqlite3.Connection, then: sqlite3.Connection) -> tuple[int, tuple[str, ...]]:
    mine, theirs = _lines(now), _lines(then)
    gone = [line[0] for number, line in sorted(mine.items(), reverse=True) if theirs.get(number) != line]
    return len(gone), tuple(gone[:LABELS])


def _compared(now: sqlite3.Connection | None, then: sqlite3.Connection) -> tuple[Moved, ...]:
    """Return table by table how many rows come, go and differ, tables without a difference left out."""
    found = []
    for table in sorted(_tables(then) | (_tables(now) if now else set())):
        here, there = _rows(now, table), _rows(then, table)
        differ = sum(here[key] != row for key, row in there.items() if key in here)
        moved = Moved(table, len(there.keys() - here.keys()), len(here.keys() - there.keys()), differ)
        if moved.come or moved.go or moved.differ:
            found.append(moved)
    return tuple(found)


def _tables(connection: sqlite3.Connection) -> set[str]:
    names_ = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in names_} - LEFT_OUT


def _rows(connection: sqlite3.Connection | None, table: str) -> dict[int, int]:
    """Return a hash of each row by its number."""
    if connection is None or table not in _tables(connection):
        return {}
    found = connection.execute(f'SELECT * FROM "{table}"')  # the names come from the file's own list of tables
    columns = [column[0] for column in found.description]
    return {row[columns.index("id")]: hash(tuple(zip(columns, row, strict=True))) for row in found}


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
        if kept is not None and kept.parent == names.folder(path):
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
    return back_up(path, names.dated_name(path, now, "before-restore"))


def _was_here(path: Path, backup: Path) -> bool:
    """Did the team whose backup this is have its records at the path, so that what lies there now is their wreck?"""
    known = remembered.recall(path).uid
    return bool(known) and not uid_of(path) and uid_of(backup) == known


def _put(path: Path, backup: Path) -> None:
    """Write the backup over the records in one transaction, or beside their place and then into it."""
    if path.is_file() and path.stat().st_size:
        with connected(backup, _mode(backup)) as source, connected(path) as target:
            source.backup(target)
            with suppress(sqlite3.Error):  # it is restored by now; a full disk only leaves it in the log a while
                target.execute("PRAGMA journal_mode = WAL")
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as others who read let it
        return
    disk.make_folder(path.parent, [])
    part = unfinished(path)
    try:
        make_empty(part)
        with connected(backup, _mode(backup)) as source, connected(part) as target:
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
    with connected(backup, _mode(backup)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(journal_act)")}
        mark = "mark" if "mark" in columns else "''"
        last = connection.execute(f"SELECT id, {mark}, at FROM journal_act ORDER BY id DESC LIMIT 1").fetchone()
    seen = Seen() if last is None else Seen(last[0], last[1])
    when = None if last is None else _at(last)
    remembered.note(path, uid=uid_of(backup), number=seen.number, mark=seen.mark, at=when)


def _at(last: tuple[int, str, str]) -> dt.datetime:
    return dt.datetime.fromisoformat(last[2]).replace(tzinfo=dt.UTC)
