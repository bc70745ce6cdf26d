"""Whether a file may be put in the records' place: a sound backup, of a version we read, of the same records."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from crt_scheduler import held, remedies, remembered
from crt_scheduler.backups import backup_names, faults
from crt_scheduler.backups.backup_names import SEALED, uid_of
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.sound import damage
from crt_scheduler.errors import CrtError
from solver.wording import tr


def refuse_no_backup(path: Path, backup: Path, *, known: frozenset[str], application: int, force: bool = False) -> None:
    """Raise CrtError unless a file is a sound backup of the records at a path; `force` lets in another team's."""
    if held.is_held(backup):
        raise CrtError(
            tr(
                "{backup} is open as the team's records. Choose a backup from {folder}.",
                backup=backup,
                folder=backup_names.folder(path),
            )
        )
    if not backup.is_file():
        raise CrtError(tr("There is no backup at {backup}.", backup=backup))
    if _own(path, backup):
        raise CrtError(
            tr(
                "{backup} is the records themselves. Choose a backup from {folder}.",
                backup=backup,
                folder=backup_names.folder(path),
            )
        )
    try:
        with connected(backup, mode_of(backup)) as source:
            mark = source.execute("PRAGMA application_id").fetchone()[0]
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            if mark != application or "alembic_version" not in tables:
                raise CrtError(
                    tr(
                        "{backup} is not a backup of CRT Scheduler. Choose a file from {folder}.",
                        backup=backup,
                        folder=backup_names.folder(path),
                    )
                )
            version = source.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            if damage(source):
                raise CrtError(tr("{backup} is damaged. Choose another backup.", backup=backup))
    except sqlite3.Error as fault:
        if faults.is_foreign(fault):
            raise CrtError(
                tr(
                    "{backup} is not a backup of CRT Scheduler. Choose a file from {folder}.",
                    backup=backup,
                    folder=backup_names.folder(path),
                )
            ) from fault
        if faults.is_damage(fault):
            raise CrtError(tr("{backup} is damaged. Choose another backup.", backup=backup)) from fault
        raise CrtError(faults.sentence(backup, fault)) from fault
    if version not in known:
        raise CrtError(
            tr("{backup} was written by a newer version of CRT Scheduler. Install that version first.", backup=backup)
        )
    if not force and not is_same_team(path, backup):
        raise CrtError(
            tr("{backup} is a backup of other records than those at {path}.", backup=backup, path=path),
            remedies.FORCE_BACKUP.of(folder=backup_names.folder(path)),
        )


def is_same_team(path: Path, backup: Path) -> bool:
    """Is a backup one of these records? Where there are none any more, those last known at the path count."""
    mine = uid_of(path) or remembered.recall(path).uid
    return not mine or uid_of(backup) == mine


def _own(path: Path, backup: Path) -> bool:
    return path.exists() and held.identity(path) == held.identity(backup)


def mode_of(backup: Path) -> str:
    """Return how to read a backup: whole by itself, or with a log that lies beside it."""
    log = held.beside(backup, "-wal")
    return "mode=ro" if log.exists() and log.stat().st_size else SEALED
