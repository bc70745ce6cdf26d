"""The file under open records: taken away, replaced, mixed with another's log: told, and nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crt_scheduler import backups, held, programmes, remembered, store
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.same_file import Strayed
from crt_scheduler.store import Store, open_store
from tests.crt_scheduler import team_build as build

ROOT = Path(store.__file__).parents[1]
PAGE = 4096
"""Bytes of a page of the file, of which a stopped program may have written some."""


def add(opened: Store, *codes: str) -> None:
    """Add people, one act each."""
    for code in codes:
        with opened.change(f"Add {code}") as session:
            build.responder(session, code)


def other_team(folder: Path, name: str = "north.db") -> Store:
    """Return another team's records: made on their own, so that they have an id of their own."""
    opened = open_store(str(folder / name), who="north", now=build.NOW, create=True)
    with opened.change("Set up the north") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    return opened


def codes(path: Path) -> list[str]:
    """Return the ids of the people in a file, read past the program."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        return [code for (code,) in raw.execute("SELECT code FROM responder ORDER BY code")]


def kept_in(said: str) -> Path:
    """Return the file that a sentence names as where the open records are kept."""
    return Path(said.split("is kept whole as ")[1].split(". Open")[0])


def replaced(path: Path, folder: Path) -> None:
    other_team(folder).close()
    (folder / "north.db").replace(path)


def removed(path: Path, folder: Path) -> None:
    path.unlink()


def moved(path: Path, folder: Path) -> None:
    path.rename(folder / "elsewhere.db")


def log_removed(path: Path, folder: Path) -> None:
    held.beside(path, "-wal").unlink()


def log_replaced(path: Path, folder: Path) -> None:
    (folder / "their.log").write_bytes(b"")
    (folder / "their.log").replace(held.beside(path, "-wal"))


FATES = (replaced, removed, moved, log_removed, log_replaced)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file that is open")
@pytest.mark.parametrize("fate", FATES)
def test_records_whose_file_strays_refuse_every_act_and_keep_what_was_open(
    tmp_path: Path, fate: Callable[[Path, Path], None]
) -> None:
    (tmp_path / "team").mkdir()
    opened = build.team(tmp_path / "team")
    add(opened, "Ana", "Ben")
    fate(opened.path, tmp_path)
    with pytest.raises(Strayed) as refused:
        add(opened, "Cy")
    with pytest.raises(Strayed), opened.read():
        pass
    with pytest.raises(Strayed):
        opened.undo()
    assert "Nothing more is written" in str(refused.value)
    assert codes(kept_in(str(refused.value))) == ["Ana", "Ben"]
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file that is open")
def test_a_file_put_back_in_its_place_goes_on(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    opened.path.rename(tmp_path / "away.db")
    with pytest.raises(Strayed):
        add(opened, "Ana")
    (tmp_path / "away.db").rename(opened.path)
    add(opened, "Ana")
    opened.close()
    assert codes(opened.path) == ["Ana"]


def test_an_act_after_a_restore_by_somebody_else_is_refused_once(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    add(opened, "Ana")
    saved = opened.back_up(tmp_path / "saved.db")
    add(opened, "Ben")
    known, ours = store.known_revisions(), store.APPLICATION
    backups.restore(opened.path, saved, now=build.NOW, known=known, application=ours)
    with pytest.raises(NotAllowed, match="went back to an earlier state"):
        add(opened, "Cy")
    add(opened, "Cy")
    opened.close()
    assert codes(opened.path) == ["Ana", "Cy"]


KILLED = """
import datetime as dt, os, signal, sys
from crt_scheduler.store import open_store
from tests.crt_scheduler import team_build as build
store = open_store(sys.argv[1], who="x", now=build.NOW)
for code in sys.argv[2:]:
    with store.change(f"Add {code}") as session:
        build.responder(session, code)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_with_a_log(path: Path, *new: str) -> None:
    """Add people in a process that is killed, so that they lie in the log alone."""
    subprocess.run([sys.executable, "-c", KILLED, str(path), *new], cwd=ROOT, check=False)
    assert held.beside(path, "-wal").stat().st_size


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
def test_a_log_left_by_a_crash_is_read_as_ours(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    killed_with_a_log(tmp_path / "team.db", "Ana", "Ben")
    opened = open_store(str(tmp_path / "team.db"), who="x", now=build.NOW)
    assert not opened.notice
    opened.close()
    assert codes(opened.path) == ["Ana", "Ben"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
def test_a_log_that_was_taken_away_is_told_when_the_records_are_opened(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    killed_with_a_log(tmp_path / "team.db", "Ana", "Ben")
    for ending in held.ENDINGS[1:]:
        held.beside(tmp_path / "team.db", ending).unlink()
    opened = open_store(str(tmp_path / "team.db"), who="x", now=build.NOW)
    assert "act 3 of 2026-12-01 17:00 (UTC) is not in it" in opened.notice
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
@pytest.mark.parametrize("is_a_copy", [False, True], ids=["of-another-team", "of-a-copy-that-went-on-apart"])
def test_another_files_log_is_put_aside_and_nothing_of_it_is_read(tmp_path: Path, is_a_copy: bool) -> None:
    opened = build.team(tmp_path)
    add(opened, "Ana")
    opened.close()
    path, theirs = opened.path, tmp_path / "theirs.db"
    if is_a_copy:
        shutil.copy(path, theirs)
    else:
        other_team(tmp_path, "theirs.db").close()
    killed_with_a_log(theirs, "Xu", "Yi")
    again = open_store(str(path), who="x", now=build.NOW)
    add(again, "Ben")
    again.close()
    shutil.copy(held.beside(theirs, "-wal"), held.beside(path, "-wal"))
    with pytest.raises(CrtError, match="is another file's log"):
        open_store(str(path), who="x", now=build.NOW)
    assert len(list(tmp_path.glob("team-strange-*.db-wal"))) == 1
    once_more = open_store(str(path), who="x", now=build.NOW)
    assert not once_more.notice
    once_more.close()
    assert codes(path) == ["Ana", "Ben"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
def test_a_log_that_the_disk_does_not_let_be_read_stays_with_its_records(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    path = tmp_path / "team.db"
    killed_with_a_log(path, "Ana", "Ben")
    memory = held.beside(path, "-shm")
    memory.unlink(missing_ok=True)
    memory.symlink_to(tmp_path / "gone" / "memory")  # what a log is read with cannot be made, as on a full disk
    with pytest.raises(CrtError, match="cannot be opened"):
        open_store(str(path), who="x", now=build.NOW)
    assert not list(tmp_path.glob("team-strange-*"))
    memory.unlink()
    open_store(str(path), who="x", now=build.NOW).close()
    assert codes(path) == ["Ana", "Ben"]


def test_a_restore_that_stopped_half_way_into_the_file_is_ended_from_its_log(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    path, saved = opened.path, opened.back_up(tmp_path / "saved.db")
    add(opened, "Ana", "Ben")
    opened.close()
    before = path.read_bytes()
    backups.restore(path, saved, now=build.NOW, known=store.known_revisions(), application=store.APPLICATION)
    path.write_bytes(before)
    with closing(sqlite3.connect(saved)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        log = held.beside(path, "-wal").read_bytes()
    after = path.read_bytes()
    pages = len(before) // PAGE
    for part in range(0, pages + 1, pages // 8):
        path.write_bytes(after[: part * PAGE] + before[part * PAGE :])
        held.beside(path, "-wal").write_bytes(log)
        open_store(str(path), who="x", now=build.NOW).close()
        assert codes(path) == [], f"{part} of {pages} pages were in the file"
    assert not list(tmp_path.glob("team-strange-*"))


def test_an_older_copy_in_the_records_place_is_told_and_other_records_too(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    path = opened.path
    opened.close()
    older = path.read_bytes()
    again = open_store(str(path), who="x", now=build.NOW)
    add(again, "Ana")
    again.close()
    path.write_bytes(older)
    with open_store(str(path), who="x", now=build.NOW) as found:
        assert "is not as it was left on this computer" in found.notice
    other_team(tmp_path).close()
    (tmp_path / "north.db").replace(path)
    with open_store(str(path), who="x", now=build.NOW) as found:
        assert "holds other records" in found.notice
    with open_store(str(path), who="x", now=build.NOW) as found:
        assert not found.notice


def test_what_is_remembered_of_a_file_holds_no_names(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    add(opened, "Ana")
    opened.close()
    text = remembered._file(opened.path).read_text(encoding="utf-8")
    assert opened.uid in text and "Ana" not in text and str(tmp_path) not in text


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells its locks")
def test_open_records_keep_their_lock_through_every_act_of_the_store(tmp_path: Path) -> None:
    opened = build.team(tmp_path)

    def is_locked() -> bool:
        number = f":{opened.path.stat().st_ino} "
        return any(number in line for line in Path("/proc/locks").read_text(encoding="ascii").splitlines())

    add(opened, "Ana")
    opened.undo()
    saved = opened.back_up(backups.dated_name(opened.path, build.NOW))
    known, ours = store.known_revisions(), store.APPLICATION
    backups.preview(opened.path, saved, known=known, application=ours)
    backups.refuse_unsound(opened.path, known=known, application=ours)
    opened.back_up_daily()
    backups.listed(opened.path)
    beside = build.beside(opened, who="another")
    beside.close()
    with pytest.raises(CrtError):
        backups.restore(tmp_path / "other.db", opened.path, now=build.NOW, known=known, application=ours)
    assert is_locked()
    opened.close()
    assert not is_locked()
