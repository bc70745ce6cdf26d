"""Saved records of every past version of the schema, and the command that saves those of one more.

python -m tests.drills.past REVISION runs the migrations up to a revision and fills its tables by plain SQL.
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).with_name("past")
REVISIONS = tuple(sorted(file.name.partition(".")[0] for file in FOLDER.glob("*.sql.gz")))
APPLICATION = 0x43525453


def write(revision: str, database: Path) -> None:
    """Write the saved records of a past version to a file."""
    words = gzip.decompress((FOLDER / f"{revision}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(database)) as raw:
        raw.executescript(words)
        raw.execute(f"PRAGMA application_id = {APPLICATION}")
        raw.execute("PRAGMA journal_mode = WAL")


def save(revision: str) -> Path:
    """Save records of a revision, copied column by column from a team of today's, and return the file."""
    with tempfile.TemporaryDirectory() as name:
        today, then = Path(name) / "today.db", Path(name) / "then.db"
        _team_of_today(Path(name), today)
        _empty_of(revision, then)
        with closing(sqlite3.connect(then)) as raw:
            _copy(raw, today)
            dump = "\n".join(raw.iterdump()) + "\n"
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{revision}.sql.gz"
    target.write_bytes(gzip.compress(dump.encode(), mtime=0))
    return target


def _team_of_today(folder: Path, database: Path) -> None:
    from tests.drills import teams
    from tests.drills.program import Program

    program = Program(folder / "home", None)
    try:
        teams.Teams(program, folder).fresh("sent").database.rename(database)
    finally:
        program.close()


def _empty_of(revision: str, database: Path) -> None:
    from sqlalchemy import create_engine

    from crt_scheduler.migrations import upgrade

    engine = create_engine(f"sqlite:///{database}")
    upgrade(engine, revision)
    engine.dispose()


def _copy(raw: sqlite3.Connection, today: Path) -> None:
    """Copy the rows of the tables that were there then, as far as their columns were."""
    raw.execute("ATTACH ? AS today", (str(today),))
    names = [row[0] for row in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for name in names:
        if name.startswith("sqlite_") or name == "alembic_version":
            continue
        then, now = _columns(raw, "main", name), _columns(raw, "today", name)
        shared = ", ".join(f'"{column}"' for column in then if column in now)
        if shared:
            raw.execute(f'DELETE FROM main."{name}"')
            raw.execute(f'INSERT INTO main."{name}" ({shared}) SELECT {shared} FROM today."{name}"')
    raw.commit()
    raw.execute("DETACH today")


def _columns(raw: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f'PRAGMA {schema}.table_info("{table}")')]


if __name__ == "__main__":
    for each in sys.argv[1:]:
        print(save(each))
