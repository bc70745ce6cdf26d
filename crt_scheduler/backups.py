"""The safety of the database file: what may be opened, what is moved aside, backups and restoring them."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from crt_scheduler.errors import CrtError

SQLITE_HEADER = b"SQLite format 3\x00"
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "ncpfs"})
DATABASE_ENDINGS = frozenset({".db", ".sqlite", ".sqlite3"})


def local_path(database: str) -> Path:
    """Return the file behind a path or sqlite URL; raises CrtError for other databases and for network shares."""
    if "://" in database:
        kind, _, rest = database.partition("://")
        if kind not in ("sqlite", "sqlite+pysqlite") or not rest.startswith("/"):
            raise CrtError(f"A {kind} database cannot be used yet. Give the path of a file on this computer.")
        database = rest[1:]
    if not database:
        raise CrtError("No database is named. Give the path of a file on this computer.")
    path = Path(database).expanduser().absolute()
    if path.is_dir():
        raise CrtError(f"{path} is a folder. Give the path of a database file.")
    if _on_network(path):
        raise CrtError(
            f"{path} lies on a network share, where SQLite loses records. Keep it on this computer's own disk."
        )
    return path


def _on_network(path: Path) -> bool:
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return True
    mounts = Path("/proc/mounts")
    if not sys.platform.startswith("linux") or not mounts.exists():
        return False
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        place, file_system = line.split()[1:3]
        if len(place) >= len(best) and (text == place or text.startswith(place.rstrip("/") + "/")):
            best, kind = place, file_system
    return kind in NETWORK_FILE_SYSTEMS


def refuse_unsound(path: Path, *, known: frozenset[str], application: int) -> None:
    """Raise CrtError unless the file is a sound database of ours that this version can read.

    A damaged one is moved aside with its -wal and -shm; one that is locked, foreign or newer stays where it is.
    """
    with path.open("rb") as file:
        is_sqlite = file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
    if not is_sqlite:
        if path.suffix in DATABASE_ENDINGS:
            raise CrtError(_move_aside(path))
        raise CrtError(f"{path} is not a database. Give the path of a CRT Scheduler database, such as team.db.")
    try:
        with closing(sqlite3.connect(path, timeout=15.0)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            version = None
            if "alembic_version" in tables:
                version = (connection.execute("SELECT version_num FROM alembic_version").fetchone() or [None])[0]
    except sqlite3.OperationalError as fault:
        if "locked" in str(fault) or "busy" in str(fault):
            raise CrtError("Another program holds the database. Close it there, then try again.") from fault
        raise CrtError(f"{path} cannot be opened ({fault}). Check that it may be read and written.") from fault
    except sqlite3.DatabaseError as fault:
        raise CrtError(_move_aside(path)) from fault
    if not sound:
        raise CrtError(_move_aside(path))
    if tables and (mark != application or (version is None and "programme" in tables)):
        raise CrtError(f"{path} belongs to another program. Give the path of a CRT Scheduler database.")
    if version is not None and version not in known:
        raise CrtError(
            f"{path.name} was written by a newer version of CRT Scheduler (schema {version}). "
            "Install that version, or restore an older backup."
        )


def _move_aside(path: Path) -> str:
    """Move a damaged database with its -wal and -shm under a dated name and return the sentence that says so."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}{ending}"))
    return damaged_sentence(path, moved=f"{path.stem}-damaged-{stamp}{path.suffix}")


def damaged_sentence(path: Path, moved: str = "") -> str:
    """Return what to tell a person whose database is damaged, offering the last backup by name."""
    last = newest(path)
    remedy = (
        f"Restore the last backup with: crt-scheduler restore {last}"
        if last
        else "There is no backup yet; import the files again."
    )
    aside = f" It was kept as {moved}." if moved else ""
    return f"{path.name} is damaged.{aside} {remedy}"


def missing_sentence(path: Path) -> str:
    """Return what to tell a person whose database is not there, offering the last backup by name."""
    last = newest(path)
    if last is not None:
        return f"There is no database at {path}. Its last backup comes back with: crt-scheduler restore {last}"
    return f"There is no database at {path}. Make one with: crt-scheduler init"


def folder(path: Path) -> Path:
    """Return the folder that holds the backups of a database."""
    return path.parent / "backups"


def dated_name(path: Path, now: dt.datetime, why: str = "backup") -> Path:
    """Return a new backup's path, named by time and reason."""
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    candidate = folder(path) / f"{path.stem}-{stamp}-{why}.db"
    n = 2
    while candidate.exists():
        candidate = folder(path) / f"{path.stem}-{stamp}-{why}-{n}.db"
        n += 1
    return candidate


def newest(path: Path) -> Path | None:
    """Return the newest backup of a database, or None."""
    found = sorted(folder(path).glob(f"{path.stem}-*.db"), key=lambda backup: backup.name)
    return found[-1] if found else None


def back_up(path: Path, target: Path) -> Path:
    """Copy the database, as of now and whole, to the target file; returns the target.

    SQLite's backup API is used because a copied file lacks what still lies in the write-ahead log.
    """
    if target.exists():
        raise CrtError(f"{target} exists already. Choose another name for the backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    shutil.move(part, target)
    return target


def restore(path: Path, backup: Path, *, now: dt.datetime, known: frozenset[str], application: int) -> Path | None:
    """Put a backup in the database's place; the database as it was is backed up first and that path returned.

    Raises CrtError if the backup is missing, damaged, foreign or newer; then nothing has changed.
    """
    if not backup.is_file():
        raise CrtError(f"There is no backup at {backup}.")
    with backup.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            raise CrtError(f"{backup} is not a backup of CRT Scheduler. Choose a file from {folder(path)}.")
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source:
            if source.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise CrtError(f"{backup} is damaged. Choose another backup.")
            mark = source.execute("PRAGMA application_id").fetchone()[0]
            version = source.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        raise CrtError(f"{backup} is damaged or no backup of CRT Scheduler. Choose another one.") from fault
    if mark != application or version not in known:
        raise CrtError(f"{backup} was written by another or newer program. Choose another backup.")
    kept = back_up(path, dated_name(path, now, "before-restore")) if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(path, timeout=15.0)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
    return kept
