"""A log of newest acts beside records it does not belong to: told and put aside before SQLite mixes the two.

SQLite plays whatever -wal lies beside a file into it when the checksums of the log fit each other; it does not know
whose log it is. So the file is read first as it is without the log, then with it, and the journal must go on from
where the file ends.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import msgspec

from crt_scheduler import held, remembered
from crt_scheduler.backups import faults
from crt_scheduler.backups.backup_names import SEALED
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.sound import is_open_elsewhere
from crt_scheduler.errors import CrtError
from solver.wording import tr


class _End(msgspec.Struct, frozen=True):
    """The records' id and the newest line of their journal."""

    uid: str
    number: int
    mark: str


def refuse_strange_log(path: Path) -> None:
    """Raise CrtError if the log beside the records is another file's; it is then put aside under a dated name.

    Records that somebody has open are not looked at: their log is their own. Raises sqlite3.Error where the disk does
    not let it be told.
    """
    log = held.beside(path, "-wal")
    if not log.is_file() or not log.stat().st_size or held.is_held(path) or is_open_elsewhere(path):
        return
    try:
        alone = _end(path, SEALED)
    except (sqlite3.Error, TypeError):  # no records yet without the log, or a schema of before: nothing to hold it to
        return
    try:
        if _goes_on(path, alone):
            return
    except TypeError:  # no act at all in what the two give together
        pass
    except sqlite3.Error as fault:
        if not faults.is_damage(fault):  # a full disk or another program says nothing about whose log it is
            raise
    aside = _put_aside(path)
    raise CrtError(
        tr(
            "{name} beside {path_name} is another file's log, not that of these records. It was kept as {aside_name} "
            "and nothing of it was read. Open the records again to see them without it; if acts are missing then, find "
            "the file that belongs to that log, or restore the last backup.",
            name=log.name,
            path_name=path.name,
            aside_name=aside.name,
        )
    )


def _end(path: Path, mode: str) -> _End:
    with connected(path, mode, timeout=1.0) as connection:
        return _End(*connection.execute(_LAST).fetchone())


_LAST = """SELECT (SELECT uid FROM records_identity ORDER BY id LIMIT 1), id, mark
FROM journal_act ORDER BY id DESC LIMIT 1"""


def _goes_on(path: Path, alone: _End) -> bool:
    """Does what the file and its log give together hold the file's own newest act, and is it whole?"""
    with connected(path, "mode=ro", timeout=1.0) as connection:  # for reading alone: closing it writes nothing back
        together = _End(*connection.execute(_LAST).fetchone())
        mark = connection.execute("SELECT mark FROM journal_act WHERE id = ?", (alone.number,)).fetchone()
        goes_on = together.uid == alone.uid and mark is not None and mark[0] == alone.mark
        if not goes_on and not _is_restored(path, connection, together):
            return False
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def _is_restored(path: Path, connection: sqlite3.Connection, together: _End) -> bool:
    """Does this computer know these records, with the log, to hold its newest act? A restore may lie in the log alone.

    It notes where the backup ends before it begins, and the file may hold some pages of then and some of before.
    """
    left = remembered.recall(path)
    mark = connection.execute("SELECT mark FROM journal_act WHERE id = ?", (left.number,)).fetchone()
    return together.uid == left.uid and mark is not None and mark[0] == left.mark


def _put_aside(path: Path) -> Path:
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}-strange-{stamp}{path.suffix}-wal")
    try:
        held.beside(path, "-wal").rename(aside)
        held.beside(path, "-shm").unlink(missing_ok=True)
    except OSError as fault:
        raise CrtError(
            tr(
                "The log beside {name} is another file's, and it cannot be put aside ({strerror}). "
                "Allow writing to {parent}, then open the records again; nothing of it was read.",
                name=path.name,
                strerror=fault.strerror or fault,
                parent=path.parent,
            )
        ) from fault
    return aside
