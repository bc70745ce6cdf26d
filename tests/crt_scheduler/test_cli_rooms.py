"""The table of commands beside the rooms themselves: each command comes with its own room, and with all its words."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import typer

from crt_scheduler import cli
from crt_scheduler.cli.rooms import ROOMS, rooms_for
from crt_scheduler.version import version

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("room", ROOMS)
def test_the_table_names_every_command_of_a_room_and_no_other(room: str) -> None:
    app = typer.Typer()
    import_module(f"crt_scheduler.cli.{room}").add_to(app)
    app.callback()(cli.start)
    assert set(typer.main.get_group(app).commands) == set(ROOMS[room])


def test_no_command_lives_in_two_rooms() -> None:
    names = [name for commands in ROOMS.values() for name in commands]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "words",
    [
        ["today"],
        ["--database", "assign", "today", "assign"],
        ["--database=assign", "--json", "--who", "Mara", "--now", "2026-12-15T17:00Z", "today", "--help"],
    ],
)
def test_a_command_is_found_behind_the_options_of_all(words: list[str]) -> None:
    assert rooms_for(words) == ("today",)


@pytest.mark.parametrize(
    "words", [[], ["--help"], ["todya"], ["--data", "x", "today"], ["--database"], ["--", "today"]]
)
def test_every_room_answers_what_names_no_command(words: list[str]) -> None:
    assert rooms_for(words) == tuple(ROOMS)


def test_help_and_a_slip_of_the_pen_know_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name}" in told for commands in ROOMS.values() for name in commands)
    assert cli.run(["todya"]) == 2


@pytest.mark.parametrize("words", [["--version"], ["--json", "--version"], ["--database", "x", "--version", "today"]])
def test_the_release_is_asked_of_no_room(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rooms_for(words) == ()
    assert cli.run(words) == 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = capsys.readouterr().out
    release = project["version"]
    assert said == (f'{{"version":"{release}"}}\n' if "--json" in words else f"CRT Scheduler {release}\n")


def test_an_installed_package_says_its_own_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "crt_scheduler"
    (tmp_path / "crt_scheduler-7.5.dist-info").mkdir()
    (tmp_path / "crt_scheduler-7.5.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: crt-scheduler\nVersion: 7.5\n", encoding="utf-8"
    )
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "of-somebody-else"\nversion = "1"\n', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("crt_scheduler.version.__file__", str(package / "version.py"))
    assert version() == "7.5"


def test_a_command_loads_no_library_that_it_does_not_use() -> None:
    """Today writes no calendar, form or sample; what those rest on takes longer to load than today takes to answer."""
    code = "import sys; from crt_scheduler.cli import run; run(['today', '--help']); print(*sys.modules)"
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # what counts lines loads
    done = subprocess.run([sys.executable, "-c", code], env=alone, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & {
        "tomllib",
        "icalendar",
        "phonenumbers",
        "openpyxl",
        "fpdf",
        "alembic",
        "matplotlib",
        "scipy",
        "holidays",
    }
    assert "crt_scheduler.sample" not in done.stdout
