"""What the database's and the disk's own faults are called in a sentence that says what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from solver.wording import mark, tr

DISK_FULL = mark("The disk is full. Free some space and try again; nothing was written.")
SCARCE_BYTES = 256 * 1024
"""With less free than this SQLite cannot lay out its files, and often calls it an I/O error."""


def code_of(fault: BaseException) -> int:
    """Return SQLite's primary result code of a fault (sqlite.org/rescode.html), 0 where it has none."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF


def is_busy(fault: BaseException) -> bool:
    """Does another program hold the file?"""
    return code_of(fault) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_foreign(fault: BaseException) -> bool:
    """Is the file no database at all?"""
    return code_of(fault) == sqlite3.SQLITE_NOTADB


def is_damage(fault: BaseException) -> bool:
    """Is the file damaged, or no database at all? Letters that are none have no code of SQLite's, only words."""
    is_garbled = str(fault).startswith("Could not decode to UTF-8")
    return is_garbled or code_of(fault) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def sentence(path: Path, fault: BaseException) -> str:
    """Return what a fault of SQLite means for a file, and what to do."""
    code = code_of(fault)
    if is_busy(fault):
        return tr("Another program is writing to the records. Wait a moment and try again; nothing was written.")
    if code == sqlite3.SQLITE_FULL or (code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and is_full(path)):
        return tr(DISK_FULL)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return tr("{path} is read-only. Allow writing to the file and its folder, then try again.", path=path)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return tr(
            "{path} cannot be opened. Check that its folder exists and that both may be read and written.", path=path
        )
    if code == sqlite3.SQLITE_IOERR:
        return tr(
            "The disk did not read or write {name} ({fault}). Nothing was written. Check that the disk is "
            "connected and has room, close the program and open the records again.",
            name=path.name,
            fault=fault,
        )
    return tr(
        "The database {name} answered: {fault}. Nothing was written; close the program and try again.",
        name=path.name,
        fault=fault,
    )


def disk_sentence(path: Path, fault: OSError) -> str:
    """Return what a fault of the disk means for a file that was to be written, and what to do."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return tr(DISK_FULL)
    reason = fault.strerror or str(fault)
    return tr(
        "{path} cannot be written ({reason}). Allow writing there or choose another folder; nothing was written.",
        path=path,
        reason=reason,
    )


def is_full(path: Path) -> bool:
    """Has the disk under a path no room for what SQLite needs?"""
    if not hasattr(os, "statvfs"):
        return False
    try:
        room = os.statvfs(path.parent)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < SCARCE_BYTES
