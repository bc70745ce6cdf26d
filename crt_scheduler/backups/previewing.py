"""What restoring a backup would change, in counts: looked at first, and written nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import msgspec

from crt_scheduler.backups import faults
from crt_scheduler.backups.admitting import is_same_team, mode_of, refuse_no_backup
from crt_scheduler.backups.connecting import connected
from crt_scheduler.errors import CrtError
from solver.wording import tr

LEFT_OUT = frozenset({"sqlite_sequence", "alembic_version", "journal_rows", "records_identity"})
"""Tables whose rows say nothing to a coordinator."""
LABELS = 5
"""How many of the acts that would go are named."""


class Moved(msgspec.Struct, frozen=True):
    """How many records of one table would come, go and read differently."""

    table: str
    come: int
    go: int
    differ: int


class Preview(msgspec.Struct, frozen=True):
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
            return tr("{name} holds just what the records hold.", name=self.backup.name)
        since = tr(
            "{acts_gone:,} act{value} done since would be gone",
            acts_gone=self.acts_gone,
            value="" if self.acts_gone == 1 else "s",
        )
        named = f": {', '.join(f'“{label}”' for label in self.labels)}" if self.labels else ""
        more = tr(" and others") if self.acts_gone > len(self.labels) else ""
        come, go, differ = (sum(getattr(row, kind) for row in self.tables) for kind in ("come", "go", "differ"))
        return tr(
            "{since}{named}{more}. {come:,} records would come back, {go:,} go and {differ:,} read as before.",
            since=since,
            named=named,
            more=more,
            come=come,
            go=go,
            differ=differ,
        )


def preview(path: Path, backup: Path, *, known: frozenset[str], application: int, force: bool = False) -> Preview:
    """Return what restoring a backup would change, writing nothing; raises CrtError as `restore` does."""
    refuse_no_backup(path, backup, known=known, application=application, force=force)
    try:
        with connected(backup, mode_of(backup)) as then:
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
