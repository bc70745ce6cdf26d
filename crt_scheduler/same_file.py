"""Which file on the disk open records are: told by device and number, compared before each act and each look.

A sync program that renames another copy into the place of the file leaves SQLite writing to one that nobody can open
any more, and one that takes the log away takes the newest acts.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

from crt_scheduler import held
from crt_scheduler.backups import backup_names
from crt_scheduler.backups.copying import copy_from
from crt_scheduler.errors import CrtError
from solver.wording import tr


class Strayed(CrtError):
    """The file of records is no longer the one that was opened; what was open is kept under the name it says."""


class Standing:
    """Open records' own file and log, and a connection that keeps both alive whatever becomes of their names."""

    def __init__(self, path: Path, anchor: sqlite3.Connection, *, has_log: bool) -> None:
        self.path = path
        self.anchor = anchor
        self._file = held.identity(path)
        self._log = held.identity(held.beside(path, "-wal")) if has_log else None
        self._kept: Path | None = None
        self._why_not = ""
        held.hold(path)

    def watch_log(self) -> None:
        """Watch the log too from now on: a new file gets its log only once it is made."""
        self.anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._log = held.identity(held.beside(self.path, "-wal"))

    def refuse_strayed(self) -> None:
        """Raise Strayed if another file, or none, lies in the place of the records or of their log."""
        file = held.identity(self.path)
        if file != self._file:
            there = tr("are gone") if file is None else tr("were replaced by another file, as sync programs do")
            raise Strayed(
                tr("The team's records at {path} {there}. {keep}", path=self.path, there=there, keep=self._keep())
            )
        if self._log is not None and held.identity(held.beside(self.path, "-wal")) != self._log:
            raise Strayed(
                tr(
                    "{name}-wal, which holds the newest acts of the records, was taken away or replaced while "
                    "they were open. {keep}",
                    name=self.path.name,
                    keep=self._keep(),
                )
            )

    def _keep(self) -> str:
        """Keep what is open as a backup, once, and say where and what to do."""
        if self._kept is None:
            self._copy()
        if self._kept is None:
            kept = tr("What was open could not be kept ({why_not})", why_not=self._why_not)
        else:
            kept = tr("What was open is kept whole as {kept}", kept=self._kept)
        return tr("Nothing more is written. {kept}. Open the records again to see what lies there now.", kept=kept)

    def _copy(self) -> None:
        """Copy what is open beside the records, or where that cannot be, into the person's own data folder."""
        now = dt.datetime.now(dt.UTC)
        for place in (backup_names.folder(self.path), backup_names.own_folder()):
            try:
                self._kept = copy_from(self.anchor, self.path, backup_names.dated_name(self.path, now, "kept", place))
            except (CrtError, OSError) as fault:
                self._why_not = str(fault)
            else:
                return

    def close(self) -> None:
        """Let go of the file."""
        self.anchor.close()
        held.let_go(self.path)
