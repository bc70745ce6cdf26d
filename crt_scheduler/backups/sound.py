"""Whether a file is a sound database of ours: looked at through SQLite alone, moved aside only if it was ours."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from pathlib import Path

from crt_scheduler import held
from crt_scheduler.backups import faults
from crt_scheduler.backups.backup_names import damaged_sentence, remedy
from crt_scheduler.backups.connecting import connected
from crt_scheduler.errors import CrtError
from solver.wording import mark, tr

READ_ONLY = "mode=ro&immutable=1"
SQLITE_HEADER = b"SQLite format 3\x00"
ANSWERS = 3
"""How many of SQLite's findings are told."""


def refuse_unsound(path: Path, *, known: frozenset[str], application: int, thorough: bool = True) -> str:
    """Raise CrtError unless the file is a sound database of ours that this version can read; return how to open it.

    That is SQLite's mode: mode=rw, or one for reading alone where the folder cannot be written. A damaged one is
    moved aside with its -wal and -shm; one that is locked, foreign, newer or never was ours stays where it is.
    `thorough` looks at every page, else only at what stands first.
    """
    mode = "mode=rw"
    try:
        try:
            found = _look(path, mode, thorough=thorough)
        except sqlite3.OperationalError as fault:
            if faults.is_busy(fault) or faults.is_damage(fault) or not _may_be_read(path):
                raise
            mode = READ_ONLY
            found = _look(path, mode, thorough=thorough)
    except sqlite3.DatabaseError as fault:
        raise CrtError(_refusal(path, fault, application)) from fault
    findings, mark, tables, version = found
    if tables and (mark != application or (version is None and "programme" in tables)):
        raise CrtError(tr("{path} belongs to another program. Give the path of a CRT Scheduler database.", path=path))
    if findings:
        raise CrtError(_move_aside(path))
    if version is not None and version not in known:
        raise CrtError(
            tr(
                "{name} was written by a newer version of CRT Scheduler (schema {version}). "
                "Install that version, or restore an older backup.",
                name=path.name,
                version=version,
            )
        )
    return mode


def _look(path: Path, mode: str, *, thorough: bool) -> tuple[list[str], int, set[str], str | None]:
    with connected(path, mode) as connection:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        version = None
        if "alembic_version" in tables:
            version = (connection.execute("SELECT version_num FROM alembic_version").fetchone() or [None])[0]
        findings = damage(connection, quick=True) if thorough else []
    return findings, mark, tables, version


def damage(connection: sqlite3.Connection, *, quick: bool = False) -> list[str]:
    """Return what SQLite finds wrong in a file, nothing where it is whole; `quick` leaves the indexes out."""
    check = f"PRAGMA {'quick_check' if quick else 'integrity_check'}({ANSWERS})"
    found = [str(line) for (line,) in connection.execute(check)]
    wrong = [] if found == ["ok"] else found
    if not quick and not wrong and connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        wrong.append(tr("a record speaks of one that is not there"))
    return wrong


def _is_ours(path: Path, application: int) -> bool:
    """Does a file, damaged as it may be, bear our application id? Only then may it be moved.

    Its head is read as it lies on the disk (sqlite.org/fileformat2.html, 1.3), which this process may do with a file
    that it does not hold.
    """
    if held.is_held(path):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(SQLITE_HEADER) and int.from_bytes(head[68:72], "big") == application


def _may_be_read(path: Path) -> bool:
    """Is all there is in the file itself, so that it can be read alone where nothing can be written beside it?"""
    log = held.beside(path, "-wal")
    try:
        return not log.exists() or log.stat().st_size == 0
    except OSError:
        return False


def _refusal(path: Path, fault: sqlite3.DatabaseError, application: int) -> str:
    if faults.is_busy(fault):
        return tr("Another program holds the database. Close it there, then try again.")
    if faults.is_damage(fault) and _is_ours(path, application):
        return _move_aside(path)
    if faults.is_damage(fault):
        return tr(
            "{path} is damaged, or not a database of CRT Scheduler. It was left as it is. {remedy}",
            path=path,
            remedy=remedy(path, tr(_OTHER)),
        )
    return faults.sentence(path, fault)


_OTHER = mark("Give the path of a CRT Scheduler database, such as team.db.")


def _move_aside(path: Path) -> str:
    """Move a damaged database with its -wal and -shm under a dated name and return the sentence that says so."""
    if is_open_elsewhere(path):
        return tr(
            "{name} is damaged, and another program has it open. Close it there, then try again: it is then kept "
            "under another name and its last backup offered.",
            name=path.name,
        )
    try:
        return damaged_sentence(path, moved=put_aside(path, "damaged").name)
    except OSError as fault:
        reason = fault.strerror or fault
        return tr(
            "{damaged_sentence} It could not be put aside ({reason}): allow writing to {parent} first.",
            damaged_sentence=damaged_sentence(path),
            reason=reason,
            parent=path.parent,
        )


def put_aside(path: Path, why: str) -> Path:
    """Move a file with its -wal and -shm under a dated name that says why, and return it; raises OSError."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    name, n = f"{path.stem}-{why}-{stamp}{path.suffix}", 2
    while path.with_name(name).exists():
        name, n = f"{path.stem}-{why}-{stamp}-{n}{path.suffix}", n + 1
    for ending in reversed(held.ENDINGS):
        part = held.beside(path, ending)
        if part.exists():
            part.rename(path.with_name(name + ending))
    return path.with_name(name)


def is_open_elsewhere(path: Path) -> bool:
    """Does another process, or this one, hold a lock on the file? Unknown (Windows, no such call) counts as no.

    Windows itself refuses to rename a file that is open.
    """
    if held.is_held(path):
        return True
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        with path.open("rb+") as file:  # not held here, so that closing it drops no lock of ours
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
