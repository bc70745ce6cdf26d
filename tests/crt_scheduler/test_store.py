"""The database file: opened only when sound and ours, backed up whole, never half written."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from crt_scheduler import backups, migrations, store
from crt_scheduler.backups import faults
from crt_scheduler.errors import CrtError
from crt_scheduler.store import open_store
from crt_scheduler.tables import Area, Record
from tests.crt_scheduler import team_build as build


def reopen(path: Path) -> store.Store:
    """Open an existing database again."""
    return open_store(str(path), who="coordinator", now=build.NOW)


def test_the_migrations_lead_to_the_tables_the_program_uses(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    with opened.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Record.metadata) == []
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == store.HEAD
    newest = max(Path(migrations.__file__).parent.glob("versions/r*.py")).stem
    assert newest.startswith(f"r{store.HEAD}")
    opened.close()


def test_a_missing_database_is_a_sentence_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match=r"crt-scheduler --database \S+none.db init"):
        reopen(tmp_path / "none.db")


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("postgresql://host/team", "cannot be used yet"),
        ("", "No database is named"),
        ("//server/share/team.db", "network share"),
    ],
)
def test_what_is_no_file_on_this_computer_is_refused(database: str, words: str) -> None:
    with pytest.raises(CrtError, match=words):
        open_store(database, who="x", now=build.NOW, create=True)


def test_a_folder_and_a_file_of_another_kind_are_left_where_they_are(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="is a folder"):
        reopen(tmp_path)
    people = tmp_path / "people.csv"
    people.write_text("id,name\n", encoding="utf-8")
    with pytest.raises(CrtError, match="not a database"):
        reopen(people)
    assert people.exists()


def test_a_damaged_database_is_moved_aside_and_the_last_backup_offered(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    saved = backups.back_up(opened.path, backups.dated_name(opened.path, build.NOW))
    opened.close()
    path = tmp_path / "team.db"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)
    with pytest.raises(CrtError) as refused:
        reopen(path)
    assert "damaged" in str(refused.value) and saved.name in str(refused.value)
    assert not path.exists()
    assert list(tmp_path.glob("team-damaged-*.db"))
    kept = backups.restore(path, saved, now=build.NOW, known=store.known_revisions(), application=store.APPLICATION)
    assert kept is None
    again = reopen(path)
    with again.read() as session:
        assert len(session.scalars(select(Area)).all()) == 4
    again.close()


@pytest.mark.parametrize("name", ["team.db", "people.db", "Thumbs.db", "notes.sqlite", "people.csv"])
@pytest.mark.parametrize("content", [bytes(range(256)) * 64, b"id,name\n", b"\xd0\xcf\x11\xe0" + bytes(2048)])
def test_a_file_that_never_was_ours_stays_where_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CrtError, match=r"not a database of CRT Scheduler\. It was left as it is\."):
        reopen(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {name: content}


def test_a_database_of_a_newer_version_stays_where_it_is(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    path = tmp_path / "team.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(CrtError, match="newer version"):
        reopen(path)
    assert path.exists()


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE things (id INTEGER)")
        raw.commit()
    with pytest.raises(CrtError, match="belongs to another program"):
        reopen(path)
    assert path.exists()


def test_a_backup_taken_while_the_database_is_in_use_holds_every_act(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    with opened.change("People") as session:
        build.pair(session)
    target = backups.back_up(opened.path, tmp_path / "copy.db")
    copy = reopen(target)
    assert build.everything(copy) == build.everything(opened)
    copy.close()
    with pytest.raises(CrtError, match="exists already"):
        backups.back_up(opened.path, target)
    opened.close()


def test_restore_keeps_what_was_there_and_refuses_what_is_no_backup(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    saved = backups.back_up(opened.path, tmp_path / "copy.db")
    with opened.change("People") as session:
        build.pair(session)
    opened.close()
    known = store.known_revisions()
    kept = backups.restore(opened.path, saved, now=build.NOW, known=known, application=store.APPLICATION)
    assert kept is not None and kept.exists()
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"nothing")
    for wrong in (noise, tmp_path / "none.db"):
        with pytest.raises(CrtError, match="backup"):
            backups.restore(opened.path, wrong, now=build.NOW, known=known, application=store.APPLICATION)


def test_a_second_writer_is_told_in_a_sentence_that_another_one_is_writing(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    hasty = open_store(str(tmp_path / "team.db"), who="x", now=build.NOW, patience=0.05)
    before = build.everything(hasty)
    with closing(sqlite3.connect(hasty.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CrtError, match="Another program is writing"), hasty.change("People") as session:
            build.pair(session)
        other.execute("ROLLBACK")
    assert build.everything(hasty) == before
    hasty.close()


def test_a_full_disk_is_a_sentence() -> None:
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert "disk is full" in faults.sentence(Path("team.db"), fault)


KILLED = """
import datetime as dt, os, signal, sys
from crt_scheduler.store import open_store
from tests.crt_scheduler import team_build as build
store = open_store(sys.argv[1], who="x", now=dt.datetime.now(dt.UTC))
with store.change("Many") as session:
    for n in range(40):
        build.responder(session, f"P{n}")
        if n == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
@pytest.mark.parametrize("moment", [0, 39])
def test_a_process_killed_in_the_middle_of_an_act_leaves_none_of_it(tmp_path: Path, moment: int) -> None:
    opened = build.team(tmp_path)
    before = build.everything(opened)
    opened.close()
    root = Path(store.__file__).parents[1]
    ended = subprocess.run([sys.executable, "-c", KILLED, str(opened.path), str(moment)], cwd=root, check=False)
    assert ended.returncode == -9
    again = reopen(opened.path)
    assert build.everything(again) == before
    again.close()


def test_the_backup_name_never_hits_an_older_backup(tmp_path: Path) -> None:
    path = tmp_path / "team.db"
    first = backups.dated_name(path, build.NOW)
    first.parent.mkdir()
    first.touch()
    assert backups.dated_name(path, build.NOW) != first
    assert backups.newest(path) == first
    assert backups.newest(tmp_path / "other.db") is None
    assert dt.datetime(2026, 12, 1).strftime("%Y-%m-%d") in first.name
