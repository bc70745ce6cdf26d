"""The door for files written: whole or not at all, for their owner only, and never over what is not ours."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crt_scheduler import held, writing
from crt_scheduler.errors import CrtError
from tests.crt_scheduler.publish.test_publish_build import contents
from tests.crt_scheduler.steps import counted, full, killed
from tests.crt_scheduler.team_build import team

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="This system cannot copy a process.")
modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way.")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Path]:
    """A team's records, held open as the program holds them."""
    with closing(team(tmp_path)) as store:
        held.hold(store.path)
        yield store.path
        held.let_go(store.path)


@modes
def test_a_file_and_the_folders_made_for_it_are_for_their_owner_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    writing.write(tmp_path / "a" / "b" / "hours.csv", b"Ana")
    assert (tmp_path / "a" / "b" / "hours.csv").stat().st_mode & 0o777 == 0o600
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("", "a", "a/b")] == [0o755, 0o700, 0o700]


@modes
def test_the_same_file_again_is_left_and_closed_to_others(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_bytes(b"Ana")
    file.chmod(0o644)
    before = file.stat().st_ino
    writing.write(file, b"Ana")
    assert (file.stat().st_ino, file.stat().st_mode & 0o777) == (before, 0o600)


def test_what_we_wrote_is_replaced_and_what_a_person_made_of_it_is_not(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    writing.write(file, b"a blank sheet")
    writing.write(file, b"another blank sheet")
    file.write_bytes(b"a sheet that Ana filled in")
    with pytest.raises(CrtError, match=r"hours\.csv holds something this program did not write\. .* --force"):
        writing.write(file, b"a third blank sheet")
    assert file.read_bytes() == b"a sheet that Ana filled in"
    writing.write(file, b"a third blank sheet", force=True)
    writing.write(file, b"a fourth")
    assert contents(tmp_path) == {"hours.csv": b"a fourth"}


def test_an_empty_file_is_nothing_to_lose(tmp_path: Path) -> None:
    (tmp_path / "hours.csv").touch()
    writing.write(tmp_path / "hours.csv", b"Ana")
    assert (tmp_path / "hours.csv").read_bytes() == b"Ana"


def test_of_several_files_none_is_written_if_one_must_not_be(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"somebody's")
    with pytest.raises(CrtError, match=r"b\.csv holds something"):
        writing.write_all({tmp_path / "new" / "a.csv": b"1", tmp_path / "b.csv": b"2"})
    assert contents(tmp_path) == {"b.csv": b"somebody's"} and not (tmp_path / "new").exists()


def linked(path: Path) -> Path:
    (path.parent / "link.csv").symlink_to(path)
    return path.parent / "link.csv"


def hard(path: Path) -> Path:
    os.link(path, path.parent / "hard.csv")
    return path.parent / "hard.csv"


WAYS: dict[str, Callable[[Path], Path]] = {
    "itself": lambda path: path,
    "a link": linked,
    "a hard link": hard,
    "its -wal": lambda path: path.with_name(f"{path.name}-wal"),
    "its -shm": lambda path: path.with_name(f"{path.name}-shm"),
    "its -journal": lambda path: path.with_name(f"{path.name}-journal"),
    "the -wal of a link": lambda path: linked(path).with_name("link.csv-wal"),
}


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("is_open", [True, False])
def test_records_are_never_replaced_whatever_they_are_called(records: Path, way: str, is_open: bool) -> None:
    if not is_open:
        held.let_go(records)
    path = WAYS[way](records)
    before = {name: content for name, content in contents(records.parent).items() if not name.endswith("-shm")}
    with pytest.raises(CrtError, match="belongs to a team's records"):
        writing.write(path, b"BEGIN:VCALENDAR", force=True)
    assert {n: c for n, c in contents(records.parent).items() if not n.endswith("-shm")} == before
    if not is_open:
        held.hold(records)


def test_another_programs_database_is_never_replaced(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "photos.db")) as other:
        other.execute("CREATE TABLE photo (name TEXT)")
        other.commit()
    for name in ("photos.db", "photos.db-wal"):
        with pytest.raises(CrtError, match="belongs to a database"):
            writing.write(tmp_path / name, b"x", force=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "It is a folder: name a file in it"),
        ("n" * 300 + ".csv", "Choose a shorter name"),
        ("a\0b.csv", "letters that no file's name can"),
        ("a\ud800.csv", "letters that no file's name can"),
        ("file/a.csv", "Part of its path is a file"),
        ("loop/a.csv", "cannot be written"),
        ("nul", "is a device and no file"),
    ],
)
def test_a_place_where_no_file_can_be_is_a_sentence(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nul").symlink_to(os.devnull)
    with pytest.raises(CrtError, match=words) as told:
        writing.write(tmp_path / name, b"x")
    assert str(told.value).encode() and str(told.value).endswith(".")
    assert contents(tmp_path).keys() <= {"file"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="Root may write anywhere.")
def test_a_folder_that_may_not_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CrtError, match="Allow writing there"):
        writing.write(tmp_path / "a.csv", b"x")
    tmp_path.chmod(0o700)


