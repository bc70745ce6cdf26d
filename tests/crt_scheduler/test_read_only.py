"""Records in a folder that cannot be written: read all the same, and every act refused in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crt_scheduler import backups, places
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.test_standing import add, killed_with_a_log

RIGHTS = "-dac_override,-dac_read_search"
"""What lets root pass over a file's mode; without it root is an owner like any other."""


def as_owner() -> list[str]:
    """Return the words that start a program which a file's mode binds."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root passes over modes, and there is no setpriv (util-linux) to bind it")
    return ["setpriv", "--bounding-set", RIGHTS, "--inh-caps", RIGHTS]


def typed(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Type a command as the owner of a file would."""
    command = [*as_owner(), sys.executable, "-P", "-m", "crt_scheduler", "--database", str(path), *words]
    return subprocess.run(command, env=places.own_environment(), capture_output=True, text=True, check=False)


@pytest.fixture
def locked_up(tmp_path: Path) -> Iterator[Path]:
    """A team's file with two acts in a folder that nobody may write to."""
    if sys.platform == "win32":
        pytest.skip("Windows keeps no modes")
    (tmp_path / "team").mkdir()
    opened = build.team(tmp_path / "team")
    add(opened, "Ana")
    opened.close()
    opened.path.chmod(0o400)
    opened.path.parent.chmod(0o500)
    yield opened.path
    opened.path.parent.chmod(0o700)


def test_records_in_a_folder_that_cannot_be_written_are_read(locked_up: Path) -> None:
    found = typed(locked_up, "people", "--json")
    assert found.returncode == 0 and '"id":"Ana"' in found.stdout
    assert {each.name for each in locked_up.parent.iterdir()} == {"team.db"}


@pytest.mark.parametrize("words", [("undo",), ("credential", "remove", "Ana", "x"), ("backup",), ("redo",)])
def test_an_act_on_records_that_cannot_be_written_is_a_sentence(locked_up: Path, words: tuple[str, ...]) -> None:
    found = typed(locked_up, *words)
    assert found.returncode == 2
    assert "Allow writing" in found.stderr and "Traceback" not in found.stderr


def test_a_backup_of_records_that_cannot_be_written_goes_elsewhere(locked_up: Path, tmp_path: Path) -> None:
    found = typed(locked_up, "backup", str(tmp_path / "copy.db"))
    assert found.returncode == 0, found.stderr
    assert backups.uid_of(tmp_path / "copy.db")


def test_the_newest_acts_are_read_from_a_log_that_a_crash_left(locked_up: Path) -> None:
    locked_up.parent.chmod(0o700)
    locked_up.chmod(0o600)
    killed_with_a_log(locked_up, "Ben")
    locked_up.parent.chmod(0o500)
    for each in locked_up.parent.iterdir():
        each.chmod(0o400)
    found = typed(locked_up, "people", "--json")
    assert found.returncode == 0 and '"id":"Ben"' in found.stdout


def test_a_restore_that_cannot_be_written_leaves_no_backup_of_what_is_still_there(
    locked_up: Path, tmp_path: Path
) -> None:
    typed(locked_up, "backup", str(tmp_path / "copy.db"))
    locked_up.parent.chmod(0o700)  # the folder takes a backup, the file itself no change
    found = typed(locked_up, "restore", str(tmp_path / "copy.db"))
    assert found.returncode == 2 and "Allow writing" in found.stderr
    assert not list(backups.folder(locked_up).iterdir())
    assert '"id":"Ana"' in typed(locked_up, "people", "--json").stdout


def test_a_file_that_may_not_be_read_is_a_sentence(locked_up: Path) -> None:
    locked_up.chmod(0o000)
    found = typed(locked_up, "people")
    assert found.returncode == 2 and "may be read" in found.stderr


def test_a_damaged_file_in_a_folder_that_cannot_be_written_stays_and_is_told(locked_up: Path) -> None:
    locked_up.parent.chmod(0o700)
    locked_up.chmod(0o600)
    locked_up.write_bytes(locked_up.read_bytes()[:8192] + bytes(200_000))
    locked_up.parent.chmod(0o500)
    found = typed(locked_up, "people")
    assert found.returncode == 2 and "is damaged" in found.stderr and "put aside" in found.stderr
    assert locked_up.exists()
