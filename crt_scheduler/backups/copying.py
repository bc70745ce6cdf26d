"""Making a backup: a whole copy by SQLite itself, opened, checked and counted against the original before it counts."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

from crt_scheduler import disk
from crt_scheduler.backups import faults
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.sound import damage
from crt_scheduler.errors import CrtError
from solver.wording import tr

UNFINISHED = ".part"
_PART = re.compile(r"(.+)\.(\d+)\.part(?:-journal|-wal|-shm)?", re.DOTALL)
PRIVATE_FILE = 0o600
"""Names and phone numbers are in it: for its owner alone."""


def back_up(path: Path, target: Path, *, mode: str = "mode=ro") -> Path:
    """Copy the database, as of now and whole, to the target file; returns the target.

    SQLite's backup API is used because a copied file lacks what still lies in the write-ahead log. `mode` is SQLite's
    mode to read with, another one for records in a folder that cannot be written. Raises CrtError if
    the target is there already, cannot be written, or the copy is not whole; then nothing is left at the target.
    """
    if not path.is_file():
        raise CrtError(tr("There is no database at {path}, so nothing was backed up.", path=path))
    try:
        with connected(path, mode) as source:
            return copy_from(source, path, target)
    except sqlite3.Error as fault:
        raise CrtError(faults.sentence(path, fault)) from fault


def copy_from(source: sqlite3.Connection, path: Path, target: Path) -> Path:
    """Copy what a connection to the records at `path` reads to the target file, as `back_up` does."""
    part = unfinished(target)
    try:
        if target.exists():
            raise CrtError(tr("{target} exists already. Choose another name for the backup.", target=target))
        disk.make_folder(target.parent, [])
        make_empty(part)
        try:
            _fill(source, path, part)
            sync(part)
            _name(part, target)
        finally:
            with suppress(OSError):  # what cannot be deleted now is swept away later
                drop(part)
        disk.sync_folder(target.parent)
    except OSError as fault:
        raise CrtError(faults.disk_sentence(target, fault)) from fault
    return target


def unfinished(target: Path) -> Path:
    """Return what a copy is called until it is whole: it bears the number of the process that makes it."""
    return target.with_name(f"{target.name}.{os.getpid()}{UNFINISHED}")


def drop(part: Path) -> None:
    """Delete a copy that is not whole, with what SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Delete the copies of the records that a program which was killed left unfinished, here and in the backups."""
    for folder in (path.parent, path.parent / "backups"):
        with suppress(OSError):  # a folder that cannot be read or written holds what it holds
            for part in folder.iterdir():
                if _is_left(part, path.stem):
                    drop(part)


def _is_left(part: Path, stem: str) -> bool:
    """Is this an unfinished copy of the records whose maker is gone?"""
    told = _PART.fullmatch(part.name)
    return told is not None and told[1].startswith(stem) and not _is_running(int(told[2]))


def _is_running(number: int) -> bool:
    """Does a process of that number run? Where it cannot be asked (Windows), a copy is left for the next purge."""
    if os.name == "nt":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def sync(path: Path) -> None:
    """Have the disk keep a file through a loss of power."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_empty(part: Path) -> None:
    if part.exists():
        part.unlink()
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def _name(part: Path, target: Path) -> None:
    """Give the copy its name, never taking the place of a file that came meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError as fault:
        raise CrtError(tr("{target} exists already. Choose another name for the backup.", target=target)) from fault
    except OSError:  # a stick or a share that knows no links
        part.rename(target)


def _fill(source: sqlite3.Connection, path: Path, part: Path) -> None:
    try:
        source.execute("BEGIN")
        try:
            wanted = counts(source)
            with connected(part) as copy:
                source.backup(copy)
        finally:
            source.execute("ROLLBACK")
    except sqlite3.Error as fault:
        raise CrtError(_fault(path, part, fault)) from fault
    try:
        with connected(part) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            wrong = damage(copy)
            found = counts(copy)
    except sqlite3.Error as fault:
        raise CrtError(_fault(path, part, fault)) from fault
    if wrong:
        raise CrtError(
            tr(
                "{name} is damaged ({wrong}), so no backup was made of it; older ones are kept. Close the "
                "program and restore the last backup.",
                name=path.name,
                wrong=wrong[0],
            )
        )
    if found != wanted:
        raise CrtError(
            tr("The copy of {name} does not hold what the records hold, so it was dropped. Try again.", name=path.name)
        )


def _fault(path: Path, part: Path, fault: sqlite3.Error) -> str:
    """Say what went wrong between two files: a full disk under the copy is no damage of the records."""
    if faults.is_full(part):
        return tr(faults.DISK_FULL)
    if faults.is_damage(fault):
        return tr(
            "{name} is damaged, so no backup was made of it; older ones are kept. Restore the last backup.",
            name=path.name,
        )
    return faults.sentence(path, fault)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}