def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "hours.csv").symlink_to(tmp_path / "shared" / "hours.csv")
    writing.write(tmp_path / "hours.csv", b"1")
    writing.write(tmp_path / "hours.csv", b"2")
    assert (tmp_path / "hours.csv").is_symlink() and (tmp_path / "shared" / "hours.csv").read_bytes() == b"2"


def several(folder: Path, content: bytes) -> dict[Path, bytes]:
    return {folder / "new" / "a.csv": content, folder / "b.csv": content, folder / "c.csv": content}


def test_a_disk_that_is_full_at_any_step_leaves_everything_as_it_was(tmp_path: Path) -> None:
    writing.write(tmp_path / "b.csv", b"old")
    whole = counted(lambda: writing.write_all(several(tmp_path / "counted", b"new")))
    before, told = contents(tmp_path), 0
    for step in range(1, whole + 1):
        try:
            with full(step):
                writing.write_all(several(tmp_path, b"new"))
        except CrtError as fault:
            told += 1
            assert "Make room on the disk" in str(fault)
            assert contents(tmp_path) == before and not (tmp_path / "new").exists()
        else:
            break
    assert told > 5


@forks
def test_killed_at_any_step_each_file_is_old_or_new_and_the_next_writing_clears_up(tmp_path: Path) -> None:
    whole = counted(lambda: writing.write_all(several(tmp_path / "counted", b"new")))
    for step in range(1, whole + 1):
        writing.write_all(several(tmp_path, b"old"))
        killed(lambda: writing.write_all(several(tmp_path, b"newer")), step)
        lying = {path: path.read_bytes() for path in several(tmp_path, b"")}
        assert set(lying.values()) <= {b"old", b"newer"}
        writing.sweep()
        assert not [path for path in tmp_path.rglob("*") if path.name.startswith(writing.BESIDE)]


@forks
def test_a_limit_on_the_size_of_files_is_a_sentence(tmp_path: Path) -> None:
    import resource

    writing.write(tmp_path / "small.csv", b"x")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        with pytest.raises(CrtError, match="Make room on the disk"):
            writing.write(tmp_path / "large.csv", b"x" * 100_000)

    assert not killed(limited, 0)
    assert contents(tmp_path) == {"small.csv": b"x"}


def test_where_nothing_can_be_remembered_files_that_exist_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    monkeypatch.setenv("CRT_SCHEDULER_STATE", str(tmp_path / "state"))
    writing.write(tmp_path / "hours.csv", b"1")
    with pytest.raises(CrtError, match="did not write"):
        writing.write(tmp_path / "hours.csv", b"2")


def test_a_damaged_memory_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRT_SCHEDULER_STATE", str(tmp_path))
    (tmp_path / "written.db").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    writing.write(tmp_path / "hours.csv", b"1")
    writing.write(tmp_path / "hours.csv", b"2")
    assert (tmp_path / "hours.csv").read_bytes() == b"2"


@modes
def test_what_is_remembered_is_paths_and_digests_for_the_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRT_SCHEDULER_STATE", str(tmp_path / "state"))
    writing.write(tmp_path / "hours.csv", b"Ana Ruiz, +12135550177")
    kept = (tmp_path / "state" / "written.db").read_bytes()
    assert b"hours.csv" in kept and b"Ana" not in kept and b"0177" not in kept
    assert (tmp_path / "state" / "written.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
