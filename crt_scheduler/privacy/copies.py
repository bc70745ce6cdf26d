"""The copies of the records beside the dated backups, and the files elsewhere that a purge cannot reach."""

from __future__ import annotations

import datetime as dt
import glob
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import backups, held, places, written
from crt_scheduler.backups import rotation

PART = ".part"
ASIDE = ("damaged", "strange")
"""Why a file of records, or a log that lay beside them, was given another name."""
STAMP = re.compile(r"-(\d{4}-\d\d-\d\dT\d{6}Z)")


@dataclass(frozen=True)
class Copy:
    """A copy of the records that is no dated backup: when it was made (UTC), and whether it was ever finished."""

    path: Path
    at: dt.datetime
    is_unfinished: bool


@dataclass(frozen=True)
class Elsewhere:
    """A folder with files of ours that hold what the records held: how many there are (0: nobody counted them)."""

    folder: str
    files: int


def copies(path: Path) -> tuple[Copy, ...]:
    """Return what was set aside and what making a backup or a sample city left unfinished."""
    stem = glob.escape(path.stem)
    aside = [each for why in ASIDE for each in path.parent.glob(f"{stem}-{why}-*")]
    parts = [each for each in backups.folder(path).glob(f"{stem}-*{PART}*") if STAMP.match(each.name, len(path.stem))]
    making = [places.making(path)] if places.making(path).is_dir() else []
    found = [Copy(each, _made(each), is_unfinished=False) for each in aside]
    found += [Copy(each, _made(each), is_unfinished=True) for each in (*parts, *making)]
    return tuple(sorted(found, key=lambda copy: str(copy.path)))


def _made(path: Path) -> dt.datetime:
    """Return when a copy was made, by its name, else by its file."""
    told = STAMP.search(path.name)
    if told is not None:
        return dt.datetime.strptime(told[1], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    return dt.datetime.fromtimestamp(path.lstat().st_mtime, dt.UTC)


def is_in_use(copy: Copy) -> bool:
    """Is another program writing this copy just now?"""
    name, part, _ = copy.path.name.rpartition(PART)
    path = copy.path.with_name(f"{name}{part}") if part else copy.path
    if not part or not path.is_file():
        return False
    if held.is_held(path):
        return True
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as raw:
            raw.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as fault:
        return "locked" in str(fault)
    except sqlite3.DatabaseError:  # so little of it was written that it is no database yet
        return False
    return False


def remove(paths: Iterable[Path]) -> tuple[str, ...]:
    """Delete files and folders, and return those that could not be deleted, each with the reason."""
    stuck = []
    for path in paths:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as fault:
            stuck.append(f"{path} ({fault.strerror or fault})")
    return tuple(stuck)


def elsewhere(published: Iterable[str]) -> tuple[Elsewhere, ...]:
    """Return the folders that months went out to and those that this computer remembers having written files to."""
    count = Counter(str(path.parent) for path in written.lying())
    known = {folder: 0 for folder in published if Path(folder).is_dir()}
    inside = tuple(f"{folder}/" for folder in known)
    others = {folder: files for folder, files in count.items() if not f"{Path(folder).as_posix()}/".startswith(inside)}
    return tuple(Elsewhere(folder, files) for folder, files in sorted({**known, **others}.items()))


def unreached(path: Path) -> tuple[Elsewhere, ...]:
    """Return the second folder of backups where it is set and not there: a stick that is not plugged in."""
    second = rotation.second_folder(path)
    return () if second is None or second.is_dir() else (Elsewhere(str(second), 0),)
