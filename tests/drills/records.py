"""Records read past the program: a digest of every row, the file's own soundness, and what the ledger says was sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

RANDOM = {
    "calendar_event": {"uid"},
    "calendar_sent": {"digest"},
    "journal_act": {"mark", "after"},
    "records_identity": {"uid", "made"},
}
"""Columns that differ each time an act is done."""
OF_FILES = frozenset({"published_folder"})
"""Tables that speak of files and how far they have come: `unfinished` asks them."""
APPLICATION = 0x43525453


def digest(database: Path) -> str:
    """Return a digest of every row of a file of records, but of what speaks of files."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(database, timeout=30)) as raw:
        for table in tables(raw):
            if table not in OF_FILES:
                found.update(repr((table, rows_of(raw, table))).encode())
    return found.hexdigest()


def tables(raw: sqlite3.Connection) -> list[str]:
    """Return the names of the tables."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [row[0] for row in raw.execute(query)]


def rows_of(raw: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table, without the columns that differ each time."""
    columns = [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]
    kept = ", ".join(f'"{name}"' for name in columns if name not in RANDOM.get(table, set()))
    return list(raw.execute(f'SELECT {kept} FROM "{table}" ORDER BY 1')) if kept else []


def unsound(database: Path) -> str:
    """Return what is wrong with a file of records as SQLite sees it, or no words."""
    try:
        with closing(sqlite3.connect(database, timeout=30)) as raw:
            words = [row[0] for row in raw.execute("PRAGMA integrity_check")]
            orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
            mark = raw.execute("PRAGMA application_id").fetchone()[0]
            known = (
                "alembic_version" in tables(raw) and raw.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
            )
    except sqlite3.DatabaseError as fault:
        return str(fault)
    if words != ["ok"]:
        return "; ".join(words[:3])
    if orphans:
        return f"{len(orphans)} records speak of others that are not there"
    return "" if mark == APPLICATION and known else "it is no file of records, or an empty one"


Events = dict[str, tuple[int, bool]]
"""By the id of an event: its sequence, and whether it is cancelled."""


def ledger(database: Path, now: str) -> dict[str, Events]:
    """Return what each calendar was last sent, by its file: personal ones as far back as they reach."""
    oldest = dt.datetime.fromisoformat(now.replace("Z", "+00:00")) - dt.timedelta(days=30)
    found: dict[str, Events] = {}
    with closing(sqlite3.connect(database, timeout=30)) as raw:
        rows = raw.execute('SELECT calendar, uid, sequence, cancelled, "end" FROM calendar_event').fetchall()
    for calendar, uid, sequence, cancelled, end in rows:
        if calendar.startswith("roster/") or end >= oldest.strftime("%Y-%m-%d %H:%M:%S"):
            found.setdefault(calendar, {})[uid] = (sequence, bool(cancelled))
    return found


def sent(out: Path) -> dict[str, Events]:
    """Return what the calendars of a published folder say, by file; a file that is no whole calendar says '?'."""
    found: dict[str, Events] = {}
    for path in [*out.glob("calendars/*.ics"), *out.glob("roster/*.ics")]:
        found[path.relative_to(out).as_posix()] = events_of(path.read_bytes().decode("utf-8", "replace"))
    return found


def events_of(text: str) -> Events:
    """Return the events of a calendar file."""
    lines = text.replace("\r\n ", "").split("\r\n")
    if lines[0] != "BEGIN:VCALENDAR" or "END:VCALENDAR" not in lines[-2:]:
        return {"?": (0, False)}
    found: Events = {}
    uid, sequence, cancelled = "", 0, False
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            uid, sequence, cancelled = "", 0, False
        elif name == "UID":
            uid = value
        elif name == "SEQUENCE":
            sequence = int(value)
        elif line == "STATUS:CANCELLED":
            cancelled = True
        elif line == "END:VEVENT":
            found[uid] = (sequence, cancelled)
    return found


def unfinished(database: Path) -> str:
    """Say whether a publication is still under way as the records have it, or no words."""
    with closing(sqlite3.connect(database, timeout=30)) as raw:
        if "published_folder" not in tables(raw):
            return ""
        query = "SELECT count(*) FROM published_folder WHERE state IN ('staging', 'placing')"
        count = raw.execute(query).fetchone()[0]
    return f"{count} folders are still being published" if count else ""


def at_odds(out: Path, database: Path, now: str) -> str:
    """Say where a published folder and the ledger differ, or no words."""
    told, lies = ledger(database, now), sent(out)
    for name in sorted(told.keys() | lies.keys()):
        want, have = told.get(name, {}), lies.get(name)
        if have is None and want:
            return f"{name} is not in the folder"
        if have is not None and have != want:
            return f"{name} holds {len(have)} events, not the {len(want)} that the ledger says were sent"
    return ""
