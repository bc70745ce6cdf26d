"""Every command that writes files, pointed at what it must not replace: a sentence, and everything as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, get_type_hints

import pytest
import typer

from crt_scheduler import cli, records_guard, writing
from solver.explain import TITLES
from tests.crt_scheduler.publish.test_publish_build import contents, valley
from tests.crt_scheduler.team_build import team

DAYS = ("--from", "2027-01-01", "--to", "2027-01-31")
SURE = tuple(word for rule in TITLES for word in ("--acknowledge", rule))
FILES = {
    "people": (("people", "--out"), ".csv"),
    "forecast": (("forecast", "2027-01", "--picture"), ".svg"),
    "own": (("own", "V1", "--calendar"), ".ics"),
    "hours list": (("hours", "list", "--out"), ".csv"),
    "report year": (("report", "year", *DAYS, "--rate", "31", "--out"), ".csv"),
    "report hours": (("report", "hours", *DAYS, "--out"), ".xlsx"),
    "report fairness": (("report", "fairness", *DAYS, "--out"), ".csv"),
    "report coverage": (("report", "coverage", *DAYS, "--out"), ".csv"),
}
FOLDERS = {
    "hours form": (("hours", "form", "2027-01"), "hours-2027-01-V1.xlsx"),
    "availability form": (("availability", "form", "2027-01"), "availability-2027-01-V1.xlsx"),
    "availability ask": (("availability", "ask", "2027-01"), "availability-2027-01-V1.xlsx"),
    "export": (("export", "--redacted"), "README.txt"),
    "publish": (("publish", "2027-01", *SURE, "--out"), "calendars/V1.ics"),
    "sample": (("sample",), "hours.csv"),
}
OTHERWISE = {"backup", "restore", "import", "columns", "init", "hours read", "availability read"}
"""Commands that only read the file they name, and those that make and put back copies of the records."""


def commands(group: typer.Typer, before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every command by its words, with the kinds of what may be typed after them."""
    for command in group.registered_commands:
        assert command.callback is not None
        yield before + (command.name or command.callback.__name__), get_type_hints(command.callback)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{before}{inner.name} ")


def test_every_command_that_writes_files_is_tried_here_and_takes_force() -> None:
    known = {
        name: kinds
        for name, kinds in commands(cli.every_command())
        if {Path, Path | None} & set(map(_plain, kinds.values()))
    }
    assert known.keys() - OTHERWISE == FILES.keys() | FOLDERS.keys()
    assert not [name for name in (*FILES, *FOLDERS) if "force" not in known[name]]


def _plain(kind: Any) -> Any:
    return kind if isinstance(kind, type | UnionType) else None


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two teams' records, closed."""
    folder = tmp_path_factory.mktemp("kept")
    with valley(folder):
        team(folder, name="other.db").close()
    return folder


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Path:
    shutil.copytree(kept, tmp_path / "office")
    (tmp_path / "office" / "letter.txt").write_text("of somebody else", encoding="utf-8")
    return tmp_path / "office"


def typed(office: Path, words: tuple[str, ...]) -> int:
    return cli.run(["--database", str(office / "team.db"), "--now", "2026-12-01T17:00Z", *words])


def as_it_was(office: Path) -> dict[str, bytes]:
    """Return what every file holds, and of records what stands in them."""
    files = {path: content for path, content in contents(office).items() if not path.endswith(("-wal", "-shm"))}
    return {p: dump(office / p) if c.startswith(records_guard.SQLITE) else c for p, c in files.items()}


def dump(path: Path) -> bytes:
    log = path.resolve().with_name(f"{path.resolve().name}-wal")
    return _dumped(path.resolve(), path.read_bytes(), log.read_bytes() if log.is_file() else b"")


@lru_cache(maxsize=8)
def _dumped(path: Path, held: bytes, log: bytes) -> bytes:
    """Return what stands in records that hold these bytes: they are read again only where one of them changed."""
    with closing(sqlite3.connect(path)) as raw:
        return "\n".join(line for line in raw.iterdump() if "sqlite_sequence" not in line).encode()


