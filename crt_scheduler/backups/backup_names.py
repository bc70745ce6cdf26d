"""What backups are called and which of them are of these records: the records' own id decides, not the file's name."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import msgspec
import platformdirs
from sqlalchemy import Connection

from crt_scheduler import places, remembered
from crt_scheduler.backups.connecting import connected
from solver.wording import tr

STAMP = re.compile(r"(.+)-(\d{4}-\d\d-\d\dT\d{6}Z)-([a-z-]+?)(?:-(\d+))?\.db", re.DOTALL)
"""A backup's name: the records' name, when (UTC), why, and a number where there are several of one second."""
SEALED = "mode=ro&immutable=1"
"""A backup is never written again, so it is read without locks and without a log beside it."""


class Backup(msgspec.Struct, frozen=True):
    """One backup: its file, the moment it was made (UTC), why (backup, daily, before-restore...), its bytes."""

    path: Path
    at: dt.datetime
    why: str
    size: int
    turn: int = 1
    """Which of several of the same second."""


def folder(path: Path) -> Path:
    """Return the folder that holds the backups of a database."""
    return path.parent / "backups"


def own_folder() -> Path:
    """Return where a backup goes when the folder of the records is gone: into the person's data folder."""
    return Path(platformdirs.user_data_dir("crt-scheduler", appauthor=False)) / "backups"


def dated_name(path: Path, now: dt.datetime, why: str = "backup", within: Path | None = None) -> Path:
    """Return a new backup's path, named by time and reason; `within` is another folder than the one beside."""
    stamp, place = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ"), within or folder(path)
    candidate = place / f"{path.stem}-{stamp}-{why}.db"
    n = 2
    while candidate.exists():
        candidate = place / f"{path.stem}-{stamp}-{why}-{n}.db"
        n += 1
    return candidate


def listed(path: Path, within: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of the records at a path, newest first: those that carry the records' own id.

    `within` is the folder to look in, else the one beside the records. Where the records' id is not known any more,
    those that bear exactly their name.
    """
    uid = uid_of(path) or remembered.recall(path).uid
    found = [each for file in _files(within or folder(path)) if (each := _backup(file)) is not None]
    mine = [each for each in found if (uid_of(each.path) == uid if uid else _stem(each.path) == path.stem)]
    return tuple(sorted(mine, key=lambda each: (each.at, each.turn, each.path.name), reverse=True))


def newest(path: Path) -> Path | None:
    """Return the newest backup of a database, or None."""
    found = listed(path)
    return found[0].path if found else None


def uid_of(path: Path) -> str:
    """Return the id of the records in a file, or no words where it cannot be told; the file is left as it is."""
    if not path.is_file():
        return ""
    for mode in ("mode=ro", SEALED):  # a file in a folder that cannot be written is read without its log
        try:
            with connected(path, mode, timeout=1.0) as connection:
                return _uid(connection)
        except sqlite3.Error:
            continue
    return ""


def uid_in(connection: Connection) -> str:
    """Return the id of the records that a session's connection reads."""
    return str(connection.exec_driver_sql("SELECT uid FROM records_identity ORDER BY id LIMIT 1").scalar_one())


def _uid(connection: sqlite3.Connection) -> str:
    """Return the id written in the records; those from before schema 0006 have the one their upgrade will give."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "records_identity" in tables:
        return str(connection.execute("SELECT uid FROM records_identity ORDER BY id LIMIT 1").fetchone()[0])
    if "journal_act" in tables:
        first = connection.execute("SELECT label, who, at FROM journal_act ORDER BY id LIMIT 1").fetchone()
        return "" if first is None else uuid.uuid5(uuid.NAMESPACE_OID, repr(tuple(first))).hex
    return ""


def command(path: Path, *words: str) -> str:
    """Return a command line for the records at a path, quoted so that it can be typed as it stands."""
    named = () if path == places.default_database() else ("--database", str(path))
    parts = ["crt-scheduler", *named, *words]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)


def remedy(path: Path, otherwise: str) -> str:
    """Return how the last backup comes back, or else what to do where there is none."""
    last = newest(path)
    return (
        otherwise
        if last is None
        else tr("Its last backup comes back with: {command}", command=command(path, "restore", str(last)))
    )


def damaged_sentence(path: Path, moved: str = "") -> str:
    """Return what to tell a person whose database is damaged, offering the last backup by name."""
    aside = tr(" It was kept as {moved}.", moved=moved) if moved else ""
    return tr(
        "{name} is damaged.{aside} {remedy}",
        name=path.name,
        aside=aside,
        remedy=remedy(path, "There is no backup yet; import the files again."),
    )


def missing_sentence(path: Path) -> str:
    """Return what to tell a person whose database is not there, offering the last backup by name."""
    otherwise = tr("Make one with: {command}", command=command(path, "init"))
    return tr("There is no database at {path}. {remedy}", path=path, remedy=remedy(path, otherwise))


def _files(within: Path) -> list[Path]:
    try:
        return [file for file in within.iterdir() if file.is_file()]
    except OSError:
        return []


def _stem(file: Path) -> str:
    told = STAMP.fullmatch(file.name)
    return "" if told is None else told[1]


def _backup(file: Path) -> Backup | None:
    told = STAMP.fullmatch(file.name)
    if told is None:
        return None
    try:
        at = dt.datetime.strptime(told[2], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        return Backup(file, at, told[3], file.stat().st_size, int(told[4] or 1))
    except (OSError, ValueError):
        return None
