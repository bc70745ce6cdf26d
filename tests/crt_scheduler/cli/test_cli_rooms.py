"""The table of commands beside the rooms themselves: each command comes with its own room, and with all its words."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer

from crt_scheduler import cli
from crt_scheduler.cli.rooms import ROOMS, rooms_for
from crt_scheduler.version import version
from tests.crt_scheduler import team_build as build

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("room", ROOMS)
def test_the_table_names_every_command_of_a_room_and_no_other(room: str) -> None:
    app = typer.Typer()
    import_module(f"crt_scheduler.cli.{room}_commands").add_to(app)
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


EVERY_DAY = (["today"], ["check", "2027-01"], ["assign", "2027-01-09/night/Valley", "A1"])
"""What a coordinator types most, each a few words that an hour of planning repeats."""
HEAVY = {"icalendar", "openpyxl", "fpdf", "alembic", "matplotlib", "scipy", "ortools", "PySide6", "babel"}
STILL_DATACLASSES = {"Act", "AreaRow", "AsTyped", "CallDraft", "Deed", "Done", "Fault", "Model", "ProgrammeRow"}
"""Those that are generic or made from typer's, taken apart by `fields` and `asdict`, or work something out once."""


def last_said(code: str) -> str:
    """Return the last line that a process of its own prints, without what counts lines: that loads more."""
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", code], env=alone, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@cache
def typed(folder: Path, *words: str) -> tuple[set[str], set[str]]:
    """Type a command in a process of its own, and return the modules it loaded and the dataclasses in them."""
    before = ["--database", str(folder / "team.db"), "--now", "2026-12-01T17:00Z"]
    ours = "(v for m in list(sys.modules.values()) for v in vars(m).values() if isinstance(v, type))"
    shown = f"*{{f'{{v.__module__}}:{{v.__name__}}' for v in {ours} if '__dataclass_fields__' in vars(v)}}"
    said = last_said(
        f"import sys; from crt_scheduler.cli import run; run({[*before, *words]!r}); print();"
        f" print(*sys.modules, '|', {shown})"
    )
    modules, _, classes = said.partition("|")
    return set(modules.split()), set(classes.split())


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a team with the CRT programme, a lead, and a log."""
    folder = tmp_path_factory.mktemp("planned")
    build.team(folder).close()
    people = folder / "people.csv"
    people.write_text("id,name,role,kind,home_area,phone\nA1,Ana Kim,lead,volunteer,Valley,213-555-0101\n", "utf-8")
    log = folder / "log.csv"
    rows = "".join(f"{n},2026-0{n % 9 + 1}-1{n % 10}T{n % 24:02}:30,Valley,fire\n" for n in range(200))
    log.write_text(f"number,time,area,type\n{rows}", "utf-8")
    for kind, file in (("people", people), ("incidents", log)):
        assert cli.run(["--database", str(folder / "team.db"), "import", kind, str(file)]) == 0
    return folder


@pytest.mark.parametrize("words", EVERY_DAY)
def test_what_is_typed_every_day_loads_nothing_heavy_from_start_to_end(planned: Path, words: list[str]) -> None:
    loaded, _ = typed(planned, *words)
    assert {"numpy", "sqlalchemy"} <= loaded, "the command did its work"
    assert not HEAVY & {name.partition(".")[0] for name in loaded}
    assert not {"numpy.ma", "crt_scheduler.sample"} & loaded, "np.unique alone loads masked arrays: see `distinct`"
    assert ("rich.table" in loaded) == (words[0] != "assign"), "a sentence needs no tables"


@pytest.mark.parametrize("words", EVERY_DAY)
def test_values_that_every_command_loads_are_structs_which_are_made_ten_times_as_fast(
    planned: Path, words: list[str]
) -> None:
    _, loaded = typed(planned, *words)
    made = {name.partition(":")[2] for name in loaded if name.startswith(("crt_scheduler", "solver"))}
    assert made and made <= STILL_DATACLASSES


def test_a_command_that_ends_leaves_nothing_to_look_through(planned: Path) -> None:
    """Python would look through all that was loaded for cycles as it ends: a fifth of what a command takes."""
    words = ["x", "--database", str(planned / "team.db"), "history"]
    code = f"import gc, sys; sys.argv = {words!r}; from crt_scheduler.__main__ import main\n"
    code += "try:\n    main()\nexcept SystemExit as end:\n    print(); print(end.code, len(gc.get_objects()) < 10_000)"
    assert last_said(code) == "0 True"


def test_a_command_loads_no_library_that_it_does_not_use() -> None:
    """Today writes no calendar, form or sample; what those rest on takes longer to load than today takes to answer."""
    code = "import sys; from crt_scheduler.cli import run; run(['today', '--help']); print(*sys.modules)"
    said = last_said(code)
    loaded = {name.partition(".")[0] for name in said.split()}
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
    assert "crt_scheduler.sample" not in said.split()