def refused(office: Path, words: tuple[str, ...], capture: pytest.CaptureFixture[str]) -> str:
    """Type a command that must not do what it is asked, and return its sentence."""
    before = as_it_was(office)
    capture.readouterr()
    code = typed(office, words)
    said = capture.readouterr().err
    assert code == 2, f"{words}: {code} {said}"
    assert "Traceback" not in said and said.strip().endswith("."), f"{words}: {said}"
    assert as_it_was(office) == before, f"{words} changed something"
    assert not [path for path in office.rglob("*") if path.name.startswith((writing.BESIDE, ".publishing"))], words
    return said


Place = Callable[[Path, str], Path]


def _link(path: Path, to: Path | str) -> Path:
    path.symlink_to(to)
    return path


def _hard(path: Path, to: Path) -> Path:
    os.link(to, path)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    (path / "letter.txt").write_text("of somebody else", encoding="utf-8")
    return path


def _foreign(path: Path) -> Path:
    path.write_text("of somebody else", encoding="utf-8")
    return path


NEVER: dict[str, Place] = {
    "the records": lambda office, _: office / "team.db",
    "their -wal": lambda office, _: office / "team.db-wal",
    "their -shm": lambda office, _: office / "team.db-shm",
    "another team's": lambda office, _: office / "other.db",
    "a link to the records": lambda office, ending: _link(office / f"link{ending}", "team.db"),
    "a hard link to the records": lambda office, ending: _hard(office / f"hard{ending}", office / "team.db"),
    "a link to another team's": lambda office, ending: _link(office / f"theirs{ending}", "other.db"),
    "a folder": lambda office, ending: _folder(office / f"folder{ending}"),
    "a device": lambda office, ending: _link(office / f"null{ending}", os.devnull),
    "a full device": lambda office, ending: _link(office / f"full{ending}", "/dev/full"),
    "a name too long": lambda office, ending: office / f"{'n' * 300}{ending}",
    "a name of half letters": lambda office, ending: office / f"{os.fsdecode(b'Zo' + bytes([255]))}{ending}",
    "a file as a folder": lambda office, ending: office / "letter.txt" / f"x{ending}",
}


@pytest.mark.parametrize("name", FILES)
def test_a_command_that_writes_a_file_never_replaces_records_folders_or_devices(
    name: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, ending = FILES[name]
    for place in NEVER:
        refused(office, (*words, str(NEVER[place](office, ending)), "--force"), capsys)


@pytest.mark.parametrize("name", FILES)
def test_a_command_that_writes_a_file_replaces_its_own_and_others_only_by_force(
    name: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, ending = FILES[name]
    foreign, own = _foreign(office / f"foreign{ending}"), office / f"own{ending}"
    assert "did not write" in refused(office, (*words, str(foreign)), capsys)
    assert [typed(office, (*words, str(own))) for _ in range(2)] == [0, 0]
    assert typed(office, (*words, str(foreign), "--force")) == 0
    assert foreign.read_bytes() == own.read_bytes() and own.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", FOLDERS)
def test_a_command_that_writes_a_folder_never_replaces_what_is_no_folder(
    name: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, _ = FOLDERS[name]
    places = ("the records", "a link to another team's", "a device", "a name too long", "a name of half letters")
    for place in places:
        refused(office, (*words, str(NEVER[place](office, "")), "--force"), capsys)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_command_that_writes_a_folder_leaves_what_lies_in_it_unless_forced(
    name: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, file = FOLDERS[name]
    (office / "out" / file).parent.mkdir(parents=True)
    (office / "out" / file).symlink_to(office / "team.db")
    refused(office, (*words, str(office / "out"), "--force"), capsys)
    (office / "out" / file).unlink()
    _foreign(office / "out" / file)
    assert "did not write" in refused(office, (*words, str(office / "out")), capsys)
    assert typed(office, (*words, str(office / "out"), "--force")) == 0
    assert b"somebody else" not in (office / "out" / file).read_bytes()
    assert typed(office, (*words, str(office / "out"))) == 0
    assert {path.stat().st_mode & 0o077 for path in (office / "out").rglob("*") if path.is_file()} == {0}


@pytest.mark.parametrize("name", sorted(FOLDERS.keys() - {"sample"}))
def test_a_folder_that_is_not_there_is_made_for_the_owner_only(name: str, office: Path) -> None:
    words, file = FOLDERS[name]
    assert typed(office, (*words, str(office / "far" / "away"))) == 0
    assert (office / "far" / "away" / file).is_file()
    assert (office / "far").stat().st_mode & 0o777 == 0o700
