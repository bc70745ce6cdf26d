"""The doors of the start: what each runs, that it sets up what it needs, and what cleaning takes away."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from crt_scheduler.start import door, doors, in_place, leftovers, venv
from tests.test_start import Recorder, pins, project

TODAY = date(2026, 12, 5)


def commands(word: str, *words: str) -> list[str]:
    """What a door runs in .venv, each without the Python and its -m."""
    every = door.step_commands(doors.DOORS[word], Path("project"), words)
    python = [str(in_place.venv_python(Path("project/.venv"))), "-m"]
    assert all(command[:2] == python for command in every)
    return [" ".join(command[2:]) for command in every]


def test_test_runs_everything_and_words_of_ones_own_run_just_those() -> None:
    assert commands("test") == ["pytest -n auto --dist worksteal"]
    assert commands("test", "tests/test_start.py", "-x") == ["pytest tests/test_start.py -x"]
    assert commands("screenshots", "today") == ["tests.screenshots today"]


def test_ci_counts_the_lines_that_ran_and_asks_for_85_percent() -> None:
    assert "--cov=crt_scheduler --cov=solver --cov-fail-under=85" in " ".join(commands("coverage"))
    assert "make coverage" in (door.ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_door_is_a_target_of_make_and_is_said_by_help(capsys: pytest.CaptureFixture[str]) -> None:
    lines = (door.ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = next(line for line in lines if line.startswith("DOORS = ")).removeprefix("DOORS = ").split()
    assert targets == list(doors.DOORS) and targets[0] == "help", "plain `make` says what there is"
    assert door.main(["help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {word} " in said and each.sentence in said for word, each in doors.DOORS.items())


@pytest.mark.parametrize("word", [word for word, each in doors.DOORS.items() if each.steps])
def test_a_door_sets_up_what_it_runs_on_a_fresh_clone_and_after_run_alone(tmp_path: Path, word: str) -> None:
    root, recorder = project(tmp_path), Recorder()
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    assert door.start([word], root, recorder.machine(), missing=(), display=False, today=TODAY) == 0
    assert venv.is_installed(root, doors.DOORS[word].lock)
    assert [command.partition(" -m ")[2] for command in recorder.commands][-len(commands(word)) :] == commands(word)


@pytest.mark.parametrize("word", [word for word, each in doors.DOORS.items() if each.steps])
def test_what_a_door_runs_is_there_and_installed_with_what_it_sets_up(word: str) -> None:
    installed = {pin.partition("==")[0] for pin in pins(door.ROOT / doors.DOORS[word].lock)}
    for command in commands(word):
        module = command.split()[0]
        assert find_spec(module) is not None, f"{module} is not there"
        assert "." in module or module in installed, f"{module} is not in {doors.DOORS[word].lock}"
        assert doors.DOORS[word].lock == doors.TEST_LOCK or not module.startswith("tests.")


def test_a_door_stops_at_the_first_step_that_fails_with_its_exit_code(tmp_path: Path) -> None:
    recorder = Recorder(answer=lambda command: 3 if "mypy" in command else 0)
    words = ["check"]
    root = project(tmp_path)
    assert door.start(words, root, recorder.machine(), missing=(), display=False, today=TODAY) == 3
    assert recorder.ran("ruff format --check") == 1 and recorder.ran("pytest tests") == 0


def test_clean_takes_what_tools_left_and_leaves_the_venv_records_and_sources(tmp_path: Path) -> None:
    left = ["ui/__pycache__/a.pyc", ".mypy_cache/b", "build/c", "crt_scheduler.egg-info/d", ".coverage.host.1"]
    kept = [".venv/lib/__pycache__/e.pyc", "out/team.db", "out/build/f", "docs/build/g", "ui/app.py", ".coveragerc"]
    for name in (*left, *kept):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "dist").symlink_to(tmp_path / "out")
    recorder = Recorder()
    assert door.start(["clean"], tmp_path, recorder.machine(), missing=(), display=False, today=TODAY) == 0
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert there - {name for name in there if name.startswith("dist/")} == set(kept)
    assert recorder.commands == [] and recorder.said[0].startswith("5 folders and files that tools left are gone.")
    assert leftovers.clean(tmp_path).startswith("Tools have left nothing.")
