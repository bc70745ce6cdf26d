"""The front door: no words open the window, words are the command line's, and no display is a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crt_scheduler.__main__ import Wanted, for_window
from tests.crt_scheduler import team_build as build
from tests.patience import LONG

VISIT = """
import json, sys
import ui.app
from crt_scheduler.__main__ import Wanted, open_window

class Leaving(ui.app.Window):
    def __init__(self, desk, look, go):
        super().__init__(desk, look, go)
        desk.board_changed.connect(self.leave)

    def leave(self):
        desk = self.desk
        loaded = [name for name in ("ortools", "typer", "rich", "pandas") if name in sys.modules]
        print(json.dumps([desk.board.programme, desk.now().isoformat(), desk.who, desk.month, loaded]))
        self.close()

ui.app.Window = Leaving
sys.exit(open_window(Wanted(*sys.argv[1:])))
"""

HASTY = """
import sys
import ui.app

class Leaving(ui.app.Window):
    def __init__(self, desk, look, go):
        super().__init__(desk, look, go)
        self.painted.connect(self.close)

ui.app.Window = Leaving
sys.exit(ui.app.run(sys.argv))
"""


def child(words: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a home of its own, with no display but what is named."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    surroundings |= {"HOME": str(folder), "CRT_SCHEDULER_SETTINGS": str(folder / "window.ini"), **more}
    command = [sys.executable, *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=LONG, check=False)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Wanted()),
        (["--database", "team.db"], Wanted("team.db")),
        (["--database=team.db", "--now", "2026-12-15T17:00Z"], Wanted("team.db", "2026-12-15T17:00Z")),
        (["--who", "Mara", "--now=2026-12-15"], Wanted("", "2026-12-15", "Mara")),
        (["people"], None),
        (["--database", "team.db", "people"], None),
        (["--database"], None),
        (["--help"], None),
        (["--json"], None),
    ],
)
def test_options_alone_open_the_window_and_a_command_never_does(words: list[str], wanted: Wanted | None) -> None:
    assert for_window(words) == wanted


def test_the_window_opens_on_the_records_named_with_the_clock_standing_still(tmp_path: Path) -> None:
    build.team(tmp_path).close()
    words = ["-c", VISIT, str(tmp_path / "team.db"), "2026-12-15T17:00Z", "Mara"]
    done = child(words, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == ["CRT on call", "2026-12-15T17:00:00+00:00", "Mara", "2027-01", []]


def test_a_window_closed_as_soon_as_it_is_there_opens_nothing_and_is_no_fault(tmp_path: Path) -> None:
    done = child(["-c", HASTY], tmp_path, QT_QPA_PLATFORM="offscreen", XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert list(tmp_path.rglob("fault-*.log")) == [] and list(tmp_path.rglob("*.db")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_window_says_what_to_do(tmp_path: Path) -> None:
    done = child(["-m", "crt_scheduler"], tmp_path, QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert done.stderr.startswith(("There is no display to open the window on.", "The window needs system libraries"))


def test_records_and_a_clock_that_cannot_be_read_are_sentences(tmp_path: Path) -> None:
    for words, sentence in (
        (["--now", "soon"], "'soon' is not a time."),
        (["--database", str(tmp_path)], "is a folder. Give the path of a database file."),
        (["--database", "postgresql://host/team"], "A postgresql database cannot be used yet."),
    ):
        done = child(["-m", "crt_scheduler", *words], tmp_path, QT_QPA_PLATFORM="offscreen")
        assert done.returncode == 2 and sentence in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way.")
def test_whatever_a_command_makes_is_for_its_owner_only(tmp_path: Path) -> None:
    for words in (["init"], ["backup"]):
        words = ["-m", "crt_scheduler", "--database", str(tmp_path / "new" / "team.db"), *words]
        done = subprocess.run(
            [sys.executable, *words], cwd=Path.cwd(), capture_output=True, text=True, check=False, umask=0
        )
        assert done.returncode == 0, done.stderr
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "new").rglob("*")} == {0}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
